"""HTTP: the server on four ports, a request with its connection, and forms of response."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn, TypeAlias

import uvicorn
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

OriginName: TypeAlias = Literal["api", "token", "delivery", "mirror"]
Chunks: TypeAlias = Callable[[], Iterator[bytes]]
_ORIGINS: tuple[OriginName, ...] = ("api", "token", "delivery", "mirror")
_HOST = "127.0.0.1"
_THREAD_NAME = "gettyimages-sandbox"
OVER_LIMIT = {"X-Error-Detail": "Account Over Queries Per Second Limit"}


@dataclass(slots=True, eq=False)
class RecordedRequest:
    """A request that reached the sandbox.

    Attributes:
        origin: The server it reached: `api`, `token`, `delivery`, or `mirror`, the second delivery
            host, to which the first one redirects if `delivery_redirects` is set.
        method, query, body: As they were sent; the query without the question mark.
        path: Percent-encoded as it was sent.
        headers: With names in lower case; the last value of a repeated header.
        operation: Id of the operation in the spec; `token` or `delivery` on the other origins;
            None if no operation matches.
        asset: Id of the asset in the path, if there is one.
        status: Status of the response; None before one is sent.
    """

    origin: OriginName
    method: str
    path: str
    query: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    operation: str | None = None
    asset: str | None = None
    status: int | None = None


class ConnectionDropped(Exception):
    """A fault has closed the connection: no response can be sent."""


class Connection:
    """The connection that a request came on."""

    def __init__(self, accepted: socket.socket) -> None:
        self._socket = accepted

    @property
    def closed(self) -> bool:
        """Whether the connection has been closed by either side."""
        return self._socket.fileno() < 0

    def close(self, *, reset: bool = False, discard: bool = False) -> None:
        """Close the connection as soon as what was written has been passed on.

        Args:
            reset: Send a reset (RST) instead of an orderly end.
            discard: Close it at once, and discard what was written.
        """
        with contextlib.suppress(OSError):  # it is closed already
            if reset:
                linger = struct.pack("ii", 1, 0)
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            # The event loop sees the end of the input, and then closes the socket, which it owns.
            self._socket.shutdown(socket.SHUT_RDWR if discard else socket.SHUT_RD)

    def drop(self, *, reset: bool) -> NoReturn:
        """Close the connection and abandon the request."""
        self.close(reset=reset)
        raise ConnectionDropped


@dataclass(slots=True, eq=False)
class RequestContext:
    """A request while it is served: what a fault can see and break.

    Attributes:
        request, connection: The record of the request, and the connection that it came on.
        operation_names: Every name of its operation: id, method with path, and Python name.
        origins: URL of each origin.
        token_expired, link_expired: Set by a fault to have the token or the link expire.
        wrong_range: Set by a fault: what to get wrong in a partial response.
    """

    request: RecordedRequest
    connection: Connection
    operation_names: frozenset[str]
    origins: Mapping[OriginName, str]
    token_expired: bool = False
    link_expired: bool = False
    wrong_range: Literal["bytes", "header"] | None = None


class StreamedResponse(Response):
    """A response whose body is produced while it is sent; None omits `Content-Length`."""

    def __init__(
        self, chunks: Chunks, length: int | None, status: int, headers: Mapping[str, str]
    ) -> None:
        super().__init__(status_code=status, headers=headers)
        del self.headers["content-length"]
        if length is not None:
            self.headers["content-length"] = str(length)
        self._chunks = chunks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": self.status_code}
        await send({**start, "headers": self.raw_headers})
        for chunk in self._chunks() if scope["method"] != "HEAD" else ():
            if scope["state"]["connection"].closed:
                return
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await asyncio.sleep(0)  # let the loop serve other requests
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class Refused(Exception):
    """The request is refused with the response that this exception holds."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def api_error(status: int, code: str, message: str) -> Refused:
    """An error in the form of the API."""
    return Refused(JSONResponse({"ErrorCode": code, "ErrorMessage": message}, status))


def gateway_error(status: int, message: str, **headers: str) -> Refused:
    """An error in the form of the gateway in front of the API."""
    return Refused(JSONResponse({"message": message}, status, headers))


def html_page(status: int, title: str) -> Response:
    """An HTML page, as proxies and delivery networks send them."""
    html = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{title}</body></html>"
    return Response(html, status, media_type="text/html")


class SandboxError(Exception):
    """The sandbox could not start, or is not running."""


class Listener(socket.socket):
    """A listening socket that keeps hold of the connections it accepts.

    asyncio calls `accept`, so that a fault can close the socket under a request, which ASGI offers
    no way to do.
    """

    def __init__(self, origin: OriginName, port: int, before_accept: Callable[[], None]) -> None:
        # With the protocol spelled out, asyncio turns off Nagle's algorithm (40 ms per response).
        super().__init__(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self.origin: OriginName = origin
        self.connections: dict[int, Connection] = {}  # by the client's port
        self._before_accept = before_accept
        try:
            self.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.bind((_HOST, port))
            self.listen(2048)
        except (OSError, OverflowError) as error:
            self.close()
            raise SandboxError(f"cannot bind {_HOST}:{port}: {error}") from None

    def accept(self) -> tuple[socket.socket, Any]:
        self._before_accept()
        accepted, address = super().accept()
        self.connections[address[1]] = Connection(accepted)
        return accepted, address


class Server:
    """The ports, which are bound at once, and the thread that serves them."""

    def __init__(self, app: ASGIApp, port: int, keep_alive_seconds: Callable[[], float]) -> None:
        # So that the API reference in a browser, which is of another origin, can call it.
        self._app = CORSMiddleware(
            app, allow_origins="*", allow_methods="*", allow_headers="*", expose_headers="*"
        )
        self._keep_alive_seconds = keep_alive_seconds
        self._config = uvicorn.Config(
            self._call_app,
            interface="asgi3",
            lifespan="off",
            ws="none",
            http="h11",
            proxy_headers=False,
            server_header=False,
            date_header=False,
            log_config=None,
        )
        self._config.load()
        # The logger levels belong to the process: only what this thread logs is suppressed.
        for name in ("uvicorn.error", "uvicorn.access", "uvicorn.asgi"):
            logging.getLogger(name).addFilter(_is_from_another_thread)
        self._listeners: dict[int, Listener] = {}  # by port
        with contextlib.ExitStack() as bound:
            for number, origin in enumerate(_ORIGINS):
                listener = Listener(origin, port and port + number, self._configure_connection)
                self._listeners[bound.enter_context(listener).getsockname()[1]] = listener
            bound.pop_all()  # no port was taken: leave them open
        self._loop = asyncio.SelectorEventLoop()  # the one that accepts by `Listener.accept`
        self._stopping = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name=_THREAD_NAME, daemon=True)
        self._thread.start()

    @property
    def urls(self) -> Mapping[OriginName, str]:
        """The URL of each origin."""
        return {one.origin: f"http://{_HOST}:{port}" for port, one in self._listeners.items()}

    def stop(self) -> None:
        """Close all connections, cancel all requests and end the thread."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(timeout=10)

    def _configure_connection(self) -> None:
        seconds = self._keep_alive_seconds()
        self._config.timeout_keep_alive = seconds  # type: ignore[assignment]  # fractions work too

    async def _call_app(self, scope: Scope, receive: Receive, send: Send) -> None:
        listener = self._listeners[scope["server"][1]]
        connection = listener.connections[scope["client"][1]]
        scope["state"] = {"origin": listener.origin, "connection": connection}
        await self._app(scope, receive, send)

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()
            for listener in self._listeners.values():
                listener.close()

    async def _serve(self) -> None:
        listeners = list(self._listeners.values())
        serving = asyncio.create_task(uvicorn.Server(self._config).serve(sockets=[*listeners]))
        await self._stopping.wait()
        serving.cancel()  # uvicorn's own way to stop waits for clients, and 0.2 s in any case
        for listener in listeners:
            self._loop.remove_reader(listener)
        connections = [each for listener in listeners for each in listener.connections.values()]
        for connection in connections:
            connection.close(discard=True)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                while not all(connection.closed for connection in connections):
                    await asyncio.sleep(0)
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _is_from_another_thread(record: logging.LogRecord) -> bool:
    return record.threadName != _THREAD_NAME
