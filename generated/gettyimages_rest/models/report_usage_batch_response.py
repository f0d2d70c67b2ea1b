"""The model `ReportUsageBatchResponse`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset({"invalid_assets", "total_asset_usages_processed"})


@dataclasses.dataclass(slots=True, kw_only=True)
class ReportUsageBatchResponse:
    """What became of a batch of uses.

    Source: present-day.yaml, /components/schemas/ReportUsageBatchResponse
    """

    invalid_assets: list[str] | None = None
    """Ids of the assets that are not valid."""
    total_asset_usages_processed: int | None = None
    """Number of uses that were processed."""
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
        self.invalid_assets = _decoding.field(
            get("invalid_assets"),
            _decoding.array(_decoding.text),
            "ReportUsageBatchResponse.invalid_assets",
        )
        value = get("total_asset_usages_processed")
        self.total_asset_usages_processed = (
            value
            if type(value) is int
            else _decoding.field(
                value, _decoding.integer, "ReportUsageBatchResponse.total_asset_usages_processed"
            )
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
                "invalid_assets": self.invalid_assets,
                "total_asset_usages_processed": self.total_asset_usages_processed,
            }
        )
