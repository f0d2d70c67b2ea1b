"""The client model: the Python client that a merged spec yields.

What is rendered and what is compared is this one description. Where its parts stand in the spec is
kept with them, and makes no difference to whether they are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.document import Map, Node
from generator.names import MODULES, FormerName, module_name, snake_case

from .types import FILE, NONE, REDIRECT, Type, alternatives, array

Bounds = tuple[int | float | None, int | float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument of a method."""

    name: str
    """Its Python name."""
    wire: str
    """Its name in the request."""
    place: str
    """Where it goes: `path`, `query`, `header`, `cookie`, `property` (of the body), `body`, or
    `media type` for the one that names the media type of a body."""
    type: Type
    style: str = ""
    """How arrays and objects are written there: see `_encoding`."""
    required: bool
    description: str
    nullable: bool = False
    """Whether null can be sent, as the sentinel `NULL`."""
    bounds: Bounds | None = None
    """The lowest and the highest value of a number, if the documents state any."""
    schema: Node = field(default=None, compare=False, repr=False)
    holder: Map | None = field(default=None, compare=False, repr=False)
    """The parameter that declares it, its reference followed; bodies and properties have none."""
    at: Map | None = field(default=None, compare=False, repr=False)
    """Where it is declared."""

    @property
    def positional(self) -> bool:
        """Whether it is given by position."""
        return self.place == "path"

    @property
    def annotation(self) -> str:
        """Its type as a signature writes it."""
        given = f"{self.type.given} | types.Null" if self.nullable else self.type.given
        return given if self.required else f"{given} | None"

    @property
    def declaration(self) -> str:
        """What stands for it in a signature."""
        return f"{self.name}: {self.annotation}{'' if self.required else ' = None'}"

    @property
    def encoder(self) -> str:
        """The expression that checks its value and hands it on."""
        if self.place == "path" and self.style == "json":
            return f"_encoding.dumped({self.name})"  # A piece of a path is text.
        checked = self._checked
        if self.nullable and checked != self.name:
            return f"{self.name} if {self.name} is types.NULL else {checked}"
        return checked

    @property
    def _checked(self) -> str:
        check = self.type.check
        is_exact = check in ("integer", "number", "boolean")
        if self.place == "header" and check == "array":
            check = "items"
        elif self.place in ("body", "header") and not is_exact and check != "array":
            return self.name
        elif self.place == "path" and is_exact and not self.bounds:
            check = "one"
        if not check:
            return self.name
        bounds = f", {self.bounds!r}" if self.bounds and check in ("integer", "number") else ""
        return f"_encoding.{check}({self.name!r}, {self.name}{bounds})"

    @property
    def meaning(self) -> str:
        """Its description, even if the documents don't have one."""
        if self.description or self.place == "body":
            return self.description or "What is sent."
        what = "property of the body" if self.place == "property" else f"{self.place} parameter"
        return f"The {what} `{self.wire}`."


@dataclass(frozen=True, slots=True)
class Body:
    """What a method sends."""

    kind: str
    """`json`, `form`, `multipart`, `text` or `binary`."""
    media_types: tuple[str, ...]
    """The media types that the server takes, the preferred one first."""
    required: bool
    spread: str
    """The name of the class whose properties are arguments of their own; empty if none are."""
    encodings: tuple[tuple[str, str], ...]
    """The properties of a form, or of a multipart body, with a style or media type of their own."""
    node: Map = field(compare=False, repr=False)

    @property
    def open_media_type(self) -> bool:
        """Whether the caller has to say which media type the content has."""
        # The caller alone knows the boundary of parts that are written already.
        unclear = any("*" in name or name.startswith("multipart/") for name in self.media_types)
        return self.kind == "binary" and (unclear or len(self.media_types) > 1)

    @property
    def media_type(self) -> str:
        """The expression of the media type that is sent, if the caller need not say it."""
        if len(self.media_types) == 1:
            return repr(self.media_types[0].replace("text/*", "text/plain"))
        return f'_encoding.header("content_type", content_type or {self.media_types[0]!r})'


@dataclass(frozen=True, slots=True)
class Outcome:
    """One successful response of an operation."""

    status: str
    kind: str
    """`json`, `text`, `binary` or `none`."""
    description: str
    type: Type
    """The type of its body."""

    @property
    def expression(self) -> str:
        """What a method returns for it."""
        if self.kind == "none":
            return "None"
        if self.kind == "json":
            call = f"_decoding.json(response, {self.type.decoder})"
            is_union = "union" in (self.type.kind, *(each.kind for each in self.type.options))
            return f"typing.cast({self.type.returned!r}, {call})" if is_union else call
        return "_decoding.text_body(response)" if self.kind == "text" else "response.content"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation, as a method of a resource."""

    resource: str
    method: str
    verb: str
    path: str
    path_pieces: tuple[str | Argument, ...]
    """The path without its query, cut into text, percent-encoded, and the arguments between."""
    constants: tuple[tuple[str, str], ...]
    """Names and values of the query that the path itself has."""
    server: str
    """Its server, if it is another than that of the API; empty if not."""
    summary: str
    description: str
    arguments: tuple[Argument, ...]
    body: Body | None
    outcomes: tuple[Outcome, ...]
    redirect: str
    """The description of the redirect that the operation may respond with; empty without one."""
    errors: tuple[tuple[str, str], ...]
    """Status and description of each failure that the documents speak of."""
    effect: str
    may_be_empty: bool
    pagination: Pagination | None = None
    """How to iterate over what it returns in pages."""
    identifies_file: tuple[str, ...]
    """The query parameters that select another file; empty if it hands over none."""
    security: tuple[dict[str, str], ...]
    """Alternatives, each of schemes that are needed together, with their types."""
    accept: str
    deprecated: bool
    source: str
    former_names: tuple[FormerName, ...]
    """What it was called before, and may still be called."""
    node: Map = field(compare=False, repr=False)
    item: Map = field(compare=False, repr=False)
    """The path item that holds it."""
    responses: dict[str, Map] = field(compare=False, repr=False)
    """Its responses by status, references followed."""

    @property
    def name(self) -> str:
        """What callers call it."""
        return f"{self.resource}.{self.method}"

    @property
    def label(self) -> str:
        """What people call it."""
        return f"{self.verb} {self.path}"

    @property
    def module(self) -> str:
        """The name of the operation's module: no name that the resource's own module has."""
        return module_name(self.method)

    @property
    def spread(self) -> str:
        """The name of the class whose properties are arguments; empty if none are."""
        return self.body.spread if self.body else ""

    @property
    def signature(self) -> list[Argument]:
        """Its arguments in the order of its signature: those that may be left out come last."""
        ranks = {"path": 0, "media type": 3}
        return sorted(self.arguments, key=lambda it: ranks.get(it.place, 1 if it.required else 2))

    def arguments_in(self, place: str) -> list[Argument]:
        """Return the arguments that go to one place, in the order in which they are sent."""
        return [argument for argument in self.arguments if argument.place == place]

    @property
    def bodies(self) -> list[Outcome]:
        """The outcomes that have a body."""
        return [outcome for outcome in self.outcomes if outcome.kind != "none"]

    @property
    def told_apart(self) -> list[Outcome]:
        """The outcomes whose status has to be looked at: others are read like the last body."""
        bodies, expressions = self.bodies, {outcome.expression for outcome in self.outcomes}
        if not bodies or len(expressions) == 1:
            return []
        last, end = bodies[-1], self.outcomes[-1]
        hides_last = end is not last and "X" in end.status
        return [outcome for outcome in self.outcomes if outcome is not last or hides_last]

    @property
    def returned(self) -> frozenset[Type]:
        """The types of what it returns."""
        found = (outcome.type.alternatives for outcome in self.bodies)
        return frozenset(self._beside_bodies()).union(*found)

    @property
    def annotation(self) -> str:
        """What it returns, as a signature writes it."""
        types = [*(outcome.type for outcome in self.bodies), *self._beside_bodies()]
        return alternatives(each.returned for each in types)

    def _beside_bodies(self) -> list[Type]:
        found = [REDIRECT] if self.redirect else []
        nothing = not self.outcomes and not found
        if nothing or self.may_be_empty or len(self.bodies) < len(self.outcomes):
            found.append(NONE)
        return found


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a model."""

    name: str
    wire: str
    type: Type
    required: bool
    secret: bool
    """Whether its value is kept out of the model's repr."""
    description: str
    nullable: bool
    """Whether null can be sent, as the sentinel `NULL`: not where responses have it too."""
    promised: bool
    """Whether the documents require a value that is not null: then its type is not optional."""
    schema: Node = field(compare=False, repr=False)

    @property
    def annotation(self) -> str:
        """Its type as the class writes it."""
        held = f"{self.type.held} | types.Null" if self.nullable else self.type.held
        return held if held == "types.JSON" or self.promised else f"{held} | None"

    @property
    def declaration(self) -> str:
        """What stands for it in the class."""
        none = f"typing.cast({self.annotation!r}, None)" if self.promised else "None"
        default = "" if self.required else none
        if self.secret:
            given = f"default={none}, " if default else ""
            default = f"dataclasses.field({given}repr=False)"
        return f"{self.name}: {self.annotation}{' = ' if default else ''}{default}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination:
    """The method that iterates over what an operation returns in pages."""

    name: str
    """Its Python name."""
    page: Argument
    """The argument that is the number of a page."""
    page_size: Argument | None
    first: int
    """The number of the first page."""
    size: int | None
    """The size of a page that is sent if the caller gives none."""
    body: str
    """The annotation of a page."""
    item: str
    """The annotation of an item."""
    items: Field
    """The field of a page that has its items."""
    total: Field | None
    """The field of a page that has the number of items on all pages."""
    key: tuple[Field, ...]
    """The fields that identify an item."""


@dataclass(frozen=True, slots=True)
class Model:
    """One class of the models package."""

    name: str
    description: str
    source: str
    fields: tuple[Field, ...] = ()
    values: tuple[str | int, ...] = ()
    """The known values, where the class is an enumeration."""
    returned: bool = False
    """Whether any method returns it."""
    schema: Map = field(kw_only=True, compare=False, repr=False)
    """The schema that it is made from, as the merged spec has it."""

    @property
    def module(self) -> str:
        """The name of the module that holds it: no name that the models package uses."""
        return snake_case(self.name, MODULES)

    @property
    def has_files(self) -> bool:
        """Whether any field holds a file, or a list of them."""
        return any(item.type in (FILE, array(FILE)) for item in self.fields)


@dataclass(frozen=True, slots=True)
class Client:
    """The Python client that a merged spec yields."""

    spec: Map = field(compare=False, repr=False)
    operations: tuple[Operation, ...]
    models: dict[str, Model]
    """By their names."""
