"""Saves one file, with the journal of its folder opened for it alone."""

from __future__ import annotations

import contextlib
import os
import typing
from collections.abc import Callable
from pathlib import Path

from . import _files
from ._account import Account
from ._asking import Paid
from ._decisions import Overwrite
from ._effects import Call, work
from ._errors import FileError, GettyImagesError, JournalError
from ._files import Files, described
from ._journal import Journal
from ._journal_schema import Asked
from ._placing import checked_filename
from ._saving import Job, SavedFile

_OVERWRITE = typing.get_args(Overwrite)


def save(
    account: Account,
    asked: Asked,
    paid: Paid,
    directory: str | os.PathLike[str],
    *,
    filename: str | None,
    overwrite: Overwrite,
    allow_second_download: bool,
    on_progress: Callable[[int, int | None], object] | None,
) -> Call[SavedFile]:
    """Save one file.

    Raises:
        GettyImagesError: It cannot be saved.
    """
    if overwrite not in _OVERWRITE:
        raise GettyImagesError(f"overwrite must be one of {_OVERWRITE}, found {overwrite!r}")
    files, folder = _files.FILES, Path(directory)
    name = checked_filename(filename)
    journal = yield from work(lambda: journal_of(files, folder))
    try:
        job = Job(
            asked=asked,
            paid=paid,
            folder=folder,
            filename=name,
            overwrite=overwrite,
            allow_second_download=allow_second_download,
            on_progress=on_progress,
            exchanger=account._exchanger,
            settings=account._settings,
            journal=journal,
            files=files,
        )
        return (yield from job.save())
    finally:
        with contextlib.suppress(JournalError):  # what matters has been said
            journal.close()


def journal_of(files: Files, folder: Path) -> Journal:
    """Open the journal of a folder, which is made if it is not there.

    Raises:
        FileError: The folder cannot be made.
        JournalError: The journal cannot be opened.
    """
    try:
        files.make_folder(folder)
    except OSError as error:
        raise FileError(f"the folder {folder} cannot be made: {described(error)}") from error
    return Journal(folder)
