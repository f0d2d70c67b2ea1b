"""The released spec, damaged: every command that reads it says so, and changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import generated, project, release
from runs import TINY, digest, refused, run

COMMANDS: dict[str, tuple[str, ...]] = {
    "build": (),
    "merge": (),
    "check": (),
    "diff": (),
    "release": (),
    "explain": ("things.get_thing",),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been generated, with what could be its released spec."""
    specs = generated(project(tmp_path_factory.mktemp("project")))
    text = (specs / "openapi.yaml").read_text("utf-8")
    (specs / "released.yaml").write_text(f"{text}x-release: {{version: 0.1.0}}\n", "utf-8")
    return specs


@pytest.fixture
def specs(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoiled."""
    shutil.copytree(made.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "specs"


def edited(*pairs: tuple[str, str]) -> Callable[[Path], None]:
    """Replaces texts of a file."""

    def edit(path: Path) -> None:
        text = path.read_text("utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, "utf-8")

    return edit


def _write(text: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text(text, "utf-8")

    return write


def _double(path: Path) -> None:
    text = path.read_text("utf-8")
    path.write_text(f"{text}---\n{text}", "utf-8")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _astray(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere.yaml")


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "empty": (_write("---\n"), "released.yaml:1:1: expected the spec as it was released, found an"),
    "two documents": (_double, "expected the spec as it was released, found 2 documents"),
    "a list": (_write("- a\n"), "a document must be a mapping at its top, not a list"),
    "another document": (_write(TINY), "with `openapi: 3.1.x`, found none"),
    "no operations": (_write("openapi: 3.1.0\npaths: {}\n"), "released.yaml:2:1: expected operat"),
    "a list of paths": (_write("openapi: 3.1.0\npaths: []\n"), "released.yaml:2:1: 'paths' of a"),
    "no method": (
        edited(("      x-method: get_thing\n", "")),
        "expected x-method of GET /v3/things/{id} to be the name that it was released under\n",
    ),
    "a resource that is no name": (
        edited(("x-resource: things", "x-resource: ../things")),
        "it was released under, found '../things'",
    ),
    "a folder": (_folder, "released.yaml: this is not a regular file"),
    "a link to nowhere": (_astray, "released.yaml: this cannot be read: No such file"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_command_that_reads_it_refuses_it_and_changes_nothing(
    specs: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    spoil, words = DAMAGES[damage]
    spoil(specs / "released.yaml")
    for command, arguments in COMMANDS.items():
        said = refused(capsys, specs.parent, command, "--specs", specs, *arguments)
        assert words in said, command
        assert str(specs / "released.yaml") in said, command
        assert "overlay" not in said, "overlays do not reach it"


@pytest.mark.parametrize("damage", ["empty", "no method", "a link to nowhere"])
def test_no_guesses_are_made_and_no_documents_are_taken_in_beside_a_damaged_one(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    spoil, words = DAMAGES[damage]
    spoil(specs / "released.yaml")
    new = tmp_path / "new.yaml"
    new.write_text(TINY.replace("/v3/things", "/v3/others").replace("Things_GetThing", "GetOther"))
    before = digest(tmp_path)
    assert words in refused(capsys, tmp_path, "update", "--specs", specs, new)
    done = run(capsys, "draft-overlay", "--specs", specs)
    assert (done.status, digest(tmp_path)) == (1, before)
    assert words in done.out


def test_two_operations_of_one_name_are_told_there_and_not_where_they_come_from(
    specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = specs / "released.yaml"
    item = path.read_text("utf-8").partition("paths:\n")[2].partition("components:")[0]
    again = item.replace("/v3/things", "/v3/others")
    path.write_text(path.read_text("utf-8").replace(item, item + again), "utf-8")
    said = refused(capsys, specs.parent, "build", "--specs", specs)
    assert "expected a unique name for GET /v3/" in said
    assert "overlay" not in said


def test_what_is_no_valid_spec_any_more_is_to_be_restored_not_overlaid(
    specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(("type: integer", "type: 7"))(specs / "released.yaml")
    said = refused(capsys, specs.parent, "diff", "--specs", specs)
    assert "Restore the file as it was released" in said
    assert "overlay" not in said


def test_what_is_to_be_committed_is_quoted_for_a_shell(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "it's a project"
    shutil.copytree(made.parent, folder)
    (folder / "specs" / "released.yaml").unlink()
    done = release(capsys, folder / "specs")
    place = str(folder / "specs" / "released.yaml").replace("'", "'\"'\"'")
    assert f"git add '{place}'\n" in done.out
