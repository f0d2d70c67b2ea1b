"""Reads JSON value by value, so that positions are known."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from json import JSONDecodeError, JSONDecoder

from generator.document import Map, Position, Scalar, Seq
from generator.findings import Finding, GeneratorError, Phrase
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


class NotJsonError(GeneratorError):
    """The text is not valid JSON."""


def read_json(text: str, file: str) -> list[Map]:
    """Return the document of a JSON text, in a list of one.

    Raises:
        NotJsonError: The text is no JSON.
        GeneratorError: It is, but cannot be used: duplicate keys, too deep, and so on.
    """
    return _Reader(text, file).read()


class _Reader:
    """Descends into values. How deep, the builder bounds."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._lines = Lines(text, file)
        self._offset = 0
        self._builder = Builder(lambda: self._lines.at(self._offset))
        self._decode = JSONDecoder().raw_decode

    def read(self) -> list[Map]:
        self._value("a value")
        if self._next():
            raise self._error("the end of the text")
        return self._builder.documents()

    def _next(self) -> str:
        """Return the next character that is no white space; an empty text at the end."""
        if match := _SPACE.match(self._text, self._offset):
            self._offset = match.end()
        return self._text[self._offset : self._offset + 1]

    def _value(self, expected: str) -> None:
        char = self._next()
        if char == "{":
            node = Map(position=self._lines.at(self._offset))
            self._container(node, "}", self._member, "a key in double quotes")
        elif char == "[":
            self._container(Seq(position=self._lines.at(self._offset)), "]", self._value, "a value")
        else:
            value, end = self._string() if char == '"' else self._scalar(expected)
            self._builder.scalar(value, "")
            self._offset = end

    def _container(
        self, node: Map | Seq, closer: str, read: Callable[[str], None], expected: str
    ) -> None:
        self._builder.open(node)
        self._offset += 1
        if self._next() != closer:
            read(f"{expected} or {closer!r}")
            while self._next() == ",":
                self._offset += 1
                read(expected)
            if self._next() != closer:
                raise self._error(f"',' or {closer!r}")
        self._builder.close()
        self._offset += 1

    def _member(self, expected: str) -> None:
        if self._next() != '"':
            raise self._error(expected)
        key, end = self._string()
        self._builder.key(key)
        self._offset = end
        if self._next() != ":":
            raise self._error("':'")
        self._offset += 1
        self._value("a value")

    def _string(self) -> tuple[str, int]:
        try:
            value, end = self._decode(self._text, self._offset)
        except JSONDecodeError as error:
            where, reason = self._lines.at(error.pos), f"{error.msg[:1].lower()}{error.msg[1:]}"
            raise NotJsonError([Finding(where, "json-string", reason=reason)]) from None
        return str(value), end

    def _scalar(self, expected: str) -> tuple[Scalar, int]:
        number = _NUMBER.match(self._text, self._offset)
        word = _WORD.match(self._text, self._offset)
        if word and word.group() in _WORDS:
            return _WORDS[word.group()], word.end()
        if word and word.group() in _NOT_FINITE:
            self._misfit("number-not-json", {"text": word.group()})
            return None, word.end()
        if not number:
            raise self._error(expected)
        try:
            return (real if number.lastindex else integer)(number.group()), number.end()
        except ScalarError as error:
            self._misfit(error.code, error.values)
        return None, number.end()

    def _misfit(self, code: str, values: Mapping[str, object]) -> None:
        finding = Finding(self._lines.at(self._offset), code, **values)
        self._builder.note(finding.advised("json-number"))

    def _error(self, expected: str) -> NotJsonError:
        word = _WORD.match(self._text, self._offset)
        found = repr(word.group()[:40]) if word else Phrase("json-end", {})
        where = self._lines.at(self._offset)
        return NotJsonError([Finding(where, "json-expected", expected=expected, found=found)])
