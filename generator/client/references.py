"""Follows references of the merged spec to what they stand for."""

from __future__ import annotations

from generator.document import Map
from generator.references import chain, ref_of


class Resolver:
    """Follows the references of one spec. They have been validated: each leads somewhere."""

    def __init__(self, spec: Map) -> None:
        self._spec = spec

    def follow(self, node: Map) -> Map:
        """The object itself, or what its chain of references ends at.

        A description beside a reference goes before that of the object.
        """
        description = ""
        for _, target in chain(self._spec, ref_of(node)):
            description = description or node.text("description")
            node = target if isinstance(target, Map) else Map(position=node.position)
        if description:
            return Map({**node, "description": description}, position=node.position)
        return node
