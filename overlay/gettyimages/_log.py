"""What is logged, under `gettyimages`: a line per call at INFO, details at DEBUG, no secret."""

from __future__ import annotations

import logging
import time

_log = logging.getLogger("gettyimages")


def done(operation: str, status: int, started: float, attempts: int) -> None:
    """A call has got an answer."""
    if _log.isEnabledFor(logging.INFO):
        _log.info("%s: %d in %d ms, attempts: %d", operation, status, _since(started), attempts)


def failed(operation: str, error: BaseException, started: float, attempts: int) -> None:
    """A call has ended without one."""
    name = "given up" if isinstance(error, GeneratorExit) else type(error).__name__
    _log.info("%s: %s after %d ms, attempts: %d", operation, name, _since(started), attempts)


def repeating(operation: str, attempts: int, seconds: float) -> None:
    """A request is sent again."""
    _log.debug("%s: attempt %d failed, the next in %.2f s", operation, attempts, seconds)


def sent(method: str, url: str, status: int, size: int) -> None:
    """An answer has come."""
    _log.debug("%s %s: %d, %d bytes", method, url.partition("?")[0], status, size)


def closing_failed(error: Exception) -> None:
    """A connection that is no longer needed could not be closed in good order."""
    _log.debug("a connection was not closed in good order: %s", type(error).__name__)


def hook_failed() -> None:
    """The user's `on_response` has failed."""
    _log.exception("on_response failed; the answer is not affected")


def store_failed(verb: str, error: Exception) -> None:
    """The token store has failed. The error's own words may hold what was to be kept."""
    words = error.strerror if isinstance(error, OSError) else None
    _log.warning("the token store cannot be %s: %s", verb, words or type(error).__name__)


def journal_set_aside(path: object, aside: object, problem: str) -> None:
    """A journal cannot be read. What it knew may be paid for again, so that must be seen."""
    _log.warning(
        "the journal %s cannot be read (%s). It is kept as %s, and a new one begins, with what can"
        " be read of it. What it knew besides may be paid for again: look in the download history"
        " before asking for earlier downloads. An image is not asked for where a file with its id"
        " in the name is there that the new journal does not know",
        path,
        problem,
        aside,
    )


def journal_salvaged(path: object, aside: object, entries: int) -> None:
    """What could be read of a damaged journal is in the new one."""
    _log.info("%d entries of %s are taken over into %s", entries, aside, path)


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
