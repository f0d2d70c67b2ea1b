"""The cures for what validation refuses: for each of its checks, what to guess."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.draft.context import Context
from generator.draft.steps import Proposal
from generator.validate.spec import Problem

from . import (
    contents,
    identities,
    leavings,
    parameters,
    paths,
    promises,
    python_names,
    references,
    responses,
)

_CURES: dict[str, Callable[[Context, Problem], Iterator[Proposal]]] = {
    "paths": paths.cure,
    "identities": identities.cure,
    "references": references.cure,
    "parameters": parameters.cure,
    "contents": contents.cure,
    "responses": responses.cure,
    "extensions": leavings.misplaced,
    "python_names": python_names.cure,
    "fields": leavings.doubled,
    "official": leavings.official,
}


def cure(context: Context, check: str, problem: Problem) -> list[Proposal]:
    """What might cure a problem that a check has found; empty if nothing comes to mind."""
    found = _CURES.get(check)
    return [each for each in found(context, problem) if each.steps] if found else []


def better(context: Context) -> list[Proposal]:
    """What nothing refuses and is worth saying all the same: names, types, answers and costs."""
    return [
        *identities.named(context),
        *parameters.retyped(context),
        *responses.described(context),
        *promises.answered(context),
        *promises.spending(context),
    ]
