"""Operations without a success, and responses under invalid statuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus

from generator.draft.context import Context
from generator.draft.proposals import Proposal, Step, bare, node_at, proposal, remove, update
from generator.findings import Finding
from generator.names import words

_NUMBER = re.compile(r"\W*([1-5](?:\d\d|xx))(?!\d).*", re.IGNORECASE | re.DOTALL)
_PHRASES = {str(status.value): status.phrase for status in HTTPStatus} | {
    "2XX": "OK",
    "3XX": "Elsewhere",
    "4XX": "Refused",
    "5XX": "Failed",
    "default": "Any other response",
}
_WORDS = {"ok": "200", "success": "200", "created": "201", "error": "default", "any": "default"}


def cure(context: Context, problem: Finding) -> Iterator[Proposal]:
    """Yield a success for an operation, or a status for a response."""
    spec = context.spec
    at = problem.at
    if at[-2:-1] == ("responses",):
        yield _restated(context, problem)
        return
    at = at[:-1] if at[-1:] == ("responses",) else at
    value = {"responses": {"200": {"description": "OK"}}}
    reason = "The document declares no success; 200 without a body, as most others have."
    yield proposal(spec, at, update(spec.root, at, value, reason))


def _restated(context: Context, problem: Finding) -> Proposal:
    at, root = problem.at, context.spec.root
    status = str(at[-1])
    right = _status(status)
    if not right or right in node_at(root, at[:-1]):
        reason = f"{status!a} is not an HTTP status, and the intended one is unknown."
        return proposal(context.spec, at, remove(root, at, reason))
    reason = f"{status!a} is not an HTTP status; {right} must be meant."
    value = {right: bare(node_at(root, at))}
    steps: list[Step] = [
        update(root, at[:-1], value, reason),
        remove(root, at, f"It is {right} now."),
    ]
    return proposal(context.spec, at, *steps)


def _status(text: str) -> str:
    match = _NUMBER.fullmatch(text)
    if match:
        return match[1].upper()
    return _WORDS.get(re.sub(r"\W", "", text).lower(), "")


def described(context: Context) -> Iterator[Proposal]:
    """Yield a description for responses, which must have one."""
    for item in context.spec.of_kind("response"):
        if "description" not in item.node:
            text = phrase(str(item.at[-1]))
            reason = "A response must have a description, and the document has none."
            step = update(context.spec.root, item.at, {"description": text}, reason)
            yield proposal(context.spec, item.at, step)


def phrase(status: str) -> str:
    """Return the name of a status, or the name of a response in words."""
    if status in _PHRASES:
        return _PHRASES[status]
    return " ".join(words(status)).capitalize() or "A response"
