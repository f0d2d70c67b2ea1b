"""Makes a release: computes the version, and writes it to all of its places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from generator.atomic_writes import replaced
from generator.callers import misfits
from generator.commands import Target, check
from generator.compared_specs import released
from generator.config import Project, exact_text
from generator.diff import compare, gravest
from generator.diff.differences import Difference
from generator.diff.reports import changelog
from generator.document import Map, Position, copied_map, placed
from generator.draft import GUESS, guesses
from generator.findings import Finding, GeneratorError, refusal
from generator.pipeline import build_spec
from generator.released import RELEASE
from generator.semver import Version, chosen, parsed
from generator.yaml_output import to_yaml

from .changelog import newest, with_release
from .version_places import disagreements, stated, with_version

_MOST_LINES = 10


@dataclass(frozen=True, slots=True)
class Release:
    """A release that can be written."""

    name: str
    """The name of the distribution."""
    version: Version
    before: Version | None
    """The last released version; None for the first release."""
    differences: list[Difference]
    files: dict[Path, bytes]
    """The files to write; a release changes no others."""


def prepared(specs: Path, bump: str = "") -> Release:
    """Return the next release. Writes nothing.

    `bump` is a level or a version to release, for changes made by hand.

    Raises:
        GeneratorError: The project is in no state to be released, or the version that was asked
            for is too low.
    """
    file, current = checked_version(specs)
    project = Project(specs)
    spec = build_spec(specs).spec
    name = str(project.table("project").get("name", "the project"))
    if not project.released.is_file():
        return _first(project, name, spec, current, bump)
    differences = compare(released(specs).spec, spec)
    version = chosen(current, gravest(differences), bump)
    before = project.changelog.read_bytes().decode()
    text = with_release(before, str(version), changelog(differences), str(project.changelog))
    files = {
        file: with_version(file, str(version)),
        project.changelog: text.encode(),
        project.released: as_released(spec, version),
    }
    return Release(name, version, current, differences, files)


def write(specs: Path, release: Release) -> None:
    """Write a release, or leave everything as it was.

    Raises:
        GeneratorError: What was written would not do; it has been taken back.
    """
    with replaced(release.files):
        findings = disagreements(specs)
        target = Target(specs)
        # What was released has a say in names.
        if to_yaml(build_spec(specs).spec).encode() != target.spec_file.read_bytes():
            findings.append(Finding(target.spec_file, "release-unstable"))
        if findings:
            raise GeneratorError(findings)


def checked_version(specs: Path) -> tuple[Path, Version]:
    """Check that a project can be released; return its version file and the version in it.

    Raises:
        GeneratorError: The project is not ready to be released: it has placeholders, unconfirmed
            guesses, outdated outputs, versions that disagree, or hand-written code that does not
            fit, all of which are named.
    """
    project = Project(specs)
    if project.version_file is None:
        raise refusal(project.pyproject, "version-file-missing")
    found = stated(project.version_file)
    version = parsed(found.version)
    if version is None:
        raise refusal(found.where, "version-not-numbers", found=found.version)
    findings = [
        *placeholders(specs.parent),
        *_unconfirmed(specs),
        *(finding.advised("generate-first") for finding in check(Target(specs))),
        *disagreements(specs),
        *misfits(specs, specs.parent / "generated"),
    ]
    if findings:
        raise GeneratorError(findings)
    return project.version_file, version


def _unconfirmed(specs: Path) -> Iterator[Finding]:
    """Yield one finding for each overlay: there may be many guesses."""
    for overlay, group in groupby(guesses(specs), key=lambda guess: guess.overlay):
        found = list(group)
        lines = ", ".join(str(guess.where.line) for guess in found[:_MOST_LINES])
        more = ", ..." if len(found) > _MOST_LINES else ""
        where, values = specs / "overlays" / overlay, {"count": len(found), "mark": GUESS}
        yield Finding(where, "guesses-unconfirmed", lines=lines + more, **values)


def as_released(spec: Map, version: Version | str) -> bytes:
    """Return the file in which a merged spec is kept after its release."""
    kept = copied_map(spec)
    kept.put(RELEASE, placed({"version": str(version)}, spec.position))
    return to_yaml(kept).encode()


def _first(project: Project, name: str, spec: Map, version: Version, bump: str) -> Release:
    """Return the first release, which is of the version that the project has."""
    if bump:
        raise refusal(f"--bump {bump}", "bump-first", version=version, file=project.version_file)
    found = newest(project.changelog.read_text("utf-8")) if project.changelog.is_file() else None
    if found is None:
        raise refusal(Position(str(project.changelog)), "changelog-empty", version=version)
    return Release(name, version, None, [], {project.released: as_released(spec, version)})


# RFC 2606 reserves the top-level domain, so a real address never has it.
_PLACEHOLDER = re.compile(r"[\w.@-]+\.invalid\b")


def placeholders(root: Path) -> Iterator[Finding]:
    """Yield a finding for each line that states an address below `.invalid`."""
    for path in (root / "pyproject.toml", root / "SECURITY.md"):
        if path.is_file():
            for number, line in enumerate(exact_text(path).splitlines(), 1):
                if found := _PLACEHOLDER.search(line):
                    where = Position(str(path), number, found.start() + 1)
                    yield Finding(where, "placeholder", found=found[0])
