"""The head of the merged spec: info, servers, tags and the like."""

from __future__ import annotations

from collections.abc import Sequence

from generator.config import Settings
from generator.document import Map, Seq, copied
from generator.findings import Finding

from .conflicts import Contradiction
from .equality import normal_url
from .fold import Folder
from .log import Conflict
from .occurrences import Home, Side
from .proposed_overlays import agreeing

_FIELDS = ("title", "description", "version")


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
