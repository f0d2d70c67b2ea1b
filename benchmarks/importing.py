"""How long it takes to import the package, make a client and do a first call, beside httpx."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from generator.commands import Target, build
from tests.e2e.scratch import without_present_day
from tests.overlay.support.servers import Reply, Server

from .measuring import Row, processes

OVERLAY = Path(__file__).parents[1] / "overlay"
GENERATED = Path(__file__).parents[1] / "generated"

IMPORT = "from gettyimages import GettyImages"
READY = IMPORT + "\nclient = GettyImages(api_key='k', access_token='t'{})"
OURS = READY.format(", base_url=sys.argv[1]") + "\nclient.asset_changes.get_channels()"
RAW = """
import httpx
client = httpx.Client()
headers = {"Api-Key": "k", "Authorization": "Bearer t", "Accept": "application/json"}
client.get(sys.argv[1] + "/v3/asset-changes/channels", headers=headers).json()
"""


def rows() -> Iterator[Row]:
    """Ratios for the client as it is, and for one without the API of today."""
    yield from _rows("50 operations", GENERATED)
    with tempfile.TemporaryDirectory() as folder:
        specs = Path(folder) / "specs"
        shutil.copytree(OVERLAY.parent / "specs", specs)
        without_present_day(specs)
        out = Path(folder) / "generated" / "gettyimages_rest"
        build(Target(specs, out))
        yield from _rows("6 operations", out.parent)


def _rows(label: str, generated: Path) -> Iterator[Row]:
    path = [str(generated), str(OVERLAY)]
    imported, ready, httpx = processes(IMPORT, READY.format(""), "import httpx", path=path)
    yield Row(f"{IMPORT}, {label}", imported, "<= 0.5", httpx, "import httpx")
    yield Row(f"import and make a client, {label}", ready, "<= 0.5", httpx, "import httpx")
    with Server(Reply(200, b"[]")) as server:
        ours, raw = processes(OURS, RAW, path=path, arguments=[server.url])
    yield Row(f"the same and a first call, {label}", ours, "<= 1.1", raw, "raw httpx")
