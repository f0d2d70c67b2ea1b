"""Former names are removed with the next major version."""

from __future__ import annotations

from .diff import compare, gravest
from .document import Map
from .names.assigning import FORMER, by_identity, former_names, put_former_names


def retire(spec: Map, released: Map | None) -> None:
    """Drop the former names that have been released, if the next version is a major one anyway.

    Args:
        spec: A valid spec, with the former names that `assign` has written.
        released: What was released last.
    """
    before = by_identity(released)
    carried = [
        (operation, former_names(before[identity]))
        for identity, operation in by_identity(spec).items()
        if identity in before and FORMER in operation and FORMER in before[identity]
    ]
    if released is None or not carried:
        return
    if gravest(compare(released, spec)) != "major":
        return
    for operation, old in carried:
        put_former_names(operation, [name for name in former_names(operation) if name not in old])
