"""The model `ChangedAsset`."""

from __future__ import annotations

import collections.abc
import dataclasses
import datetime
import typing

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset(
    {"id", "asset_type", "asset_lifecycle", "asset_changed_utc_datetime", "uri"}
)


@dataclasses.dataclass(slots=True, kw_only=True)
class ChangedAsset:
    """A notification that an asset is new, was updated or was deleted.

    Source: overlay 40-responses.yaml#/actions/2
    """

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
            id=_decoding.field(get("id"), _decoding.text, "ChangedAsset.id"),
            asset_type=_decoding.field(
                get("asset_type"), _decoding.text, "ChangedAsset.asset_type"
            ),
            asset_lifecycle=_decoding.field(
                get("asset_lifecycle"), _decoding.text, "ChangedAsset.asset_lifecycle"
            ),
            asset_changed_utc_datetime=_decoding.field(
                get("asset_changed_utc_datetime"),
                _decoding.date_time,
                "ChangedAsset.asset_changed_utc_datetime",
            ),
            uri=_decoding.field(get("uri"), _decoding.text, "ChangedAsset.uri"),
            additional_properties=_decoding.unknown(data, _FIELDS),
            raw=data,
        )

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
