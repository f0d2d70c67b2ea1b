"""The model `EditorialVideoSearchItem`."""

from __future__ import annotations

import dataclasses
import datetime
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset(
    {
        "source",
        "id",
        "allowed_use",
        "artist",
        "asset_family",
        "caption",
        "clip_length",
        "collection_id",
        "collection_code",
        "collection_name",
        "color_type",
        "copyright",
        "date_created",
        "display_sizes",
        "download_product",
        "era",
        "event_ids",
        "keywords",
        "largest_downloads",
        "license_model",
        "mastered_to",
        "originally_shot_on",
        "product_types",
        "referral_destinations",
        "shot_speed",
        "title",
        "istock_licenses",
    }
)


@dataclasses.dataclass(slots=True, kw_only=True)
class EditorialVideoSearchItem:
    """An editorial video that was found.

    Source: present-day.yaml, /components/schemas/EditorialVideoSearchItem
    """

    source: str | None = None
    """Source of the asset."""
    id: str | None = None
    """Id of the asset."""
    allowed_use: models.AllowedUse | None = None
    """What the asset may be used for."""
    artist: str | None = None
    """Name of the artist."""
    asset_family: str | None = None
    """Family of the asset."""
    caption: str | None = None
    """Caption."""
    clip_length: str | None = None
    """Length of the clip."""
    collection_id: int | None = None
    """Id of the collection."""
    collection_code: str | None = None
    """Code of the collection that the asset belongs to."""
    collection_name: str | None = None
    """Name of the collection."""
    color_type: str | None = None
    """Type of colour."""
    copyright: str | None = None
    """Copyright notice."""
    date_created: datetime.datetime | None = None
    """When the asset was created."""
    display_sizes: list[models.VideoSearchItemDisplaySize] | None = None
    """Pictures to show the asset with."""
    download_product: str | None = None
    """Product of the customer that the asset can be downloaded with."""
    era: str | None = None
    """Era that the asset shows."""
    event_ids: list[int] | None = None
    """Ids of the events that the asset belongs to."""
    keywords: list[models.Keyword] | None = None
    """Keywords."""
    largest_downloads: list[models.Download] | None = None
    """The largest downloads that the customer's products allow."""
    license_model: str | None = None
    """Model by which the asset is licensed."""
    mastered_to: str | None = None
    """Format that the video was mastered to."""
    originally_shot_on: str | None = None
    """Medium that the video was shot on."""
    product_types: list[str] | None = None
    """Types of the products that the asset is part of."""
    referral_destinations: list[models.ReferralDestination] | None = None
    """Sites that offer the asset."""
    shot_speed: str | None = None
    """Speed at which the video was shot."""
    title: str | None = None
    """Title."""
    istock_licenses: list[models.IStockLicense] | None = None
    """Licenses that can be acquired for credits."""
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
        value = get("source")
        self.source = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.source")
        )
        value = get("id")
        self.id = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.id")
        )
        value = get("allowed_use")
        self.allowed_use = (
            models.AllowedUse.from_dict(value)
            if type(value) is dict
            else _decoding.field(
                value, _decoding.model(models.AllowedUse), "EditorialVideoSearchItem.allowed_use"
            )
        )
        value = get("artist")
        self.artist = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.artist")
        )
        value = get("asset_family")
        self.asset_family = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.asset_family")
        )
        value = get("caption")
        self.caption = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.caption")
        )
        value = get("clip_length")
        self.clip_length = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.clip_length")
        )
        value = get("collection_id")
        self.collection_id = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "EditorialVideoSearchItem.collection_id")
        )
        value = get("collection_code")
        self.collection_code = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.collection_code")
        )
        value = get("collection_name")
        self.collection_name = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.collection_name")
        )
        value = get("color_type")
        self.color_type = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.color_type")
        )
        value = get("copyright")
        self.copyright = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.copyright")
        )
        self.date_created = _decoding.date_time_field(
            get("date_created"), "EditorialVideoSearchItem.date_created"
        )
        self.display_sizes = _decoding.field(
            get("display_sizes"),
            _decoding.array(_decoding.model(models.VideoSearchItemDisplaySize)),
            "EditorialVideoSearchItem.display_sizes",
        )
        value = get("download_product")
        self.download_product = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.download_product")
        )
        value = get("era")
        self.era = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.era")
        )
        self.event_ids = _decoding.field(
            get("event_ids"),
            _decoding.array(_decoding.integer),
            "EditorialVideoSearchItem.event_ids",
        )
        self.keywords = _decoding.field(
            get("keywords"),
            _decoding.array(_decoding.model(models.Keyword)),
            "EditorialVideoSearchItem.keywords",
        )
        self.largest_downloads = _decoding.field(
            get("largest_downloads"),
            _decoding.array(_decoding.model(models.Download)),
            "EditorialVideoSearchItem.largest_downloads",
        )
        value = get("license_model")
        self.license_model = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.license_model")
        )
        value = get("mastered_to")
        self.mastered_to = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.mastered_to")
        )
        value = get("originally_shot_on")
        self.originally_shot_on = (
            value
            if type(value) is str
            else _decoding.field(
                value, _decoding.text, "EditorialVideoSearchItem.originally_shot_on"
            )
        )
        self.product_types = _decoding.field(
            get("product_types"),
            _decoding.array(_decoding.text),
            "EditorialVideoSearchItem.product_types",
        )
        self.referral_destinations = _decoding.field(
            get("referral_destinations"),
            _decoding.array(_decoding.model(models.ReferralDestination)),
            "EditorialVideoSearchItem.referral_destinations",
        )
        value = get("shot_speed")
        self.shot_speed = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.shot_speed")
        )
        value = get("title")
        self.title = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "EditorialVideoSearchItem.title")
        )
        self.istock_licenses = _decoding.field(
            get("istock_licenses"),
            _decoding.array(_decoding.model(models.IStockLicense)),
            "EditorialVideoSearchItem.istock_licenses",
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
                "source": self.source,
                "id": self.id,
                "allowed_use": self.allowed_use,
                "artist": self.artist,
                "asset_family": self.asset_family,
                "caption": self.caption,
                "clip_length": self.clip_length,
                "collection_id": self.collection_id,
                "collection_code": self.collection_code,
                "collection_name": self.collection_name,
                "color_type": self.color_type,
                "copyright": self.copyright,
                "date_created": self.date_created,
                "display_sizes": self.display_sizes,
                "download_product": self.download_product,
                "era": self.era,
                "event_ids": self.event_ids,
                "keywords": self.keywords,
                "largest_downloads": self.largest_downloads,
                "license_model": self.license_model,
                "mastered_to": self.mastered_to,
                "originally_shot_on": self.originally_shot_on,
                "product_types": self.product_types,
                "referral_destinations": self.referral_destinations,
                "shot_speed": self.shot_speed,
                "title": self.title,
                "istock_licenses": self.istock_licenses,
            }
        )
