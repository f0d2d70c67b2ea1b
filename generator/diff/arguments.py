"""Compares the arguments of a method."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from generator.document import Node

from .beyond import beyond
from .canonical import EXAMPLES
from .facts import Facts, Reader
from .matching import matched
from .pairs import Pairs
from .scribe import Scribe
from .shapes import Shape, accepts, renamed
from .surface import Given, Operation

_TOLD = {"name", "in", "required", "schema", "content", "style", "explode", "allowReserved"}
_TOLD |= {"description", "deprecated", "x-source", "$ref", *EXAMPLES}


def compare_arguments(scribe: Scribe, before: Operation, after: Operation, pairs: Pairs) -> None:
    """Compare the arguments, those of the same place and name with each other."""
    positions = _positions(before, after)
    reordered = _is_reordered(before, after)
    for old, new in matched(
        before.arguments,
        after.arguments,
        lambda item: positions.get(id(item)),
        _on_the_wire,
        _in_python,
    ):
        if old is None and new is not None:
            kind = "required-argument-added" if new.view.required else "argument-added"
            scribe.add(kind, ("", _text(new)), (None, new.at), scribe.argument(new.view.name))
        elif new is None and old is not None:
            name = scribe.argument(old.view.name)
            scribe.add("argument-removed", (_text(old), ""), (old.at, None), name)
        elif old is not None and new is not None:
            _compare(scribe, old, new, pairs, reordered)
    if reordered:
        scribe.add("arguments-reordered", (_order(before), _order(after)))


def _positions(*operations: Operation) -> dict[int, int]:
    """Where positional arguments stand, whatever they are called."""
    return {
        id(item): number
        for operation in operations
        for number, item in enumerate(operation.arguments)
        if item.view.positional
    }


def _on_the_wire(item: Given) -> Hashable:
    view = item.view
    return view.place, view.wire.lower() if view.place == "header" else view.wire


def _in_python(item: Given) -> Hashable:
    return None if item.view.positional else item.view.name


def _is_reordered(before: Operation, after: Operation) -> bool:
    old, new = _positional(before), _positional(after)
    return old != new and sorted(old) == sorted(new)


def _positional(operation: Operation) -> list[str]:
    return [item.view.name for item in operation.arguments if item.view.positional]


def _order(operation: Operation) -> str:
    return ", ".join(_positional(operation))


def _text(item: Given) -> str:
    return item.text if item.view.required else f"{item.text} | None"


def _compare(scribe: Scribe, old: Given, new: Given, pairs: Pairs, reordered: bool) -> None:
    at = old.at, new.at
    name = scribe.argument(old.view.name)
    if old.view.name != new.view.name and not reordered:
        scribe.add("argument-renamed", (old.view.name, new.view.name), at, name)
    if old.view.required != new.view.required:
        kind = "argument-required" if new.view.required else "argument-optional"
        scribe.add(kind, (_text(old), _text(new)), at, name)
    if _sent(old) != _sent(new):
        scribe.add("argument-sent-otherwise", (_sent(old), _sent(new)), at, name)
    kind = type_kind(old.shape, renamed(new.shape, pairs.renamed), given=True)
    if kind:
        scribe.add(f"argument-type-{kind}", (old.text, new.text), at, name)
    facts = _facts(scribe.old.reader, old), _facts(scribe.new.reader, new)
    for found in beyond(*facts, subject="argument"):
        unlike = kind == "changed" and found.sent.startswith("bounds-")
        if found.sent and not unlike:
            scribe.add(found.sent, (found.before, found.after), at, name)


def type_kind(old: Shape, new: Shape, *, given: bool) -> str:
    """Whether a type was `widened`, `narrowed` or `changed`; empty if it is the same."""
    if old == new:
        return ""
    if accepts(new, old, given=given):
        return "widened"
    return "narrowed" if accepts(old, new, given=given) else "changed"


def _sent(item: Given) -> str:
    view = item.view
    wire = view.wire.lower() if view.place == "header" else view.wire
    # What a path template is called makes no difference to what is sent.
    words = (view.place, "" if view.place == "path" else wire, view.style)
    return " ".join(filter(None, words))


def _facts(reader: Reader, item: Given) -> Facts:
    facts = reader.facts(item.schema)
    own: Mapping[str, Node] = item.holder or {}
    said = own.get("description") or reader.schemas.flat(item.schema).get("description")
    facts["", "description"] = " ".join(str(said or "").split())
    for keyword in EXAMPLES:
        if keyword in own:
            facts["parameter", keyword] = reader.canonical(own[keyword])
    if own.get("deprecated") is True:
        facts["", "deprecated"] = True
    for keyword in own.keys() - _TOLD:
        facts["parameter", keyword] = reader.canonical(own[keyword])
    return facts
