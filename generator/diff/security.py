"""Compares the credentials that operations require, and where they are sent to obtain tokens."""

from __future__ import annotations

from collections.abc import Iterable

from generator.client import Operation
from generator.document import Map
from generator.upgrade.security import TOKEN_URLS
from generator.upgrade.servers import origin

from .collector import Collector
from .schema_keywords import Reader


def compare_credentials(collector: Collector, before: Operation, after: Operation) -> None:
    """Compare the alternatives of credentials, whatever their schemes are called."""
    old, new = collector.read(_alternatives, before, after)
    sides = _text(old), _text(new)
    if not _lets_in(new, old):
        collector.add("credential-required", sides)
    if not _lets_in(old, new):
        collector.add("credential-dropped", sides)
    flows = collector.read(_flows, before, after)
    origins = [{text for text, _ in found.values()} for found in flows]
    details = collector.read(_details, before, after)
    if old == new and origins[0] == origins[1] and details[0] != details[1]:
        collector.add("metadata-changed", ("security scheme", "security scheme"))


def compare_token_endpoints(
    collector: Collector, operations: Iterable[tuple[Operation, Operation]]
) -> None:
    """Compare how tokens are obtained: each difference once, as many operations share it."""
    found: set[tuple[str, str]] = set()
    for before, after in operations:
        flows = collector.read(_flows, before, after)
        if not all(flows):
            continue  # a credential that has come or gone
        for name in sorted(flows[0].keys() | flows[1].keys()):
            (left, old), (right, new) = (each.get(name, ("", None)) for each in flows)
            if left == right or (left, right) in found:
                continue
            found.add((left, right))
            if left and right:
                collector.add("token-url-changed", (left, right), (old, new))
            elif left:
                collector.add("token-flow-removed", (name, ""), (old, None))
            else:
                collector.add("token-flow-added", ("", name), (None, new))


def _flows(reader: Reader, operation: Operation) -> dict[str, tuple[str, Map]]:
    """Return the flows by which tokens are obtained, each with its name and origins as text."""
    found: dict[str, tuple[set[str], Map]] = {}
    for scheme in _schemes(reader, operation):
        itself = [("openIdConnect", scheme)] if scheme.text("openIdConnectUrl") else []
        for name, flow in (*scheme.map("flows").maps(), *itself):
            origins, _ = found.setdefault(name, (set(), flow))
            origins.update(origin(flow.text(key)) for key in TOKEN_URLS if flow.text(key))
    return {
        name: (f"{name} {', '.join(sorted(origins))}", node)
        for name, (origins, node) in found.items()
    }


def _lets_in(wide: set[frozenset[str]], narrow: set[frozenset[str]]) -> bool:
    """Return whether all credentials that satisfy `narrow` satisfy `wide` too."""
    return all(any(needed <= held for needed in wide) for held in narrow)


def _alternatives(reader: Reader, operation: Operation) -> set[frozenset[str]]:
    holder = operation.node if "security" in operation.node else reader.spec
    found = set()
    for option in holder.seq("security").maps():
        needed = set()
        for name in option:
            scheme = _identity(_scheme(reader, name))
            needed |= {scheme, *(f"{scheme}: {scope}" for scope in option.seq(name).texts())}
        found.add(frozenset(needed))
    return found or {frozenset()}


def _scheme(reader: Reader, name: str) -> Map:
    schemes = reader.spec.map("components").map("securitySchemes")
    return reader.schemas.follow(schemes.map(name))


def _identity(scheme: Map) -> str:
    """Return the credential that a scheme requires."""
    kind = scheme.text("type")
    if kind == "apiKey":
        name, place = scheme.text("name"), scheme.text("in")
        return f"apiKey {place} {name.lower() if place == 'header' else name}"
    return f"http {scheme.text('scheme').lower()}" if kind == "http" else kind


def _details(reader: Reader, operation: Operation) -> list[str]:
    return sorted(map(reader.canonical, _schemes(reader, operation)))


def _schemes(reader: Reader, operation: Operation) -> list[Map]:
    names = {name for option in operation.security for name in option}
    return [_scheme(reader, name) for name in sorted(names)]


def _text(alternatives: set[frozenset[str]]) -> str:
    return " or ".join(sorted(" and ".join(sorted(needed)) or "none" for needed in alternatives))
