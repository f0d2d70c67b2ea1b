"""Compares what concerns a client as a whole: its server, and the description of the API."""

from __future__ import annotations

from generator.released import RELEASE

from .collector import Collector
from .operations import urls
from .surface import Surface

_COMPARED = {"openapi", "info", "servers", "paths", "components", "security", "x-source", RELEASE}


def compare_client(collector: Collector) -> None:
    """Compare two clients apart from their operations."""
    old, new = collector.old, collector.new
    sides = urls(old.reader, old.spec), urls(new.reader, new.spec)
    if sides[0] != sides[1]:
        first = [side.partition(", ")[0] for side in sides]
        collector.add("server-changed" if first[0] != first[1] else "metadata-changed", sides)
    info = [_words(side) for side in (old, new)]
    for key in sorted(info[0].keys() | info[1].keys()):
        texts = info[0].get(key, ""), info[1].get(key, "")
        collector.compare("info-changed", texts, (old.spec.map("info"), new.spec.map("info")))
    for key in sorted((old.spec.keys() | new.spec.keys()) - _COMPARED):
        before, after = collector.canonical(old.spec.get(key), new.spec.get(key))
        collector.compare("metadata-changed", (f"{key} {before}", f"{key} {after}"))


def _words(surface: Surface) -> dict[str, str]:
    found = {}
    info = surface.spec.map("info")
    for key in info:
        text = info.text(key)
        value = " ".join(text.split()) if text else surface.reader.canonical(info[key])
        found[key] = f"{key} {value}"
    return found
