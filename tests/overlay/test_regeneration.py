"""Regenerating from other documents needs no change in what is written by hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from benchmarks.collections import write_sources
from generator.client import read_client
from generator.commands import Target, build, merge
from generator.pipeline import build_spec

from .support.servers import Reply, Server

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]
OVERLAY = PROJECT / "overlay"

MORE = """\
overlay: 1.1.0
info: {title: A parameter that came later, version: 1.0.0}
actions:
  - description: It came later.
    target: $.paths['/v3/downloads'].get
    update:
      parameters:
        - {name: with_notes, in: query, schema: {type: boolean}}
"""

CALLER = """\
import asyncio, sys
from typing import assert_type

from gettyimages import AsyncGettyImages, GettyImages
from gettyimages_rest import models

url = sys.argv[1]

with GettyImages(api_key="k", access_token="t", base_url=url) as client:
    thing = client.things_0.get_thing0("a/b", option_0="x", option_1=3)
    assert_type(thing, models.Thing0)
    assert_type(models.DownloadUri.from_dict({}).uri, str)
    assert_type(thing.field_1, int | None)
    client.things_0.get_thing0("1", option_1="3")  # type: ignore[arg-type]
    print(thing.field_1)
    for record in client.downloads.history(with_notes=True):
        assert_type(record, models.DownloadRecord)
        print(record.id)
    client.downloads.get_downloads(with_notes=False)
    try:
        client.downloads.history(with_nots=True)  # type: ignore[call-arg]
    except TypeError:
        pass
    client.asset_registrations.register_all(["1"])

async def main() -> None:
    async with AsyncGettyImages(api_key="k", access_token="t", base_url=url) as client:
        thing = await client.things_1.get_thing1("1", option_2=True)
        assert_type(thing, models.Thing1)
        async for record in client.downloads.history(with_notes=True):
            assert_type(record, models.DownloadRecord)
            print(record.id)

asyncio.run(main())
"""

Change = Callable[[Path], None]


def regenerated(folder: Path, change: Change) -> Path:
    """The folder of the package that is generated from changed documents."""
    specs = folder / "specs"
    shutil.copytree(PROJECT / "specs", specs)
    change(specs)
    out = folder / "generated" / "gettyimages_rest"
    build(Target(specs, out))
    return out.parent


def extended(specs: Path) -> None:
    """Adds documents and a parameter, and requires every property of a response."""
    write_sources(specs / "sources", operations=4, documents=2)
    (specs / "overlays" / "90-more.yaml").write_text(MORE, "utf-8")
    spec = build_spec(PROJECT / "specs").spec
    returned = {model.name for model in read_client(spec).models.values() if model.returned}
    required = [
        {
            "description": "Required all along.",
            "target": f"$.components.schemas['{name}']",
            "update": {"required": sorted(schema.map("properties"))},
        }
        for name, schema in spec.map("components").map("schemas").maps()
        if name in returned and schema.map("properties")
    ]
    overlay = {"overlay": "1.1.0", "info": {"title": "Required", "version": "1"}}
    text = yaml.safe_dump({**overlay, "actions": required}, sort_keys=False)
    (specs / "overlays" / "91-required.yaml").write_text(text, "utf-8")


def without(document: str, path: str) -> Change:
    """Drops a document, and the actions that correct it."""

    def change(specs: Path) -> None:
        (specs / "sources" / document).unlink()
        for file in (specs / "overlays").iterdir():
            overlay = yaml.safe_load(file.read_text("utf-8"))
            overlay["actions"] = [
                action
                for action in overlay["actions"]
                if path not in action["target"] and path not in str(action.get("update"))
            ]
            if overlay["actions"]:
                file.write_text(yaml.safe_dump(overlay, sort_keys=False), "utf-8")
            else:
                file.unlink()

    return change


def run(generated: Path, program: str, *arguments: str) -> str:
    """The output of a program that runs with the generated package and ours."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={"PYTHONPATH": os.pathsep.join([str(generated), str(OVERLAY)]), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package that is generated from more documents."""
    return regenerated(tmp_path_factory.mktemp("grown"), extended)


def test_new_resources_and_parameters_can_be_called_at_once(grown: Path) -> None:
    with Server() as server:
        page = Reply(200, b'{"result_count": 1, "downloads": [{"id": "r"}]}')
        thing = Reply(200, b'{"field_1": 5}')
        server.script(thing, thing, page, page, Reply(), thing, page)
        assert run(grown, CALLER, server.url).split() == ["5", "r", "r"]
    assert [f"{request.method} {request.target}" for request in server.requests] == [
        "GET /v3/things-0/0/a%2Fb?option_0=x&option_1=3",
        "GET /v3/things-0/0/1?option_1=3",
        "GET /v3/downloads?page=1&page_size=30&with_notes=true",
        "GET /v3/downloads?with_notes=false",
        "POST /v3/asset-registrations",
        "GET /v3/things-1/1/1?option_2=true",
        "GET /v3/downloads?page=1&page_size=30&with_notes=true",
    ]
    assert {request.header("api-key") for request in server.requests} == {"k"}


@pytest.mark.slow
def test_new_resources_and_parameters_are_typed(grown: Path, tmp_path: Path) -> None:
    caller = tmp_path / "caller.py"
    # mypy --strict also reports an ignored error that does not occur.
    caller.write_text(CALLER, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", str(caller)],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": os.pathsep.join([str(grown), str(OVERLAY)])},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


LACKING = """\
import sys, tempfile
from gettyimages import GettyImages, GettyImagesError
from gettyimages_rest import models

assert models.DownloadUri.__annotations__["uri"] == "str"
assert models.ChangeSet.__annotations__["change_set_id"] == "str"
with GettyImages(api_key="k", access_token="t", base_url=sys.argv[1]) as client:
    for call in (
        lambda: client.downloads.save_image("1", tempfile.mkdtemp()),
        lambda: next(client.asset_changes.change_sets(5)),
        lambda: next(client.asset_changes.change_sets(5)),
    ):
        try:
            call()
        except GettyImagesError as error:
            words = [word for word in ("an id", "be read") if word in str(error)]
            print(type(error).__name__, *words)
    print(list(client.downloads.history()))
"""


def test_what_the_api_leaves_out_although_it_is_required_is_noticed(grown: Path) -> None:
    with Server() as server:
        unreadable = b'{"change_set_id": "c", "changed_assets": "odd"}'
        server.script(
            Reply(200, b"{}"),
            Reply(200, b'{"changed_assets": [{"asset_id": "1"}]}'),
            Reply(200, unreadable),
            Reply(200, b"{}"),
        )
        lines = run(grown, LACKING, server.url).splitlines()
    assert lines == [
        "LinkLostError",
        "ChangeSetError an id",
        "ChangeSetError be read",
        "[]",
    ]


LOST = """\
import asyncio, sys
import gettyimages
from gettyimages import AsyncGettyImages, GettyImages, GettyImagesError

lost, kept = sys.argv[1].split(), sys.argv[2].split()

def look(client):
    for name in kept:
        print(name, type(getattr(client, name)).__name__)
    for name in lost:
        try:
            getattr(client, name)
        except GettyImagesError as error:
            print(error)

with GettyImages(api_key="k", access_token="t") as client:
    look(client)

async def main():
    async with AsyncGettyImages(api_key="k", access_token="t") as client:
        look(client)

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("document", "path", "lost", "modules"),
    [
        (
            "downloads.yaml",
            "/v3/downloads",
            "downloads",
            ["_downloads/resource.py"] * 2,
        ),
        (
            "asset-changes.yaml",
            "/v3/asset-changes",
            "asset_changes",
            ["_resources/asset_changes.py"] * 2,
        ),
        (
            "asset-registrations.yaml",
            "/v3/asset-registrations",
            "asset_registrations",
            ["_resources/asset_registrations.py"] * 2,
        ),
    ],
)
def test_a_dropped_resource_breaks_no_other(
    tmp_path: Path, document: str, path: str, lost: str, modules: list[str]
) -> None:
    generated = regenerated(tmp_path, without(document, path))
    names = ["asset_changes", "asset_registrations", "downloads"]
    kept = [name for name in names if name != lost]
    lines = run(generated, LOST, lost, " ".join(kept)).splitlines()
    assert len(lines) == 6
    worlds = zip(("", "Async"), (lines[:3], lines[3:]), modules, strict=True)
    for prefix, (*found, error), module in worlds:
        classes = [prefix + name.title().replace("_", "") for name in kept]
        assert found == [f"{name} {kind}" for name, kind in zip(kept, classes, strict=True)]
        assert f"{lost}: the generated client lacks what gettyimages/{module} builds on" in error
        assert "all other resources work as before" in error


NAMES = """\
overlay: 1.1.0
info: {title: Other names, version: 1.0.0}
actions:
  - target: $.paths['/v3/downloads'].get
    update: {x-method: list_pages}
  - target: $.paths['/v3/downloads/images/{id}'].post
    update: {x-resource: images, x-method: order}
  - target: $.paths['/v3/asset-registrations'].post
    update: {x-resource: registrations, x-method: add}
  - target: $.paths['/v3/asset-changes/channels'].get
    update: {x-method: list_channels}
"""

RENAMED = """\
import asyncio, sys, warnings
from gettyimages import AsyncGettyImages, GettyImages

options = dict(api_key="k", access_token="t", base_url=sys.argv[1])
warnings.simplefilter("always")

def show(caught):
    for item in caught:
        if item.filename == "<string>":
            print(item.category.__name__, item.lineno, item.message)

def blocking():
    with GettyImages(**options) as client:
        client.downloads.get_downloads(page=2)
        client.asset_registrations.register(asset_ids=["1"])
        client.registrations.add(asset_ids=["1"])
        client.asset_registrations.register_all(["1"])
        list(client.downloads.history())
        client.asset_changes.get_channels()
        client.downloads.request_link("1")

async def awaited():
    async with AsyncGettyImages(**options) as client:
        await client.downloads.get_downloads(page=2)
        await client.asset_registrations.register(asset_ids=["1"])
        await client.registrations.add(asset_ids=["1"])
        await client.asset_registrations.register_all(["1"])
        [record async for record in client.downloads.history()]
        await client.asset_changes.get_channels()
        await client.downloads.request_link("1")

for run in (blocking, lambda: asyncio.run(awaited())):
    with warnings.catch_warnings(record=True) as caught:
        run()
    show(caught)
"""


def released(specs: Path, version: str) -> None:
    """Release the merged spec that is there."""
    text = (specs / "openapi.yaml").read_text("utf-8")
    (specs / "released.yaml").write_text(f"{text}x-release: {{version: {version}}}\n", "utf-8")


def renamed(specs: Path) -> None:
    released(specs, "1.4.2")
    (specs / "overlays" / "90-names.yaml").write_text(NAMES, "utf-8")


def test_renamed_operations_can_be_called_by_their_old_names_too(tmp_path: Path) -> None:
    generated = regenerated(tmp_path, renamed)
    with Server() as server:
        page, empty = Reply(200, b'{"result_count": 0, "downloads": []}'), Reply()
        link = Reply(200, b'{"uri": "https://delivery.example/x"}')
        world = [page, empty, empty, empty, page, Reply(200, b"[]"), link]
        server.script(*world, *world)
        lines = run(generated, RENAMED, server.url).splitlines()
    warnings = [
        "downloads.get_downloads is deprecated since 2.0.0: use downloads.list_pages",
        "asset_registrations.register is deprecated since 2.0.0: use registrations.add",
        "asset_changes.get_channels is deprecated since 2.0.0: use asset_changes.list_channels",
    ]
    numbers = [14, 15, 19, 24, 25, 29]
    expected = zip(numbers, warnings * 2, strict=True)
    assert lines == [f"DeprecationWarning {number} {text}" for number, text in expected]
    sent = [f"{request.method} {request.target}" for request in server.requests]
    assert sent[:7] == sent[7:]
    assert sent[:2] == ["GET /v3/downloads?page=2", "POST /v3/asset-registrations"]


BREAKING = """\
  - target: $.paths['/v3/asset-registrations'].post.parameters[?@.name == 'Accept-Language']
    remove: true
"""

GONE = """\
import asyncio
from gettyimages import AsyncGettyImages, GettyImages, GettyImagesError

def look(client):
    print(hasattr(client.asset_changes, "list_channels"))
    print(hasattr(client.asset_changes, "get_channels"), hasattr(client, "images"))
    try:
        client.downloads
    except GettyImagesError as error:
        print(error)

with GettyImages(api_key="k", access_token="t") as client:
    look(client)

async def main():
    async with AsyncGettyImages(api_key="k", access_token="t") as client:
        look(client)

asyncio.run(main())
"""


def renamed_long_ago(specs: Path) -> None:
    """The names were released; since then there has been another major change."""
    renamed(specs)
    merge(specs)
    released(specs, "2.0.0")
    with (specs / "overlays" / "90-names.yaml").open("a", encoding="utf-8") as file:
        file.write(BREAKING)


def test_the_old_names_are_gone_after_the_next_major_change(tmp_path: Path) -> None:
    generated = regenerated(tmp_path, renamed_long_ago)
    lines = run(generated, GONE).splitlines()
    for listed, others, error in (lines[:3], lines[3:]):
        assert (listed, others) == ("True", "False True")
        assert "gettyimages/_downloads/resource.py builds on" in error
        assert "all other resources work as before" in error
