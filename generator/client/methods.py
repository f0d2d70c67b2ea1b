"""Reads each operation of the merged spec as a method of the client."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

from generator.document import Map, Node, is_number, operations, parameter_key, templates
from generator.names import PLACES, argument_names, class_name, former_names, own_names, path_query
from generator.upgrade.security import ignored_name

from .classes import Classes
from .flat_schemas import own_name, source
from .media import Content, encodings, preferred, style
from .model import Argument, Body, Bounds, Client, Operation, Outcome, Pagination
from .safe_text import clean, sentence
from .types import ANYTHING, FILE, NONE, STRING, Type, array, union

PAGINATION = "x-pagination"
"""What overlays state about the pages that an operation returns."""

_EFFECTS = {"get": "safe", "head": "safe", "options": "safe", "trace": "safe"}
_EFFECTS |= {"put": "idempotent", "delete": "idempotent"}


def effect(operation: Map, method: str) -> str:
    """Return what calling an operation does: that of its method, unless an overlay sets it."""
    return operation.text("x-effect") or _EFFECTS.get(method, "")


def iterator_name(operation: Map) -> str:
    """What the method is called that iterates over the pages of an operation."""
    name = operation.map(PAGINATION).text("name")
    return name or f"iter_{operation.text('x-method').rstrip('_')}"


def read_client(spec: Map) -> Client:
    """Return the client that a valid spec yields."""
    classes = Classes(spec)
    found = list(operations(spec))
    # Of those that share a schema, the first gives the class its name: whatever their order here.
    read = {
        (path, method): _Reading(spec, classes, path, method, operation).operation()
        for path, method, operation in sorted(found, key=lambda item: item[:2])
    }
    ordered = tuple(read[path, method] for path, method, _ in found)
    sent = [item.type for each in ordered for item in each.arguments]
    returned = [known for each in ordered for known in each.returned]
    return Client(spec, ordered, classes.models(sent, returned))


class _Reading:
    """One operation on its way into the client model."""

    def __init__(self, spec: Map, classes: Classes, path: str, method: str, node: Map) -> None:
        self.path, self.method, self.node = path, method, node
        self.classes = classes
        self.schemas = classes.schemas
        self.context = class_name(f"{node.text('x-resource')} {node.text('x-method')}")
        self.spec = spec
        self.item = spec.map("paths").map(path)
        self.front, self.query = path_query(path)
        self.responses = {
            status: self.schemas.follow(response)
            for status, response in sorted(node.map("responses").maps())
            if not status.startswith("x-")
        }

    def operation(self) -> Operation:
        """Return the operation as a method."""
        node = self.node
        arguments = list(self._parameters())
        body, inputs = self._body({argument.name for argument in arguments})
        outcomes, accepted = self._outcomes()
        return Operation(
            resource=node.text("x-resource"),
            method=node.text("x-method"),
            verb=self.method.upper(),
            path=self.path,
            path_pieces=tuple(_pieces(self.front, arguments)),
            constants=tuple(pair for pair in self.query if not templates(pair[1])),
            server=self._server(),
            summary=sentence(node.text("summary")),
            description=clean(node.text("description")).strip(),
            arguments=(*arguments, *inputs),
            body=body,
            outcomes=tuple(outcomes),
            redirect=self._redirect(),
            errors=tuple(self._errors()),
            effect=effect(node, self.method),
            may_be_empty=node.get("x-may-be-empty") is True,
            pagination=self._pagination(arguments, outcomes),
            identifies_file=tuple(node.seq("x-identifies-file").texts()),
            security=self._security(),
            accept=", ".join(accepted),
            deprecated=node.get("deprecated") is True,
            source=source(node),
            former_names=tuple(former_names(node)),
            node=node,
            item=self.item,
            responses=self.responses,
        )

    def _parameters(self) -> Iterator[Argument]:
        # Overlays may have given parameters to the whole path; the operation's own win.
        shared, own = self.item.seq("parameters"), self.node.seq("parameters")
        given = [(self.schemas.follow(item), item) for item in (*shared.maps(), *own.maps())]
        found = {parameter_key(node): (node, item) for node, item in given}
        order = templates(self.path)
        sent = [(*self._place(node), node, item) for node, item in found.values()]
        sent = [each for each in sent if not ignored_name(each[3])]
        sent.sort(key=lambda each: (PLACES.index(each[0]), _rank(order, each[3])))
        names = argument_names(
            [(place, node.text("x-name") or node.text("name")) for place, _, _, node, _ in sent]
        )
        for name, (place, wire, required, node, item) in zip(names, sent, strict=True):
            content = preferred(node.map("content"))
            schema = content.schema if content else node.get("schema")
            meaning = self.schemas.meaning(schema, node.text("description"))
            is_deprecated = node.get("deprecated") is True
            known = self.classes.type_of(schema, self.context + class_name(name))
            yield Argument(
                name=name,
                wire=wire,
                place=place,
                type=_WITHOUT_FILES.get(known, known),
                style="json" if content and content.kind == "json" else style(node),
                required=required,
                description=f"Deprecated. {meaning}".strip() if is_deprecated else meaning,
                bounds=self._bounds(schema),
                schema=schema,
                holder=node,
                at=item,
            )

    def _place(self, parameter: Map) -> tuple[str, str, bool]:
        """Where a parameter goes, under which name, and whether it is required."""
        place, name = parameter.text("in"), parameter.text("name")
        for wire, value in self.query:  # its templates are parameters by whatever name
            if templates(value) and (place, name) in (("path", value[1:-1]), ("query", wire)):
                return "query", wire, True
        return place, name, place == "path" or parameter.get("required") is True

    def _bounds(self, schema: Node) -> Bounds | None:
        flat = self.schemas.flat(schema)
        given = (flat.get("minimum"), flat.get("maximum"))
        low, high = (value if is_number(value) else None for value in given)
        return None if low is high is None else (low, high)

    def _body(self, taken: set[str]) -> tuple[Body | None, list[Argument]]:
        node = self.schemas.follow(self.node.map("requestBody"))
        content = preferred(node.map("content"))
        if content is None:
            return None, []
        required = node.get("required") is True
        known = self._content(content.kind, content.schema, "Body", self.classes.type_of)
        if content.choices:
            schemas: list[Node] = []
            schemas += (each for _, each in content.choices if each not in schemas)
            known = union([self.classes.type_of(each, self.context + "Body") for each in schemas])
        spread = self._spread(content, known, required, taken)
        names = tuple(name for name, _ in content.choices) or content.media_types
        styles = tuple(encodings(content).items())
        body = Body(content.kind, names, required, known.name if spread else "", styles, node)
        text = node.text("description") or self.schemas.flat(content.schema).text("description")
        schema = None if content.kind == "binary" else content.schema
        whole = Argument(
            name="body",
            wire="body",
            place="body",
            type=known,
            required=required,
            description=sentence(text),
            nullable=known != ANYTHING
            and content.kind == "json"
            and self.schemas.allows_null(content.schema),
            schema=schema,
            at=schema if isinstance(schema, Map) else self.node.map("requestBody"),
        )
        return body, [*(spread or [whole]), *self._media_type(body)]

    def _media_type(self, body: Body) -> Iterator[Argument]:
        """The argument that names the media type of a body, where the caller has to, or can."""
        if body.open_media_type or len(body.media_types) > 1:
            listed = ", ".join(body.media_types)
            default = "" if body.open_media_type else f"; {body.media_types[0]} by default"
            yield Argument(
                name="content_type",
                wire="Content-Type",
                place="media type",
                type=STRING,
                required=body.required and body.open_media_type,
                description=f"The media type of the body: {listed}{default}.",
            )

    def _content(
        self, kind: str, schema: Node, suffix: str, type_of: Callable[[Node, str], Type]
    ) -> Type:
        if kind == "text":
            return STRING
        if kind == "binary":
            return FILE
        return type_of(schema, self.context + suffix)

    def _spread(
        self, content: Content, known: Type, required: bool, taken: set[str]
    ) -> list[Argument]:
        """The properties of a JSON object as arguments; none if the body has to be one argument."""
        flat = self.schemas.flat(content.schema)
        fields = self.classes.fields(known.name) if known.kind == "model" else []
        if content.kind != "json" or not fields:
            return []
        spelled = [own_name(field.schema) or field.wire for field in fields]
        names = own_names(spelled)
        if len({*names, *taken}) < len(names) + len(taken) or {"oneOf", "anyOf"} & flat.keys():
            return []
        if flat.get("additionalProperties", False) is not False or "patternProperties" in flat:
            return []  # as keywords, its further properties could not be given
        return [
            Argument(
                name=name,
                wire=field.wire,
                place="property",
                type=field.type,
                required=required and field.required,
                description=field.description,
                nullable=field.nullable,
                bounds=self._bounds(field.schema),
                schema=field.schema,
                at=field.schema if isinstance(field.schema, Map) else self.node.map("requestBody"),
            )
            for name, field in zip(names, fields, strict=True)
            if self.schemas.flat(field.schema).get("readOnly") is not True
        ]

    def _outcomes(self) -> tuple[list[Outcome], list[str]]:
        outcomes: list[Outcome] = []
        accepted: list[str] = []
        for status, response in self.responses.items():
            if not is_success(status, self.node):
                continue
            content = preferred(response.map("content"))
            if self.method == "head" or status in ("204", "205"):
                content = None  # HTTP has no bodies there
            if content is None:
                known, kind = NONE, "none"
            else:
                accepted += content.media_types
                plain = status in ("200", "201", "2XX", "default")
                suffix = "Response" if plain else f"Response{status}"
                kind = {"form": "text", "multipart": "binary"}.get(content.kind, content.kind)
                known = self._content(kind, content.schema, suffix, self.classes.part_type)
            outcomes.append(Outcome(status, kind, sentence(response.text("description")), known))
        return outcomes, list(dict.fromkeys(accepted))

    def _pagination(self, arguments: list[Argument], outcomes: list[Outcome]) -> Pagination | None:
        """How to iterate over the pages of the operation; None if overlays say nothing of them."""
        if PAGINATION not in self.node:
            return None
        given = self.node.map(PAGINATION)
        query = {argument.wire: argument for argument in arguments if argument.place == "query"}
        page, page_size = query[given.text("page")], query.get(given.text("page_size"))
        (body,) = (outcome.type for outcome in outcomes if outcome.kind != "none")
        page_type = body.options[0] if body.kind == "nullable" else body
        fields = {field.wire: field for field in self.classes.fields(page_type.name)}
        items = fields[given.text("items")]
        item = items.type.options[0]
        names = sorted(item.classes())
        known = {field.wire: field for name in names for field in self.classes.fields(name)}
        first = self._default(page)
        size = given.get("max_page_size")
        return Pagination(
            name=iterator_name(self.node),
            page=page,
            page_size=page_size,
            first=1 if first is None else first,
            size=size if isinstance(size, int) else self._default(page_size),
            body=body.returned,
            item=item.held,
            items=items,
            total=fields.get(given.text("total")),
            key=tuple(known[name] for name in given.seq("key").texts()),
        )

    def _default(self, argument: Argument | None) -> int | None:
        """What the documents call the default of a number."""
        value = self.schemas.flat(argument.schema).get("default") if argument else None
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def _security(self) -> tuple[dict[str, str], ...]:
        holder = self.node if "security" in self.node else self.spec
        schemes = self.spec.map("components").map("securitySchemes")
        return tuple(
            {name: self.schemas.follow(schemes.map(name)).text("type") for name in option}
            for option in holder.seq("security").maps()
        )

    def _server(self) -> str:
        """The server of an operation or a path that has another one than the whole API."""
        holders = (self.node, self.item, self.spec)
        urls = [[server.text("url") for server in each.seq("servers").maps()] for each in holders]
        first, *_ = [found[0] for found in urls if found] or [""]
        return "" if first in urls[-1][:1] else first.rstrip("/")

    def _redirect(self) -> str:
        texts = [
            sentence(response.text("description"))
            for status, response in self.responses.items()
            if status.startswith("3") and status != "304"
        ]
        return texts[0] or "The server redirects." if texts else ""

    def _errors(self) -> Iterator[tuple[str, str]]:
        for status, response in self.responses.items():
            if status[0] in "45" or (status == "default" and not is_success(status, self.node)):
                yield status, sentence(response.text("description"))


def is_success(status: str, operation: Map) -> bool:
    """Whether a declared status stands for success; `default` does where nothing else could."""
    if status == "default":
        return not any(other.startswith(("2", "3")) for other in operation.map("responses"))
    return status.startswith("2")


_WITHOUT_FILES = {FILE: STRING, array(FILE): array(STRING)}
"""Outside of request bodies only text can be sent, so that parameters have text for files."""


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
