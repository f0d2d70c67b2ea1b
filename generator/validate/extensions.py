"""Checks the extensions by which overlays speak to the renderer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.client import PAGINATION, is_success, iterator_name
from generator.client.flat_schemas import Schemas, is_object, options_of, types_of
from generator.client.media import preferred
from generator.document import Map, Node, Seq
from generator.findings import Finding
from generator.names import FORMER, METHODS, snake_case

from .spec import Operation, Spec

_EFFECTS = ("safe", "idempotent", "spends")
"""The possible effects of a request: the values of `x-effect`."""

_TEXTS = ("page", "page_size", "items", "total", "name")
_PAGES = f"a mapping with page and items, and none but {', '.join(_TEXTS)}, max_page_size and key"


def _is_pagination(value: Node) -> bool:
    if not isinstance(value, Map) or not {"page", "items"} <= value.keys():
        return False
    key, most = value.get("key"), value.get("max_page_size", 1)
    texts = [value[name] for name in _TEXTS if name in value]
    texts += [*key] if isinstance(key, Seq) else [None] * ("key" in value)
    return (
        value.keys() <= {*_TEXTS, "max_page_size", "key"}
        and all(isinstance(text, str) and text for text in texts)
        and (type(most) is int and most > 0)  # true is an int, too
        and ("max_page_size" not in value or "page_size" in value)
    )


_FILE = "x-identifies-file"
_EXPECTED: dict[str, tuple[str, Callable[[Node], bool], str]] = {
    "x-effect": ("one of safe, idempotent, spends", lambda value: value in _EFFECTS, "spends"),
    _FILE: (
        "a list of its query parameters",
        lambda value: isinstance(value, Seq) and all(isinstance(each, str) for each in value),
        "[a_parameter]",
    ),
    "x-may-be-empty": ("true or false", lambda value: isinstance(value, bool), "true"),
    PAGINATION: (_PAGES, _is_pagination, "{page: page, items: items}"),
    **dict.fromkeys(
        ("x-resource", "x-method", "x-name"),
        ("a string", lambda value: isinstance(value, str), "a_name"),
    ),
}


def check(spec: Spec) -> Iterator[Finding]:
    """Yield findings about extensions in the wrong place or with an invalid value."""
    # What identifies a file must be a query parameter, or two files would count as one.
    unknown = [
        each.at
        for each in spec.operations
        if not set(each.node.seq(_FILE).texts()) <= each.named("query").keys()
    ]
    for item in spec.objects:
        if FORMER in item.node and item.kind != "operation":
            at = (*item.at, FORMER)
            yield spec.finding("former-names-misplaced", at, key=FORMER, owner=item.kind)
        for key in (key for key in _EXPECTED if key in item.node):
            at = (*item.at, key)
            expected, holds, example = _EXPECTED[key]
            if key == "x-name" and item.kind not in ("parameter", "schema"):
                continue  # somebody else's: only there does it give a name
            if key != "x-name" and item.kind != "operation":
                yield spec.finding("extension-misplaced", at, key=key, owner=item.kind)
            elif not holds(item.node[key]) or (key == _FILE and item.at in unknown):
                values = {"expected": expected, "example": example, "found": item.node[key]}
                values |= {"key": key, "owner": spec.describe(item.at)}
                yield spec.finding("extension-value", at, target=item.at, **values)
    for operation in spec.operations:
        if _is_pagination(operation.node.get(PAGINATION)):
            for field, found, expected in _page_faults(spec.schemas, operation):
                values = {"field": field, "expected": expected, "found": found, "key": PAGINATION}
                yield spec.about(operation, "pagination-field", PAGINATION, field, **values)


def _page_faults(schemas: Schemas, operation: Operation) -> Iterator[tuple[str, str, str]]:
    """Yield fields of `x-pagination` that name nothing, or something of another type.

    Each with what it names, and what it should name.
    """
    given, query = operation.node.map(PAGINATION), operation.named("query")
    name = iterator_name(operation.node)
    if name != snake_case(name, METHODS):
        yield "name", name, "a lower-case Python name that is not reserved"
    for key in ("page", "page_size"):
        name = given.text(key)
        schema = query[name].node.get("schema") if name in query else None
        if name and _kind(schemas, schema) != "integer":
            yield key, name, "a query parameter that is an integer"
    if (body := _body(schemas, operation.node)) is None:
        yield "items", "another response", "a property of the only response, a JSON object"
        return
    for key, kind in (("items", "array"), ("total", "integer")):
        if (name := given.text(key)) and _kind(schemas, body.get(name)) != kind:
            yield key, name, f"a property of the response that is an {kind}"
    item = _plain(schemas, _plain(schemas, body.get(given.text("items"))).get("items"))
    for name in given.seq("key").texts():
        known = _kind(schemas, item.map("properties").get(name)) if is_object(item) else ""
        if known not in ("string", "integer"):
            yield "key", name, "properties of an item that are text or integers"


def _body(schemas: Schemas, operation: Map) -> Map | None:
    """The properties of the object that is the only successful response."""
    found = []
    for status, response in operation.map("responses").maps():
        content = preferred(schemas.follow(response).map("content"))
        if status.startswith("3") and status != "304":
            return None
        if is_success(status, operation) and content:
            found.append(content)
    if len(found) != 1 or found[0].kind != "json":
        return None
    schema = _plain(schemas, found[0].schema)
    return schema.map("properties") if is_object(schema) else None


def _plain(schemas: Schemas, schema: Node) -> Map:
    """A schema without its references and the null that it may be."""
    flat = schemas.flat(schema)
    options = options_of(flat)
    is_option = len(options) == 1 and "properties" not in flat
    return schemas.flat(options[0]) if is_option else flat


def _kind(schemas: Schemas, schema: Node) -> str:
    """The only type of a schema; empty if it has several."""
    plain = _plain(schemas, schema)
    kinds = [] if options_of(plain) else types_of(plain)
    return kinds[0] if len(kinds) == 1 else ""
