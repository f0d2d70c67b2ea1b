"""A new document can take the place of others, and one that is there already is recognised."""

from __future__ import annotations

import itertools
import json
import shutil
from pathlib import Path

import pytest
import yaml
from failing import DiskError, fail_at
from projects import copied, released
from runs import OVERLAY, TINY, digest, refused, run

from generator.commands import Target, build
from generator.update import prepared as updated

pytestmark = pytest.mark.slow

EXTENDING = OVERLAY.replace("actions:", "extends: ../sources/tiny.yaml  # for this one\nactions:")
EXTENDING = EXTENDING.replace("Pages begin at one.", "Here, too.").replace(
    "minimum: 1", "title: Page"
)
BIGGER = TINY.replace(
    "definitions:",
    "  /v3/others:\n    get:\n      responses: {200: {description: OK}}\ndefinitions:",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been released."""
    return released(tmp_path_factory.mktemp("project"))


@pytest.fixture
def specs(tmp_path: Path, made: Path) -> Path:
    """A copy of it, with one more overlay, for the source document."""
    specs = copied(made, tmp_path / "project")
    (specs / "overlays" / "two.yaml").write_text(EXTENDING)
    build(Target(specs))
    return specs


def arriving(tmp_path: Path, text: str, name: str = "new.yaml") -> Path:
    """A document beside the project."""
    path = tmp_path / name
    path.write_text(text)
    return path


@pytest.mark.parametrize(("name", "form"), [("new.yaml", "yaml"), ("new.json", "json")])
def test_a_document_that_is_there_under_another_name_is_recognised(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, form: str
) -> None:
    content = next(yaml.safe_load_all(TINY))
    text = TINY if form == "yaml" else json.dumps(content)
    before = digest(specs.parent)
    done = run(capsys, "update", "--specs", specs, arriving(tmp_path, text, name))
    assert done.status == 0, done.err
    assert f"{name}: the same as tiny.yaml" in done.out
    assert "nothing has been changed" in done.out
    assert digest(specs.parent) == before


def test_one_of_several_that_is_there_already_does_not_come_in_again(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = TINY.replace("Things_GetThing", "Others_GetOther").replace("/v3/things/", "/v3/others/")
    paths = arriving(tmp_path, TINY), arriving(tmp_path, other, "other.yaml")
    assert run(capsys, "update", "--specs", specs, *paths).status == 0
    present = sorted(path.name for path in (specs / "sources").iterdir())
    assert present == ["other.yaml", "tiny.yaml"]


def test_a_renamed_document_keeps_its_overlays(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = arriving(tmp_path, TINY)
    done = run(capsys, "update", "--specs", specs, path, "--replaces", "tiny.yaml")
    assert done.status == 0, done.err
    assert [each.name for each in (specs / "sources").iterdir()] == ["new.yaml"]
    text = (specs / "overlays" / "two.yaml").read_text()
    assert text == EXTENDING.replace("../sources/tiny.yaml", "../sources/new.yaml")
    assert (specs / "overlays" / "one.yaml").read_text() == OVERLAY
    assert run(capsys, "check", "--specs", specs).status == 0
    assert "MAJOR" not in done.out


def test_an_overlay_in_json_stays_json_however_it_names_its_document(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (specs / "overlays" / "two.yaml").unlink()
    content = yaml.safe_load(EXTENDING)
    there = specs / "overlays" / "two.json"
    there.write_text(json.dumps(content).replace("../sources/", "..\\/sources\\/"))
    path = arriving(tmp_path, TINY)
    done = run(capsys, "update", "--specs", specs, path, "--replaces", "tiny.yaml")
    assert done.status == 0, done.err
    assert json.loads(there.read_text()) == content | {"extends": "../sources/new.yaml"}


def test_a_document_that_has_all_operations_of_another_is_said_to(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = arriving(tmp_path, BIGGER)
    done = run(capsys, "update", "--draft", "--specs", specs, path)
    assert done.status == 0, done.err
    assert "new.yaml has every operation of tiny.yaml. With --replaces tiny.yaml it" in done.out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--replaces", "none.yaml"], "expected a document of the sources folder to replace"),
        (["other.yaml", "--replaces", "tiny.yaml"], "expected one document to replace others"),
    ],
)
def test_what_cannot_be_replaced_is_refused(
    specs: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    words: str,
) -> None:
    paths = [arriving(tmp_path, BIGGER), *(arriving(tmp_path, TINY, each) for each in options[:-2])]
    said = refused(capsys, specs.parent, "update", "--specs", specs, *paths, *options[-2:])
    assert words in said


def test_a_failure_at_any_step_leaves_the_replaced_document_where_it_was(
    specs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest(specs.parent)
    kept = copied(specs, tmp_path / "kept")
    path = arriving(tmp_path, TINY)
    with updated(specs, [path], drafting=False, replaces=["tiny.yaml"]) as update:
        assert update
        for step in itertools.count():
            with monkeypatch.context() as patch:
                left = fail_at(patch, step, DiskError, within=specs.parent)
                try:
                    update.write()
                except (DiskError, shutil.Error):
                    assert digest(specs.parent) == before
                    continue
            if left[0] >= 0:
                break
            shutil.rmtree(specs.parent)  # Some failures mean nothing.
            copied(kept, specs.parent)
    assert [each.name for each in (specs / "sources").iterdir()] == ["new.yaml"]
