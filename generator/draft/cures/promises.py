"""What an operation answers and what it costs, where the documents are silent about that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.draft.context import Context
from generator.draft.steps import Proposal, proposal, update
from generator.merge.cures import Action
from generator.names import path_segments
from generator.validate.spec import Operation

_COSTS = re.compile(r"decremented|download limit|allowance|uses? up|charged", re.IGNORECASE)
_NOTHING = ("204", "205")


def answered(context: Context) -> Iterator[Proposal]:
    """An answer for operations that only read, as they would be of no use without one."""
    for operation in _new(context, "get"):
        responses = operation.node.map("responses")
        found = [status for status, _ in responses.maps() if status[:1] in "23d"]
        if found[:1] != ["200"] or len(found) > 1 or set(found) & set(_NOTHING):
            continue
        if "content" in context.spec.follow(responses.map("200")) or "$ref" in responses.map("200"):
            continue
        value: Action = {"content": {"application/json": {"schema": {}}}}
        reason = "The document does not say what is answered; any JSON, as something must be."
        at = (*operation.at, "responses", "200")
        yield proposal(context.spec, at, update(context.spec.root, at, value, reason))


def spending(context: Context) -> Iterator[Proposal]:
    """The effect of operations that seem to be paid for, so that none is repeated in doubt."""
    for operation in _new(context, "post"):
        if "x-effect" in operation.node:
            continue
        if "downloads" in path_segments(operation.path):
            why = "a POST to downloads"
        elif found := _COSTS.search(operation.node.text("description")):
            why = f"its description has the words {found[0]!a}"
        else:
            continue
        reason = f"It seems to use up something that is paid for: {why}."
        step = update(context.spec.root, operation.at, {"x-effect": "spends"}, reason)
        yield proposal(context.spec, operation.at, step)


def _new(context: Context, method: str) -> Iterator[Operation]:
    """The operations of a method that callers do not know yet."""
    for operation in context.spec.operations:
        if operation.method == method and not context.is_released(operation.path, method):
            yield operation
