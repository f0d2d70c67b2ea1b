"""Checks of what callers pass. Whatever cannot be right is an `InvalidArgumentError`."""

from __future__ import annotations

import os
import typing
from collections.abc import Callable, Iterable

from gettyimages_rest import types

from .._errors import InvalidArgumentError

P = typing.ParamSpec("P")

_LONGEST = 100


def invalid(name: str, expected: str, found: object) -> InvalidArgumentError:
    """Return the error for an argument. It shows only the type of an object that may be secret."""
    is_simple = found is None or isinstance(found, str | int | float)
    shown = repr(found)[:_LONGEST] if is_simple else type(found).__name__
    return InvalidArgumentError(f"{name} must be {expected}, found {shown}")


def check_names(method: str, given: Iterable[str], declared: type) -> None:
    """Refuse keywords that a method does not have, as Python does for a signature."""
    for name in given:
        if name not in declared.__annotations__:
            raise InvalidArgumentError(f"{method}() has no argument {name!r}")


def check_callable(name: str, function: object) -> None:
    if function is not None and not callable(function):
        raise invalid(name, "a function", function)


def check_path(name: str, path: object) -> None:
    if not isinstance(path, str | os.PathLike):
        raise invalid(name, "a path", path)
    if not is_text(os.fspath(path)):
        raise invalid(name, "a path without NUL and surrogates", os.fspath(path))


def plain_id(asset_id: object) -> str:
    """Return an id as it is sent, 77 as "77", and refuse what cannot be the id of an asset."""
    text = ""
    if isinstance(asset_id, str):
        text = str.__str__(asset_id)  # an enumeration has a `str` of its own
    elif isinstance(asset_id, int) and not isinstance(asset_id, bool):
        text = str(int(asset_id))
    if text.strip() != text or text in ("", ".", "..") or not text.isprintable():
        raise InvalidArgumentError(
            "an id must be an integer or a string, not empty, printable and without white space"
            f" around it, found {asset_id!r:.{_LONGEST}}"
        )
    return text


def check_integer(name: str, value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise invalid(name, "an integer", value)


def check_ids(ids: object, *kinds: type) -> None:
    """Refuse what is not a collection of ids: one string is not meant as its characters."""
    is_one = isinstance(ids, str | bytes)
    if is_one or not isinstance(ids, kinds):
        found = f"one string, {ids!r:.{_LONGEST}}" if is_one else type(ids).__name__
        raise InvalidArgumentError(f"ids must be an iterable of ids, found {found}")


def checked_request(
    build_request: Callable[P, types.Request], *args: P.args, **kwargs: P.kwargs
) -> types.Request:
    """Build the request of a generated method, which checks its arguments."""
    try:
        return build_request(*args, **kwargs)
    except (ValueError, TypeError, RecursionError) as error:
        raise InvalidArgumentError(str(error)) from None


def is_text(value: object) -> bool:
    """Whether text can be sent and written: it has no NUL and no half of a surrogate pair."""
    try:
        return b"\0" not in str(value).encode()
    except UnicodeEncodeError:
        return False
