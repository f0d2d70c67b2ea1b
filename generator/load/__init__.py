"""First stage: reads the source documents of a folder."""

from __future__ import annotations

import re
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from generator.document import METHODS, Document, Map, Position
from generator.findings import Finding, GeneratorError, kind, refusal, together
from generator.grammar import fields, grammar_of, misfits, misshapen, walk

from .json_syntax import Lines
from .syntax import conflict, decoded, parse

MAX_BYTES = 20_000_000
SUFFIXES = (".json", ".yaml", ".yml")

_OPENAPI = re.compile(r"3\.[01](\.[0-9]+(-[0-9A-Za-z.-]+)?)?")
_UNUSED = frozenset(
    {"examples", "links", "externalDocs", "external docs", "xml", "example"}
    | {"tags", "callbacks", "callback", "headers", "header"}
)
"""Fields and objects that clients ignore."""

_TYPE = ("schema", "type")
_PUT_HERE = "Put Swagger 2.0 or OpenAPI 3.0/3.1 documents there, as .yaml, .yml or .json files."


def load_documents(
    sources: Path, corrected: Collection[str | None] = ()
) -> tuple[list[Document], list[Finding]]:
    """Return the documents of a folder in file-name order, and notes on what was not read.

    A field without a value (`parameters:` and nothing after it) is as good as absent, so it
    is left out; likewise, with a note, what has a wrong shape and no client uses.

    `corrected` are the names of documents that overlays amend as they are written: whether
    their shape is right, `refuse_misshapen` has to be asked afterwards.

    Raises:
        GeneratorError: The folder or a file cannot be read, or a file holds something else than
            documents of the right shape. Carries all the findings of all files.
    """
    paths, notes = _listed(sources)
    loaded = together(lambda path: load_document(path, shaped=path.name not in corrected), paths)
    documents = [document for found, _ in loaded for document in found]
    return documents, [*notes, *(note for _, left_out in loaded for note in left_out)]


def load_document(path: Path, *, shaped: bool = True) -> tuple[list[Document], list[Finding]]:
    """Do the same for one file. Unless `shaped`, its documents may have any shape.

    Raises:
        GeneratorError: The file cannot be read, is empty, or holds something else than documents.
    """
    roots = load_file(path)
    if not roots:
        raise refusal(Position(str(path)), "document-empty")
    documents = [Document(path.name, root) for root in roots]
    if errors := [finding for root in roots if (finding := _unknown(root))]:
        raise GeneratorError(errors)
    notes = [note for document in documents for note in _left_out(document)]
    if shaped:
        refuse_misshapen(documents)
    return documents, notes


def refuse_misshapen(documents: Iterable[Document]) -> None:
    """Let no document pass in which something has another shape than its version gives it.

    Raises:
        GeneratorError: Something has. Carries all the findings of all documents.
    """
    lacking = {"owner": _TYPE[0], "key": _TYPE[1], "found": None}.items()
    findings = [
        finding.advised("correct-type" if lacking <= finding.values.items() else "correct-shape")
        for document in documents
        for finding in misshapen(grammar_of(document), document.root)
    ]
    if findings:
        raise GeneratorError(findings)


def source_names(sources: Path) -> set[str]:
    """Return the names of the document files of a folder, which are not read.

    Raises:
        GeneratorError: The folder cannot be read, or holds no document.
    """
    return {path.name for path in _listed(sources)[0]}


def load_file(path: Path) -> list[Map]:
    """Return the documents of a YAML or JSON file that are not empty.

    Raises:
        GeneratorError: The file cannot be read, is neither YAML nor JSON, or has conflicts of a
            merge.
    """
    text = decoded(_bytes(path), str(path))
    if (offset := conflict(text)) is not None:
        raise refusal(Lines(text, str(path)).at(offset), "merge-conflict")
    return parse(text, str(path))


def _listed(sources: Path) -> tuple[list[Path], list[Finding]]:
    """Return the document files of a folder, and a note on every other file that is not hidden."""
    try:
        entries = sorted(sources.iterdir(), key=lambda path: path.name)
    except FileNotFoundError:
        raise refusal(sources, "sources-missing", put_here=_PUT_HERE) from None
    except NotADirectoryError:
        raise refusal(sources, "sources-not-folder") from None
    except OSError as error:
        raise _unreadable(sources, error) from None
    paths: list[Path] = []
    notes: list[Finding] = []
    for path in entries:
        if path.name.startswith("."):
            continue
        if _is_folder(path):
            notes.append(Finding(path, "ignored-folder"))
        elif path.suffix.lower() not in SUFFIXES:
            notes.append(Finding(path, "ignored-suffix", suffixes=SUFFIXES))
        else:
            paths.append(path)
    if not paths:
        others = [Path(str(note.where)).name for note in notes[:5]]
        code = "sources-only-others" if others else "sources-empty"
        raise refusal(sources, code, others=others, put_here=_PUT_HERE)
    return paths, notes


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # A link into a place that is closed to us: reading it will say so.
        return False


def _bytes(path: Path) -> bytes:
    try:
        path.name.encode("utf-8")
        if not stat.S_ISREG(path.stat().st_mode):
            raise refusal(path, "not-a-file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except UnicodeEncodeError:
        raise refusal(path, "file-name-not-utf8") from None
    except OSError as error:
        raise _unreadable(path, error) from None
    if len(data) > MAX_BYTES:
        raise refusal(path, "file-too-large", most=MAX_BYTES // 1_000_000)
    return data


def _unreadable(path: Path, error: OSError) -> GeneratorError:
    return refusal(path, "unreadable", reason=error.strerror or type(error).__name__)


def _left_out(document: Document) -> Iterator[Finding]:
    """Drop what is empty, and what is misshapen and not used, which is noted."""
    grammar = grammar_of(document)
    for what, _, node in walk(grammar, document.root):
        for key, rule in list(fields(grammar, what, node)):
            named = key in grammar[what]  # and not chosen by the document
            empty = named and node[key] is None and _may_be_empty(what, key, rule)
            unused = named and bool({what, key} & _UNUSED)
            wrong = list(misfits(what, node, key, rule)) if unused and not empty else []
            if wrong:
                yield Finding(wrong[0].where, "left-out-unused", finding=wrong[0])
            if empty or wrong:
                del node[key]
                node.key_positions.pop(key, None)


def _may_be_empty(what: str, key: str, rule: str) -> bool:
    """Return whether a key without a value means the same as a missing key.

    Not for an operation, which would get lost, and not for the type of a schema: there, an
    unquoted `null` is meant as the name of a type.
    """
    is_operation = what == "path item" and key in METHODS
    return not is_operation and (what, key) != _TYPE and "any" not in rule.strip("[]{}").split("|")


def _unknown(root: Map) -> Finding | None:
    """Why a mapping is no document of a version that can be read."""
    if "overlay" in root:
        return Finding(root.position_of("overlay"), "document-is-overlay")
    keys = [key for key in ("swagger", "openapi") if key in root]
    if not keys:
        return Finding(root.position, "version-missing", keys=[key[:40] for key in list(root)[:5]])
    where = root.position_of(keys[-1])
    if len(keys) > 1:
        return Finding(where, "version-twice")
    value = root[keys[0]]
    known = re.compile(r"2\.0") if keys[0] == "swagger" else _OPENAPI
    if isinstance(value, str | float) and known.fullmatch(str(value)):
        return None
    found = repr(value) if isinstance(value, str | int | float) else kind(value)
    return Finding(where, "version-unknown", key=keys[0], found=found[:40])
