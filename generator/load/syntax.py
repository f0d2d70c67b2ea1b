"""Turns the bytes of a YAML or JSON file into mappings that know where they were written."""

from __future__ import annotations

import codecs
import re
from itertools import islice

from generator.document import Map, Position
from generator.findings import Finding, GeneratorError, refusal

from .json_syntax import Lines, NotJsonError, read_json
from .yaml_syntax import read_yaml

_LOOKS_LIKE_JSON = re.compile(r"[ \t\r\n]*[{\[]")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_CONFLICT = [re.compile(mark, re.MULTILINE) for mark in ("^<<<<<<< ", "^=======$", "^>>>>>>> ")]
_REFUSED_IN_JSON = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""JSON allows U+007F to U+009F, which is what UTF-8 becomes where it is read as Latin-1."""
_SHOWN = 20
_FOREIGN = {
    "UTF-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),
    "UTF-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
}


def parse(text: str, file: str) -> list[Map]:
    """Return the documents of a YAML or JSON text that are not empty.

    A file whose name ends in `.json` must hold JSON if it begins like JSON; any other may hold
    either.

    Raises:
        GeneratorError: The text is neither YAML nor JSON, or says what JSON cannot say.
    """
    text = text.removeprefix("\ufeff")
    looks_like_json = bool(_LOOKS_LIKE_JSON.match(text))
    must_be_json = looks_like_json and file.lower().endswith(".json")
    _refuse_characters(text, file, is_json=must_be_json)
    if looks_like_json:
        # Not left to the YAML parser: JSON may be indented with tabs, and pairs its surrogates.
        try:
            return read_json(text, file)
        except NotJsonError:
            if must_be_json:
                raise
    return read_yaml(text, file)


def decoded(data: bytes, file: str) -> str:
    """Return the text of a file in UTF-8, without its byte order mark.

    Raises:
        GeneratorError: It is in another encoding.
    """
    for encoding, marks in _FOREIGN.items():
        if data.startswith(marks):
            raise refusal(Position(file), "encoding-mark", encoding=encoding)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        where = Lines(before, file).at(len(before))
        raise refusal(where, "encoding-byte", byte=data[error.start]) from None


def conflict(text: str) -> int | None:
    """Where the first conflict begins that a merge of git has left in a text."""
    starts: list[int] = []
    for mark in _CONFLICT:
        found = mark.search(text, starts[-1] if starts else 0)
        if found is None:
            return None
        starts.append(found.start())
    return starts[0]


def _refuse_characters(text: str, file: str, *, is_json: bool) -> None:
    """Refuse a text with control characters, or code points that are not characters."""
    refused = _REFUSED_IN_JSON if is_json else _REFUSED
    if found := list(islice(refused.finditer(text), _SHOWN)):
        lines = Lines(text, file)
        raise GeneratorError(
            Finding(lines.at(match.start()), _code(char := ord(match.group())), char=char)
            for match in found
        )


def _code(char: int) -> str:
    if 0xD800 <= char <= 0xDFFF:
        return "character-half"
    return "character-none" if char >= 0xFFFE else "character-control"
