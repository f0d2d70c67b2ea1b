"""The application behind all four ports: records, limits, strikes with faults, and answers."""

from __future__ import annotations

import asyncio
import threading
import time
import traceback
from collections import deque
from collections.abc import Mapping
from email.utils import formatdate

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from . import _delivery_host, _placeholders
from ._error_responses import OVER_LIMIT, Refused, gateway, refusal
from ._faults import Fault
from ._http import Connection, Exchange, Gone, OriginName, RecordedRequest
from ._operations import HANDLERS
from ._options import Options
from ._spec import Operation, Spec
from ._state import State
from ._token_endpoint import Tokens
from ._validation import check

Matches = list[tuple[Operation, dict[str, str]]]


class App:
    """The sandbox as an ASGI application; the protocol tells which origin a request reached."""

    def __init__(self, options: Options, spec: Spec, state: State, tokens: Tokens) -> None:
        self.origins: Mapping[OriginName, str] = {}
        self.requests: list[RecordedRequest] = []
        self.problems: list[str] = []
        self._options = options
        self._spec = spec
        self._state = state
        self._tokens = tokens
        self._recent: deque[float] = deque()
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            await self._exchange(scope, receive, send)
        except ClientDisconnect:
            return
        except Gone:
            while (await receive())["type"] != "http.disconnect":
                pass

    async def _exchange(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        record = RecordedRequest(
            origin=scope["state"]["origin"],
            method=request.method,
            path=scope["raw_path"].decode("ascii"),
            query=scope["query_string"].decode("latin-1"),
            headers=dict(request.headers),
        )
        self.requests.append(record)
        record.body = await request.body()
        matches = self._matches(record)
        names = self._name(record, matches)
        connection: Connection = scope["state"]["connection"]
        exchange = Exchange(record, names, connection, self.origins)
        if self._options.latency:
            await asyncio.sleep(self._options.latency)
        faults = self._options.faults.striking(exchange)
        response = await self._respond(exchange, faults, matches)
        response.headers["date"] = formatdate(usegmt=True)

        async def recorded(message: Message) -> None:
            if message["type"] == "http.response.start":
                record.status = message["status"]
            await send(message)

        sending: Send = recorded
        for fault in reversed(faults):
            sending = fault.sending(exchange, sending)
        await response(scope, receive, sending)

    def _matches(self, record: RecordedRequest) -> Matches:
        return self._spec.match(record.path) if record.origin == "api" else []

    def _name(self, record: RecordedRequest, matches: Matches) -> frozenset[str]:
        """Note what a request is about; returns all names of its operation."""
        if record.origin == "token":
            record.operation = "token"
            return frozenset(("token",))
        if record.path.startswith(_delivery_host.PREFIX):
            link = _delivery_host.find(self._state, record.path)
            record.operation, record.asset = "delivery", link.asset_id if link else None
            return frozenset(("delivery",))
        for operation, path in matches:
            if operation.method == record.method:
                record.operation, record.asset = operation.id, path.get("id")
                return operation.names
        return frozenset()

    async def _respond(self, exchange: Exchange, faults: list[Fault], matches: Matches) -> Response:
        for fault in faults:
            if (early := await fault.before(exchange)) is not None:
                return early
        try:
            response = self._answer(exchange, matches)
        except Refused as refused:
            response = refused.response
        except Exception:
            self.problems.append(traceback.format_exc())
            return PlainTextResponse(f"The sandbox failed:\n{self.problems[-1]}", 500)
        for fault in faults:
            response = fault.change(exchange, response)
        return response

    def _answer(self, exchange: Exchange, matches: Matches) -> Response:
        record = exchange.record
        if record.origin in ("delivery", "mirror") or record.operation == "delivery":
            return _delivery_host.answer(self._state, exchange)
        self._limit()
        if record.origin == "token":
            return self._tokens.answer(exchange)
        self._check_key(record)
        if not matches:
            raise refusal(404, "ResourceNotFound", f"There is nothing at {record.path}")
        for operation, path in matches:
            if operation.method == record.method:
                self._check_token(operation, exchange)
                arguments = check(self._spec, operation, path, record)
                if handler := HANDLERS.get(operation.place):
                    return handler(self._state, exchange, arguments)
                return _placeholders.answer(self._spec, operation)
        allowed = ", ".join(sorted(operation.method for operation, _ in matches))
        failure = refusal(405, "MethodNotAllowed", f"{record.path} allows {allowed}")
        failure.response.headers["Allow"] = allowed
        raise failure

    def _limit(self) -> None:
        limit = self._options.max_queries_per_second
        if limit is None:
            return
        with self._lock:
            now = time.monotonic()
            while self._recent and self._recent[0] <= now - 1:
                self._recent.popleft()
            if len(self._recent) >= limit:
                raise gateway(429, "Too Many Requests", OVER_LIMIT)
            self._recent.append(now)

    def _check_key(self, record: RecordedRequest) -> None:
        key = record.headers.get("api-key")
        if key is None:
            raise gateway(401, "Unauthorized")
        if key != self._options.api_key:
            raise gateway(403, "Forbidden")

    def _check_token(self, operation: Operation, exchange: Exchange) -> None:
        scheme, _, token = exchange.record.headers.get("authorization", "").partition(" ")
        if not token:
            if not operation.needs_token:
                return
            raise refusal(401, "AuthorizationTokenRequired", "An access token is required")
        if exchange.token_expired:
            self._tokens.expire(token)
        user = self._tokens.find(token) if scheme.lower() == "bearer" else None
        if user is None:
            raise gateway(401, "Unauthorized")
        if not user and operation.needs_token and self._options.user_token_required:
            raise refusal(403, "UserTokenRequired", "Security token must contain a user.")
