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

from ._boards import BOARDS
from ._catalogue import CATALOGUE
from ._endpoints import ENDPOINTS, deliver, grant_token
from ._faults import Fault
from ._http import (
    OVER_LIMIT,
    ConnectionDropped,
    OriginName,
    RecordedRequest,
    Refused,
    RequestContext,
    api_error,
    gateway_error,
)
from ._spec import Operation, Responder, Spec, read_arguments
from ._state import FILES_PATH, State

HANDLERS = {**ENDPOINTS, **CATALOGUE, **BOARDS}
Matches = list[tuple[Operation, dict[str, str]]]


class App:
    """The sandbox as an ASGI application. `Server` adds origin and connection to the scope."""

    def __init__(self, spec: Spec, state: State) -> None:
        self.origins: Mapping[OriginName, str] = {}
        self.requests: list[RecordedRequest] = []
        self.problems: list[str] = []
        self._options = state.options
        self._spec = spec
        self._responder = Responder(spec)
        self._state = state
        self._recent: deque[float] = deque()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._serve(scope, receive, send)
        except ClientDisconnect:
            return
        except ConnectionDropped:
            while (await receive())["type"] != "http.disconnect":
                pass

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        received = Request(scope, receive)
        request = RecordedRequest(
            origin=scope["state"]["origin"],
            method=received.method,
            path=scope["raw_path"].decode("ascii"),
            query=scope["query_string"].decode("latin-1"),
            headers=dict(received.headers),
        )
        self.requests.append(request)
        request.body = await received.body()
        matches = self._spec.match(request.path) if request.origin == "api" else []
        names = self._name(request, matches)
        context = RequestContext(request, scope["state"]["connection"], names, self.origins)
        if self._options.latency:
            await asyncio.sleep(self._options.latency)
        faults = self._options.faults.select(context)
        response = await self._respond(context, faults, matches)
        response.headers["date"] = formatdate(self._state.time(), usegmt=True)

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
        if request.path.startswith(FILES_PATH) and request.origin != "token":
            link = self._state.links.get(request.path)
            request.operation, request.asset = "delivery", link.asset_id if link else None
            return frozenset(("delivery",))
        for operation, path in matches:
            if operation.method == request.method:
                request.operation, request.asset = operation.id, path.get("id")
                return operation.names
        request.operation = "token" if request.origin == "token" else None
        return frozenset(("token",)) if request.operation else frozenset()

    async def _respond(
        self, context: RequestContext, faults: list[Fault], matches: Matches
    ) -> Response:
        for fault in faults:
            if (early := await fault.before(context)) is not None:
                return early
        try:
            response = self._handle(context, matches)
        except Refused as refused:
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
            return grant_token(self._state, request)
        key = request.headers.get("api-key")
        if key != self._options.api_key:
            status, message = (401, "Unauthorized") if key is None else (403, "Forbidden")
            raise gateway_error(status, message)
        for operation, path in matches:
            if operation.method == request.method:
                self._check_token(operation, context)
                arguments = read_arguments(self._spec, operation, path, request)
                if handler := HANDLERS.get(f"{operation.method} {operation.path}"):
                    known = handler(self._state, context, arguments)
                    if isinstance(known, Response):
                        return known
                    return self._responder.respond(operation, known)
                return self._responder.respond(operation)
        if not matches:
            raise api_error(404, "ResourceNotFound", f"There is nothing at {request.path}")
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
            raise gateway_error(429, "Too Many Requests", **OVER_LIMIT)
        self._recent.append(now)

    def _check_token(self, operation: Operation, context: RequestContext) -> None:
        scheme, _, token = context.request.headers.get("authorization", "").partition(" ")
        if not token:
            if operation.needs_token:
                raise api_error(401, "AuthorizationTokenRequired", "An access token is required")
            return
        if context.token_expired:
            self._state.access_tokens.pop(token, None)
        expiry, is_users = self._state.access_tokens.get(token, (0.0, False))
        if scheme.lower() != "bearer" or expiry <= self._state.time():
            raise gateway_error(401, "Unauthorized")
        if not is_users and operation.needs_token and self._options.user_token_required:
            raise api_error(403, "UserTokenRequired", "Security token must contain a user.")
