"""The rules of the whole: who imports whom, how long things are, what a version needs."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from generator.config import Project
from generator.release.version_places import disagreements, statements

ROOT = Path(__file__).parents[1]
_MACHINERY = ("generator", "templates")
GENERATOR = sorted((ROOT / "generator").rglob("*.py"))
REST = sorted((ROOT / "generated" / "gettyimages_rest").rglob("*.py"))
OVERLAY = sorted((ROOT / "overlay" / "gettyimages").rglob("*.py"))


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


@functools.cache
def imported(path: Path) -> set[str]:
    """The packages that a module imports, at any place in it; its own not counted."""
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).partition(".")[0])
    return found


def importers(paths: list[Path], *packages: str) -> set[str]:
    """The modules among some that import any of these packages."""
    return {str(path.relative_to(ROOT)) for path in paths if imported(path) & set(packages)}


def tracked() -> list[Path]:
    """The files of the project, as far as git knows them or would."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this is no checkout")
    names = done.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_there_is_something_to_look_at() -> None:
    assert min(map(len, (GENERATOR, REST, OVERLAY))) > 3


def test_the_generator_imports_neither_of_the_packages_it_serves() -> None:
    assert importers(GENERATOR, "gettyimages", "gettyimages_rest") == set()


def test_the_rest_layer_needs_only_the_standard_library() -> None:
    foreign = {name for path in REST for name in imported(path)} - sys.stdlib_module_names
    # Where there are deprecated names, type checkers read what marks them from typing_extensions.
    assert foreign <= {"gettyimages_rest", "typing_extensions"}


def test_nothing_but_the_overlay_imports_the_rest_layer() -> None:
    assert importers(OVERLAY, "gettyimages_rest")
    assert importers(REST, "gettyimages") == set()
    assert importers(OVERLAY, "generator") == set()


def test_one_module_touches_the_renderer() -> None:
    assert importers(GENERATOR, "openapi_python_client") == {"generator/render/opc.py"}


_WORDS_OF_ANY_PROGRAM = {"collections", "current", "events", "orders", "search", "uploads"}


def test_nothing_in_the_generator_knows_the_api_of_this_project() -> None:
    spec = (ROOT / "specs" / "openapi.yaml").read_text("utf-8")
    paths = yaml.load(spec, yaml.CSafeLoader)["paths"]
    segments = {segment for path in paths for segment in path.split("/")[2:] if "{" not in segment}
    assert {"downloads", "asset-changes"} <= segments
    names = "|".join(segments - _WORDS_OF_ANY_PROGRAM)
    words = re.compile(rf"\b({names}|getty\w*)\b(?!\?)", re.IGNORECASE)  # `downloads?` is a verb
    sources = [path for path in tracked() if path.relative_to(ROOT).parts[0] in _MACHINERY]
    known = {str(path): set(words.findall(path.read_text("utf-8"))) for path in sources}
    assert {name: found for name, found in known.items() if found} == {}


def test_nothing_refers_to_what_lies_outside_the_project() -> None:
    outside = "../" + "shared"
    assert [path for path in tracked() if outside.encode() in path.read_bytes()] == []


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function with the lines of its body: neither signature nor docstring."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            if body:
                lines = (body[-1].end_lineno or 0) - body[0].lineno + 1
                yield f"{path.relative_to(ROOT)}:{node.lineno}", lines


@pytest.mark.parametrize("paths", [GENERATOR, OVERLAY], ids=["generator", "overlay"])
def test_modules_and_functions_are_short(paths: list[Path]) -> None:
    # What one idea needs is not to be cut into pieces that nothing but their order connects.
    long = [path for path in paths if len(path.read_text("utf-8").splitlines()) > 500]
    assert long == []
    assert [place for path in paths for place, lines in _functions(path) if lines > 40] == []


@pytest.mark.parametrize("paths", [GENERATOR, OVERLAY, REST], ids=["generator", "overlay", "rest"])
def test_every_module_says_what_it_is_for(paths: list[Path]) -> None:
    assert [path for path in paths if not ast.get_docstring(parsed(path))] == []


def test_the_places_that_state_a_version_agree() -> None:
    said = list(statements(Project(ROOT / "specs")))
    assert [Path(statement.where.file).name for statement in said] == [
        "_version.py",
        "CHANGELOG.md",
        "released.yaml",
    ]
    assert disagreements(ROOT / "specs") == []
