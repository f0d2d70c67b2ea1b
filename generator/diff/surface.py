"""What the caller of one generated client sees: operations and models, types and all."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from generator.client.media import preferred
from generator.client.references import Resolver
from generator.client.shapes import Lowered
from generator.document import Map, Node, operations
from generator.names import canonical_path
from generator.render.operations import lower
from generator.render.views import Argument, Field, Model
from generator.render.views import Operation as View

from .annotations import Annotations, may_be_none
from .facts import Facts, Reader
from .mentions import Mentions
from .places import Places
from .shapes import NONE, REDIRECT, Member, Shape, Shapes, classes

Key = tuple[str, str]
"""What identifies an operation: its method, and its path without the names of its templates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An argument of a method."""

    view: Argument
    shape: Shape
    text: str
    """Its type as the generated client writes it."""
    lowered: object
    schema: Node
    holder: Map | None
    """The parameter that declares it, its reference followed; bodies and properties have none."""
    at: Map | None
    """Where it is declared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation."""

    view: View
    node: Map
    item: Map
    """The path item that holds it."""
    lowered: dict[str, object]
    """The lowered types of its answers, by status."""
    arguments: list[Given]
    returned: Shape
    returned_text: str
    responses: dict[str, Map] = field(default_factory=dict)
    """Its responses by status, references followed."""
    sent: frozenset[str] = frozenset()
    """The keys of the classes that its arguments hold."""
    spread: str = ""
    """The key of the class whose properties are arguments, if there is one."""
    answered: frozenset[str] = frozenset()
    """The keys of the classes that its answers hold."""
    mentioned: frozenset[str] = frozenset()
    """The keys of the classes that can be imported because of it."""

    @property
    def label(self) -> str:
        """What people call it."""
        return f"{self.view.verb} {self.view.path}"

    @property
    def python(self) -> str:
        """What callers call it."""
        return f"{self.view.resource}.{self.view.method}"


class Surface:
    """All that one spec shows to callers."""

    def __init__(self, spec: Map) -> None:
        self.spec = spec
        self.document, self.views = lower(spec)
        self.reader = Reader(spec)
        self.resolver = Resolver(spec)
        self.shapes = Shapes(self.document, self.views)
        self._mentions = Mentions(spec, self.views)
        self.annotations = Annotations(classes(self.document), self.views)
        self.operations: dict[Key, Operation] = {}
        for path, method, node in operations(spec):
            self.operations[method, canonical_path(path)] = self._operation(path, method, node)

    @cached_property
    def places(self) -> Places:
        """Where everything stands; most comparisons find nothing, and need none of it."""
        return Places(self.spec)

    @property
    def models(self) -> dict[str, Model]:
        """The classes by their keys."""
        return self.views.models

    def facts_of_field(self, model: Model, item: Field) -> Facts:
        """What is said of a field beyond its type."""
        return self.reader.facts(self.property_of(model, item.wire))

    def property_of(self, model: Model, wire: str) -> Node:
        """The schema of a property."""
        return self.reader.schemas.flat(model.schema).map("properties").get(wire)

    def _operation(self, path: str, method: str, node: Map) -> Operation:
        view = self._view(node)
        lowered = _lowered(self.document, view)
        arguments = self._arguments(path, node, view, lowered)
        answers = _answers(lowered)
        shown = list(answers.values()) if view.bodies else []
        returned = frozenset(member for item in shown for member in self.shapes.shape(item))
        returned |= {REDIRECT} if view.redirect else set()
        returned |= {NONE} if may_be_none(view) else set()
        sent = frozenset(key for given in arguments for key in self.shapes.refers(given.lowered))
        answered = frozenset(key for item in shown for key in self.shapes.refers(item))
        spread = self._spread(node, view)
        return Operation(
            view=view,
            node=node,
            item=self.spec.map("paths").map(path),
            lowered=answers,
            arguments=arguments,
            returned=returned,
            returned_text=self.annotations.answer(view, shown),
            responses=self._responses(node),
            sent=sent,
            spread=spread,
            answered=answered,
            mentioned=sent | answered | self._mentions.classes(node) | ({spread} - {""}),
        )

    def _view(self, node: Map) -> View:
        name = node.text("x-resource"), node.text("x-method")
        return self._views_by_name[name]

    @cached_property
    def _views_by_name(self) -> dict[tuple[str, str], View]:
        return {(view.resource, view.method): view for view in self.views.operations.values()}

    def _arguments(self, path: str, node: Map, view: View, lowered: Lowered) -> list[Given]:
        parameters = self._parameters(path, node)
        content = preferred(self.resolver.follow(node.map("requestBody")).map("content"))
        body = content.schema if content and content.kind != "binary" else None
        properties = self.reader.schemas.flat(body).map("properties")
        types = lowered["parameters"]
        assert isinstance(types, list)
        found = []
        for argument, typed in zip(view.arguments, types, strict=True):
            schema = body if argument.place == "body" else properties.get(argument.wire)
            holder = None
            at = schema if isinstance(schema, Map) else node.map("requestBody")
            if (argument.place, argument.wire) in parameters:
                at, holder = parameters[argument.place, argument.wire]
                chosen = preferred(holder.map("content"))
                schema = chosen.schema if chosen else holder.get("schema")
            found.append(
                Given(
                    view=argument,
                    shape=self.shapes.shape(typed["schema"]),
                    text=self.annotations.argument(typed["schema"]),
                    lowered=typed["schema"],
                    schema=schema,
                    holder=holder,
                    at=at,
                )
            )
        return [*found, *_content_type(view)]

    def _parameters(self, path: str, node: Map) -> dict[tuple[str, str], tuple[Map, Map]]:
        shared = self.spec.map("paths").map(path).seq("parameters")
        found = {}
        for item in (*shared.maps(), *node.seq("parameters").maps()):
            holder = self.resolver.follow(item)
            found[holder.text("in"), holder.text("name")] = item, holder
        return found

    def _responses(self, node: Map) -> dict[str, Map]:
        return {
            status: self.resolver.follow(response)
            for status, response in node.map("responses").maps()
            if not status.startswith("x-")
        }

    def _spread(self, node: Map, view: View) -> str:
        if view.body is None or not view.body.spread:
            return ""
        content = preferred(self.resolver.follow(node.map("requestBody")).map("content"))
        schema = content.schema if content else None
        flat = self.reader.schemas.flat(schema)
        for key, model in self.views.models.items():
            if model.schema is schema or model.schema is flat:
                return key
        same = (key for key, model in self.views.models.items() if model.schema == flat)
        return next(same, "")


def _content_type(view: View) -> list[Given]:
    """The argument that says of which media type a body is, where the caller has to."""
    if view.body is None or not view.body.open_media_type:
        return []
    argument = Argument("content_type", "Content-Type", "media type", "", view.body.required, "")
    shape = frozenset({Member("str")})
    return [
        Given(view=argument, shape=shape, text="str", lowered={}, schema=None, holder=None, at=None)
    ]


def _lowered(document: Lowered, view: View) -> Lowered:
    paths = document["paths"]
    assert isinstance(paths, dict)
    lowered = paths[f"/{view.resource}/{view.module}"][view.verb.lower()]
    assert isinstance(lowered, dict)
    return lowered


def _answers(lowered: Lowered) -> dict[str, object]:
    responses = lowered["responses"]
    assert isinstance(responses, dict)
    return {
        status: response["content"]["application/json"]["schema"]
        for status, response in responses.items()
        if "content" in response
    }
