"""Compares operations (names, effect, request body, description), and clients apart from them."""

from __future__ import annotations

from functools import partial

from generator.client import PAGINATION, Body, Operation
from generator.document import Map
from generator.grammar import PROSE
from generator.names import FORMER
from generator.released import RELEASE

from .arguments import compare_arguments
from .collector import Collector
from .differences import Difference
from .models import Models
from .responses import compare_responses, examples, texts, unused
from .schema_keywords import Reader
from .security import compare_credentials

_COMPARED = {"parameters", "requestBody", "responses", "security", "deprecated", "tags", "servers"}
_COMPARED |= {"x-source", "x-resource", "x-method", "x-effect", FORMER, *PROSE}


def compare_operation(models: Models, before: Operation, after: Operation) -> list[Difference]:
    """Return the differences of an operation that both specs have."""
    collector = Collector(models.old, models.new, before, after, models.renamed)
    _compare_names(collector, before, after)
    _compare_effect(collector, before, after)
    compare_credentials(collector, before, after)
    compare_arguments(collector, before, after)
    _compare_body(collector, before, after)
    compare_responses(collector, before, after)
    models.compare(collector, before, after)
    _compare_servers(collector, before, after)
    _compare_words(collector, before, after)
    return collector.found


def _compare_names(collector: Collector, before: Operation, after: Operation) -> None:
    if before.name != after.name:
        collector.add("operation-renamed", (before.name, after.name))
    former = [{str(name) for name in side.former_names} for side in (before, after)]
    for name in sorted(former[0] - former[1] - {after.name}):
        collector.add("deprecated-name-removed", (name, ""), python=name)
    for name in sorted(former[1] - former[0] - {before.name}):
        collector.add("deprecated-name-added", ("", name), python=name)
    old, new = (
        f"{side.resource}.{side.pagination.name}" if side.pagination else ""
        for side in (before, after)
    )
    if old and old != new:
        collector.add("iterator-removed", (old, ""), python=old)
    if new and old != new:
        collector.add("iterator-added", ("", new), python=new)


def _compare_effect(collector: Collector, before: Operation, after: Operation) -> None:
    old, new = before.effect, after.effect
    sides = old or "may not be repeated", new or "may not be repeated"
    if old != new:
        kind = "effect-spends" if new == "spends" else "effect-changed"
        if old == "spends":
            kind = "effect-may-be-repeated" if new else "effect-no-longer-spends"
        collector.add(kind, sides)
    if before.deprecated != after.deprecated:
        collector.add("operation-deprecated" if after.deprecated else "operation-undeprecated")


def _compare_body(collector: Collector, before: Operation, after: Operation) -> None:
    old, new = before.body, after.body
    if old is None or new is None:
        return
    bodies = old.node, new.node
    collector.compare("prose-changed", texts(*bodies, "description"), bodies)
    collector.compare("example-changed", collector.read(examples, *bodies), bodies)
    collector.compare("metadata-changed", collector.read(_others, old, new), bodies)
    if old.open_media_type and new.open_media_type:
        for name in sorted({*old.media_types} - {*new.media_types}):
            collector.add("media-type-removed", (name, ""), bodies)
        for name in sorted({*new.media_types} - {*old.media_types}):
            collector.add("media-type-added", ("", name), bodies)
    collector.compare("body-sent-otherwise", collector.read(_sent, old, new), bodies)


def _others(reader: Reader, body: Body) -> str:
    return unused(reader, body.node, body.media_types)


def _sent(reader: Reader, sent: Body) -> str:
    name = sent.media_types[0]
    encoding = reader.canonical(sent.node.map("content").map(name).get("encoding"))
    words = [sent.kind, "" if sent.open_media_type else name, "required" if sent.required else ""]
    return " ".join(filter(None, [*words, "" if encoding == "null" else encoding]))


def _compare_servers(collector: Collector, before: Operation, after: Operation) -> None:
    """Compare the servers of an operation that has some of its own."""
    own = [side.node.get("servers") or side.item.get("servers") for side in (before, after)]
    if own[0] or own[1]:
        collector.compare("server-changed", collector.read(_own_urls, before, after))


def _own_urls(reader: Reader, operation: Operation) -> str:
    holders = (operation.node, operation.item, reader.spec)
    return next((text for holder in holders if (text := _urls(reader, holder))), "")


def _urls(reader: Reader, holder: Map) -> str:
    """Return the servers of an object in order, with the variables of their URLs."""
    found = []
    for server in holder.seq("servers").maps():
        variables = server.map("variables")
        found.append(server.text("url") + (reader.canonical(variables) if variables else ""))
    return ", ".join(found)


def _compare_words(collector: Collector, before: Operation, after: Operation) -> None:
    old, new = before.node, after.node
    if not collector.compare("prose-changed", texts(old, new, "summary")):
        collector.compare("prose-changed", texts(old, new, "description"))
    collector.compare("tags-changed", (_tags(old), _tags(new)))
    details = collector.read(_details, before, after)
    if PAGINATION not in old.keys() & new.keys():
        for each in details:
            each.pop(PAGINATION, None)  # compared as a method
    collector.compare_each("metadata-changed", details)


def _tags(node: Map) -> str:
    return ", ".join(sorted(node.seq("tags").texts(), key=str.lower))


def _details(reader: Reader, operation: Operation) -> dict[str, str]:
    """Return what callers do not see of an operation."""
    compared = {*_COMPARED, "x-may-be-empty"} if operation.bodies else _COMPARED
    return _fields(reader, operation.node, compared)


def _fields(reader: Reader, node: Map, but: set[str]) -> dict[str, str]:
    return {key: f"{key} {reader.canonical(node[key])}" for key in node.keys() - but}


_OF_CLIENT = {"openapi", "info", "servers", "paths", "components", "security", "x-source", RELEASE}


def compare_client(collector: Collector) -> None:
    """Compare what clients have besides operations: servers, title, extensions."""
    old, new = collector.old, collector.new
    sides = collector.read(_urls, old.spec, new.spec)
    first = [side.partition(", ")[0] for side in sides]
    collector.compare("server-changed" if first[0] != first[1] else "metadata-changed", sides)
    info = old.spec.map("info"), new.spec.map("info")
    collector.compare_each("info-changed", collector.read(_about, *info), info)
    others = collector.read(partial(_fields, but=_OF_CLIENT), old.spec, new.spec)
    collector.compare_each("metadata-changed", others)


def _about(reader: Reader, info: Map) -> dict[str, str]:
    texts = {key: " ".join(info.text(key).split()) or reader.canonical(info[key]) for key in info}
    return {key: f"{key} {text}" for key, text in texts.items()}
