"""What templates are told beside openapi-python-client's own parse of the lowered spec."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.document import Map
from generator.names import METHODS, FormerName, module_name, snake_case


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a method."""

    name: str
    """Its Python name."""
    wire: str
    """Its name in the request."""
    place: str
    """Where it goes: `path`, `query`, `header`, `cookie`, `property` (of the body) or `body`."""
    style: str
    """How arrays and objects are written there: see `_encoding`."""
    required: bool
    description: str
    bounds: tuple[int | float | None, int | float | None] | None = None
    """The lowest and the highest value of a number, if the documents state any."""

    @property
    def positional(self) -> bool:
        """Whether it is given by position."""
        return self.place == "path"

    @property
    def fallback(self) -> str:
        """What is said of it where the documents say nothing."""
        if self.place == "body":
            return "What is sent."
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
    spread: bool
    """Whether the properties of the body are arguments of their own."""

    @property
    def open_media_type(self) -> bool:
        """Whether the caller has to say which media type the content has."""
        return self.kind == "binary" and (
            len(self.media_types) > 1 or any("*" in name for name in self.media_types)
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """One successful answer of an operation."""

    status: str
    kind: str
    """`json`, `text`, `binary` or `none`."""
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, as a method of a resource."""

    resource: str
    method: str
    verb: str
    path: str
    path_pieces: tuple[str | Argument, ...]
    """The path cut into text, percent-encoded, and the arguments between."""
    summary: str
    description: str
    arguments: tuple[Argument, ...]
    body: Body | None
    outcomes: tuple[Outcome, ...]
    redirect: str
    """What is said of the redirect that the operation may answer with; empty if none is."""
    errors: tuple[tuple[str, str], ...]
    """Status and description of each failure that the documents speak of."""
    effect: str
    may_be_empty: bool
    security: tuple[dict[str, str], ...]
    """Alternatives, each of schemes that are needed together, with their types."""
    accept: str
    deprecated: bool
    source: str
    former_names: tuple[FormerName, ...]
    """What it was called before, and may still be called."""

    @property
    def module(self) -> str:
        """The name of the operation's module: no name that the resource's own module has."""
        return module_name(self.method)

    @property
    def bodies(self) -> list[Outcome]:
        """The outcomes that have a body."""
        return [outcome for outcome in self.outcomes if outcome.kind != "none"]

    @property
    def told_apart(self) -> list[Outcome]:
        """The outcomes whose status has to be looked at: others are read like the last body."""
        if not self.bodies:
            return []
        last, end = self.bodies[-1], self.outcomes[-1]
        hides_last = end is not last and "X" in end.status
        return [outcome for outcome in self.outcomes if outcome is not last or hides_last]

    @property
    def required_keywords(self) -> list[Argument]:
        """Arguments that have to be given by name."""
        return [item for item in self.arguments if item.required and not item.positional]

    @property
    def optional_keywords(self) -> list[Argument]:
        """Arguments that may be left out."""
        return [item for item in self.arguments if not item.required]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a model."""

    name: str
    wire: str
    key: str
    """The name under which the lowered spec holds it."""
    required: bool
    secret: bool
    """Whether its value is kept out of the model's repr."""
    description: str


@dataclass(slots=True)
class Model:
    """One class of the models package."""

    name: str
    description: str = ""
    source: str = ""
    fields: list[Field] = field(default_factory=list)
    values: list[str | int] = field(default_factory=list)
    """The known values, where the class is an enumeration."""
    tag: tuple[str, tuple[str, ...]] | None = None
    """The property and its values by which an answer is known to be of this class."""
    mapping: bool = False
    """Whether it is no class at all, but stands for a dictionary."""
    schema: Map | None = None
    """The schema that it is made from, as the merged spec has it."""

    @property
    def module(self) -> str:
        """The name of the module that holds it: no name that the models package uses."""
        return snake_case(self.name, METHODS)


@dataclass(frozen=True, slots=True)
class Views:
    """All that templates are told."""

    operations: dict[tuple[str, str], Operation]
    """By resource and module."""
    models: dict[str, Model]
    """By the name under which the lowered spec holds them."""

    @property
    def former(self) -> dict[tuple[str, str], tuple[FormerName, Operation]]:
        """The former names of all operations, by resource and module."""
        return {
            (name.resource, name.module): (name, operation)
            for operation in self.operations.values()
            for name in operation.former_names
        }
