"""Malicious text in documents never becomes code, and never leaves the output folder."""

from __future__ import annotations

import ast
import functools
import io
import json
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
import yaml
from corpora import Data
from hypothesis import given, settings
from hypothesis import strategies as st
from poisoned import KEPT, PROSE, document, slots
from runs import digest, tiny

from generator.cli import main
from generator.document import plain
from generator.load.syntax import parse

pytestmark = pytest.mark.slow

_CALL = "__import__('os').mkdir('canary')"

TEXTS = {
    "three quotes": f'"""\n{_CALL}\n"""',
    "three single quotes": f"'''\n{_CALL}\n'''",
    "a closed literal": f"'); {_CALL} #",
    "a closed double literal": f'"); {_CALL} #',
    "a line of code": f"\n{_CALL}\n",
    "a line behind a carriage return": f"\r{_CALL}\r\n{_CALL}",
    "a line behind a line separator": f"\u2028{_CALL}\u2029{_CALL}\x85{_CALL}\x0c{_CALL}",
    "a trailing backslash": "ends in \\",
    "a backslash and quotes": '\\"""\\\\"""\\',
    "escapes": "\\N{DASH}\\x41\\u0041\\U00000041\\",
    "a NUL": f"a\x00{_CALL}",
    "controls": "".join(map(chr, [*range(1, 32), 127, *range(128, 160)])),
    "bidi controls": f"\u202e{_CALL}\u2066\u2069\u202c\u200f",
    "invisible characters": "a\u200b\u200d\ufeff\u00ad\u2060b",
    "a template": "{{ cycler.__init__.__globals__.os.mkdir('canary') }}{% include 'x' %}{# #}",
    "braces": "{0}{x!r}{",
    "a path": "../../../canary",
    "an absolute path": "/tmp/canary/%2e%2e/%2e%2e/canary",
    "a comment": "# type: ignore # noqa",
    "characters beyond the basic plane": "\U0001f600\U00020000\U0010fffd",
    "all at once": f'\x00../"""\n{_CALL}\u202e',
    "no characters": "",
    "blanks": " \t ",
    "very many characters": "canary " * 2000,
    "a very long word": "canary" * 2000,
}


def build(specs: Path) -> tuple[int, str]:
    """Run the command line; its status and what it said."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = main(["build", "--specs", str(specs), "--out", str(specs.parent / "package")])
    return status, said.getvalue()


def write(folder: Path, data: Data) -> Path:
    specs = folder / "specs"
    (specs / "sources").mkdir(parents=True)
    (specs / "sources" / "a.json").write_text(json.dumps(data), "utf-8")
    return specs


def check(folder: Path, data: Data) -> bool:
    """Build from a document and check that no harm was done; whether it was accepted."""
    specs = write(folder, data)
    before = digest(folder)
    status, said = build(specs)
    assert "Traceback" not in said
    after = digest(folder)
    if status:
        assert status == 1
        assert "nothing has been changed" in said
        assert all(char.isprintable() or char == "\n" for char in said)
        assert after == before
        return False
    written = {name for name in after if after[name] != before.get(name)}
    assert all(name == "specs/openapi.yaml" or name.split("/")[0] == "package" for name in written)
    assert before.keys() <= after.keys()
    harmless(folder / "package")
    same_spec(specs / "openapi.yaml", folder / "package" / "openapi.json")
    return True


def harmless(package: Path) -> None:
    for path in package.rglob("*.py"):
        harmless_code(path.read_text("utf-8"))


@functools.cache  # Most files of a package are the same whatever a document says.
def harmless_code(source: str) -> None:
    assert source.isprintable() or not set(source) & set("\r\x00\x0c\x85\u2028\u202e\u2066")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tree = ast.parse(source)
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Name) and node.id == "__import__"), source
        assert not (isinstance(node, ast.Attribute) and node.attr == "mkdir"), source


def same_spec(merged: Path, packaged: Path) -> None:
    text = merged.read_text("utf-8")
    (root,) = parse(text, "openapi.yaml")
    assert plain(root) == json.loads(packaged.read_text("utf-8"))
    assert plain(root) == yaml.load(text, yaml.CSafeLoader)


def constants(package: Path) -> Iterator[object]:
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Constant):
                yield node.value


@pytest.mark.parametrize("case", TEXTS)
def test_prose_may_say_anything(tmp_path: Path, case: str) -> None:
    assert check(tmp_path, document(PROSE, TEXTS[case]))
    merged = (tmp_path / "specs" / "openapi.yaml").read_text("utf-8")
    assert yaml.load(merged, yaml.CSafeLoader) == yaml.safe_load(merged)


@pytest.mark.parametrize("slot", slots())
@pytest.mark.parametrize("case", ["a closed literal", "all at once"])
def test_text_in_any_place_is_data_or_refused(tmp_path: Path, slot: str, case: str) -> None:
    accepted = check(tmp_path, document(frozenset({slot}), TEXTS[case]))
    assert accepted or slot not in PROSE
    if accepted and slot in KEPT:
        assert TEXTS[case] in set(constants(tmp_path / "package"))


@pytest.mark.parametrize("slot", ["schema name", "property", "query parameter", "operation id"])
@pytest.mark.parametrize(
    "case", ["a very long word", "braces", "a template", "bidi controls", "no characters"]
)
def test_odd_names_are_data_or_refused(tmp_path: Path, slot: str, case: str) -> None:
    accepted = check(tmp_path, document(frozenset({slot}), TEXTS[case]))
    if accepted and slot in KEPT:
        assert TEXTS[case] in set(constants(tmp_path / "package"))


_NASTY = st.sampled_from(["'", '"', '"""', "'''", "\\", "\n", "\r", "\x00", "{", "}", "#", "/"])
_PIECES = st.lists(st.one_of(_NASTY, st.characters(exclude_categories=["Cs"])), max_size=12)


@settings(max_examples=settings().max_examples // 4)
@given(places=st.frozensets(st.sampled_from(slots()), max_size=3), text=_PIECES.map("".join))
def test_no_text_whatever_does_harm(places: frozenset[str], text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        accepted = check(Path(folder), document(places, text))
        assert accepted or not places <= PROSE
        if accepted and places & KEPT:
            assert text in set(constants(Path(folder) / "package"))


_AUDIT = """
import sys, importlib, pathlib
def watch(event, args):
    if event in ("os.mkdir", "os.system", "subprocess.Popen", "os.remove", "socket.connect"):
        raise SystemExit(f"{event} {args}")
sys.addaudithook(watch)
for file in sorted(pathlib.Path(".").glob("*/package/**/*.py")):
    name = ".".join(file.relative_to(file.parts[0]).with_suffix("").parts)
    for old in [key for key in sys.modules if key.split(".")[0] == "package"]:
        del sys.modules[old]
    sys.path.insert(0, file.parts[0])
    importlib.import_module(name.removesuffix(".__init__"))
    sys.path.pop(0)
"""


def test_importing_what_was_rendered_does_nothing_else(tmp_path: Path) -> None:
    cases = ["three quotes", "three single quotes", "a closed literal", "a line of code", "a path"]
    for index, case in enumerate(cases):
        folder = tmp_path / str(index)
        assert check(folder, document(PROSE | KEPT - {"x-method"}, TEXTS[case]))
    before = digest(tmp_path)
    command = [sys.executable, "-B", "-c", _AUDIT]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert digest(tmp_path) == before


@pytest.mark.parametrize(
    "name",
    ['""";canary();""".yaml', "a\nb\u202e.yaml", "{{ 7*7 }}.yaml", "a..%2f..%2fx.yaml", "\\.yaml"],
)
def test_names_of_files_are_data(tmp_path: Path, name: str) -> None:
    specs = tiny(tmp_path / "specs")
    (specs / "sources" / "tiny.yaml").rename(specs / "sources" / name)
    (specs / "overlays" / "one.yaml").rename(specs / "overlays" / name)
    status, said = build(specs)
    assert status == 0, said
    assert all(char.isprintable() or char == "\n" for char in said)
    harmless(tmp_path / "package")
    assert {path.name for path in tmp_path.iterdir()} == {"specs", "package"}


@pytest.mark.parametrize("place", ["x-resource", "x-method"])
@pytest.mark.parametrize("name", ["../../canary", "a.b", "a/b", "Class", "class", "", "é" * 200])
def test_names_that_overlays_give_cannot_leave_the_package(
    tmp_path: Path, place: str, name: str
) -> None:
    action = {"target": "$.paths.*.get", "update": {place: name}}
    info = {"title": "t", "version": "1"}
    overlay = json.dumps({"overlay": "1.1.0", "info": info, "actions": [action]})
    specs = tiny(tmp_path / "specs", overlay=overlay)
    before = digest(tmp_path)
    status, said = build(specs)
    assert status == 1
    assert "one.yaml:1:" in said
    assert digest(tmp_path) == before


@pytest.mark.parametrize(
    "text",
    [
        '{"swagger": "2.0", "info": {"title": "\\ud800", "version": "1"}, "paths": {}}',
        'swagger: "2.0"\ninfo: {title: "\\udfff", version: "1"}\npaths: {}\n',
        'swagger: "2.0"\ninfo: {"\\ud83d": x, title: t, version: "1"}\npaths: {}\n',
    ],
)
def test_half_a_surrogate_pair_is_refused(tmp_path: Path, text: str) -> None:
    specs = tiny(tmp_path / "specs", text, overlay="")
    before = digest(tmp_path)
    status, said = build(specs)
    assert status == 1
    assert "tiny.yaml:" in said
    assert "surrogate" in said
    assert digest(tmp_path) == before
