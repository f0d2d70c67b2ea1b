"""What a document that arrives has to do with those that are there: the same, or all of another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.amend.overlays import overlay_of
from generator.document import Map, operations
from generator.findings import GeneratorError, refusal
from generator.load import load_document, load_file, source_names
from generator.merge.occurrences import text_of
from generator.merge.proposed_overlays import extends
from generator.names import canonical_path
from generator.pipeline import upgraded
from generator.yaml_output import to_yaml

from .arrivals import Arrival


@dataclass(frozen=True, slots=True)
class Superset:
    """A document that has every operation of others."""

    name: str
    others: tuple[str, ...]


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


def supersets(sources: Path, arrived: Iterable[str]) -> list[Superset]:
    """The new documents that have every operation of documents that were there."""
    new = set(arrived)
    names = sorted(source_names(sources))
    if new.issuperset(names):
        return []
    known = {name: _operations(sources / name) for name in names}
    found = (
        Superset(
            name,
            tuple(each for each in known if each not in new and known[each] and known[each] <= own),
        )
        for name, own in known.items()
        if name in new
    )
    return [each for each in found if each.others]


def dropped(file: Path, spec: Map) -> list[str]:
    """The operations of the merged spec in a file that another one lacks."""
    try:
        before = load_file(file) if file.is_file() else []
    except GeneratorError:
        return []  # It is an output, which is written anew.
    there = {(canonical_path(path), method) for path, method, _ in operations(spec)}
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
    return {
        (canonical_path(path), method)
        for document in documents
        for path, method, _ in operations(document.root)
    }


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
