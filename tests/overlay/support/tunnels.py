"""A proxy that leads to where it is asked to, over plain http or over https."""

from __future__ import annotations

import select
import socket
import ssl

from .servers import HANG, Action, HangupError, Recorded, Server


class Tunnel(Action):
    """Carry bytes in both directions, between the client and a server."""

    def __init__(self, request: Recorded) -> None:
        assert request.method == "CONNECT"
        host, _, port = request.target.rpartition(":")
        self.address = host, int(port)

    def play(self, connection: socket.socket) -> None:
        with socket.create_connection(self.address, HANG) as far:
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                for one, other in ((connection, far), (far, connection)):
                    if _is_ready(one):
                        data = one.recv(65536)
                        if not data:
                            raise HangupError
                        other.sendall(data)
                select.select([connection, far], [], [], 0.1)


def tunnelling(tls: ssl.SSLContext | None = None) -> Server:
    """Return a proxy that tunnels to any server."""
    return Server(Tunnel, tls=tls)


def _is_ready(connection: socket.socket) -> bool:
    if isinstance(connection, ssl.SSLSocket) and connection.pending():
        return True
    return bool(select.select([connection], [], [], 0)[0])
