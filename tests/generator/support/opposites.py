"""What each kind of difference is when old and new change places."""

from __future__ import annotations

from generator.diff import Difference

PAIRS = [
    ("operation-added", "operation-removed"),
    ("deprecated-name-added", "deprecated-name-removed"),
    ("iterator-added", "iterator-removed"),
    ("operation-deprecated", "operation-undeprecated"),
    ("effect-spends", "effect-no-longer-spends"),
    ("effect-spends", "effect-may-be-repeated"),
    ("credential-required", "credential-dropped"),
    ("token-flow-added", "token-flow-removed"),
    ("argument-added", "argument-removed"),
    ("required-argument-added", "argument-removed"),
    ("argument-required", "argument-optional"),
    ("argument-type-narrowed", "argument-type-widened"),
    ("argument-deprecated", "argument-undeprecated"),
    ("media-type-added", "media-type-removed"),
    ("response-added", "response-removed"),
    ("response-may-be-empty", "response-never-empty"),
    ("response-may-redirect", "response-never-redirects"),
    ("status-added", "status-removed"),
    ("model-added", "model-removed"),
    ("property-added", "property-removed"),
    ("required-property-added", "property-removed"),
    ("property-required", "property-optional"),
    ("property-type-narrowed", "property-type-widened"),
    ("property-deprecated", "property-undeprecated"),
    ("property-write-only", "property-readable"),
    ("value-rejected", "value-accepted"),
    ("response-value-removed", "response-value-added"),
    ("bounds-narrowed", "bounds-widened"),
    ("default-added", "default-changed"),
    ("null-rejected", "null-accepted"),
    ("error-response-added", "error-response-removed"),
]
"""All others are their own opposite."""

_FAMILY = {name: min(pair, key=len) for pair in PAIRS for name in pair}
_FAMILY["effect-spends"] = _FAMILY["effect-no-longer-spends"] = _FAMILY[
    "effect-may-be-repeated"
] = "effect"
_FAMILY["required-argument-added"] = _FAMILY["argument-added"] = _FAMILY["argument-removed"] = (
    "argument"
)
_FAMILY["required-property-added"] = _FAMILY["property-added"] = _FAMILY["property-removed"] = (
    "property"
)


def swapped(differences: list[Difference], *, turned: bool = False) -> list[tuple[str, ...]]:
    """Differences without their direction, to be compared with those of the other direction.

    Args:
        differences: What one direction found.
        turned: Whether it is the other direction.
    """
    found = []
    for item in differences:
        sides = (item.before, item.after), (_pointer(item.old), _pointer(item.new))
        sides = tuple(side[::-1] for side in sides) if turned else sides  # type: ignore[assignment]  # of equal length
        found.append((_FAMILY.get(item.kind.id, item.kind.id), *sides[0], *sides[1]))
    return sorted(found)


def _pointer(place: object) -> str:
    return getattr(place, "pointer", "")
