"""Watches everything that the tests of the client see, and remembers whatever shows a secret."""

from __future__ import annotations

import collections
import logging
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from .servers import MARK, OWN_QUERY

TESTS = str(Path(__file__).parents[2])
"""Frames of the tests themselves may hold secrets, as those of a caller do."""

leaks: list[str] = []
"""What showed a secret, since the test began."""
looked_at: collections.Counter[str] = collections.Counter()
"""How much has been looked at, by its source."""


def look(source: str, text: str) -> None:
    """Look at a text that people may see."""
    looked_at[source] += 1
    if MARK in text:
        leaks.append(f"{source}: {text}")


def look_at_error(error: BaseException) -> None:
    """Look at an exception, at what led to it, at the tracebacks and at their local variables."""
    look("traceback", "".join(traceback.format_exception(error)))
    seen: list[BaseException] = []
    todo: list[BaseException | None] = [error]
    while todo:
        one = todo.pop()
        if one is None or one in seen:
            continue
        seen.append(one)
        look(type(one).__name__, f"{one} {one!r} {one.args}")
        look_at_locals(one)
        todo += [one.__cause__, one.__context__]
        todo += one.exceptions if isinstance(one, BaseExceptionGroup) else []


def look_at_locals(error: BaseException) -> None:
    """Look at the local variables of a traceback as error trackers collect them."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        code = frame.f_code
        if not code.co_filename.startswith(TESTS):
            for name, value in [*frame.f_locals.items()]:
                where = f"{code.co_filename}:{line} {code.co_name}: {name}"
                look("locals", f"{where} = {shown(value).replace(OWN_QUERY, '')}")


def shown(value: object, depth: int = 5) -> str:
    """A value as an error tracker shows it: containers are opened, all else is its repr."""
    if isinstance(value, str) or depth == 0:
        return str(value)
    if isinstance(value, Mapping):
        value = [*value.items()]
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, bytes | bytearray):
        return f"[{', '.join(shown(one, depth - 1) for one in value)}]"
    try:
        return repr(value)
    except Exception as error:  # noqa: BLE001 - a repr may fail in any way
        return f"<{type(error).__name__}>"


def look_at(value: object) -> None:
    """Look at the repr of a value, or at an exception."""
    if isinstance(value, BaseException):
        look_at_error(value)
    elif not isinstance(value, str | bytes | int | float | dict):
        look(type(value).__name__, repr(value))


class Handler(logging.Handler):
    """Looks at every record, formatted as it would be."""

    def emit(self, record: logging.LogRecord) -> None:
        look(f"log {record.name}", self.format(record))


@contextmanager
def watching() -> Iterator[None]:
    """Watch all loggers, down to DEBUG."""
    root = logging.getLogger()
    before = root.level
    handler = Handler(logging.DEBUG)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
