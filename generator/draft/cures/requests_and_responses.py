"""Bodies, parameters and responses that are incomplete, and the costs of operations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http import HTTPStatus

from generator.document import canonical_path
from generator.draft.context import Context
from generator.draft.proposals import Proposal, bare
from generator.draft.type_guesses import body_of, json_in, schema_of
from generator.draft.vocabulary import body_in, cost_in
from generator.findings import Finding, Keys
from generator.merge.proposed_overlays import Action
from generator.names import words
from generator.upgrade.bodies import JSON
from generator.validate.spec import Operation

_MEANT = {
    "json": JSON,
    "xml": "application/xml",
    "text": "text/plain",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
}


def content(context: Context, problem: Finding) -> list[Proposal]:
    """Return a missing media type, or the right spelling of one."""
    at = problem.at
    if len(at) < 2 or at[-2] != "content":
        schema, source = body_of(context.node_at(at).text("description"), [])
        why = f"; derived from {source}" if source else ", without more information"
        value: Action = {"content": {JSON: {"schema": schema}}}
        reason = f"The document does not specify the content of the body: JSON{why}."
        return [context.updated(at, value, reason)]
    words = (key for key in _MEANT if key in str(at[-1]).lower())
    return [_respelled(context, at, "a media type", _MEANT[next(words, "json")])]


def _respelled(context: Context, at: Keys, kind: str, right: str) -> Proposal:
    """Move what stands under an invalid name to the name that is meant, or remove it."""
    wrong = f"{str(at[-1])!a} is not {kind}"
    if not right or right in context.node_at(at[:-1]):
        there = f"{right} is there already" if right else "the intended one is unknown"
        return context.removed(at, f"{wrong}, and {there}.")
    fields = {right: bare(context.node_at(at))}
    again = context.update(at[:-1], fields, f"{wrong}; {right} must be meant.")
    return context.proposal(at, again, context.remove(at, f"It is {right} now."))


def styled(context: Context, problem: Finding) -> list[Proposal]:
    """A style for a parameter that can write what it holds; else JSON."""
    at, node = problem.at, context.node_at(problem.at)
    reason = "No usual style can write what the parameter holds; most servers read this one."
    if node.text("in") == "query":
        return [context.updated(at, {"style": "deepObject", "explode": True}, reason)]
    content = {"content": {JSON: {"schema": bare(node.map("schema"))}}}
    reason = "No style can write what the parameter holds; it must be JSON."
    fields = [key for key in ("schema", "style", "explode", "allowReserved") if key in node]
    steps = [context.remove((*at, key), reason) for key in fields]
    return [context.proposal(at, *steps, context.update(at, content, reason))]


def written(context: Context, problem: Finding) -> list[Proposal]:
    """A style for a property of a form that can write what it holds."""
    value: Action = json.loads(str(problem.values["update"]))
    name = problem.values["name"]
    reason = f"A form has no usual way to write what {name!a} holds; most servers read this one."
    return [context.updated(problem.at, value, reason)]


_NUMBER = re.compile(r"\W*([1-5](?:\d\d|xx))(?!\d).*", re.IGNORECASE | re.DOTALL)
_PHRASES = {str(status.value): status.phrase for status in HTTPStatus} | {
    "2XX": "OK",
    "3XX": "Elsewhere",
    "4XX": "Refused",
    "5XX": "Failed",
    "default": "Any other response",
}
_WORDS = {"ok": "200", "success": "200", "created": "201", "error": "default", "any": "default"}


def statuses(context: Context, problem: Finding) -> list[Proposal]:
    """Return a success for an operation, or a status for a response."""
    at = problem.at
    if at[-2:-1] == ("responses",):
        status = str(at[-1])
        match = _NUMBER.fullmatch(status)
        word = re.sub(r"\W", "", status).lower()
        right = match[1].upper() if match else _WORDS.get(word, "")
        return [_respelled(context, at, "an HTTP status", right)]
    at = at[:-1] if at[-1:] == ("responses",) else at
    value = {"responses": {"200": {"description": "OK"}}}
    reason = "The document declares no success; 200 without a body, as most others have."
    return [context.updated(at, value, reason)]


def described(context: Context) -> Iterator[Proposal]:
    """Yield a description for responses, which must have one."""
    reason = "A response must have a description, and the document has none."
    for item in context.spec.of_kind("response"):
        if "description" not in item.node:
            yield context.updated(item.at, {"description": phrase(str(item.at[-1]))}, reason)


def phrase(status: str) -> str:
    """Return the name of a status, or the name of a response in words."""
    if status in _PHRASES:
        return _PHRASES[status]
    return " ".join(words(status)).capitalize() or "A response"


def response_bodies(context: Context) -> Iterator[Proposal]:
    """Yield a body for successes that don't specify one, and must or seem to have one."""
    for operation in _new(context):
        responses = operation.node.map("responses")
        successes = [status for status in responses if status.startswith("2")]
        if operation.method == "head" or {"204", "205"} & set(successes):
            continue
        if any({"$ref", "content"} & responses.map(status).keys() for status in successes):
            continue
        alone = successes == ["200"] and not any(status.startswith("3") for status in responses)
        for status in successes:
            why, schema = "a body is required", Action()
            if operation.method != "get" or not alone:
                why, schema = _suggested(operation, status)
            if not why:
                continue
            what = why if schema else f"any JSON, as {why}"
            reason = f"The document does not specify the response; {what}."
            at = (*operation.at, "responses", status)
            steps = [context.update(at, {"content": {JSON: {"schema": schema}}}, reason)]
            if operation.method != "get" and "x-may-be-empty" not in operation.node:
                reason = "The body is uncertain, and may be missing."
                steps.append(context.update(operation.at, {"x-may-be-empty": True}, reason))
            yield context.proposal(at, *steps)


def _suggested(operation: Operation, status: str) -> tuple[str, Action]:
    """Return the reason to expect a body for a success, and its schema if there is an example."""
    node = operation.node
    text = node.map("responses").map(status).text("description")
    if shown := json_in(text):
        return "its response shows JSON", schema_of(shown)
    otherwise = ""
    if operation.method == "post" and status == "201":
        otherwise = "a POST that creates something usually returns it"
    elif any(other.startswith("3") for other in node.map("responses")):
        otherwise = "it usually contains the target of the redirect beside it"
    return body_in(node.text("summary"), node.text("description"), text, otherwise), {}


def spending(context: Context) -> Iterator[Proposal]:
    """Yield the effect of operations that seem to be paid for, so that they are not repeated."""
    setting = context.folder.settings.spends
    for operation in _new(context):
        if "x-effect" not in operation.node and (why := _cost(operation, setting)):
            reason = f"It seems to use up something that is paid for: {why}."
            yield context.updated(operation.at, {"x-effect": "spends"}, reason)


def _cost(operation: Operation, setting: str | None) -> str:
    """Return the reason to take an operation for a paid one; empty without one."""
    method, node = operation.method, operation.node
    reads = method in ("get", "head", "options", "trace")
    texts = {"summary": node.text("summary"), "description": node.text("description")}
    if not reads and "402" in node.map("responses"):
        return "it may be refused for lack of payment (402)"
    if not reads and method != "delete":
        for place, text in (("path", operation.path), ("description", texts["description"])):
            if setting and (match := re.search(setting, text, re.IGNORECASE)):
                return f"its {place} has {match[0]!a}"
        texts["path"] = " ".join(words(canonical_path(operation.path)))
        texts["operation id"] = " ".join(words(node.text("operationId")))
        texts["tags"] = ". ".join(node.seq("tags").texts())
    found = {what: cost_in(text, reads) for what, text in texts.items()}
    return next((f"its {what} has the words {said!a}" for what, said in found.items() if said), "")


def _new(context: Context) -> Iterator[Operation]:
    """Yield the operations that callers do not know yet."""
    for operation in context.spec.operations:
        if (canonical_path(operation.path), operation.method) not in context.folder.released:
            yield operation
