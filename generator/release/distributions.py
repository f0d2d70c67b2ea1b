"""Builds source distribution and wheel, with the same bytes each time."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.findings import Finding, GeneratorError, refusal
from generator.processes import environment, run


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file that can be uploaded."""

    path: Path
    sha256: str

    @property
    def name(self) -> str:
        """The name that it has on an index."""
        return self.path.name


def build(project: Path, out: Path) -> list[Distribution]:
    """Build a project twice, compare, check the metadata, and leave the files in a folder.

    Returns:
        The source distribution, then the wheel.

    Raises:
        GeneratorError: The build fails, or the two differ.
    """
    return _compared(project, out, _commit_time(project))


def build_commit(project: Path, out: Path) -> list[Distribution]:
    """Build the commit, so that no other file of the folder is included.

    Files that git ignores on this machine only may be there, and may be secret.

    Raises:
        GeneratorError: The build fails, or two builds differ.
    """
    with TemporaryDirectory(prefix="generator-") as temporary:
        archive, folder = Path(temporary) / "commit.tar", Path(temporary) / "project"
        run(["git", "archive", "--output", archive, "HEAD"], project, "commit-to-publish")
        with tarfile.open(archive) as content:
            content.extractall(folder, filter="data")
        return _compared(folder, out, _commit_time(project))


def _commit_time(project: Path) -> str:
    return run(["git", "log", "-1", "--format=%ct"], project, "commit-to-build")


def _compared(project: Path, out: Path, time: str) -> list[Distribution]:
    with TemporaryDirectory(prefix="generator-") as temporary:
        made = _built(project, Path(temporary) / "one", time)
        again = _built(project, Path(temporary) / "two", time)
        if [file.sha256 for file in made] != [file.sha256 for file in again]:
            found = "; ".join(f"{file.name} {file.sha256}" for file in (*made, *again))
            raise refusal(project, "builds-differ", found=found)
        _check_metadata(made[-1].path)
        return [_kept(file, out) for file in made]


def _built(project: Path, out: Path, time: str) -> list[Distribution]:
    # Without isolation: the backend writes its own version into the wheel, so it has to be pinned.
    variables = {**environment(), "SOURCE_DATE_EPOCH": time}
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out)]
    run(command, project, "correct-build", variables)
    paths = sorted(out.glob("*.tar.gz")) + sorted(out.glob("*.whl"))
    return [Distribution(path, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths]


def _check_metadata(wheel: Path) -> None:
    """Refuse metadata that an index would refuse, or that lacks a description."""
    # Not at the top: it is installed for building only.
    from packaging.metadata import Metadata

    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        content = archive.read(name)
    try:
        problems = [] if Metadata.from_email(content).description else ["it has no description"]
    except ExceptionGroup as group:
        problems = [str(error) for error in group.exceptions]
    if problems:
        where = f"{wheel.name}/METADATA"
        raise GeneratorError(Finding(where, "metadata", reason=text) for text in problems)


def _kept(file: Distribution, out: Path) -> Distribution:
    """Move the file to its place, and remove older ones there."""
    out.mkdir(exist_ok=True)
    for old in out.glob(f"*{'.whl' if file.name.endswith('.whl') else '.tar.gz'}"):
        old.unlink()
    return Distribution(Path(shutil.copy(file.path, out / file.name)), file.sha256)
