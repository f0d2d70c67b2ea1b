"""The server: uvicorn's HTTP protocol on loopback ports, in a thread with a loop of its own.

uvicorn's own server class is not used: it logs through loggers that the whole process shares, wants
to handle signals, and takes its time to stop.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Callable, Mapping

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from ._http import Connection, OriginName

ORIGINS: tuple[OriginName, ...] = ("api", "token", "delivery", "mirror")
HOST = "127.0.0.1"


class SandboxError(Exception):
    """The sandbox could not start, or was not used as it has to be."""


class Protocol(H11Protocol):
    """A connection that the application can break, and that keeps its log to itself."""

    def __init__(
        self,
        config: uvicorn.Config,
        state: ServerState,
        origin: OriginName,
        keep_alive_seconds: float,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        super().__init__(config, state, {"origin": origin}, loop)
        self.logger = logging.Logger("silent", logging.CRITICAL + 1)
        self.access_log = False
        self.timeout_keep_alive = keep_alive_seconds  # type: ignore[assignment]  # any number will do

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Let the application have the connection."""
        transport.set_write_buffer_limits(high=1 << 20)
        self.app_state = {**self.app_state, "connection": Connection(transport)}
        super().connection_made(transport)


class Server:
    """The ports, bound from the start, and the thread that serves them."""

    def __init__(self, app: ASGIApp, port: int, keep_alive_seconds: Callable[[], float]) -> None:
        self._sockets = _bind(port)
        self._keep_alive_seconds = keep_alive_seconds
        self._config = uvicorn.Config(
            app,
            interface="asgi3",
            lifespan="off",
            ws="none",
            http="h11",
            proxy_headers=False,
            server_header=False,
            log_config=None,
        )
        self._config.load()
        self._state = ServerState()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stopping = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="gettyimages-sandbox", daemon=True)
        self._thread.start()
        self._ready.wait()

    @property
    def urls(self) -> Mapping[OriginName, str]:
        """The URL of each origin."""
        ports = [sock.getsockname()[1] for sock in self._sockets]
        return {name: f"http://{HOST}:{port}" for name, port in zip(ORIGINS, ports, strict=True)}

    def stop(self) -> None:
        """Stop, whatever is still going on."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(timeout=10)

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._ready.set()
            self._loop.close()

    async def _serve(self) -> None:
        servers = [
            await self._loop.create_server(self._factory(origin), sock=sock, backlog=2048)
            for origin, sock in zip(ORIGINS, self._sockets, strict=True)
        ]
        self._ready.set()
        await self._stopping.wait()
        for server in servers:
            server.close()
        for connection in list(self._state.connections):
            connection.transport.abort()
        tasks = list(self._state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)

    def _factory(self, origin: OriginName) -> Callable[[], Protocol]:
        def connect() -> Protocol:
            seconds = self._keep_alive_seconds()
            return Protocol(self._config, self._state, origin, seconds, self._loop)

        return connect


def _bind(port: int) -> list[socket.socket]:
    """Bind all ports, or none.

    Raises:
        SandboxError: A port is taken.
    """
    sockets: list[socket.socket] = []
    for number in range(len(ORIGINS)):
        # Named in full, or asyncio leaves Nagle's algorithm on: 40 ms a response.
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        sockets.append(sock)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        wanted = port and port + number
        try:
            sock.bind((HOST, wanted))
        except (OSError, OverflowError) as error:
            for bound in sockets:
                bound.close()
            raise SandboxError(f"cannot bind {HOST}:{wanted}: {error}") from None
        sock.listen(2048)
    return sockets
