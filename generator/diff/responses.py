"""Compares what a method returns, and the documented error responses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.client import Operation, Type, is_success
from generator.client.media import preferred
from generator.client.types import NONE, REDIRECT
from generator.document import Map

from .collector import Collector, Ends, Sides
from .constraints import compare_facts
from .schema_keywords import EXAMPLES, Facts, Reader
from .types import reading, renamed

_NOTHING = frozenset({NONE})


def compare_responses(collector: Collector, before: Operation, after: Operation) -> None:
    """Compare the type returned, then each status."""
    returned = frozenset(renamed(item, collector.names) for item in after.returned)
    kinds = list(_kinds(before.returned, returned))
    for kind in kinds:
        collector.add(kind, (before.annotation, after.annotation))
    collector.compare("response-read-otherwise", (_read(before), _read(after)))
    for sides in sorted(_readings(before, after, collector.names)):
        collector.compare("union-read-otherwise", sides)
    for status in sorted(before.responses.keys() | after.responses.keys()):
        _compare_status(collector, status, before, after, bool(kinds))


def _kinds(old: frozenset[Type], new: frozenset[Type]) -> Iterator[str]:
    if old == new:
        return
    if _NOTHING in (old, new):
        yield "response-added" if old == _NOTHING else "response-removed"
    else:
        if old - {NONE, REDIRECT} != new - {NONE, REDIRECT}:
            yield "response-type-changed"
        if (NONE in old) != (NONE in new):
            yield "response-may-be-empty" if NONE in new else "response-never-empty"
    if (REDIRECT in old) != (REDIRECT in new):
        yield "response-may-redirect" if REDIRECT in new else "response-never-redirects"


def _readings(before: Operation, after: Operation, names: Mapping[str, str]) -> set[Sides]:
    """Return how bodies of equal types are read, before and after."""
    types = {outcome.status: outcome.type for outcome in after.bodies}
    return {
        (reading(old.type, {}), reading(new, names))
        for old in before.bodies
        if (new := types.get(old.status)) and renamed(new, names) == old.type
    }


def _read(operation: Operation) -> str:
    """Describe the response bodies of an operation, and the `Accept` header."""
    kinds = sorted({outcome.kind for outcome in operation.bodies})
    return " ".join([*kinds, ", ".join(sorted(operation.accept.split(", ")))]).strip()


def _compare_status(
    collector: Collector, status: str, before: Operation, after: Operation, returned: bool
) -> None:
    old, new = before.responses.get(status), after.responses.get(status)
    at = before.node.map("responses").map(status), after.node.map("responses").map(status)
    success = [is_success(status, side.node) for side in (before, after)]
    if old is None or new is None:
        is_redirect = status.startswith("3")
        is_error = not is_redirect and not any(success)
        kind = "error-response" if is_error else "status"
        change, sides = ("added", ("", status)) if old is None else ("removed", (status, ""))
        if is_error or not returned:
            collector.add("metadata-changed" if is_redirect else f"{kind}-{change}", sides, at)
    elif all(success):
        _compare_success(collector, status, old, new, at)
    elif not any(success):
        _compare_failure(collector, status, old, new, at)


def _compare_failure(collector: Collector, status: str, old: Map, new: Map, at: Ends) -> None:
    kind = "metadata-changed" if status.startswith("3") else "error-response-changed"
    whole = collector.read(Reader.canonical, old, new)
    if not collector.compare(kind, texts(old, new, "description"), at) and whole[0] != whole[1]:
        collector.add(kind, (status, status), at)


def texts(old: Map, new: Map, key: str) -> Sides:
    """Return the prose under a key of both sides, each on one line."""
    return " ".join(old.text(key).split()), " ".join(new.text(key).split())


def _compare_success(collector: Collector, status: str, old: Map, new: Map, at: Ends) -> None:
    collector.compare("prose-changed", texts(old, new, "description"), at)
    besides = collector.read(_besides, old, new)
    if besides[0] != besides[1]:
        collector.add("metadata-changed", (status, status), at)
    collector.compare("example-changed", collector.read(examples, old, new), at)
    for found in compare_facts(*collector.read(_facts, old, new), subject=""):
        collector.add(found.returned, found.sides, at)


def _facts(reader: Reader, response: Map) -> Facts:
    content = preferred(response.map("content"))
    return reader.facts(content.schema) if content and content.kind != "binary" else {}


def examples(reader: Reader, holder: Map) -> str:
    """Return the examples beside the schemas of a body."""
    return ", ".join(
        f"{name}: {reader.canonical(media[key])}"
        for name, media in sorted(holder.map("content").maps())
        for key in EXAMPLES
        if key in media
    )


def unused(reader: Reader, holder: Map, used: Sequence[str]) -> str:
    """Return the media types of a body other than those that the client uses."""
    found = sorted(holder.map("content").maps())
    return ", ".join(f"{name} {reader.canonical(item)}" for name, item in found if name not in used)


def _besides(reader: Reader, response: Map) -> dict[str, str]:
    """Return what callers do not see of a success: headers, links, unused media types."""
    chosen = preferred(response.map("content"))
    found = {"content": unused(reader, response, chosen.media_types if chosen else ())}
    others = response.keys() - {"content", "description"}
    return found | {key: reader.canonical(response[key]) for key in others}
