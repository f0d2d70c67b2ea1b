"""What an operation answers and what it costs, where the documents are silent about that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.draft.context import Context
from generator.draft.prose import cost_in
from generator.draft.steps import Proposal, proposal, update
from generator.merge.cures import Action
from generator.names import path_segments, words
from generator.validate.spec import Operation

_NOTHING = ("204", "205")
_READING = ("get", "head", "options", "trace")
_TEMPLATE = re.compile(r"\{[^}]*\}")


def answered(context: Context) -> Iterator[Proposal]:
    """An answer for operations that only read, as they would be of no use without one."""
    for operation in _new(context):
        if operation.method != "get":
            continue
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
    for operation in _new(context):
        why = "" if "x-effect" in operation.node else _cost(operation)
        if why:
            reason = f"It seems to use up something that is paid for: {why}."
            step = update(context.spec.root, operation.at, {"x-effect": "spends"}, reason)
            yield proposal(context.spec, operation.at, step)


def _cost(operation: Operation) -> str:
    """Why an operation seems to be paid for; empty if nothing suggests it."""
    method, node = operation.method, operation.node
    reads = method in _READING
    texts = {"summary": node.text("summary"), "description": node.text("description")}
    if not reads and "402" in node.map("responses"):
        return "it may be refused for want of payment (402)"
    if not reads and method != "delete":
        if "downloads" in path_segments(operation.path):
            return f"a {method.upper()} to downloads"
        texts["path"] = " ".join(words(_TEMPLATE.sub("", operation.path)))
        texts["operation id"] = " ".join(words(node.text("operationId")))
        texts["tags"] = ". ".join(node.seq("tags").texts())
    found = {what: cost_in(text, reads) for what, text in texts.items()}
    return next((f"its {what} has the words {said!a}" for what, said in found.items() if said), "")


def _new(context: Context) -> Iterator[Operation]:
    """The operations that callers do not know yet."""
    for operation in context.spec.operations:
        if not context.is_released(operation.path, operation.method):
            yield operation
