"""Little projects: a specs folder, and the files beside it that say a version."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from runs import TINY, Outcome, run, tiny

from generator.commands import Target, build
from generator.config import Project
from generator.release.next_release import prepared, write
from generator.release.version_places import statements

PYPROJECT = """\
[build-system]
requires = ["hatchling"]  # version = "9.9.9"

[project]
name = "tiny-client"
dynamic = ["version"]
dependencies = ["x; python_version > '3'"]

[tool.generator]
version = "3"
package = "tiny_rest"

[tool.hatch.version]
path = "overlay/tiny/_version.py"

[tool.other]
version = "8.8.8"
"""
MODULE = '"""The version."""\n\nVERSION = "{version}"  # as in the changelog\n'
CHANGELOG = "# Changelog\n\n## {version}\n\nThe first version.\n"
MORE = TINY.replace("      id:\n        type: string\n---", "      uid:\n        type: string\n---")
"""Major: a property has another name."""
WORDS = TINY.replace("summary: Get a thing", "summary: Get the thing")
"""A patch: other words."""


def project(folder: Path, version: str = "0.1.0") -> Path:
    """The specs folder of a project that could be released."""
    specs = tiny(folder / "specs")
    (folder / "pyproject.toml").write_text(PYPROJECT)
    module = folder / "overlay" / "tiny" / "_version.py"
    module.parent.mkdir(parents=True)
    module.write_text(MODULE.format(version=version))
    (folder / "CHANGELOG.md").write_text(CHANGELOG.format(version=version))
    return specs


def generated(specs: Path, document: str | None = None) -> Path:
    """The same folder with what the generator makes of it, or of another document."""
    if document is not None:
        (specs / "sources" / "tiny.yaml").write_text(document)
    build(Target(specs))
    return specs


def released(folder: Path) -> Path:
    """The specs folder of a project that has been released."""
    specs = generated(project(folder))
    write(specs, prepared(specs))
    return specs


def release(capsys: pytest.CaptureFixture[str], specs: Path, *options: str) -> Outcome:
    """Release, and expect that to work."""
    done = run(capsys, "release", "--specs", specs, *options)
    assert done.status == 0, done.err
    return done


def versions(specs: Path) -> set[str]:
    """The versions that the places of a project say."""
    return {statement.version for statement in statements(Project(specs))}


def copied(specs: Path, folder: Path) -> Path:
    """The specs folder of a copy of a project, so that it need not be generated again."""
    shutil.copytree(specs.parent, folder, dirs_exist_ok=True)
    return folder / "specs"
