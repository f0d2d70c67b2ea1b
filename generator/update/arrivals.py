"""Documents that arrive: which files they are, and what they have to do with those there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.amend.overlays import overlay_of
from generator.document import Map, operations, plain
from generator.findings import Finding, GeneratorError, refusal
from generator.load import SUFFIXES, load_document, load_file, source_names
from generator.merge.occurrences import text_of
from generator.merge.proposed_overlays import extends
from generator.names import by_identity, canonical_path
from generator.pipeline import upgraded
from generator.yaml_output import to_yaml

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
    names = sorted(source_names(sources))
    if new.issuperset(names):
        return {}
    known = {name: _operations(sources / name) for name in names}
    old = {name: there for name, there in known.items() if there and name not in new}
    found = {
        name: [other for other, there in old.items() if there <= known[name]]
        for name in names
        if name in new
    }
    return {name: others for name, others in found.items() if others}


def dropped(file: Path, spec: Map) -> list[str]:
    """The operations of the merged spec in a file that another one lacks."""
    try:
        before = load_file(file) if file.is_file() else []
    except GeneratorError:
        return []  # It is an output, which is written anew.
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
        documents, _ = upgraded(load_document(file))
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
        _write(path, "".join(lines), roots)


def _write(path: Path, text: str, roots: Sequence[Map]) -> None:
    """Write an overlay as it stands, or anew where its line does not name the document plainly."""
    before = path.read_bytes()
    path.write_bytes(text.encode())
    if path.read_bytes() != before and text_of(load_file(path)) != text_of([*roots]):
        path.write_bytes("---\n".join(map(to_yaml, roots)).encode())
