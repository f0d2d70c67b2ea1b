"""A response of the API as this package hands it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


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
    """

    __slots__ = ("attempts", "content", "headers", "may_have_executed", "status_code")

    def __init__(
        self, status_code: int, headers: Mapping[str, str], content: bytes, attempts: int = 1
    ) -> None:
        self.status_code = status_code
        self.headers: Mapping[str, str] = Headers(headers)
        self.content = content
        self.attempts = attempts
        self.may_have_executed = False

    def __repr__(self) -> str:
        size, attempts = len(self.content), self.attempts
        return f"<RawResponse {self.status_code}, {size} bytes, attempts: {attempts}>"

    def __reduce__(self) -> tuple[object, ...]:
        """Leave headers and body behind: they may hold a signed address."""
        return RawResponse, (self.status_code, {}, b"", self.attempts)
