"""Loopback servers that follow a script, down to resets, stalls and single bytes.

A script is a list of actions, one for each request, the last of them for all later ones too; or a
function from a request to an action. Every request is kept.
"""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import struct
import threading
import time
import typing
from collections.abc import Callable
from dataclasses import dataclass, field

MARK = "zq7marker"
"""Part of every secret: whatever shows it has leaked something."""

API_KEY = f"{MARK}-key"
API_SECRET = f"{MARK}-api-secret"
PASSWORD = f"{MARK} pass/word&"
REFRESH_TOKEN = f"{MARK}-refresh"
ACCESS_TOKEN = f"{MARK}-supplied"
SIGNED_URI = f"https://delivery.example/x.jpg?signature={MARK}"
USERNAME = "somebody"
PROXY_PASSWORD = f"{MARK}-proxy"


@dataclass
class Recorded:
    """A request as it came over the wire."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes
    connection: int
    time: float = field(default_factory=time.monotonic)

    def header(self, name: str) -> str | None:
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        assert len(values) <= 1, f"{name} was sent more than once"
        return values[0] if values else None

    @property
    def form(self) -> dict[str, str]:
        from urllib.parse import parse_qsl

        return dict(parse_qsl(self.body.decode()))


class HangupError(Exception):
    """The connection is over."""


class Action:
    """What the server does with a request."""

    def play(self, connection: socket.socket) -> None:
        """Do it. Raises `HangupError` if that ends the connection."""
        raise NotImplementedError


class Reply(Action):
    """A proper answer."""

    def __init__(
        self,
        status: int = 200,
        body: bytes | str | object = b"",
        *,
        headers: dict[str, str] | None = None,
        content_type: str | None = "application/json",
        close: bool = False,
        after: float = 0,
    ) -> None:
        if not isinstance(body, bytes | str):
            body = json.dumps(body)
        self.body = body.encode() if isinstance(body, str) else body
        self.status = status
        self.headers = {"Content-Length": str(len(self.body)), **(headers or {})}
        if content_type is not None:
            self.headers.setdefault("Content-Type", content_type)
        self.close = close
        self.after = after

    def head(self) -> bytes:
        lines = [f"HTTP/1.1 {self.status} Whatever"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def play(self, connection: socket.socket) -> None:
        time.sleep(self.after)
        connection.sendall(self.head() + self.body)
        if self.close:
            raise HangupError


class Reset(Action):
    """The connection breaks, after some bytes or none."""

    def __init__(self, first: bytes = b"") -> None:
        self.first = first

    def play(self, connection: socket.socket) -> None:
        connection.sendall(self.first)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise HangupError


class Truncated(Reply):
    """The connection ends in the middle of the body."""

    def play(self, connection: socket.socket) -> None:
        self.headers["Content-Length"] = str(len(self.body) + 10)
        connection.sendall(self.head() + self.body)
        raise HangupError


class Raw(Action):
    """Any bytes, in pieces with pauses, and then the end of the connection."""

    def __init__(self, *pieces: bytes, pause: float = 0, repeat: int = 1) -> None:
        self.pieces = pieces
        self.pause = pause
        self.repeat = repeat

    def play(self, connection: socket.socket) -> None:
        for _ in range(self.repeat):
            for piece in self.pieces:
                connection.sendall(piece)
                time.sleep(self.pause)
        raise HangupError


class Drip(Raw):
    """First something at once, then byte after byte, without end as far as a test goes."""

    def __init__(self, first: bytes, byte: bytes = b" ", pause: float = 0.05) -> None:
        super().__init__(byte, pause=pause, repeat=400)
        self.first = first

    def play(self, connection: socket.socket) -> None:
        connection.sendall(self.first)
        super().play(connection)


class Stall(Action):
    """Nothing happens, until the other side goes away or the test ends."""

    def __init__(self, first: bytes = b"") -> None:
        self.first = first

    def play(self, connection: socket.socket) -> None:
        connection.sendall(self.first)
        connection.recv(1)
        raise HangupError


Script: typing.TypeAlias = Callable[[Recorded], Action]


class Server:
    """An origin on loopback."""

    def __init__(
        self, *actions: Action, answer: Script | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        self.requests: list[Recorded] = []
        self.connections = 0
        self.answer = answer or self._next
        self.most_at_once = 0
        self._actions = [*actions] or [Reply()]
        self._tls = tls
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._closed = False
        self.reset_on_accept = 0
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", 0))
        scheme = "https" if tls else "http"
        self.port: int = self._socket.getsockname()[1]
        self.url = f"{scheme}://127.0.0.1:{self.port}"

    def script(self, *actions: Action, answer: Script | None = None) -> None:
        """Change what is done from here on."""
        with self._lock:
            self._actions = [*actions]
            self.answer = answer or self._next

    def listen(self) -> Server:
        """Begin to accept connections, which are refused until now."""
        self._socket.listen(1024)
        self._start(self._accept)
        return self

    def __enter__(self) -> Server:
        return self.listen()

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._closed = True
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self.hang_up()
        for thread in self._threads:
            thread.join(10)

    def hang_up(self) -> None:
        """Close all connections."""
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _next(self, _: Recorded) -> Action:
        return self._actions.pop(0) if len(self._actions) > 1 else self._actions[0]

    def _accept(self) -> None:
        while not self._closed:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            self._start(self._serve, connection, self.connections)

    def _serve(self, connection: socket.socket, number: int) -> None:
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with self._lock:
                self._open.add(connection)
                self.most_at_once = max(self.most_at_once, len(self._open))
            if self.reset_on_accept > 0:
                self.reset_on_accept -= 1
                Reset().play(connection)
            with connection.makefile("rb") as stream:
                while (request := _read(stream, number)) is not None:
                    with self._lock:
                        self.requests.append(request)
                        action = self.answer(request)
                    action.play(connection)
        except (OSError, HangupError, ValueError):
            pass
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()


def _read(stream: typing.BinaryIO, connection: int) -> Recorded | None:
    first = stream.readline().decode("latin-1").split()
    if len(first) != 3:
        return None
    headers: list[tuple[str, str]] = []
    while (line := stream.readline().decode("latin-1").strip()) != "":
        name, _, value = line.partition(":")
        headers.append((name, value.strip()))
    length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
    return Recorded(first[0], first[1], headers, stream.read(length), connection)


def token_reply(number: int, **changes: object) -> Reply:
    """The usual answer of a token endpoint."""
    answer = {
        "access_token": f"{MARK}-token-{number}",
        "token_type": "Bearer",
        "expires_in": 1800,
        **changes,
    }
    return Reply(200, {name: value for name, value in answer.items() if value is not None})


class TokenServer(Server):
    """A token endpoint that hands out numbered tokens, unless a script says otherwise."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(tls=tls)
        self.changes: dict[str, object] = {}
        self.answer = self.issue

    def issue(self, _: Recorded) -> Action:
        return token_reply(len(self.requests), **self.changes)


class Origins:
    """The API and its token endpoint, and what a client of theirs is made with."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.api = Server(Reply(200, {"result_count": 0, "downloads": []}), tls=tls)
        self.tokens = TokenServer(tls)

    def __enter__(self) -> Origins:
        self.api.listen()
        self.tokens.listen()
        return self

    def __exit__(self, *_: object) -> None:
        self.api.close()
        self.tokens.close()

    def options(self, **changes: object) -> dict[str, typing.Any]:
        """What a client is made with: client credentials, unless something is changed."""
        options: dict[str, object] = {
            "api_key": API_KEY,
            "api_secret": API_SECRET,
            "base_url": self.api.url,
            "token_url": f"{self.tokens.url}/oauth2/token",
            **changes,
        }
        return {name: value for name, value in options.items() if value is not None}
