"""The model `Channel`."""

from __future__ import annotations

import dataclasses
import datetime
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset(
    {
        "ChannelId",
        "AssetFamily",
        "AssetType",
        "AssetChangeType",
        "CreateDateUtc",
        "NotificationCount",
        "OldestChangeNotificationDateUtc",
        "Metadata",
    }
)


@dataclasses.dataclass(slots=True, kw_only=True)
class Channel:
    """A queue of notifications about assets of one kind."""

    channel_id: int | None = None
    """Id of the channel."""
    asset_family: str | None = None
    """Family of the assets that the channel is about."""
    asset_type: str | None = None
    """Type of the assets that the channel is about."""
    asset_change_type: str | None = None
    """Kind of changes that the channel is about."""
    create_date_utc: datetime.datetime | None = None
    """When the channel was set up, in UTC."""
    notification_count: int | None = None
    """Number of notifications that wait in the channel."""
    oldest_change_notification_date_utc: datetime.datetime | None = None
    """When the oldest waiting notification was made, in UTC; null if none waits."""
    metadata: types.JSON = None
    """Further data about the channel, in no fixed form."""
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
        value = get("ChannelId")
        self.channel_id = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "Channel.ChannelId")
        )
        value = get("AssetFamily")
        self.asset_family = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Channel.AssetFamily")
        )
        value = get("AssetType")
        self.asset_type = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Channel.AssetType")
        )
        value = get("AssetChangeType")
        self.asset_change_type = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Channel.AssetChangeType")
        )
        self.create_date_utc = _decoding.date_time_field(
            get("CreateDateUtc"), "Channel.CreateDateUtc"
        )
        value = get("NotificationCount")
        self.notification_count = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "Channel.NotificationCount")
        )
        self.oldest_change_notification_date_utc = _decoding.date_time_field(
            get("OldestChangeNotificationDateUtc"), "Channel.OldestChangeNotificationDateUtc"
        )
        self.metadata = _decoding.field(get("Metadata"), _decoding.anything, "Channel.Metadata")
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
                "ChannelId": self.channel_id,
                "AssetFamily": self.asset_family,
                "AssetType": self.asset_type,
                "AssetChangeType": self.asset_change_type,
                "CreateDateUtc": self.create_date_utc,
                "NotificationCount": self.notification_count,
                "OldestChangeNotificationDateUtc": self.oldest_change_notification_date_utc,
                "Metadata": self.metadata,
            }
        )
