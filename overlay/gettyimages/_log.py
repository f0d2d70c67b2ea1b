"""What is shown of a call: a line in the log, details at DEBUG, tracebacks, and never a secret."""

from __future__ import annotations

import logging
import os
import sys
import time
import traceback
import typing

from ._errors import GettyImagesError, InvalidArgumentError

T_co = typing.TypeVar("T_co", covariant=True)


class Secret(typing.Generic[T_co]):
    """A value that is hidden wherever variables are shown.

    It is no subclass of `str`, as error trackers show strings without asking for their repr.
    """

    __slots__ = ("value",)

    def __init__(self, value: T_co) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return "<Secret>"


SecretURL: typing.TypeAlias = Secret[str | None]


class ShortTraceback:
    """Keeps what is below its block out of the traceback of an error.

    Errors of this package and their causes lose their frames, which explain nothing to a caller.
    Everything else that led to the error, in other libraries too, loses its local variables, as
    requests hold secrets in the open. What the caller was handling already stays as it is.
    """

    def __enter__(self) -> None:
        self._handled = sys.exception()

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        todo, seen = [error], {id(None), id(self._handled)}
        while todo:
            if id(one := todo.pop()) not in seen and one is not None:
                seen.add(id(one))
                traceback.clear_frames(one.__traceback__)
                todo += [one.__cause__, one.__context__]
                todo += one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        if isinstance(error, GettyImagesError) and error.__traceback__ is not None:
            error.__traceback__.tb_next = None
            while isinstance(error := error.__cause__, GettyImagesError | OSError):
                error.__traceback__ = None


log = logging.getLogger("gettyimages")
_stderr = logging.StreamHandler()
_stderr.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))


def log_to_stderr() -> None:
    """Write the log to stderr if `GETTYIMAGES_LOG` has a level. A second time changes nothing."""
    level = os.environ.get("GETTYIMAGES_LOG", "").lower()
    if level not in ("", "debug", "info"):
        raise InvalidArgumentError(f"GETTYIMAGES_LOG must be debug or info, found {level!r:.100}")
    if level and _stderr not in log.handlers:
        log.addHandler(_stderr)
        log.setLevel(level.upper())


def log_call(operation: str, outcome: str, started: float, attempts: int) -> None:
    milliseconds = round((time.monotonic() - started) * 1000)
    log.info("%s: %s %d ms, attempts: %d", operation, outcome, milliseconds, attempts)


def log_retrying(operation: str, attempts: int, reason: str, seconds: float) -> None:
    text = "%s: attempt %d failed, the next in %.2f s (%s)"
    log.debug(text, operation, attempts, seconds, reason)


def log_file(asset_id: str, outcome: str, started: float) -> None:
    log.info("image %s: %s %.2f s", asset_id, outcome, time.monotonic() - started)
