"""The floors of the client: what is built on what, and how many modules one call passes through."""

from __future__ import annotations

import ast
import collections
import contextlib
import functools
import graphlib
import sys
import threading
import typing
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import gettyimages
import gettyimages.sandbox
from gettyimages.sandbox import Sandbox

PACKAGE = Path(gettyimages.__file__ or "").parent

FLOORS = (
    "_fork _link _log _response _secret _version | _errors",
    "_calls",
    "_settings",
    "_auth _transport",
    "_exchange",
    "_downloads _resources",
    "_client",
    "__init__ models | sandbox | testing",
)
"""From the ground up: modules and packages, which import from lower floors alone. What stands
behind a bar may import what stands before it on the same floor too."""

DOWNLOADS = (
    "file_request files journal",
    "files.place",
    "",  # all others
)
"""The same inside `_downloads`, where the modules of a floor may import each other: a request for
a file, and what is on the disk; then what puts a file in place and needs both."""

Graph: typing.TypeAlias = dict[str, set[str]]


def modules() -> dict[str, Path]:
    """All modules, by their names in the package: a package is called as its folder."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


def statements(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The imports of a module, at any place in it: a module by its full name, and names from it."""
    package = ("gettyimages", *path.parent.relative_to(PACKAGE).parts)
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else ()
            parts = [*base, *filter(None, [node.module])]
            yield ".".join(parts), [alias.name for alias in node.names]


@functools.cache
def graph() -> Graph:
    """The modules that each module imports, for type checkers and inside functions included."""
    known = modules()
    result: Graph = {name: set() for name in known}
    for module, path in known.items():
        for full, names in statements(path):
            top, _, inside = full.partition(".")
            if top != "gettyimages":
                continue
            submodules = {f"{inside}.{name}".strip(".") for name in names} & known.keys()
            # A package whose module is imported is run as well: `from .. import x` needs both.
            result[module] |= {inside or "__init__", *submodules} - {module}
    return result


def ranks(floors: tuple[str, ...]) -> dict[str, int]:
    """The place of each unit in the order from the ground up."""
    steps = [step.split() for floor in floors for step in floor.split("|")]
    return {unit: rank for rank, units in enumerate(steps) for unit in units}


def lines(unit: str) -> int:
    """The lines of a module, or of all modules of a package."""
    paths = [path for name, path in modules().items() if name.split(".")[0] == unit]
    return sum(len(path.read_text("utf-8").splitlines()) for path in paths)


def test_every_module_has_a_floor() -> None:
    assert {name.split(".")[0] for name in modules()} == set(ranks(FLOORS))
    for number, floor in reversed([*enumerate(FLOORS)]):
        units = (f"{unit} ({lines(unit)})" for unit in floor.replace("|", "").split())
        print(f"{number}  {'  '.join(units)}")


def test_a_module_imports_from_lower_floors_alone() -> None:
    rank = ranks(FLOORS)
    wrong = [
        f"{module} imports {imported}"
        for module, found in graph().items()
        for imported in found
        for own, other in [(module.split(".")[0], imported.split(".")[0])]
        if own != other and rank[own] <= rank[other]
    ]
    assert wrong == []


def test_saving_is_built_on_files_and_the_journal_and_not_they_on_it() -> None:
    rank = ranks(DOWNLOADS)

    def floor(module: str) -> int:
        name = module.removeprefix("_downloads.")
        return rank.get(name, rank.get(name.split(".")[0], len(DOWNLOADS) - 1))

    wrong = [
        f"{module} imports {imported}"
        for module, found in graph().items()
        for imported in found
        if module.startswith("_downloads.")
        and imported.startswith("_downloads.")
        and floor(module) < floor(imported)
    ]
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    try:
        graphlib.TopologicalSorter(graph()).prepare()
    except graphlib.CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(error.args[1])}")


def test_sandbox_and_testing_use_public_names_alone() -> None:
    public = {
        "gettyimages": gettyimages.__all__,
        "gettyimages.sandbox": vars(gettyimages.sandbox)["__all__"],
    }
    for module, path in modules().items():
        if module.split(".")[0] not in ("sandbox", "testing"):
            continue
        for full, names in statements(path):
            inside_of_sandbox = full.startswith("gettyimages.sandbox") and module != "testing"
            if full.split(".")[0] == "gettyimages" and not inside_of_sandbox:
                assert set(names) <= set(public.get(full, ())), f"{module}: {full} {names}"
                assert names


def test_no_two_modules_have_the_same_name() -> None:
    names = [path.stem.lstrip("_") for path in modules().values()]
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


def test_a_file_is_saved_in_threads_by_blocking_code_alone(tmp_path: Path) -> None:
    names = modules_of(lambda client, folder: client.downloads.save_image("1", folder), tmp_path)
    assert {"_downloads.save", "_downloads.transfer", "_downloads.journal.sqlite"} <= names
    assert not any("async" in name for name in names)
