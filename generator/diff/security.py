"""Compares the credentials that operations require."""

from __future__ import annotations

from generator.client import Operation
from generator.document import Map

from .collector import Collector
from .surface import Surface

_HEADERS = ("header",)


def compare_credentials(collector: Collector, before: Operation, after: Operation) -> None:
    """Compare the alternatives of credentials, whatever their schemes are called."""
    old, new = _alternatives(collector.old, before), _alternatives(collector.new, after)
    sides = _text(old), _text(new)
    if not _lets_in(new, old):
        collector.add("credential-required", sides)
    if not _lets_in(old, new):
        collector.add("credential-dropped", sides)
    if old == new:
        details = _details(collector.old, before), _details(collector.new, after)
        if details[0] != details[1]:
            collector.add("metadata-changed", ("security scheme", "security scheme"))


def _lets_in(wide: set[frozenset[str]], narrow: set[frozenset[str]]) -> bool:
    """Return whether all credentials that satisfy `narrow` satisfy `wide` too."""
    return all(any(needed <= held for needed in wide) for held in narrow)


def _alternatives(surface: Surface, operation: Operation) -> set[frozenset[str]]:
    holder = operation.node if "security" in operation.node else surface.spec
    found = set()
    for option in holder.seq("security").maps():
        needed = set()
        for name in option:
            scheme = _identity(_scheme(surface, name))
            needed |= {scheme, *(f"{scheme}: {scope}" for scope in option.seq(name).texts())}
        found.add(frozenset(needed))
    return found or {frozenset()}


def _scheme(surface: Surface, name: str) -> Map:
    schemes = surface.spec.map("components").map("securitySchemes")
    return surface.reader.schemas.follow(schemes.map(name))


def _identity(scheme: Map) -> str:
    """Return the credential that a scheme requires."""
    kind = scheme.text("type")
    if kind == "apiKey":
        name, place = scheme.text("name"), scheme.text("in")
        return f"apiKey {place} {name.lower() if place in _HEADERS else name}"
    return f"http {scheme.text('scheme').lower()}" if kind == "http" else kind


def _details(surface: Surface, operation: Operation) -> list[str]:
    holder = operation.node if "security" in operation.node else surface.spec
    names = {name for option in holder.seq("security").maps() for name in option}
    return sorted(surface.reader.canonical(_scheme(surface, name)) for name in names)


def _text(alternatives: set[frozenset[str]]) -> str:
    return " or ".join(sorted(" and ".join(sorted(needed)) or "none" for needed in alternatives))
