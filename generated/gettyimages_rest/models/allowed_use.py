"""The model `AllowedUse`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset({"how_can_i_use_it", "release_info", "usage_restrictions"})


@dataclasses.dataclass(slots=True, kw_only=True)
class AllowedUse:
    """What an asset may be used for.

    Source: present-day.yaml, /components/schemas/AllowedUse
    """

    how_can_i_use_it: str | None = None
    """How the asset can be used."""
    release_info: str | None = None
    """What releases there are."""
    usage_restrictions: list[str] | None = None
    """Restrictions on the use."""
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
        value = get("how_can_i_use_it")
        self.how_can_i_use_it = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "AllowedUse.how_can_i_use_it")
        )
        value = get("release_info")
        self.release_info = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "AllowedUse.release_info")
        )
        self.usage_restrictions = _decoding.field(
            get("usage_restrictions"),
            _decoding.array(_decoding.text),
            "AllowedUse.usage_restrictions",
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
                "how_can_i_use_it": self.how_can_i_use_it,
                "release_info": self.release_info,
                "usage_restrictions": self.usage_restrictions,
            }
        )
