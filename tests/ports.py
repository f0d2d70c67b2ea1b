"""Ports on loopback that no other program is given while a test uses them."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator


def bound(port: int = 0) -> socket.socket:
    """Return a socket bound to a port, by default to any free one, which does not listen yet."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", port))
    return made


@contextlib.contextmanager
def held() -> Iterator[int]:
    """Reserve a port for a server that is started during the block, and sets SO_REUSEADDR."""
    with bound() as holder:
        yield int(holder.getsockname()[1])
