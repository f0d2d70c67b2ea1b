"""Turns arguments into bodies: JSON, text, bytes, forms and parts."""

from __future__ import annotations

import collections.abc
import os
import typing

from . import _encoding, types

_USUAL: typing.Final[dict[str, str]] = {}
_DELIMITERS = {"csv": ",", "reserved-csv": ",", "spaceDelimited": " ", "pipeDelimited": "|"}


def json_properties(
    members: collections.abc.Mapping[str, object], content_type: str, *, required: bool
) -> types.Body | None:
    """A JSON body of the properties that were given; none if there are none and it may be absent."""
    given = _encoding.json_object(members)
    return (
        types.Body(_encoding.written(given).encode(), content_type) if given or required else None
    )


def json(value: object, content_type: str) -> types.Body | None:
    """A JSON body."""
    return None if value is None else types.Body(_encoding.dumped(value).encode(), content_type)


def text(value: str | None, content_type: str) -> types.Body | None:
    """A body of text, in UTF-8."""
    return None if value is None else types.Body(value.encode(), content_type)


def binary(value: bytes | types.Readable | None, content_type: str | None) -> types.Body | None:
    """A body of bytes, or of what a file holds.

    Raises:
        TypeError: Their media type is not given, or they are not bytes.
        ValueError: The media type cannot be sent as a header.
    """
    if value is None:
        return None
    if content_type is None:
        raise TypeError("content_type is needed: it says what the body is")
    return types.Body(types.read(value), _encoding.header("content_type", content_type))


def form(
    value: object, content_type: str, styles: collections.abc.Mapping[str, str] = _USUAL
) -> types.Body | None:
    """A body of form fields; arrays repeat the field, if it has no other style.

    Raises:
        TypeError: The value is neither a model nor a mapping.
    """
    if value is None:
        return None
    fields = [
        (name, item, styles.get(name, "form")) for name, item in _required_members(value).items()
    ]
    return types.Body(_encoding.query(*fields).replace("%20", "+").encode(), content_type)


def multipart(
    value: object, content_type: str, kinds: collections.abc.Mapping[str, str] = _USUAL
) -> types.Body | None:
    """A body of parts: bytes and files as they are, other values as text, objects as JSON.

    Arrays are a part for each item, or texts in one part if they have another style. Some parts
    have media types of their own; those of files win.

    Raises:
        TypeError: The value is neither a model nor a mapping.
    """
    if value is None:
        return None
    boundary = os.urandom(16).hex()
    parts = [
        _part(name, part, kind if "/" in kind else "")
        for name, item in _part_members(value).items()
        if item is not None
        for kind in [kinds.get(name, "")]
        for part in _part_values(name, item, _DELIMITERS.get(kind))
    ]
    content = b"".join(b"--%b\r\n%b\r\n" % (boundary.encode(), part) for part in parts)
    content += b"--%b--\r\n" % boundary.encode()
    return types.Body(content, f"{content_type}; boundary={boundary}")


def _part_members(value: object) -> collections.abc.Mapping[str, object]:
    to_parts: _encoding.Members | None = getattr(
        value, "to_parts", None
    )  # of models that have files
    return to_parts() if to_parts is not None else _required_members(value)


def _required_members(value: object) -> collections.abc.Mapping[str, object]:
    members = _encoding.members_of(value)
    if members is None:
        raise TypeError(f"body must be a model or a mapping, not {type(value).__name__}")
    return members


def _part_values(
    name: str, value: object, delimiter: str | None
) -> collections.abc.Sequence[object]:
    if not isinstance(value, list | tuple):
        return [value]
    if delimiter and value and all(isinstance(item, _encoding.SINGLE) for item in value):
        return [delimiter.join(_encoding.scalar(name, item) for item in value)]
    return value


def _part(name: str, value: object, kind: str) -> bytes:
    if isinstance(value, bytes) or hasattr(value, "read"):
        value = types.File(
            typing.cast("bytes | types.Readable", value),
            content_type=kind or types.File.CONTENT_TYPE,
        )
    if isinstance(value, types.File):
        disposition = f'name="{_quoted(name)}"; filename="{_quoted(value.filename)}"'
        kind, content = _encoding.header("content_type", value.content_type), value.content
    elif isinstance(value, _encoding.SINGLE):
        disposition, content = f'name="{_quoted(name)}"', _encoding.scalar(name, value).encode()
    else:
        disposition = f'name="{_quoted(name)}"'
        kind = kind if kind.endswith("json") else "application/json"
        content = _encoding.dumped(value).encode()
    head = f"Content-Disposition: form-data; {disposition}\r\n"
    head += f"Content-Type: {kind}\r\n" if kind else ""
    return head.encode() + b"\r\n" + content


def _quoted(text: str) -> str:
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
