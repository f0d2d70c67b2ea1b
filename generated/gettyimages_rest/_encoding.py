"""Turns arguments into what is sent: paths, queries, headers and JSON.

None means that an argument is not given, and is never sent; `types.NULL` is sent as null.
"""

from __future__ import annotations

import collections.abc
import datetime
import decimal
import json as _json
import re
import typing
from urllib.parse import quote

from . import types

_UNRESERVED = "-._~"
_RESERVED = ":/?@!$'()*,;="  # less what ends a value or a query, or would be read as a space
_LONGEST_SHOWN = 100
_SURROGATE = re.compile("[\ud800-\udfff]")
_INTEGER = re.compile(r"[+-]?[0-9]{1,30}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")
_DELIMITERS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}


SINGLE = str | int | float | datetime.date | decimal.Decimal
"""The types of single values."""

T = typing.TypeVar("T")
Bounds: typing.TypeAlias = tuple[float | None, float | None]
Members: typing.TypeAlias = collections.abc.Callable[[], collections.abc.Mapping[str, object]]
Parameter: typing.TypeAlias = tuple[str, object, str]
"""Name, value and style. Styles are those of OpenAPI, and `csv` for a form that is not exploded,
`json` for content, `reserved` where reserved characters stay; a star marks what is exploded."""


def _found(value: object) -> str:
    """What was found instead, as an error shows it."""
    is_simple = isinstance(value, SINGLE)
    shown = repr(value) if is_simple else type(value).__name__
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}..."


def one(name: str, value: T) -> T:
    """An argument that is text or another single value.

    Raises:
        TypeError: It is a collection or bytes.
        ValueError: It is text that cannot be sent.
    """
    if value is not None and not isinstance(value, SINGLE):
        raise TypeError(f"{name}: expected a single value, found {_found(value)}")
    return clean(name, value)


def clean(name: str, value: T) -> T:
    """An argument of any type.

    Raises:
        ValueError: It is text that cannot be sent: it holds NUL or half of a surrogate pair.
    """
    if isinstance(value, str) and ("\0" in value or _SURROGATE.search(value)):
        raise ValueError(f"{name} must be text without NUL and surrogates, found {_found(value)}")
    return value


def boolean(name: str, value: object) -> object:
    """An argument that is True or False.

    Raises:
        TypeError: It is something else.
    """
    if value is not None and not isinstance(value, bool):
        raise TypeError(f"{name} must be True or False, found {_found(value)}")
    return value


def integer(name: str, value: object, bounds: Bounds = (None, None)) -> object:
    """An argument that is a whole number, also as text.

    Raises:
        TypeError: It is something else.
        ValueError: It is out of bounds.
    """
    is_text = isinstance(value, str) and _INTEGER.fullmatch(value)
    return _numeric(
        name, value, int(str(value)) if is_text else value, (int,), "an integer", bounds
    )


def number(name: str, value: object, bounds: Bounds = (None, None)) -> object:
    """An argument that is a number, also as text.

    Raises:
        TypeError: It is something else.
        ValueError: It is out of bounds.
    """
    is_text = isinstance(value, str) and _NUMBER.fullmatch(value)
    given = float(str(value)) if is_text else value
    return _numeric(name, value, given, (int, float), "a number", bounds)


def _numeric(
    name: str,
    value: object,
    given: object,
    kinds: tuple[type[float], ...],
    expected: str,
    bounds: Bounds,
) -> object:
    if value is not None:
        if isinstance(given, bool) or not isinstance(given, kinds):
            raise TypeError(f"{name} must be {expected}, found {_found(value)}")
        _check_bounds(name, given, bounds)
    return value


def _check_bounds(name: str, value: float, bounds: Bounds) -> None:
    low, high = bounds
    if (low is None or value >= low) and (high is None or value <= high):
        return
    allowed = f"from {low} to {high}" if high is not None else f"at least {low}"
    if low is None:
        allowed = f"at most {high}"
    raise ValueError(f"{name} must be {allowed}, found {_found(value)}")


def scalar(name: str, value: object) -> str:
    """A single value of an argument as text.

    Raises:
        TypeError: The value is a collection.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date | decimal.Decimal):
        return _spelled(value)
    # By the base class: enumerations have a `str` of their own.
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return float.__repr__(value)
    raise TypeError(f"{name}: expected a single value, found {_found(value)}")


def _spelled(value: datetime.date | decimal.Decimal) -> str:
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    text = value.isoformat()
    return f"{text.removesuffix('+00:00')}Z" if text.endswith("+00:00") else text


def _items(name: str, value: object) -> list[str] | None:
    """The items of an array; None if the value is not an array."""
    if isinstance(value, str | bytes) or not isinstance(value, collections.abc.Iterable):
        return None
    if isinstance(value, collections.abc.Mapping):
        return None
    return [scalar(name, item) for item in value]


def array(name: str, value: object) -> list[object] | None:
    """The items of an argument that is an array, once their text can be sent.

    Raises:
        TypeError: It is not an array.
        ValueError: One of them is text that cannot be sent.
    """
    found = items(name, value)
    return None if found is None else [clean(name, item) for item in found]


def items(name: str, value: object) -> list[object] | None:
    """The items of an argument that is an array.

    Raises:
        TypeError: It is not an array. A string is refused too, as it would be sent letter by letter.
    """
    if value is None:
        return None
    if isinstance(value, str | bytes) or not isinstance(value, collections.abc.Iterable):
        found = f", found {_found(value)}" if isinstance(value, str) else ""
        raise TypeError(f"{name} must be a list, not {type(value).__name__}{found}")
    return list(value)


def _properties(name: str, value: object) -> dict[str, str] | None:
    """The properties of an object; None if the value is not an object."""
    members = members_of(value)
    if members is None:
        return None
    given = {key: item for key, item in members.items() if item is not None}
    return {key: scalar(f"{name}, {key}", item) for key, item in given.items()}


def members_of(value: object) -> collections.abc.Mapping[str, object] | None:
    """The members of a mapping or of a model; None if the value is neither."""
    if isinstance(value, collections.abc.Mapping):
        return value
    to_dict: Members | None = getattr(value, "to_dict", None)
    return to_dict() if to_dict is not None else None


def path(name: str, value: object, style: str = "simple") -> str:
    """An argument as a piece of the path, percent-encoded.

    Raises:
        ValueError: It is empty, `.` or `..`: what lies between could take the request elsewhere.
    """
    properties = _properties(name, value)
    items = list(properties.values()) if properties is not None else _items(name, value)
    if items is None:
        items = [scalar(name, value)]
    if not items or not {"", ".", ".."}.isdisjoint([*items, *(properties or ())]):
        found = _found(value)
        raise ValueError(
            f"{name} must not be empty, '.' or '..': it is part of the path, found {found}"
        )
    exploded = style.endswith("*")
    texts = [quote(item, _UNRESERVED) for item in items]
    if properties is not None:
        keys = [quote(key, _UNRESERVED) for key in properties]
        joint = "=" if exploded else ","
        texts = [f"{key}{joint}{text}" for key, text in zip(keys, texts, strict=True)]
    return _path_text(name, style.rstrip("*"), exploded, texts, named=properties is None)


def _path_text(name: str, style: str, exploded: bool, texts: list[str], *, named: bool) -> str:
    if style == "label":
        return "." + ("." if exploded else ",").join(texts)
    if style == "matrix":
        if not exploded:
            return f";{quote(name, _UNRESERVED)}={','.join(texts)}"
        prefix = f"{quote(name, _UNRESERVED)}=" if named else ""
        return "".join(f";{prefix}{text}" for text in texts)
    return ",".join(texts)


def query(*parameters: Parameter) -> str:
    """The query, percent-encoded, of the arguments that were given."""
    pairs = [pair for parameter in parameters for pair in _pairs(*parameter)]
    return "&".join(f"{name}={value}" for name, value in pairs)


def extended(encoded: str, extra: types.Query | None) -> str:
    """A query with further parameters.

    Raises:
        TypeError: They are not a mapping, or a value is neither a single one nor a list.
        ValueError: One of them was given as an argument too.
    """
    if extra is None:
        return encoded
    if not isinstance(extra, collections.abc.Mapping):
        raise TypeError(f"extra_query must be a mapping, found {_found(extra)}")
    own = {pair.partition("=")[0] for pair in encoded.split("&")}
    parameters: list[Parameter] = []
    for name, value in extra.items():
        if (
            not isinstance(name, str)
            or not name
            or quote(clean("extra_query", name), "-._~[]") in own
        ):
            found = _found(name)
            raise ValueError(
                f"extra_query must have names of parameters without an argument, found {found}"
            )
        values = value if isinstance(value, list | tuple) else [value]
        for item in values:
            if not isinstance(item, str | int | float | None):
                raise TypeError(f"extra_query: {name!r} must be a single value or a list of them")
            parameters.append((name, clean("extra_query", item), "form"))
    return "&".join(filter(None, (encoded, query(*parameters))))


def _pairs(name: str, value: object, style: str) -> list[tuple[str, str]]:
    if value is None:
        return []
    safe = _UNRESERVED + (_RESERVED if style.startswith("reserved") else "")
    key = quote(name, _UNRESERVED + "[]")
    if style == "json":
        return [(key, quote(dumped(value), _UNRESERVED))]
    if style == "deepObject" and (members := _deep_members(name, value)) is not None:
        return list(_deep_pairs(quote(name, _UNRESERVED), members))
    properties = _properties(name, value)
    if properties is not None:
        return _object_pairs(name, properties, style, safe)
    items = _items(name, value)
    if items is None:
        return [(key, quote(scalar(name, value), safe))]
    texts = [quote(item, safe) for item in items]
    if style in ("form", "reserved") or not texts:
        return [(key, text) for text in texts]
    return [(key, _DELIMITERS.get(style, ",").join(texts))]


def _object_pairs(
    name: str, properties: dict[str, str], style: str, safe: str
) -> list[tuple[str, str]]:
    quoted = [(quote(key, _UNRESERVED), quote(value, safe)) for key, value in properties.items()]
    name = quote(name, _UNRESERVED)
    if style in ("form", "reserved") or not quoted:
        return quoted
    delimiter = _DELIMITERS.get(style, ",")
    return [(name, delimiter.join(text for pair in quoted for text in pair))]


def _deep_pairs(
    name: str, members: collections.abc.Mapping[str, object]
) -> collections.abc.Iterator[tuple[str, str]]:
    """Brackets within brackets; items of arrays by their numbers, as PHP and qs read them."""
    for key, value in members.items():
        inner = f"{name}[{quote(key, _UNRESERVED)}]"
        nested = _deep_members(inner, value)
        if nested is not None:
            yield from _deep_pairs(inner, nested)
        elif value is not None:
            yield inner, quote(scalar(inner, value), _UNRESERVED)


def _deep_members(name: str, value: object) -> collections.abc.Mapping[str, object] | None:
    """The members of an object, or the items of an array by their numbers."""
    members = members_of(value)
    if members is not None or isinstance(value, SINGLE | bytes | None):
        return members
    return {str(number): item for number, item in enumerate(items(name, value) or [])}


def headers(*parameters: Parameter) -> dict[str, str]:
    """The headers of the arguments that were given.

    Raises:
        ValueError: A value cannot be sent in a header: it is not ASCII, or holds a line break or
            another control character.
    """
    made = {}
    for name, value, style in parameters:
        if value is None:
            continue
        made[name] = header(name, _header_text(name, value, style))
    return made


def header(name: str, text: str) -> str:
    """The value of a header, once it is sure that it can be one.

    Raises:
        ValueError: It cannot.
    """
    text = text.strip(" \t")
    if not (text.isascii() and text.isprintable()):
        raise ValueError(f"{name} must be printable ASCII text: it is sent as a header")
    return text


def _header_text(name: str, value: object, style: str) -> str:
    if style == "json":
        return _json.dumps(json_value(value), separators=(",", ":"), allow_nan=False)
    properties = _properties(name, value)
    if properties is not None:
        joint = "=" if style.endswith("*") else ","
        return ",".join(f"{key}{joint}{item}" for key, item in properties.items())
    items = _items(name, value)
    return scalar(name, value) if items is None else ",".join(items)


def cookies(*parameters: Parameter) -> str | None:
    """The `Cookie` header of the arguments that were given."""
    return query(*parameters).replace("&", "; ") or None


def json_value(value: object) -> types.JSON:
    """Return a value as JSON: models as objects, dates in ISO 8601, decimals as text.

    Fields of objects that are None are left out.

    Raises:
        TypeError: JSON has no form for the value.
        UnicodeDecodeError: The value is bytes that are no text.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if value is types.NULL:
        return None
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, datetime.date | decimal.Decimal):
        return _spelled(value)
    if isinstance(value, collections.abc.Mapping):
        return json_object(value)
    to_dict: collections.abc.Callable[[], types.JSON] | None = getattr(value, "to_dict", None)
    if to_dict is not None:
        return to_dict()
    if isinstance(value, collections.abc.Iterable):
        return [json_value(item) for item in value]
    raise TypeError(f"{type(value).__name__} cannot be sent as JSON")


def json_object(members: collections.abc.Mapping[str, object]) -> dict[str, types.JSON]:
    """The members of an object that are not None, as JSON."""
    return {key: json_value(value) for key, value in members.items() if value is not None}


def dumped(value: object) -> str:
    """A value as the text of JSON."""
    return written(json_value(value))


def written(value: types.JSON) -> str:
    """JSON as text."""
    return _json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
