"""Makes one of what several documents say at a place, field by field."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.document import Map, Node, Seq
from generator.grammar import OPENAPI, PROSE
from generator.references import ref_of

from .conflicts import BETTER_TEXT, SPECIFIED, UNITED_TAGS, Ledger, Note
from .equality import (
    Leaves,
    best_text,
    default,
    empty_schema,
    is_unspecified,
    media_type,
    normal_text,
    normal_url,
    rough,
)
from .occurrences import (
    MISSING,
    Home,
    Keys,
    Missing,
    Name,
    Side,
    Value,
    beside,
    fragment,
    parameter_name,
    reached,
    written,
)

_EXTENSIBLE = {"response", "path item", "callback"}
_LEAVES = {"text", "flag", "number", "any"}
_FORMS: dict[str, Callable[[str], str]] = {"headers": str.lower, "content": media_type}


def server_name(side: Side) -> Name:
    """Return the identity of a server: its normalised URL."""
    return (normal_url(side.map.text("url")),)


def matched(sides: Sequence[Side], name: Callable[[Side], Name]) -> list[list[Side]]:
    """Return the sides of each member of the lists, by its name."""
    members: dict[Name, dict[int, Side]] = {}
    for index, side in enumerate(sides):
        for member in _members(side):
            key = name(member)
            while index in members.get(key, {}):
                key = (*key, "again")
            members.setdefault(key, {})[index] = member
    return [
        [found.get(index) or _lacking(side) for index, side in enumerate(sides)]
        for found in members.values()
    ]


def _lacking(side: Side) -> Side:
    return side.without(len(side.node) if isinstance(side.node, Seq) else 0)


def members(side: Side, length: int) -> list[Side]:
    """Return the members of a list, by their index."""
    return _members(side)[:length]


def _members(side: Side) -> list[Side]:
    nodes: Sequence[Node] = side.node if isinstance(side.node, Seq) else ()
    return [replace(side, node=node, at=_place(side, i, node)) for i, node in enumerate(nodes)]


def _place(side: Side, index: int, node: Node) -> Keys:
    """Where a member is written: the parameters of a path stand beside its operations."""
    for at in (side.at, (*side.at[:-2], side.at[-1])):
        listed = side.home.at(at)
        if isinstance(listed, Seq) and isinstance(node, Map):
            for place, item in enumerate(listed):
                if item is node:
                    return (*at, place)
    return (*side.at, index)


def united(sides: Sequence[Side]) -> tuple[Seq, bool]:
    """Return all tags in order, each once, whatever its case; and whether the documents differ."""
    union: dict[str, Node] = {}
    sets = set()
    for side in sides:
        tags: Sequence[Node] = side.node if isinstance(side.node, Seq) else ()
        named = {(tag.casefold() if isinstance(tag, str) else rough(tag)): tag for tag in tags}
        sets.add(frozenset(named))
        for name, tag in named.items():
            union.setdefault(name, tag)
    return Seq(union.values(), position=sides[0].position), len(sets) > 1


class References:
    """Chooses, among references and objects, one that the others agree with."""

    def __init__(
        self, ledger: Ledger, fold: Callable[[Ledger, str, Sequence[Side]], object]
    ) -> None:
        self._ledger = ledger
        self._fold = fold
        self._open: set[tuple[str, ...]] = set()
        self._known: dict[tuple[str, ...], Ledger] = {}

    def into(self, ledger: Ledger) -> References:
        """Return the same, with another ledger to write to."""
        other = References(ledger, self._fold)
        other._open, other._known = self._open, self._known
        return other

    def fold(self, what: str, sides: Sequence[Side]) -> Node:
        """Return one of several objects, as it is written; a conflict if they cannot agree."""
        targets = [reached(side) for side in sides]
        alive = [side for side, target in zip(sides, targets, strict=True) if target is not None]
        dead = [side for side in sides if side not in alive]
        if not alive:
            self._note_dangling(sides)
            return written(sides[0])
        if dead:
            self._ledger.note(SPECIFIED, alive, dead)
        if len(alive) == 1 or _same_reference(alive):
            return written(alive[0])
        return written(self._chosen(what, alive, [target for target in targets if target]))

    def fold_field(self, what: str, sides: Sequence[Side]) -> Value:
        """Return one `$ref` for objects that hold more than a reference."""
        ledger = Ledger(self._ledger.subject)
        bare = [replace(side, node=_bare(side.map)) for side in sides]
        if any(ref_of(side.node) is None for side in bare):
            self._ledger.clash_of_presence([side.child("$ref") for side in sides])
            return sides[0].child("$ref").node
        chosen = self.into(ledger).fold(what, bare)
        self._ledger.notes += ledger.notes
        if ledger.conflicts:
            children = [side.child("$ref") for side in sides]
            inner = ledger.conflicts[0].inner
            self._ledger.clash(children, [rough(child.node) for child in children], inner)
        return ref_of(chosen) or MISSING

    def _note_dangling(self, sides: Sequence[Side]) -> None:
        refs = [fragment(ref_of(side.node) or "") for side in sides]
        others = [side for side, ref in zip(sides, refs, strict=True) if ref != refs[0]]
        if others:
            self._ledger.note(SPECIFIED, sides[:1], others)

    def _chosen(self, what: str, sides: list[Side], targets: list[Side]) -> Side:
        tried = self._tried(what, targets)
        said = [note for note in tried.notes if note.rule == SPECIFIED]
        able = [side for side in sides if _wins(side, said)]
        if tried.conflicts or not able:
            inner = tried.conflicts[0] if tried.conflicts else None
            self._ledger.clash(sides, [rough(side.node) for side in sides], inner)
            return sides[0]
        told = [note for note in tried.notes if note.rule == BETTER_TEXT]
        winner = next((side for side in able if _wins(side, told)), able[0])
        for rule in dict.fromkeys(note.rule for note in tried.notes):
            self._ledger.note(rule, [winner], [side for side in sides if side is not winner])
        return winner

    def _tried(self, what: str, targets: list[Side]) -> Ledger:
        """Return the result of folding the targets. Targets already being folded count as equal."""
        key = (what, *(str(id(target.node)) for target in targets))
        if key in self._open:
            return Ledger()
        if key not in self._known:
            self._open.add(key)
            ledger = Ledger(self._ledger.subject)
            if any(ref_of(target.node) is not None for target in targets):
                ledger.clash(targets, [rough(target.node) for target in targets])
            else:
                self._fold(ledger, what, targets)
            self._known[key] = ledger
            self._open.discard(key)
        return self._known[key]


def _same_reference(sides: list[Side]) -> bool:
    refs = {ref_of(side.node) for side in sides}
    return len(refs) == 1 and None not in refs and not any(beside(side.node) for side in sides)


def _bare(node: Map) -> Map:
    fields = {"$ref": node["$ref"]} if "$ref" in node else {}
    return Map(fields, position=node.position)


def _wins(side: Side, settled: Sequence[Note]) -> bool:
    return all(side.home in note.homes() for note in settled)


class Containers(ABC):
    """Folds what contains objects, given how those are folded."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    @abstractmethod
    def fold(self, what: str, sides: Sequence[Side]) -> Node:
        """Return one object of several."""

    def fold_tags(self, sides: Sequence[Side]) -> Value:
        """Return all tags of several operations."""
        union, differ = united(sides)
        if differ:
            self.ledger.note(UNITED_TAGS, sides, ())
        return union

    def fold_table(
        self, inner: str, sides: Sequence[Side], form: Callable[[str], str] = str
    ) -> Map:
        """Return one mapping of several. Entries are the same if their names have the same form."""
        names: dict[str, dict[int, str]] = {}
        for index, side in enumerate(sides):
            for name in side.map:
                if not (inner in _EXTENSIBLE and name.startswith("x-")):
                    names.setdefault(form(name), {})[index] = name
        result = Map(position=sides[0].position)
        for spelled in names.values():
            name = next(iter(spelled.values()))
            entries = [side.child(spelled.get(index, name)) for index, side in enumerate(sides)]
            result.put(name, self._fold_entry(inner, entries), first(entries).position)
        return result

    def _fold_entry(self, inner: str, entries: Sequence[Side]) -> Node:
        if any(entry.node is MISSING for entry in entries):
            self.ledger.clash_of_presence(entries)
            return written(first(entries))
        return self.fold(inner, entries)

    def fold_list(self, inner: str, sides: Sequence[Side]) -> Seq:
        """Return one list of several: by the names of the members, or by their order."""
        position = first(sides).position
        if inner in ("parameter", "server"):
            entries = matched(sides, parameter_name if inner == "parameter" else server_name)
            unsure = _unsure(entries)
            folded = [self._fold_member(inner, entry, unsure) for entry in entries]
            return Seq((node for node in folded if node is not MISSING), position=position)
        lengths = [len(side.node) if isinstance(side.node, Seq) else 0 for side in sides]
        if len(set(lengths)) > 1:
            self.ledger.clash(sides, [str(length) for length in lengths])
            return Seq(position=position)
        shared = [members(side, min(lengths)) for side in sides]
        return Seq(
            (self.fold(inner, entry) for entry in zip(*shared, strict=True)), position=position
        )

    def _fold_member(self, inner: str, entry: Sequence[Side], unsure: set[Home]) -> Value:
        """Return one member of a list by name. In `unsure` documents it may be a reference."""
        there = [side for side in entry if side.node is not MISSING]
        lacking = [side for side in entry if side.node is MISSING]
        if not lacking:
            return self.fold(inner, entry)
        if all(_dangles(side) for side in there):
            if not unsure.issuperset(side.home for side in there):
                return written(there[0])
            self.ledger.note(SPECIFIED, lacking, there)
            return MISSING
        if all(side.home in unsure for side in lacking):
            self.ledger.note(SPECIFIED, there, lacking)
            return self.fold(inner, there)
        self.ledger.clash_of_presence(entry)
        return written(there[0])


def first(sides: Sequence[Side]) -> Side:
    """Return the first side with a value."""
    return next(side for side in sides if side.node is not MISSING)


def _is_known(side: Side) -> bool:
    return side.node is not MISSING and reached(side) is not None


def _dangles(side: Side) -> bool:
    return side.node is not MISSING and reached(side) is None


def _unsure(entries: Sequence[Sequence[Side]]) -> set[Home]:
    """Return the documents in which a reference dangles, while others have a member there."""
    hidden = {side.home for entry in entries for side in entry if _dangles(side)}
    known = [entry for entry in entries if any(_is_known(side) for side in entry)]
    lacking = {side.home for entry in known for side in entry if side.node is MISSING}
    return hidden & lacking


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
