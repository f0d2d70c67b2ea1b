"""The floors of the client: what is built on what, and how many modules one call passes through."""

from __future__ import annotations

import collections
import contextlib
import sys
import threading
import typing
from collections.abc import Callable, Iterator
from pathlib import Path

import gettyimages
import gettyimages.fleet
import gettyimages.models
import gettyimages.sandbox
from gettyimages.sandbox import Sandbox
from tests.imports import Package, ranks

CLIENT = Package(Path(gettyimages.__file__ or "").parent)

FLOORS = (
    "_process _response _version | _errors | _log",
    "_calls",
    "_settings",
    "_auth _transport",
    "_exchange",
    "_downloads _resources",
    "_client",
    "__init__ models | sandbox fleet | cli testing",
)
"""From the ground up; what a bar means stands at `Floors`."""

DOWNLOADS = (
    "file_request files journal",
    "files.place files.object_store",
    "",  # all others
)
"""The same inside `_downloads`, where the modules of a floor may import each other: a request for
a file, how it is to be saved, and what is on the disk; then what puts a file in place and needs
these."""

MOST_OF_A_CALL = 16
"""How many modules the first call of a client may pass through, that of its token included."""


def test_every_module_has_a_floor() -> None:
    assert CLIENT.units == set(ranks(FLOORS))
    print(CLIENT.drawn(FLOORS))


def test_a_module_imports_from_lower_floors_alone() -> None:
    assert CLIENT.upward(FLOORS) == []


def test_saving_is_built_on_files_and_the_journal_and_not_they_on_it() -> None:
    rank = ranks(DOWNLOADS)

    def floor(module: str) -> int:
        name = module.removeprefix("_downloads.")
        return rank.get(name, rank.get(name.split(".")[0], len(DOWNLOADS) - 1))

    wrong = [
        f"{module} imports {imported}"
        for module, found in CLIENT.graph.items()
        for imported in found
        if module.startswith("_downloads.")
        and imported.startswith("_downloads.")
        and floor(module) < floor(imported)
    ]
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert CLIENT.circle() == []


def test_command_line_fleet_sandbox_and_testing_use_public_names_alone() -> None:
    public = {
        "gettyimages": gettyimages.__all__,
        "gettyimages.models": gettyimages.models.__all__,
        "gettyimages.sandbox": vars(gettyimages.sandbox)["__all__"],
        "gettyimages.fleet": vars(gettyimages.fleet)["__all__"],
    }
    for module, path in CLIENT.modules.items():
        if module.split(".")[0] not in ("cli", "fleet", "sandbox", "testing"):
            continue
        for full, names in CLIENT.statements(path):
            own = full.split(".")[1:2] == module.split(".")[:1] and module != "testing"
            if full.split(".")[0] == "gettyimages" and not own:
                assert set(names) <= set(public.get(full, ())), f"{module}: {full} {names}"
                assert names


def test_no_two_modules_have_the_same_name() -> None:
    names = [path.stem.lstrip("_") for path in CLIENT.modules.values()]
    counts = collections.Counter(name for name in names if name not in ("init__", "main__"))
    assert [name for name, count in counts.items() if count > 1] == []


@contextlib.contextmanager
def passed_through() -> Iterator[set[str]]:
    """The modules of the client whose functions run during the block, in all new threads too."""
    found: set[str] = set()

    def profile(frame: typing.Any, event: str, _: object) -> None:
        name = frame.f_globals.get("__name__", "")
        if event == "call" and name.startswith("gettyimages."):
            found.add(name.removeprefix("gettyimages."))

    before = sys.getprofile()
    threading.setprofile(profile)
    sys.setprofile(profile)
    try:
        yield found
    finally:
        sys.setprofile(before)
        threading.setprofile(None)


def modules_of(call: Callable[[gettyimages.GettyImages, Path], object], folder: Path) -> set[str]:
    """The modules that the first call of a client passes through, the sandbox not counted."""
    with Sandbox() as sandbox:
        with sandbox.client() as client:
            call(client, folder / "first")  # loads the modules
        with sandbox.client() as client, passed_through() as found:
            call(client, folder / "second")
    names = {name for name in found if name.split(".")[0] != "sandbox"}
    print(len(names), *sorted(names))
    return names


def test_a_call_of_the_api_passes_through_nothing_that_saves_files(tmp_path: Path) -> None:
    names = modules_of(lambda client, _: client.downloads.get_downloads(), tmp_path)
    assert {"_client", "_exchange", "_transport.blocking"} <= names
    assert {name for name in names if name.startswith("_downloads.")} <= {"_downloads.resource"}
    assert len(names) <= MOST_OF_A_CALL


def test_a_file_is_saved_in_threads_by_blocking_code_alone(tmp_path: Path) -> None:
    names = modules_of(lambda client, folder: client.downloads.save_image("1", folder), tmp_path)
    assert {"_downloads.save", "_downloads.transfer", "_downloads.journal.sqlite"} <= names
    assert not any("async" in name for name in names)
