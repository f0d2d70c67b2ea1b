"""The places that say the version agree, or `check` names those that do not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from projects import copied, project, released, versions
from runs import run, tiny

from generator.config import Project
from generator.findings import GeneratorError
from generator.release.version_places import disagreements, statements, with_version


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been released."""
    return released(tmp_path_factory.mktemp("project"))


@pytest.fixture
def specs(tmp_path: Path, made: Path) -> Path:
    """A copy of it."""
    return copied(made, tmp_path)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def test_a_released_project_states_one_version_in_three_places(specs: Path) -> None:
    assert len(list(statements(Project(specs)))) == 3
    assert versions(specs) == {"0.1.0"}
    assert disagreements(specs) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("overlay/tiny/_version.py", 3),
        ("CHANGELOG.md", 3),
        ("specs/released.yaml", None),
    ],
)
def test_check_names_the_one_that_disagrees_and_what_to_do(
    specs: Path, capsys: pytest.CaptureFixture[str], file: str, line: int | None
) -> None:
    path = specs.parent / file
    edit(path, "0.1.0", "0.2.0")
    done = run(capsys, "check", "--specs", specs)
    assert done.status == 1
    assert f"{path}:{line or ''}" in done.err
    assert "expected version 0.1.0, as in " in done.err
    assert "found 0.2.0" in done.err
    assert "Write 0.1.0 here" in done.err
    assert done.err.count("expected version") == 1


def test_a_changelog_without_a_version_or_gone_disagrees(specs: Path) -> None:
    changelog = specs.parent / "CHANGELOG.md"
    edit(changelog, "## 0.1.0", "## Unreleased")
    (finding,) = disagreements(specs)
    assert "found none" in str(finding)
    changelog.unlink()
    (finding,) = disagreements(specs)
    assert str(finding).startswith(f"{changelog}:1:1: ")


def test_a_released_spec_without_a_version_disagrees(specs: Path) -> None:
    edit(specs / "released.yaml", "  version: 0.1.0", "  other: 0.1.0")
    (finding,) = disagreements(specs)
    assert "found none" in str(finding)


def test_a_module_that_says_no_version_is_refused_not_ignored(specs: Path) -> None:
    edit(specs.parent / "overlay" / "tiny" / "_version.py", "VERSION", "NUMBER")
    with pytest.raises(GeneratorError, match="expected the version once"):
        disagreements(specs)


def test_specs_that_belong_to_no_project_are_not_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert disagreements(tiny(tmp_path / "specs")) == []
    (tmp_path / "pyproject.toml").write_text('[tool.generator]\npackage = "mine"\n')
    assert disagreements(tmp_path / "specs") == []
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\ndynamic = ["version"]\n')
    assert disagreements(tmp_path / "specs") == []
    shutil.copytree(tmp_path / "specs", tmp_path / "other")
    (tmp_path / "version.py").write_text('VERSION = "1.0.0"\n')
    (tmp_path / "pyproject.toml").write_text('[tool.hatch.version]\npath = "version.py"\n')
    (tmp_path / "CHANGELOG.md").write_text("## 2.0.0\n")
    assert disagreements(tmp_path / "other") == []
    assert disagreements(tmp_path / "specs") != []
    capsys.readouterr()


@pytest.mark.parametrize(
    "text",
    [
        "",
        'NUMBER = "1.0.0"\n',
        'if True:\n    VERSION = "1.0.0"\n',
        'VERSION: str = "1.0.0"\n',
        'VERSION = "1.0.0"\n__version__ = "1.0.0"\n',
    ],
)
def test_a_version_that_is_missing_doubled_or_in_an_unusual_form_is_refused(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "version.py").write_text(text)
    with pytest.raises(GeneratorError, match="expected the version once, as `VERSION ="):
        with_version(tmp_path / "version.py", "2.0.0")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_the_version_is_edited(tmp_path: Path, end: str) -> None:
    project(tmp_path)
    file = tmp_path / "overlay" / "tiny" / "_version.py"
    file.write_bytes(file.read_bytes().replace(b"\n", end.encode()))
    assert with_version(file, "1.0.0") == file.read_bytes().replace(b"0.1.0", b"1.0.0")
