"""The model `DownloadDimensions`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset({"width", "height", "dpi"})


@dataclasses.dataclass(slots=True, kw_only=True)
class DownloadDimensions:
    """Size of the file that was downloaded."""

    width: int | None = None
    """Width in pixels."""
    height: int | None = None
    """Height in pixels."""
    dpi: int | None = None
    """Resolution in dots per inch."""
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
        value = get("width")
        self.width = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "DownloadDimensions.width")
        )
        value = get("height")
        self.height = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "DownloadDimensions.height")
        )
        value = get("dpi")
        self.dpi = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "DownloadDimensions.dpi")
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
                "width": self.width,
                "height": self.height,
                "dpi": self.dpi,
            }
        )
