"""What the tests of merging share: little documents, and cures put to the test."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent, indent

import pytest
from support import nodes

from generator.amend import amend, read_overlays
from generator.config import Settings
from generator.document import Document, copied_map, plain
from generator.findings import Finding, GeneratorError
from generator.merge import Merged, merge

SETTINGS = Settings(title="API", description="All of it.", version="1")

HEAD = """
openapi: 3.1.0
info: {title: T, version: '1'}
"""


def document(name: str, text: str) -> Document:
    """A document of a file, with the head that every document needs."""
    return Document(name, nodes(HEAD + text, name))


def written(name: str, root: object) -> Document:
    """A document of plain data, one position for each value."""
    return Document(name, nodes(json.dumps(root, indent=1), name))


def operation(name: str, text: str, components: str = "") -> Document:
    """A document with one operation, GET /a, of these fields."""
    paths = "paths:\n  /a:\n    get:\n" + indent(_even(text), "      ")
    return document(
        name, paths + ("\ncomponents:\n" + indent(_even(components), "  ") if components else "")
    )


def schema(name: str, text: str) -> Document:
    """A document with one schema, S."""
    return document(name, f"paths: {{}}\ncomponents: {{schemas: {{S: {text}}}}}")


def _even(text: str) -> str:
    return dedent(text).strip("\n") + "\n"


def merged(*documents: Document) -> Merged:
    """The documents, merged with settings that ask for no note."""
    return merge(documents, SETTINGS)


def spec(*documents: Document) -> dict[str, object]:
    """The merged spec as plain data."""
    data = plain(merged(*documents).spec)
    assert isinstance(data, dict)
    return data


def get(root: object, *keys: str | int) -> object:
    """The value under keys of plain data."""
    for key in keys:
        assert isinstance(root, dict | list)
        root = root[key]  # type: ignore[index]  # the data decides
    return root


def texts(found: Sequence[Finding]) -> str:
    """All findings as one text."""
    return "\n".join(map(str, found))


def conflicts(*documents: Document) -> list[Finding]:
    """The conflicts that keep documents from merging."""
    with pytest.raises(GeneratorError) as caught:
        merged(*documents)
    return caught.value.findings


def overlays_of(found: Sequence[Finding]) -> list[str]:
    """The overlays that findings propose."""
    return [str(f.values["overlays"]) for f in found if f.advice == "cure-here"]


def cured(documents: Sequence[Document], found: Sequence[Finding]) -> list[Document]:
    """The documents after all that the findings propose has been put into the overlays."""
    copies = [Document(one.name, copied_map(one.root)) for one in documents]
    with tempfile.TemporaryDirectory() as folder:
        for index, text in enumerate(overlays_of(found)):
            (Path(folder) / f"{index:04}.yaml").write_text(text, "utf-8")
        overlays = read_overlays(Path(folder), [one.name for one in documents])
    for one in copies:
        amend([one.root], [overlay for overlay in overlays if overlay.document == one.name])
    assert all(overlay.document for overlay in overlays)
    return copies


def settled(*documents: Document) -> Merged:
    """The documents merged after one round of all the proposed cures."""
    return merged(*cured(documents, conflicts(*documents)))
