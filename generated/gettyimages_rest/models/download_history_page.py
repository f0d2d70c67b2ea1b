"""The model `DownloadHistoryPage`."""

from __future__ import annotations

import collections.abc
import dataclasses
import typing

from .. import _decoding, _encoding, models, types

_FIELDS: typing.Final = frozenset({"result_count", "downloads"})


@dataclasses.dataclass(slots=True, kw_only=True)
class DownloadHistoryPage:
    """One page of the history of downloads.

    Source: overlay 40-responses.yaml#/actions/4
    """

    result_count: int | None = None
    """Number of downloads on all pages together."""
    downloads: list[models.DownloadRecord] | None = None
    """The downloads on this page."""
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
            result_count=_decoding.field(
                get("result_count"), _decoding.integer, "DownloadHistoryPage.result_count"
            ),
            downloads=_decoding.field(
                get("downloads"),
                _decoding.array(_decoding.model(models.DownloadRecord)),
                "DownloadHistoryPage.downloads",
            ),
            additional_properties=_decoding.unknown(data, _FIELDS),
            raw=data,
        )

    def to_dict(self) -> dict[str, types.JSON]:
        """Make the JSON object of the model, without what is None."""
        return _encoding.json_object(
            {
                **self.additional_properties,
                "result_count": self.result_count,
                "downloads": self.downloads,
            }
        )
