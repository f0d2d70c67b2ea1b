"""A former name lives in all releases of one major version: the next major change ends it."""

from __future__ import annotations

from pathlib import Path

import pytest
from naming import called
from runs import TINY, tiny

from generator.diff import compare, gravest
from generator.document import Map
from generator.pipeline import build_spec
from generator.released import read_released
from generator.yaml_output import to_yaml

THING = "GET /v3/things/{id}"
RENAMING = """\
overlay: 1.1.0
info: {title: Another name, version: 1.0.0}
actions:
  - {target: "$.paths['/v3/things/{id}'].get", update: {x-method: fetch}}
"""


def built(specs: Path) -> Map:
    """The merged spec, as it is before the next release."""
    return build_spec(specs).spec


def release(specs: Path, version: str) -> None:
    """Release what there is."""
    text = f"{to_yaml(built(specs))}x-release: {{version: {version}}}\n"
    (specs / "released.yaml").write_text(text, "utf-8")


def rewrite(specs: Path, old: str, new: str) -> None:
    """Change the source document."""
    path = specs / "sources" / "tiny.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def level(specs: Path) -> str | None:
    """How grave the changes since the last release are."""
    before = read_released(specs)
    assert before is not None
    return gravest(compare(before, built(specs)))


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A folder whose operation was renamed; version 2.0.0 was released with its former name."""
    folder = tiny(tmp_path / "specs", TINY, "")
    release(folder, "1.4.2")
    (folder / "overlays").mkdir()
    (folder / "overlays" / "names.yaml").write_text(RENAMING, "utf-8")
    assert level(folder) == "major"
    release(folder, "2.0.0")
    return folder


OPTIONAL = "      - in: query\n        name: page\n        type: integer\n"
FORMER = {THING: "things.fetch [things.get_thing 2.0.0]"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Get a thing", "Get a thing", None),
        ("Get a thing", "Get one thing", "patch"),
        (OPTIONAL, OPTIONAL + OPTIONAL.replace("page", "size"), "minor"),
        ("Things_GetThing", "Things_Read", "patch"),
    ],
)
def test_a_former_name_lives_until_a_major_change(
    specs: Path, old: str, new: str, expected: str | None
) -> None:
    rewrite(specs, old, new)
    assert level(specs) == expected
    assert called(built(specs)) == FORMER
    release(specs, "2.1.0")
    assert called(built(specs)) == FORMER
    assert level(specs) is None


def test_a_major_change_ends_the_former_names_of_before(specs: Path) -> None:
    rewrite(specs, OPTIONAL, "")
    assert called(built(specs)) == {THING: "things.fetch"}
    assert level(specs) == "major"
    release(specs, "3.0.0")
    assert called(built(specs)) == {THING: "things.fetch"}
    assert level(specs) is None


def test_another_rename_ends_the_former_name_and_leaves_a_new_one(specs: Path) -> None:
    overlay = specs / "overlays" / "names.yaml"
    overlay.write_text(RENAMING.replace("fetch", "read"), "utf-8")
    assert called(built(specs)) == {THING: "things.read [things.fetch 3.0.0]"}


NEWER = TINY.replace("/v3/", "/v4/")
"""A document with a newer version of the operation, of the same id."""


def test_a_former_name_that_another_operation_is_given_is_a_major_change(specs: Path) -> None:
    newer = NEWER.replace("Things_GetThing", "Things_ReadThing")
    (specs / "sources" / "newer.yaml").write_text(newer, "utf-8")
    assert called(built(specs)) == FORMER | {"GET /v4/things/{id}": "things.read_thing"}
    assert level(specs) == "minor"
    given = "  - {target: \"$.paths['/v4/things/{id}'].get\", update: {x-method: get_thing}}\n"
    (specs / "overlays" / "names.yaml").write_text(RENAMING + given, "utf-8")
    names = {THING: "things.fetch", "GET /v4/things/{id}": "things.get_thing"}
    assert called(built(specs)) == names
    assert level(specs) == "major"


def test_a_new_operation_gives_way_even_to_a_name_that_ends_with_it(specs: Path) -> None:
    rewrite(specs, "operationId: Things_GetThing", "operationId: Things_Thing")
    rewrite(specs, OPTIONAL, "")
    newer = NEWER.replace(OPTIONAL, "")
    (specs / "sources" / "newer.yaml").write_text(newer, "utf-8")
    names = {THING: "things.fetch", "GET /v4/things/{id}": "things.get_v4_things_id"}
    assert called(built(specs)) == names
    (note,) = [warning for warning in build_spec(specs).warnings if "is named" in str(warning)]
    assert "because things.get_thing was released as the name of GET /v3/things/{id}" in str(note)
