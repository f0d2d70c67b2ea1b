"""Types are shown as the generated client writes them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from comparing import shop

from generator.diff.surface import Operation, Surface
from generator.document import Map
from generator.pipeline import build_spec
from generator.render import TEMPLATES
from generator.render.opc import write_package
from generator.render.operations import lower

PROJECT = Path(__file__).parents[2]
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
) -> tuple[Surface, Path]:
    specs = {"shop": shop(), "odd": shop(*_ODD)}
    spec: Map = specs.get(request.param) or build_spec(PROJECT / "specs").spec
    folder = tmp_path_factory.mktemp("rendered") / "package"
    document, views = lower(spec)
    write_package(spec, document, views, TEMPLATES, "package", folder)
    return Surface(spec), folder


def _normal(annotation: str) -> str:
    return ast.unparse(ast.parse(annotation, mode="eval"))


def _classes(path: Path) -> Iterator[ast.ClassDef]:
    yield from (
        node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.ClassDef)
    )


def _method(folder: Path, operation: Operation) -> ast.FunctionDef:
    path = folder / "api" / operation.view.resource / "__init__.py"
    methods = (node for node in next(_classes(path)).body if isinstance(node, ast.FunctionDef))
    return next(node for node in methods if node.name == operation.view.method)


def test_arguments_are_shown_as_they_are_written(rendered: tuple[Surface, Path]) -> None:
    surface, folder = rendered
    seen = 0
    for operation in surface.operations.values():
        arguments = _method(folder, operation).args
        written = {
            item.arg: ast.unparse(item.annotation)
            for item in (*arguments.args, *arguments.kwonlyargs)
            if item.annotation
        }
        for given in operation.arguments:
            text = given.text if given.view.required else f"{given.text} | None"
            assert _normal(text) == written[given.view.name]
            seen += 1
    assert seen > 10


def test_answers_are_shown_as_they_are_written(rendered: tuple[Surface, Path]) -> None:
    surface, folder = rendered
    for operation in surface.operations.values():
        returns = _method(folder, operation).returns
        assert returns is not None
        assert _normal(operation.returned_text) == ast.unparse(returns)


def test_fields_are_shown_as_they_are_written(rendered: tuple[Surface, Path]) -> None:
    surface, folder = rendered
    for key, model in surface.models.items():
        if model.mapping or model.values:
            continue
        (written,) = _classes(folder / "models" / f"{model.module}.py")
        fields = {
            ast.unparse(item.target): ast.unparse(item.annotation)
            for item in written.body
            if isinstance(item, ast.AnnAssign)
        }
        for item in model.fields:
            text = surface.annotations.field(surface.shapes.lowered_field(key, item.key))
            assert _normal(text) == fields[item.name]


def test_what_is_called_alike_is_of_the_same_shape(rendered: tuple[Surface, Path]) -> None:
    surface, _ = rendered
    shapes: dict[str, set[object]] = {}
    for operation in surface.operations.values():
        for given in operation.arguments:
            shapes.setdefault(given.text, set()).add(given.shape)
    assert all(len(found) == 1 for found in shapes.values())
