"""A server in a process of its own that responds at once, so that only clients are measured."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)

RECORD = {
    "id": "1167612765",
    "date_downloaded": "2026-10-20T10:20:30.1234567Z",
    "product_type": "premiumaccess",
    "product_id": 7,
    "asset_type": "Image",
    "thumb_uri": "https://media.example/1167612765/thumb.jpg",
    "agreement_name": "Premium Access 2026",
    "size_name": "large",
    "license_model": "RoyaltyFree",
    "download_source": "api",
    "download_details": {"download_notes": "for the cover", "project_code": "P-1"},
    "user": {"username": "u", "first_name": "f", "middle_name": "m", "last_name": "l"},
    "dimensions": {"width": 5000, "height": 3000, "dpi": 300},
}
PAGE = json.dumps({"result_count": 30, "downloads": [RECORD] * 30}).encode()


@contextmanager
def server() -> Iterator[str]:
    """Its URL: the response to a POST has no body, all others have a page of history."""
    command = [sys.executable, "-m", __name__]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


def serve() -> None:
    """Print the port and respond until the process is ended."""
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        accepted, _ = listener.accept()
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=_converse, args=(accepted,), daemon=True).start()


def _converse(accepted: socket.socket) -> None:
    data = b""
    while received := accepted.recv(65536):
        data += received
        head, end, body = data.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if end and len(body) >= (int(length[1]) if length else 0):
            content = b"" if head.startswith(b"POST") else PAGE
            start = (
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            )
            accepted.sendall(start % len(content) + content)
            data = b""


if __name__ == "__main__":
    serve()
