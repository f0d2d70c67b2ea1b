"""Checks that operations declare responses, and a success among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.findings import Finding

from .spec import Spec

_STATUS = re.compile(r"[1-5](?:[0-9]{2}|XX)|default")


def check(spec: Spec) -> Iterator[Finding]:
    """Yield findings about keys that are not statuses, and operations without a success."""
    for item in spec.of_kind("operation"):
        for status in item.node.map("responses"):
            if not status.startswith("x-") and not _STATUS.fullmatch(status):
                at = (*item.at, "responses", status)
                yield spec.finding("status", at, owner=spec.describe(at), found=status)
    for operation in spec.operations:
        statuses = [key for key in operation.node.map("responses") if not key.startswith("x-")]
        if not any(_succeeds(status, statuses) for status in statuses):
            own = ("responses",) if "responses" in operation.node else ()
            yield spec.finding(
                "success-missing",
                (*operation.at, *own),
                target=operation.at,
                operation=operation,
                found=statuses,
            )


def _succeeds(status: str, statuses: list[str]) -> bool:
    if status == "default":
        return not any(other.startswith(("2", "3")) for other in statuses)
    return status.startswith(("2", "3")) and status != "304"
