"""The files of a project that a release reads and writes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from .findings import refusal


@dataclass(frozen=True, slots=True)
class Project:
    """The files of a project that a release writes. Any of them may be missing."""

    specs: Path

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return self.specs.parent

    @property
    def pyproject(self) -> Path:
        """The input of the build."""
        return self.root / "pyproject.toml"

    @property
    def changelog(self) -> Path:
        """A section for each version."""
        return self.root / "CHANGELOG.md"

    @property
    def released(self) -> Path:
        """The merged spec as it was released last."""
        return self.specs / "released.yaml"

    @property
    def version_file(self) -> Path | None:
        """The one file that states the version; the build backend reads it there, too."""
        path = _table(_table(_table(self._settings(), "tool"), "hatch"), "version").get("path")
        return self.root / path if isinstance(path, str) else None

    def metadata(self) -> dict[str, object]:
        """Return the table `project` of pyproject.toml, or an empty one."""
        return _table(self._settings(), "project")

    def _settings(self) -> dict[str, object]:
        if self.specs.name != "specs" or not self.pyproject.is_file():
            return {}
        try:
            return tomllib.loads(exact_text(self.pyproject))
        except tomllib.TOMLDecodeError as error:
            raise refusal(self.pyproject, "not-toml", reason=error) from None


def _table(parent: dict[str, object], key: str) -> dict[str, object]:
    table = parent.get(key)
    return table if isinstance(table, dict) else {}


def exact_text(path: Path) -> str:
    """Return the text with its line ends as they are."""
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise refusal(path, "not-utf8", reason=error.reason) from None
