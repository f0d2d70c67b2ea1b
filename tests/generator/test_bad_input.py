"""Bad input: a clear error with its place and a cure, status 1, and nothing changed on the disk."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from runs import OVERLAY, TINY, digest, refused, run, tiny

TWICE = TINY.replace("Things_GetThing", "Things_Other")
THING = "            $ref: '#/definitions/Thing'\n"
SECOND = TINY.replace("/v3/things/{id}:", "/v3/others/{id}:")
BOMB = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
)

# The text of the document, where the error is said to be, and words that the message holds.
DOCUMENTS: dict[str, tuple[str | bytes, str, str]] = {
    "broken YAML": ("swagger: '2.0'\npaths: [\n", "3:1", "not valid YAML"),
    "a tab": ("swagger: '2.0'\n\tpaths: {}\n", "2:1", "tab"),
    "a duplicate key": ("swagger: '2.0'\nswagger: '2.0'\n", "2:1", "already at"),
    "colliding keys": (
        TINY.replace("        200:", "        '200': {description: a}\n        200:"),
        "26:9",
        "already at",
    ),
    "a control character": (TINY.replace("Tiny", "Ti\x07ny"), "3:12", "control character"),
    "not UTF-8": (TINY.encode().replace(b"Tiny", b"Ti\xffny"), "3:12", "must be UTF-8"),
    "UTF-16": (TINY.encode("utf-16"), "1:1", "UTF-16"),
    "an alias bomb": (BOMB, "", "aliases"),
    "an endless alias": ("a: &a [*a]\n", "1:8", "never end"),
    "an empty file": ("", "1:1", "the file is empty"),
    "empty documents": ("---\n---\n", "1:1", "the file is empty"),
    "a text": ("hello\n", "1:1", "must be a mapping"),
    "no Swagger": ("title: x\n", "1:1", "neither `swagger` nor `openapi`"),
    "another version": ("swagger: '1.2'\npaths: {}\n", "1:1", "swagger: '1.2'"),
    "a version to come": ("openapi: 4.0.0\npaths: {}\n", "1:1", "openapi: '4.0.0'"),
    "an overlay": (OVERLAY, "1:1", "this is an overlay"),
    "a dangling reference": (
        TINY.replace("definitions/Thing'", "definitions/Thong'"),
        "28:13",
        "Thong",
    ),
    "a parameter that the path lacks": (TINY.replace("name: id\n", "name: it\n"), "", "{id}"),
    "an untyped parameter": (
        TINY.replace("        name: page\n        type: integer\n", "        name: page\n"),
        "21:9",
        "page",
    ),
    "no success": (TINY.replace("        200:", "        404:"), "24:7", "success"),
    "another shape": (TINY.replace("host: api.example.com", "host: [a]"), "6:1", "a string"),
    "deep nesting": ("a: " + "[" * 5000 + "\n", "", "nested"),
    "an unknown security scheme": (
        TINY.replace("      parameters:\n", "      security: [{none: []}]\n      parameters:\n"),
        "16:19",
        "none",
    ),
}


@pytest.mark.parametrize("case", DOCUMENTS)
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_bad_document_is_refused_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str, command: str
) -> None:
    text, place, words = DOCUMENTS[case]
    specs = tiny(tmp_path / "specs", overlay="")
    source = specs / "sources" / "tiny.yaml"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    began = time.monotonic()
    said = refused(capsys, tmp_path, command, "--specs", specs)
    assert time.monotonic() - began < 60
    assert re.search(
        rf"^{re.escape(str(source))}:{place or '[0-9]+:[0-9]+'}: ", said, re.MULTILINE
    ), said
    assert words in said
    assert "\n    " in said, "there is no word on what to do"


def place_named(file: Path, place: str, said: str) -> bool:
    return re.search(rf"^{re.escape(str(file))}:{place}:? ", said, re.MULTILINE) is not None


OVERLAYS: dict[str, tuple[str, str, str]] = {
    "one that matches nothing": (OVERLAY.replace("'page'", "'pages'"), "5:5", "no match"),
    "a bad JSONPath": (OVERLAY.replace("$.paths", "paths["), "5:5", "JSONPath"),
    "no overlay": ("title: x\n", "1:1", "without `overlay`"),
    "another standard": (OVERLAY.replace("1.1.0", "2.0.0", 1), "1:1", "2.0.0"),
    "one without actions": (OVERLAY.partition("actions")[0], "1:1", "actions"),
    "another kind": (OVERLAY.replace("{minimum: 1}", "{type: [a]}"), "6:14", "found a list"),
    "another shape": (OVERLAY.replace("{minimum: 1}", "{items: 1}"), "", "items"),
    "an unknown extension": (
        OVERLAY.replace("{minimum: 1}", "{x-method: a}"),
        "",
        "x-method",
    ),
    "one for no document": (
        OVERLAY.replace("actions:", "extends: ../sources/none.yaml\nactions:"),
        "3:1",
        "none.yaml",
    ),
    "broken YAML": ("overlay: [\n", "2:1", "not valid YAML"),
    "an empty file": ("\n", "", "empty"),
}


@pytest.mark.parametrize("case", OVERLAYS)
def test_a_bad_overlay_is_refused_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    text, place, words = OVERLAYS[case]
    specs = tiny(tmp_path / "specs", overlay=OVERLAY)
    overlay = specs / "overlays" / "one.yaml"
    overlay.write_text(text)
    said = refused(capsys, tmp_path, "build", "--specs", specs)
    assert re.search(
        rf"^{re.escape(str(overlay))}(:{place or '[0-9]+:[0-9]+'})?: ", said, re.MULTILINE
    )
    assert words in said
    assert "\n    " in said, "there is no word on what to do"


PAIRS = {
    "another operation id": (TWICE, ["tiny.yaml:15:7", "two.yaml:15:7", "extends: ../sources/"]),
    "another type": (
        TINY.replace("type: integer", "type: string"),
        ["tiny.yaml:23:9", "two.yaml:23:9", "overlay: 1.1.0"],
    ),
    "one operation id on two operations": (
        SECOND,
        ["tiny.yaml:15:7", "two.yaml:15:7", "Things_GetThing"],
    ),
    "paths equal but for names": (
        TINY.replace("{id}", "{it}").replace("name: id", "name: it"),
        ["tiny.yaml:", "two.yaml:", "/v3/things/{it}"],
    ),
    "another host": (
        TINY.replace("api.example.com", "other.example.com"),
        ["tiny.yaml:", "two.yaml:", "other.example.com"],
    ),
    "names equal in Python": (
        SECOND.replace("Things_GetThing", "Things_Get_thing").replace("/v3/others", "/v3/things/x"),
        ["tiny.yaml:", "two.yaml:", "get_thing"],
    ),
}


@pytest.mark.parametrize("case", PAIRS)
def test_documents_that_contradict_each_other_are_both_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    text, words = PAIRS[case]
    specs = tiny(tmp_path / "specs", overlay="")
    (specs / "sources" / "two.yaml").write_text(text)
    said = refused(capsys, tmp_path, "build", "--specs", specs)
    assert [word for word in words if word not in said] == [], said


def test_all_findings_of_a_stage_are_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    specs = tiny(tmp_path / "specs", "title: x\n")
    (specs / "sources" / "two.yaml").write_text("a: 1\na: 2\n")
    (specs / "sources" / "three.yaml").write_text("")
    said = refused(capsys, tmp_path, "build", "--specs", specs)
    assert "3 error(s)" in said
    text = TINY.replace("name: id\n", "name: it\n").replace("definitions/Thing'", "definitions/T'")
    said = refused(capsys, tmp_path, "build", "--specs", tiny(tmp_path / "more", text, ""))
    assert int(said.rsplit("\n", 2)[1].split()[0]) >= 3


def _no_sources(specs: Path) -> None:
    (specs / "sources" / "tiny.yaml").unlink()
    (specs / "sources").rmdir()


def _empty_sources(specs: Path) -> None:
    (specs / "sources" / "tiny.yaml").unlink()


def _sources_are_a_file(specs: Path) -> None:
    _no_sources(specs)
    (specs / "sources").write_text("")


def _bad_toml(specs: Path) -> None:
    (specs / "generator.toml").write_text("title = \n")


def _unknown_setting(specs: Path) -> None:
    (specs / "generator.toml").write_text("tilte = 'x'\n")


def _number_as_setting(specs: Path) -> None:
    (specs / "generator.toml").write_text("version = 3\n")


def _expression_setting(specs: Path) -> None:
    (specs / "generator.toml").write_text("spends = '('\n")


def _endless_expression_setting(specs: Path) -> None:
    (specs / "generator.toml").write_text("spends = 'x{4294967296}'\n")


def _exceptions_setting(specs: Path) -> None:
    (specs / "generator.toml").write_text("[exceptions]\n404 = 'not a name'\n")


def _package_setting(specs: Path) -> None:
    (specs / "generator.toml").write_text("package = '../../x'\n")


def _released_is_broken(specs: Path) -> None:
    (specs / "released.yaml").write_text("a: [\n")


def _source_is_a_folder(specs: Path) -> None:
    _empty_sources(specs)
    (specs / "sources" / "tiny.yaml").mkdir()


def _source_leads_nowhere(specs: Path) -> None:
    _empty_sources(specs)
    (specs / "sources" / "tiny.yaml").symlink_to("nowhere.yaml")


def _source_is_a_pipe(specs: Path) -> None:
    _empty_sources(specs)
    os.mkfifo(specs / "sources" / "tiny.yaml")


def _stray_file_among_overlays(specs: Path) -> None:
    (specs / "overlays" / "notes.txt").write_text("x")


@pytest.mark.parametrize(
    ("spoil", "named", "words"),
    [
        (_no_sources, "specs/sources", "does not exist"),
        (_empty_sources, "specs/sources", "contains no document"),
        (_sources_are_a_file, "specs/sources", "not a folder"),
        (_bad_toml, "specs/generator.toml", "line 1, column"),
        (_unknown_setting, "specs/generator.toml", "'tilte' is unknown"),
        (_number_as_setting, "specs/generator.toml", "must be a string"),
        (_expression_setting, "specs/generator.toml", "must be a regular expression"),
        (_endless_expression_setting, "specs/generator.toml", "must be a regular expression"),
        (_exceptions_setting, "specs/generator.toml", "table with names of exceptions"),
        (_package_setting, "../../x", "name of a Python package"),
        (_released_is_broken, "specs/released.yaml:2:1", "not valid YAML"),
        (_source_is_a_folder, "specs/sources", "tiny.yaml"),
        (_source_leads_nowhere, "specs/sources/tiny.yaml", "cannot be read"),
        (_source_is_a_pipe, "specs/sources/tiny.yaml", "not a regular file"),
        (_stray_file_among_overlays, "specs/overlays/notes.txt", "expected only overlays"),
    ],
)
def test_a_bad_folder_is_refused_by_name(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path], None],
    named: str,
    words: str,
) -> None:
    specs = tiny(tmp_path / "specs")
    spoil(specs)
    before = sorted(map(str, tmp_path.rglob("*")))
    done = run(capsys, "build", "--specs", specs)
    assert done.status == 1
    assert named in done.err
    assert words in done.err
    assert "\n    " in done.err, "there is no word on what to do"
    assert sorted(map(str, tmp_path.rglob("*"))) == before


def test_a_missing_specs_folder_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("build", "merge", "check"):
        said = refused(capsys, tmp_path, command, "--specs", tmp_path / "none")
        assert f"{tmp_path / 'none' / 'sources'}: the folder does not exist" in said


def test_an_operation_that_is_not_there_is_refused_with_those_that_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, tmp_path, "explain", "a.b", "--specs", tiny(tmp_path / "specs"))
    assert "the operation does not exist" in said
    assert "things.get_thing" in said


def test_a_finding_shows_no_control_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TINY.replace("'#/definitions/Thing'", '"#/definitions/\\e[31m\\u202E\\r"')
    said = refused(capsys, tmp_path, "build", "--specs", tiny(tmp_path / "specs", text, ""))
    assert all(char.isprintable() or char == "\n" for char in said)


def test_digests_see_every_change(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    before = digest(tmp_path)
    (tmp_path / "b").mkdir()
    assert digest(tmp_path) != before
