"""The names that operations had before: they go on working, deprecated, for one major version."""

from __future__ import annotations

from dataclasses import dataclass

from generator.document import Map, Node, Seq, operations, placed, plain
from generator.findings import GeneratorError, refusal
from generator.released import RELEASE, released_version
from generator.semver import following, parsed

from .spelling import LONGEST, METHODS, RESOURCES, canonical_path, module_name, snake_case

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
