"""The wheel, installed where there is nothing else, calls every operation over the wire."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ..overlay.support.servers import Recorded, Reply, Server
from .environments import built_wheel, uv

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]

CHANGE_SET = {
    "change_set_id": 42,
    "changed_assets": [
        {"id": "a1", "asset_type": "Image", "asset_lifecycle": "New", "uri": None},
        {"id": "a2", "asset_type": None, "asset_lifecycle": "Delete"},
    ],
}
PAGE = {"result_count": 1, "downloads": [{"id": "1", "date_downloaded": "2026-02-01T10:00:00Z"}]}
DELIVERY = "https://delivery.example/signed?token=secret"
RESPONSES = [
    Reply(),
    Reply(200, CHANGE_SET),
    Reply(),
    Reply(200, [{"ChannelId": 7, "AssetFamily": "Creative"}]),
    Reply(200, PAGE),
    Reply(303, headers={"Location": DELIVERY}),
]
RETURNED = [
    ["42", ["a1", "a2"]],
    [7],
    [1, ["2026-02-01 10:00:00+00:00"]],
    [303, DELIVERY],
]
CREDENTIALS = {"api-key": "the-key", "authorization": "Bearer the-token"}
JSON_BODY = {"content-type": "application/json"}
REQUESTS = [
    (
        "POST", "/v3/asset-registrations", {"accept-language": "de", **JSON_BODY},
        b'{"asset_ids":["1","2"]}',
    ),
    ("PUT", "/v3/asset-changes/change-sets?batch_size=2200&channel_id=7", {}, b""),
    ("DELETE", "/v3/asset-changes/change-sets/42", {}, b""),
    ("GET", "/v3/asset-changes/channels", {}, b""),
    (
        "GET",
        "/v3/downloads?company_downloads=true&end_date=2026-02-01T12%3A30%3A00Z&page=2"
        "&product_type=premiumaccess&start_date=2026-01-31",
        {},
        b"",
    ),
    (
        "POST",
        "/v3/downloads/images/a%2Fb%20%C3%BC?auto_download=true&file_type=jpg&height=600",
        JSON_BODY,
        b'{"project_code":"P & Q"}',
    ),
]  # fmt: skip
TRANSPORT = {"host", "user-agent", "accept-encoding", "connection", "content-length", "accept"}


OLDER_PACKAGING = "packaging==24.2"  # of November 2024, when metadata 2.4 was new
READ_METADATA = """
import json, sys
from packaging.metadata import Metadata

read = Metadata.from_email(sys.stdin.buffer.read())
print(json.dumps([read.metadata_version, read.license_expression, read.description]))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the project."""
    return built_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def python(wheel: Path) -> Path:
    """The interpreter of an empty environment outside the checkout, with the wheel installed."""
    environment = wheel.parent / "env"
    python = environment / "bin" / "python"
    uv("venv", "--python", sys.executable, environment)
    uv("pip", "install", "--python", python, wheel)
    return python


@pytest.mark.slow
def test_the_installed_wheel_calls_the_operations_of_2018_in_both_worlds(
    python: Path, tmp_path: Path
) -> None:
    with Server(*RESPONSES, *RESPONSES) as server:
        done = subprocess.run(
            [str(python), "-I", str(PROJECT / "tests" / "e2e" / "calls.py"), server.url],
            check=False,
            capture_output=True,
            cwd=tmp_path,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()] == [RETURNED, RETURNED]
    blocking, asynchronous = server.requests[:6], server.requests[6:]
    expected = [
        (method, target, {**headers, **CREDENTIALS}, body)
        for method, target, headers, body in REQUESTS
    ]
    assert [_shown(request) for request in blocking] == expected
    assert [_shown(request) for request in asynchronous] == expected


@pytest.mark.slow
def test_the_installed_wheel_has_types_and_the_spec_but_no_generator(python: Path) -> None:
    code = (
        "import importlib.resources as r, importlib.util as u, json;"
        "rest = r.files('gettyimages_rest');"
        "print(len(json.loads((rest / 'openapi.json').read_text())['paths']),"
        " (rest / 'py.typed').is_file(), (r.files('gettyimages') / 'py.typed').is_file(),"
        " u.find_spec('generator'))"
    )
    shown = subprocess.run([str(python), "-I", "-c", code], check=True, capture_output=True)
    assert shown.stdout.split() == [b"44", b"True", b"True", b"None"]


@pytest.mark.slow
def test_packaging_of_two_years_ago_reads_the_wheel_whose_links_work_on_an_index(
    wheel: Path, tmp_path: Path
) -> None:
    uv("pip", "install", "--target", tmp_path, OLDER_PACKAGING)
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = archive.read(name)
    read = subprocess.run(
        [sys.executable, "-S", "-c", READ_METADATA],
        env={"PYTHONPATH": str(tmp_path)},
        input=metadata,
        check=True,
        capture_output=True,
    )
    version, license_expression, description = json.loads(read.stdout)
    assert (version, license_expression) == ("2.4", "MIT")
    links = re.findall(r"\]\(([^)]+)\)", description)
    assert len(links) > 5
    assert [link for link in links if not link.startswith(("https://", "#"))] == []


def _shown(request: Recorded) -> tuple[str, str, dict[str, str], bytes]:
    headers = {name.lower(): text for name, text in request.headers}
    ours = {name: text for name, text in headers.items() if name not in TRANSPORT}
    return request.method, request.target, ours, request.body
