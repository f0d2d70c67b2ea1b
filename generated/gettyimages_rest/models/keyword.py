"""The model `Keyword`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset(
    {"keyword_id", "text", "type", "relevance", "entity_uris", "entity_types"}
)


@dataclasses.dataclass(slots=True, kw_only=True)
class Keyword:
    """A keyword of an asset.

    Source: present-day.yaml, /components/schemas/Keyword
    """

    keyword_id: str | None = None
    """Id of the keyword."""
    text: str | None = None
    """The keyword."""
    type: str | None = None
    """Type of the keyword."""
    relevance: int | None = None
    """How relevant the keyword is to the asset."""
    entity_uris: list[str] | None = None
    """Addresses of what the keyword names."""
    entity_types: list[str] | None = None
    """Types of what the keyword names."""
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
        value = get("keyword_id")
        self.keyword_id = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "Keyword.keyword_id")
        )
        value = get("text")
        self.text = (
            value if type(value) is str else _decoding.field(value, _decoding.text, "Keyword.text")
        )
        value = get("type")
        self.type = (
            value if type(value) is str else _decoding.field(value, _decoding.text, "Keyword.type")
        )
        value = get("relevance")
        self.relevance = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "Keyword.relevance")
        )
        self.entity_uris = _decoding.field(
            get("entity_uris"), _decoding.array(_decoding.text), "Keyword.entity_uris"
        )
        self.entity_types = _decoding.field(
            get("entity_types"), _decoding.array(_decoding.text), "Keyword.entity_types"
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
                "keyword_id": self.keyword_id,
                "text": self.text,
                "type": self.type,
                "relevance": self.relevance,
                "entity_uris": self.entity_uris,
                "entity_types": self.entity_types,
            }
        )
