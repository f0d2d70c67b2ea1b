"""Another API, far from this one: from its documents to a client that is published and called."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..overlay.support.servers import Recorded, Reply, Server
from .indexing import index_server
from .publishing import LOGIN
from .scratch import PROJECT, SECOND_API, committed

PASSWORD, KEY = "me:secret-word", "secret-key"
STATIONS = {
    None: {"items": [{"code": "A/1", "height": 2.5}, {"code": "B", "height": 3}], "cursor": "x y"},
    "x y": {"items": [{"code": "C", "height": -1, "since": "2001-02-03"}], "cursor": None},
}
BY_PASSWORD = {
    ("POST", "/obs/stations/A%2F1/notes"): Reply(201, {"id": 5, "text": "ice & snow"}),
    ("GET", "/obs/stations/A%2F1/readings.csv"): Reply(200, "t,sea\n1,2", content_type="text/csv"),
}
BY_KEY = {
    ("GET", "/obs/warnings/7"): Reply(200, {"id": 7, "level": "red", "until": None}),
    ("PUT", "/obs/warnings/7"): Reply(204, content_type=None),
    ("GET", "/obs/warnings/8"): Reply(
        404, {"detail": "there is no warning 8"}, content_type="application/problem+json"
    ),
}


def observatory(request: Recorded) -> Reply:
    """The server of the API. It lets in by password or by key, as the operation wants it."""
    found = BY_KEY if request.path.startswith("/obs/warnings") else BY_PASSWORD
    login = request.header("authorization")
    if found is BY_KEY and (request.query["key"], login) != ([KEY], None):
        return Reply(401, {"detail": "wrong key"})
    if found is BY_PASSWORD and login != f"Basic {base64.b64encode(PASSWORD.encode()).decode()}":
        return Reply(401, {"detail": "wrong password"})
    if request.path == "/obs/stations":
        (cursor,) = request.query.get("cursor", [None])
        return Reply(200, STATIONS[cursor])
    return found[request.method, request.path]


def generator(folder: Path, *arguments: str, **variables: str) -> str:
    """Run a command in the folder of the API; what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_another_api_becomes_a_published_client_by_its_own_folder_alone(tmp_path: Path) -> None:
    assert len((SECOND_API / "caller.py").read_text().splitlines()) <= 40
    api = Path(shutil.copytree(SECOND_API, tmp_path / "api"))
    generator(api, "build")
    generator(api, "release")
    committed(api)
    with index_server(tmp_path / "index") as index, Server(observatory) as server:
        called = {"URL": server.url, "LOGIN": PASSWORD, "KEY": KEY}
        variables = {**LOGIN, **{f"OBSERVATORY_{name}": text for name, text in called.items()}}
        printed = generator(api, "publish", "--index", index.simple, **variables)
    assert "pip installed observatory-client 0.3.0 from" in printed
    shown = "['A/1', 'B', 'C'] | 5 | ['t,sea', '1,2'] | red | None | there is no warning 8"
    assert printed.endswith(f"; {shown}\n")
    assert [request.query.get("kinds") for request in server.requests[:2]] == [["sea|air"]] * 2
    sent = {(request.method, request.path): request for request in server.requests}
    note = sent["POST", "/obs/stations/A%2F1/notes"]
    assert note.header("content-type") == "application/x-www-form-urlencoded"
    assert note.form == {"text": "ice & snow", "urgent": "true"}
    assert sent["PUT", "/obs/warnings/7"].json == {"by": "me"}
    assert sent["GET", "/obs/stations/A%2F1/readings.csv"].query == {"day": ["2026-01-31"]}
