"""A server on loopback that follows a script, down to resets, stalls and single bytes.

It plays the API, the token endpoint, a delivery host, a proxy or a package index. A script is a
list of steps, one for each request; the last one serves all later requests too. A step is an
action, or a function that gets the request and returns an action. Every request is kept.
"""

from __future__ import annotations

import contextlib
import datetime
import email.utils
import json
import socket
import ssl
import struct
import threading
import time
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, parse_qsl, urlsplit

from tests import ports

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
OWN_QUERY = f"{MARK}-query"
"""A parameter of a call. No text shows it, but local variables do, as those of the caller do."""

HANG = 60.0
"""Seconds after which a test is taken to hang."""


def until(condition: Callable[[], object]) -> None:
    """Wait until something is the case."""
    end = time.monotonic() + HANG
    while not condition():
        assert time.monotonic() < end, "the test hangs"
        time.sleep(0.005)


@dataclass
class Recorded:
    """A request as it arrived."""

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
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.target).query)

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode()))

    @property
    def json(self) -> typing.Any:
        return json.loads(self.body)


class HangupError(Exception):
    """The connection is over."""


class Action:
    """What the server does with a request."""

    def play(self, connection: socket.socket) -> None:
        """Do it. Raises `HangupError` if that ends the connection."""
        raise NotImplementedError


class Reply(Action):
    """A well-formed response."""

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
        date = email.utils.format_datetime(datetime.datetime.now(datetime.UTC), usegmt=True)
        headers = {"Date": date, **self.headers}
        lines += [f"{name}: {value}" for name, value in headers.items() if value]
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


class Held(Action):
    """Another action, once an event has been set."""

    def __init__(self, event: threading.Event, action: Action) -> None:
        self.event = event
        self.action = action

    def play(self, connection: socket.socket) -> None:
        if not self.event.wait(HANG):
            raise HangupError
        self.action.play(connection)


class Stall(Action):
    """Nothing happens, until the other side goes away or the test ends."""

    def __init__(self, first: bytes = b"") -> None:
        self.first = first

    def play(self, connection: socket.socket) -> None:
        connection.sendall(self.first)
        connection.recv(1)
        raise HangupError


Step: typing.TypeAlias = Action | Callable[[Recorded], Action]


class Server:
    """An origin on loopback. By default it sends empty responses of status 200."""

    def __init__(self, *steps: Step, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Recorded] = []
        self.connections = 0
        """How many have been made so far."""
        self.most_at_once = 0
        self.reset_on_accept = 0
        """How many of the next connections are reset before a request is read."""
        self._steps: list[Step] = [*steps] or [Reply()]
        self._tls = tls
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._socket = ports.bound()
        scheme = "https" if tls else "http"
        self.port: int = self._socket.getsockname()[1]
        self.url = f"{scheme}://127.0.0.1:{self.port}"

    def script(self, *steps: Step) -> None:
        """Change what happens from here on."""
        with self._lock:
            self._steps = [*steps]

    def listen(self) -> typing.Self:
        """Begin to accept connections, which have been refused until now."""
        self._socket.listen(1024)
        self._start(self._accept, self._socket)
        return self

    def __enter__(self) -> typing.Self:
        return self.listen()

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._refuse()
        self._shut_down()
        for thread in self._threads:
            thread.join(10)

    def hang_up(self) -> None:
        """Close all connections, and wait until they are closed."""
        self._shut_down()
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        """Wait until no connection is open any more."""
        until(lambda: not self._open)

    @contextlib.contextmanager
    def refusing(self) -> Iterator[None]:
        """Refuse connections for the length of a block, and keep the port."""
        self._refuse()
        self._socket = ports.bound(self.port)
        yield
        self.listen()

    def _refuse(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _shut_down(self) -> None:
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _next(self, request: Recorded) -> Action:
        step = self._steps.pop(0) if len(self._steps) > 1 else self._steps[0]
        return step if isinstance(step, Action) else step(request)

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            self.connections += 1
            with self._lock:
                self._open.add(connection)
                self.most_at_once = max(self.most_at_once, len(self._open))
            self._start(self._serve, connection, self.connections)

    def _serve(self, connection: socket.socket, number: int) -> None:
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._tls is not None:
                plain, connection = connection, self._tls.wrap_socket(connection, server_side=True)
                with self._lock:
                    self._open.discard(plain)
                    self._open.add(connection)
            if self.reset_on_accept > 0:
                self.reset_on_accept -= 1
                Reset().play(connection)
            with connection.makefile("rb") as stream:
                while (request := _read(stream, number)) is not None:
                    with self._lock:
                        self.requests.append(request)
                        action = self._next(request)
                    action.play(connection)
        except (OSError, HangupError, ValueError):
            pass
        finally:
            connection.close()
            with self._lock:
                self._open.discard(connection)


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
    """The usual response of a token endpoint; a field is left out where None is given."""
    fields = {
        "access_token": f"{MARK}-token-{number}",
        "token_type": "Bearer",
        "expires_in": 1800,
        **changes,
    }
    return Reply(200, {name: value for name, value in fields.items() if value is not None})


class TokenServer(Server):
    """A token endpoint that hands out numbered tokens, unless it is given another script."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(self.issue, tls=tls)
        self.changes: dict[str, object] = {}

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
