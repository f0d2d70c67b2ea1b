"""The model `ImagesDetailResults`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset({"images", "images_not_found"})


@dataclasses.dataclass(slots=True, kw_only=True)
class ImagesDetailResults:
    """The metadata of images.

    Source: present-day.yaml, /components/schemas/ImagesDetailResults
    """

    images: list[types.JSON] | None = None
    """The images."""
    images_not_found: list[str] | None = None
    """Ids of which no image was found."""
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
        self.images = _decoding.field(
            get("images"), _decoding.array(_decoding.anything), "ImagesDetailResults.images"
        )
        self.images_not_found = _decoding.field(
            get("images_not_found"),
            _decoding.array(_decoding.text),
            "ImagesDetailResults.images_not_found",
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
                "images": self.images,
                "images_not_found": self.images_not_found,
            }
        )
