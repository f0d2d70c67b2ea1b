"""Writes what a run has made: all of it, or nothing.

Everything is made in a folder beside its place and then moved there. A run that fails changes
nothing. A run that is killed leaves each output old or new, or a package that is missing until
the next run; which outputs belong together is written in the package (see `manifest`).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from .atomic_writes import replaced, sweep, undisturbed
from .findings import refusal
from .manifest import MANIFEST


@contextmanager
def workshop(out: Path) -> Iterator[Path]:
    """A temporary folder on the disk of an output, removed in the end whatever happens."""
    missing = [folder for folder in out.parents if not folder.exists()]
    out.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{out.name}-"
    sweep(out.parent, prefix)
    folder = Path(tempfile.mkdtemp(prefix=prefix, suffix=".tmp", dir=out.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        for made in missing:
            with suppress(OSError):  # It holds the package by now.
                made.rmdir()


def check_replaceable(out: Path) -> None:
    """Refuse a folder that this generator has not written: replacing it would delete it.

    Raises:
        GeneratorError: There is something else.
    """
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise refusal(out, "output-not-folder")
    if out.is_dir() and any(out.iterdir()) and not (out / MANIFEST).is_file():
        raise refusal(out, "output-not-ours")


def replace_outputs(package: Path, out: Path, texts: Mapping[Path, str]) -> None:
    """Move a finished package to its place, and write the text files that belong to it."""
    files = {path: text.encode() for path, text in texts.items()}
    with undisturbed(), replaced(files), moved(package, out):
        pass


def replace_file(path: Path, text: str) -> None:
    """Write a text file, or leave it as it was."""
    with replaced({path: text.encode()}):
        pass


@contextmanager
def moved(package: Path, out: Path) -> Iterator[None]:
    """Replace a package; the previous one is restored if anything fails."""
    old = package.with_name("replaced")
    present = out.exists()
    if present:
        out.rename(old)
    try:
        package.rename(out)
        yield
    except BaseException:
        if out.exists():
            out.rename(package)
        if present:
            old.rename(out)
        raise
