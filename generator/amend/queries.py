"""JSONPath (RFC 9535) over documents: which nodes an overlay means."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from types import FrameType
from typing import Any

from jsonpath import CompoundJSONPath, JSONPath, JSONPathEnvironment, JSONPathError

from generator.document import Map, Node, Position, Seq
from generator.findings import GeneratorError, Keys, Phrase, refusal

_ENVIRONMENT = JSONPathEnvironment(strict=True)
_ENVIRONMENT.max_recursion_depth = 250  # levels that `..` descends; no document has as many

# The library lets some arithmetic through on odd numbers: `$[1e999]`, an index of 5000 digits.
_REFUSALS = (JSONPathError, ValueError, ArithmeticError, LookupError, TypeError, RecursionError)


SECONDS = 20.0
"""How much time of the processor an expression may take in one document, so that none that tries
without end, as regular expressions do which repeat a repetition, holds up everything."""


class _OvertimeError(Exception):
    """An expression has taken too long."""


@dataclass(frozen=True, slots=True)
class Match:
    """A node that a query selects, with its keys and indices."""

    parts: tuple[str | int, ...]
    node: Node
    parent: Map | Seq | None
    """The parent of the node; None for the root of the document."""

    @property
    def path(self) -> tuple[str, ...]:
        """The unescaped parts of the node's JSON Pointer."""
        return tuple(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class Query:
    """A JSONPath expression, and where it is written."""

    text: str
    position: Position
    field: str = "the target"
    """Its role in the overlay, for messages."""

    def check(self) -> None:
        """Refuse what is no JSONPath.

        Raises:
            GeneratorError: The expression does not follow RFC 9535.
        """
        try:
            _compiled(self.text)
        except _REFUSALS as error:
            raise self._refused(error) from None

    def matches(self, root: Map) -> list[Match]:
        """Return the nodes that the expression selects, each once, in its order.

        Raises:
            GeneratorError: The document is too deep for the expression, or it takes too long.
        """
        try:
            with _bounded():
                matches = _compiled(self.text).finditer(root)
                found: dict[Keys, Any] = {each.parts: each for each in matches}
        except _OvertimeError:
            raise refusal(
                self.position, "jsonpath-endless", field=self.field, text=self.text, most=SECONDS
            ) from None
        except _REFUSALS as error:
            raise self._refused(error) from None
        return [Match(at, each.obj, each.parent and each.parent.obj) for at, each in found.items()]

    def _refused(self, error: Exception) -> GeneratorError:
        # Not str(error): with a position it has many lines, and at the end of a text it raises.
        reason = " ".join(str(error.args[0] if error.args else type(error).__name__).split())
        index = error.token.index if isinstance(error, JSONPathError) and error.token else -1
        place = Phrase("jsonpath-place", {"character": index + 1}) if index >= 0 else ""
        return refusal(self.position, "jsonpath", found=self.text, reason=reason, place=place)


@contextmanager
def _bounded() -> Iterator[None]:
    """Raise an error in the block once it has used the processor for too long.

    Only the operating system can interrupt a regular expression of Python's. Where it does not
    (on Windows, in other threads than the first), there is no bound.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() != threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _overtime)
    collects = gc.isenabled()
    gc.disable()  # Python drops an error that is raised while it collects garbage.
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        if collects:
            gc.enable()


def _overtime(_number: int, _frame: FrameType | None) -> None:
    raise _OvertimeError


@lru_cache(maxsize=4096)
def _compiled(text: str) -> CompoundJSONPath | JSONPath:
    return _ENVIRONMENT.compile(text)
