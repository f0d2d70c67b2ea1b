"""Documents that arrive: which files they are, and what they have to do with those there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.amend.overlays import file_text, overlay_of
from generator.document import Map, canonical_path, collected, operations
from generator.findings import GeneratorError, refusal, together
from generator.load import SUFFIXES, load_document, load_file, source_names
from generator.load.syntax import parse
from generator.merge.occurrences import text_of
from generator.merge.proposed_overlays import extends
from generator.names import by_identity
from generator.pipeline import upgraded

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document, and what it is to the folder of sources."""

    given: Path
    """Where it lies now."""
    name: str
    content: bytes
    before: bytes | None
    """The present content of the source of this name; None for a new name."""
    same: str = ""
    """The document of the folder that has this content under another name."""

    @property
    def is_known(self) -> bool:
        """Whether the folder of sources has it already."""
        return bool(self.same) or self.before == self.content

    @property
    def fate(self) -> str:
        """Its effect, in a word."""
        if self.same:
            return f"the same as {self.same}"
        if self.before is None:
            return "new"
        return "unchanged" if self.before == self.content else "replaced"


def arrivals(sources: Path, paths: Iterable[Path]) -> list[Arrival]:
    """The documents that paths name, files or folders full of them, in the order of their names.

    Raises:
        GeneratorError: One is no document, or cannot get the name that it has.
    """
    found: dict[str, Arrival] = {}

    def take(file: Path) -> None:
        arrival = _arrival(sources, file)
        other = found.setdefault(arrival.name, arrival)
        if other.content != arrival.content:
            raise refusal(file, "arrival-twice", other=other.given)

    together(lambda path: together(take, _files(path)), paths)
    return [found[name] for name in sorted(found)]


def _files(path: Path) -> list[Path]:
    """Return the file itself, or the documents directly in a folder."""
    if not path.is_dir():
        return [path]
    documents = [
        file
        for file in sorted(path.iterdir())
        if file.suffix.lower() in SUFFIXES and not file.name.startswith(".") and file.is_file()
    ]
    if not documents:
        raise refusal(path, "arrival-none", suffixes=SUFFIXES)
    return documents


def _arrival(sources: Path, file: Path) -> Arrival:
    if not _NAME.fullmatch(file.name) or file.suffix.lower() not in SUFFIXES:
        raise refusal(file, "arrival-name", suffixes=SUFFIXES)
    place = sources / file.name
    if place.is_symlink() or (place.exists() and not place.is_file()):
        raise refusal(place, "arrival-place")
    for present in sources.iterdir() if sources.is_dir() else ():
        if present.name != file.name and present.name.casefold() == file.name.casefold():
            raise refusal(file, "arrival-case", present=present)
    content = _content(file)
    before = place.read_bytes() if place.exists() else None
    return Arrival(file, file.name, file.read_bytes(), before, _same_as(sources, file, content))


def _same_as(sources: Path, file: Path, content: str) -> str:
    """The document among the sources that has the content of a file, under another name."""
    with suppress(GeneratorError):  # No document may be there yet.
        for name in sorted(source_names(sources)):
            with suppress(GeneratorError):
                if name != file.name and _content(sources / name) == content:
                    return name
    return ""


def _content(file: Path) -> str:
    # An overlay may correct its shape, before it is tried.
    documents, _ = load_document(file, shaped=False)
    return text_of([each.root for each in documents])


def replaced_names(sources: Path, arrived: Sequence[Arrival], given: Iterable[str]) -> list[str]:
    """The documents that the one that arrives replaces.

    Raises:
        GeneratorError: One of them is not there, or several documents arrive.
    """
    names = list(dict.fromkeys(Path(name).name for name in given))
    if not names:
        return []
    if len(arrived) != 1:
        raise refusal(sources, "replaces-several", names=[each.name for each in arrived])
    known = sorted(source_names(sources))
    for name in names:
        if name not in known:
            raise refusal(sources / name, "replaces-unknown", known=known)
    return [name for name in names if name != arrived[0].name]


def supersets(sources: Path, arrived: Iterable[str]) -> dict[str, list[str]]:
    """The new documents that have every operation of some that were there, with those."""
    new = set(arrived)
    known = {name: _operations(sources / name) for name in sorted(source_names(sources))}
    old = {name: there for name, there in known.items() if there and name not in new}
    pairs = ((name, other) for name in sorted(new) for other in old)
    return collected((name, other) for name, other in pairs if old[other] <= known[name])


def dropped(file: Path, spec: Map) -> list[str]:
    """The operations of the merged spec in a file that another one lacks."""
    before: list[Map] = []
    with suppress(GeneratorError):  # It is an output, which is written anew.
        before = load_file(file)
    there = by_identity(spec)
    return [
        f"{method.upper()} {path}"
        for root in before
        for path, method, _ in operations(root)
        if (canonical_path(path), method) not in there
    ]


def _operations(file: Path) -> set[tuple[str, str]]:
    """Canonical paths and methods; empty for what cannot be read as it is written."""
    try:
        documents, _ = upgraded(load_document(file)[0])
    except GeneratorError:
        return set()
    return set().union(*(by_identity(document.root) for document in documents))


def extend_instead(specs: Path, old: str, new: str) -> None:
    """Have the overlays that amend a source document amend another one."""
    sources = sorted({old, new, *source_names(specs / "sources")})
    folder = specs / "overlays"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            roots = load_file(path)
        except GeneratorError:
            continue  # It is refused later, with its place.
        lines = path.read_bytes().decode("utf-8").splitlines(keepends=True)
        for root in roots:
            if overlay_of(path.name, root, sources)[0].document == old:
                written, line = root.text("extends"), root.position_of("extends").line - 1
                lines[line] = lines[line].replace(written, extends(new), 1)
                root["extends"] = extends(new)
        text = "".join(lines)
        if text_of(parse(text, str(path))) != text_of(roots):  # The line names it in another way.
            text = file_text(path, roots)
        path.write_bytes(text.encode())
