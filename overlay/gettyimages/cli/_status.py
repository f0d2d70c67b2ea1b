"""Exit statuses, and the sentence that is printed for an error."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable

import click

from gettyimages import (
    APIConnectionError,
    AuthenticationError,
    BadRequestError,
    ChangeSetError,
    CredentialsError,
    DownloadOutcomeUnknownError,
    FileError,
    GettyImagesError,
    InvalidArgumentError,
    JournalError,
    LinkLostError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RegistrationError,
    ServerError,
)

from ._printing import note

FAILED, USAGE, CREDENTIALS, UNCERTAIN, LATER = 1, 2, 3, 4, 5
"""Beside 0, and 128 with the number of a signal."""

_CURES: tuple[tuple[type[GettyImagesError], int, str], ...] = (
    (InvalidArgumentError, USAGE, "correct it, see --help"),
    (
        CredentialsError,
        CREDENTIALS,
        "set GETTYIMAGES_API_KEY and GETTYIMAGES_API_SECRET and run `gettyimages login`, or add"
        " --sandbox to try it without an account",
    ),
    (AuthenticationError, CREDENTIALS, "check the key, and run `gettyimages login`"),
    (BadRequestError, USAGE, "correct the arguments"),
    (PermissionDeniedError, FAILED, "ask your sales representative"),
    (NotFoundError, FAILED, "check the id"),
    (DownloadOutcomeUnknownError, UNCERTAIN, "see `gettyimages journal`"),
    (LinkLostError, UNCERTAIN, "pay again with --allow-repurchase, or give it up"),
    (RegistrationError, FAILED, "run it again, as registering twice is harmless"),
    (ChangeSetError, FAILED, "run it again"),
    (JournalError, FAILED, "see docs/downloads.md, The journal"),
    (FileError, FAILED, "make room or choose another directory, and run it again"),
    (RateLimitError, LATER, "try it later"),
    (ServerError, LATER, "try it later"),
    (APIConnectionError, LATER, "check the network, and try it later"),
    (GettyImagesError, FAILED, "try it again"),
)
_OPTIONS = {
    "allow_repurchase=True": "--allow-repurchase",
    "call save_images() with settle_after=": "pass it with --settle-after",
    "overwrite is 'error'": "--overwrite is 'error'",
    "max_downloads: ": "--max-downloads: ",
    "as budget='2026-11'": "as --budget 2026-11",
    "pass journal='": "pass --journal '",
}


def explained(error: Exception) -> str:
    """The text of an error, with options of the command line for the keywords of the client."""
    text = str(error)
    for keyword, option in _OPTIONS.items():
        text = text.replace(keyword, option)
    return text


def run(command: Callable[[], int | None]) -> int:
    """Run a command, print the error that ends it, and return the exit status."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    sys.unraisablehook = _signal_again
    try:
        status = command() or 0
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        return 128 + signal.SIGINT
    except BrokenPipeError:  # the reader of stdout has left, which is no failure of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + 13  # what a shell shows for SIGPIPE
    except GettyImagesError as error:
        status, cure = next(row[1:] for row in _CURES if isinstance(error, row[0]))
        note(f"gettyimages: {explained(error).rstrip('.')}; {cure}.")
    except ModuleNotFoundError as error:  # the sandbox says what to install
        if "pip install" not in str(error):
            raise
        note(f"gettyimages: {error}")
        return FAILED
    except UnicodeDecodeError:
        note("gettyimages: the file of ids is not in UTF-8; convert it.")
        return USAGE
    except OSError as error:
        text = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        note(f"gettyimages: {text}; check the path and the space on the disk.")
        return FAILED
    return status


def _signal_again(dropped: sys.UnraisableHookArgs) -> None:
    """Send a signal again that came while an object was removed from memory.

    Python drops what its handler raises there, so that the command would go on.
    """
    if not issubclass(dropped.exc_type, SystemExit | KeyboardInterrupt):
        sys.__unraisablehook__(dropped)
        return
    number = signal.SIGTERM if issubclass(dropped.exc_type, SystemExit) else signal.SIGINT
    threading.Timer(0.05, os.kill, (os.getpid(), number)).start()
