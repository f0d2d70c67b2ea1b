"""The model `ChangedAsset`."""

from __future__ import annotations

import dataclasses
import datetime
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset(
    {"id", "asset_type", "asset_lifecycle", "asset_changed_utc_datetime", "uri"}
)


@dataclasses.dataclass(slots=True, kw_only=True)
class ChangedAsset:
    """A notification that an asset is new, was updated or was deleted."""

    id: str | None = None
    """Id of the asset."""
    asset_type: models.AssetType | None = None
    """What kind of asset it is, Image or Film; null where that is not known."""
    asset_lifecycle: models.AssetLifecycle | None = None
    """What happened to the asset, New, Update or Delete. Known values: `New`, `Update`, `Delete`."""
    asset_changed_utc_datetime: datetime.datetime | None = None
    """When it happened, in UTC."""
    uri: str | None = None
    """Address of the asset in the API; null where it has none."""
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
        value = get("id")
        self.id = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ChangedAsset.id")
        )
        value = get("asset_type")
        self.asset_type = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ChangedAsset.asset_type")
        )
        value = get("asset_lifecycle")
        self.asset_lifecycle = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ChangedAsset.asset_lifecycle")
        )
        self.asset_changed_utc_datetime = _decoding.date_time_field(
            get("asset_changed_utc_datetime"), "ChangedAsset.asset_changed_utc_datetime"
        )
        value = get("uri")
        self.uri = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ChangedAsset.uri")
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
                "id": self.id,
                "asset_type": self.asset_type,
                "asset_lifecycle": self.asset_lifecycle,
                "asset_changed_utc_datetime": self.asset_changed_utc_datetime,
                "uri": self.uri,
            }
        )
