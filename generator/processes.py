"""Runs other programs: git, the build backend, uv, pip."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .findings import Finding, GeneratorError

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

    Args:
        command: The program and its arguments.
        folder: Where to run it.
        advice: The code of the advice on what to do if it fails.
        variables: Its environment; by default `environment()`.
        **values: The values of the advice.

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
