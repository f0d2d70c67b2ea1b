"""Hand-written code that no longer fits what is generated is named, and is not released."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from projects import PYPROJECT, copied, generated, project
from runs import TINY, refused, run

from generator.release.next_release import prepared, write

pytestmark = pytest.mark.slow

CALLER = """\
from tiny_rest.client import Client
from tiny_rest.models.thing import Thing


def thing(client: Client) -> Thing:
    return client.things.get_thing("1", page=2)
"""
SHARING = """\
import typing

from tiny_rest.api.things.get_thing import GetThingOptions


def thing(**options: typing.Unpack[GetThingOptions]) -> None:
    print(options)
"""
RENAMED = TINY.replace("name: page", "name: page_number")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose hand-written code is looked at, which has been released."""
    folder = tmp_path_factory.mktemp("project")
    specs = project(folder)
    settings = PYPROJECT.replace("[tool.generator]\n", '[tool.generator]\ncallers = "own"\n')
    (folder / "pyproject.toml").write_text(
        settings + '\n[tool.mypy]\nstrict = true\nmypy_path = "generated"\n'
    )
    (specs / "overlays" / "one.yaml").unlink()
    (folder / "own").mkdir()
    (folder / "own" / "caller.py").write_text(CALLER)
    (folder / "own" / "sharing.py").write_text(SHARING)
    generated(specs)
    write(specs, prepared(specs))
    return specs


@pytest.fixture
def specs(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return copied(made, tmp_path / "project")


def test_an_update_names_the_place_that_no_longer_fits(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tiny.yaml").write_text(RENAMED)
    done = run(capsys, "update", "--specs", specs, tmp_path / "tiny.yaml")
    assert done.status == 0, done.err
    place = specs.parent / "own" / "caller.py"
    assert f"{place}:6:12: this does not fit the generated package: " in done.err
    assert '"page"' in done.err
    assert "1 place(s) of hand-written code to adapt" in done.err
    assert f"thing ({specs.parent / 'own' / 'sharing.py'}:6)" in done.out
    assert not (specs.parent / ".mypy_cache").exists()


def test_an_update_that_everything_fits_says_nothing_of_it(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tiny.yaml").write_text(TINY.replace("Get a thing", "Get one thing"))
    done = run(capsys, "update", "--specs", specs, tmp_path / "tiny.yaml")
    assert (done.status, done.err) == (0, "")


def test_it_is_not_released(specs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generated(specs, RENAMED)
    done = run(capsys, "release", "--specs", specs)
    assert done.status == 1
    assert "own/caller.py:6:12: this does not fit the generated package: " in done.err


def test_a_type_checker_that_does_not_end_is_named(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_program = subprocess.run

    def run_or_wait(command: list[str], **options: Any) -> Any:
        if "mypy" not in command:
            return run_program(command, **options)
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(subprocess, "run", run_or_wait)
    (tmp_path / "tiny.yaml").write_text(RENAMED)
    said = refused(capsys, specs.parent, "update", "--specs", specs, tmp_path / "tiny.yaml")
    assert "`mypy ...`: has not ended after 900 seconds" in said


def test_code_that_is_not_there_is_refused(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (specs.parent / "own").rename(tmp_path / "elsewhere")
    (tmp_path / "tiny.yaml").write_text(RENAMED)
    said = refused(capsys, specs.parent, "update", "--specs", specs, tmp_path / "tiny.yaml")
    assert "expected hand-written code here, as the setting 'callers' has it" in said
