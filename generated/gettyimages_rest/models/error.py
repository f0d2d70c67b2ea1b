"""The model `Error`."""

from __future__ import annotations

import collections.abc
import dataclasses
import typing

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset({"ErrorCode", "ErrorMessage", "message"})


@dataclasses.dataclass(slots=True, kw_only=True)
class Error:
    """Why a request failed. Some failures come with an empty body or an HTML page instead.

    Source: overlay 40-responses.yaml#/actions/0
    """

    error_code: str | None = None
    """Name of the error, such as `InvalidRequest` or `ImageNotFound`."""
    error_message: str | None = None
    """What went wrong, in words."""
    message: str | None = None
    """What the gateway in front of the API says, which knows no other field, such as
    `Unauthorized`.
    """
    additional_properties: dict[str, types.JSON] = dataclasses.field(default_factory=dict)
    """Properties that the documents do not speak of."""
    raw: collections.abc.Mapping[str, types.JSON] | None = dataclasses.field(
        default=None, repr=False, compare=False
    )
    """What the server sent, untouched; None if the model was not made from an answer."""

    @classmethod
    def from_dict(cls, data: collections.abc.Mapping[str, types.JSON]) -> typing.Self:
        """Make the model from a JSON object; a value of an unexpected type becomes None."""
        get = data.get
        return cls(
            error_code=_decoding.field(get("ErrorCode"), _decoding.text, "Error.ErrorCode"),
            error_message=_decoding.field(
                get("ErrorMessage"), _decoding.text, "Error.ErrorMessage"
            ),
            message=_decoding.field(get("message"), _decoding.text, "Error.message"),
            additional_properties=_decoding.unknown(data, _FIELDS),
            raw=data,
        )

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
