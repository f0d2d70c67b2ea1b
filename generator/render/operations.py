"""Describes each operation of the merged spec as a method, and lowers its types.

openapi-python-client refuses dates and arrays in headers, some path templates and several kinds of
body, and then leaves the whole operation out. So the private copy shows it every argument as a
query parameter and every answer as JSON: it gives them their types, while the views tell the
templates where each one really goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from generator.client.media import Content, preferred
from generator.client.prose import clean, sentence
from generator.client.references import Resolver
from generator.client.shapes import Lowered, source
from generator.document import Map, Node, operations
from generator.names import ARGUMENTS as RESERVED
from generator.names import PLACES, argument_names, class_name, former_names, snake_case

from .schemas import Schemas
from .views import Argument, Body, Operation, Outcome, Views

_EFFECTS = {"get": "safe", "head": "safe", "options": "safe", "trace": "safe"}
_EFFECTS |= {"put": "idempotent", "delete": "idempotent"}


def lower(spec: Map) -> tuple[Lowered, Views]:
    """The private copy that openapi-python-client reads, and what templates are told besides."""
    schemas = Schemas(spec)
    paths: dict[str, Lowered] = {}
    views: dict[tuple[str, str], Operation] = {}
    found = list(operations(spec))
    lowered = {}
    # Of those that share a schema, the first gives the class its name: whatever their order here.
    for path, method, operation in sorted(found, key=lambda item: item[:2]):
        lowering = _Lowering(spec, schemas, path, method, operation)
        view = lowering.view()
        lowered[path, method] = view, lowering.lowered(view)
    for path, method, _ in found:
        view, form = lowered[path, method]
        views[view.resource, view.module] = view
        paths[f"/{view.resource}/{view.module}"] = {method: form}
    info = spec.map("info")
    document: Lowered = {
        "openapi": "3.1.0",
        "info": {"title": info.text("title"), "version": info.text("version")},
        "paths": paths,
        "components": {"schemas": schemas.components},
    }
    return document, Views(views, schemas.models)


class _Lowering:
    """One operation on its way to a view and its lowered form."""

    def __init__(self, spec: Map, schemas: Schemas, path: str, method: str, node: Map) -> None:
        self.path, self.method, self.node = path, method, node
        self.resolver = Resolver(spec)
        self.schemas = schemas
        self.context = class_name(f"{node.text('x-resource')} {node.text('x-method')}")
        self.spec = spec
        self.types: dict[str, Lowered] = {}
        self.answers: dict[str, Lowered] = {}

    def view(self) -> Operation:
        """The operation as a method. Fills in the lowered types on the way."""
        node = self.node
        arguments = list(self._parameters())
        body, inputs = self._body({argument.name for argument in arguments})
        outcomes, accepted = self._outcomes()
        return Operation(
            resource=node.text("x-resource"),
            method=node.text("x-method"),
            verb=self.method.upper(),
            path=self.path,
            path_pieces=tuple(_pieces(self.path, arguments)),
            summary=sentence(node.text("summary")),
            description=clean(node.text("description")).strip(),
            arguments=(*arguments, *inputs),
            body=body,
            outcomes=tuple(outcomes),
            redirect=self._redirect(),
            errors=tuple(self._errors()),
            effect=node.text("x-effect") or _EFFECTS.get(self.method, ""),
            may_be_empty=node.get("x-may-be-empty") is True,
            security=self._security(),
            accept=", ".join(accepted),
            deprecated=node.get("deprecated") is True,
            source=source(node),
            former_names=tuple(former_names(node)),
        )

    def lowered(self, view: Operation) -> Lowered:
        """The operation as openapi-python-client is to read it."""
        parameters = [
            {
                "name": f"a{number}",
                "in": "query",
                "required": argument.required,
                "schema": self.types[argument.name],
            }
            for number, argument in enumerate(view.arguments)
        ]
        responses = {
            status: {"description": "", "content": {"application/json": {"schema": schema}}}
            for status, schema in self.answers.items()
        }
        return {
            "operationId": view.module,
            "tags": [view.resource],
            "parameters": parameters,
            "responses": responses or {"204": {"description": ""}},
        }

    def _parameters(self) -> Iterator[Argument]:
        # Overlays may have given parameters to the whole path; the operation's own win.
        shared = self.spec.map("paths").map(self.path).seq("parameters")
        own = self.node.seq("parameters")
        given = [self.resolver.follow(item) for item in (*shared.maps(), *own.maps())]
        found = {(node.text("in"), node.text("name")): node for node in given}
        nodes = [node for node in found.values() if not _is_ignored(node)]
        order = _templates(self.path)
        nodes.sort(key=lambda item: (PLACES.index(item.text("in")), _rank(order, item)))
        names = argument_names([(item.text("in"), item.text("name")) for item in nodes])
        for name, node in zip(names, nodes, strict=True):
            content = preferred(node.map("content")) if "content" in node else None
            schema = content.schema if content else node.get("schema")
            self.types[name] = self.schemas.lower(schema, self.context + class_name(name))
            place = node.text("in")
            yield Argument(
                name=name,
                wire=node.text("name"),
                place=place,
                style="json" if content and content.kind == "json" else _style(node),
                required=place == "path" or node.get("required") is True,
                description=self._meaning(node, schema),
                bounds=self._bounds(schema),
            )

    def _bounds(self, schema: Node) -> tuple[int | float | None, int | float | None] | None:
        """The bounds of a number, if the documents state any."""
        flat = self.schemas.flat(schema)
        low, high = (_number(flat.get(name)) for name in ("minimum", "maximum"))
        return None if low is high is None else (low, high)

    def _meaning(self, parameter: Map, schema: Node) -> str:
        text = self.schemas.meaning(schema, parameter.text("description"))
        return f"Deprecated. {text}".strip() if parameter.get("deprecated") is True else text

    def _body(self, taken: set[str]) -> tuple[Body | None, list[Argument]]:
        node = self.resolver.follow(self.node.map("requestBody"))
        content = preferred(node.map("content"))
        if content is None:
            return None, []
        required = node.get("required") is True
        lowered = self._input(content)
        spread = self._spread(content, lowered, required, taken)
        body = Body(content.kind, content.media_types, required, bool(spread))
        if spread:
            return body, spread
        self.types["body"] = lowered
        text = node.text("description") or self.schemas.flat(content.schema).text("description")
        return body, [Argument("body", "body", "body", "", required, sentence(text))]

    def _input(self, content: Content) -> Lowered:
        if content.kind == "text":
            return {"type": "string"}
        if content.kind == "binary":
            return {"type": "string", "format": "binary"}
        return self.schemas.lower(content.schema, f"{self.context}Body")

    def _spread(
        self, content: Content, lowered: Lowered, required: bool, taken: set[str]
    ) -> list[Argument]:
        """The properties of a JSON object as arguments; none if the body has to be one argument."""
        flat = self.schemas.flat(content.schema)
        key = str(lowered.get("$ref", "")).rsplit("/", 1)[-1]
        model = self.schemas.models.get(key)
        if content.kind != "json" or model is None or not model.fields:
            return []
        names = [snake_case(field.wire, RESERVED) for field in model.fields]
        if len({*names, *taken}) < len(names) + len(taken) or {"oneOf", "anyOf"} & flat.keys():
            return []
        if flat.get("additionalProperties") is True or flat.map("additionalProperties"):
            return []  # as keywords, its further properties could not be given
        properties = self.schemas.properties(key)
        arguments = []
        for name, field in zip(names, model.fields, strict=True):
            if flat.map("properties").map(field.wire).get("readOnly") is True:
                continue
            self.types[name] = properties[field.wire]
            needed = required and field.required
            bounds = self._bounds(flat.map("properties").get(field.wire))
            text = field.description
            arguments.append(Argument(name, field.wire, "property", "", needed, text, bounds))
        return arguments

    def _outcomes(self) -> tuple[list[Outcome], list[str]]:
        outcomes: list[Outcome] = []
        accepted: list[str] = []
        for status, response in self._responses():
            if not is_success(status, self.node):
                continue
            content = preferred(response.map("content"))
            if self.method == "head" or status in ("204", "205"):
                content = None  # HTTP has no bodies there
            if content is not None:
                accepted += content.media_types
                self.answers[_status(status)] = self._answer(content, status)
            kind = content.kind if content else "none"
            kind = "json" if kind in ("form", "multipart") else kind
            outcomes.append(Outcome(status, kind, sentence(response.text("description"))))
        return outcomes, list(dict.fromkeys(accepted))

    def _answer(self, content: Content, status: str) -> Lowered:
        if content.kind == "text":
            return {"type": "string"}
        if content.kind == "binary":
            return {"type": "string", "format": "binary"}
        suffix = "Response" if status in ("200", "201", "2XX", "default") else f"Response{status}"
        return self.schemas.lower(content.schema, self.context + suffix)

    def _responses(self) -> Iterator[tuple[str, Map]]:
        for status, response in sorted(self.node.map("responses").maps()):
            if not status.startswith("x-"):
                yield status, self.resolver.follow(response)

    def _security(self) -> tuple[dict[str, str], ...]:
        holder = self.node if "security" in self.node else self.spec
        schemes = self.spec.map("components").map("securitySchemes")
        return tuple(
            {name: self.resolver.follow(schemes.map(name)).text("type") for name in option}
            for option in holder.seq("security").maps()
        )

    def _redirect(self) -> str:
        texts = [
            sentence(response.text("description"))
            for status, response in self._responses()
            if status.startswith("3") and status != "304"
        ]
        return texts[0] or "The server redirects." if texts else ""

    def _errors(self) -> Iterator[tuple[str, str]]:
        for status, response in self._responses():
            if status[0] in "45" or (status == "default" and not is_success(status, self.node)):
                yield status, sentence(response.text("description"))


def is_success(status: str, operation: Map) -> bool:
    """Whether a declared status stands for success; `default` does where nothing else could."""
    if status == "default":
        return not any(other[0] in "23" for other in operation.map("responses"))
    return status.startswith("2")


def _status(status: str) -> str:
    return "200" if status == "default" else status.upper()


def _style(parameter: Map) -> str:
    place = parameter.text("in")
    style = parameter.text("style") or ("form" if place in ("query", "cookie") else "simple")
    explode = parameter.get("explode")
    exploded = style == "form" if explode is None else explode is True
    if exploded and style in ("spaceDelimited", "pipeDelimited"):
        return "form"  # nothing is left to delimit
    if parameter.get("allowReserved") is True and style == "form":
        return "reserved" if exploded else "reserved-csv"
    if style == "form":
        return "form" if exploded else "csv"
    return f"{style}*" if exploded and style in ("simple", "label", "matrix") else style


def _is_ignored(parameter: Map) -> bool:
    """Whether OpenAPI tells to ignore a parameter: the client sends these headers by itself."""
    ignored = ("accept", "content-type", "authorization")
    return parameter.text("in") == "header" and parameter.text("name").lower() in ignored


def _templates(path: str) -> list[str]:
    return [piece.split("}")[0] for piece in path.split("{")[1:]]


def _rank(order: list[str], parameter: Map) -> int:
    name = parameter.text("name")
    return order.index(name) if parameter.text("in") == "path" and name in order else 0


def _pieces(path: str, arguments: list[Argument]) -> Iterator[str | Argument]:
    by_wire = {argument.wire: argument for argument in arguments if argument.place == "path"}
    first, *rest = path.split("{")
    yield _quoted(first)
    for piece in rest:
        name, _, text = piece.partition("}")
        yield by_wire[name]
        if text:
            yield _quoted(text)


def _quoted(text: str) -> str:
    """Text of a path, percent-encoded where it is not yet."""
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    return quote(text, safe="/:@!$&'()*+,;=-._~%")


def _number(value: Node) -> int | float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
