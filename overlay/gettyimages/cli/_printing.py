"""What is printed: tables on a terminal, plain text in a pipe, JSON for programs, notes, errors.

The error that ends a command has a sentence, and an exit status.
"""

from __future__ import annotations

import datetime
import json
import os
import signal
import sys
import threading
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence

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

if typing.TYPE_CHECKING:
    from rich.console import Console


_SHORT = 24
"""Cells up to this length, such as ids and dates, are not folded: other columns give way."""

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


class Model(typing.Protocol):
    """A model of the API, or a result."""

    def to_dict(self) -> Mapping[str, object]: ...


Row: typing.TypeAlias = Mapping[str, object] | Model


class Printer:
    """Prints rows to stdout, as one of three kinds, and notes for people to stderr."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._is_terminal = sys.stdout.isatty()

    def rows(self, rows: Iterable[Row], *columns: str) -> int:
        """Print rows: these columns of them for people, all of them as JSON. Returns how many."""
        if self.as_json or not self._is_terminal:
            count = 0
            for row in rows:
                self.line(row, *columns)
                count += 1
            return count
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        cells = [[_cell(row, name) for name in columns] for row in rows]
        for name, *column in zip(columns, *cells, strict=True):
            is_short = name != columns[-1] and max(map(len, column), default=0) <= _SHORT
            table.add_column(name.replace("_", " "), no_wrap=is_short, overflow="fold")
        for line in cells:
            table.add_row(*map(Text, line))
        if table.row_count:
            console(sys.stdout).print(table)
        return table.row_count

    def line(self, row: Row, *columns: str, above: Console | None = None) -> None:
        """Print one row at once; on a terminal, above the progress bars if they are there."""
        if self.as_json:
            text = json_line(row)
        else:
            cells = [_cell(row, name) for name in columns]
            if self._is_terminal:
                if len(columns) == 1:
                    cells = [f"{columns[0]}: {cells[0]}"]
                cells = [cell.ljust(15) for cell in cells]
            text = ("  " if self._is_terminal else "\t").join(cells).rstrip(" ")
        if above is not None and self._is_terminal:
            from rich.text import Text

            above.print(Text(text), soft_wrap=True)
        else:
            sys.stdout.write(f"{text}\n")


def console(stream: typing.TextIO) -> Console:
    """A console that prints what it is given, without markup. It honours NO_COLOR."""
    from rich.console import Console

    return Console(file=stream, markup=False, highlight=False, emoji=False)


def can_show_bars() -> bool:
    """Whether stderr is a terminal that can show progress bars."""
    return sys.stderr.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")


def note(text: str) -> None:
    """Print a note for people to stderr."""
    click.echo(harmless(text), err=True)


def json_line(row: Row) -> str:
    """A row as one line of JSON, in ASCII: no character of it can do anything to a terminal."""
    values = row if isinstance(row, Mapping) else row.to_dict()
    return json.dumps(values, default=_plain).replace("\x7f", "\\u007f")


def harmless(text: str) -> str:
    """Text in one line, with all that a terminal may obey, or show misleadingly, escaped."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode()
        for char in " ".join(text.split())
    )


def size(count: float) -> str:
    """Bytes for people."""
    unit = "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if count < 1000:
            break
        count, unit = count / 1000, larger
    return f"{count:.0f} bytes" if unit == "bytes" else f"{count:.1f} {unit}"


def utc(moment: datetime.datetime) -> datetime.datetime:
    """A time in UTC. One without a zone is in UTC already."""
    return moment.astimezone(datetime.UTC) if moment.tzinfo else moment


def _cell(row: Row, name: str) -> str:
    value = row.get(name) if isinstance(row, Mapping) else getattr(row, name)
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return utc(value).isoformat(" ", "seconds").removesuffix("+00:00")
    if isinstance(value, Mapping):
        return harmless(", ".join(f"{name}={one}" for name, one in value.items()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return harmless(", ".join(map(str, value)))
    return harmless(str(value))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


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
