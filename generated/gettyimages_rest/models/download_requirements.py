"""The model `DownloadRequirements`."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping as _Mapping

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset({"is_note_required", "is_project_code_required", "project_codes"})


@dataclasses.dataclass(slots=True, kw_only=True)
class DownloadRequirements:
    """What has to be given with a download.

    Source: present-day.yaml, /components/schemas/DownloadRequirements
    """

    is_note_required: bool | None = None
    """Whether a note is required."""
    is_project_code_required: bool | None = None
    """Whether a project code is required."""
    project_codes: list[str] | None = None
    """The project codes to choose from."""
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
        value = get("is_note_required")
        self.is_note_required = (
            value
            if type(value) is bool
            else _decoding.field(value, _decoding.boolean, "DownloadRequirements.is_note_required")
        )
        value = get("is_project_code_required")
        self.is_project_code_required = (
            value
            if type(value) is bool
            else _decoding.field(
                value, _decoding.boolean, "DownloadRequirements.is_project_code_required"
            )
        )
        self.project_codes = _decoding.field(
            get("project_codes"),
            _decoding.array(_decoding.text),
            "DownloadRequirements.project_codes",
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
                "is_note_required": self.is_note_required,
                "is_project_code_required": self.is_project_code_required,
                "project_codes": self.project_codes,
            }
        )
