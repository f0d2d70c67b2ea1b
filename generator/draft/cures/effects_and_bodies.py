"""The responses and costs of operations, where the documents don't specify them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.document import Map
from generator.draft.context import Context
from generator.draft.proposals import Proposal, Step, proposal, update
from generator.draft.type_guesses import json_in, schema_of
from generator.draft.vocabulary import body_in, cost_in
from generator.merge.proposed_overlays import Action
from generator.names import words
from generator.upgrade.bodies import JSON
from generator.validate.spec import Operation

_NOTHING = ("204", "205")
_READING = ("get", "head", "options", "trace")
_TEMPLATE = re.compile(r"\{[^}]*\}")


def response_bodies(context: Context) -> Iterator[Proposal]:
    """Yield a body for successes that don't specify one, and must or seem to have one."""
    for operation in _new(context):
        responses = operation.node.map("responses")
        successes = [status for status in responses if status.startswith("2")]
        if operation.method == "head" or set(successes) & set(_NOTHING):
            continue
        if any(_declares(context, responses.map(status)) for status in successes):
            continue
        alone = successes == ["200"] and not any(status.startswith("3") for status in responses)
        for status in successes:
            if operation.method == "get" and alone:
                why, schema = "a body is required", Action()
            else:
                why, schema = _suggested(operation, status)
            if why:
                steps = _body(context, operation, status, schema, why)
                yield proposal(context.spec, (*operation.at, "responses", status), *steps)


def _declares(context: Context, response: Map) -> bool:
    return "$ref" in response or "content" in context.spec.follow(response)


def _suggested(operation: Operation, status: str) -> tuple[str, Action]:
    """Return the reason to expect a body for a success, and its schema if there is an example."""
    node = operation.node
    text = node.map("responses").map(status).text("description")
    shown = json_in(text)
    if shown is not None:
        return "its response shows JSON", schema_of(shown)
    otherwise = ""
    if operation.method == "post" and status == "201":
        otherwise = "a POST that creates something usually returns it"
    elif any(other.startswith("3") for other in node.map("responses")):
        otherwise = "it usually contains the target of the redirect beside it"
    return body_in(node.text("summary"), node.text("description"), text, otherwise), {}


def _body(
    context: Context, operation: Operation, status: str, schema: Action, why: str
) -> Iterator[Step]:
    root, at = context.spec.root, (*operation.at, "responses", status)
    reason = f"The document does not specify the response; any JSON, as {why}."
    if schema:
        reason = f"The document does not specify the response; {why}."
    yield update(root, at, {"content": {JSON: {"schema": schema}}}, reason)
    if operation.method != "get" and "x-may-be-empty" not in operation.node:
        reason = "The body is uncertain, and may be missing."
        yield update(root, operation.at, {"x-may-be-empty": True}, reason)


def spending(context: Context) -> Iterator[Proposal]:
    """Yield the effect of operations that seem to be paid for, so that they are not repeated."""
    for operation in _new(context):
        why = "" if "x-effect" in operation.node else _cost(operation, context.folder.spends)
        if why:
            reason = f"It seems to use up something that is paid for: {why}."
            step = update(context.spec.root, operation.at, {"x-effect": "spends"}, reason)
            yield proposal(context.spec, operation.at, step)


def _cost(operation: Operation, setting: str | None) -> str:
    """Return the reason to take an operation for a paid one; empty without one."""
    method, node = operation.method, operation.node
    reads = method in _READING
    texts = {"summary": node.text("summary"), "description": node.text("description")}
    if not reads and "402" in node.map("responses"):
        return "it may be refused for lack of payment (402)"
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
    """Yield the operations that callers do not know yet."""
    for operation in context.spec.operations:
        if not context.is_released(operation.path, operation.method):
            yield operation
