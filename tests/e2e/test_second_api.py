"""Another API, far from this one: from its documents to a client that is published and called."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from ..overlay.support.servers import Recorded, Reply, Server
from . import indexing
from .indexing import cut_line, index_server
from .publishing import ENCODED, LOGIN
from .scratch import PROJECT, SECOND_API, committed

pytestmark = pytest.mark.slow

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


def generator(
    folder: Path, *arguments: str, status: int = 0, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in the folder of the API, with an end that was expected."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **(variables or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == status, said
    assert "Traceback" not in said
    assert indexing.PASSWORD not in said
    assert ENCODED not in said
    return done


@dataclass(frozen=True)
class Published:
    """What came of publishing over a line that is cut, and once more."""

    url: str
    """Of the index."""
    cut_url: str
    """Of the index behind the line."""
    dist: Path
    cut: subprocess.CompletedProcess[str]
    done: subprocess.CompletedProcess[str]
    left: list[str]
    """What the index has after the cut."""
    uploaded: list[str]
    """What it has in the end."""
    requests: list[Recorded]
    """Those that reached the API."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The API's client, built, released and published by its own folder alone."""
    folder = tmp_path_factory.mktemp("observatory")
    api = Path(shutil.copytree(SECOND_API, folder / "api"))
    generator(api, "build")
    generator(api, "release")
    (api / ".gitignore").write_text("dist/\n")
    committed(api)
    with index_server(folder / "index") as index, Server(observatory) as server:
        called = {"URL": server.url, "LOGIN": PASSWORD, "KEY": KEY}
        variables = {f"OBSERVATORY_{name}": text for name, text in called.items()}
        variables |= {**LOGIN, "UV_HTTP_RETRIES": "0"}
        with cut_line(index, upload=2) as line:
            publish = ("publish", "--index", line.simple)
            cut = generator(api, *publish, status=1, variables=variables)
        left = index.files()
        done = generator(api, "publish", "--index", index.simple, variables=variables)
        return Published(
            *(index.url, line.url, api / "dist", cut, done),
            *(left, index.files(), server.requests),
        )


def test_an_upload_that_was_cut_is_completed_by_running_again(published: Published) -> None:
    sdist, wheel = sorted(published.dist.iterdir(), reverse=True)
    said = published.cut.stderr
    assert f"Failed to publish `{wheel}` to `{published.cut_url}/`" in said
    assert "error sending request" in said
    assert sdist.name.endswith(".tar.gz")
    assert f"uploaded: {sdist.name}. Running the same command again" in said
    assert published.left == [sdist.name]
    printed = published.done.stdout
    assert f"{sdist.name}: is there already" in printed
    assert f"{wheel.name}: uploaded" in printed
    assert f"from {published.url}/packages/{wheel.name}" in printed
    assert f"sha256 {hashlib.sha256(wheel.read_bytes()).hexdigest()}" in printed
    assert published.uploaded == sorted([sdist.name, wheel.name])


def test_another_api_becomes_a_published_client_by_its_own_folder_alone(
    published: Published,
) -> None:
    assert len((SECOND_API / "caller.py").read_text().splitlines()) <= 40
    printed = published.done.stdout
    assert "pip installed observatory-client 0.3.0 from" in printed
    shown = "['A/1', 'B', 'C'] | 5 | ['t,sea', '1,2'] | red | None | there is no warning 8"
    assert f"observatory_client-0.3.0-py3-none-any.whl: {shown}\n" in printed
    assert [request.query.get("kinds") for request in published.requests[:2]] == [["sea|air"]] * 2
    sent = {(request.method, request.path): request for request in published.requests}
    note = sent["POST", "/obs/stations/A%2F1/notes"]
    assert note.header("content-type") == "application/x-www-form-urlencoded"
    assert note.form == {"text": "ice & snow", "urgent": "true"}
    assert sent["PUT", "/obs/warnings/7"].json == {"by": "me"}
    assert sent["GET", "/obs/stations/A%2F1/readings.csv"].query == {"day": ["2026-01-31"]}
