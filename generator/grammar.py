"""Walks documents by the grammar of Swagger and OpenAPI, and finds what does not fit it."""

from __future__ import annotations

from collections.abc import Iterator

from .document import Document, Map, Node, Seq
from .findings import Finding
from .grammar_tables import OPENAPI, SWAGGER, Grammar

__all__ = [
    "EXTENSIBLE",
    "OPENAPI",
    "PROSE",
    "SWAGGER",
    "Grammar",
    "children",
    "fields",
    "grammar_of",
    "misfits",
    "misshapen",
    "walk",
]

PROSE = frozenset({"summary", "description", "title"})
"""Fields that hold text for people, in every kind of object."""

EXTENSIBLE = frozenset({"path item", "response", "callback"})
"""Objects in whose mappings `x-` begins an extension. Elsewhere it is a name: `x-rate-limit`."""

_LEAVES = {"text", "flag", "number", "any"}

# Properties and HTTP headers may be called `x-...` without being extensions.
_NAMED_FREELY = {"schema", "header"}


def grammar_of(document: Document) -> Grammar:
    """Return the table that a document is to be read by."""
    return SWAGGER if "swagger" in document.root else OPENAPI


def fields(grammar: Grammar, what: str, node: Map) -> Iterator[tuple[str, str]]:
    """Yield the fields of an object that its kind speaks of, and what each is to hold."""
    table = grammar[what]
    for key in list(node):
        rule = table.get(key) or ("" if key.startswith("x-") else table.get("*", ""))
        if rule:
            yield key, rule


def children(grammar: Grammar, what: str, node: Map) -> Iterator[tuple[str, tuple[str, ...], Map]]:
    """Yield the objects directly within an object: their kind, keys and node."""
    for key, rule in fields(grammar, what, node):
        value = node[key]
        for option in rule.split("|"):
            inner = option.strip("[]{}")
            if inner in _LEAVES:
                continue
            if option.startswith("[") and isinstance(value, Seq):
                for index, item in enumerate(list(value)):
                    if isinstance(item, Map):
                        yield inner, (key, str(index)), item
            elif option.startswith("{") and isinstance(value, Map):
                for name, item in value.maps():
                    if not (inner in EXTENSIBLE and name.startswith("x-")):
                        yield inner, (key, name), item
            elif option == inner and isinstance(value, Map):
                yield inner, (key,), value


def walk(
    grammar: Grammar, node: Map, what: str = "document", at: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...], Map]]:
    """Yield every object of a document, parents first: its kind, keys and node."""
    yield what, at, node
    for inner, keys, item in children(grammar, what, node):
        yield from walk(grammar, item, inner, at + keys)


def misshapen(grammar: Grammar, root: Map) -> list[Finding]:
    """Yield the nodes with a shape that the grammar forbids: a list instead of a mapping, etc."""
    return [
        finding
        for what, _, node in walk(grammar, root)
        for key, rule in fields(grammar, what, node)
        for finding in misfits(what, node, key, rule)
    ]


_NAMES = {"text": "a string", "flag": "true or false", "number": "a number"}


def misfits(what: str, node: Map, key: str, rule: str) -> Iterator[Finding]:
    """Yield how one field of an object, or its content, violates the shape of its rule."""
    value = node[key]
    options = rule.split("|")
    if any(_fits(option, value) for option in options):
        container = value if isinstance(value, Map | Seq) else None
        option = next(option for option in options if _fits(option, value))
        inner = option.strip("[]{}")
        if container is None or option == inner:
            return
        yield from _misfit_items(what, key, container, inner)
        return
    expected = [*map(_described, options)]
    where = node.position_of(key)
    yield Finding(where, "shape", key=key, owner=what, expected=expected, found=value)


def _misfit_items(what: str, key: str, container: Map | Seq, inner: str) -> Iterator[Finding]:
    if isinstance(container, Map):
        items = [(name, item, container.position_of(name)) for name, item in container.items()]
    else:
        items = [(str(index), item, container.position) for index, item in enumerate(container)]
    for name, item, position in items:
        extension = inner in EXTENSIBLE and name.startswith("x-")
        if extension or _fits(inner, item) or (inner == "schema" and isinstance(item, bool)):
            continue
        yield Finding(
            position,
            "shape-inside",
            name=name,
            key=key,
            owner=what,
            expected=[_described(inner)],
            found=item,
        )


def _fits(option: str, value: Node) -> bool:
    if option == "any":
        return True
    if option == "text":
        return isinstance(value, str)
    if option == "flag":
        return isinstance(value, bool)
    if option == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, Seq if option.startswith("[") else Map)


def _described(option: str) -> str:
    inner = option.strip("[]{}")
    if option.startswith("["):
        return "a list"
    if option.startswith("{"):
        return "a mapping"
    return _NAMES.get(inner, "a mapping")
