"""The model `DownloadUri`."""

from __future__ import annotations

import collections.abc
import dataclasses
import typing

from .. import _decoding, _encoding, types

_FIELDS: typing.Final = frozenset({"uri"})


@dataclasses.dataclass(slots=True, kw_only=True)
class DownloadUri:
    """Where a file that was paid for can be fetched.

    Source: overlay 40-responses.yaml#/actions/6
    """

    uri: str | None = None
    """Signed address of the file, valid for 24 hours from now. To be used as it is and without
    credentials; it may redirect.
    """
    additional_properties: dict[str, types.JSON] = dataclasses.field(default_factory=dict)
    """Properties that the documents do not speak of."""
    raw: collections.abc.Mapping[str, types.JSON] | None = dataclasses.field(
        default=None, repr=False, compare=False
    )
    """What the server sent, untouched; None if the model was not made from an answer."""

    @classmethod
    def from_dict(cls, data: collections.abc.Mapping[str, types.JSON]) -> typing.Self:
        """Make the model from a JSON object; a value of an unexpected type becomes None."""
        get = data.get
        return cls(
            uri=_decoding.field(get("uri"), _decoding.text, "DownloadUri.uri"),
            additional_properties=_decoding.unknown(data, _FIELDS),
            raw=data,
        )

    def to_dict(self) -> dict[str, types.JSON]:
        """Make the JSON object of the model, without what is None."""
        return _encoding.json_object({**self.additional_properties, "uri": self.uri})
