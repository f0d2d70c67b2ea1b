"""The parts of the merged spec: operations, components, servers, tags and the like."""

from __future__ import annotations

from collections.abc import Sequence

from generator.config import Settings
from generator.document import METHODS, Map, Node, Position, Seq, copied
from generator.findings import Finding
from generator.grammar import OPENAPI

from .conflicts import Conflict, Contradiction
from .equality import normal_url
from .fold import Folder
from .occurrences import Home, Side, fragment, grouped, operations, written
from .proposed_overlays import agreeing

KINDS = {key: rule.strip("{}") for key, rule in OPENAPI["components"].items()}
_FIELDS = ("title", "description", "version")


class Operations:
    """The operations of all documents by path and method, and how they become one each."""

    def __init__(self, homes: Sequence[Home]) -> None:
        self.homes = homes
        self.found: dict[tuple[str, str], list[Side]] = {}
        for home in homes:
            for path, method, side in operations(home):
                self.found.setdefault((path, method), []).append(side)

    @property
    def repeats(self) -> int:
        """The number of operations that repeat an earlier document."""
        return sum(len(sides) - 1 for sides in self.found.values())

    def fold(self, folder: Folder, warnings: list[Finding], position: Position) -> Map:
        """Return the sorted paths of the merged spec, their operations in the order of OpenAPI."""
        paths = Map(position=position)
        for path, items in sorted(self._items().items()):
            item = Map(position=items[0].position)
            refs = [side for side in items if "$ref" in side.map]
            if refs:
                folder.ledger.open(f"the path {path!r}")
                item.put("$ref", _reference(folder, [side.child("$ref") for side in refs]))
            for method in METHODS:
                sides = self.found.get((path, method))
                if sides:
                    operation = self._folded(folder, f"{method.upper()} {path}", sides, warnings)
                    item.put(method, operation, sides[0].position)
            paths.put(path, item, items[0].position)
        return paths

    def _items(self) -> dict[str, list[Side]]:
        items: dict[str, list[Side]] = {}
        for home in self.homes:
            for path, item in home.root.map("paths").maps():
                if not path.startswith("x-"):
                    items.setdefault(path, []).append(Side(home, item, ("paths", path)))
        return items

    def _folded(
        self, folder: Folder, subject: str, sides: list[Side], warnings: list[Finding]
    ) -> Map:
        folder.ledger.open(subject)
        operation = folder.fold("operation", grouped(sides))
        assert isinstance(operation, Map)
        warnings += folder.ledger.warnings(sides[0].at)
        warnings += _required(subject, operation, sides[0])
        sourced(operation, len(sides) - 1)
        return operation


def _reference(folder: Folder, sides: list[Side]) -> Node:
    """Return the reference of a path, which is not followed: it is for an overlay to resolve."""
    refs = [fragment(str(side.node)) for side in sides]
    if len(set(refs)) > 1:
        folder.ledger.clash(sides, refs)
    return written(sides[0])


def sourced(node: Map, repeats: int) -> None:
    """Note on an operation or component how many further documents have it."""
    source = node.get("x-source")
    if repeats and isinstance(source, Map):
        source.put("repeats", repeats)


def _required(subject: str, operation: Map, side: Side) -> list[Finding]:
    """Make the parameters of the path required, as they are whatever documents say."""
    names = [
        parameter.text("name")
        for parameter in operation.seq("parameters").maps()
        if require(parameter)
    ]
    if not names:
        return []
    code = "path-parameters-optional-in" if len(names) > 1 else "path-parameter-optional-in"
    return [Finding(side.position, code, subject=subject, names=names)]


def require(parameter: Map) -> bool:
    """Make a path parameter required. Returns whether it was not."""
    if parameter.get("in") != "path" or parameter.get("required") is True:
        return False
    parameter.put("required", True, parameter.position_of("required"))
    return True


class Components:
    """The components of all documents by kind and name, and how they become one each."""

    def __init__(self, homes: Sequence[Home]) -> None:
        self.found: dict[tuple[str, str], list[Side]] = {}
        for home in homes:
            for kind, table in home.root.map("components").maps():
                if kind in KINDS:
                    for name, node in table.items():
                        side = Side(home, node, ("components", kind, name))
                        self.found.setdefault((kind, name), []).append(side)

    @property
    def repeats(self) -> int:
        """The number of components that repeat an earlier document."""
        return sum(len(sides) - 1 for sides in self.found.values())

    def fold(self, folder: Folder, warnings: list[Finding], position: Position) -> Map:
        """Return the components of the merged spec by kind (in the order of OpenAPI) and name."""
        components = Map(position=position)
        for kind in KINDS:
            names = sorted(name for table, name in self.found if table == kind)
            table = Map(position=position)
            for name in names:
                self._fold_one(folder, kind, name, table, warnings)
            if table:
                components.put(kind, table)
        return components

    def _fold_one(
        self, folder: Folder, kind: str, name: str, table: Map, warnings: list[Finding]
    ) -> None:
        sides = self.found[kind, name]
        subject = f"the component {kind}/{name}"
        folder.ledger.open(subject)
        node = folder.fold(KINDS[kind], grouped(sides))
        warnings += folder.ledger.warnings(sides[0].at)
        if isinstance(node, Map):
            sourced(node, len(sides) - 1)
            if kind == "parameters" and require(node):
                where = sides[0].position
                warnings.append(Finding(where, "path-parameter-optional", subject=subject))
        table.put(name, node, sides[0].position)


def info(homes: Sequence[Home], settings: Settings) -> tuple[Map, list[Finding]]:
    """Return title, description and version from the settings or else the first document."""
    first = homes[0].root.map("info")
    result = Map(position=first.position)
    taken: list[str] = []
    for key in _FIELDS:
        value = getattr(settings, key)
        if value is None and key in first:
            value, where = str(first[key]), first.position_of(key)
            taken.append(key)
            result.put(key, value, where)
        elif value is not None:
            result.put(key, value)
    if not taken:
        return result, []
    document = homes[0].name
    return result, [Finding(first.position, "settings-missing", keys=taken, document=document)]


def servers(
    homes: Sequence[Home], folder: Folder, warnings: list[Finding]
) -> tuple[Seq | None, list[Contradiction]]:
    """Return the servers of those documents that name some. They must all name the same."""
    sides = [Side(home, home.root.get("servers"), ("servers",)) for home in homes]
    named = [side for side in sides if _urls(side) - {""}]
    if not named:
        return None, []
    differing: list[Contradiction] = []
    group = tuple((listed(side), side) for side in named)
    for side in named[1:]:
        if _urls(side) != _urls(named[0]):
            finding = Finding(
                side.position,
                "servers-differ",
                reference=named[0].home.name,
                place=named[0].position,
                expected=listed(named[0]),
                document=side.home.name,
                found=listed(side),
            )
            cures = ((side.home, tuple(agreeing(named[0], side))),)
            conflict = Conflict("the servers", named[0], side, group=group)
            differing.append(Contradiction(finding, cures, conflict))
    if differing:
        return None, differing
    folder.ledger.open("the servers")
    folded = folder.fold_list("server", named)
    warnings += folder.ledger.warnings(())
    return folded, []


def _urls(side: Side) -> set[str]:
    listed = side.node if isinstance(side.node, Seq) else Seq(position=side.position)
    return {normal_url(server.text("url")) for server in listed.maps()}


def listed(side: Side) -> str:
    """Return the URLs of the servers that a document names."""
    return ", ".join(sorted(_urls(side)))


def tags(homes: Sequence[Home], folder: Folder, warnings: list[Finding]) -> Seq | None:
    """Return the tags of all documents, each once, whatever its case."""
    named: dict[str, list[Side]] = {}
    for home in homes:
        for index, tag in enumerate(home.root.seq("tags")):
            if isinstance(tag, Map):
                side = Side(home, tag, ("tags", index))
                named.setdefault(tag.text("name").casefold(), []).append(side)
    if not named:
        return None
    folder.ledger.open("the tags")
    position = next(iter(named.values()))[0].position
    folded = Seq((folder.fold("tag", sides) for sides in named.values()), position=position)
    warnings += folder.ledger.warnings(())
    return folded


def external_docs(homes: Sequence[Home]) -> Map | None:
    """Return the external documentation that the first document has of all that have some."""
    found = (copied(home.root["externalDocs"]) for home in homes if "externalDocs" in home.root)
    first = next(found, None)
    return first if isinstance(first, Map) else None


def webhooks(homes: Sequence[Home], folder: Folder, warnings: list[Finding]) -> Map | None:
    """Return the webhooks of all documents; those of the same name must agree."""
    named: dict[str, list[Side]] = {}
    for home in homes:
        for name, item in home.root.map("webhooks").maps():
            named.setdefault(name, []).append(Side(home, item, ("webhooks", name)))
    result = Map(position=homes[0].root.position_of("webhooks"))
    for name, sides in sorted(named.items()):
        folder.ledger.open(f"the webhook {name!r}")
        result.put(name, folder.fold("path item", sides), sides[0].position)
        warnings += folder.ledger.warnings(sides[0].at)
    return result or None
