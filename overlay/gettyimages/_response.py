"""What the API sends, as this package hands it out: a response, and the link to a file."""

from __future__ import annotations

import datetime
import functools
import json as _json
import re
import typing
from collections.abc import Iterator, Mapping

from gettyimages_rest import types

_REQUEST_IDS = ("x-request-id", "x-amzn-requestid", "x-amz-apigw-id", "x-correlation-id")


class Headers(Mapping[str, str]):
    """Response headers, looked up in any case. The repr shows their names only."""

    __slots__ = ("_headers",)

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = headers

    def __getitem__(self, name: str) -> str:
        return self._headers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._headers)

    def __len__(self) -> int:
        return len(self._headers)

    def __repr__(self) -> str:
        return f"<Headers {', '.join(self._headers)}>"


class RawResponse:
    """A response of the API. Its repr shows nothing of the content.

    Attributes:
        status_code: The status code.
        headers: The headers, looked up in any case.
        content: The whole body.
        attempts: How many requests it took to get this response.
        may_have_executed: Whether one of the earlier requests may have been carried out.
        operation: The operation that was called, such as `downloads.get_downloads`.
        url: The address of the request, without its query.
        elapsed: Seconds from sending the request to the end of the body.
    """

    def __init__(self, status_code: int, headers: Mapping[str, str], content: bytes) -> None:
        self.status_code = status_code
        self.headers: Mapping[str, str] = Headers(headers)
        self.content = content
        self.attempts = 1
        self.may_have_executed = False
        self.operation = self.url = ""
        self.elapsed = 0.0

    @functools.cached_property
    def request_id(self) -> str | None:
        """The server's id of the request, from a header such as `X-Request-Id`, or None."""
        return next(filter(None, map(self.headers.get, _REQUEST_IDS)), None)

    @property
    def text(self) -> str:
        """The body as text, in the charset of the content type, or else in UTF-8."""
        kind = self.headers.get("content-type", "").lower()
        charset = re.search(r'charset="?([\w.:-]+)', kind)
        try:
            return self.content.decode(charset[1] if charset else "utf-8", "replace")
        except (LookupError, ValueError):  # an unknown charset
            return self.content.decode("utf-8", "replace")

    def json(self) -> types.JSON:
        """Return the body as JSON.

        Raises:
            ValueError: The body is not JSON.
        """
        try:
            value: types.JSON = _json.loads(self.content)
        except (ValueError, RecursionError):  # its own error would show the body
            raise ValueError(f"{self.operation}: the body of the response is not JSON") from None
        return value

    def __repr__(self) -> str:
        size, attempts = len(self.content), self.attempts
        return f"<RawResponse {self.status_code}, {size} bytes, attempts: {attempts}>"

    def __reduce__(self) -> tuple[object, ...]:
        """Leave headers and body behind: they may hold a signed address."""
        kept = {"request_id": self.request_id}
        state = {**vars(self), **kept, "headers": Headers({}), "content": b""}
        return RawResponse, (self.status_code, {}, b""), state


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

    __slots__ = ("asset_id", "expires_at", "operation", "parameters", "uri")

    def __init__(
        self,
        *,
        asset_id: str,
        operation: str,
        parameters: dict[str, str],
        uri: str,
        expires_at: datetime.datetime,
    ) -> None:
        self.asset_id = asset_id
        self.operation = operation
        self.parameters = parameters
        self.uri = uri
        self.expires_at = expires_at

    @property
    def has_expired(self) -> bool:
        """Whether its time is over, by the clock of this machine."""
        return datetime.datetime.now(datetime.UTC) >= self.expires_at

    def __repr__(self) -> str:
        until = f"{self.expires_at:%Y-%m-%d %H:%M:%S} UTC"
        return f"<DownloadLink {self.asset_id}, valid until {until}>"

    def __reduce__(self) -> typing.NoReturn:
        raise TypeError("a link cannot be pickled or copied, as it is secret: pass on its uri")
