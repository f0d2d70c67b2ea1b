"""What type checkers and linters make of generated packages and of code that calls them."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from rendering import Package, rendered

from tests.generator.render import (
    test_render_bodies,
    test_render_docs,
    test_render_models,
    test_render_names,
    test_render_nulls,
    test_render_requests,
    test_render_responses,
    test_render_unions,
)
from tests.type_hints import public_classes, public_modules, unreadable

pytestmark = pytest.mark.slow

CALLS = """
from __future__ import annotations

import datetime
from typing import Literal, TypeVar, Unpack, assert_type

import {responses}
import {bodies}
from {responses} import AsyncClient, Client, models, types
from {responses}.api.several.get import GetOptions
from {bodies}.api.spread.send import SendOptions
from {models}.models import Everything, Part, Kind
from {unions}.models import Asset, Holder
from {requests}.api.query12.send import build_request
from {nulls} import NULL
from {nulls}.api.tickets.edit import EditOptions
from {nulls}.models import Edit

T = TypeVar("T")


class Blocking(Client):
    def call(self, operation: types.Operation[T], request: object, *, timeout: object = None, headers: object = None) -> T:
        raise NotImplementedError


class Awaited(AsyncClient):
    async def call(self, operation: types.Operation[T], request: object, *, timeout: object = None, headers: object = None) -> T:
        raise NotImplementedError


def blocking(client: Client, sender: {bodies}.Client) -> None:
    assert_type(client.thing.get(), models.A)
    assert_type(client.array.get(timeout=1, headers={{"a": "b"}}), list[models.A])
    assert_type(client.scalar.get(), int)
    assert_type(client.mapping.get(), dict[str, int])
    assert_type(client.anything.get(), types.JSON)
    assert_type(client.text.get(), str)
    assert_type(client.binary.get(), bytes)
    assert_type(client.several.get(), models.A | models.B | str | None)
    assert_type(client.moved.get(), types.Redirect)
    assert_type(client.union.get(), int | models.A | str)
    assert_type(client.moved_or_here.get(), models.A | types.Redirect)
    assert_type(client.maybe.get(), models.A | None)
    client.nothing.delete()
    sender.spread.send("7", id_code="c", notes="n", person={{"first-name": "x"}}, tags=("a",))
    sender.array.send(body=[{{}}, {bodies}.models.Person(first_name="x")])
    sender.spread.send(7, id_code="c", notes="n")  # type: ignore[arg-type]
    sender.spread.send("7", id_code="c")  # type: ignore[call-arg]
    sender.optional.send(tags=[1])  # type: ignore[list-item]


async def awaited(client: AsyncClient) -> None:
    assert_type(await client.thing.get(), models.A)
    assert_type(await client.several.get(), models.A | models.B | str | None)
    assert_type(await client.maybe.get(), models.A | None)
    await client.nothing.delete()


def spread(sender: {bodies}.Client, **options: Unpack[SendOptions]) -> None:
    sender.spread.send("7", **options)


def options(client: Client, **options: Unpack[GetOptions]) -> None:
    client.several.get(**options)


def use() -> None:
    spread({bodies}_client(), id_code="c", notes="n", timeout=2)
    spread({bodies}_client(), id_code="c")  # type: ignore[call-arg]


def {bodies}_client() -> {bodies}.Client:
    raise NotImplementedError


def fields(made: Everything, holder: Holder) -> None:
    assert_type(made.id, str)
    if not made.id:  # which no checker takes for unreachable
        raise ValueError
    assert_type(made.made, datetime.datetime | None)
    assert_type(made.kind, Kind | None)
    assert_type(made.grid, list[list[int]] | None)
    assert_type(made.parts, list[Part | None] | None)
    assert_type(made.by_name, dict[str, Part] | None)
    assert_type(made.table, dict[str, list[Part]] | None)
    assert_type(made.either, int | str | None)
    assert_type(holder.wide, Asset | list[Asset] | str | None)
    kind: Literal["x"] = "x"
    Everything(kind=kind, level=9)
    Everything("1")  # type: ignore[call-arg]
    build_request(p=datetime.date(2026, 1, 2))
    edit: EditOptions = {{"owner": NULL, "links": {{"a": NULL}}}}
    edit = {{"owner": NULL, "title": NULL}}  # type: ignore[typeddict-item]
    Edit(owner=NULL, links={{"a": "b"}})
    Edit(owner="x", title=NULL)  # type: ignore[arg-type]
"""  # noqa: E501 - a signature of each kind


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    """All specs of the tests of rendering, in one folder."""
    folder = tmp_path_factory.mktemp("packages")
    specs = {
        "responses": test_render_responses.SPEC,
        "bodies": test_render_bodies.SPEC,
        "docs": test_render_docs.SPEC,
        "models": test_render_models.SPEC,
        "names": test_render_names.spec(),
        "nulls": test_render_nulls.SPEC,
        "requests": test_render_requests.spec(),
        "unions": test_render_unions.SPEC,
    }
    return {name: rendered(text, folder) for name, text in specs.items()}


def run(tool: str, *arguments: str, folder: Path) -> None:
    command = [sys.executable, "-m", tool, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_generated_code_and_its_callers_pass_a_strict_type_check(
    packages: dict[str, Package],
) -> None:
    folder = packages["responses"].folder.parent
    names = {key: package.name for key, package in packages.items()}
    (folder / "calls.py").write_text(dedent(CALLS).format(**names), "utf-8")
    options = ("--strict", "--warn-unreachable", "--python-version", "3.11", "--config-file=")
    run("mypy", *options, "calls.py", *names.values(), folder=folder)


def test_generated_code_is_formatted_and_has_no_unused_imports(
    packages: dict[str, Package],
) -> None:
    folder = packages["responses"].folder.parent
    names = [package.name for package in packages.values()]
    options = ("--isolated", "--no-cache", "--target-version", "py311")
    run("ruff", "check", *options, "--select", "F,E9,PLE,RUF100,I", *names, folder=folder)
    width = ("--line-length", "100", "--config", "format.skip-magic-trailing-comma = true")
    run("ruff", "format", "--check", *options, *width, *names, folder=folder)


def signatures(package: Package) -> Iterator[ast.AST]:
    """Every annotation outside of private modules."""
    for path in sorted(package.folder.rglob("*.py")):
        if path.name.startswith("_") and path.name != "__init__.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
                yield node.annotation
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.returns is not None
                yield node.returns


def test_annotations_can_be_read_while_a_program_runs(packages: dict[str, Package]) -> None:
    for package in packages.values():
        modules = public_modules(package.module())
        assert unreadable(set().union(*map(public_classes, modules))) == {}


def test_no_signature_says_any(packages: dict[str, Package]) -> None:
    for package in packages.values():
        for annotation in signatures(package):
            assert "typing.Any" not in ast.unparse(annotation)


def test_blocking_and_asynchronous_methods_take_the_same(packages: dict[str, Package]) -> None:
    for package in packages.values():
        for path in sorted(package.folder.glob("api/*/__init__.py")):
            classes = [
                {
                    item.name: ast.unparse(item.args)
                    for item in node.body
                    if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
                    and item.name != "__init__"
                }
                for node in ast.parse(path.read_text("utf-8")).body
                if isinstance(node, ast.ClassDef)
            ]
            assert len(classes) == 2
            assert classes[0] == classes[1]
