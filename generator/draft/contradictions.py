"""Decides which of several contradicting documents is right, and makes the others agree."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.amend.queries import Query
from generator.document import Document, Map, Node, Seq, child, collected, operations, parameter_key
from generator.findings import GeneratorError, Keys
from generator.merge.conflicts import Conflict, Contradiction, shortened
from generator.merge.equality import is_narrower, rough
from generator.merge.occurrences import MISSING, Home, Side, Value
from generator.merge.parts import listed
from generator.merge.proposed_overlays import Action, replaced

from .context import Folder
from .naming import free_id
from .proposals import Proposal, node_at, step

_GROUP = re.compile(r"([A-Z][A-Za-z0-9]*)_(?=\w)")


class Agreement:
    """The contradictions of one round, and the guesses that settle them."""

    def __init__(self, documents: Sequence[Document], folder: Folder) -> None:
        self._roots = collected((document.name, document.root) for document in documents)
        self._folder = folder
        self._areas: dict[str, list[Keys]] = {}
        self._ids: dict[tuple[str, ...], str] = {}
        self._taken = {
            operation.text("operationId")
            for document in documents
            for _, _, operation in operations(document.root)
        }

    def proposals(self, contradictions: Sequence[Contradiction]) -> Iterator[Proposal]:
        """Return overlays for the source documents that are wrong."""
        done: set[int] = set()
        for each in contradictions:
            if each.conflict is None:
                for home, actions in each.cures:
                    for action in actions:
                        yield from self._renamed(home, action)
            elif id(each.conflict.group) not in done:
                done.add(id(each.conflict.group))
                yield from self._settled(each, each.conflict)

    def _settled(self, found: Contradiction, conflict: Conflict) -> Iterator[Proposal]:
        winning, why = winner(conflict, self._folder)
        sides = [side for form, side in conflict.group if form == winning]
        right = max(sides, key=lambda side: _version(side, self._folder.forms))
        for form, side in conflict.group:
            if form == winning or self._is_replaced(side):
                continue
            for home in (side.home, *side.twins):
                other = side if home is side.home else replace(side, home=home)
                actions = found.agree(right, other)
                if actions and all(self._matches(home.name, action) for action in actions):
                    self._areas.setdefault(home.name, []).append(replaced(other))
                    reason = _reason(conflict, right, other, why)
                    steps = (step(str(each["target"]), each, reason) for each in actions)
                    yield Proposal(home.name, tuple(steps), "source")

    def _is_replaced(self, side: Side) -> bool:
        """Return whether a side, or a part or parent of it, already changes in this round."""
        own = replaced(side)
        return any(all(map(operator.eq, own, area)) for area in self._areas.get(side.home.name, ()))

    def _matches(self, document: str, action: Action) -> bool:
        query = Query(str(action["target"]), self._roots[document][0].position)
        try:
            return any(query.matches(root) for root in self._roots[document])
        except GeneratorError:
            return False

    def _renamed(self, home: Home, action: Action) -> Iterator[Proposal]:
        """Yield another operation id for an operation whose id is already used."""
        query = Query(str(action["target"]), home.root.position)
        for root in self._roots[home.name]:
            for match in query.matches(root):
                _, path, method = match.path
                old = node_at(root, match.parts).text("operationId")
                new = self._new_id(path, method, old)
                reason = f"Another operation has the id {old!a}; this one describes the operation."
                renaming = step(query.text, {"update": {"operationId": new}}, reason)
                yield Proposal(home.name, (renaming,), "source")

    def _new_id(self, path: str, method: str, old: str) -> str:
        key = (path, method, old)
        if key not in self._ids:
            match = _GROUP.match(old)
            group, prefixes = match[1] if match else "", self._folder.settings.prefixes
            new = free_id(path, method, group, prefixes, lambda new: new not in self._taken)
            self._taken.add(new)
            self._ids[key] = new
        return self._ids[key]


def _reason(conflict: Conflict, right: Side, other: Side, why: str) -> str:
    if conflict.subject.startswith("the path "):
        if right.home.name == other.home.name:
            return (
                f"To a server, {right.at[1]!a} is every path that has other names in braces alone;"
                " it takes and returns all that any of them does."
            )
        return f"The path is {right.at[1]!a} in {right.home.name!a}, {why}."
    return (
        f"{conflict.subject}: {other.pointer} is {shortened(other.node)} here, but"
        f" {shortened(right.node)} in {right.home.name!a}, {why}."
    )


def winner(conflict: Conflict, folder: Folder) -> tuple[str, str]:
    """Return the form that is to hold, and the reason for it."""
    forms = collected(conflict.group)
    newest = {form: max(_version(side, folder.forms) for side in forms[form]) for form in forms}
    versions = sorted(newest.values(), reverse=True)
    # Of a parameter or a response as a whole, an additional one does no harm.
    additive = any(
        len(side.at) > 4 and side.at[-2] in ("parameters", "responses")
        for _, side in conflict.group
    )

    def rank(form: str, sides: Sequence[Side]) -> tuple[int, ...]:
        known = [(side, spec) for spec in folder.before for side in sides]
        silent = all(side.node is MISSING for side in sides)
        key = str(sides[0].at[-1])
        return (
            any(map(_is_repeat, sides)),
            additive and silent,
            sum(is_narrower(key, sides[0].node, other.node) for _, other in conflict.group),
            not any(_agrees(side, spec) for side, spec in known),
            not any(_is_origin(side, spec) for side, spec in known),
            versions.index(newest[form]),
            silent,
            -sum(1 + len(side.twins) for side in sides),
        )

    ranks = {form: rank(form, sides) for form, sides in forms.items()}
    best = min(forms, key=lambda form: (ranks[form], min(side.home.name for side in forms[form])))
    for place, why in enumerate(_WHY):
        if why and any(ranks[best][place] < rank[place] for rank in ranks.values()):
            return best, why
    return best, "whose file name comes first"


_WHY = (
    "",  # A list that repeats a parameter says nothing about which of them is right.
    "and an operation takes and returns all that any document says",
    "which lets more pass",
    "as in the previous merged spec",
    "as in the previous merged spec",
    "which is written in the newer form",
    "which specifies what others omit",
    "as in most documents",
)
"""The reason to prefer a form, for each part of its rank."""


def _is_repeat(side: Side) -> bool:
    """Return whether this is a parameter that its own document lists twice."""
    node = side.node
    around = side.home.at(side.at[:-1])
    if not isinstance(node, Map) or not isinstance(around, Seq) or not node.text("name"):
        return False
    return sum(parameter_key(item) == parameter_key(node) for item in around.maps()) > 1


def _version(side: Side, forms: Mapping[str, str]) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", forms.get(side.home.name, ""))[:2]))


def _agrees(side: Side, spec: Map) -> bool:
    """Return whether a side agrees with an earlier spec at that place."""
    if side.at == ("servers",):
        return listed(Side(Home("", spec), spec.get("servers"), side.at)) == listed(side)
    if len(side.at) == 2:  # a path, identified by the names of its templates
        return side.at[1] in spec.map("paths")
    if not node_at(spec, side.at[:3]):
        return False
    said = _said(spec, side)
    return rough(said) == rough(side.node) and (said is MISSING) == (side.node is MISSING)


def _said(spec: Map, side: Side) -> Value:
    """Return the node of a spec at the place of a side; parameters are found by name."""
    node: Node = spec
    try:
        for depth, key in enumerate(side.at, 1):
            there = side.home.at(side.at[:depth])
            if isinstance(node, Seq) and isinstance(there, Map) and "name" in there:
                own = parameter_key(there)
                node = next(each for each in node.maps() if parameter_key(each) == own)
            else:
                node = child(node, str(key))
    except (KeyError, StopIteration):
        return MISSING
    return node


def _is_origin(side: Side, spec: Map) -> bool:
    """Return whether an earlier spec records the document as the source."""
    return node_at(spec, side.at[:3]).map("x-source").get("document") == side.home.name
