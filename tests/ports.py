"""A port of loopback that stays its holder's: the system gives it to nobody who asks for any."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator


def bound(port: int = 0) -> socket.socket:
    """A socket that has a port, or a free one, and does not listen yet."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", port))
    return made


@contextlib.contextmanager
def held() -> Iterator[int]:
    """A port for a program of others, which reuses an address that nobody listens at."""
    with bound() as holder:
        yield int(holder.getsockname()[1])
