"""What a comparison of two specs finds: differences, each of a kind and in its place."""

from __future__ import annotations

from dataclasses import dataclass

from generator.semver import Level


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in one of the two specs."""

    pointer: str
    """A JSON Pointer into the merged spec."""
    document: str
    """The source document and the pointer in it, `shop.yaml#/paths/~1v3~1orders/get`, of
    the nearest operation or component; empty where the spec does not say."""
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
    """Such as `GET /v3/orders`; empty for what concerns the whole client."""
    python: str
    """The Python name that it concerns: `orders.get_orders(page_size)`, `models.Page.id`."""
    before: str
    """What it was, on one line: a type, a value, a name; empty if there was nothing."""
    after: str
    old: Place | None
    """Where it stands in the old spec, or where it would; None if its operation is not there."""
    new: Place | None

    @property
    def level(self) -> Level:
        """What it means for the version."""
        return self.kind.level
