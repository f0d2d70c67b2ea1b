"""The settings of a specs folder, and the files of the project around it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path, PurePath

from .findings import Finding, GeneratorError, refusal


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one specs folder."""

    title: str | None = None
    """This and the next two are taken from the first document where they are None."""
    description: str | None = None
    version: str | None = None
    package: str | None = None
    spends: str | None = None
    """A regular expression for the path or description of operations that cost something."""
    prefix: str = "api rest"
    """The segments that paths may start with and that no resource is called by."""
    callers: str = ""
    """Files and folders of hand-written code that calls the package, separated by spaces."""
    trial: str | None = None
    """A script that calls the installed client once it is published, from the project's folder."""
    trial_requires: str = ""
    """What pip installs for the script besides the client, separated by spaces."""
    api_page: str | None = None
    """A Markdown file that lists the operations, from the project's folder; None for no file."""
    exceptions: Mapping[str, str] | None = None
    """What the hand-written client raises: names of exceptions by `404`, `5XX` or `default`, and by
    `argument` for one that cannot be sent. Docstrings name them in place of the package's own."""

    @property
    def prefixes(self) -> frozenset[str]:
        """The words of `prefix`."""
        return frozenset(self.prefix.split())

    @property
    def rendered(self) -> dict[str, object]:
        """Those that the outputs depend on."""
        names = ("title", "description", "version", "package", "exceptions")
        return {name: getattr(self, name) for name in names}


def read_settings(specs: Path) -> Settings:
    """Return the settings of a specs folder.

    They stand in `generator.toml` in that folder or, for a project whose specs are in a folder
    `specs`, under `[tool.generator]` in the `pyproject.toml` beside it.

    Raises:
        GeneratorError: A settings file is no TOML, or holds something else than settings.
    """
    own = specs / "generator.toml"
    if own.is_file():
        return _checked(own, _toml(own))
    project = Project(specs)
    return _checked(project.pyproject, project.table("tool").get("generator", {}))


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(exact_text(path))
    except tomllib.TOMLDecodeError as error:
        raise refusal(path, "not-toml", reason=error) from None


def _checked(path: Path, table: object) -> Settings:
    known = [field.name for field in fields(Settings)]
    if not isinstance(table, dict):
        raise refusal(path, "settings-shape", found=table)
    findings = []
    for key, value in table.items():
        if key not in known or (key != "exceptions" and not isinstance(value, str)):
            code = "setting-not-text" if key in known else "setting-unknown"
            findings.append(Finding(path, code, key=key, known=known, found=value))
    if not _is_page(page := table.get("api_page")):
        findings.append(Finding(path, "setting-not-page", found=page))
    if not _are_exceptions(exceptions := table.get("exceptions", {})):
        findings.append(Finding(path, "setting-not-exceptions", found=exceptions))
    try:
        re.compile(str(table.get("spends", "")))
    except (re.error, OverflowError) as error:
        findings.append(Finding(path, "setting-not-pattern", reason=error))
    if findings:
        raise GeneratorError(findings)
    return Settings(**table)


def _is_page(value: object) -> bool:
    """Whether a setting names a Markdown file in the project's folder. Others are not text."""
    if not isinstance(value, str):
        return True
    path = PurePath(value)
    return path.suffix == ".md" and not path.is_absolute() and ".." not in path.parts


def _are_exceptions(value: object) -> bool:
    return isinstance(value, dict) and all(
        re.fullmatch("argument|default|[45]([0-9][0-9]|XX)", key)
        and isinstance(name, str)
        and all(part.isidentifier() for part in name.split("."))
        for key, name in value.items()
    )


class Project:
    """The files of a project that a release writes. Any of them may be missing."""

    def __init__(self, specs: Path) -> None:
        self.specs = specs
        self.root = specs.parent
        self.pyproject = self.root / "pyproject.toml"
        self.changelog = self.root / "CHANGELOG.md"
        self.released = specs / "released.yaml"
        """The merged spec as it was released last."""

    @property
    def version_file(self) -> Path | None:
        """The one file that states the version; the build backend reads it there, too."""
        path = self.table("tool", "hatch", "version").get("path")
        return self.root / path if isinstance(path, str) else None

    def table(self, *keys: str) -> dict[str, object]:
        """Return a table of pyproject.toml, or an empty one."""
        there = self.specs.name == "specs" and self.pyproject.is_file()
        found: object = _toml(self.pyproject) if there else {}
        for key in keys:
            found = found.get(key) if isinstance(found, dict) else None
        return found if isinstance(found, dict) else {}


def exact_text(path: Path) -> str:
    """Return the text with its line ends as they are."""
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise refusal(path, "not-utf8", reason=error.reason) from None
