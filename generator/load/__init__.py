"""First stage: reads the source documents of a folder."""

from __future__ import annotations

import re
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from generator.document import METHODS, Document, Map, Position
from generator.findings import Finding, GeneratorError, kind
from generator.grammar import fields, grammar_of, misfits, misshapen, walk

from .syntax import parse
from .text import decoded

MAX_BYTES = 20_000_000
SUFFIXES = (".json", ".yaml", ".yml")

_OPENAPI = re.compile(r"3\.[01](\.[0-9]+(-[0-9A-Za-z.-]+)?)?")
_UNUSED = frozenset({"examples", "links", "externalDocs", "external docs", "xml", "example"})
"""Fields and objects that say nothing to a client."""

_PUT_HERE = "Put Swagger 2.0 or OpenAPI 3.0/3.1 documents there, as .yaml, .yml or .json files."


def load_documents(
    sources: Path, corrected: Collection[str | None] = ()
) -> tuple[list[Document], list[Finding]]:
    """The documents of a folder in file-name order, and notes on what was not read.

    A field without a value (`parameters:` and nothing after it) is as good as absent, so it
    is left out; likewise, with a note, what has a wrong shape and no client uses.

    `corrected` are the names of documents that overlays amend as they are written: whether
    their shape is right, `refuse_misshapen` has to be asked afterwards.

    Raises:
        GeneratorError: The folder or a file cannot be read, or a file holds something else than
            documents of the right shape. Carries all the findings of all files.
    """
    documents: list[Document] = []
    errors: list[Finding] = []
    paths, notes = _listed(sources)
    for path in paths:
        try:
            found, left_out = _load(path)
            if path.name not in corrected:
                refuse_misshapen(found)
        except GeneratorError as error:
            errors += error.findings
        else:
            documents += found
            notes += left_out
    if errors:
        raise GeneratorError(errors)
    return documents, notes


def load_document(path: Path, *, shaped: bool = True) -> list[Document]:
    """The documents of one file, as those of a folder are read; unless `shaped`, of any shape.

    Raises:
        GeneratorError: The file cannot be read, is empty, or holds something else than documents.
    """
    documents, _ = _load(path)
    if shaped:
        refuse_misshapen(documents)
    return documents


def refuse_misshapen(documents: Iterable[Document]) -> None:
    """Let no document pass in which something has another shape than its version gives it.

    Raises:
        GeneratorError: Something has. Carries all the findings of all documents.
    """
    findings = [
        finding if finding.cure else replace(finding, cure=_reshape(finding))
        for document in documents
        for finding in misshapen(grammar_of(document), document.root)
    ]
    if findings:
        raise GeneratorError(findings)


def _load(path: Path) -> tuple[list[Document], list[Finding]]:
    """The documents of one file, of any shape, and notes on what is left out of them."""
    roots = load_file(path)
    if not roots:
        problem = "a Swagger or OpenAPI document was expected, but the file is empty"
        raise GeneratorError(
            [Finding(Position(str(path)), problem, "Write the document, or remove the file.")]
        )
    documents = [Document(path.name, root) for root in roots]
    errors = [finding for root in roots if (finding := _unknown(root))]
    if errors:
        raise GeneratorError(errors)
    return documents, [note for document in documents for note in _left_out(document)]


def source_names(sources: Path) -> set[str]:
    """The names of the document files of a folder, which are not read.

    Raises:
        GeneratorError: The folder cannot be read, or holds no document.
    """
    return {path.name for path in _listed(sources)[0]}


def load_file(path: Path) -> list[Map]:
    """The documents of a YAML or JSON file that are not empty.

    Raises:
        GeneratorError: The file cannot be read, or is neither YAML nor JSON.
    """
    return parse(decoded(_bytes(path), str(path)), str(path))


def _listed(sources: Path) -> tuple[list[Path], list[Finding]]:
    """The document files of a folder, and a note on everything else that is not hidden."""
    try:
        entries = sorted(sources.iterdir(), key=lambda path: path.name)
    except FileNotFoundError:
        raise _error(sources, "the folder does not exist", f"Make it. {_PUT_HERE}") from None
    except NotADirectoryError:
        problem = "this must be the folder that holds the documents, but is no folder"
        raise _error(sources, problem, "Name the folder that the documents are in.") from None
    except OSError as error:
        raise _unreadable(sources, error) from None
    paths: list[Path] = []
    notes: list[Finding] = []
    for path in entries:
        if path.name.startswith("."):
            continue
        reason = _why_not(path)
        if reason:
            cure = "Remove it, or rename it if it is a document."
            notes.append(Finding(str(path), f"not read, because {reason}", cure))
        else:
            paths.append(path)
    if not paths:
        others = ", ".join(Path(str(note.where)).name for note in notes[:5])
        problem = "the folder holds no document" + (f", only {others}" if others else "")
        raise _error(sources, problem, _PUT_HERE)
    return paths, notes


def _why_not(path: Path) -> str:
    if _is_folder(path):
        return "it is a folder; only files directly in the folder of sources are"
    if path.suffix.lower() not in SUFFIXES:
        return f"its name ends in none of {', '.join(SUFFIXES)}"
    return ""


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # A link into a place that is closed to us: reading it will say so.
        return False


def _bytes(path: Path) -> bytes:
    try:
        path.name.encode("utf-8")
        if not stat.S_ISREG(path.stat().st_mode):
            raise _error(path, "this is no ordinary file", "Replace it by a file.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except UnicodeEncodeError:
        raise _error(path, "the name of the file must be UTF-8", "Rename the file.") from None
    except OSError as error:
        raise _unreadable(path, error) from None
    if len(data) > MAX_BYTES:
        problem = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
        raise _error(path, problem, "Split it into several documents.")
    return data


def _unreadable(path: Path, error: OSError) -> GeneratorError:
    reason = error.strerror or type(error).__name__
    cure = "Check that it exists, that its permissions let you read it, and where it links to."
    return _error(path, f"this cannot be read: {reason}", cure)


def _error(path: Path, problem: str, cure: str) -> GeneratorError:
    return GeneratorError([Finding(str(path), problem, cure)])


def _left_out(document: Document) -> Iterator[Finding]:
    """Drop what is empty, and what is misshapen and not used, which is noted."""
    grammar = grammar_of(document)
    for what, _, node in walk(grammar, document.root):
        for key, rule in list(fields(grammar, what, node)):
            empty = node[key] is None and _may_be_empty(what, key, rule, key in grammar[what])
            unused = key in grammar[what] and bool({what, key} & _UNUSED)
            wrong = list(misfits(what, node, key, rule)) if unused and not empty else []
            if wrong:
                problem = f"left out, as no client uses it: {wrong[0].problem}"
                yield Finding(wrong[0].where, problem, "Correct it, if others read the document.")
            if empty or wrong:
                del node[key]
                node.key_positions.pop(key, None)


def _may_be_empty(what: str, key: str, rule: str, named: bool) -> bool:
    """Whether nothing under a key means the same as no key.

    Not for names that the document chose, not for an operation, which would get lost, and not
    for the type of a schema: there, an unquoted `null` is meant as the name of a type.
    """
    if not named or "any" in rule.strip("[]{}").split("|"):
        return False
    return not (what == "path item" and key in METHODS) and (what, key) != ("schema", "type")


def _reshape(finding: Finding) -> str:
    if "'type' of a schema" in finding.problem and finding.problem.endswith("not nothing"):
        return 'Write the name of a type in quotes, e.g. "null".'
    return "Correct the value, or its indentation; remove the key if it has nothing to say."


def _unknown(root: Map) -> Finding | None:
    """Why a mapping is no document of a version that can be read."""
    cure = "Only Swagger 2.0 (`swagger: '2.0'`) and OpenAPI 3.0 and 3.1 can be read. "
    expected = "a Swagger 2.0 or OpenAPI 3.0/3.1 document was expected, but "
    if "overlay" in root:
        problem = expected + "this is an overlay"
        return Finding(root.position_of("overlay"), problem, "Move it to the folder of overlays.")
    keys = [key for key in ("swagger", "openapi") if key in root]
    if not keys:
        found = ", ".join(repr(key[:40]) for key in list(root)[:5]) or "none"
        problem = f"{expected}there is neither `swagger` nor `openapi` among its keys ({found})"
        return Finding(root.position, problem, cure + "Remove any other file.")
    where = root.position_of(keys[-1])
    if len(keys) > 1:
        problem = f"{expected}this one says both `swagger` and `openapi`"
        return Finding(where, problem, "Remove the one that is not true.")
    value = root[keys[0]]
    known = _known(keys[0], value)
    if known:
        return None
    found = repr(value) if isinstance(value, str | int | float) else kind(value)
    problem = f"{expected}this one says `{keys[0]}: {found[:40]}`"
    return Finding(where, problem, cure + "Convert the document, or correct its version.")


def _known(key: str, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | float):
        return False
    version = str(value)
    return version == "2.0" if key == "swagger" else bool(_OPENAPI.fullmatch(version))
