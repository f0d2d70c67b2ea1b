"""The HTTP server: uvicorn on four ports of the loopback interface, in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import threading
from collections.abc import Callable, Mapping
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from ._http import Connection, OriginName

_ORIGINS: tuple[OriginName, ...] = ("api", "token", "delivery", "mirror")
_HOST = "127.0.0.1"
_THREAD_NAME = "gettyimages-sandbox"


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

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.getsockname()[1])

    def accept(self) -> tuple[socket.socket, Any]:
        """Accept a connection and keep hold of it."""
        self._before_accept()
        accepted, address = super().accept()
        self.connections[address[1]] = Connection(accepted)
        return accepted, address


class Server:
    """The ports, which are bound at once, and the thread that serves them.

    uvicorn's own way to stop waits for the clients and takes 0.2 s at least. So its task is
    cancelled, once all connections are closed.
    """

    def __init__(self, app: ASGIApp, port: int, keep_alive_seconds: Callable[[], float]) -> None:
        self._app = app
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
        self._listeners: dict[int, Listener] = {}  # by port, which the kernel has chosen if it is 0
        self._listen(port)
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

    def _listen(self, port: int) -> None:
        with contextlib.ExitStack() as stack:
            for number, origin in enumerate(_ORIGINS):
                listener = Listener(origin, port and port + number, self._configure_connection)
                stack.enter_context(listener)
                self._listeners[listener.port] = listener
            stack.pop_all()  # all ports are bound: keep them

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
        for listener in listeners:
            self._loop.remove_reader(listener)
        await _close([each for listener in listeners for each in listener.connections.values()])
        tasks = asyncio.all_tasks() - {asyncio.current_task()} | {serving}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _close(connections: list[Connection]) -> None:
    for connection in connections:
        connection.abort()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(1):
            while not all(connection.closed for connection in connections):
                await asyncio.sleep(0)


def _is_from_another_thread(record: logging.LogRecord) -> bool:
    return record.threadName != _THREAD_NAME
