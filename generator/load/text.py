"""Bytes to text: encodings, characters that no document may hold, and positions in a text."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from itertools import islice

from generator.document import Position
from generator.findings import Finding, GeneratorError

_BREAK = re.compile(r"\r\n|\r|\n")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SHOWN = 20
_FOREIGN = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


class Lines:
    """Finds line and column of an offset. Lines end with LF, CR LF or CR."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def at(self, offset: int) -> Position:
        """The position of the character at an offset."""
        line = bisect_right(self._starts, offset)
        return Position(self._file, line, offset - self._starts[line - 1] + 1)


def decoded(data: bytes, file: str) -> str:
    """The text of a file in UTF-8, without its byte order mark.

    Raises:
        GeneratorError: It is in another encoding.
    """
    for mark, encoding in _FOREIGN.items():
        if data.startswith(mark):
            problem = f"the file must be UTF-8, but begins with the byte order mark of {encoding}"
            raise GeneratorError([Finding(Position(file), problem, "Save it as UTF-8.")])
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        where = Lines(before, file).at(len(before))
        problem = (
            f"the file must be UTF-8, but here is a byte 0x{data[error.start]:02X} that is not"
        )
        raise GeneratorError(
            [Finding(where, problem, "Save the file as UTF-8, or correct this character.")]
        ) from None


def refuse_characters(text: str, file: str) -> None:
    """Let no text pass that holds control characters or others that stand for nothing.

    Raises:
        GeneratorError: It does. The first few are named.
    """
    found = list(islice(_REFUSED.finditer(text), _SHOWN))
    if not found:
        return
    lines = Lines(text, file)
    raise GeneratorError(
        Finding(lines.at(match.start()), *_refusal(match.group())) for match in found
    )


def _refusal(char: str) -> tuple[str, str]:
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:
        problem = f"half a surrogate pair, U+{code:04X}, stands in the text"
        return problem, "Write the whole character, or delete this half."
    if code >= 0xFFFE:
        return f"U+{code:04X}, which is no character, stands in the text", "Delete it."
    problem = f"a control character, U+{code:04X}, stands in the text"
    return problem, f'Delete it, or write it as "\\u{code:04X}" in double quotes if it is meant.'
