"""Random dirty documents: they can be generated, or what remains is told; nobody's edit is lost."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from corpora import Data, write
from corpora_dirty import dirty
from corpora_forms import form
from corpora_modern import modern
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.draft import draft, guesses
from generator.draft import write as write_draft
from generator.pipeline import build_spec

pytestmark = pytest.mark.slow

_TEXTS = [
    *("", "é", "a'b\"c", "x: y", "{id}", "id", "\u2028z", "\x07", "a\nb", "page", "Page", "class"),
    *("#/components/schemas/Nope", "#/definitions/holder", "other.yaml#/x", "..", "query", "path"),
    *("body", "formData", "array", "integer", "tsv", "multi", "😀", "0o17", "~1~0/", "[?@.a]"),
]
_FIELDS = ("type", "in", "name", "operationId", "description", "$ref", "format", "collectionFormat")


def spots(node: object) -> Iterator[tuple[dict[str, object] | list[object], str | int]]:
    """Every place in plain data: what holds it, and under which key."""
    if isinstance(node, dict | list):
        for key in list(node) if isinstance(node, dict) else range(len(node)):
            yield node, key
            yield from spots(node[key])


def spoil(data: Data, chance: random.Random) -> None:
    """Make one change to a document that leaves its shape mostly as it was."""
    places = list(spots(data))
    if not places:
        return
    holder, key = chance.choice(places)
    value = holder[key]  # type: ignore[index]  # a key of this very holder
    change = chance.randrange(5)
    if change == 0:
        del holder[key]  # type: ignore[arg-type]  # likewise
    elif change == 1 and isinstance(holder, list):
        holder.append(deepcopy(value))
    elif change == 1:
        holder[chance.choice(_TEXTS)] = holder.pop(key)  # type: ignore[call-overload, arg-type]  # likewise
    elif change == 2 and isinstance(value, str):
        holder[key] = chance.choice(_TEXTS)  # type: ignore[index]  # likewise
    elif change == 3 and isinstance(holder, dict):
        holder[chance.choice(_FIELDS)] = chance.choice(_TEXTS)
    else:
        alike = [h[k] for h, k in places if type(h[k]) is type(value)]  # type: ignore[index]  # likewise
        holder[key] = deepcopy(chance.choice(alike))  # type: ignore[index]  # likewise


def spoiled(seed: int) -> dict[str, Data]:
    chance = random.Random(seed)
    sources: dict[str, Data] = deepcopy(
        chance.choice(
            [
                dirty(chance.randrange(1, 4), chance.randrange(2, 9), seed),
                {"a.yaml": form("2.0"), "b.json": form("3.0"), "c.yaml": form("3.1")},
                {"m.json": modern(7, 50)},
            ]
        )
    )
    for _ in range(chance.randrange(7)):
        spoil(chance.choice(list(sources.values())), chance)
    return sources


@settings(max_examples=settings().max_examples // 4)
@given(st.integers(0, 10**6))
def test_a_folder_can_be_generated_or_what_remains_is_told(seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        specs = write(Path(name), spoiled(seed))
        drafted = draft(specs)
        write_draft(specs, drafted)
        if not drafted.remaining:
            build_spec(specs)
        assert all(str(finding).strip() for finding in drafted.remaining)
        again = draft(specs)
        assert (again.files, again.guesses) == ({}, [])


@settings(max_examples=settings().max_examples // 8)
@given(st.integers(0, 10**6))
def test_what_a_person_has_looked_at_is_never_touched(seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        sources = dirty(4, 16, seed)
        first = dict(list(sources.items())[:2])
        specs = write(Path(name), first)
        write_draft(specs, draft(specs))
        edited = {path: look_at(path, chance) for path in (specs / "overlays").iterdir()}
        confirmed = len(guesses(specs))
        write(specs, sources)
        drafted = draft(specs)
        assert drafted.remaining == []
        write_draft(specs, drafted)
        for path, text in edited.items():
            assert path.read_bytes().decode().startswith(text)
        assert len(guesses(specs)) == confirmed + len(drafted.guesses)
        build_spec(specs)


def look_at(path: Path, chance: random.Random) -> str:
    """Confirm some guesses of a file, correct others, and write comments into it."""
    lines = []
    for line in path.read_bytes().decode().splitlines():
        if line == "  x-guess: true" and chance.random() < 0.6:
            lines.append("  # looked at")
        elif line.strip() == "type: integer" and chance.random() < 0.5:
            lines.append(line.replace("integer", "number  # or so"))
        else:
            lines.append(line)
    text = "\n".join(lines) + "\n"
    path.write_bytes(text.encode())
    return text
