"""An answer of the API as this package hands it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Headers(Mapping[str, str]):
    """Headers, looked up whatever their case. The repr shows their names only."""

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
    """An answer of the API. Its repr shows nothing of what it says.

    Attributes:
        status: The status code.
        headers: The headers; looked up whatever their case.
        content: The whole body.
        attempts: How many requests it took to get this answer.
        doubtful: Whether one of the earlier requests may have been carried out.
    """

    __slots__ = ("attempts", "content", "doubtful", "headers", "status")

    def __init__(
        self, status: int, headers: Mapping[str, str], content: bytes, attempts: int = 1
    ) -> None:
        self.status = status
        self.headers: Mapping[str, str] = Headers(headers)
        self.content = content
        self.attempts = attempts
        self.doubtful = False

    def __repr__(self) -> str:
        return f"<RawResponse {self.status}, {len(self.content)} bytes, attempts: {self.attempts}>"

    def __reduce__(self) -> tuple[object, ...]:
        """Headers and body may hold a signed address: they stay in this process."""
        return RawResponse, (self.status, {}, b"", self.attempts)
