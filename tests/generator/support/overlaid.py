"""Overlays for tests, from a few lines of YAML."""

from __future__ import annotations

from textwrap import indent

from support import nodes

from generator.amend import Action, Overlay
from generator.amend.queries import Query
from generator.document import Map


def overlay(actions: str, version: str = "1.1.0", name: str = "o.yaml") -> Overlay:
    """An overlay from a YAML list of actions, which begins in line 2."""
    listed = nodes("actions:\n" + indent(actions.strip("\n"), "  "), name).seq("actions")
    return Overlay(name, None, tuple(map(action_from, range(len(listed)), listed.maps())), version)


def action_from(index: int, node: Map) -> Action:
    """An action from its mapping."""
    target, source = (Query(node.text(key), node.position_of(key)) for key in ("target", "copy"))
    return Action(index, node, target, source if "copy" in node else None)
