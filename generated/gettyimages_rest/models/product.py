"""The model `Product`."""

from __future__ import annotations

import dataclasses
import datetime
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset(
    {
        "application_website",
        "credits_remaining",
        "download_limit",
        "download_limit_duration",
        "download_limit_reset_utc_date",
        "downloads_remaining",
        "expiration_utc_date",
        "id",
        "name",
        "status",
        "type",
        "ai_gen_requirements",
        "download_requirements",
        "overage",
        "agreement_name",
        "imagepack_resolution",
        "team_credits",
    }
)


@dataclasses.dataclass(slots=True, kw_only=True)
class Product:
    """A product that downloads can be charged to.

    Source: present-day.yaml, /components/schemas/Product
    """

    application_website: str | None = None
    """Website that the product belongs to."""
    credits_remaining: int | None = None
    """Number of credits left."""
    download_limit: int | None = None
    """Number of downloads allowed in a period."""
    download_limit_duration: str | None = None
    """Length of the period."""
    download_limit_reset_utc_date: datetime.datetime | None = None
    """When the next period begins, in UTC."""
    downloads_remaining: int | None = None
    """Number of downloads left in this period."""
    expiration_utc_date: datetime.datetime | None = None
    """When the product expires, in UTC."""
    id: int | None = None
    """Id of the product, as downloads take it."""
    name: str | None = None
    """Name of the product."""
    status: models.ProductStatus | None = None
    """Whether the product can be used. Known values: `active`, `inactive`."""
    type: models.ProductType | None = None
    """Type of the product, as downloads take it. Known values: `easyaccess`,
    `editorialsubscription`, `imagepack`, `premiumaccess`, `royaltyfreesubscription`,
    `creditpack`, `aigen`.
    """
    ai_gen_requirements: models.DownloadRequirements | None = None
    """What has to be given with a download of a generated image."""
    download_requirements: models.DownloadRequirements | None = None
    """What has to be given with a download; only if `fields` asks for it."""
    overage: models.OverageDetails | None = None
    """How far the product may be used beyond its limit."""
    agreement_name: str | None = None
    """Name of the agreement that the product belongs to."""
    imagepack_resolution: str | None = None
    """Resolution of an image pack."""
    team_credits: int | None = None
    """Number of credits that the team has left."""
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
        value = get("application_website")
        self.application_website = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Product.application_website")
        )
        value = get("credits_remaining")
        self.credits_remaining = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "Product.credits_remaining")
        )
        value = get("download_limit")
        self.download_limit = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "Product.download_limit")
        )
        value = get("download_limit_duration")
        self.download_limit_duration = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Product.download_limit_duration")
        )
        self.download_limit_reset_utc_date = _decoding.date_time_field(
            get("download_limit_reset_utc_date"), "Product.download_limit_reset_utc_date"
        )
        value = get("downloads_remaining")
        self.downloads_remaining = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "Product.downloads_remaining")
        )
        self.expiration_utc_date = _decoding.date_time_field(
            get("expiration_utc_date"), "Product.expiration_utc_date"
        )
        value = get("id")
        self.id = (
            value if type(value) is int else _decoding.field(value, _decoding.integer, "Product.id")
        )
        value = get("name")
        self.name = (
            value if type(value) is str else _decoding.field(value, _decoding.text, "Product.name")
        )
        value = get("status")
        self.status = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Product.status")
        )
        value = get("type")
        self.type = (
            value if type(value) is str else _decoding.field(value, _decoding.text, "Product.type")
        )
        value = get("ai_gen_requirements")
        self.ai_gen_requirements = (
            models.DownloadRequirements.from_dict(value)
            if type(value) is dict
            else _decoding.field(
                value, _decoding.model(models.DownloadRequirements), "Product.ai_gen_requirements"
            )
        )
        value = get("download_requirements")
        self.download_requirements = (
            models.DownloadRequirements.from_dict(value)
            if type(value) is dict
            else _decoding.field(
                value, _decoding.model(models.DownloadRequirements), "Product.download_requirements"
            )
        )
        value = get("overage")
        self.overage = (
            models.OverageDetails.from_dict(value)
            if type(value) is dict
            else _decoding.field(value, _decoding.model(models.OverageDetails), "Product.overage")
        )
        value = get("agreement_name")
        self.agreement_name = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Product.agreement_name")
        )
        value = get("imagepack_resolution")
        self.imagepack_resolution = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Product.imagepack_resolution")
        )
        value = get("team_credits")
        self.team_credits = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "Product.team_credits")
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
                "application_website": self.application_website,
                "credits_remaining": self.credits_remaining,
                "download_limit": self.download_limit,
                "download_limit_duration": self.download_limit_duration,
                "download_limit_reset_utc_date": self.download_limit_reset_utc_date,
                "downloads_remaining": self.downloads_remaining,
                "expiration_utc_date": self.expiration_utc_date,
                "id": self.id,
                "name": self.name,
                "status": self.status,
                "type": self.type,
                "ai_gen_requirements": self.ai_gen_requirements,
                "download_requirements": self.download_requirements,
                "overage": self.overage,
                "agreement_name": self.agreement_name,
                "imagepack_resolution": self.imagepack_resolution,
                "team_credits": self.team_credits,
            }
        )
