"""Specs with released names, for the tests of what becomes of these."""

from __future__ import annotations

from support import nodes

from generator.document import Map, operations, placed
from generator.names import assign, former_names


def released(text: str, version: str = "1.4.2") -> Map:
    """A spec as it was released, with the names that its operations get by themselves."""
    spec = nodes(text, "released.yaml")
    assign(spec)
    return stamped(spec, version)


def stamped(spec: Map, version: str) -> Map:
    """The spec, released as a version."""
    spec["x-release"] = placed({"version": version}, spec.position)
    return spec


def successor(text: str, before: Map) -> Map:
    """A spec with its names, after a release."""
    spec = nodes(text)
    assign(spec, before)
    return spec


def called(spec: Map) -> dict[str, str]:
    """What each operation is called; behind it, in brackets, what it was called before."""
    found = {}
    for path, method, operation in operations(spec):
        former = "".join(f" [{name} {name.since}]" for name in former_names(operation))
        name = f"{operation.text('x-resource')}.{operation.text('x-method')}"
        found[f"{method.upper()} {path}"] = name + former
    return found
