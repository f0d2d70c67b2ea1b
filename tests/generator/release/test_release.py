"""Releasing: which version, what is written, and what is refused."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest
from failing import DiskError, fail_at
from projects import (
    CHANGELOG,
    MODULE,
    MORE,
    WORDS,
    copied,
    generated,
    project,
    release,
    versions,
)
from runs import digest, refused, run

from generator.atomic_writes import replaced
from generator.release.next_release import prepared, write
from generator.released import read_released, released_version

pytestmark = pytest.mark.slow

RENAMED = """\
overlay: 1.1.0
info: {title: A better name, version: 1.0.0}
actions:
  - description: It reads better.
    target: $.paths['/v3/things/{id}'].get
    update: {x-method: find_thing}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Projects with their outputs: not released yet, released, and changed since."""
    folder = tmp_path_factory.mktemp("projects")
    fresh = generated(project(folder / "fresh"))
    released = copied(fresh, folder / "released")
    write(released, prepared(released))
    changed = generated(copied(released, folder / "changed"), MORE)
    return {"fresh": fresh, "released": released, "changed": changed}


@pytest.fixture
def fresh(tmp_path: Path, made: dict[str, Path]) -> Path:
    """A project that has not been released yet."""
    return copied(made["fresh"], tmp_path)


@pytest.fixture
def specs(tmp_path: Path, made: dict[str, Path]) -> Path:
    """A project that has been released as 0.1.0."""
    return copied(made["released"], tmp_path)


@pytest.fixture
def changed(tmp_path: Path, made: dict[str, Path]) -> Path:
    """The same with a change that breaks callers."""
    return copied(made["changed"], tmp_path)


class TestFirst:
    def test_the_first_release_keeps_the_merged_spec_and_changes_nothing_else(
        self, tmp_path: Path, fresh: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = digest(tmp_path)
        done = release(capsys, fresh)
        assert digest(tmp_path).keys() - before.keys() == {"specs/released.yaml"}
        assert {**digest(tmp_path), **before} == digest(tmp_path)
        merged = (fresh / "openapi.yaml").read_text("utf-8")
        kept = (fresh / "released.yaml").read_text("utf-8")
        assert kept == f"{merged}x-release:\n  version: 0.1.0\n"
        assert "tiny-client 0.1.0, the first release" in done.out
        assert f"git add {fresh / 'released.yaml'}\n" in done.out
        assert "git tag v0.1.0" in done.out

    def test_it_needs_its_section_of_the_changelog(
        self, tmp_path: Path, fresh: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n")
        said = refused(capsys, tmp_path, "release", "--specs", fresh)
        assert "CHANGELOG.md:1:1: expected a section of 0.1.0, found none" in said
        (tmp_path / "CHANGELOG.md").unlink()
        assert "a line `## 0.1.0`" in refused(capsys, tmp_path, "release", "--specs", fresh)

    def test_it_is_of_the_version_that_is_there(
        self, tmp_path: Path, fresh: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        said = refused(capsys, tmp_path, "release", "--specs", fresh, "--bump", "major")
        assert "--bump major: nothing has been released yet" in said

    def test_a_version_of_another_form_is_refused(
        self, tmp_path: Path, fresh: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "overlay" / "tiny" / "_version.py"
        path.write_text(path.read_text().replace("0.1.0", "0.1.0rc1"))
        (tmp_path / "CHANGELOG.md").unlink()
        assert "found '0.1.0rc1'" in refused(capsys, tmp_path, "release", "--specs", fresh)

    def test_specs_without_a_project_cannot_be_released(
        self, tmp_path: Path, fresh: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "pyproject.toml").unlink()
        assert "pyproject.toml: expected a version" in refused(
            capsys, tmp_path, "release", "--specs", fresh
        )


class TestNext:
    @pytest.mark.parametrize(
        ("document", "version"), [(MORE, "0.2.0"), (WORDS, "0.1.1")], ids=["major", "patch"]
    )
    def test_the_change_decides_on_the_version_and_it_is_written_everywhere(
        self, specs: Path, capsys: pytest.CaptureFixture[str], document: str, version: str
    ) -> None:
        generated(specs, document)
        root = specs.parent
        before = digest(root)
        done = release(capsys, specs)
        changed = {name for name, content in digest(root).items() if before.get(name) != content}
        assert changed == {
            "CHANGELOG.md",
            "overlay/tiny/_version.py",
            "specs/released.yaml",
        }
        assert versions(specs) == {version}
        assert (root / "overlay/tiny/_version.py").read_text() == MODULE.format(version=version)
        assert f"tiny-client {version}, after 0.1.0" in done.out
        assert run(capsys, "check", "--specs", specs).status == 0

    def test_the_changelog_tells_what_changed_after_what_was_written_by_hand(
        self, changed: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        changelog = changed.parent / "CHANGELOG.md"
        by_hand = "## Unreleased\n\nA new sandbox.\n\n## 0.1.0"
        changelog.write_text(changelog.read_text().replace("## 0.1.0", by_hand))
        release(capsys, changed)
        text = changelog.read_text("utf-8")
        assert text.startswith("# Changelog\n\n## 0.2.0\n\nA new sandbox.\n\n### Major")
        assert "`models.Thing.id`" in text
        assert text.endswith(CHANGELOG.format(version="0.1.0").removeprefix("# Changelog\n"))

    def test_a_second_release_has_nothing_to_release(
        self, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        said = refused(capsys, specs.parent, "release", "--specs", specs)
        assert "nothing has changed for callers since 0.1.0" in said
        assert "--bump" in said

    def test_what_was_changed_by_hand_is_released_by_a_bump(
        self, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        release(capsys, specs, "--bump", "minor")
        assert versions(specs) == {"0.1.1"}
        release(capsys, specs, "--bump", "1.0.0")
        assert versions(specs) == {"1.0.0"}
        release(capsys, specs, "--bump", "minor")
        assert versions(specs) == {"1.1.0"}
        released = read_released(specs)
        assert released
        assert released_version(released) == "1.1.0"

    @pytest.mark.parametrize(
        ("bump", "words"),
        [
            ("patch", "the level is too low: since 0.1.0 there are changes of level major"),
            ("0.1.5", "the level is too low"),
            ("0.1.0", "expected a version later than 0.1.0"),
            ("0.0.9", "expected a version later than 0.1.0"),
            ("2", "expected major, minor, patch or a version X.Y.Z"),
        ],
    )
    def test_a_bump_that_is_too_small_or_none_is_refused(
        self, changed: Path, capsys: pytest.CaptureFixture[str], bump: str, words: str
    ) -> None:
        said = refused(capsys, changed.parent, "release", "--specs", changed, "--bump", bump)
        assert f"--bump {bump}: {words}" in said

    def test_a_version_that_the_changelog_has_already_is_refused(
        self, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        changelog = specs.parent / "CHANGELOG.md"
        changelog.write_text(changelog.read_text() + "\n## 0.1.1\n")
        options = ("release", "--specs", specs, "--bump", "patch")
        assert "there is a section of 0.1.1 already" in refused(capsys, specs.parent, *options)


class TestState:
    def test_outdated_outputs_are_refused(
        self, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (specs / "sources" / "tiny.yaml").write_text(MORE)
        said = refused(capsys, specs.parent, "release", "--specs", specs)
        assert f"{specs / 'openapi.yaml'}: differs from the result of the inputs" in said
        assert "Generate again" in said

    def test_versions_that_disagree_are_refused(
        self, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (specs.parent / "CHANGELOG.md").write_text("# Changelog\n\n## 0.2.0\n")
        said = refused(capsys, specs.parent, "release", "--specs", specs)
        assert "CHANGELOG.md:3:1: expected version 0.1.0" in said

    def test_guesses_that_nobody_has_confirmed_are_refused_until_they_are(
        self, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        overlay = specs / "overlays" / "one.yaml"
        text = overlay.read_text()
        marked = text.replace("    update:", "    x-guess: true\n    update:")
        overlay.write_text(marked.replace("minimum: 1", "minimum: 2"))
        generated(specs)
        said = refused(capsys, specs.parent, "release", "--specs", specs)
        assert f"{overlay}: 1 guess(es) not confirmed, at lines 4" in said
        assert "x-guess: true" in said
        overlay.write_text(overlay.read_text().replace("    x-guess: true\n", ""))
        generated(specs)
        release(capsys, specs)

    def test_an_address_that_is_still_to_be_filled_in_is_refused_until_it_is(
        self, changed: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        security = changed.parent / "SECURITY.md"
        security.write_text("# Security\n\nReport it to security@company.invalid, please.\n")
        said = refused(capsys, changed.parent, "release", "--specs", changed)
        assert f"{security}:3:14: security@company.invalid is a placeholder" in said
        security.write_text(security.read_text().replace("company.invalid", "tiny.example"))
        release(capsys, changed)

    def test_a_released_spec_that_was_damaged_is_refused(
        self, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = specs / "released.yaml"
        path.write_text("openapi: 3.1.0\npaths: 1\nx-release:\n  version: 0.1.0\n")
        assert str(path) in refused(capsys, specs.parent, "release", "--specs", specs)


class TestWriting:
    @pytest.mark.parametrize("error", [DiskError, KeyboardInterrupt])
    def test_a_release_that_fails_at_any_step_changes_nothing(
        self, changed: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
    ) -> None:
        release = prepared(changed)
        before = digest(changed.parent)
        for step in itertools.count():
            with monkeypatch.context() as patch:
                left = fail_at(patch, step, error, within=changed.parent)
                try:
                    write(changed, release)
                except error:
                    assert digest(changed.parent) == before
            if left[0] >= 0:
                break
        assert step > 12
        assert versions(changed) == {"0.2.0"}

    def test_a_name_that_an_overlay_changes_is_released_and_stays(
        self, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (specs / "overlays" / "names.yaml").write_text(RENAMED)
        generated(specs)
        release(capsys, specs)
        assert versions(specs) == {"0.2.0"}
        assert "x-former-names" in (specs / "released.yaml").read_text()
        assert run(capsys, "check", "--specs", specs).status == 0
        said = refused(capsys, specs.parent, "release", "--specs", specs)
        assert "nothing has changed for callers since 0.2.0" in said


class TestReplacing:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for name in ("a", "b"):
            (tmp_path / name).write_text(f"old {name}")
            os.utime(tmp_path / name, ns=(1, 1))
        (tmp_path / "a").chmod(0o640)
        return tmp_path

    def test_all_files_are_there_and_nothing_else(self, folder: Path) -> None:
        files = {folder / "a": b"new", folder / "x" / "y" / "c": b"c"}
        with replaced(files):
            pass
        assert {path: path.read_bytes() for path in files} == files
        assert (folder / "a").stat().st_mode & 0o777 == 0o640
        assert sorted(path.name for path in folder.iterdir()) == ["a", "b", "x"]
        assert [path.name for path in (folder / "x" / "y").iterdir()] == ["c"]

    @pytest.mark.parametrize("error", [DiskError, KeyboardInterrupt, SystemExit])
    def test_a_failure_in_the_block_brings_everything_back(
        self, folder: Path, error: type[BaseException]
    ) -> None:
        before = {**digest(folder), "time": str((folder / "a").stat().st_mtime_ns)}
        seen = b""
        try:
            with replaced({folder / "a": b"x", folder / "n" / "c": b"c"}):
                seen = (folder / "n" / "c").read_bytes()
                raise error
        except error:
            assert seen == b"c"
        assert {**digest(folder), "time": str((folder / "a").stat().st_mtime_ns)} == before

    @pytest.mark.parametrize("step", range(12))
    def test_a_failure_at_any_step_brings_everything_back(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, step: int
    ) -> None:
        before = digest(folder)
        files = {folder / "a": b"x", folder / "n" / "c": b"c", folder / "b": b"y"}
        fail_at(monkeypatch, step)
        try:
            with replaced(files):
                pass
        except DiskError:
            assert digest(folder) == before
        else:
            assert step > 6
            assert (folder / "b").read_bytes() == b"y"
