"""Saves one file, with the journal of its folder opened for it alone."""

from __future__ import annotations

import contextlib
import os
import typing
from collections.abc import Callable
from pathlib import Path

from .._account import Account
from .._calls.steps import Call, work
from .._errors import FileError, GettyImagesError, JournalError
from .asking import Paid
from .files import filesystem as _files
from .files.filesystem import Files, described
from .files.place import checked_filename
from .journal.entry import Asked
from .journal.journal import Journal
from .plan import Overwrite
from .save import Job, SavedFile

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
