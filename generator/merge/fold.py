"""Makes one of what several documents say at a place, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from generator.document import Map, Node, Seq
from generator.findings import Finding, Keys
from generator.grammar import LEAVES, OPENAPI, PROSE, is_extension
from generator.references import ref_of

from .conflicts import BETTER_TEXT, SPECIFIED, UNITED_TAGS, Ledger, Note
from .equality import (
    best_text,
    default,
    empty_schema,
    field_text,
    is_unspecified,
    media_type,
    normal_text,
    normal_url,
    rough,
)
from .occurrences import MISSING, Home, Name, Side, Value, beside, fragment, parameter_name

_FORMS: dict[str, Callable[[str], str]] = {"headers": str.lower, "content": media_type}
_NAMES: dict[str, Callable[[Side], Name]] = {
    "parameter": parameter_name,
    "server": lambda side: (normal_url(side.map.text("url")),),
}
"""What identifies the members of lists in which they match wherever they stand."""


class Folder:
    """Folds places, and notes what had to be settled on the way and what could not be."""

    def __init__(self, schemes: Mapping[str, str]) -> None:
        self.ledger = Ledger()
        self.warnings: list[Finding] = []
        self.collapsed = 0
        """How many operations and components repeated an earlier document's."""
        self._schemes = schemes
        self._known: dict[tuple[str, ...], Ledger] = {}

    @contextmanager
    def about(self, subject: str, at: Keys = ()) -> Iterator[None]:
        """Fold a part of the merged spec in the block; warn of what is settled in it."""
        self.ledger.subject, self.ledger.notes = subject, []
        yield
        self.warnings += self.ledger.warnings(at)

    def fold(self, what: str, sides: Sequence[Side]) -> Node:
        """Return one node of several, which all say something. The first one's form is kept."""
        if what == "prose":
            prose = self._fold_prose(sides)
            return None if prose is MISSING else prose
        if len(sides) == 1:
            return sides[0].written
        refs = [ref_of(side.node) for side in sides]
        if set(refs) == {None}:
            return self._fold_values(what, sides)
        if None not in refs and any(beside(side.node) for side in sides):
            return self._fold_fields(what, sides, sides)
        return self._fold_references(what, sides)

    def _fold_values(self, what: str, sides: Sequence[Side]) -> Node:
        """Do the same without references: for objects and, instead of schemas, booleans."""
        forbidding = {side.node is False for side in sides}
        choices = {_is_choice(side) for side in sides} - {None} if what == "schema" else set()
        if len(forbidding) > 1 or len(choices) > 1:
            self.ledger.clash(sides)
        if True in forbidding or len(choices) > 1:
            return sides[0].written
        silent = [s for s in sides if what == "schema" and empty_schema(s.home, s.node)]
        said = [side for side in sides if side not in silent]
        if said and silent:
            self.ledger.note(SPECIFIED, said, silent)
        node = self._fold_fields(what, sides, said or sides)
        return node if node or sides[0].node is not True else True

    def _fold_fields(self, what: str, sides: Sequence[Side], specified: Sequence[Side]) -> Map:
        base = sides[0].map
        result = Map(position=base.position)
        for key in dict.fromkeys(key for side in sides for key in side.map):
            if key.startswith("x-"):
                value = sides[0].child(key).written if key in base else MISSING
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
        best = best_text(texts)
        form = normal_text(best)
        losers = [s for s, text in zip(sides, texts, strict=True) if normal_text(text) != form]
        if not losers:
            return sides[0].node
        self.ledger.note(BETTER_TEXT, [side for side in sides if side not in losers], losers)
        return best

    def _fold_field(self, what: str, key: str, sides: Sequence[Side]) -> Value:
        texts = self._texts(what, key, sides)
        if len(set(texts)) == 1 and key != "$ref" and "$ref" not in texts[0]:
            child = sides[0].child(key)
            return MISSING if child.node is MISSING else child.written
        children = [side.child(key) for side in sides]
        silent = [side for side in sides if is_unspecified(what, key, side)]
        if silent and len(silent) < len(sides):
            said = [side for side in sides if side not in silent]
            if {*self._texts(what, key, said)} != {*self._texts(what, key, silent)}:
                winners, losers = ([s.child(key) for s in each] for each in (said, silent))
                self.ledger.note(SPECIFIED, winners, losers)
            return self._fold_field(what, key, said)
        rule = OPENAPI[what].get(key) or OPENAPI[what].get("*", "any")
        inner = rule.split("|")[0].strip("[]{}")
        if key == "$ref":
            return self._fold_ref(what, sides)
        if what == "operation" and key == "tags":
            return self._fold_tags(children)
        if what == "flow" and key == "scopes":
            return self._fold_table("prose", children)
        if inner in LEAVES or key == "security":
            if len(set(texts)) > 1:
                self.ledger.clash(children, texts)
            return _first(children).written
        if rule.startswith("{"):
            return self._fold_table(inner, children, _FORMS.get(key, str))
        if rule.startswith("["):
            return self.fold_list(inner, children)
        if default(what, key, sides[0].map) is True:  # a schema that lets everything pass
            children = [replace(s, node=True) if s.node is MISSING else s for s in children]
        return self._fold_present(inner, children)

    def _fold_tags(self, sides: Sequence[Side]) -> Value:
        union, differ = united(sides)
        if differ:
            self.ledger.note(UNITED_TAGS, sides, ())
        return union

    def _texts(self, what: str, key: str, sides: Sequence[Side]) -> list[str]:
        return [field_text(what, key, side.map, self._schemes) for side in sides]

    def _fold_present(self, what: str, sides: Sequence[Side]) -> Node:
        """Fold what all documents have to say: it is a conflict if only some do."""
        if any(side.node is MISSING for side in sides):
            there = ["" if side.node is MISSING else "something" for side in sides]
            self.ledger.clash(sides, there)
            return _first(sides).written
        return self.fold(what, sides)

    def _fold_table(
        self, inner: str, sides: Sequence[Side], form: Callable[[str], str] = str
    ) -> Map:
        """Return one mapping of several. Entries are the same if their names have the same form."""
        names: dict[str, dict[int, str]] = {}
        for index, side in enumerate(sides):
            for name in side.map:
                if not is_extension(inner, name):
                    names.setdefault(form(name), {})[index] = name
        result = Map(position=sides[0].position)
        for spelled in names.values():
            name = next(iter(spelled.values()))
            entries = [side.child(spelled.get(index, name)) for index, side in enumerate(sides)]
            result.put(name, self._fold_present(inner, entries), _first(entries).position)
        return result

    def fold_list(self, inner: str, sides: Sequence[Side]) -> Seq:
        """Return one list of several: by the names of the members, or by their order."""
        position = _first(sides).position
        if inner in _NAMES:
            entries = _matched(sides, _NAMES[inner])
            unsure = _unsure(entries)
            folded = [self._fold_member(inner, entry, unsure) for entry in entries]
            return Seq((node for node in folded if node is not MISSING), position=position)
        members = [_members(side) for side in sides]
        lengths = [len(each) for each in members]
        if len(set(lengths)) > 1:
            self.ledger.clash(sides, [str(length) for length in lengths])
            return Seq(position=position)
        nodes = (self.fold(inner, entry) for entry in zip(*members, strict=True))
        return Seq(nodes, position=position)

    def _fold_member(self, inner: str, entry: Sequence[Side], unsure: set[Home]) -> Value:
        """Return one member of a list by name. In `unsure` documents it may be a reference."""
        there = [side for side in entry if side.node is not MISSING]
        lacking = [side for side in entry if side.node is MISSING]
        if lacking and all(_dangles(side) for side in there):
            if not unsure.issuperset(side.home for side in there):
                return there[0].written
            self.ledger.note(SPECIFIED, lacking, there)
            return MISSING
        if lacking and unsure.issuperset(side.home for side in lacking):
            self.ledger.note(SPECIFIED, there, lacking)
            return self.fold(inner, there)
        return self._fold_present(inner, entry)

    def _fold_references(self, what: str, sides: Sequence[Side]) -> Node:
        """Return, of references and objects, one that the others agree with by their targets."""
        targets = {side: target for side in sides if (target := side.reached())}
        alive, dead = [*targets], [side for side in sides if side not in targets]
        if not alive:
            refs = [fragment(ref_of(side.node) or "") for side in sides]
            others = [side for side, ref in zip(sides, refs, strict=True) if ref != refs[0]]
            if others:
                self.ledger.note(SPECIFIED, sides[:1], others)
            return sides[0].written
        if dead:
            self.ledger.note(SPECIFIED, alive, dead)
        refs_alive = {ref_of(side.node) for side in alive}
        same = len(refs_alive) == 1 and not any(beside(side.node) for side in alive)
        if len(alive) == 1 or (same and None not in refs_alive):
            return alive[0].written
        return self._chosen(what, alive, [*targets.values()]).written

    def _fold_ref(self, what: str, sides: Sequence[Side]) -> Value:
        """Return one `$ref` for objects that hold more than a reference."""
        bare = [
            replace(side, node=Map({"$ref": side.map["$ref"]}, position=side.map.position))
            for side in sides
        ]
        with self._apart() as apart:
            chosen = self._fold_references(what, bare)
        self.ledger.notes += apart.notes
        if apart.conflicts:
            children = [side.child("$ref") for side in sides]
            self.ledger.clash(children, inner=apart.conflicts[0].inner)
        return ref_of(chosen) or MISSING

    def _chosen(self, what: str, sides: list[Side], targets: list[Side]) -> Side:
        tried = self._tried(what, targets)
        said = [note for note in tried.notes if note.rule == SPECIFIED]
        able = [side for side in sides if _wins(side, said)]
        if tried.conflicts or not able:
            self.ledger.clash(sides, inner=next(iter(tried.conflicts), None))
            return sides[0]
        told = [note for note in tried.notes if note.rule == BETTER_TEXT]
        winner = next((side for side in able if _wins(side, told)), able[0])
        for rule in dict.fromkeys(note.rule for note in tried.notes):
            self.ledger.note(rule, [winner], [side for side in sides if side is not winner])
        return winner

    def _tried(self, what: str, targets: list[Side]) -> Ledger:
        """Return the result of folding the targets. Targets already being folded count as equal."""
        key = (what, *(str(id(target.node)) for target in targets))
        if key not in self._known:
            self._known[key] = Ledger()
            with self._apart() as found:
                if any(ref_of(target.node) is not None for target in targets):
                    self.ledger.clash(targets)
                else:
                    self._fold_values(what, targets)
            self._known[key] = found
        return self._known[key]

    @contextmanager
    def _apart(self) -> Iterator[Ledger]:
        """Note what is found in the block in a ledger of its own."""
        outer, self.ledger = self.ledger, Ledger(self.ledger.subject)
        yield self.ledger
        self.ledger = outer


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


def _matched(sides: Sequence[Side], name: Callable[[Side], Name]) -> list[list[Side]]:
    """Return the sides of each member of the lists, by its name."""
    named: dict[Name, dict[int, Side]] = {}
    for index, side in enumerate(sides):
        for member in _members(side):
            key = name(member)
            while index in named.get(key, {}):
                key = (*key, "again")
            named.setdefault(key, {})[index] = member
    ends = [replace(s, node=MISSING, at=(*s.at, len(_members(s)))) for s in sides]
    return [[found.get(index, end) for index, end in enumerate(ends)] for found in named.values()]


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


def _unsure(entries: Sequence[Sequence[Side]]) -> set[Home]:
    """Return the documents in which a reference dangles, while others have a member there."""
    hidden = {side.home for entry in entries for side in entry if _dangles(side)}
    known = [each for each in entries if any(s.node is not MISSING and s.reached() for s in each)]
    return hidden & {side.home for entry in known for side in entry if side.node is MISSING}


def _dangles(side: Side) -> bool:
    return side.node is not MISSING and side.reached() is None


def _first(sides: Sequence[Side]) -> Side:
    """Return the first side with a value."""
    return next(side for side in sides if side.node is not MISSING)


def _is_choice(schema: Side) -> bool | None:
    """Whether a schema has its type from others; None if it is not known, or from both.

    Field by field, a type and such a choice would become a schema that nothing satisfies.
    """
    choice = bool({"anyOf", "oneOf"} & schema.map.keys())
    return choice if choice is ("type" not in schema.map) else None


def _wins(side: Side, settled: Sequence[Note]) -> bool:
    return all(any(side.home is each.home for each in note.winners) for note in settled)
