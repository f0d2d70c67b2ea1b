"""Hand-written code that calls the generated package: mypy names where it does not fit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from .config import read_settings
from .document import Position
from .findings import Finding, GeneratorError, refusal

_OPTIONS = (
    *("--output=json", "--follow-imports=silent", "--no-incremental", f"--cache-dir={os.devnull}"),
    *("--no-error-summary", "--hide-error-context", "--no-warn-unused-ignores"),
)
_LONGEST_SECONDS = 900.0


def misfits(specs: Path, generated: Path) -> list[Finding]:
    """The places of hand-written code that do not fit a generated package.

    Args:
        specs: The folder of specs, whose setting `callers` names the code.
        generated: The folder that holds the package.

    Raises:
        GeneratorError: There is no type checker, or what it is to read is not there.
    """
    root, callers = specs.parent, (read_settings(specs).callers or "").split()
    if not callers:
        return []
    if missing := [name for name in callers if not (root / name).exists()]:
        raise GeneratorError(Finding(root / name, "caller-missing") for name in missing)
    if find_spec("mypy") is None:
        raise refusal("mypy", "checker-missing")
    # What MYPYPATH names goes before what the project's settings name.
    variables = {**os.environ, "MYPYPATH": str(generated.resolve())}
    command = [sys.executable, "-m", "mypy", *_OPTIONS, *callers]
    done = subprocess.run(  # noqa: S603
        command,
        cwd=root,
        env=variables,
        capture_output=True,
        text=True,
        timeout=_LONGEST_SECONDS,
        check=False,
    )
    found = list(_findings(root, done.stdout))
    if done.returncode and not found:
        output = "".join(f"\n    {line}" for line in (done.stderr or done.stdout).splitlines()[:12])
        raise refusal("`mypy ...`", "program-failed", status=done.returncode, output=output)
    return found


def _findings(root: Path, output: str) -> Iterator[Finding]:
    for line in output.splitlines():
        if not line.startswith("{"):
            continue
        entry = json.loads(line)
        if entry["severity"] == "error":
            place = Position(str(root / entry["file"]), entry["line"], max(entry["column"] + 1, 1))
            yield Finding(place, "caller-misfit", reason=entry["message"])
