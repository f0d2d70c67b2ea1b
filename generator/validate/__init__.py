"""Checks that a merged spec is one a client can be generated from."""

from __future__ import annotations

from generator.document import Map
from generator.findings import Finding, order
from generator.grammar import OPENAPI, misshapen

from . import contents, extensions, identities, official, paths
from .spec import Spec

__all__ = ["faults", "is_unused", "judged", "validate"]

_CHECKS = (
    paths.check,
    identities.check_ids,
    identities.check_references,
    contents.check_parameters,
    contents.check_types,
    contents.check_bodies,
    contents.check_responses,
    extensions.check,
    identities.check_names,
)


_EXPLAINING = {"examples", "links", "externalDocs"}
_UNUSED = {(what, key) for what, table in OPENAPI.items() for key in _EXPLAINING & table.keys()}
_UNUSED |= {("info", key) for key in ("contact", "license", "termsOfService")}
"""Fields that clients ignore, each with the kind of object that contains it."""


def validate(root: Map) -> list[Finding]:
    """Return the findings about the merged spec, in the order of its lines.

    If parts of it have another shape than OpenAPI gives them, these are all that is found: nothing
    else can be told of it.
    """
    return judged(root)[0]


def judged(root: Map) -> tuple[list[Finding], list[Finding]]:
    """Return the errors in the merged spec, and as warnings those in parts that clients ignore."""
    if findings := misshapen(OPENAPI, root):
        return [finding.advised("correct-merged-shape") for finding in findings], []
    spec = Spec(root)
    found = faults(spec)
    found += official.check(spec, found)
    unused = [finding for finding in found if is_unused(spec, finding)]
    errors = {finding for finding in found if finding not in unused}
    warnings = {Finding(each.where, "unused-stays", finding=each) for each in unused}
    return sorted(errors, key=order), sorted(warnings, key=order)


def is_unused(spec: Spec, finding: Finding) -> bool:
    """Return whether a finding is about a place that clients ignore."""
    at = tuple(map(str, finding.at))
    return any((spec.kinds.get(at[:n]), key) in _UNUSED for n, key in enumerate(at))


def faults(spec: Spec) -> list[Finding]:
    """Yield the findings that the official schema does not cover."""
    return [finding for check in _CHECKS for finding in check(spec)]
