"""Writes several files: all of them, or none."""

from __future__ import annotations

import glob
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

_STALE_SECONDS = 3600


@contextmanager
def replaced(files: Mapping[Path, bytes | Path | None]) -> Iterator[None]:
    """Replace files; the previous ones are restored if the block fails.

    What has no content is removed. A folder that is made already, on the same disk, is moved to its
    place. Each file is written beside its place and moved there, so that a run that is killed
    leaves it old or new.
    """
    old: dict[Path, Path | None] = {}
    with folders_for(files), ExitStack() as scratch:
        try:
            for path in files:
                sweep(path.parent, f".{path.name}-")
            new = {path: _staged(scratch, path, content) for path, content in files.items()}
            for path, content in files.items():
                old[path] = _kept(scratch, path, moves=isinstance(content, Path))
            for path, staged in new.items():
                if staged:
                    staged.replace(path)
                else:
                    path.unlink()
            yield
        except BaseException:
            with undisturbed():
                for path, kept in reversed(old.items()):  # One may be within a later one.
                    _restore(path, kept)
                scratch.close()
            raise


def write(files: Mapping[Path, bytes | Path | None]) -> None:
    """Replace files, as `replaced` does, and let no Ctrl-C interrupt that."""
    with undisturbed(), replaced(files):
        pass


@contextmanager
def undisturbed() -> Iterator[None]:
    """Be deaf to Ctrl-C for a moment: for what takes no time and must not be done by halves."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def sweep(parent: Path, prefix: str) -> None:
    """Remove what runs that were killed have left; other runs may be under way."""
    for left in parent.glob(f"{glob.escape(prefix)}*.tmp"):
        if time.time() - left.lstat().st_mtime > _STALE_SECONDS:
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


@contextmanager
def folders_for(files: Iterable[Path]) -> Iterator[None]:
    """Make the missing folders of files, and remove those that are still empty at the end."""
    made: list[Path] = []
    try:
        for path in files:
            missing = [folder for folder in path.parents if not folder.exists()]
            for folder in reversed(missing):
                folder.mkdir()
                made.append(folder)
        yield
    finally:
        with undisturbed():
            for folder in reversed(made):
                with suppress(OSError):
                    folder.rmdir()


def _staged(scratch: ExitStack, path: Path, content: bytes | Path | None) -> Path | None:
    """Return what to move to a path; None if the file there is to be removed."""
    if not isinstance(content, bytes):
        return content
    staged = _beside(scratch, path)
    staged.write_bytes(content)
    if path.exists():
        shutil.copymode(path, staged)
    else:
        staged.chmod(0o644)
    return staged


def _kept(scratch: ExitStack, path: Path, *, moves: bool) -> Path | None:
    """Move or copy aside what is at a path, and return where; None if nothing is there."""
    if not path.exists():
        return None
    kept = _beside(scratch, path)
    if moves:
        path.rename(kept)
    else:
        shutil.copy2(path, kept)
    return kept


def _beside(scratch: ExitStack, path: Path) -> Path:
    folder = tempfile.mkdtemp(prefix=f".{path.name}-", suffix=".tmp", dir=path.parent)
    scratch.callback(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder) / path.name


def _restore(path: Path, kept: Path | None) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    if kept:
        kept.replace(path)
    else:
        path.unlink(missing_ok=True)
