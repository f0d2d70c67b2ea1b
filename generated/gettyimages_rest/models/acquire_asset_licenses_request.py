"""The model `AcquireAssetLicensesRequest`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset({"extended_licenses", "use_team_credits"})


@dataclasses.dataclass(slots=True, kw_only=True)
class AcquireAssetLicensesRequest:
    """The licenses to acquire.

    Source: present-day.yaml, /components/schemas/AcquireAssetLicensesRequest
    """

    REQUIRED: typing.ClassVar = ("extended_licenses",)
    extended_licenses: list[models.ExtendedLicenses]
    """The licenses to acquire. Known items: `multiseat`, `unlimited`, `resale`, `indemnification`."""
    use_team_credits: bool | None = None
    """Whether to pay with credits of the team."""
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
        self.extended_licenses = _decoding.promised(
            get("extended_licenses"),
            _decoding.array(_decoding.text),
            "AcquireAssetLicensesRequest.extended_licenses",
        )
        value = get("use_team_credits")
        self.use_team_credits = (
            value
            if type(value) is bool
            else _decoding.field(
                value, _decoding.boolean, "AcquireAssetLicensesRequest.use_team_credits"
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
                "extended_licenses": self.extended_licenses,
                "use_team_credits": self.use_team_credits,
            }
        )
