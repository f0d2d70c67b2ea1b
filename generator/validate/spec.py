"""A merged spec as the checks see it: its objects and operations, and how to speak of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import NamedTuple

from generator.client.flat_schemas import Schemas
from generator.document import METHODS, Map, Position, operations, parameter_key, position_at
from generator.findings import Finding, Keys, shown
from generator.grammar import OPENAPI, walk
from generator.jsonpath import jsonpath
from generator.references import followed


class Object(NamedTuple):
    """An object of the spec: its kind (see `grammar`), its keys, and the object itself."""

    kind: str
    at: Keys
    node: Map


class Parameter(NamedTuple):
    """A parameter that an operation takes, with its references followed."""

    at: Keys
    """Where it is listed: in the operation, or in the path item."""
    node: Map

    @property
    def place(self) -> str:
        """Its `in`."""
        return self.node.text("in")

    @property
    def name(self) -> str:
        """Its name in the request."""
        return self.node.text("name")

    @property
    def identity(self) -> tuple[str, str]:
        """Its place and name, which no other parameter of its operation has."""
        return parameter_key(self.node)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation and its parameters, those of its path item included."""

    path: str
    method: str
    node: Map
    parameters: tuple[Parameter, ...]

    @property
    def at(self) -> Keys:
        """Its keys, from the root of the spec."""
        return ("paths", self.path, self.method)

    def named(self, place: str) -> dict[str, Parameter]:
        """Return the parameters in some place by their names."""
        return {each.name: each for each in self.parameters if each.place == place}

    def __str__(self) -> str:
        return f"{self.method.upper()} {shown(self.path)}"


class Spec:
    """One merged spec. Everything has the shape that the grammar gives it."""

    def __init__(self, root: Map) -> None:
        self.root = root

    @cached_property
    def objects(self) -> list[Object]:
        """Every object that the grammar knows, parents first."""
        return [Object(*found) for found in walk(OPENAPI, self.root)]

    @cached_property
    def kinds(self) -> dict[tuple[str, ...], str]:
        """The kind of each object, by the parts of the pointer to it."""
        return {tuple(map(str, item.at)): item.kind for item in self.objects}

    @cached_property
    def operations(self) -> list[Operation]:
        """Every operation under `paths`."""
        return [
            Operation(path, method, node, tuple(self._parameters(path, method)))
            for path, method, node in operations(self.root)
        ]

    @cached_property
    def schemas(self) -> Schemas:
        """Its schemas, with their references followed."""
        return Schemas(self.root)

    def of_kind(self, *kinds: str) -> Iterator[Object]:
        """Return the objects of some kinds that are no references."""
        return (item for item in self.objects if item.kind in kinds and "$ref" not in item.node)

    def position(self, at: Keys) -> Position:
        """Where something is written, or the nearest thing around it."""
        return position_at(self.root, at)

    def parameters_of(self, path: str, *method: str) -> Iterator[Parameter]:
        """Yield the parameters listed in an operation, or in a path item."""
        at = ("paths", path, *method)
        listed = reduce(Map.map, at, self.root).seq("parameters")
        for index, node in enumerate(listed.maps()):
            yield Parameter((*at, "parameters", index), followed(self.root, node) or node)

    def _parameters(self, path: str, method: str) -> Iterator[Parameter]:
        own = list(self.parameters_of(path, method))
        yield from own
        taken = {each.identity for each in own}
        yield from (each for each in self.parameters_of(path) if each.identity not in taken)

    def finding(
        self, code: str, at: Keys, *, target: Keys | None = None, **values: object
    ) -> Finding:
        """Return a finding about the place at some keys.

        Its advice may have an overlay action on that place, or on another target.
        """
        query = jsonpath(self.root, at if target is None else target)
        return Finding(self.position(at), code, target=query, **values).placed(at)

    def about(self, operation: Operation, code: str, *keys: str, **values: object) -> Finding:
        """Return a finding about an operation, or about a field of it."""
        at = (*operation.at, *keys)
        return self.finding(code, at, target=operation.at, operation=operation, **values)

    def describe(self, at: Keys) -> str:
        """Return a short description of the place at some keys."""
        if at[:1] == ("paths",) and len(at) > 2 and at[2] in METHODS:
            return f"{str(at[2]).upper()} {shown(str(at[1]))}"
        if at[:1] == ("paths",) and len(at) > 1:
            return f"path {shown(str(at[1]))}"
        if at[:1] == ("components",) and len(at) > 2:
            return f"component {shown(f'{at[1]}/{at[2]}')}"
        return str(at[0]) if at else "the document"
