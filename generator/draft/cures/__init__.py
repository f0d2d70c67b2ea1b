"""Guesses for the findings of validation: a function for each code."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.draft.context import Context
from generator.draft.proposals import Proposal
from generator.findings import Finding

from . import dangling, extensions, identities, parameters, paths, repeated, requests_and_responses

_CURES: dict[Callable[[Context, Finding], Iterable[Proposal]], tuple[str, ...]] = {
    paths.cure: (
        *("path-start", "path-braces", "path-control", "path-fragment", "path-empty-segment"),
        *("path-dots", "template-twice", "template-name", "path-twin", "path-reference"),
        *("path-parameter-missing", "template-missing", "path-query", "path-query-declared"),
    ),
    parameters.known_type: ("type-unknown",),
    identities.cure: ("scheme-undeclared",),
    dangling.cure: (
        *("reference-unfollowed", "reference-outside", "reference-dangling"),
        *("reference-circular", "reference-misled", "reference-to-value"),
    ),
    parameters.cure: (
        *("parameter-unnamed", "parameter-place", "parameter-optional", "parameter-name"),
        *("parameter-typed-twice", "parameter-media-types", "parameter-untyped"),
        "parameter-twice",
    ),
    requests_and_responses.content: ("body-empty", "media-type"),
    requests_and_responses.written: ("form-nested",),
    requests_and_responses.styled: ("parameter-nested",),
    extensions.paged: ("pagination-field",),
    requests_and_responses.statuses: ("status", "success-missing"),
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
        *requests_and_responses.described(context),
        *requests_and_responses.response_bodies(context),
        *requests_and_responses.spending(context),
    ]
