"""New documents come in with everything that follows from them, or nothing is changed."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path

import pytest
from failing import DiskError, fail_at
from projects import MORE, copied, released
from runs import TINY, digest, refused, run

from generator import commands
from generator.commands import Target
from generator.update import Update
from generator.update import prepared as updated

pytestmark = pytest.mark.slow

OTHER = TINY.replace("Things_GetThing", "Others_GetOther").replace("/v3/things/", "/v3/others/")
OTHER = OTHER.replace("Thing", "Other").replace("Tiny", "Other")
UNTYPED = OTHER.replace("        name: page\n        type: integer\n", "        name: page\n")
WRONG = OTHER.replace("/v3/others/", "/v3/things/").replace("type: integer", "type: boolean")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been released."""
    return released(tmp_path_factory.mktemp("project"))


@pytest.fixture
def specs(tmp_path: Path, made: Path) -> Path:
    """A copy of it."""
    return copied(made, tmp_path / "project")


@pytest.fixture
def arrived(tmp_path: Path) -> Path:
    """A folder with a document that is new."""
    folder = tmp_path / "arrived"
    folder.mkdir()
    (folder / "other.yaml").write_text(OTHER)
    return folder


def times(folder: Path) -> dict[str, int]:
    """When each file and folder was changed."""
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}


class TestTakingIn:
    def test_a_new_document_comes_in_with_all_that_follows_from_it(
        self, specs: Path, arrived: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = digest(specs.parent)
        done = run(capsys, "update", "--specs", specs, arrived / "other.yaml")
        assert done.status == 0, done.err
        after = digest(specs.parent)
        assert (specs / "sources" / "other.yaml").read_text() == OTHER
        assert "generated/tiny_rest/api/others/get_other.py" in after
        changed = {name for name, content in before.items() if after.get(name) != content}
        assert "specs/openapi.yaml" in changed
        assert all(name.startswith(("specs/openapi", "generated/")) for name in changed)
        assert run(capsys, "check", "--specs", specs).status == 0
        words = ["other.yaml: new, from", "0.1.0 as released", "GET /v3/others/{id}", "minor"]
        assert [word for word in words if word not in done.out] == []
        assert "generator-" not in done.out

    def test_the_outputs_are_those_that_a_build_gives(
        self, specs: Path, arrived: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(capsys, "update", "--specs", specs, arrived).status == 0
        before = digest(specs.parent)
        commands.build(Target(specs))
        assert digest(specs.parent) == before

    def test_a_document_of_a_known_name_is_replaced_and_that_is_told(
        self, specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "tiny.yaml").write_text(MORE)
        done = run(capsys, "update", "--specs", specs, tmp_path / "tiny.yaml")
        assert done.status == 0, done.err
        assert "tiny.yaml: replaced, from" in done.out
        assert "MAJOR" in done.out
        assert (specs / "sources" / "tiny.yaml").read_text() == MORE

    def test_operations_that_go_with_a_replaced_document_are_named_released_or_not(
        self, specs: Path, arrived: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(capsys, "update", "--specs", specs, arrived).status == 0
        (arrived / "other.yaml").write_text(OTHER.replace("/v3/others/", "/v3/more/"))
        done = run(capsys, "update", "--specs", specs, arrived)
        assert done.status == 0, done.err
        assert "In no document any more: GET /v3/others/{id}\n" in done.out

    def test_what_is_there_already_changes_nothing_not_even_a_time(
        self, specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "tiny.yaml").write_text(TINY)
        before = times(specs.parent)
        done = run(capsys, "update", "--specs", specs, tmp_path / "tiny.yaml")
        assert done.status == 0
        assert "already there" in done.out
        assert times(specs.parent) == before

    def test_of_a_folder_the_documents_come_in_and_nothing_else(
        self, specs: Path, arrived: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for name in ("README.md", ".hidden.yaml", "x.yaml~"):
            (arrived / name).write_text("not a document")
        (arrived / "deeper.yaml").mkdir()
        assert run(capsys, "update", "--specs", specs, arrived).status == 0
        present = sorted(path.name for path in (specs / "sources").iterdir())
        assert present == ["other.yaml", "tiny.yaml"]

    def test_a_link_is_followed_and_a_file_comes_in(
        self, specs: Path, arrived: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "linked.yaml").symlink_to(arrived / "other.yaml")
        assert run(capsys, "update", "--specs", specs, tmp_path / "linked.yaml").status == 0
        assert not (specs / "sources" / "linked.yaml").is_symlink()

    def test_before_the_first_release_there_is_nothing_to_compare_with(
        self, specs: Path, arrived: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (specs / "released.yaml").unlink()
        done = run(capsys, "update", "--specs", specs, arrived)
        assert done.status == 0
        assert "Nothing has been released yet" in done.out

    def test_outputs_that_were_outdated_before_are_told(
        self, specs: Path, arrived: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (specs / "openapi.yaml").write_text("")
        done = run(capsys, "update", "--specs", specs, arrived)
        assert done.status == 0
        assert "the outputs did not match the inputs" in done.out


class TestDrafting:
    def test_what_a_document_leaves_out_is_told_where_it_was_given_with_a_hint(
        self, specs: Path, arrived: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (arrived / "other.yaml").write_text(UNTYPED)
        said = refused(capsys, specs.parent, "update", "--specs", specs, arrived)
        assert f"{arrived / 'other.yaml'}:21:9: expected a type" in said
        assert "With --draft" in said
        assert "generator-" not in said

    def test_with_drafts_it_comes_in_with_guesses_to_confirm(
        self, specs: Path, arrived: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (arrived / "other.yaml").write_text(UNTYPED)
        done = run(capsys, "update", "--specs", specs, arrived, "--draft")
        assert done.status == 0, done.err
        assert list((specs / "overlays").glob("draft-other*.yaml"))
        assert "Before a release, confirm the 1 guess(es)." in done.out
        assert run(capsys, "check", "--specs", specs).status == 0
        assert run(capsys, "release", "--specs", specs).status == 1

    def test_the_folder_of_overlays_is_made_if_need_be(
        self, specs: Path, arrived: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shutil.rmtree(specs / "overlays")
        (arrived / "other.yaml").write_text(UNTYPED)
        assert run(capsys, "update", "--specs", specs, arrived, "--draft").status == 0
        assert list((specs / "overlays").iterdir())


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "text", "words"),
        [
            ("a.yaml", "- a list\n", "a.yaml:1:1: "),
            ("a.yaml", "x: 1\n", "neither `swagger` nor `openapi`"),
            ("a.yaml", "", "but the file is empty"),
            ("a.yaml", "swagger: '2.0'\n  x: [\n", "a.yaml:2:"),
            ("a.yaml", "\0", "a.yaml"),
            ("a.txt", OTHER, "ends in .json, .yaml, .yml, found a different name"),
            (".a.yaml", OTHER, "expected a name of letters"),
            ("a b.yaml", OTHER, "expected a name of letters"),
            ("a;rm -rf.yaml", OTHER, "expected a name of letters"),
            ("ä.yaml", OTHER, "expected a name of letters"),
            ("TINY.yaml", OTHER, "only in case"),
        ],
    )
    def test_what_cannot_come_in_is_refused(
        self,
        specs: Path,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        name: str,
        text: str,
        words: str,
    ) -> None:
        (tmp_path / name).write_text(text)
        assert words in refused(capsys, tmp_path, "update", "--specs", specs, tmp_path / name)

    def test_what_is_not_there_or_empty_is_refused(
        self, specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "empty").mkdir()
        for path, words in (
            (tmp_path / "nothing.yaml", "cannot be read"),
            (tmp_path / "empty", "the folder contains no document"),
        ):
            said = refused(capsys, tmp_path, "update", "--specs", specs, path)
            assert f"{path}: " in said
            assert words in said

    def test_two_documents_of_one_name_are_refused_unless_they_are_the_same(
        self, specs: Path, arrived: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "other.yaml").write_text(MORE)
        paths = (arrived, tmp_path / "other.yaml")
        said = refused(capsys, tmp_path, "update", "--specs", specs, *paths)
        assert f"another new document has the same name: {arrived / 'other.yaml'}" in said
        (tmp_path / "other.yaml").write_text(OTHER)
        assert run(capsys, "update", "--specs", specs, *paths).status == 0

    def test_a_link_among_the_sources_is_not_written_through(
        self, specs: Path, arrived: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "elsewhere.yaml").write_text(MORE)
        (specs / "sources" / "other.yaml").symlink_to(tmp_path / "elsewhere.yaml")
        said = refused(capsys, tmp_path, "update", "--specs", specs, arrived)
        assert "is not a regular file" in said

    def test_what_cannot_be_copied_is_named(
        self, specs: Path, arrived: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = digest(specs.parent)
        os.mkfifo(specs / "pipe")
        done = run(capsys, "update", "--specs", specs, arrived)
        (specs / "pipe").unlink()
        assert (done.status, digest(specs.parent)) == (1, before)
        assert f"{specs / 'pipe'}: this cannot be copied: " in done.err
        assert "Move it out of the folder" in done.err

    def test_a_contradiction_names_both_places(
        self, specs: Path, arrived: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (arrived / "other.yaml").write_text(WRONG)
        said = refused(capsys, specs.parent, "update", "--specs", specs, arrived)
        assert str(arrived / "other.yaml") in said
        assert str(specs / "sources" / "tiny.yaml") in said

    def test_a_package_folder_with_other_files_is_not_replaced(
        self, specs: Path, arrived: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        package = specs.parent / "generated" / "tiny_rest"
        shutil.rmtree(package)
        package.mkdir()
        (package / "work.py").write_text("mine")
        said = refused(capsys, specs.parent, "update", "--specs", specs, arrived)
        assert f"{package}: expected an empty folder" in said


@pytest.mark.parametrize("error", [DiskError, KeyboardInterrupt])
def test_a_failure_at_any_step_leaves_everything_as_it_was(
    specs: Path,
    arrived: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    error: type[BaseException],
) -> None:
    shutil.rmtree(specs / "overlays")
    (arrived / "other.yaml").write_text(UNTYPED)
    before = digest(specs.parent), _file_times(specs.parent)
    kept = copied(specs, tmp_path / "kept")
    failures = 0
    with updated(specs, [arrived], drafting=True) as update:
        assert update
        for step in itertools.count():
            with monkeypatch.context() as patch:
                left = fail_at(patch, step, error, within=specs.parent)
                failed = _fails(update, error)
            if left[0] >= 0:
                break
            if failed:
                failures += 1
                assert (digest(specs.parent), _file_times(specs.parent)) == before
            else:  # Some failures mean nothing: a folder that is to be made may be there.
                shutil.rmtree(specs.parent)
                copied(kept, specs.parent)
    assert failures > 12
    assert (specs / "sources" / "other.yaml").read_text() == UNTYPED
    assert run(capsys, "check", "--specs", specs).status == 0


def _fails(update: Update, error: type[BaseException]) -> bool:
    try:
        update.write()
    except (error, shutil.Error):
        return True
    return False


def test_ctrl_c_while_the_documents_are_tried_leaves_everything_as_it_was(
    specs: Path,
    arrived: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = digest(specs.parent), times(specs.parent)
    fail_at(monkeypatch, 3, KeyboardInterrupt)
    done = run(capsys, "update", "--specs", specs, arrived)
    assert done.status == 130
    assert "nothing has been changed" in done.err
    assert (digest(specs.parent), times(specs.parent)) == before


def _file_times(folder: Path) -> dict[str, int]:
    """When each file was changed; folders that hold scratch files for a moment change, too."""
    return {name: time for name, time in times(folder).items() if Path(name).is_file()}
