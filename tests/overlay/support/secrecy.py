"""Watches everything that the tests of the client see, and remembers whatever shows a secret."""

from __future__ import annotations

import collections
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from .servers import MARK

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
    """Look at an exception, at what led to it, and at the traceback."""
    look("traceback", "".join(traceback.format_exception(error)))
    seen: list[BaseException] = []
    todo: list[BaseException | None] = [error]
    while todo:
        one = todo.pop()
        if one is None or one in seen:
            continue
        seen.append(one)
        look(type(one).__name__, f"{one} {one!r} {one.args}")
        todo += [one.__cause__, one.__context__]
        todo += one.exceptions if isinstance(one, BaseExceptionGroup) else []


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
