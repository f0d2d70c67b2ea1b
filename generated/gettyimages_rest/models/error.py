"""The model `Error`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset({"ErrorCode", "ErrorMessage", "message"})


@dataclasses.dataclass(slots=True, kw_only=True)
class Error:
    """Why a request failed. Some failures come with an empty body or an HTML page instead."""

    error_code: str | None = None
    """Name of the error, such as `InvalidRequest` or `ImageNotFound`."""
    error_message: str | None = None
    """What went wrong, in words."""
    message: str | None = None
    """What the gateway in front of the API says, which knows no other field, such as
    `Unauthorized`.
    """
    additional_properties: _Mapping[str, types.JSON] = dataclasses.field(
        default_factory=lambda: types.NO_PROPERTIES
    )
    """Properties that the documents do not speak of."""
    raw: _Mapping[str, types.JSON] | None = dataclasses.field(
        default=None, repr=False, compare=False
    )
    """What the server sent, untouched; None if the model was not made from a response."""

    def __repr__(self) -> str:
        return _decoding.shown(self)

    @classmethod
    def from_dict(cls, data: _Mapping[str, types.JSON]) -> typing.Self:
        """Make the model from a JSON object; a value of an unexpected type becomes None."""
        # Not by the constructor: a response may hold thousands of these.
        self = object.__new__(cls)
        get = data.get
        value = get("ErrorCode")
        self.error_code = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Error.ErrorCode")
        )
        value = get("ErrorMessage")
        self.error_message = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Error.ErrorMessage")
        )
        value = get("message")
        self.message = (
            value if type(value) is str else _decoding.field(value, _decoding.text, "Error.message")
        )
        self.additional_properties = (
            types.NO_PROPERTIES if _FIELDS.issuperset(data) else _decoding.unknown(data, _FIELDS)
        )
        self.raw = data
        return self

    def to_dict(self) -> dict[str, types.JSON]:
        """Make the JSON object of the model, without what is None."""
        return _encoding.json_object(
            {
                **self.additional_properties,
                "ErrorCode": self.error_code,
                "ErrorMessage": self.error_message,
                "message": self.message,
            }
        )
