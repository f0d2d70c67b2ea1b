"""Makes one node of what several documents say at a place, field by field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.document import Map, Node
from generator.grammar import OPENAPI, PROSE
from generator.references import ref_of

from .containers import Containers, first
from .equality import (
    Leaves,
    best_text,
    default,
    empty_schema,
    is_unspecified,
    media_type,
    normal_text,
    rough,
)
from .log import BETTER_TEXT, SPECIFIED, Ledger
from .occurrences import MISSING, Missing, Side, Value, beside, written
from .reference_choice import References

_LEAVES = {"text", "flag", "number", "any"}
_FORMS: dict[str, Callable[[str], str]] = {"headers": str.lower, "content": media_type}


class Folder(Containers):
    """Folds places, and notes what had to be settled on the way and what could not be."""

    def __init__(
        self, leaves: Leaves, ledger: Ledger, references: References | None = None
    ) -> None:
        super().__init__(ledger)
        self._leaves = leaves
        self._references = references or References(ledger, self._fold_into)

    def _fold_into(self, ledger: Ledger, what: str, sides: Sequence[Side]) -> Node:
        return Folder(self._leaves, ledger, self._references.into(ledger)).fold_values(what, sides)

    def fold(self, what: str, sides: Sequence[Side]) -> Node:
        """Return one node of several, which all say something. The first one's form is kept."""
        if what == "prose":
            return _node(self._fold_prose(sides))
        refs = [ref_of(side.node) for side in sides]
        if not any(ref is not None for ref in refs) or len(sides) == 1:
            return self.fold_values(what, sides)
        if None not in refs and any(beside(side.node) for side in sides):
            return self._fold_fields(what, sides, sides)
        return self._references.fold(what, sides)

    def fold_values(self, what: str, sides: Sequence[Side]) -> Node:
        """Do the same without references: for objects and, instead of schemas, booleans."""
        if len(sides) == 1:
            return written(sides[0])
        if any(side.node is False for side in sides):
            if not all(side.node is False for side in sides):
                self.ledger.clash(sides, [rough(side.node) for side in sides])
            return written(sides[0])
        if what == "schema" and len({_is_choice(side) for side in sides} - {None}) > 1:
            self.ledger.clash(sides, [rough(side.node) for side in sides])
            return written(sides[0])
        specified = self._specified(sides) if what == "schema" else sides
        node = self._fold_fields(what, [_as_map(side) for side in sides], specified)
        return node if node or sides[0].node is not True else True

    def _specified(self, sides: Sequence[Side]) -> Sequence[Side]:
        """Return the schemas that specify something, if others don't."""
        unspecified = [side for side in sides if empty_schema(side.home, side.node)]
        specified = [side for side in sides if side not in unspecified]
        if unspecified and specified:
            self.ledger.note(SPECIFIED, specified, unspecified)
        return specified or [_as_map(side) for side in sides]

    def _fold_fields(self, what: str, sides: Sequence[Side], specified: Sequence[Side]) -> Map:
        base = sides[0].map
        result = Map(position=base.position)
        for key in dict.fromkeys(key for side in sides for key in side.map):
            if key.startswith("x-"):
                value = written(sides[0].child(key)) if key in base else MISSING
            elif key in PROSE and OPENAPI[what].get(key) == "text":
                value = self._fold_prose([side.child(key) for side in sides])
            else:
                value = self._fold_field(what, key, specified)
            if value is not MISSING:
                writer = next(side.map for side in sides if key in side.map)
                result.put(key, value, writer.position_of(key))
        return result

    def _fold_prose(self, sides: Sequence[Side]) -> Value:
        texts = [side.node if isinstance(side.node, str) else "" for side in sides]
        forms = [normal_text(text) for text in texts]
        if len(set(forms)) == 1:
            return sides[0].node
        winner = best_text(texts)
        self.ledger.note(
            BETTER_TEXT,
            [side for side, form in zip(sides, forms, strict=True) if form == forms[winner]],
            [side for side, form in zip(sides, forms, strict=True) if form != forms[winner]],
        )
        return texts[winner]

    def _fold_field(self, what: str, key: str, sides: Sequence[Side]) -> Value:
        texts = [self._leaves.text(what, key, side.map) for side in sides]
        if len(set(texts)) == 1 and key != "$ref" and "$ref" not in texts[0]:
            child = sides[0].child(key)
            return MISSING if child.node is MISSING else written(child)
        unspecified = [side for side in sides if is_unspecified(what, key, side)]
        specified = [side for side in sides if side not in unspecified]
        if unspecified and specified:
            if {self._leaves.text(what, key, s.map) for s in unspecified} != {
                self._leaves.text(what, key, s.map) for s in specified
            }:
                self.ledger.note(
                    SPECIFIED,
                    [s.child(key) for s in specified],
                    [s.child(key) for s in unspecified],
                )
            return self._fold_field(what, key, specified)
        return self._fold_differing(what, key, sides)

    def _fold_differing(self, what: str, key: str, sides: Sequence[Side]) -> Value:
        children = [side.child(key) for side in sides]
        rule = OPENAPI[what].get(key) or OPENAPI[what].get("*", "any")
        inner = rule.split("|")[0].strip("[]{}")
        if key == "$ref":
            return self._references.fold_field(what, sides)
        if what == "operation" and key == "tags":
            return self.fold_tags(children)
        if what == "flow" and key == "scopes":
            return self.fold_table("prose", children)
        if inner in _LEAVES or key == "security":
            return self._fold_leaf(what, key, sides)
        if rule.startswith("{"):
            return self.fold_table(inner, children, _FORMS.get(key, str))
        if rule.startswith("["):
            return self.fold_list(inner, children)
        return self._fold_object(what, key, inner, sides)

    def _fold_leaf(self, what: str, key: str, sides: Sequence[Side]) -> Value:
        texts = [self._leaves.text(what, key, side.map) for side in sides]
        children = [side.child(key) for side in sides]
        if len(set(texts)) > 1:
            self.ledger.clash(children, texts)
        return written(first(children))

    def _fold_object(self, what: str, key: str, inner: str, sides: Sequence[Side]) -> Value:
        children = [side.child(key) for side in sides]
        if any(child.node is MISSING for child in children):
            if default(what, key, sides[0].map) is not True:
                self.ledger.clash_of_presence(children)
                return written(first(children))
            children = [
                replace(child, node=True) if child.node is MISSING else child for child in children
            ]
        return self.fold(inner, children)


def _is_choice(schema: Side) -> bool | None:
    """Whether a schema has its type from others; None if it is not known, or from both.

    Field by field, a type and such a choice would become a schema that nothing satisfies.
    """
    choice = bool({"anyOf", "oneOf"} & schema.map.keys())
    return choice if choice is ("type" not in schema.map) else None


def _node(value: Value) -> Node:
    return None if isinstance(value, Missing) else value


def _as_map(side: Side) -> Side:
    return side if isinstance(side.node, Map) else replace(side, node=side.map)
