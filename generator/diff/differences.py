"""The differences that a comparison of two specs finds, each with its kind and its place."""

from __future__ import annotations

from dataclasses import dataclass

from generator.semver import Level


@dataclass(frozen=True, slots=True)
class Place:
    """A position in one of the two specs."""

    pointer: str
    """A JSON Pointer into the merged spec."""
    document: str
    """The source document and the pointer in it, `shop.yaml#/paths/~1v3~1orders/get`, of
    the nearest operation or component; empty where the spec does not record it."""
    line: str
    """`file:line:column`; empty where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of difference."""

    id: str
    level: Level
    meaning: str
    """One sentence, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs, as a caller of the generated client sees it."""

    kind: Kind
    operation: str
    """Such as `GET /v3/orders`; empty if it concerns the whole client."""
    python: str
    """The Python name that it concerns: `orders.get_orders(page_size)`, `models.Page.id`."""
    before: str
    """The old type, value or name, on one line; empty if there was nothing."""
    after: str
    old: Place | None
    """Its place in the old spec, or that of its operation; None without the operation."""
    new: Place | None

    @property
    def level(self) -> Level:
        """The level of version that it requires."""
        return self.kind.level
