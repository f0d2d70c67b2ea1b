"""Runs other programs: git, the build backend, pip."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.findings import Finding, GeneratorError

_SECRETS = ("TWINE_USERNAME", "TWINE_PASSWORD")
_LONGEST_SECONDS = 900.0
_LAST_LINES = 12


def environment() -> dict[str, str]:
    """The variables of this process, but for secrets."""
    return {name: text for name, text in os.environ.items() if name not in _SECRETS}


def run(
    command: Sequence[str | Path],
    folder: Path,
    cure: str,
    variables: Mapping[str, str] | None = None,
) -> str:
    """Run a program in a folder; what it prints, without white space at the ends.

    Args:
        command: The program and its arguments.
        folder: Where to run it.
        cure: What to do if it fails.
        variables: Its environment; by default `environment()`.

    Raises:
        GeneratorError: It cannot be run, fails, or does not end.
    """
    words = [str(word) for word in command]
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
        raise _failed(words, f"cannot be run: {error.strerror}", cure) from None
    except subprocess.TimeoutExpired:
        problem = f"has not ended after {_LONGEST_SECONDS:.0f} seconds"
        raise _failed(words, problem, cure) from None
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-_LAST_LINES:]
        problem = "\n".join([f"ended with status {done.returncode}", *(f"    {s}" for s in said)])
        raise _failed(words, problem, cure)
    return done.stdout.strip()


def _failed(command: Sequence[str], problem: str, cure: str) -> GeneratorError:
    name = " ".join([Path(command[0]).name, *command[1:4]])
    return GeneratorError([Finding(f"`{name} ...`", problem, cure)])
