"""Compares the models, and tells each operation that they concern of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.document import Map, Position, Seq
from generator.render.views import Field, Model

from .arguments import type_kind
from .beyond import Found, beyond, values
from .matching import matched
from .pairs import Pairs
from .scribe import Scribe
from .shapes import renamed
from .surface import Operation, Surface


@dataclass(frozen=True, slots=True)
class Noted:
    """A difference of a model."""

    found: Found
    python: str
    at: tuple[Map | None, Map | None]
    wire: str = ""
    """The name of the property that it is about."""
    required: bool | None = None
    """Whether the constructor demands a property that has come or gone."""


class Models:
    """The models of two surfaces, compared when somebody asks, and once."""

    def __init__(self, old: Surface, new: Surface, pairs: Pairs) -> None:
        self._old, self._new, self._pairs = old, new, pairs
        self._back = {after: before for before, after in pairs.both.items()}
        self._returned = self._all_returned()
        self._noted: dict[str, list[Noted]] = {}

    def compare(self, scribe: Scribe, before: Operation, after: Operation) -> None:
        """Write down the differences of the models that an operation sends or returns."""
        sent = before.sent | {self._back.get(key, "") for key in after.sent}
        answered = before.answered | {self._back.get(key, "") for key in after.answered}
        spread = {before.spread, self._back.get(after.spread, "")} & self._pairs.both.keys()
        for key in sorted((sent | answered) & self._pairs.both.keys()):
            for noted in self._differences(key):
                _tell(scribe, noted, noted.found.kind(sent=key in sent, returned=key in answered))
        for key in sorted(spread - sent - answered):
            self._compare_spread(scribe, key, (before, after))
        mentioned = before.mentioned | {self._back.get(key, "") for key in after.mentioned}
        for key in sorted((mentioned & self._pairs.both.keys()) - sent - answered - spread):
            for noted in self._differences(key):
                if noted.found.sent == "model-renamed":  # imports of it fail
                    _tell(scribe, noted, noted.found.sent)
        self._gone_and_come(scribe, before, after)

    def _compare_spread(self, scribe: Scribe, key: str, sides: tuple[Operation, Operation]) -> None:
        """Write down what an argument has not told of the property that it stands for."""
        told = {(item.python, item.kind.id) for item in scribe.found}
        given = {item.view.wire: item.view for side in reversed(sides) for item in side.arguments}
        for noted in self._differences(key):
            kind = noted.found.kind(sent=True, returned=False)
            argument = given.get(noted.wire)
            if argument is not None and noted.required in (None, argument.required):
                same = scribe.argument(argument.name), kind.replace("property", "argument")
                if same in told:
                    continue
            _tell(scribe, noted, kind)

    def _gone_and_come(self, scribe: Scribe, before: Operation, after: Operation) -> None:
        for key in sorted(before.mentioned):
            if key not in self._pairs.both:
                model = self._old.models[key]
                scribe.add("model-removed", (model.name, ""), (model.schema, None), _name(model))
        for key in sorted(after.mentioned):
            if key not in self._back:
                model = self._new.models[key]
                scribe.add("model-added", ("", model.name), (None, model.schema), _name(model))

    def _all_returned(self) -> set[str]:
        """The models that any method returns, before or after."""
        keys = {key for item in self._old.operations.values() for key in item.answered}
        found = {key for item in self._new.operations.values() for key in item.answered}
        return keys | {self._back[key] for key in found if key in self._back}

    def _differences(self, key: str) -> list[Noted]:
        if key not in self._noted:
            self._noted[key] = list(self._compare(key, self._pairs.both[key]))
        return self._noted[key]

    def _compare(self, key: str, other: str) -> Iterator[Noted]:
        old, new = self._old.models[key], self._new.models[other]
        at = old.schema, new.schema
        name = _name(old)
        if old.name != new.name:
            yield Noted(_both("model-renamed", old.name, new.name), name, at)
        if bool(old.values) != bool(new.values):
            yield Noted(_both("model-form-changed", _form(old), _form(new)), name, at)
            return
        if old.values:
            yield from self._values(old, new)
        else:
            yield from self._fields((key, old), (other, new))
        if old.schema is not None and new.schema is not None:
            facts = (
                self._old.reader.facts_of_class(old.schema),
                self._new.reader.facts_of_class(new.schema),
            )
            for found in beyond(*facts, subject=""):
                yield Noted(found, name, at)

    def _values(self, old: Model, new: Model) -> Iterator[Noted]:
        at = old.schema, new.schema
        if type(old.values[0]) is not type(new.values[0]):
            yield Noted(_both("model-form-changed", _form(old), _form(new)), _name(old), at)
            return
        position = (old.schema or self._old.spec).position
        for found in values(_sequence(old, position), _sequence(new, position)):
            yield Noted(found, _name(old), at)

    def _fields(self, before: tuple[str, Model], after: tuple[str, Model]) -> Iterator[Noted]:
        for old, new in matched(
            before[1].fields, after[1].fields, lambda item: item.wire, lambda item: item.name
        ):
            yield from self._field(before, after, old, new)

    def _field(
        self,
        before: tuple[str, Model],
        after: tuple[str, Model],
        old: Field | None,
        new: Field | None,
    ) -> Iterator[Noted]:
        at = _property(self._old, before[1], old), _property(self._new, after[1], new)
        if old is None and new is not None:
            kind = "required-property-added" if new.required else "property-added"
            text = self._new.annotations.field(self._new.shapes.lowered_field(after[0], new.key))
            yield Noted(
                _both(kind, "", text), f"{_name(after[1])}.{new.name}", at, new.wire, new.required
            )
        elif new is None and old is not None:
            text = self._old.annotations.field(self._old.shapes.lowered_field(before[0], old.key))
            name = f"{_name(before[1])}.{old.name}"
            yield Noted(_both("property-removed", text, ""), name, at, old.wire, old.required)
        elif old is not None and new is not None:
            name = f"{_name(before[1])}.{old.name}"
            for found in self._same_field((before[0], old), (after[0], new)):
                yield Noted(found, name, at, old.wire)

    def _same_field(self, before: tuple[str, Field], after: tuple[str, Field]) -> Iterator[Found]:
        (key, old), (other, new) = before, after
        if old.wire != new.wire:
            yield _both("property-sent-otherwise", old.wire, new.wire)
        if old.required != new.required:
            yield _both("property-required" if new.required else "property-optional", "", "")
        lowered = (
            self._old.shapes.lowered_field(key, old.key),
            self._new.shapes.lowered_field(other, new.key),
        )
        shape = renamed(self._new.shapes.shape(lowered[1]), self._pairs.renamed)
        kind = type_kind(self._old.shapes.shape(lowered[0]), shape, given=False)
        if kind:
            kind = "changed" if key in self._returned else kind
            texts = self._old.annotations.field(lowered[0]), self._new.annotations.field(lowered[1])
            yield _both(f"property-type-{kind}", *texts)
        models = self._old.models[key], self._new.models[other]
        facts = (
            self._old.facts_of_field(models[0], old),
            self._new.facts_of_field(models[1], new),
        )
        for found in beyond(*facts, subject="property"):
            if not (kind == "changed" and found.sent.startswith("bounds-")):
                yield found


def _tell(scribe: Scribe, noted: Noted, kind: str) -> None:
    if kind:
        scribe.add(kind, (noted.found.before, noted.found.after), noted.at, noted.python)


def _property(surface: Surface, model: Model, field: Field | None) -> Map | None:
    node = surface.property_of(model, field.wire) if field else None
    return node if isinstance(node, Map) else model.schema if field else None


def _both(kind: str, before: str, after: str) -> Found:
    return Found(kind, kind, before, after)


def _name(model: Model) -> str:
    return f"models.{model.name}"


def _form(model: Model) -> str:
    if not model.values:
        return "class"
    return f"values of {type(model.values[0]).__name__}"


def _sequence(model: Model, position: Position) -> Seq:
    return Seq(model.values, position=position)
