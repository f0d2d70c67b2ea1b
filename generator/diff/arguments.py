"""Compares the arguments of a method."""

from __future__ import annotations

from collections.abc import Mapping

from generator.client import Argument, Operation, Type
from generator.document import Node

from .collector import Collector
from .constraints import compare_facts
from .matching import matched
from .schema_keywords import Facts, Reader
from .types import accepts, renamed

_COMPARED = {"$ref", "name", "in", "required", "schema", "content", "style", "explode"}
_COMPARED |= {"allowReserved", "description", "deprecated", "x-source"}


def compare_arguments(collector: Collector, before: Operation, after: Operation) -> None:
    """Compare the arguments of the same place and name."""
    positional = [[item for item in side.arguments if item.positional] for side in (before, after)]
    positions = {id(item): number for items in positional for number, item in enumerate(items)}
    old_order, new_order = ([item.name for item in items] for items in positional)
    reordered = old_order != new_order and sorted(old_order) == sorted(new_order)
    # Those in the path by position, whatever they are called.
    pairs, gone, come = matched(
        before.arguments,
        after.arguments,
        lambda item: positions.get(id(item)),
        lambda item: (item.place, _wire(item)),
        lambda item: None if item.positional else item.name,
    )
    for old, new in pairs:
        _compare(collector, old, new, reordered)
    for old in gone:
        name = collector.argument(old.name)
        collector.add("argument-removed", (old.annotation, ""), (old.at, None), name)
    for new in come:
        kind = "required-argument-added" if new.required else "argument-added"
        collector.add(kind, ("", new.annotation), (None, new.at), collector.argument(new.name))
    if reordered:
        collector.add("arguments-reordered", (", ".join(old_order), ", ".join(new_order)))


def _wire(item: Argument) -> str:
    return item.wire.lower() if item.place == "header" else item.wire


def _compare(collector: Collector, old: Argument, new: Argument, reordered: bool) -> None:
    at = old.at, new.at
    name = collector.argument(old.name)
    if old.name != new.name and not reordered:
        collector.add("argument-renamed", (old.name, new.name), at, name)
    if old.required != new.required:
        kind = "argument-required" if new.required else "argument-optional"
        collector.add(kind, (old.annotation, new.annotation), at, name)
    if _sent(old) != _sent(new):
        collector.add("argument-sent-otherwise", (_sent(old), _sent(new)), at, name)
    kind = type_kind(old.type, renamed(new.type, collector.names), given=True)
    if kind:
        collector.add(f"argument-type-{kind}", (old.type.given, new.type.given), at, name)
    for found in compare_facts(*collector.read(_facts, old, new), subject="argument"):
        if found.sent.startswith("null-") and old.place not in ("body", "property"):
            collector.add(found.returned, found.sides, at, name)  # null cannot be sent there
        elif not (kind == "changed" and found.sent.startswith("bounds-")):
            collector.add(found.sent, found.sides, at, name)


def type_kind(old: Type, new: Type, *, given: bool) -> str:
    """Return `widened`, `narrowed` or `changed`; empty if the types are equal."""
    if old == new:
        return ""
    before, after = old.alternatives, new.alternatives
    if accepts(after, before, given=given):
        return "widened"
    return "narrowed" if accepts(before, after, given=given) else "changed"


def _sent(item: Argument) -> str:
    # The name of a path template does not affect what is sent.
    words = (item.place, "" if item.place == "path" else _wire(item), item.style)
    return " ".join(filter(None, words))


def _facts(reader: Reader, item: Argument) -> Facts:
    """Return the keywords of an argument: those of its schema, and what it has beside that."""
    facts = reader.facts(item.schema)
    own: Mapping[str, Node] = item.holder or {}
    text = own.get("description") or reader.schemas.flat(item.schema).get("description")
    facts["", "description"] = " ".join(str(text or "").split())
    if own.get("deprecated") is True:
        facts["", "deprecated"] = True
    for keyword in own.keys() - _COMPARED:
        facts["parameter", keyword] = reader.canonical(own[keyword])
    return facts
