"""Builds source distribution and wheel, with the same bytes each time, by other programs."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.findings import Finding, GeneratorError, refusal


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file that can be uploaded."""

    path: Path
    sha256: str

    @property
    def name(self) -> str:
        """The name that it has on an index."""
        return self.path.name


def build(project: Path, out: Path, repository: Path | None = None) -> list[Distribution]:
    """Build a project twice, compare, check the metadata, and leave the files in a folder.

    `repository` is the checkout that the project is from; by default the project. The source
    distribution is returned first, then the wheel.

    Raises:
        GeneratorError: The build fails, or the two differ.
    """
    time = run(["git", "log", "-1", "--format=%ct"], repository or project, "commit-to-build")
    with TemporaryDirectory(prefix="generator-") as temporary:
        made = _built(project, Path(temporary) / "one", time)
        # What the backend requires is there: the first build has checked it.
        again = _built(project, Path(temporary) / "two", time, "--skip-dependency-check")
        if [file.sha256 for file in made] != [file.sha256 for file in again]:
            found = "; ".join(f"{file.name} {file.sha256}" for file in (*made, *again))
            raise refusal(project, "builds-differ", found=found)
        _check_metadata(made[-1].path)
        return [_kept(file, out) for file in made]


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
        return build(folder, out, project)


def _built(project: Path, out: Path, time: str, *options: str) -> list[Distribution]:
    # Without isolation: the backend writes its own version into the wheel, so it has to be pinned.
    variables = {**environment(), "SOURCE_DATE_EPOCH": time}
    command = [sys.executable, "-m", "build", "--no-isolation", *options, "--outdir", str(out)]
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


_LONGEST_SECONDS = 900.0
_MOST_LINES = 12


def environment() -> dict[str, str]:
    """Return the variables of this process, except those about publishing."""
    ours = ("TWINE_", "UV_PUBLISH_")
    return {name: text for name, text in os.environ.items() if not name.startswith(ours)}


def name_netrc(variables: dict[str, str], folder: Path, text: str) -> None:
    """Pass a netrc file to a program by its variables; other users cannot read the file."""
    file = folder / "netrc"
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)
    variables["NETRC"] = str(file)


def run(
    command: Sequence[str | Path],
    folder: Path,
    advice: str,
    variables: Mapping[str, str] | None = None,
    **values: object,
) -> str:
    """Run a program in a folder, and return its output without white space at the ends.

    `advice` is the code, with its values, of what to do if it fails. The variables of its
    environment are by default those of `environment()`.

    Raises:
        GeneratorError: It cannot be run, fails, or does not end.
    """
    words = [str(word) for word in command]

    def failure(code: str, **found: object) -> GeneratorError:
        name = " ".join([Path(words[0]).name, *words[1:4]])
        return GeneratorError([Finding(f"`{name} ...`", code, **found).advised(advice, **values)])

    try:
        done = subprocess.run(  # noqa: S603
            words,
            cwd=folder,
            env=environment() if variables is None else variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_LONGEST_SECONDS,
            check=False,
        )
    except OSError as error:
        raise failure("program-not-started", reason=error.strerror) from None
    except subprocess.TimeoutExpired:
        raise failure("program-endless", seconds=_LONGEST_SECONDS) from None
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        # What comes after an error may be a whole page of a server.
        errors = (n for n, line in enumerate(said) if line.lower().startswith("error"))
        shown = said[next(errors, -_MOST_LINES) :][:_MOST_LINES]
        output = "".join(f"\n    {line}" for line in shown)
        raise failure("program-failed", status=done.returncode, output=output)
    return done.stdout.strip()
