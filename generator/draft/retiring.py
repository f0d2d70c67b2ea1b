"""Retires the actions of overlays that new documents contradict or make superfluous.

A retired action keeps its target and its description. Of its effect, what no longer fits moves
under `x-retired`, beside the reason: no tool applies it there, and it may match nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from generator.amend import Action, Overlay, amend
from generator.amend.queries import Match
from generator.document import Document, Map, Node, Seq, collected, copied, plain, pointer
from generator.findings import Finding, GeneratorError, Keys
from generator.grammar import PROSE
from generator.jsonpath import jsonpath
from generator.merge.conflicts import shortened
from generator.merge.equality import is_narrower

from .proposals import EFFECTS, GUESS, RETIRED, Step, step

_MOST_REASONS = 3
_KINDS = frozenset({"$ref", "type", "anyOf", "oneOf", "allOf"})
"""What a schema has one of."""


@dataclass(frozen=True, slots=True)
class Retirement:
    """An action from now on."""

    action: Action
    restored: tuple[Step, ...] = ()
    """The same effect on those of its targets that it fits still."""


def overtaken(
    documents: Sequence[Document], overlays: Sequence[Overlay], arrived: Collection[str]
) -> list[Retirement]:
    """The actions that no longer fit documents, which are amended in place on the way.

    Stops after the first action of which only its application shows that it does not fit. To be
    called with fresh copies until nothing is found.
    """
    found: list[Retirement] = []
    for overlay in overlays:
        roots = [each.root for each in documents if overlay.document in (None, each.name)]
        for action in overlay.actions if roots else ():
            if not action.acts:
                continue
            try:
                left = _left(roots, action, arrived)
                if left.action is not action:
                    found.append(left)
                amend(roots, [replace(overlay, actions=(left.action,))])
            except GeneratorError as error:
                because = _shortened([_sentence(finding) for finding in error.findings])
                return [*found, Retirement(_retired(action, because))]
    return found


def _left(roots: Sequence[Map], action: Action, arrived: Collection[str]) -> Retirement:
    """What is left of an action: itself where all of it fits; and what else takes its place."""
    found = [(root, match) for root in roots for match in action.target.matches(root)]
    if not found:
        return Retirement(_retired(action, "The target matches nothing in the documents any more."))
    if action.removes or action.copy is not None:
        return Retirement(action)
    value = action.node.get("update")
    misfits = [dict(_misfits(value, match.node, (), match, arrived)) for _, match in found]
    moved = _moved(misfits)
    if not moved:
        says = [_saying(value, match.node, arrived) for _, match in found]
        if not all(says):
            return Retirement(action)
        names = ", ".join(sorted(set().union(*says)))
        return Retirement(_retired(action, f"The documents say so themselves now: {names}."))
    because = _shortened(list(dict.fromkeys(moved.values())))
    kept, part = (_part(value, (), moved, moves=moves) for moves in (False, True))
    if kept is None or not any(_changes(kept, match.node) for _, match in found):
        kept, part = None, None  # The whole effect moves.
    restored: list[Step] = []
    for (root, match), unfit in zip(found, misfits, strict=True) if len(found) > 1 else ():
        fits = _part(value, (), [key for key in moved if key not in unfit], moves=True)
        if fits is not None and _changes(fits, match.node):
            reason = f"As for all that the action matched: {action.reason}"
            restored.append(step(jsonpath(root, match.parts), {"update": plain(fits)}, reason))
    return Retirement(_retired(action, because, kept, part), tuple(restored))


def _moved(misfits: Sequence[Mapping[Keys, str]]) -> dict[Keys, str]:
    """The keys of each part of an update that moves, and what it does not fit.

    An item of a list that is there already stays as long as others need it.
    """
    found = collected(item for each in misfits for item in each.items())
    return {
        at: reasons[-1]
        for at, reasons in found.items()
        if not (at and isinstance(at[-1], int)) or len(reasons) == len(misfits)
    }


def _misfits(
    value: Node, there: Node, at: Keys, match: Match, arrived: Collection[str]
) -> Iterator[tuple[Keys, str]]:
    """The parts of an update that do not fit one of the nodes that it is for, and why."""
    if isinstance(value, Map) and isinstance(there, Map):
        if at and _excludes(value, there):
            yield at, _unlike(at, there, match)
            return
        for key in [key for key in value if key in there]:
            yield from _misfits(value[key], there[key], (*at, key), match, arrived)
            # A new document's bound may allow more.
            if _document(there) in arrived and is_narrower(key, value[key], there[key]):
                yield (*at, key), _unlike((*at, key), there[key], match, _document(there))
    elif isinstance(value, Seq) and isinstance(there, Seq):
        if at[-1:] == ("type",) and plain(value) != plain(there):
            yield at, _unlike(at, there, match)
            return
        for index, item in enumerate(value):
            if same := [other for other in there if _is_repeat(item, other)]:
                says = _document(same[0]) or _document(there)
                place = pointer(*match.parts, *at)
                yield (*at, index), f"{says} lists the same itself at {place}."
    elif at == () and isinstance(there, Seq):
        return  # It is appended.
    elif isinstance(value, Map | Seq) or isinstance(there, Map | Seq):
        yield at, _unlike(at, there, match)


def _unlike(at: Keys, there: Node, match: Match, document: str = "") -> str:
    says = document or _document(there) or _document(match.parent) or "The document"
    return f"{says} has {shortened(there)} at {pointer(*match.parts, *at) or 'its top'}."


def _excludes(value: Map, there: Map) -> bool:
    """Whether an update and what is there are of two kinds, as a reference and a type are."""
    if ("$ref" in value) != ("$ref" in there):  # Prose alone is of no kind.
        return not any(PROSE.issuperset(node) for node in (value, there))
    kinds = [_KINDS & node.keys() for node in (value, there)]
    return all(kinds) and kinds[0].isdisjoint(kinds[1])


def _is_repeat(item: Node, other: Node) -> bool:
    if isinstance(item, Map) and isinstance(other, Map) and item.text("name") and item.text("in"):
        return all(item.text(key) == other.text(key) for key in ("name", "in"))
    return plain(item) == plain(other)


def _document(node: Node) -> str:
    """The file that an object or a list stands in."""
    return PurePath(node.position.file).name if isinstance(node, Map | Seq) else ""


def _changes(value: Node, there: Node) -> bool:
    """Whether an update says what is not there."""
    if isinstance(value, Map) and isinstance(there, Map):
        return any(key not in there or _changes(value[key], there[key]) for key in value)
    return bool(value) if isinstance(there, Seq) else plain(value) != plain(there)


def _saying(value: Node, there: Node, arrived: Collection[str]) -> set[str]:
    """The new documents that say what an update says; empty if there is a part that none says."""
    if not isinstance(value, Map) or not isinstance(there, Map) or _changes(value, there):
        return set()
    found: set[str] = set()
    for key, item in value.items():
        nested = isinstance(item, Map)
        name = PurePath(there.position_of(key).file).name
        found |= _saying(item, there[key], arrived) if nested else {name}
    return found & set(arrived)


def _part(value: Node, at: Keys, moved: Collection[Keys], *, moves: bool) -> Node:
    """The parts of an update that move, or else those that stay; None where there are none."""
    if not any(key[: len(at)] == at for key in moved):
        return None if moves else value
    if at not in moved and isinstance(value, Map):
        parts = {key: _part(value[key], (*at, key), moved, moves=moves) for key in value}
        fields = {key: part for key, part in parts.items() if part is not None}
        return Map(fields, position=value.position, key_positions=value.key_positions) or None
    if at not in moved and isinstance(value, Seq):
        items = (_part(each, (*at, i), moved, moves=moves) for i, each in enumerate(value))
        return Seq((each for each in items if each is not None), position=value.position) or None
    return value if moves else None


def _retired(action: Action, because: str, kept: Node = None, moved: Node = None) -> Action:
    """An action of which the whole effect moves under `x-retired`, or a part of its update."""
    node = action.node
    effect = {key: copied(node[key]) for key in EFFECTS if key in node}
    if moved is not None:
        effect = {"update": moved}
    before = node.map(RETIRED)
    because = " ".join(filter(None, (before.text("because"), because)))
    old = {key: value for key, value in before.items() if key != "because"}
    rest = {key: value for key, value in node.items() if key not in (*EFFECTS, GUESS, RETIRED)}
    fields: dict[str, Node] = {**rest, **({} if kept is None else {"update": kept}), GUESS: True}
    fields[RETIRED] = Map({"because": because, **_united(old, effect)}, position=node.position)
    whole = Map(fields, position=node.position, key_positions=node.key_positions)
    return replace(action, node=whole, copy=None)


def _united(old: Mapping[str, Node], new: Mapping[str, Node]) -> dict[str, Node]:
    """What has been retired at several times."""
    united = dict(old)
    for key, value in new.items():
        there = old.get(key)
        if isinstance(there, Map) and isinstance(value, Map):
            united[key] = Map(_united(there, value), position=there.position)
        elif isinstance(there, Seq) and isinstance(value, Seq):
            united[key] = Seq([*there, *value], position=there.position)
        else:
            united[key] = value
    return united


def _sentence(finding: Finding) -> str:
    """A finding without the folders of the files that it names."""
    text = finding.problem
    for file in finding.files:
        text = text.replace(f"{PurePath(file).parent}/", "")
    return f"{text[:1].upper()}{text[1:]}."


def _shortened(reasons: Sequence[str]) -> str:
    more = len(reasons) - _MOST_REASONS
    return " ".join([*reasons[:_MOST_REASONS], *([f"And {more} more."] if more > 0 else [])])
