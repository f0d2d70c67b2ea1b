"""Checks that operations declare responses, and a success among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .spec import Operation, Problem, Spec, quoted

_STATUS = re.compile(r"[1-5](?:[0-9]{2}|XX)|default")
_UPDATE = "update: {responses: {'200': {description: OK}}}"


def check(spec: Spec) -> Iterator[Problem]:
    """Response keys that are no statuses, and operations that never succeed."""
    for item in spec.of_kind("operation"):
        for status in item.node.map("responses"):
            if not status.startswith("x-") and not _STATUS.fullmatch(status):
                at = (*item.at, "responses", status)
                yield Problem(
                    at,
                    "expected a status from 100 to 599, one of 1XX to 5XX, or `default` as the key"
                    f" of a response of {spec.describe(at)}, found {quoted(status)}",
                    spec.remove(at),
                )
    for operation in spec.operations:
        statuses = [key for key in operation.node.map("responses") if not key.startswith("x-")]
        if not any(_succeeds(status, statuses) for status in statuses):
            yield _no_success(spec, operation, statuses)


def _succeeds(status: str, statuses: list[str]) -> bool:
    if status == "default":
        return not any(other.startswith(("2", "3")) for other in statuses)
    return status.startswith(("2", "3")) and status != "304"


def _no_success(spec: Spec, operation: Operation, statuses: list[str]) -> Problem:
    at = operation.at if "responses" not in operation.node else (*operation.at, "responses")
    return Problem(
        at,
        f"expected {operation} to declare a success (2xx, or 3xx other than 304), found"
        f" {', '.join(map(quoted, statuses)) or 'no response'}",
        spec.cure(operation.at, _UPDATE),
    )
