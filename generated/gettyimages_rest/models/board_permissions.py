"""The model `BoardPermissions`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset(
    {
        "can_delete_board",
        "can_invite_to_board",
        "can_update_name",
        "can_update_description",
        "can_add_assets",
        "can_remove_assets",
    }
)


@dataclasses.dataclass(slots=True, kw_only=True)
class BoardPermissions:
    """What the user may do with a board.

    Source: present-day.yaml, /components/schemas/BoardPermissions
    """

    can_delete_board: bool | None = None
    """Whether the user may delete the board."""
    can_invite_to_board: bool | None = None
    """Whether the user may invite others."""
    can_update_name: bool | None = None
    """Whether the user may change the name."""
    can_update_description: bool | None = None
    """Whether the user may change the description."""
    can_add_assets: bool | None = None
    """Whether the user may add assets."""
    can_remove_assets: bool | None = None
    """Whether the user may remove assets."""
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
        value = get("can_delete_board")
        self.can_delete_board = (
            value
            if type(value) is bool
            else _decoding.field(value, _decoding.boolean, "BoardPermissions.can_delete_board")
        )
        value = get("can_invite_to_board")
        self.can_invite_to_board = (
            value
            if type(value) is bool
            else _decoding.field(value, _decoding.boolean, "BoardPermissions.can_invite_to_board")
        )
        value = get("can_update_name")
        self.can_update_name = (
            value
            if type(value) is bool
            else _decoding.field(value, _decoding.boolean, "BoardPermissions.can_update_name")
        )
        value = get("can_update_description")
        self.can_update_description = (
            value
            if type(value) is bool
            else _decoding.field(
                value, _decoding.boolean, "BoardPermissions.can_update_description"
            )
        )
        value = get("can_add_assets")
        self.can_add_assets = (
            value
            if type(value) is bool
            else _decoding.field(value, _decoding.boolean, "BoardPermissions.can_add_assets")
        )
        value = get("can_remove_assets")
        self.can_remove_assets = (
            value
            if type(value) is bool
            else _decoding.field(value, _decoding.boolean, "BoardPermissions.can_remove_assets")
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
                "can_delete_board": self.can_delete_board,
                "can_invite_to_board": self.can_invite_to_board,
                "can_update_name": self.can_update_name,
                "can_update_description": self.can_update_description,
                "can_add_assets": self.can_add_assets,
                "can_remove_assets": self.can_remove_assets,
            }
        )
