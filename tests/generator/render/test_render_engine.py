"""openapi-python-client writes the package: what it contributes, and what is left without it."""

from __future__ import annotations

import keyword
from pathlib import Path

import pytest
from openapi_python_client import Project
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import AnyProperty, LiteralEnumProperty, ModelProperty
from openapi_python_client.strings import RESERVED_WORDS, PythonIdentifier
from rendering import HEAD
from support import nodes

from generator import names
from generator.client import Client, read_client
from generator.document import Map
from generator.render import TEMPLATES
from generator.render.opc import write_package

SPEC = HEAD + (
    "paths:\n"
    "  /things:\n"
    "    post:\n"
    "      operationId: add\n"
    "      requestBody: {content: {application/json: {schema: {type: array,"
    " items: {$ref: '#/components/schemas/Thing'}}}}}\n"
    "      responses: {'200': {description: OK}}\n"
    "components:\n"
    "  schemas:\n"
    "    Thing: {type: object, properties: {name: {type: string}}}\n"
    "    Kind: {type: string, enum: [box]}\n"
)
STEPS = ("_create_package", "_build_models", "_build_api")


def client_of(text: str) -> Client:
    spec = nodes(text)
    names.assign(spec)
    return read_client(spec)


def written(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_without_its_project_only_copied_files_are_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_package(client_of(SPEC), TEMPLATES, "whole", tmp_path / "whole")
    for step in STEPS:
        monkeypatch.setattr(Project, step, lambda _: None)
    with pytest.raises(FileNotFoundError):
        write_package(client_of(SPEC), TEMPLATES, "rest", tmp_path / "rest")
    left = written(tmp_path / "rest")
    print(f"left: {sorted(left)} of {sorted(written(tmp_path / 'whole'))}")
    assert left == {
        "_bodies.py",
        "_decoding.py",
        "_encoding.py",
        "openapi.json",
        "py.typed",
        "types.py",
    }


@pytest.mark.parametrize("kind", [Endpoint, AnyProperty, ModelProperty, LiteralEnumProperty])
def test_without_one_of_its_classes_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise LookupError

    for each in (kind, *kind.__subclasses__()):
        if "__init__" in vars(each):
            monkeypatch.setattr(each, "__init__", refuse)
    with pytest.raises(LookupError):
        write_package(client_of(SPEC), TEMPLATES, "package", tmp_path / "package")
    assert not (tmp_path / "package").exists()


WORDS = sorted(
    {*names.METHODS, *names.RESOURCES, *names.ARGUMENTS, *names.FIELDS, *RESERVED_WORDS}
    | {*keyword.kwlist, *keyword.softkwlist, "annotations", "a__b", "a_", "größe", "क्षेत्र"}
)


def _named(kind: str) -> Map:
    """A spec in which operations, resources or classes are called by all of the words."""
    paths, schemas = [], []
    for number, word in enumerate(WORDS):
        own = {"x-resource": f"'{word}'"} if kind == "resource" else {"x-resource": "things"}
        own["x-method"] = f"'{word}'" if kind == "method" else "get"
        text = ", ".join(f"{key}: {value}" for key, value in own.items())
        paths.append(
            f"  /p{number}: {{get: {{{text}, responses: {{'200': {{description: OK}}}}}}}}"
        )
        schemas.append(f"    '{word}': {{type: object, properties: {{a: {{type: string}}}}}}")
    shown = paths if kind != "class" else paths[:1]
    classes = ["components:", "  schemas:", *schemas] if kind == "class" else []
    return nodes("\n".join([HEAD + "paths:", *shown, *classes]) + "\n")


@pytest.mark.parametrize("kind", ["method", "resource", "class"])
def test_names_of_any_word_are_those_of_the_client_model(tmp_path: Path, kind: str) -> None:
    client = read_client(_named(kind))
    write_package(client, TEMPLATES, "package", tmp_path / "package")
    modules = {f"api/{item.resource}/{item.module}.py" for item in client.operations}
    modules |= {f"models/{model.module}.py" for model in client.models.values()}
    files = {
        name for name in written(tmp_path / "package") if name.count("/") == 2 or "models/" in name
    }
    assert {name for name in files if not name.endswith("__init__.py")} == modules
    assert len(modules) >= len(WORDS)


def test_openapi_python_client_would_change_some_of_these_names() -> None:
    modules = {names.module_name(names.snake_case(word, names.METHODS)) for word in WORDS}
    changed = {name for name in modules if PythonIdentifier(name, "field_") != name}
    assert {"annotations_", "collections_", "क्षेत्र"} <= changed
