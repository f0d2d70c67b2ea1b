"""Turns responses into models. One odd value never costs the rest of a response.

Decoders take a JSON value that is not null and return what it stands for, or raise `Odd`.
"""

from __future__ import annotations

import collections.abc
import contextvars
import datetime
import decimal
import json as _json
import logging
import re
import typing

from . import errors, types

T = typing.TypeVar("T")
Decoder: typing.TypeAlias = collections.abc.Callable[[object], T]

_log = logging.getLogger(__package__)
_reported: set[str] = set()
_odd_fields: contextvars.ContextVar[list[str] | None] = contextvars.ContextVar(
    "odd_fields", default=None
)
"""Gathers what is odd while models are only tried out; None if it is to be reported."""
_date_time = datetime.datetime.fromisoformat


class Odd(ValueError):
    """A value is of another type than the documents say."""


class Model(typing.Protocol):
    """What every model can do."""

    additional_properties: collections.abc.Mapping[str, types.JSON]

    @classmethod
    def from_dict(cls, data: collections.abc.Mapping[str, types.JSON]) -> typing.Self:
        """Make the model from a JSON object."""
        ...


M = typing.TypeVar("M", bound=Model)


def field(value: object, decode: Decoder[T], name: str) -> T | None:
    """Decode a field of a model: None where there is nothing, or something odd."""
    if value is None:
        return None
    try:
        return _decoded(value, decode)
    except Odd:
        _report(f"{name} is not of the documented type; it is None, see `raw`")
        return None


def promised(value: object, decode: Decoder[T], name: str) -> T:
    """Decode a field that the documents require; None, against its type, if there is no value."""
    if value is None:
        _report(f"{name} is required, but missing or null; it is None, see `raw`")
    return typing.cast("T", field(value, decode, name))


def _report(message: str) -> None:
    odd_fields = _odd_fields.get()
    if odd_fields is not None:
        odd_fields.append(message)
    elif message not in _reported:
        _reported.add(message)
        _log.warning("%s", message)


def date_time_field(value: object, name: str) -> datetime.datetime | None:
    """Decode a field that is a date with a time. They are many, so there is a short way."""
    try:
        return _date_time(value)  # type: ignore[arg-type]  # checked by it
    except (TypeError, ValueError):
        return field(value, date_time, name)


def unknown(
    data: collections.abc.Mapping[str, types.JSON], known: frozenset[str]
) -> collections.abc.Mapping[str, types.JSON]:
    """The properties that the documents do not speak of."""
    return {name: value for name, value in data.items() if name not in known}


def shown(model: typing.Any) -> str:
    """The repr of a model: unknown properties by name, as their values may be secret."""
    import dataclasses  # takes time, and is loaded already where there is a model

    parts = [
        f"{one.name}={getattr(model, one.name)!r}"
        for one in dataclasses.fields(model)
        if one.repr and one.name != "additional_properties"
    ]
    names = ", ".join(f"{name!r}: ..." for name in model.additional_properties)
    parts.append(f"additional_properties={{{names}}}")
    return f"{type(model).__qualname__}({', '.join(parts)})"


def text(value: object) -> str:
    """A string."""
    if type(value) is str:
        return value
    raise Odd


def integer(value: object) -> int:
    """An integer."""
    if type(value) is int:
        return value
    raise Odd


def number(value: object) -> float:
    """A number."""
    if type(value) is float:
        return value
    raise Odd


def boolean(value: object) -> bool:
    """A boolean."""
    if type(value) is bool:
        return value
    raise Odd


def date_time(value: object) -> datetime.datetime:
    """A date with a time, from ISO 8601 (RFC 3339)."""
    try:
        return _date_time(value)  # type: ignore[arg-type]  # checked by it
    except (TypeError, ValueError):
        raise Odd from None


def date(value: object) -> datetime.date:
    """A date, from ISO 8601 (RFC 3339)."""
    try:
        return datetime.date.fromisoformat(value)  # type: ignore[arg-type]  # checked by it
    except (TypeError, ValueError):
        raise Odd from None


def decimal_number(value: object) -> decimal.Decimal:
    """A number of any number of digits, from text."""
    if type(value) is str and re.fullmatch(r"-?[0-9]{1,99}(\.[0-9]{1,99})?", value):
        return decimal.Decimal(value)
    raise Odd


def anything(value: object) -> types.JSON:
    """Any JSON value, as it is."""
    return typing.cast("types.JSON", value)


class nullable(typing.Generic[T]):
    """What may be null, which stays None."""

    __slots__ = ("decode",)

    def __init__(self, decode: Decoder[T]) -> None:
        self.decode = decode

    def __call__(self, value: object) -> T | None:
        return None if value is None else _decoded(value, self.decode)


def _keeps(value: object, decode: Decoder[T]) -> bool:
    """Whether a member of a list or mapping stays: a null only where the documents allow it."""
    return value is not None or isinstance(decode, nullable) or decode is anything


def array(decode: Decoder[T]) -> Decoder[list[T]]:
    """A list. Nulls that no document allows are left out; with another odd item all is odd."""

    def decode_array(value: object) -> list[T]:
        if type(value) is not list:
            raise Odd
        if isinstance(decode, model):
            make = decode.make
            made = [make(item) for item in value if type(item) is dict]
            if len(made) == len(value):
                return made
        try:
            return [decode(item) for item in value]
        except Odd:
            return [_decoded(item, decode) for item in value if _keeps(item, decode)]

    return decode_array


def mapping(decode: Decoder[T]) -> Decoder[dict[str, T]]:
    """A mapping. Nulls that no document allows are left out; with another odd value all is odd."""

    def decode_mapping(value: object) -> dict[str, T]:
        if type(value) is not dict:
            raise Odd
        return {key: _decoded(item, decode) for key, item in value.items() if _keeps(item, decode)}

    return decode_mapping


class model(typing.Generic[M]):
    """A model, from a JSON object."""

    __slots__ = ("make", "required")

    def __init__(self, model: type[M]) -> None:
        self.make = model.from_dict
        self.required: tuple[str, ...] = getattr(model, "REQUIRED", ())

    def __call__(self, value: object) -> M:
        if type(value) is dict:
            return self.make(value)
        raise Odd


def one_of(*decoders: Decoder[typing.Any]) -> Decoder[typing.Any]:
    """The first of several types that fits; of several models the one that fits best."""

    def decode_one(value: object) -> object:
        if type(value) is dict:
            tags = [decode for decode in decoders if isinstance(decode, tagged)]
            models = [decode for decode in decoders if isinstance(decode, model)]
            if known := next((decode for decode in tags if decode.known(value)), None):
                return known(value)
            if models:
                return _best(models, value)
        for attempt in (_exactly, _decoded):
            for decode in decoders:
                try:
                    return attempt(value, decode)
                except Odd:
                    continue
        raise Odd

    return decode_one


class tagged:
    """What the value of one property says; the JSON object itself where that is not known.

    Args:
        name: The property.
        table: What its known values stand for.
        others: What else the value may be.
    """

    __slots__ = ("name", "others", "table")

    def __init__(
        self, name: str, table: dict[typing.Any, Decoder[typing.Any]], *others: Decoder[typing.Any]
    ) -> None:
        self.name = name
        self.table = table
        self.others = others

    def known(self, value: dict[str, object]) -> Decoder[typing.Any] | None:
        """What an object is to be decoded by, as its tag says; None if that is not known."""
        tag = value.get(self.name)
        if isinstance(tag, str | int) and tag in self.table:
            return self.table[tag]
        inner = (each for each in (*self.table.values(), *self.others) if isinstance(each, tagged))
        return next((each for each in inner if each.known(value)), None)

    def __call__(self, value: object) -> typing.Any:
        if type(value) is not dict:
            return one_of(*self.others)(value)
        if decode := self.known(value):
            return decode(value)
        models = [each for each in self.others if isinstance(each, model)]
        if self.name not in value:
            optional = (each for each in self.table.values() if isinstance(each, model))
            models += (each for each in optional if self.name not in each.required)
        if models:
            return _best(models, value)
        listed = ", ".join(map(str, self.table))
        _report(f"the documents list {listed} as {self.name}; another stays a dict")
        return value


def _best(models: list[model[typing.Any]], value: dict[str, object]) -> object:
    _, odd_fields, made = min((_tried(decode, value) for decode in models), key=lambda it: it[0])
    for message in odd_fields:
        _report(message)
    return made


def _tried(decode: model[typing.Any], value: dict[str, object]) -> tuple[int, list[str], object]:
    """How badly a model fits, which of its fields are odd, and the model."""
    odd_fields: list[str] = []
    token = _odd_fields.set(odd_fields)
    try:
        made = decode(value)
    finally:
        _odd_fields.reset(token)
    missing = [name for name in decode.required if name not in value]
    return len(made.additional_properties) + len(odd_fields) + len(missing), odd_fields, made


def _exactly(value: object, decode: Decoder[T]) -> T:
    made = decode(value)
    if made is value or _is_same(value, made):
        return made
    raise Odd


def _is_same(value: object, made: object) -> bool:
    """Whether lists and mappings lost and converted nothing. Models are not looked into."""
    if made == value:
        return True
    if isinstance(made, datetime.date):  # `20260102` may as well be an id
        return re.match("....-..-", str(value)) is not None
    if type(value) is list and type(made) is list:
        return len(value) == len(made) and all(map(_is_same, value, made))
    if type(value) is dict and type(made) is dict:
        return value.keys() == made.keys() and all(_is_same(value[key], made[key]) for key in made)
    return type(made) not in (str, int, float, bool)


def _decoded(value: object, decode: Decoder[T]) -> T:
    try:
        return decode(value)
    except Odd:
        convert = _LOSSLESS.get(decode)
        if convert is None:
            raise
        return typing.cast("T", convert(value))


def _as_text(value: object) -> str:
    if type(value) in (int, float):
        return str(value)
    raise Odd


def _as_integer(value: object) -> int:
    if type(value) is str and re.fullmatch(r"0|-?[1-9][0-9]{0,18}", value):
        return int(value)
    if type(value) is float and value.is_integer() and abs(value) <= 2**53:
        return int(value)
    raise Odd


def _as_number(value: object) -> float:
    if type(value) is int and abs(value) <= 2**53:
        return float(value)
    if type(value) is str and re.fullmatch(r"-?(?=[0-9.]{1,16}$)[0-9]+(\.[0-9]+)?", value):
        return float(value)  # 15 digits fit
    raise Odd


def _as_boolean(value: object) -> bool:
    if type(value) is str and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise Odd


_LOSSLESS: dict[object, Decoder[object]] = {
    text: _as_text,
    integer: _as_integer,
    number: _as_number,
    boolean: _as_boolean,
}
"""Conversions of scalars of another type that lose nothing."""


def json(response: types.Response, decode: Decoder[T]) -> T:
    """Decode a body of JSON.

    Raises:
        DecodeError: There is no body, it is not JSON, or it is of another shape.
    """
    if is_empty(response):
        raise errors.DecodeError("the response has no body, where one is needed")
    try:
        value = _json.loads(response.content)
    except ValueError as error:
        raise errors.DecodeError(
            f"the response is not valid JSON: {type(error).__name__}"
        ) from None
    except RecursionError:
        raise errors.DecodeError("the response is nested too deeply") from None
    try:
        return _decoded(value, decode)
    except Odd:
        found = type(value).__name__
        raise errors.DecodeError(f"the response has an unexpected shape: {found}") from None
    except RecursionError:
        raise errors.DecodeError("the response is nested too deeply") from None


_CHARSET = re.compile(r"charset=\"?([\w.:-]+)", re.IGNORECASE)


def text_body(response: types.Response) -> str:
    """Decode a body of text, by the character set it declares or as UTF-8."""
    declared = _CHARSET.search(response.headers.get("content-type") or "")
    try:
        return response.content.decode(declared.group(1) if declared else "utf-8", "replace")
    except (LookupError, UnicodeError):
        return response.content.decode("utf-8", "replace")


def binary(value: object) -> bytes:
    """Bytes that came as a string."""
    try:
        return text(value).encode()
    except UnicodeEncodeError:  # half a surrogate pair
        raise Odd from None


def file(value: object) -> bytes | types.File:
    """Bytes that came as a string, where a model may hold a file too."""
    return binary(value)


def is_empty(response: types.Response) -> bool:
    """Whether a body holds nothing but white space."""
    return not response.content.strip()


def is_redirect(response: types.Response) -> bool:
    """Whether the server names another place, by any of the statuses made for it."""
    return response.status_code in (301, 302, 303, 307, 308) and bool(
        response.headers.get("location")
    )


def redirect(response: types.Response) -> types.Redirect:
    """The other place that the server names."""
    return types.Redirect(response.status_code, response.headers["location"])


def unexpected(response: types.Response) -> errors.UnexpectedStatus:
    """The error for a response that the documents do not specify."""
    return errors.UnexpectedStatus(response.status_code)


def check_success(response: types.Response) -> None:
    """Refuse a response that is not a success.

    Raises:
        UnexpectedStatus: Its status is not of the 200s.
    """
    if not 200 <= response.status_code <= 299:
        raise unexpected(response)


def has_status(response: types.Response, pattern: str) -> bool:
    """Whether a status is the one that the documents speak of: `200`, `2XX` or `default`."""
    return pattern.upper() in (
        str(response.status_code),
        f"{response.status_code // 100}XX",
        "DEFAULT",
    )
