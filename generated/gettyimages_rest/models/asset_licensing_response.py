"""The model `AssetLicensingResponse`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset({"credits_used", "acquired_licenses"})


@dataclasses.dataclass(slots=True, kw_only=True)
class AssetLicensingResponse:
    """What was acquired.

    Source: present-day.yaml, /components/schemas/AssetLicensingResponse
    """

    credits_used: int | None = None
    """Number of credits used."""
    acquired_licenses: list[models.ExtendedLicenses] | None = None
    """The licenses that were acquired. Known items: `multiseat`, `unlimited`, `resale`,
    `indemnification`.
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
        value = get("credits_used")
        self.credits_used = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "AssetLicensingResponse.credits_used")
        )
        self.acquired_licenses = _decoding.field(
            get("acquired_licenses"),
            _decoding.array(_decoding.text),
            "AssetLicensingResponse.acquired_licenses",
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
                "credits_used": self.credits_used,
                "acquired_licenses": self.acquired_licenses,
            }
        )
