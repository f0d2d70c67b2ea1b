"""The model `VideoSearchItemDisplaySize`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset({"is_watermarked", "name", "uri", "aspect_ratio"})


@dataclasses.dataclass(slots=True, kw_only=True)
class VideoSearchItemDisplaySize:
    """A picture or clip to show a video with.

    Source: present-day.yaml, /components/schemas/VideoSearchItemDisplaySize
    """

    is_watermarked: bool | None = None
    """Whether the picture has a watermark."""
    name: str | None = None
    """Name of the size."""
    uri: str | None = None
    """Address of the picture."""
    aspect_ratio: str | None = None
    """Aspect ratio."""
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
        value = get("is_watermarked")
        self.is_watermarked = (
            value
            if type(value) is bool
            else _decoding.field(
                value, _decoding.boolean, "VideoSearchItemDisplaySize.is_watermarked"
            )
        )
        value = get("name")
        self.name = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "VideoSearchItemDisplaySize.name")
        )
        value = get("uri")
        self.uri = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "VideoSearchItemDisplaySize.uri")
        )
        value = get("aspect_ratio")
        self.aspect_ratio = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "VideoSearchItemDisplaySize.aspect_ratio")
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
                "is_watermarked": self.is_watermarked,
                "name": self.name,
                "uri": self.uri,
                "aspect_ratio": self.aspect_ratio,
            }
        )
