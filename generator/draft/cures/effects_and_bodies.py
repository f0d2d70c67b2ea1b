"""What an operation answers and what it costs, where the documents are silent about that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.document import Map
from generator.draft.context import Context
from generator.draft.proposals import Proposal, Step, proposal, update
from generator.draft.prose import body_in, cost_in
from generator.draft.samples import json_in, schema_of
from generator.merge.proposed_overlays import Action
from generator.names import words
from generator.upgrade.bodies import JSON
from generator.validate.spec import Operation

_NOTHING = ("204", "205")
_READING = ("get", "head", "options", "trace")
_TEMPLATE = re.compile(r"\{[^}]*\}")


def answered(context: Context) -> Iterator[Proposal]:
    """A body for successes that are silent about theirs, and must or seem to have one."""
    for operation in _new(context):
        responses = operation.node.map("responses")
        silent = [status for status in responses if status.startswith("2")]
        if operation.method == "head" or set(silent) & set(_NOTHING):
            continue
        if any(_declares(context, responses.map(status)) for status in silent):
            continue
        alone = silent == ["200"] and not any(status.startswith("3") for status in responses)
        for status in silent:
            if operation.method == "get" and alone:
                why, schema = "something must be", Action()
            else:
                why, schema = _suggested(operation, status)
            if why:
                steps = _body(context, operation, status, schema, why)
                yield proposal(context.spec, (*operation.at, "responses", status), *steps)


def _declares(context: Context, response: Map) -> bool:
    return "$ref" in response or "content" in context.spec.follow(response)


def _suggested(operation: Operation, status: str) -> tuple[str, Action]:
    """Why a success seems to have a body, and its schema as far as an example shows it."""
    node = operation.node
    text = node.map("responses").map(status).text("description")
    shown = json_in(text)
    if shown is not None:
        return "its response shows JSON", schema_of(shown)
    otherwise = ""
    if operation.method == "post" and status == "201":
        otherwise = "a POST that creates something returns it as a rule"
    elif any(other.startswith("3") for other in node.map("responses")):
        otherwise = "it has the address, as a rule, to which a redirect beside it leads"
    return body_in(node.text("summary"), node.text("description"), text, otherwise), {}


def _body(
    context: Context, operation: Operation, status: str, schema: Action, why: str
) -> Iterator[Step]:
    root, at = context.spec.root, (*operation.at, "responses", status)
    reason = f"The document does not say what is answered; any JSON, as {why}."
    if schema:
        reason = f"The document does not declare what is answered; {why}."
    yield update(root, at, {"content": {JSON: {"schema": schema}}}, reason)
    if operation.method != "get" and "x-may-be-empty" not in operation.node:
        reason = "Nothing is certain about the body, which may be missing."
        yield update(root, operation.at, {"x-may-be-empty": True}, reason)


def spending(context: Context) -> Iterator[Proposal]:
    """The effect of operations that seem to be paid for, so that none is repeated in doubt."""
    for operation in _new(context):
        why = "" if "x-effect" in operation.node else _cost(operation, context.folder.spends)
        if why:
            reason = f"It seems to use up something that is paid for: {why}."
            step = update(context.spec.root, operation.at, {"x-effect": "spends"}, reason)
            yield proposal(context.spec, operation.at, step)


def _cost(operation: Operation, setting: str | None) -> str:
    """Why an operation seems to be paid for; empty if nothing suggests it."""
    method, node = operation.method, operation.node
    reads = method in _READING
    texts = {"summary": node.text("summary"), "description": node.text("description")}
    if not reads and "402" in node.map("responses"):
        return "it may be refused for want of payment (402)"
    if not reads and method != "delete":
        named = {"path": operation.path, "description": node.text("description")}
        for place, text in named.items():
            if setting and (match := re.search(setting, text, re.IGNORECASE)):
                return f"its {place} has {match[0]!a}"
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
