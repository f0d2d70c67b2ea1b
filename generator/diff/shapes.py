"""The types that callers see, without the names and the order that make no difference to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from generator.client.shapes import Lowered
from generator.render.views import Views


@dataclass(frozen=True, slots=True)
class Member:
    """One type of a union."""

    name: str
    """`str`, `int`, `float`, `bool`, `date`, `datetime`, `file`, `list`, `dict`, `model`, `values`,
    `any`, `none` or `redirect`."""
    inner: Shape = frozenset()
    """What a list or dictionary holds."""
    of: str = ""
    """The name of the class, or what enumerated values are: `str` or `int`."""


Shape: TypeAlias = frozenset[Member]
"""A type: the members of a union, mostly one."""

ANY: Shape = frozenset({Member("any")})
NONE = Member("none")
REDIRECT = Member("redirect")

_SCALARS = {"integer": "int", "number": "float", "boolean": "bool", "string": "str"}
_FORMATS = {"date": "date", "date-time": "datetime", "binary": "file"}
_HELD_AS_JSON = ("str", "int", "float", "bool")


class Shapes:
    """Reads the lowered schemas of one spec."""

    def __init__(self, document: Lowered, views: Views) -> None:
        self._classes = classes(document)
        self._views = views

    def shape(self, lowered: object) -> Shape:
        """The shape of a lowered schema."""
        schema = lowered if isinstance(lowered, dict) else {}
        if options := schema.get("anyOf"):
            members = frozenset(member for option in options for member in self.shape(option))
            return ANY if Member("any") in members else members
        if "$ref" in schema:
            return self._named(key_of(schema))
        if schema.get("type") == "array":
            return frozenset({Member("list", self.shape(schema.get("items")))})
        kind = str(schema.get("type"))
        name = _FORMATS.get(str(schema.get("format")), _SCALARS.get(kind, "any"))
        return frozenset({Member(name)})

    def _named(self, key: str) -> Shape:
        model = self._views.models[key]
        if model.mapping:
            return frozenset(
                {Member("dict", self.shape(self._classes[key]["additionalProperties"]))}
            )
        if model.values:
            kind = "str" if isinstance(model.values[0], str) else "int"
            return frozenset({Member("values", of=f"{kind} {model.name}")})
        return frozenset({Member("model", of=model.name)})

    def field(self, key: str, field: str) -> Shape:
        """The shape of a field, given by the key under which the lowered class holds it."""
        return self.shape(self.lowered_field(key, field))

    def lowered_field(self, key: str, field: str) -> object:
        """The lowered schema of a field."""
        properties = self._classes[key]["properties"]
        return properties[field] if isinstance(properties, dict) else None

    def refers(self, lowered: object) -> set[str]:
        """The keys of the classes that a lowered schema names, with all that those name."""
        found: set[str] = set()
        waiting = [lowered]
        while waiting:
            node = waiting.pop()
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                waiting += [value for value in node.values() if isinstance(value, dict | list)]
                if "$ref" in node and (key := key_of(node)) not in found:
                    found.add(key)
                    waiting.append(self._classes[key])
        return {key for key in found if not self._views.models[key].mapping}


def classes(document: Lowered) -> dict[str, Lowered]:
    """The lowered schemas of all classes, by their keys."""
    components = document["components"]
    assert isinstance(components, dict)
    schemas = components["schemas"]
    assert isinstance(schemas, dict)
    return schemas


def key_of(lowered: Lowered) -> str:
    """The key of the class that a lowered reference names."""
    return str(lowered["$ref"]).rsplit("/", 1)[-1]


def renamed(shape: Shape, names: dict[str, str]) -> Shape:
    """A shape whose classes go by other names."""
    return frozenset(
        Member(member.name, renamed(member.inner, names), _renamed(member.of, names))
        for member in shape
    )


def _renamed(of: str, names: dict[str, str]) -> str:
    kind, space, name = of.rpartition(" ")
    return f"{kind}{space}{names.get(name, name)}"


def accepts(wide: Shape, narrow: Shape, *, given: bool) -> bool:
    """Whether whatever is of one type is of another too, for checkers and for the server.

    Args:
        wide: The type that is to accept.
        narrow: The type to be accepted.
        given: Whether they are types of arguments, whose lists and dictionaries are only read;
            those of models are exact.
    """
    return all(any(_takes(into, item, given) for into in wide) for item in narrow)


def _takes(wide: Member, narrow: Member, given: bool) -> bool:
    if wide == narrow:
        return True
    if wide.name == "any":
        return given or narrow.name in _HELD_AS_JSON
    if wide.name == narrow.name and wide.name in ("list", "dict"):
        return given and accepts(wide.inner, narrow.inner, given=True)
    if narrow.name == "values":
        kind = narrow.of.partition(" ")[0]
        return wide.name == kind or (wide.name == "float" and kind == "int")
    return wide.name == "float" and narrow.name == "int"
