"""Puts what has no order in OpenAPI into another one."""

from __future__ import annotations

import random

from generator.document import Map, Node, Seq

_SETS = {"parameters", "required", "enum", "tags", "security", "type"}
"""Not the options of unions: classes without a name of their own are numbered by them."""


def shuffled(node: Map, chance: random.Random) -> Map:
    """The same spec in another order."""
    other = _shuffled("", node, chance)
    assert isinstance(other, Map)
    return other


def _shuffled(key: str, node: Node, chance: random.Random) -> Node:
    if isinstance(node, Seq):
        items = [_shuffled("", item, chance) for item in node]
        if key in _SETS:
            chance.shuffle(items)
        return Seq(items, position=node.position)
    if not isinstance(node, Map):
        return node
    entries = [(name, _shuffled(name, value, chance)) for name, value in node.items()]
    chance.shuffle(entries)
    return Map(entries, position=node.position)
