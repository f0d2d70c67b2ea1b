"""Types are shown as the generated client writes them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from calling import parsed
from comparing import shop

from generator.client import Client, Operation, read_client
from generator.document import Map
from generator.pipeline import build_spec
from generator.render import TEMPLATES
from generator.render.opc import write_package

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[3]
_ODD = (
    ("{name: page, in", "{name: odd, in: query, schema: {}}\n      - {name: page, in"),
    ("made: {type: string, format: date}", "made: {type: string, format: binary}"),
    ("labels: {type: object, additionalProperties: {type: string}}", "labels: {type: object}"),
    ("next: {type: [string, 'null']}", "next: {}"),
    (
        "width: {type: integer}",
        "width: {anyOf: [{type: string}, {type: integer}, {type: string, format: date}]}",
    ),
    ("Kind: {type: string, enum: [box, ball]}", "Kind: {type: integer, enum: [1, 2]}"),
)


@pytest.fixture(scope="module", params=["own", "shop", "odd"])
def rendered(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Client, Path]:
    specs = {"shop": shop(), "odd": shop(*_ODD)}
    spec: Map = specs.get(request.param) or build_spec(PROJECT / "specs").spec
    folder = tmp_path_factory.mktemp("rendered") / "package"
    client = read_client(spec)
    write_package(client, TEMPLATES, "package", folder)
    return client, folder


def _normal(annotation: str) -> str:
    return ast.unparse(ast.parse(annotation, mode="eval"))


def _classes(path: Path) -> Iterator[ast.ClassDef]:
    yield from (node for node in parsed(path).body if isinstance(node, ast.ClassDef))


def _method(folder: Path, operation: Operation) -> ast.FunctionDef:
    path = folder / "api" / operation.resource / "__init__.py"
    methods = (node for node in next(_classes(path)).body if isinstance(node, ast.FunctionDef))
    return next(node for node in methods if node.name == operation.method)


def test_arguments_are_shown_as_they_are_written(rendered: tuple[Client, Path]) -> None:
    client, folder = rendered
    seen = 0
    for operation in client.operations:
        arguments = _method(folder, operation).args
        written = {
            item.arg: ast.unparse(item.annotation)
            for item in (*arguments.args, *arguments.kwonlyargs)
            if item.annotation
        }
        for given in operation.arguments:
            assert _normal(given.annotation) == written[given.name]
            seen += 1
    assert seen > 10


def test_responses_are_shown_as_they_are_written(rendered: tuple[Client, Path]) -> None:
    client, folder = rendered
    for operation in client.operations:
        returns = _method(folder, operation).returns
        assert returns is not None
        assert _normal(operation.annotation) == ast.unparse(returns)


def test_fields_are_shown_as_they_are_written(rendered: tuple[Client, Path]) -> None:
    client, folder = rendered
    for model in client.models.values():
        if model.values:
            continue
        (written,) = _classes(folder / "models" / f"{model.module}.py")
        fields = {
            ast.unparse(item.target): ast.unparse(item.annotation)
            for item in written.body
            if isinstance(item, ast.AnnAssign)
        }
        for item in model.fields:
            assert _normal(item.annotation) == fields[item.name]


def test_what_is_written_alike_is_the_same_type(rendered: tuple[Client, Path]) -> None:
    client, _ = rendered
    types: dict[str, set[object]] = {}
    for operation in client.operations:
        for given in operation.arguments:
            types.setdefault(given.type.given, set()).add(given.type)
    assert all(len(found) == 1 for found in types.values())
