"""The meaning of scalars: the core schema of YAML 1.2, without values that JSON cannot express.

https://yaml.org/spec/1.2.2/#103-core-schema. One thing differs: digits after a leading zero
(`0123`) stay text, because YAML 1.1 reads them as 83, YAML 1.2 as 123, and JSON not at all.
"""

from __future__ import annotations

import math
import re

from .document import Scalar, is_number

CORE = "tag:yaml.org,2002:"

_LONGEST_NUMBER = 1000
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMERIC = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_ZERO_LED = re.compile(r"[-+]?0[0-9]+")
_NOT_JSON = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class ScalarError(ValueError):
    """A scalar that has no value: the code and the values of the finding that it is."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def plain_scalar(text: str) -> Scalar:
    """Return the value of a scalar without quotes and tag.

    Raises:
        ScalarError: It is a number that JSON cannot hold.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC:
        return text
    if _NOT_JSON.fullmatch(text):
        raise ScalarError("number-not-json", text=text)
    if _BASED.fullmatch(text) or _INTEGER.fullmatch(text):
        return integer(text)
    if _FLOAT.fullmatch(text) and not _ZERO_LED.fullmatch(text):
        return real(text)
    return text


def tagged_scalar(tag: str, text: str) -> Scalar:
    """Return the value of a scalar with one of the core tags (without their common prefix).

    Raises:
        ScalarError: The text is not of that type.
    """
    if tag == "str":
        return text
    value = plain_scalar(text)
    if tag == "float" and is_number(value):
        return real(str(value))
    if type(value) is {"null": type(None), "bool": bool, "int": int}.get(tag):
        return value
    raise ScalarError("tag-misfit", tag=tag)


def integer(text: str) -> int:
    """Return the integer that a decimal, `0o` or `0x` literal stands for.

    Raises:
        ScalarError: It has more digits than any number in a document can need.
    """
    _bounded(text)
    return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))


def real(text: str) -> float:
    """Return the float that a literal stands for.

    Raises:
        ScalarError: It is too large or has too many digits.
    """
    _bounded(text)
    value = float(text)
    if math.isinf(value):
        raise ScalarError("number-too-large")
    return value


def _bounded(text: str) -> None:
    if len(text) > _LONGEST_NUMBER:
        raise ScalarError("number-too-long", found=len(text), most=_LONGEST_NUMBER)
