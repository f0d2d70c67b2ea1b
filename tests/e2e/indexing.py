"""A real package index on loopback, with a password, and a line to it that can be cut."""

from __future__ import annotations

import base64
import hashlib
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests import ports

USERNAME, PASSWORD = "publisher", 'pass "word" of \\ the #index'


@dataclass(frozen=True, slots=True)
class Served:
    """An index that runs."""

    url: str
    """Its address, without a slash in the end."""
    folder: Path
    """Where it keeps its files."""
    username: str = USERNAME
    password: str = PASSWORD

    @property
    def simple(self) -> str:
        """What pip is given by --index-url."""
        return f"{self.url}/simple/"

    def files(self) -> list[str]:
        """The names of the files that it has."""
        return sorted(path.name for path in self.folder.iterdir())


@contextmanager
def index_server(folder: Path, *options: str) -> Iterator[Served]:
    """Run pypiserver for the length of a `with` block; everything there wants the password."""
    files = folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    digest = base64.b64encode(hashlib.sha1(PASSWORD.encode()).digest()).decode()
    (folder / "htpasswd").write_text(f"{USERNAME}:{{SHA}}{digest}\n")
    with ports.held() as port, (folder / "log").open("w") as log:
        command = [sys.executable, "-m", "pypiserver", "run", "-i", "127.0.0.1", "-p", str(port)]
        command += ["-P", str(folder / "htpasswd"), "-a", "update,download,list", *options]
        command.append(str(files))
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait(process, port, folder / "log")
            yield Served(f"http://127.0.0.1:{port}", files)
        finally:
            process.terminate()
            process.wait()


@contextmanager
def cut_line(served: Served, upload: int) -> Iterator[Served]:
    """The same index behind a line that breaks at an upload, counted from 1."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        line = _Line(served, upload)
        thread = threading.Thread(target=line.serve, args=(listener,))
        thread.start()
        try:
            yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}", served.folder)
        finally:
            line.stopped.set()
            thread.join()


class _Line:
    """Passes bytes on, until an upload of some number has begun."""

    def __init__(self, served: Served, upload: int) -> None:
        self._target = ("127.0.0.1", int(served.url.rpartition(":")[2]))
        self._left = upload
        self.stopped = threading.Event()

    def serve(self, listener: socket.socket) -> None:
        listener.settimeout(0.05)
        while not self.stopped.is_set():
            with suppress(TimeoutError):
                near, _ = listener.accept()
                with near, socket.create_connection(self._target) as far:
                    self._pass_on(near, far)

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        """One connection; the index closes each after one response."""
        while True:
            ready, _, _ = select.select([near, far], [], [], 10)
            if far in ready:
                data = far.recv(65536)
                if not data:
                    return
                near.sendall(data)
            elif near in ready:
                data = near.recv(4096)
                if not data:
                    return
                if data.startswith(b"POST "):
                    self._left -= 1
                    if self._left == 0:
                        return
                far.sendall(data)
            else:
                return


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            break
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"pypiserver does not start: {log.read_text()}")
