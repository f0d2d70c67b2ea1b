"""Guesses for the findings of validation: a function for each code."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.draft.context import Context
from generator.draft.proposals import Proposal
from generator.findings import Finding

from . import (
    contents,
    dangling,
    effects_and_bodies,
    extensions,
    identities,
    parameters,
    paths,
    repeated,
    responses,
)

_CURES: dict[Callable[[Context, Finding], Iterator[Proposal]], tuple[str, ...]] = {
    paths.cure: (
        *("path-start", "path-braces", "path-control", "path-fragment", "path-empty-segment"),
        *("path-dots", "template-twice", "template-name", "path-twin", "path-reference"),
        *("path-parameter-missing", "template-missing", "path-query", "path-query-declared"),
    ),
    identities.cure: ("operation-id-taken", "scheme-undeclared"),
    dangling.cure: (
        *("reference-unfollowed", "reference-outside", "reference-dangling"),
        *("reference-circular", "reference-misled", "reference-to-value"),
    ),
    parameters.cure: (
        *("parameter-unnamed", "parameter-place", "parameter-optional", "parameter-name"),
        *("parameter-typed-twice", "parameter-media-types", "parameter-untyped"),
        "parameter-twice",
    ),
    contents.cure: ("body-empty", "media-type"),
    contents.written: ("form-nested",),
    contents.styled: ("parameter-nested",),
    extensions.paged: ("pagination-field",),
    responses.cure: ("status", "success-missing"),
    extensions.misplaced: ("former-names-misplaced", "extension-misplaced", "extension-value"),
    identities.renamed: ("python-name", "method-taken", "resources-alike"),
    extensions.official: ("field-missing", "field-unknown"),
}
_BY_CODE = {code: cure for cure, codes in _CURES.items() for code in codes}


def cure(context: Context, problem: Finding) -> list[Proposal]:
    """Return guesses that may resolve a finding of validation; an empty list without any."""
    found = _BY_CODE.get(problem.code)
    return [each for each in found(context, problem) if each.steps] if found else []


def better(context: Context) -> list[Proposal]:
    """Yield guesses for valid but incomplete specs: names, types, responses and costs."""
    return [
        *identities.named(context),
        *repeated.kept(context),
        *parameters.retyped(context),
        *responses.described(context),
        *effects_and_bodies.response_bodies(context),
        *effects_and_bodies.spending(context),
    ]
