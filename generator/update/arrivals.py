"""Checks new documents: which files they are, and whether they can be added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.document import plain
from generator.findings import Finding, GeneratorError, refusal
from generator.load import SUFFIXES, load_document, source_names
from generator.merge.occurrences import text_of

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
    findings: list[Finding] = []
    found: dict[str, Arrival] = {}
    for path in paths:
        for file in _files(path, findings):
            try:
                arrival = _arrival(sources, file)
            except GeneratorError as error:
                findings += error.findings
                continue
            other = found.setdefault(arrival.name, arrival)
            if other.content != arrival.content:
                findings.append(Finding(file, "arrival-twice", other=other.given))
    if findings:
        raise GeneratorError(findings)
    return [found[name] for name in sorted(found)]


def _files(path: Path, findings: list[Finding]) -> Iterator[Path]:
    """Yield the file itself, or the documents directly in a folder."""
    if not path.is_dir():
        yield path
        return
    documents = [
        file
        for file in sorted(path.iterdir())
        if file.suffix.lower() in SUFFIXES and not file.name.startswith(".") and file.is_file()
    ]
    if not documents:
        findings.append(Finding(path, "arrival-none", suffixes=SUFFIXES))
    yield from documents


def _arrival(sources: Path, file: Path) -> Arrival:
    if not _NAME.fullmatch(file.name) or file.suffix.lower() not in SUFFIXES:
        raise refusal(file, "arrival-name", suffixes=SUFFIXES)
    place = sources / file.name
    if place.is_symlink() or (place.exists() and not place.is_file()):
        raise refusal(place, "arrival-place")
    for present in sources.iterdir() if sources.is_dir() else ():
        if present.name != file.name and present.name.casefold() == file.name.casefold():
            raise refusal(file, "arrival-case", present=present)
    load_document(file, shaped=False)  # An overlay may correct its shape, before it is tried.
    return Arrival(
        file,
        file.name,
        file.read_bytes(),
        place.read_bytes() if place.exists() else None,
        _same_as(sources, file),
    )


def _same_as(sources: Path, file: Path) -> str:
    """The document among the sources that has the content of a file, under another name."""
    others = [name for name in _names(sources) if name != file.name]
    content = _content(file) if others else None
    return next((name for name in others if _content(sources / name) == content), "")


def _names(sources: Path) -> list[str]:
    try:
        return sorted(source_names(sources))
    except GeneratorError:
        return []  # No document is there yet.


def _content(file: Path) -> str | None:
    try:
        return text_of([plain(each.root) for each in load_document(file, shaped=False)])
    except GeneratorError:
        return None
