"""Gives operations their Python names: those of the last release, former ones beside new ones."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from generator.document import Map, Node, Seq, operations, placed, plain
from generator.findings import Finding, GeneratorError, refusal
from generator.jsonpath import jsonpath
from generator.released import RELEASE, released_version
from generator.semver import following, parsed

from .spelling import (
    LONGEST,
    METHODS,
    PREFIX,
    RESOURCES,
    canonical_path,
    method_name,
    module_name,
    path_segments,
    shortened,
    snake_case,
)


def assign(
    spec: Map, released: Map | None = None, prefix: Collection[str] = PREFIX
) -> list[Finding]:
    """Write its resource and its method on every operation, as `x-resource` and `x-method`.

    An overlay's word wins, then the released spec's, then what follows from path and operation id.
    A released name that gives way to another is written down as `x-former-names`. `prefix` are the
    segments that paths may start with and that name no resource.

    Returns:
        Notes on new operations that were about to be called like a released one.

    Raises:
        GeneratorError: Former names were written by hand, or the released spec makes no sense.
    """
    if findings := list(_written_by_hand(spec)):
        raise GeneratorError(findings)
    known = by_identity(released)
    newcomers: list[tuple[str, str, Map]] = []
    for path, method, operation in operations(spec):
        before = known.get((canonical_path(path), method))
        if before is None and "x-method" not in operation:
            newcomers.append((path, method, operation))
        for key, name in (
            ("x-resource", _resource(path, prefix)),
            ("x-method", _method(path, method, operation, prefix)),
        ):
            if key not in operation:
                earlier = before.text(key) if before else ""
                operation.put(key, earlier or name, operation.position)
    if released is None:
        return []
    notes = list(_give_way(spec, newcomers, _owners(spec, released)))
    record(spec, released)
    return notes


def _resource(path: str, prefix: Collection[str]) -> str:
    literal = [segment for segment in path_segments(path, prefix) if "{" not in segment]
    return snake_case(shortened(literal[0] if literal else "root"), RESOURCES)


def _method(path: str, method: str, operation: Map, prefix: Collection[str]) -> str:
    if name := method_name(operation.text("operationId")):
        return name
    words = (method, *path_segments(path, prefix), path.partition("?")[2])
    return snake_case(shortened(" ".join(words)), METHODS)


def _owners(spec: Map, released: Map) -> dict[tuple[str, str], str]:
    """Return the names that released operations have, or had and may still be called by."""
    known = by_identity(released)
    owners: dict[tuple[str, str], str] = {}
    for path, method, operation in operations(spec):
        before = known.get((canonical_path(path), method))
        if before is None:
            continue
        names = [(operation.text("x-resource"), operation.text("x-method"))]
        former = names_before(operation, before, released)
        for resource, name in [*names, *((item.resource, item.method) for item in former)]:
            owners.setdefault((resource, name.rstrip("_")), f"{method.upper()} {path}")
    return owners


def _give_way(
    spec: Map, newcomers: list[tuple[str, str, Map]], owners: dict[tuple[str, str], str]
) -> Iterator[Finding]:
    """Call new operations by method and whole path where their names are those of released ones."""
    for path, method, operation in newcomers:
        resource, name = operation.text("x-resource"), operation.text("x-method")
        owner = owners.get((resource, name.rstrip("_")))
        if owner is None:
            continue
        own = snake_case(shortened(f"{method} {path}"), METHODS)
        operation.put("x-method", own, operation.position)
        yield Finding(
            operation.position,
            "name-gives-way",
            operation=f"{method.upper()} {path}",
            name=f"{resource}.{own}",
            wanted=f"{resource}.{name}",
            owner=owner,
            target=json.dumps(jsonpath(spec, ("paths", path, method)), ensure_ascii=False),
            method=own,
        )


def _written_by_hand(spec: Map) -> Iterator[Finding]:
    for path, method, operation in operations(spec):
        if FORMER not in operation:
            continue
        yield Finding(
            operation.position_of(FORMER),
            "former-names-by-hand",
            key=FORMER,
            operation=f"{method.upper()} {path}",
            target=json.dumps(jsonpath(spec, ("paths", path, method, FORMER)), ensure_ascii=False),
        )


FORMER = "x-former-names"
"""The key of an operation that lists them: `[{resource: r, method: m, since: '2.0.0'}]`."""

_SHOWN = 80


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that an operation had before."""

    resource: str
    method: str
    since: str
    """The version that deprecated it."""

    @property
    def module(self) -> str:
        """The name of the module that the operation had."""
        return module_name(self.method)

    @property
    def is_proper(self) -> bool:
        """Whether Python and the package can use it."""
        names = ((self.resource, RESOURCES), (self.method, METHODS))
        return all(
            name == snake_case(name, reserved) and len(name) <= LONGEST for name, reserved in names
        )

    def __str__(self) -> str:
        return f"{self.resource}.{self.method}"


def by_identity(root: Map | None) -> dict[tuple[str, str], Map]:
    """The operations of a spec by what identifies them: path, whatever its templates are called,
    and method.
    """
    found = operations(root) if root else ()
    return {(canonical_path(path), method): operation for path, method, operation in found}


def former_names(operation: Map) -> list[FormerName]:
    """Return the former names of an operation.

    Raises:
        GeneratorError: What is listed is no name, or has no version.
    """
    listed = operation.get(FORMER, Seq(position=operation.position))
    if not isinstance(listed, Seq):
        raise _unreadable(operation, listed)
    return [_former_name(operation, item) for item in listed]


def _former_name(operation: Map, item: Node) -> FormerName:
    if not isinstance(item, Map):
        raise _unreadable(operation, item)
    name = FormerName(item.text("resource"), item.text("method"), item.text("since"))
    if parsed(name.since) is None:
        raise _unreadable(operation, item)
    return name


def record(spec: Map, released: Map) -> None:
    """Write down the names that released operations had, where they have others now.

    Former names that have been released go on, until `retire`. A name that another operation has
    now is no former name.
    """
    before = by_identity(released)
    taken = {
        (operation.text("x-resource"), module_name(operation.text("x-method")))
        for _, _, operation in operations(spec)
    }
    for identity, operation in by_identity(spec).items():
        kept = []
        for name in names_before(operation, before.get(identity), released):
            key = (name.resource, name.module)
            if name.is_proper and key not in taken:
                taken.add(key)
                kept.append(name)
        put_former_names(operation, kept)


def names_before(operation: Map, before: Map | None, released: Map) -> list[FormerName]:
    """Return the released name of an operation, if it has another now, and all former ones."""
    if before is None:
        return []
    old = (before.text("x-resource"), before.text("x-method"))
    if not all(old) or old == (operation.text("x-resource"), operation.text("x-method")):
        return former_names(before)
    return [FormerName(*old, _next_major(released)), *former_names(before)]


def put_former_names(operation: Map, names: list[FormerName]) -> None:
    """Have an operation list these former names and no others."""
    operation.pop(FORMER, None)
    if names:
        listed = [
            {"resource": name.resource, "method": name.method, "since": name.since}
            for name in names
        ]
        operation.put(FORMER, placed(listed, operation.position), operation.position)


def _next_major(released: Map) -> str:
    """Return the version that a change of a name requires."""
    found = released_version(released)
    version = parsed(found)
    if version is None:
        raise refusal(released.position_of(RELEASE), "former-names-undated", found=found or "none")
    return str(following(version, "major"))


def _unreadable(operation: Map, found: Node) -> GeneratorError:
    position = found.position if isinstance(found, Map) else operation.position_of(FORMER)
    text = str(plain(found))[:_SHOWN]
    return refusal(position, "former-names-unreadable", key=FORMER, found=text)
