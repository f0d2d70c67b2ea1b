"""Former names in the generated package: they work, warn, and are seen by type checkers."""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from naming import released
from rendering import HEAD, Package, rendered

SPEC = (
    HEAD
    + """\
paths:
  /v3/boards:
    get:
      operationId: Boards_GetBoards
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses: {'200': {description: '', content: {application/json: {schema: {type: string}}}}}
    post:
      operationId: Boards_Create
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Board'}}}}
      responses: {'204': {description: OK}}
  /v3/boards/{id}:
    get:
      operationId: annotations
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: OK, content: {application/json: {schema: {type: string}}}}}
components:
  schemas:
    Board: {type: object, properties: {name: {type: string}, since: {type: string, format: date}}}
"""
)
RENAMED = SPEC.replace("Boards_GetBoards", "Boards_GetBoards\n      x-method: find")
RENAMED = RENAMED.replace("Boards_Create", "a\n      x-method: add\n      x-resource: lightboxes")
RENAMED = RENAMED.replace("operationId: annotations", "x-method: notes")
MOVED = SPEC.replace("operationId:", "x-resource: sets\n      operationId:")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return rendered(RENAMED, tmp_path_factory.mktemp("former"), released(SPEC))


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return rendered(MOVED, tmp_path_factory.mktemp("moved"), released(SPEC))


@pytest.mark.parametrize(
    ("old", "new", "arguments"),
    [
        ("boards.get_boards", "boards.find", {"page": 2, "timeout": 3, "headers": {"A": "b"}}),
        ("boards.create", "lightboxes.add", {"name": "x", "since": "2020-01-02"}),
        ("boards.annotations", "boards.notes", {"id": "x"}),
    ],
)
def test_the_old_name_sends_what_the_new_one_sends_and_warns(
    package: Package, old: str, new: str, arguments: dict[str, Any]
) -> None:
    message = f"{old} is deprecated since 2.0.0: use {new}"
    with pytest.warns(DeprecationWarning, match=f"^{message}$"):
        operation, request, *rest = package.call(old, **arguments)
    again, expected, *others = package.call(new, **arguments)
    assert (request.method, request.target, rest) == (expected.method, expected.target, others)
    assert (request.body and request.body.content) == (expected.body and expected.body.content)
    assert operation is again
    assert operation.name == new


def async_client(package: Package) -> Any:
    """A client that hands back what it is told to send."""

    class Client(package.module().AsyncClient):  # type: ignore[misc]  # made at run time
        async def call(self, operation: Any, request: Any, **_: object) -> tuple[Any, Any]:
            return operation, request

    return Client()


def test_the_warning_names_the_line_of_the_caller(package: Package) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        package.call("boards.get_boards")  # inside it the method is called
        client = async_client(package)

        async def main() -> None:
            await client.boards.get_boards()

        asyncio.run(main())
    blocking, awaited = (f"{Path(item.filename).name}:{item.lineno}" for item in caught)
    assert blocking.startswith("rendering.py:")
    assert awaited == f"{Path(__file__).name}:{main.__code__.co_firstlineno + 1}"


def test_the_asynchronous_method_is_a_coroutine_function_still(package: Package) -> None:
    client = async_client(package)
    assert inspect.iscoroutinefunction(client.boards.get_boards)
    with pytest.warns(DeprecationWarning, match="use boards.find"):
        operation, request = asyncio.run(client.boards.get_boards(page=3))
    assert (operation.name, request.target) == ("boards.find", "/v3/boards?page=3")


def test_signature_and_documentation_are_there(package: Package) -> None:
    for prefix in ("", "Async"):
        boards = getattr(package.module("api.boards"), f"{prefix}Boards")
        assert inspect.signature(boards.get_boards) == inspect.signature(boards.find)
        assert boards.get_boards.__doc__ == "Deprecated since 2.0.0: use `boards.find`."
        assert boards.get_boards.__deprecated__.endswith("use boards.find")


def test_a_resource_that_lost_all_its_operations_is_there_for_their_old_names(
    moved: Package,
) -> None:
    client = moved.module().Client
    assert client.boards.func.__doc__ == "Deprecated: what it had is in `sets` now."
    assert moved.module("api.boards").Boards.__doc__ == "Former names of `boards`."
    with pytest.warns(DeprecationWarning, match="use sets.create"):
        assert moved.request("boards.create", name="x").path == "/v3/boards"


def test_the_module_of_the_old_name_hands_on_what_that_of_the_new_one_has(tmp_path: Path) -> None:
    package = rendered(RENAMED, tmp_path, released(SPEC))
    new = package.module("api.lightboxes.add")
    message = f"{package.name}.api.boards.create is deprecated since 2.0.0:"
    with pytest.warns(DeprecationWarning, match=f"^{message} use {new.__name__}$") as caught:
        exec(f"from {package.name}.api.boards import create", {})
    assert caught[0].filename == "<string>"  # where the import stands
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        old = package.module("api.boards.create")  # warns only once
    assert old.__all__ == ["OPERATION", "CreateOptions", "build_request", "parse_response"]
    assert old.CreateOptions is new.AddOptions
    for name in ("OPERATION", "build_request", "parse_response"):
        assert getattr(old, name) is getattr(new, name)


CALLER = """
import warnings
from {name} import Client
class Mine(Client):
    def call(self, operation, request, *, timeout=None, headers=None):
        return operation, request
warnings.simplefilter("ignore")
Mine().boards.get_boards()
Mine().boards.create()
from {name}.api.boards import annotations_
import sys
print(*sorted(set(sys.modules) & {{"inspect", "asyncio", "dataclasses", "typing_extensions"}}))
"""


def test_nothing_but_the_standard_library_is_needed_and_little_of_it(package: Package) -> None:
    command = [sys.executable, "-S", "-c", CALLER.format(name=package.name)]
    assert subprocess.check_output(command, cwd=package.folder.parent, text=True) == "\n"


def test_without_former_names_there_is_no_trace_of_them(tmp_path: Path) -> None:
    package = rendered(SPEC, tmp_path, released(SPEC))
    for path in package.folder.rglob("*.py"):
        assert "deprecated" not in path.read_text("utf-8").lower()


def test_the_shipped_spec_says_former_names(package: Package) -> None:
    spec = json.loads((package.folder / "openapi.json").read_text("utf-8"))
    names = [{"resource": "boards", "method": "create", "since": "2.0.0"}]
    assert spec["paths"]["/v3/boards"]["post"]["x-former-names"] == names


TYPED = """\
from typing import Unpack, assert_type

from {name} import AsyncClient, Client
from {name}.api.boards.get_boards import GetBoardsOptions


def blocking(client: Client, **options: Unpack[GetBoardsOptions]) -> None:
    assert_type(client.boards.find(**options), str)
    assert_type(client.boards.get_boards(page=1), str)
    client.boards.get_boards(pages=1)


async def waiting(client: AsyncClient) -> None:
    assert_type(await client.boards.get_boards(), str)
"""


@pytest.fixture
def caller(package: Package, tmp_path: Path) -> Path:
    """A module that calls a method by its old name in lines 9, 10 and 14."""
    path = tmp_path / "caller.py"
    path.write_text(TYPED.format(name=package.name), "utf-8")
    return path


def checked(caller: Path, search: Path, *command: str) -> str:
    """What a type checker writes about the module and the package."""
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=caller.parent,
        env={**os.environ, "MYPYPATH": str(search)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    ).stdout


@pytest.mark.slow
def test_mypy_reports_calls_by_the_old_name_and_nothing_in_the_package(
    package: Package, caller: Path
) -> None:
    options = ["--strict", "--config-file=", "--enable-error-code=deprecated", "--output=json"]
    files = [str(caller), str(package.folder)]
    lines = checked(caller, package.folder.parent, "mypy", *options, *files).splitlines()
    found = [item for item in map(json.loads, lines) if item["severity"] == "error"]
    assert sorted((item["line"], item["code"]) for item in found) == [
        (9, "deprecated"),
        (10, "call-arg"),
        (10, "deprecated"),
        (14, "deprecated"),
    ]


@pytest.mark.slow
def test_basedpyright_reports_calls_by_the_old_name_and_nothing_in_the_package(
    package: Package, caller: Path
) -> None:
    settings: dict[str, object] = {"typeCheckingMode": "standard", "reportDeprecated": "warning"}
    settings |= {"pythonVersion": "3.11", "extraPaths": [str(package.folder.parent)]}
    (caller.parent / "pyrightconfig.json").write_text(json.dumps(settings))
    command = ["basedpyright", "--pythonpath", sys.executable, "--outputjson"]
    told = checked(caller, package.folder.parent, *command, str(caller), str(package.folder))
    found = json.loads(told)["generalDiagnostics"]
    assert sorted((item["range"]["start"]["line"] + 1, item["rule"]) for item in found) == [
        (9, "reportDeprecated"),
        (10, "reportCallIssue"),
        (10, "reportDeprecated"),
        (14, "reportDeprecated"),
    ]
