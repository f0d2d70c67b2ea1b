"""The application behind all four ports: records each request, applies faults and responds."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections import deque
from collections.abc import Mapping
from email.utils import formatdate

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from ._delivery_host import PREFIX, deliver, find_link
from ._faults import Fault
from ._http import (
    OVER_LIMIT,
    ConnectionDropped,
    OriginName,
    RecordedRequest,
    RequestContext,
    RequestRefused,
    api_error,
    gateway_error,
)
from ._operations import HANDLERS
from ._spec import Operation, Spec
from ._state import State
from ._token_endpoint import TokenEndpoint
from ._validation import read_arguments

Matches = list[tuple[Operation, dict[str, str]]]


class App:
    """The sandbox as an ASGI application. `Server` adds origin and connection to the scope."""

    def __init__(self, spec: Spec, state: State, tokens: TokenEndpoint) -> None:
        self.origins: Mapping[OriginName, str] = {}
        self.requests: list[RecordedRequest] = []
        self.problems: list[str] = []
        self._options = state.options
        self._spec = spec
        self._state = state
        self._tokens = tokens
        self._recent: deque[float] = deque()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        try:
            await self._serve(scope, receive, send)
        except ClientDisconnect:
            return
        except ConnectionDropped:
            while (await receive())["type"] != "http.disconnect":
                pass

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        http_request = Request(scope, receive)
        request = RecordedRequest(
            origin=scope["state"]["origin"],
            method=http_request.method,
            path=scope["raw_path"].decode("ascii"),
            query=scope["query_string"].decode("latin-1"),
            headers=dict(http_request.headers),
        )
        self.requests.append(request)
        request.body = await http_request.body()
        matches = self._spec.match(request.path) if request.origin == "api" else []
        names = self._name(request, matches)
        context = RequestContext(request, scope["state"]["connection"], names, self.origins)
        if self._options.latency:
            await asyncio.sleep(self._options.latency)
        faults = self._options.faults.select(context)
        response = await self._respond(context, faults, matches)
        response.headers["date"] = formatdate(usegmt=True)

        async def record_status(message: Message) -> None:
            if message["type"] == "http.response.start":
                request.status = message["status"]
            await send(message)

        sending: Send = record_status
        for fault in reversed(faults):
            sending = fault.wrap_send(context, sending)
        await response(scope, receive, sending)

    def _name(self, request: RecordedRequest, matches: Matches) -> frozenset[str]:
        """Record operation and asset of a request; returns all names of the operation."""
        if request.origin == "token":
            request.operation = "token"
            return frozenset(("token",))
        if request.path.startswith(PREFIX):
            link = find_link(self._state, request.path)
            request.operation, request.asset = "delivery", link.asset_id if link else None
            return frozenset(("delivery",))
        for operation, path in matches:
            if operation.method == request.method:
                request.operation, request.asset = operation.id, path.get("id")
                return operation.names
        return frozenset()

    async def _respond(
        self, context: RequestContext, faults: list[Fault], matches: Matches
    ) -> Response:
        for fault in faults:
            if (early := await fault.before(context)) is not None:
                return early
        try:
            response = self._handle(context, matches)
        except RequestRefused as refused:
            response = refused.response
        except Exception:
            self.problems.append(traceback.format_exc())
            return PlainTextResponse(f"The sandbox failed:\n{self.problems[-1]}", 500)
        for fault in faults:
            response = fault.change_response(context, response)
        return response

    def _handle(self, context: RequestContext, matches: Matches) -> Response:
        request = context.request
        if request.origin in ("delivery", "mirror") or request.operation == "delivery":
            return deliver(self._state, context)
        self._check_rate()
        if request.origin == "token":
            return self._tokens.handle(request)
        key = request.headers.get("api-key")
        if key != self._options.api_key:
            raise gateway_error(403, "Forbidden") if key else gateway_error(401, "Unauthorized")
        if not matches:
            raise api_error(404, "ResourceNotFound", f"There is nothing at {request.path}")
        for operation, path in matches:
            if operation.method == request.method:
                self._check_token(operation, context)
                arguments = read_arguments(self._spec, operation, path, request)
                if handler := HANDLERS.get(f"{operation.method} {operation.path}"):
                    return handler(self._state, context, arguments)
                return self._spec.success(operation)
        allowed = ", ".join(sorted(operation.method for operation, _ in matches))
        refused = api_error(405, "MethodNotAllowed", f"{request.path} allows {allowed}")
        refused.response.headers["Allow"] = allowed
        raise refused

    def _check_rate(self) -> None:
        limit = self._options.max_queries_per_second
        if limit is None:
            return
        now = time.monotonic()
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if len(self._recent) >= limit:
            raise gateway_error(429, "Too Many Requests", OVER_LIMIT)
        self._recent.append(now)

    def _check_token(self, operation: Operation, context: RequestContext) -> None:
        scheme, _, token = context.request.headers.get("authorization", "").partition(" ")
        if not token:
            if not operation.needs_token:
                return
            raise api_error(401, "AuthorizationTokenRequired", "An access token is required")
        if context.token_expired:
            self._tokens.expire(token)
        user = self._tokens.find(token) if scheme.lower() == "bearer" else None
        if user is None:
            raise gateway_error(401, "Unauthorized")
        if not user and operation.needs_token and self._options.user_token_required:
            raise api_error(403, "UserTokenRequired", "Security token must contain a user.")
