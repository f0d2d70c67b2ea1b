"""Findings about inputs, as data: a code, a place and values. `messages` has the English."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from string import Formatter
from typing import TypeAlias, TypeVar

from .document import Position
from .messages import MESSAGES

Item = TypeVar("Item")
Result = TypeVar("Result")

Keys: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, init=False)
class Finding:
    """One thing that is wrong with an input, or worth knowing."""

    where: Position | str
    """A position, or the path of a file or folder."""
    code: str
    """Which kind of thing it is: a key of `messages.MESSAGES`."""
    values: Mapping[str, object] = field(hash=False)
    """What was expected, what was found and so on, by the names in the message."""
    at: Keys = ()
    """The keys of the place within a spec, if it is in one."""
    advice: str = ""
    """The code whose advice is given."""

    def __init__(self, where: Position | Path | str, code: str, /, **values: object) -> None:
        _check(code)
        self._set(where=str(where) if isinstance(where, Path) else where, code=code, values=values)
        self._set(at=(), advice=code)

    def _set(self, **fields: object) -> Finding:
        for name, value in fields.items():
            object.__setattr__(self, name, value)
        return self

    def placed(self, at: Keys) -> Finding:
        """Return the finding with the keys of its place within a spec."""
        return copy(self)._set(at=at)

    def advised(self, advice: str, **values: object) -> Finding:
        """Return the finding with the advice of another code."""
        _check(advice)
        return copy(self)._set(advice=advice, values={**self.values, **values})

    def rewritten(self, change: Callable[[str], str]) -> Finding:
        """Return the finding with each of its texts and paths changed."""
        where = rewritten(self.where, change)
        values = {name: rewritten(value, change) for name, value in self.values.items()}
        return copy(self)._set(where=where, values=values)

    @property
    def problem(self) -> str:
        """The problem in English: what was expected, and what was found."""
        return Phrase(self.code, self.values).problem

    @property
    def cure(self) -> str:
        """The advice in English. May have several lines, e.g. an overlay to copy."""
        return Phrase(self.advice, self.values).advice

    @property
    def files(self) -> set[str]:
        """The files that it is about."""
        among = self.values.get("among")
        places = [self.where, *self.values.values(), *(among if isinstance(among, list) else ())]
        return {place.file for place in places if isinstance(place, Position)}

    def __str__(self) -> str:
        text = f"{self.where}: {self.problem}"
        if self.cure:
            text += "\n" + "\n".join(f"    {line}" for line in self.cure.splitlines())
        return printable(text)


class GeneratorError(Exception):
    """A stage refuses its input. Carries all the findings of that stage.

    The hint says in a sentence what would cure them all; it is empty without such a thing.
    """

    def __init__(self, findings: Iterable[Finding], hint: str = "") -> None:
        self.findings = sorted(set(findings), key=order)
        self.hint = hint
        super().__init__("\n".join(map(str, self.findings)))


def together(work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """Return the result for each item.

    Raises:
        GeneratorError: Some are refused; it has the findings of them all.
    """
    results: list[Result] = []
    findings: list[Finding] = []
    for item in items:
        try:
            results.append(work(item))
        except GeneratorError as error:
            findings += error.findings
    if findings:
        raise GeneratorError(findings)
    return results


def refusal(where: Position | Path | str, code: str, /, **values: object) -> GeneratorError:
    """Return the error that carries one finding."""
    return GeneratorError([Finding(where, code, **values)])


def _check(code: str) -> None:
    if code not in MESSAGES:
        raise ValueError(f"there is no message for the code {code!r}")


def rewritten(value: object, change: Callable[[str], str]) -> object:
    """Return a value with each text and path in it changed."""
    if isinstance(value, Position):
        return replace(value, file=change(value.file))
    if isinstance(value, Phrase):
        texts = {name: rewritten(each, change) for name, each in value.values.items()}
        return Phrase(value.code, texts)
    if isinstance(value, Finding):
        return value.rewritten(change)
    if isinstance(value, list | tuple):
        return [rewritten(each, change) for each in value]
    return value if value is None or isinstance(value, int | float | dict) else change(str(value))


def order(finding: Finding) -> tuple[Position, str]:
    """Return the key by which findings are sorted: their places."""
    where = finding.where
    return (where if isinstance(where, Position) else Position(where, 0, 0)), str(finding)


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
    "remove": lambda value: f"- target: {json.dumps(value, ensure_ascii=False)}\n  remove: true",
    "update": lambda value: f"- target: {json.dumps(value, ensure_ascii=False)}\n  update: ",
}
