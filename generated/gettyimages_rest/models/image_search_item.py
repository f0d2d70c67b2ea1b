"""The model `ImageSearchItem`."""

from __future__ import annotations

import dataclasses
import datetime
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset(
    {
        "allowed_use",
        "alternative_ids",
        "artist",
        "asset_family",
        "call_for_image",
        "caption",
        "collection_code",
        "collection_id",
        "collection_name",
        "color_type",
        "copyright",
        "date_camera_shot",
        "date_created",
        "display_sizes",
        "download_product",
        "editorial_segments",
        "event_ids",
        "graphical_style",
        "id",
        "keywords",
        "largest_downloads",
        "license_model",
        "max_dimensions",
        "orientation",
        "people",
        "product_types",
        "quality_rank",
        "referral_destinations",
        "title",
        "uri_oembed",
        "istock_licenses",
    }
)


@dataclasses.dataclass(slots=True, kw_only=True)
class ImageSearchItem:
    """An image that was found.

    Source: present-day.yaml, /components/schemas/ImageSearchItem
    """

    allowed_use: models.AllowedUse | None = None
    """What the asset may be used for."""
    alternative_ids: dict[str, str] | None = None
    """Ids of the asset elsewhere, by name."""
    artist: str | None = None
    """Name of the artist."""
    asset_family: str | None = None
    """Family of the asset."""
    call_for_image: bool | None = None
    """Whether the file has to be ordered from the vendor."""
    caption: str | None = None
    """Caption."""
    collection_code: str | None = None
    """Code of the collection that the asset belongs to."""
    collection_id: int | None = None
    """Id of the collection."""
    collection_name: str | None = None
    """Name of the collection."""
    color_type: str | None = None
    """Type of colour."""
    copyright: str | None = None
    """Copyright notice."""
    date_camera_shot: datetime.datetime | None = None
    """When the picture was taken."""
    date_created: datetime.datetime | None = None
    """When the asset was created."""
    display_sizes: list[models.ImageSearchItemDisplaySize] | None = None
    """Pictures to show the asset with."""
    download_product: str | None = None
    """Product of the customer that the asset can be downloaded with."""
    editorial_segments: list[str] | None = None
    """Editorial segments of the asset."""
    event_ids: list[int] | None = None
    """Ids of the events that the asset belongs to."""
    graphical_style: str | None = None
    """Graphical style."""
    id: str | None = None
    """Id of the asset."""
    keywords: list[models.Keyword] | None = None
    """Keywords."""
    largest_downloads: list[models.Download] | None = None
    """The largest downloads that the customer's products allow."""
    license_model: str | None = None
    """Model by which the asset is licensed."""
    max_dimensions: models.MaxDimensions | None = None
    """Size of the largest file, in pixels."""
    orientation: str | None = None
    """Orientation."""
    people: list[str] | None = None
    """Names of the people shown."""
    product_types: list[str] | None = None
    """Types of the products that the asset is part of."""
    quality_rank: int | None = None
    """Rank of the asset by quality."""
    referral_destinations: list[models.ReferralDestination] | None = None
    """Sites that offer the asset."""
    title: str | None = None
    """Title."""
    uri_oembed: str | None = None
    """Address of the asset's oEmbed data."""
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
        value = get("allowed_use")
        self.allowed_use = (
            models.AllowedUse.from_dict(value)
            if type(value) is dict
            else _decoding.field(
                value, _decoding.model(models.AllowedUse), "ImageSearchItem.allowed_use"
            )
        )
        self.alternative_ids = _decoding.field(
            get("alternative_ids"),
            _decoding.mapping(_decoding.text),
            "ImageSearchItem.alternative_ids",
        )
        value = get("artist")
        self.artist = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ImageSearchItem.artist")
        )
        value = get("asset_family")
        self.asset_family = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ImageSearchItem.asset_family")
        )
        value = get("call_for_image")
        self.call_for_image = (
            value
            if type(value) is bool
            else _decoding.field(value, _decoding.boolean, "ImageSearchItem.call_for_image")
        )
        value = get("caption")
        self.caption = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ImageSearchItem.caption")
        )
        value = get("collection_code")
        self.collection_code = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ImageSearchItem.collection_code")
        )
        value = get("collection_id")
        self.collection_id = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "ImageSearchItem.collection_id")
        )
        value = get("collection_name")
        self.collection_name = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ImageSearchItem.collection_name")
        )
        value = get("color_type")
        self.color_type = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ImageSearchItem.color_type")
        )
        value = get("copyright")
        self.copyright = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ImageSearchItem.copyright")
        )
        self.date_camera_shot = _decoding.date_time_field(
            get("date_camera_shot"), "ImageSearchItem.date_camera_shot"
        )
        self.date_created = _decoding.date_time_field(
            get("date_created"), "ImageSearchItem.date_created"
        )
        self.display_sizes = _decoding.field(
            get("display_sizes"),
            _decoding.array(_decoding.model(models.ImageSearchItemDisplaySize)),
            "ImageSearchItem.display_sizes",
        )
        value = get("download_product")
        self.download_product = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ImageSearchItem.download_product")
        )
        self.editorial_segments = _decoding.field(
            get("editorial_segments"),
            _decoding.array(_decoding.text),
            "ImageSearchItem.editorial_segments",
        )
        self.event_ids = _decoding.field(
            get("event_ids"), _decoding.array(_decoding.integer), "ImageSearchItem.event_ids"
        )
        value = get("graphical_style")
        self.graphical_style = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ImageSearchItem.graphical_style")
        )
        value = get("id")
        self.id = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ImageSearchItem.id")
        )
        self.keywords = _decoding.field(
            get("keywords"),
            _decoding.array(_decoding.model(models.Keyword)),
            "ImageSearchItem.keywords",
        )
        self.largest_downloads = _decoding.field(
            get("largest_downloads"),
            _decoding.array(_decoding.model(models.Download)),
            "ImageSearchItem.largest_downloads",
        )
        value = get("license_model")
        self.license_model = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ImageSearchItem.license_model")
        )
        value = get("max_dimensions")
        self.max_dimensions = (
            models.MaxDimensions.from_dict(value)
            if type(value) is dict
            else _decoding.field(
                value, _decoding.model(models.MaxDimensions), "ImageSearchItem.max_dimensions"
            )
        )
        value = get("orientation")
        self.orientation = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ImageSearchItem.orientation")
        )
        self.people = _decoding.field(
            get("people"), _decoding.array(_decoding.text), "ImageSearchItem.people"
        )
        self.product_types = _decoding.field(
            get("product_types"), _decoding.array(_decoding.text), "ImageSearchItem.product_types"
        )
        value = get("quality_rank")
        self.quality_rank = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "ImageSearchItem.quality_rank")
        )
        self.referral_destinations = _decoding.field(
            get("referral_destinations"),
            _decoding.array(_decoding.model(models.ReferralDestination)),
            "ImageSearchItem.referral_destinations",
        )
        value = get("title")
        self.title = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ImageSearchItem.title")
        )
        value = get("uri_oembed")
        self.uri_oembed = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ImageSearchItem.uri_oembed")
        )
        self.istock_licenses = _decoding.field(
            get("istock_licenses"),
            _decoding.array(_decoding.model(models.IStockLicense)),
            "ImageSearchItem.istock_licenses",
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
                "allowed_use": self.allowed_use,
                "alternative_ids": self.alternative_ids,
                "artist": self.artist,
                "asset_family": self.asset_family,
                "call_for_image": self.call_for_image,
                "caption": self.caption,
                "collection_code": self.collection_code,
                "collection_id": self.collection_id,
                "collection_name": self.collection_name,
                "color_type": self.color_type,
                "copyright": self.copyright,
                "date_camera_shot": self.date_camera_shot,
                "date_created": self.date_created,
                "display_sizes": self.display_sizes,
                "download_product": self.download_product,
                "editorial_segments": self.editorial_segments,
                "event_ids": self.event_ids,
                "graphical_style": self.graphical_style,
                "id": self.id,
                "keywords": self.keywords,
                "largest_downloads": self.largest_downloads,
                "license_model": self.license_model,
                "max_dimensions": self.max_dimensions,
                "orientation": self.orientation,
                "people": self.people,
                "product_types": self.product_types,
                "quality_rank": self.quality_rank,
                "referral_destinations": self.referral_destinations,
                "title": self.title,
                "uri_oembed": self.uri_oembed,
                "istock_licenses": self.istock_licenses,
            }
        )
