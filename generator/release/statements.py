"""The places of a project that say its version, and how to say another one there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.document import Position
from generator.findings import Finding, GeneratorError
from generator.project import Project, exact_text
from generator.released import RELEASE, read_released, released_version

from .changelog import newest

_HEADER = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]?\]\s*(#.*)?")
_TOML_VERSION = re.compile(r"""(\s*version\s*=\s*)(["'])([^"']*)(["']\s*(?:#.*)?)""")
_MODULE_VERSION = re.compile(r"""((?:VERSION|__version__)\b[^=]*=\s*)(["'])([^"']*)(["']\s*)""")


@dataclass(frozen=True, slots=True)
class Statement:
    """A place that says a version."""

    where: Position
    version: str


def statements(project: Project) -> Iterator[Statement]:
    """What the files of a project say; nothing of a folder whose specs belong to no project.

    Raises:
        GeneratorError: A file cannot be read, or does not say its version on one line.
    """
    if "version" not in project.metadata():
        return
    yield _statement(project.pyproject, *_in_pyproject(project))
    for module in project.modules:
        yield _statement(module, *_in_module(module))
    released = read_released(project.specs)
    found = newest(exact_text(project.changelog)) if project.changelog.is_file() else None
    if found or released is not None:
        version, line = found or ("", 1)
        yield Statement(Position(str(project.changelog), line), version)
    if released is not None:
        where = released.map(RELEASE).position_of("version")
        yield Statement(where, released_version(released))


def pyproject_with(project: Project, version: str) -> bytes:
    """pyproject.toml with another version, and not another byte changed.

    A library for that would be one more thing to install, for one line.
    """
    made = _with(project.pyproject, *_in_pyproject(project), version)
    before, after = (tomllib.loads(text) for text in (exact_text(project.pyproject), made.decode()))
    before["project"]["version"] = version
    if before != after:
        raise _unclear(project.pyproject, "in the table `project`, on a line of its own")
    return made


def module_with(module: Path, version: str) -> bytes:
    """A module that says another version, and not another byte changed."""
    return _with(module, *_in_module(module), version)


def _in_pyproject(project: Project) -> tuple[int, re.Match[str]]:
    """The line, counted from 0, that says the version."""
    table = ""
    found = []
    for number, line in enumerate(exact_text(project.pyproject).split("\n")):
        if header := _HEADER.fullmatch(line.rstrip("\r")):
            table = header[1]
        elif table == "project" and (match := _TOML_VERSION.fullmatch(line.rstrip("\r"))):
            found.append((number, match))
    if len(found) != 1 or found[0][1][3] != project.metadata().get("version"):
        raise _unclear(project.pyproject, 'in the table `project`, as `version = "1.2.3"`')
    return found[0]


def _in_module(module: Path) -> tuple[int, re.Match[str]]:
    matches = [
        (number, match)
        for number, line in enumerate(exact_text(module).split("\n"))
        if (match := _MODULE_VERSION.fullmatch(line.rstrip("\r")))
    ]
    if len(matches) != 1:
        raise _unclear(module, 'as `VERSION = "1.2.3"`')
    return matches[0]


def _statement(path: Path, number: int, match: re.Match[str]) -> Statement:
    return Statement(Position(str(path), number + 1), match[3])


def _with(path: Path, number: int, match: re.Match[str], version: str) -> bytes:
    lines = exact_text(path).split("\n")
    end = "\r" if lines[number].endswith("\r") else ""
    lines[number] = f"{match[1]}{match[2]}{version}{match[4]}{end}"
    return "\n".join(lines).encode()


def _unclear(path: Path, how: str) -> GeneratorError:
    problem = f"expected the version once, {how}; it is not"
    return GeneratorError([Finding(str(path), problem, "Write it like that.")])
