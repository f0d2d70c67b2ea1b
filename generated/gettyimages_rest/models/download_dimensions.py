"""The model `DownloadDimensions`."""

from __future__ import annotations

import collections.abc
import dataclasses
import typing

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset({"width", "height", "dpi"})


@dataclasses.dataclass(slots=True, kw_only=True)
class DownloadDimensions:
    """Size of the file that was downloaded.

    Source: overlay 40-responses.yaml#/actions/4
    """

    width: int | None = None
    """Width in pixels."""
    height: int | None = None
    """Height in pixels."""
    dpi: int | None = None
    """Resolution in dots per inch."""
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
            width=_decoding.field(get("width"), _decoding.integer, "DownloadDimensions.width"),
            height=_decoding.field(get("height"), _decoding.integer, "DownloadDimensions.height"),
            dpi=_decoding.field(get("dpi"), _decoding.integer, "DownloadDimensions.dpi"),
            additional_properties=_decoding.unknown(data, _FIELDS),
            raw=data,
        )

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
