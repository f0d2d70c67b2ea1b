"""Resolves what prevents the upgrade of a document, in the document as it is written."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from generator.document import METHODS, Document, Map, Node, operations, plain
from generator.findings import Keys, kind
from generator.grammar import PROSE, fields, grammar_of, misfits, walk
from generator.references import followed
from generator.upgrade.parameters import collection_style
from generator.upgrade.security import FLOWS
from generator.upgrade.servers import split
from generator.upgrade.shared import Log

from .proposals import Proposal, Step, remove, update

_VALUES = {"text", "flag", "number", "[text]", "[any]"}
_IDENTIFYING = {"$ref", "name", "in", "type", "url"}
"""Fields without which an object stands for another, or for nothing."""
_SEPARATORS = {"ssv": "spaces", "tsv": "tabs", "pipes": "`|`", "csv": "commas"}


def proposals(document: Document) -> Iterator[Proposal]:
    """Yield guesses for everything that the upgrade refuses."""
    root = document.root
    steps: list[Sequence[Step]] = list(_servers(root))
    if "swagger" in root:
        for path, method, operation in operations(root):
            steps += _bodies(root, ("paths", path, method), operation)
        for what, keys, node in walk(grammar_of(document), root):
            if what in ("parameter", "header", "items"):
                steps += _collections(root, keys, what, node)
            elif what == "security scheme":
                steps += _flows(root, keys, node)
    for each in steps:
        yield Proposal(document.name, tuple(each), "written")


def shapes(document: Document) -> Iterator[Proposal]:
    """Yield guesses for fields that hold something else than the value, or values, they should."""
    root, grammar = document.root, grammar_of(document)
    for what, keys, node in walk(grammar, root):
        for key, rule in fields(grammar, what, node):
            if key in _IDENTIFYING or key not in grammar[what]:
                continue
            if any(each.code == "shape" for each in misfits(what, node, key, rule)):
                found = node[key]
                steps: Sequence[Step] = ()
                if not set(rule.split("|")) - _VALUES:
                    steps = [_reshaped(root, keys, key, found, rule)]
                elif rule.startswith("[") and isinstance(found, Map):
                    steps = _listed(root, keys, key, found, known=grammar[rule.strip("[]")])
                yield Proposal(document.name, tuple(steps), "written")


def _reshaped(root: Map, at: Keys, key: str, found: Node, rule: str) -> Step:
    """The value that is meant, if it is obvious, or the removal of the field."""
    meant: str | bool | None = None
    if key in PROSE and isinstance(found, int | float):
        meant = str(found)
    elif rule == "flag" and isinstance(found, str):
        meant = {"true": True, "false": False}.get(found.strip().lower())
    if meant is None:
        reason = f"{key!a} cannot be {kind(found)}, and what is meant is unknown."
        return remove(root, (*at, key), reason)
    return update(root, at, {key: meant}, f"{key!a} cannot be {kind(found)}; {meant!a} is meant.")


def _listed(root: Map, at: Keys, key: str, found: Map, *, known: Container[str]) -> list[Step]:
    """The list that a mapping is meant for: of its numbered members, or of it alone."""
    if found and all(name.isdecimal() for name in found):
        members, meant = [found[name] for name in sorted(found, key=int)], "the list of its members"
    elif any(name in known for name in found):
        members, meant = [found], "the list of this one"
    else:
        return []
    reason = f"{key!a} is a list, not a mapping; {meant} is meant."
    value = {key: [plain(each) for each in members]}
    return [remove(root, (*at, key), reason), update(root, at, value, reason)]


def _collections(root: Map, at: Keys, what: str, node: Map) -> Iterator[list[Step]]:
    """Yield guesses for collection formats that OpenAPI 3 does not have."""
    written = node.get("collectionFormat")
    place = {"parameter": node.text("in"), "header": "header"}.get(what, "items")
    log = Log()
    if written is None or node.text("type") != "array":
        return
    if what != "items":
        collection_style(node, place, log)
    if (what == "items" and written == "csv") or (what != "items" and not log.errors):
        return
    if written == "multi" or what == "items" or written not in _SEPARATORS:
        reason = f"OpenAPI 3 cannot express {written!a} here; commas, which are the default."
        yield [remove(root, (*at, "collectionFormat"), reason)]
        return
    reason = f"OpenAPI 3 cannot express {written!a} here, so it is text that the caller joins."
    text = f"{node.text('description')} Values are separated by {_SEPARATORS[str(written)]}."
    steps = [
        remove(root, (*at, key), reason) for key in ("collectionFormat", "items") if key in node
    ]
    yield [*steps, update(root, at, {"type": "string", "description": text.strip()}, reason)]


def _bodies(root: Map, at: Keys, operation: Map) -> Iterator[list[Step]]:
    """Yield guesses for second bodies, and form fields without a name or with a duplicate one."""
    names: set[str] = set()
    nothing = Map(position=operation.position)
    listed = operation.seq("parameters").maps()
    targets = [followed(root, node, "parameters") or nothing for node in listed]
    bodies = [index for index, target in enumerate(targets) if target.text("in") == "body"]
    for index, target in enumerate(targets):
        name, reason = target.text("name"), ""
        if index in bodies[1:]:
            reason = "A request has one body; the first one is kept."
        elif target.text("in") == "formData" and bodies:
            reason = "A request has a body or a form; the body is kept."
        elif target.text("in") == "formData":
            if not name:
                reason = "The field has no name."
            elif name in names:
                reason = f"The form has a field {name!a} already."
            names.add(name)
        if reason:
            yield [remove(root, (*at, "parameters", index), reason)]


def _flows(root: Map, at: Keys, node: Map) -> Iterator[list[Step]]:
    """Yield guesses for OAuth2 flows that Swagger 2.0 does not have."""
    if node.text("type") != "oauth2" or node.text("flow") in FLOWS:
        return
    by_urls = {(True, True): "accessCode", (True, False): "implicit"}
    flow = by_urls.get(("authorizationUrl" in node, "tokenUrl" in node), "application")
    spelled = "".join(char for char in node.text("flow").lower() if char.isalpha())
    flow = next((name for name in FLOWS if FLOWS[name].lower() == spelled), flow)
    reason = f"There is no flow {node.get('flow')!a}; its URLs or its name suggest this one."
    steps = [update(root, at, {"flow": flow}, reason)]
    if "flow" in node and not isinstance(node["flow"], str):
        steps.insert(0, remove(root, (*at, "flow"), reason))
    yield steps


def _servers(root: Map) -> Iterator[list[Step]]:
    """Yield guesses for servers that are not reached over https."""
    reason = "The API is called over https only."
    owners: list[tuple[Keys, Map]] = [((), root)]
    for path, item in root.map("paths").maps():
        owners.append((("paths", path), item))
        owners += [(("paths", path, key), node) for key, node in item.maps() if key in METHODS]
    for at, owner in owners:
        schemes = owner.seq("schemes").texts()
        if schemes and not {"http", "https"} & set(schemes):
            secure = update(root, at, {"schemes": ["https"]}, reason)
            yield [remove(root, (*at, "schemes"), reason), secure]
        for index, server in enumerate(owner.seq("servers").maps()):
            scheme, host, path = split(server.text("url"))
            if host and scheme not in ("http", "https", ""):
                value = {"url": f"https://{host}{path}"}
                yield [update(root, (*at, "servers", index), value, reason)]
