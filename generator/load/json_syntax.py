"""Reads JSON token by token, so that positions are known and no depth overflows a stack."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from enum import Enum
from json import JSONDecodeError, JSONDecoder

from generator.document import Map, Position, Scalar, Seq
from generator.findings import Finding, Phrase
from generator.yaml_scalars import ScalarError, integer, real

from .builder import Builder

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORD = re.compile(r"-?[A-Za-z0-9_.+]+|.")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_NOT_FINITE = {"NaN", "Infinity", "-Infinity"}
_BREAK = re.compile(r"\r\n|\r|\n")


class Lines:
    """Finds line and column of an offset. Lines end with LF, CR LF or CR."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def at(self, offset: int) -> Position:
        """Return the position of the character at an offset."""
        line = bisect_right(self._starts, offset)
        return Position(self._file, line, offset - self._starts[line - 1] + 1)


class NotJsonError(Exception):
    """The text is not valid JSON. Carries the finding with the place and the reason."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


class _Next(Enum):
    """The tokens that may come next."""

    VALUE = "a value"
    VALUE_OR_END = "a value or ']'"
    KEY = "a key in double quotes"
    KEY_OR_END = "a key in double quotes or '}'"
    COLON = "':'"
    IN_MAP = "',' or '}'"
    IN_SEQ = "',' or ']'"
    NOTHING = "the end of the text"


_KEYS = (_Next.KEY, _Next.KEY_OR_END)
_VALUES = (_Next.VALUE, _Next.VALUE_OR_END)
_AFTER = {
    ("}", _Next.KEY_OR_END): None,
    ("}", _Next.IN_MAP): None,
    ("]", _Next.VALUE_OR_END): None,
    ("]", _Next.IN_SEQ): None,
    (",", _Next.IN_MAP): _Next.KEY,
    (",", _Next.IN_SEQ): _Next.VALUE,
    (":", _Next.COLON): _Next.VALUE,
}


def read_json(text: str, file: str) -> list[Map]:
    """Return the document of a JSON text, in a list of one.

    Raises:
        NotJsonError: The text is no JSON.
        GeneratorError: It is, but cannot be used: duplicate keys, too deep, and so on.
    """
    return _Reader(text, file).read()


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._lines = Lines(text, file)
        self._offset = 0
        self._builder = Builder(lambda: self._lines.at(self._offset))
        self._decode = JSONDecoder().raw_decode
        self._next = _Next.VALUE
        self._closers: list[_Next] = []

    def read(self) -> list[Map]:
        self._builder.begin()
        text, space, offset = self._text, _SPACE.match, 0
        while match := space(text, offset):
            self._offset = offset = match.end()
            if offset == len(text):
                break
            offset = self._token(text[offset], offset)
        if self._next is not _Next.NOTHING:
            raise self._error(offset)
        self._builder.end()
        return self._builder.documents()

    def _token(self, char: str, offset: int) -> int:
        """Take one token, and say where it ends."""
        expected = self._next
        if char == '"' and expected in _KEYS:
            key, end = self._string(offset)
            self._builder.key(key)
            self._next = _Next.COLON
            return end
        if (char, expected) in _AFTER:
            following = _AFTER[char, expected]
            if following is None:
                self._builder.close()
                self._closers.pop()
            self._next = following or self._after_value()
            return offset + 1
        if expected not in _VALUES:
            raise self._error(offset)
        if char in "{[":
            self._open(char, offset)
            return offset + 1
        value, end = self._string(offset) if char == '"' else self._scalar(offset)
        self._builder.scalar(value, "")
        self._next = self._after_value()
        return end

    def _open(self, char: str, offset: int) -> None:
        position = self._lines.at(offset)
        if char == "{":
            self._builder.open(Map(position=position))
            self._closers.append(_Next.IN_MAP)
            self._next = _Next.KEY_OR_END
        else:
            self._builder.open(Seq(position=position))
            self._closers.append(_Next.IN_SEQ)
            self._next = _Next.VALUE_OR_END

    def _after_value(self) -> _Next:
        return self._closers[-1] if self._closers else _Next.NOTHING

    def _string(self, offset: int) -> tuple[str, int]:
        try:
            value, end = self._decode(self._text, offset)
        except JSONDecodeError as error:
            reason = f"{error.msg[:1].lower()}{error.msg[1:]}"
            raise self._error(error.pos, reason) from None
        return str(value), end

    def _scalar(self, offset: int) -> tuple[Scalar, int]:
        number = _NUMBER.match(self._text, offset)
        word = _WORD.match(self._text, offset)
        if word and word.group() in _WORDS:
            return _WORDS[word.group()], word.end()
        if word and word.group() in _NOT_FINITE:
            self._misfit("number-not-json", {"text": word.group()})
            return None, word.end()
        if not number:
            raise self._error(offset)
        try:
            return (real if number.lastindex else integer)(number.group()), number.end()
        except ScalarError as error:
            self._misfit(error.code, error.values)
        return None, number.end()

    def _misfit(self, code: str, values: Mapping[str, object]) -> None:
        finding = Finding(self._lines.at(self._offset), code, **values)
        self._builder.note(finding.advised("json-number"))

    def _error(self, offset: int, reason: str = "") -> NotJsonError:
        word = _WORD.match(self._text, offset)
        found = repr(word.group()[:40]) if word else Phrase("json-end", {})
        values = {"reason": reason, "expected": self._next.value, "found": found}
        code = "json-string" if reason else "json-expected"
        return NotJsonError(Finding(self._lines.at(offset), code, **values))
