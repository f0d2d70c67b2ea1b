"""The nodes of documents: mappings and sequences that know their positions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias, TypeGuard, TypeVar

Scalar: TypeAlias = str | int | float | bool | None
Node: TypeAlias = "Map | Seq | Scalar"

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The HTTP methods that a path item may hold, in the order in which OpenAPI lists them."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file. Lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Map(dict[str, Node]):
    """A mapping that knows its position and that of each of its keys."""

    __slots__ = ("key_positions", "position")

    def __init__(
        self,
        items: Mapping[str, Node] | Iterable[tuple[str, Node]] = (),
        *,
        position: Position,
        key_positions: Mapping[str, Position] | None = None,
    ) -> None:
        super().__init__(items)
        self.position = position
        self.key_positions = dict(key_positions) if key_positions else {}

    def position_of(self, key: str) -> Position:
        """Return the position of a key, or else of the mapping."""
        return self.key_positions.get(key, self.position)

    def put(self, key: str, value: Node, position: Position | None = None) -> None:
        """Set a key, and where it was written (by default where the mapping was)."""
        self[key] = value
        if position is not None:
            self.key_positions[key] = position

    def map(self, key: str) -> Map:
        """Return the mapping under a key, or an empty one, which is not stored."""
        value = self.get(key)
        return value if isinstance(value, Map) else Map(position=self.position_of(key))

    def seq(self, key: str) -> Seq:
        """Return the sequence under a key, or an empty one, which is not stored."""
        value = self.get(key)
        return value if isinstance(value, Seq) else Seq(position=self.position_of(key))

    def text(self, key: str) -> str:
        """Return the string under a key, or an empty one."""
        value = self.get(key)
        return value if isinstance(value, str) else ""

    def maps(self) -> Iterator[tuple[str, Map]]:
        """Yield the entries whose values are mappings."""
        for key, value in list(self.items()):
            if isinstance(value, Map):
                yield key, value


class Seq(list[Node]):
    """A sequence that knows its position."""

    __slots__ = ("position",)

    def __init__(self, items: Iterable[Node] = (), *, position: Position) -> None:
        super().__init__(items)
        self.position = position

    def maps(self) -> Iterator[Map]:
        """Return the items that are mappings."""
        return (item for item in list(self) if isinstance(item, Map))

    def texts(self) -> list[str]:
        """Return the items that are strings."""
        return [item for item in self if isinstance(item, str)]


@dataclass(slots=True)
class Document:
    """One Swagger or OpenAPI document of a source file."""

    name: str
    """The file's name, without its folder: what `x-source` and overlays call the document."""
    root: Map

    @property
    def version(self) -> str:
        """The version it declares: `2.0`, `3.0.3`, `3.1.0`, ..."""
        return str(self.root.get("swagger") or self.root.get("openapi") or "")


def is_number(value: object) -> TypeGuard[int | float]:
    """Return whether a value is a number; to Python, true and false are numbers too."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def copied(node: Node) -> Node:
    """Return a deep copy that keeps every position."""
    if isinstance(node, Map):
        return copied_map(node)
    if isinstance(node, Seq):
        return Seq((copied(item) for item in node), position=node.position)
    return node


def copied_map(node: Map) -> Map:
    """Return a deep copy of a mapping that keeps every position."""
    return Map(
        ((key, copied(value)) for key, value in node.items()),
        position=node.position,
        key_positions=node.key_positions,
    )


def placed(value: object, position: Position) -> Node:
    """Plain Python data as nodes, all of them at one position."""
    if isinstance(value, Mapping):
        return Map(
            ((str(key), placed(item, position)) for key, item in value.items()), position=position
        )
    if isinstance(value, list | tuple):
        return Seq((placed(item, position) for item in value), position=position)
    assert value is None or isinstance(value, str | int | float)
    return value


def plain(node: Node) -> object:
    """Return the same data as ordinary dictionaries and lists."""
    if isinstance(node, Map):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, Seq):
        return [plain(item) for item in node]
    return node


def nodes(node: Node) -> Iterator[Map | Seq]:
    """Yield the mappings and the sequences in a node, itself included, however far it nests."""
    waiting = [node]
    for part in waiting:
        if isinstance(part, Map | Seq):
            yield part
            waiting += part.values() if isinstance(part, Map) else part


def pointer(*parts: str | int) -> str:
    """Return a JSON Pointer (RFC 6901) from its unescaped parts."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def pointer_parts(text: str) -> list[str]:
    """Return the unescaped parts of a JSON Pointer."""
    return [part.replace("~1", "/").replace("~0", "~") for part in text.split("/")[1:]]


def child(node: Node, part: str) -> Node:
    """Return the value under one part of a pointer.

    Raises:
        KeyError: The node has no such part.
    """
    if isinstance(node, Map):
        return node[part]
    # No list has an index of ten digits, and `int` refuses some thousands of them.
    if isinstance(node, Seq) and part.isdecimal() and len(part) < 10 and int(part) < len(node):
        return node[int(part)]
    raise KeyError(part)


def value_at(node: Node, parts: Iterable[str | int]) -> Node:
    """Return the value at some keys below a node.

    Raises:
        KeyError: A key is missing.
    """
    return reduce(child, map(str, parts), node)


def collected(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, list[_Value]]:
    """Return the values of each key, in their order."""
    found: dict[_Key, list[_Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def keys_at(root: Map, parts: Iterable[str]) -> tuple[str | int, ...]:
    """Return the parts of the pointer to a node, those in lists as numbers."""
    keys: list[str | int] = []
    node: Node = root
    for part in parts:
        keys.append(int(part) if isinstance(node, Seq) else part)
        node = child(node, part)
    return tuple(keys)


def position_at(root: Map, parts: Iterable[str | int]) -> Position:
    """Return the position of the node at a path of keys, or of the last one on the way."""
    node: Node = root
    position = root.position
    for part in parts:
        if isinstance(node, Map):
            position = node.position_of(str(part))
        try:
            node = child(node, str(part))
        except KeyError:
            break
        if isinstance(node, Map | Seq) and not isinstance(part, str):
            position = node.position
    return position


def operations(root: Map) -> Iterator[tuple[str, str, Map]]:
    """Path, method and operation, in the order of the document."""
    for path, item in root.map("paths").maps():
        for method, operation in operations_of(item).items():
            yield path, method, operation


def parameter_key(parameter: Map) -> tuple[str, str]:
    """Return the place and the name of a parameter; that of a header is the same in any case."""
    place, name = parameter.text("in"), parameter.text("name")
    return place, name.lower() if place == "header" else name


_TEMPLATE = re.compile(r"\{([^{}]*)\}")


def templates(path: str) -> list[str]:
    """Return the names of a path's templates, in order."""
    return _TEMPLATE.findall(path)


def canonical_path(path: str) -> str:
    """Return a path without the names of its templates: what identifies it."""
    return _TEMPLATE.sub("{}", path)


def operations_of(item: Map) -> dict[str, Map]:
    """Return the operations of a path item by their methods."""
    return {method: node for method in METHODS if isinstance(node := item.get(method), Map)}
