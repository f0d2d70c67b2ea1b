"""Compares the models and reports the differences at each operation that uses them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache

from generator.client import Argument, Field, Model, Operation
from generator.client.types import nullable
from generator.document import Map

from .arguments import type_kind
from .collector import Collector, Ends
from .constraints import Found, compare_facts, values
from .matching import Pairs, matched
from .surface import Surface
from .types import reading, renamed


@dataclass(frozen=True, slots=True)
class Noted:
    """A difference of a model."""

    found: Found
    python: str
    at: Ends
    wire: str = ""
    """The name of the property that it is about."""
    required: bool | None = None
    """Whether the constructor demands a property that has come or gone."""


class Models:
    """The models of two surfaces, compared when first needed, and once.

    `renamed` has the old name of each class by its new one, where they differ.
    """

    def __init__(self, old: Surface, new: Surface, pairs: Pairs) -> None:
        self.old, self.new, self._pairs = old, new, pairs
        self._back = {after: before for before, after in pairs.items()}
        self.renamed = {after: before for after, before in self._back.items() if after != before}
        self._differences = cache(
            lambda name: list(self._compare(old.models[name], new.models[pairs[name]]))
        )

    def compare(self, collector: Collector, before: Operation, after: Operation) -> None:
        """Add the differences of the models that an operation sends or returns."""
        old, new = self.old.uses(before), self.new.uses(after)
        sent = self._paired(old.sent, new.sent)
        returned = self._paired(old.returned, new.returned)
        spread = self._paired({before.spread}, {after.spread}) - sent - returned
        given = {item.wire: item for item in (*after.arguments, *before.arguments)}
        for name in self._paired(old.mentioned, new.mentioned):
            for noted in self._differences(name):
                kind = noted.found.kind(sent=name in sent | spread, returned=name in returned)
                if noted.found.sent == "model-renamed":
                    kind = noted.found.sent  # imports of it fail
                told = name in spread and _is_told(collector, noted, kind, given)
                if kind and not told:
                    collector.add(kind, noted.found.sides, noted.at, noted.python)
        for name in sorted(old.mentioned - self._pairs.keys()):
            model = self.old.models[name]
            collector.add("model-removed", (name, ""), (model.schema, None), _name(model))
        for name in sorted(new.mentioned - self._back.keys()):
            model = self.new.models[name]
            collector.add("model-added", ("", name), (None, model.schema), _name(model))

    def _paired(self, old: Set[str], new: Set[str]) -> Set[str]:
        """Return the models of two sides that have a counterpart, by their old names."""
        return (old | {self._back.get(name, "") for name in new}) & self._pairs.keys()

    def _compare(self, old: Model, new: Model) -> Iterator[Noted]:
        at = old.schema, new.schema
        name = _name(old)
        if old.name != new.name:
            yield Noted(_both("model-renamed", old.name, new.name), name, at)
        if _form(old) != _form(new):
            yield Noted(_both("model-form-changed", _form(old), _form(new)), name, at)
            if not old.values or not new.values:
                return
        elif old.values:
            for found in values(old.values, new.values):
                yield Noted(found, name, at)
        pairs, gone, come = matched(
            old.fields, new.fields, lambda item: item.wire, lambda item: item.name
        )
        for before, after in pairs:
            places = _property(old, before), _property(new, after)
            for found in self._same_field(before, after, old.returned or new.returned):
                yield Noted(found, f"{name}.{before.name}", places, before.wire)
        for each in gone:
            found, place = _both("property-removed", each.annotation, ""), _property(old, each)
            yield Noted(found, f"{name}.{each.name}", (place, None), each.wire, each.required)
        for each in come:
            kind = "required-property-added" if each.required else "property-added"
            found, place = _both(kind, "", each.annotation), _property(new, each)
            python = f"{_name(new)}.{each.name}"
            yield Noted(found, python, (None, place), each.wire, each.required)
        readers = self.old.reader, self.new.reader
        facts = readers[0].facts_of_class(old.schema), readers[1].facts_of_class(new.schema)
        for found in compare_facts(*facts, subject=""):
            yield Noted(found, name, at)

    def _same_field(self, old: Field, new: Field, returned: bool) -> Iterator[Found]:
        if old.wire != new.wire:
            yield _both("property-sent-otherwise", old.wire, new.wire)
        if old.required != new.required:
            yield _both("property-required" if new.required else "property-optional", "", "")
        kind = self._type_kind(old, new, returned)
        if kind:
            yield _both(f"property-type-{kind}", old.annotation, new.annotation)
        else:
            sides = reading(old.type, {}), reading(new.type, self.renamed)
            if sides[0] != sides[1]:
                yield Found("", "union-read-otherwise", sides)
        facts = self.old.reader.facts(old.schema), self.new.reader.facts(new.schema)
        for found in compare_facts(*facts, subject="property"):
            if not (kind == "changed" and found.sent.startswith("bounds-")):
                yield found

    def _type_kind(self, old: Field, new: Field, returned: bool) -> str:
        """Return how the type has changed, None included; empty if it has not."""
        types = old.type, renamed(new.type, self.renamed)
        sides = [
            known if field.promised else nullable(known)
            for known, field in zip(types, (old, new), strict=True)
        ]
        kind = type_kind(*sides, given=False)
        if types[0] == types[1] and old.required != new.required and not returned:
            return ""  # reported already as a change of what the constructor requires
        return "changed" if kind and returned else kind


def _is_told(
    collector: Collector, noted: Noted, kind: str, arguments: Mapping[str, Argument]
) -> bool:
    """Return whether a property is an argument, of which the same has been found."""
    argument = arguments.get(noted.wire)
    if argument is None or noted.required not in (None, argument.required):
        return False
    same = collector.argument(argument.name), kind.replace("property", "argument")
    return same in {(item.python, item.kind.id) for item in collector.found}


def _property(model: Model, field: Field) -> Map:
    return field.schema if isinstance(field.schema, Map) else model.schema


def _both(kind: str, before: str, after: str) -> Found:
    return Found(kind, kind, (before, after))


def _name(model: Model) -> str:
    return f"models.{model.name}"


def _form(model: Model) -> str:
    return f"values of {type(model.values[0]).__name__}" if model.values else "class"
