"""Tries one document: from a folder of its own to a package that is imported and type-checked."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import pkgutil
import re
import resource
import runpy
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import generator.cli.updating  # noqa: F401 - so that no process has to load it again
from generator.findings import GeneratorError
from generator.update import prepared

from .drawing import operations

SECONDS = 60
"""What a command may take of a processor: the same on a busy machine as on an idle one."""
PACKAGE = "corpus_rest"
_GUARD = 1800
"""The seconds after which a process that uses no processor is ended."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a document."""

    document: str
    size: int
    operations: int
    outcome: str
    """A key of `report.OUTCOMES`."""
    seconds: float
    """The time of a processor that the command took, ruff included."""
    guesses: int
    why: str
    """The codes of the findings, or the last line of what was printed."""
    checked: bool
    """Whether mypy has read the package."""


def tried(directory: Path, document: Path, cache: Path | None) -> Tried:
    """Try a document in a temporary folder; with mypy, if it is given a folder for its cache."""
    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        specs = Path(folder) / "specs"
        (specs / "sources").mkdir(parents=True)
        (specs / "generator.toml").write_text(f'package = "{PACKAGE}"\n', "utf-8")
        generated = specs.parent / "generated"
        expected = operations(document)
        arguments = ["update", "--draft", "--specs", str(specs), str(document)]
        before = _used()
        status, printed = _forked(lambda: _run(arguments), limit=SECONDS)
        seconds = round(_used() - before, 1)
        guesses = sum(map(int, re.findall(r": (\d+) guess\(es\)", printed)))
        checked = False
        if "Traceback (most recent call last)" in printed:
            outcome, why = "traceback", _last(printed)
        elif status not in (0, 1) or seconds > SECONDS:
            outcome, why = "time-out", f"{seconds:.0f} s"
        elif status:
            outcome, why = "refused", _forked(lambda: _codes(specs, document))[1].strip()
        else:
            outcome, why = _imported(generated, expected)
            if outcome == "built" and cache:
                checked = True
                outcome, why = _type_checked(generated, cache)
    name, size = str(document.relative_to(directory / "api")), document.stat().st_size
    return Tried(name, size, expected, outcome, seconds, guesses, why, checked)


def _run(arguments: list[str]) -> int:
    """Run `python -m generator`, in this process."""
    sys.argv = ["generator", *arguments]
    runpy.run_module("generator", run_name="__main__")
    return 0


def _imported(generated: Path, expected: int) -> tuple[str, str]:
    """What becomes of a package when every module of it is imported, and every name read."""

    def load() -> int:
        sys.path.insert(0, str(generated))
        package = importlib.import_module(PACKAGE)
        found = pkgutil.walk_packages(package.__path__, f"{PACKAGE}.")
        modules = [importlib.import_module(each.name) for each in found]
        for name in package.__all__:
            getattr(package, name)
        print(sum(hasattr(module, "OPERATION") for module in modules))
        return 0

    status, printed = _forked(load)
    if status:
        return "not imported", _last(printed)
    if int(printed) != expected:
        return "lost", f"{expected} operations became {int(printed)}"
    return "built", ""


def _type_checked(generated: Path, cache: Path) -> tuple[str, str]:
    own = str(cache / str(os.getpid()))  # What two runs write at once into one, none could read.
    options = ["--strict", "--config-file=", "--cache-dir", own, "-p", PACKAGE]

    def check() -> int:
        os.chdir(generated)
        os.execv(sys.executable, [sys.executable, "-m", "mypy", *options])

    status, printed = _forked(check)
    return ("mypy", printed.splitlines()[0]) if status else ("built", "")


def _codes(specs: Path, document: Path) -> int:
    """Print the codes of the findings of a document that is refused."""
    try:
        with prepared(specs, [document], drafting=True):
            return 0
    except GeneratorError as error:
        print(*sorted({finding.code for finding in error.findings}))
    except RecursionError:
        print("nested-too-deeply")
    return 1


def _forked(work: Callable[[], int], limit: int = 0) -> tuple[int | None, str]:
    """Do some work in a process of its own; its status, None for one that waits, and output."""

    def child(output: int) -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
        os.dup2(output, 1)
        os.dup2(output, 2)
        for number, stream in ((1, "stdout"), (2, "stderr")):
            setattr(sys, stream, os.fdopen(number, "w", 1, encoding="utf-8", closefd=False))
        raise SystemExit(work())

    with tempfile.TemporaryFile() as file:
        process = multiprocessing.get_context("fork").Process(target=child, args=(file.fileno(),))
        process.start()
        process.join(_GUARD)
        status = process.exitcode
        if status is None:
            process.kill()
            process.join()
        file.seek(0)
        return status, file.read().decode("utf-8", "replace")


def _used() -> float:
    """The seconds of a processor that the processes started here have used, and their own."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _last(printed: str) -> str:
    return (printed.strip().splitlines() or [""])[-1]
