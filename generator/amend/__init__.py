"""Applies overlays to documents, by the rules of the OpenAPI Overlay standard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from generator.document import Map, Node, Position, Seq, collected, nodes, position_at, value_at
from generator.findings import Finding, GeneratorError, refusal
from generator.grammar import OPENAPI, SWAGGER, misshapen
from generator.load.builder import TEXT

from .changes import Change, Step
from .overlays import Action, Overlay, read_overlays
from .queries import Match

__all__ = ["Action", "Change", "Overlay", "amend", "read_overlays"]

_MOST_NODES = 1_000_000
_MOST_LEVELS = 100


def amend(roots: Sequence[Map], overlays: Sequence[Overlay]) -> list[Change]:
    """Apply overlays, in order, to all the given documents, in place.

    Returns what changed, in the order in which it did. After an error the documents may be
    half amended.

    Raises:
        GeneratorError: An action matches nothing in any of the documents, puts a value where one
            of another kind is, or leaves a document that is no OpenAPI.
    """
    run = _Run(roots, overlays)
    for overlay in overlays:
        first = len(run.changes)
        for action in overlay.actions:
            if action.acts:
                run.apply(overlay, action)
        run.check_shapes(overlay, run.changes[first:])
    if run.findings:
        raise GeneratorError(run.findings)
    return run.changes


class _Run:
    """The documents on their way through the actions, and what came of it so far."""

    def __init__(self, roots: Sequence[Map], overlays: Sequence[Overlay]) -> None:
        self.roots = roots
        self.changes: list[Change] = []
        self.findings: list[Finding] = []
        self._inserted = 0
        # Those that see a document as it is written may correct its shape, bit by bit.
        early = any(overlay.before_upgrade for overlay in overlays)
        self._told = {finding for root in roots if early for finding in _shapeless(root, root)}

    def apply(self, overlay: Overlay, action: Action) -> None:
        """Apply one action to every document."""
        target = action.target
        try:
            found = [(root, matches) for root in self.roots if (matches := target.matches(root))]
            if not found:
                raise refusal(target.position, "action-unmatched", target=target.text)
            for root, matches in found:
                step = Step(root, overlay, action)
                if action.removes:
                    step.remove(matches)
                else:
                    value, written = action.value(root)
                    self._weigh(value, matches, action)
                    step.update(matches, value, written)
                self.changes += step.changes
                self.findings += step.findings()
        except GeneratorError as error:
            self.findings += error.findings

    def _weigh(self, value: Node, matches: list[Match], action: Action) -> None:
        # Actions that copy what actions copied grow a document exponentially.
        count, depth = _weight(value)
        self._inserted += count * len(matches)
        deepest = max(len(match.parts) for match in matches) + depth
        if self._inserted > _MOST_NODES or deepest > _MOST_LEVELS:
            most = {"most": _MOST_NODES, "levels": _MOST_LEVELS, "text": TEXT}
            found = {"found": self._inserted, "deepest": deepest}
            raise refusal(action.position, "action-too-large", **most, **found)

    def check_shapes(self, overlay: Overlay, changes: list[Change]) -> None:
        """Find what an overlay has put where OpenAPI has something of another kind."""
        places = [change.pointer for change in changes]
        for root in self.roots if changes else ():
            for finding in _shapeless(root, _only(root, places)):
                if finding not in self._told:
                    self._told.add(finding)
                    self.findings.append(_blamed(overlay, finding, root, changes))


def _only(node: Node, places: Sequence[tuple[str, ...]]) -> Node:
    """Return a copy of a node that holds only what stands at the given places."""
    if not isinstance(node, Map) or () in places:
        return node
    part = Map(position=node.position, key_positions=node.key_positions)
    below = collected((key, tuple(rest)) for key, *rest in places)
    part.update((key, _only(node[key], inner)) for key, inner in below.items() if key in node)
    return part


def _weight(value: Node) -> tuple[int, int]:
    """Return how many nodes a value has, and how many levels."""
    if isinstance(value, Map | Seq):
        weights = [_weight(item) for item in (value.values() if isinstance(value, Map) else value)]
        depth = max((depth for _, depth in weights), default=0)
        return 1 + sum(count for count, _ in weights), 1 + depth
    return (1 + len(value) // TEXT if isinstance(value, str) else 1), 1


def _shapeless(root: Map, part: Node) -> list[Finding]:
    """Yield the places in a part of a document with a shape that its version forbids."""
    assert isinstance(part, Map)
    return misshapen(SWAGGER if "swagger" in root else OPENAPI, part)


def _blamed(overlay: Overlay, finding: Finding, root: Map, changes: Sequence[Change]) -> Finding:
    """Return the finding about the action that was the last to write at a place."""
    where, name = overlay.actions[0].position, f"the actions of {overlay.name}"
    for change in changes:
        if any(place == finding.where for place in _places(root, change)):
            where, name = change.position, f"actions[{change.action}]"
    return Finding(where, "action-shapeless", action=name, finding=finding, place=finding.where)


def _places(root: Map, change: Change) -> Iterator[Position]:
    """Yield where a change has written, and where the list is that it has written into."""
    for node in nodes(change.after):
        yield node.position
        yield from node.key_positions.values() if isinstance(node, Map) else ()
    yield position_at(root, change.pointer)
    with suppress(KeyError):  # A later action may have removed the list.
        if isinstance(holder := value_at(root, change.pointer[:-1]), Seq):
            yield holder.position
