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
def replaced(files: Mapping[Path, bytes | None]) -> Iterator[None]:
    """Replace files; the previous ones are restored if the block fails.

    A file without content is removed. Each other one is written beside its place and moved there,
    so that a run that is killed leaves each file old or new.
    """
    with ExitStack() as scratch:
        made = _folders(files)
        try:
            for path in files:
                sweep(path.parent, f".{path.name}-")
            new = {
                path: _staged(scratch, path, content)
                for path, content in files.items()
                if content is not None
            }
            old = {path: _kept(scratch, path) for path in files}
            try:
                for path, staged in new.items():
                    staged.replace(path)
                for path in files:
                    if path not in new:
                        path.unlink()
                yield
            except BaseException:
                with undisturbed():
                    for path, copy in old.items():
                        _restore(path, copy)
                raise
        except BaseException:
            with undisturbed():
                scratch.close()
                for folder in reversed(made):
                    with suppress(OSError):
                        folder.rmdir()
            raise


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


def _folders(files: Iterable[Path]) -> list[Path]:
    """Make the folders that are missing; which they are, outer ones first."""
    missing: list[Path] = []
    for path in files:
        folders = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
        for folder in reversed(folders):
            folder.mkdir()
            missing.append(folder)
    return missing


def _staged(scratch: ExitStack, path: Path, content: bytes) -> Path:
    """Return the new content, in a file beside its place."""
    staged = _beside(scratch, path)
    staged.write_bytes(content)
    if path.exists():
        shutil.copymode(path, staged)
    else:
        staged.chmod(0o644)
    return staged


def _kept(scratch: ExitStack, path: Path) -> Path | None:
    """Return a copy of what is there, its time of change included; None where there is nothing."""
    if not path.exists():
        return None
    copy = _beside(scratch, path)
    shutil.copy2(path, copy)
    return copy


def _beside(scratch: ExitStack, path: Path) -> Path:
    folder = tempfile.mkdtemp(prefix=f".{path.name}-", suffix=".tmp", dir=path.parent)
    scratch.callback(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder) / path.name


def _restore(path: Path, copy: Path | None) -> None:
    if copy is None:
        path.unlink(missing_ok=True)
    else:
        copy.replace(path)
