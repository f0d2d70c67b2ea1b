"""The parts of the merged spec: operations, components, servers, tags and the like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.config import Settings
from generator.document import METHODS, Map, Node, Seq, collected
from generator.findings import Finding
from generator.grammar import OPENAPI

from .conflicts import Conflict, Contradiction
from .equality import normal_url
from .fold import Folder
from .occurrences import Home, Side, entries, fragment, grouped
from .proposed_overlays import agreeing

_KINDS = {key: rule.strip("{}") for key, rule in OPENAPI["components"].items()}

Operations = Mapping[tuple[str, str], list[Side]]
"""The operations of all documents by path and method."""


def paths(homes: Sequence[Home], found: Operations, folder: Folder) -> Map:
    """Return the sorted paths of the merged spec, their operations in the order of OpenAPI."""
    items = collected(each for each in entries(homes, "paths") if not each[0].startswith("x-"))
    result = Map(position=homes[0].root.position)
    for path, sides in sorted(items.items()):
        item = Map(position=sides[0].position)
        refs = [side.child("$ref") for side in sides if "$ref" in side.map]
        if refs:
            # Not followed: it is for an overlay to resolve.
            with folder.about(f"the path {path!r}"):
                folder.ledger.clash(refs, [fragment(str(side.node)) for side in refs])
            item.put("$ref", refs[0].written)
        for method in METHODS:
            if each := found.get((path, method)):
                operation = _folded(folder, "operation", f"{method.upper()} {path}", each)
                item.put(method, operation, each[0].position)
        result.put(path, item, sides[0].position)
    return result


def _folded(folder: Folder, what: str, subject: str, sides: list[Side]) -> Node:
    """Fold an operation or a component, and note how many further documents have it."""
    folder.collapsed += len(sides) - 1
    with folder.about(subject, sides[0].at):
        node = folder.fold(what, grouped(sides))
    if not isinstance(node, Map):
        return node
    parameters = [node] if what == "parameter" else node.seq("parameters").maps()
    required = [each for each in parameters if each.get("in") == "path"]  # all of them are
    optional = [each for each in required if each.get("required") is not True]
    for each in optional:
        each.put("required", True, each.position_of("required"))
    if names := [each.text("name") for each in optional]:
        code = "path-parameters-optional" if len(names) > 1 else "path-parameter-optional"
        folder.warnings.append(Finding(sides[0].position, code, subject=subject, names=names))
    if len(sides) > 1:
        node.map("x-source").put("repeats", len(sides) - 1)
    return node


def components(homes: Sequence[Home], folder: Folder) -> Map:
    """Return the components of the merged spec by kind (in the order of OpenAPI) and name."""
    result = Map(position=homes[0].root.position)
    for kind, what in _KINDS.items():
        table = Map(position=result.position)
        for name, sides in sorted(collected(entries(homes, "components", kind)).items()):
            node = _folded(folder, what, f"the component {kind}/{name}", sides)
            table.put(name, node, sides[0].position)
        if table:
            result.put(kind, table)
    return result


def info(homes: Sequence[Home], settings: Settings, folder: Folder) -> Map:
    """Return title, description and version from the settings or else the first document."""
    first = homes[0].root.map("info")
    result = Map(position=first.position)
    taken: list[str] = []
    for key in ("title", "description", "version"):
        value = getattr(settings, key)
        if value is not None:
            result.put(key, value)
        elif key in first:
            taken.append(key)
            result.put(key, str(first[key]), first.position_of(key))
    if taken:
        values = {"keys": taken, "document": homes[0].name}
        folder.warnings.append(Finding(first.position, "settings-missing", **values))
    return result


def servers(homes: Sequence[Home], folder: Folder) -> tuple[Seq | None, list[Contradiction]]:
    """Return the servers of those documents that name some. They must all name the same."""
    sides = [Side(home, home.root.get("servers"), ("servers",)) for home in homes]
    group = tuple((urls, side) for side in sides if (urls := listed(side)))
    if not group:
        return None, []
    (expected, first), *others = group
    values: dict[str, object] = {"reference": first.home.name, "place": first.position}
    errors = []
    for found, side in others:
        if found != expected:
            values |= {"expected": expected, "document": side.home.name, "found": found}
            finding = Finding(side.position, "servers-differ", **values)
            cures = ((side.home, tuple(agreeing(first, side))),)
            conflict = Conflict("the servers", first, side, group=group)
            errors.append(Contradiction(finding, cures, conflict))
    if errors:
        return None, errors
    with folder.about("the servers"):
        return folder.fold_list("server", [side for _, side in group]), []


def listed(side: Side) -> str:
    """Return the URLs of the servers that a document names."""
    servers = side.node.maps() if isinstance(side.node, Seq) else ()
    return ", ".join(sorted({normal_url(server.text("url")) for server in servers}))


def tags(homes: Sequence[Home], folder: Folder) -> Seq | None:
    """Return the tags of all documents, each once, whatever its case."""
    named = collected(
        (tag.text("name").casefold(), Side(home, tag, ("tags", index)))
        for home in homes
        for index, tag in enumerate(home.root.seq("tags").maps())
    )
    if not named:
        return None
    position = next(iter(named.values()))[0].position
    with folder.about("the tags"):
        return Seq((folder.fold("tag", sides) for sides in named.values()), position=position)


def webhooks(homes: Sequence[Home], folder: Folder) -> Map | None:
    """Return the webhooks of all documents; those of the same name must agree."""
    result = Map(position=homes[0].root.position_of("webhooks"))
    for name, sides in sorted(collected(entries(homes, "webhooks")).items()):
        with folder.about(f"the webhook {name!r}", sides[0].at):
            result.put(name, folder.fold("path item", sides), sides[0].position)
    return result or None
