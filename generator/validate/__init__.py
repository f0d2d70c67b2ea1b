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

__all__ = ["faults", "finding", "validate"]

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


def validate(root: Map) -> list[Finding]:
    """All that is wrong with the merged spec, in the order of its lines; empty if nothing is.

    If parts of it have another shape than OpenAPI gives them, these are all that is found: nothing
    else can be told of it.
    """
    if findings := misshapen(OPENAPI, root):
        return [replace(finding, cure=finding.cure or _RESHAPE) for finding in findings]
    spec = Spec(root)
    problems = [problem for _, problem in faults(spec)]
    problems += official.check(spec, problems)
    return sorted({finding(spec, problem) for problem in problems}, key=_order)


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
