"""Fills values into messages, and makes content of documents safe to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter

from .messages import MESSAGES

_LONGEST = 80
_FEW = 5


@dataclass(frozen=True, slots=True)
class Phrase:
    """A message with its values. It can be a value of another message."""

    code: str
    values: Mapping[str, object]

    @property
    def problem(self) -> str:
        """The first line, filled in."""
        return _ENGLISH.vformat(MESSAGES[self.code].partition("\n")[0], (), self.values)

    @property
    def advice(self) -> str:
        """The other lines, filled in."""
        return _ENGLISH.vformat(MESSAGES[self.code].partition("\n")[2], (), self.values)

    def __str__(self) -> str:
        return self.problem


class _English(Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        """Write a value in one of `_WAYS`, or as `format` does."""
        way = _WAYS.get(format_spec)
        return way(value) if way else str(super().format_field(value, format_spec))


def printable(text: str) -> str:
    """Text from a document, made harmless for a terminal: no control or bidi characters."""
    return "".join(
        char if char == "\n" or char.isprintable() else char.encode("unicode_escape").decode()
        for char in text
    )


def shown(text: object) -> str:
    """Return a text of a document on one line, shortened."""
    line = printable(str(text)).replace("\n", "\\n")
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 3]}..."


def quoted(value: object) -> str:
    """Return a value of a document on one line, shortened and in quotes."""
    return shown(repr(value))


def kind(value: object) -> str:
    """Return the kind of a value: `a mapping`, `a list`, `a string`, ..."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "a boolean"
    return "a string" if isinstance(value, str) else "a number"


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else []


def _few(value: object) -> str:
    texts = _texts(value)
    more = f" and {len(texts) - _FEW} more" if len(texts) > _FEW else ""
    return ", ".join(texts[:_FEW]) + more


_ENGLISH = _English()
_WAYS: dict[str, Callable[[object], str]] = {
    "kind": kind,
    "quoted": quoted,
    "shown": shown,
    "found": lambda value: quoted(value) if value else "none",
    "a": lambda value: f"{'an' if str(value)[0] in 'aeio' else 'a'} {value}",
    "names": lambda value: ", ".join(_texts(value)) or "none",
    "list": lambda value: ", ".join(map(quoted, _texts(value))) or "none",
    "or": lambda value: " or ".join(_texts(value)),
    "semicolons": lambda value: "; ".join(_texts(value)),
    "few": _few,
    "lines": lambda value: "\n".join(_texts(value)),
}
