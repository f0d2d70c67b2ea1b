"""The model `ChangeSet`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset({"change_set_id", "changed_assets"})


@dataclasses.dataclass(slots=True, kw_only=True)
class ChangeSet:
    """A batch of notifications from a channel. It stays the current one, and is returned again,
    until it is confirmed.
    """

    change_set_id: str | None = None
    """Id of the change set, by which it is confirmed."""
    changed_assets: list[models.ChangedAsset] | None = None
    """The notifications."""
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
        value = get("change_set_id")
        self.change_set_id = (
            value
            if type(value) is str
            else _decoding.field(value, _decoding.text, "ChangeSet.change_set_id")
        )
        self.changed_assets = _decoding.field(
            get("changed_assets"),
            _decoding.array(_decoding.model(models.ChangedAsset)),
            "ChangeSet.changed_assets",
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
                "change_set_id": self.change_set_id,
                "changed_assets": self.changed_assets,
            }
        )
