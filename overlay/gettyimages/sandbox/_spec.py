"""The operations of the spec: which one a request means, and the schemas it has to fit."""

from __future__ import annotations

import functools
import importlib.resources
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias, cast
from urllib.parse import quote, unquote

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

Node: TypeAlias = Mapping[str, object]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_URI = "urn:spec"


@functools.lru_cache(maxsize=1)
def shipped() -> Node:
    """The spec that the client is made from."""
    file = importlib.resources.files("gettyimages_rest") / "openapi.json"
    return cast(Node, json.loads(file.read_text(encoding="utf-8")))


@dataclass(frozen=True, eq=False)
class Parameter:
    """A parameter of an operation."""

    name: str
    place: str
    required: bool
    explode: bool
    pointer: str  # of the schema


@dataclass(frozen=True, eq=False)
class Operation:
    """An operation of the spec."""

    id: str
    method: str
    path: str
    node: Node
    pointer: str
    pattern: re.Pattern[str]
    parameters: tuple[Parameter, ...]
    needs_token: bool

    @property
    def place(self) -> str:
        """Method and path."""
        return f"{self.method} {self.path}"

    @property
    def names(self) -> frozenset[str]:
        """Everything that the operation is called."""
        python = f"{self.node.get('x-resource')}.{self.node.get('x-method')}"
        return frozenset((self.id, self.place, python))


class Spec:
    """A spec, ready to answer questions."""

    def __init__(self, document: Node) -> None:
        self.document = document
        resource = DRAFT202012.create_resource(dict(document))
        self._registry = Registry().with_resource(_URI, resource)
        self._formats = _formats()
        self._validators: dict[str, Draft202012Validator] = {}
        self.operations = tuple(self._operations())

    def resolve(self, pointer: str) -> tuple[str, Node]:
        """The object at a JSON pointer, behind all references, and where it is."""
        for _ in range(32):
            node = self._at(pointer)
            reference = node.get("$ref")
            if not isinstance(reference, str):
                return pointer, node
            pointer = unquote(reference.removeprefix("#"))
        return pointer, {}

    def problem(self, pointer: str, value: object) -> ValidationError | None:
        """What keeps a value from fitting the schema at a JSON pointer, if anything does."""
        if pointer not in self._validators:
            schema = {"$ref": f"{_URI}#{quote(pointer)}"}
            self._validators[pointer] = Draft202012Validator(
                schema, registry=self._registry, format_checker=self._formats
            )
        found: ValidationError | None
        found = best_match(self._validators[pointer].iter_errors(cast(Any, value)))
        return found

    def match(self, path: str) -> list[tuple[Operation, dict[str, str]]]:
        """All operations at a path as it was sent, with the path's decoded parameters."""
        return [
            (operation, {name: unquote(value) for name, value in _named(operation, found)})
            for operation in self.operations
            if (found := operation.pattern.fullmatch(path))
        ]

    def _at(self, pointer: str) -> Node:
        node: object = self.document
        for escaped in pointer.split("/")[1:]:
            step = escaped.replace("~1", "/").replace("~0", "~")
            if isinstance(node, list):
                node = cast(Sequence[object], node)[int(step)]
            else:
                node = cast(Node, node)[step]
        return cast(Node, node)

    def _operations(self) -> Iterator[Operation]:
        paths = cast(Mapping[str, Node], self.document.get("paths", {}))
        # A path without templates is meant before one with them.
        for path in sorted(paths, key=lambda path: path.count("{")):
            for method in METHODS:
                if method in paths[path]:
                    yield self._operation(path, method)

    def _operation(self, path: str, method: str) -> Operation:
        item = "/paths/" + path.replace("~", "~0").replace("/", "~1")
        node = self._at(f"{item}/{method}")
        found: dict[tuple[str, str], Parameter] = {}
        for place in (item, f"{item}/{method}"):
            for index in range(len(cast(list[object], self._at(place).get("parameters", [])))):
                parameter = self._parameter(f"{place}/parameters/{index}")
                found[parameter.place, parameter.name] = parameter
        name = str(node.get("operationId") or f"{method.upper()} {path}")
        return Operation(
            id=name,
            method=method.upper(),
            path=path,
            node=node,
            pointer=f"{item}/{method}",
            pattern=_pattern(path),
            parameters=tuple(found.values()),
            needs_token=self._needs_token(node),
        )

    def _needs_token(self, node: Node) -> bool:
        """Whether every alternative of an operation's security has a token in it."""
        wanted = cast(list[Node], node.get("security", self.document.get("security", [])))
        schemes = cast(Mapping[str, Node], self._components().get("securitySchemes", {}))
        tokens = {name for name, scheme in schemes.items() if scheme.get("type") != "apiKey"}
        return bool(wanted) and all(tokens & set(alternative) for alternative in wanted)

    def _components(self) -> Node:
        return cast(Node, self.document.get("components", {}))

    def _parameter(self, pointer: str) -> Parameter:
        pointer, node = self.resolve(pointer)
        place = str(node.get("in"))
        schema = pointer + "/schema"
        if "content" in node:
            media = next(iter(cast(Node, node["content"])))
            schema = f"{pointer}/content/{media.replace('~', '~0').replace('/', '~1')}/schema"
        return Parameter(
            name=str(node.get("name")),
            place=place,
            required=bool(node.get("required")),
            explode=bool(node.get("explode", place in ("query", "cookie"))),
            pointer=schema,
        )


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{([^}]*)\}", path)
    return re.compile(
        "".join("([^/]+)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
    )


def _named(operation: Operation, found: re.Match[str]) -> Iterator[tuple[str, str]]:
    return zip(re.findall(r"\{([^}]*)\}", operation.path), found.groups(), strict=True)


def _formats() -> FormatChecker:
    """Dates and times are checked, which the library leaves to further packages."""
    checker = FormatChecker(formats=())

    @checker.checks("date", ValueError)
    def is_date(value: object) -> bool:
        return not isinstance(value, str) or bool(len(value) == 10 and date.fromisoformat(value))

    @checker.checks("date-time", ValueError)
    def is_date_time(value: object) -> bool:
        if not isinstance(value, str):
            return True
        return value[10:11] in ("T", "t", " ") and bool(datetime.fromisoformat(value))

    return checker
