"""The model `Comment`."""

from __future__ import annotations

import dataclasses
import datetime
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset({"created_by", "date_created", "id", "permissions", "text"})


@dataclasses.dataclass(slots=True, kw_only=True)
class Comment:
    """A comment on a board.

    Source: present-day.yaml, /components/schemas/Comment
    """

    created_by: models.Collaborator | None = None
    """The user who wrote the comment."""
    date_created: datetime.datetime | None = None
    """When the comment was written."""
    id: str | None = None
    """Id of the comment."""
    permissions: models.CommentPermissions | None = None
    """What the user may do with the comment."""
    text: str | None = None
    """The text."""
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
        value = get("created_by")
        self.created_by = (
            models.Collaborator.from_dict(value)
            if type(value) is dict
            else _decoding.field(value, _decoding.model(models.Collaborator), "Comment.created_by")
        )
        self.date_created = _decoding.date_time_field(get("date_created"), "Comment.date_created")
        value = get("id")
        self.id = (
            value if type(value) is str else _decoding.field(value, _decoding.text, "Comment.id")
        )
        value = get("permissions")
        self.permissions = (
            models.CommentPermissions.from_dict(value)
            if type(value) is dict
            else _decoding.field(
                value, _decoding.model(models.CommentPermissions), "Comment.permissions"
            )
        )
        value = get("text")
        self.text = (
            value if type(value) is str else _decoding.field(value, _decoding.text, "Comment.text")
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
                "created_by": self.created_by,
                "date_created": self.date_created,
                "id": self.id,
                "permissions": self.permissions,
                "text": self.text,
            }
        )
