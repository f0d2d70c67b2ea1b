"""Faults that refuse: too many requests, server errors, tokens and links that are valid no more."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal

from starlette.responses import JSONResponse, Response

from ._error_responses import OVER_LIMIT, page
from ._faults import Fault
from ._http import Exchange

Form = Literal["json", "gateway", "html", "empty"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Latency(Fault):
    """The request waits before it takes effect.

    Args:
        seconds: How long.
    """

    seconds: float = 0.05

    async def before(self, exchange: Exchange) -> Response | None:
        """Wait."""
        await asyncio.sleep(self.seconds)
        return None


@dataclass(frozen=True, kw_only=True, eq=False)
class TooManyRequests(Fault):
    """429, without effect, as the API answers above the account's limit.

    Args:
        retry_after: What the header `Retry-After` says: seconds or an HTTP date. None leaves it
            out, as the API does.
    """

    retry_after: str | None = None

    async def before(self, exchange: Exchange) -> Response | None:
        """Refuse."""
        extra = {} if self.retry_after is None else {"Retry-After": self.retry_after}
        return JSONResponse({"message": "Too Many Requests"}, 429, {**OVER_LIMIT, **extra})


@dataclass(frozen=True, kw_only=True, eq=False)
class ServerFailure(Fault):
    """A 5xx, before the request takes effect or after it did: the client cannot tell.

    Args:
        status: The status, e.g. 500, 502, 503, 504.
        after_effect: Whether the request took effect all the same.
        form: Form of the body: `json` (ErrorCode and ErrorMessage), `gateway` (message only),
            `html` or `empty`.
    """

    status: int = 500
    after_effect: bool = False
    form: Form = "json"

    async def before(self, exchange: Exchange) -> Response | None:
        """Fail, unless that comes later."""
        return None if self.after_effect else self._response()

    def change(self, exchange: Exchange, response: Response) -> Response:
        """Fail in spite of the effect."""
        return self._response()

    def _response(self) -> Response:
        match self.form:
            case "json":
                body = {"ErrorCode": "UnhandledError", "ErrorMessage": "Something went wrong"}
                return JSONResponse(body, self.status)
            case "gateway":
                return JSONResponse({"message": "Internal server error"}, self.status)
            case "html":
                return page(self.status, f"{self.status} Server Error")
        return Response(status_code=self.status)


@dataclass(frozen=True, kw_only=True, eq=False)
class ExpiredToken(Fault):
    """The access token of the request expires on the way: 401, and it is not valid any more."""

    def concerns(self, exchange: Exchange) -> bool:
        """Only requests with a token."""
        has_token = "authorization" in exchange.record.headers and exchange.record.origin == "api"
        return has_token and super().concerns(exchange)

    async def before(self, exchange: Exchange) -> Response | None:
        """Let the token expire."""
        exchange.token_expired = True
        return None


@dataclass(frozen=True, kw_only=True, eq=False)
class ExpiredLink(Fault):
    """The address of the file expires on the way: 403, and it is not valid any more."""

    def concerns(self, exchange: Exchange) -> bool:
        """Only requests for a file."""
        return "delivery" in exchange.names and super().concerns(exchange)

    async def before(self, exchange: Exchange) -> Response | None:
        """Let the link expire."""
        exchange.link_expired = True
        return None


@dataclass(frozen=True, kw_only=True, eq=False)
class WrongRange(Fault):
    """A range of a file is answered wrongly, with 206 all the same.

    Args:
        part: What is wrong: `bytes` sends other bytes than `Content-Range` says, `header` says and
            sends another range than the one asked for.
    """

    part: Literal["bytes", "header"] = "bytes"

    def concerns(self, exchange: Exchange) -> bool:
        """Only requests for a range."""
        return "range" in exchange.record.headers and super().concerns(exchange)

    async def before(self, exchange: Exchange) -> Response | None:
        """Say so to the delivery host."""
        exchange.wrong_range = self.part
        return None
