"""The link to a file that has been paid for."""

from __future__ import annotations

import datetime
import typing
from dataclasses import dataclass


@dataclass(slots=True, kw_only=True, repr=False, eq=False)
class DownloadLink:
    """A signed address from which one file can be fetched without credentials.

    The address is secret: whoever has it can fetch the file. The repr hides it.

    Attributes:
        asset_id: Id of the asset.
        operation: The operation that was paid for, such as `downloads.request_image_download`.
        parameters: The parameters that identify the file, as they were sent.
        uri: The address.
        expires_at: When it expires, in UTC: 24 hours after the date of the API's response, or
            after its arrival if it had no date.
    """

    asset_id: str
    operation: str
    parameters: dict[str, str]
    uri: str
    expires_at: datetime.datetime

    @property
    def has_expired(self) -> bool:
        """Whether its time is over, by the clock of this machine."""
        return datetime.datetime.now(datetime.UTC) >= self.expires_at

    def __repr__(self) -> str:
        until = f"{self.expires_at:%Y-%m-%d %H:%M:%S} UTC"
        return f"<DownloadLink {self.asset_id}, valid until {until}>"

    def __reduce__(self) -> typing.NoReturn:
        raise TypeError("a link cannot be pickled or copied, as it is secret: pass on its uri")
