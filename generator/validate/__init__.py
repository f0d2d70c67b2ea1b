"""Checks that a merged spec is one a client can be generated from."""

from __future__ import annotations

from dataclasses import replace

from generator.document import Map
from generator.findings import Finding
from generator.grammar import OPENAPI, misshapen

from . import (
    contents,
    extensions,
    fields,
    identities,
    official,
    parameters,
    paths,
    python_names,
    references,
    responses,
)
from .spec import Problem, Spec

__all__ = ["faults", "finding", "is_unused", "judged", "validate"]

_CHECKS = (
    paths.check,
    identities.check,
    references.check,
    parameters.check,
    contents.check,
    responses.check,
    extensions.check,
    python_names.check,
    fields.check,
)


_RESHAPE = "Correct the value in the document, or remove it by an overlay that extends that."


_UNUSED = frozenset(
    {("info", key) for key in ("contact", "license", "termsOfService")}
    | {
        (what, key)
        for what, table in OPENAPI.items()
        for key in ("examples", "links", "externalDocs")
        if key in table
    }
)
"""Fields, each with the kind of object that it is in, that say nothing to a client."""


def validate(root: Map) -> list[Finding]:
    """All that is wrong with the merged spec, in the order of its lines; empty if nothing is.

    If parts of it have another shape than OpenAPI gives them, these are all that is found: nothing
    else can be told of it.
    """
    return judged(root)[0]


def judged(root: Map) -> tuple[list[Finding], list[Finding]]:
    """What is wrong with the merged spec, and likewise where no client looks, as warnings."""
    if findings := misshapen(OPENAPI, root):
        return [replace(finding, cure=finding.cure or _RESHAPE) for finding in findings], []
    spec = Spec(root)
    problems = [problem for _, problem in faults(spec)]
    problems += official.check(spec, problems)
    unused = [problem for problem in problems if is_unused(spec, problem)]
    errors = {finding(spec, problem) for problem in problems if problem not in unused}
    warnings = {
        finding(spec, each._replace(text=f"no client uses this, so it stays: {each.text}"))
        for each in unused
    }
    return sorted(errors, key=_order), sorted(warnings, key=_order)


def is_unused(spec: Spec, problem: Problem) -> bool:
    """Whether a problem is in a place that says nothing to a client."""
    at = tuple(map(str, problem.at))
    return any((spec.kinds.get(at[:n]), key) in _UNUSED for n, key in enumerate(at))


def faults(spec: Spec) -> list[tuple[str, Problem]]:
    """What is wrong beside the official schema, each with the module that looks for such things."""
    return [
        (check.__module__.rpartition(".")[2], problem)
        for check in _CHECKS
        for problem in check(spec)
    ]


def finding(spec: Spec, problem: Problem) -> Finding:
    """A problem with the position of its place."""
    return Finding(spec.position(problem.at), problem.text, problem.cure)


def _order(finding: Finding) -> tuple[bool, str, int, int, str]:
    where = finding.where
    if isinstance(where, str):
        return (False, where, 0, 0, finding.problem)
    return (True, where.file, where.line, where.column, finding.problem)
