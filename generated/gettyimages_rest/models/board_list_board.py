"""The model `BoardListBoard`."""

from __future__ import annotations

import dataclasses
import datetime
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset(
    {
        "id",
        "asset_count",
        "date_created",
        "date_last_updated",
        "description",
        "hero_asset",
        "name",
        "board_relationship",
    }
)


@dataclasses.dataclass(slots=True, kw_only=True)
class BoardListBoard:
    """A board.

    Source: present-day.yaml, /components/schemas/BoardListBoard
    """

    id: str | None = None
    """Id of the board."""
    asset_count: int | None = None
    """Number of assets on the board."""
    date_created: datetime.datetime | None = None
    """When the board was created."""
    date_last_updated: datetime.datetime | None = None
    """When the board was last changed."""
    description: str | None = None
    """Description of the board."""
    hero_asset: models.Asset | None = None
    """The asset that stands for the board."""
    name: str | None = None
    """Name of the board."""
    board_relationship: str | None = None
    """Relationship of the user to the board."""
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
            else _decoding.field(value, _decoding.text, "BoardListBoard.id")
        )
        value = get("asset_count")
        self.asset_count = (
            value
            if type(value) is int
            else _decoding.field(value, _decoding.integer, "BoardListBoard.asset_count")
        )
        self.date_created = _decoding.date_time_field(
            get("date_created"), "BoardListBoard.date_created"
        )
        self.date_last_updated = _decoding.date_time_field(
            get("date_last_updated"), "BoardListBoard.date_last_updated"
        )
        value = get("description")
        self.description = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "BoardListBoard.description")
        )
        value = get("hero_asset")
        self.hero_asset = (
            models.Asset.from_dict(value)
            if type(value) is dict
            else _decoding.field(value, _decoding.model(models.Asset), "BoardListBoard.hero_asset")
        )
        value = get("name")
        self.name = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "BoardListBoard.name")
        )
        value = get("board_relationship")
        self.board_relationship = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "BoardListBoard.board_relationship")
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
                "asset_count": self.asset_count,
                "date_created": self.date_created,
                "date_last_updated": self.date_last_updated,
                "description": self.description,
                "hero_asset": self.hero_asset,
                "name": self.name,
                "board_relationship": self.board_relationship,
            }
        )
