"""What a generated package consists of and what importing it costs."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rendering import HEAD, Package, rendered
from support import nodes

from generator import names
from generator.findings import GeneratorError
from generator.render import TEMPLATES, render
from tests.generator.render import test_render_responses


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return rendered(test_render_responses.SPEC, tmp_path_factory.mktemp("package"))


def loaded(package: Package, program: str) -> set[str]:
    """The modules that a program loads, run by an interpreter of its own."""
    program = f"import sys\nbefore = set(sys.modules)\n{program.format(name=package.name)}"
    program += "\nprint(*set(sys.modules) - before)"
    command = [sys.executable, "-S", "-c", program]
    folder = package.folder.parent
    return set(subprocess.check_output(command, cwd=folder, text=True).split())


CLIENT = """
from {name} import Client
class Mine(Client):
    def call(self, operation, request, *, timeout=None, headers=None):
        return operation, request
client = Mine()
"""
HEAVY = {"dataclasses", "asyncio", "httpx", "json", "logging", "inspect", "datetime", "urllib"}


def test_importing_and_making_a_client_loads_next_to_nothing(package: Package) -> None:
    modules = loaded(package, CLIENT)
    assert {name for name in modules if name.startswith(package.name)} == {
        package.name,
        f"{package.name}.api",
        f"{package.name}.client",
        f"{package.name}.types",
    }
    assert not modules & HEAVY


def test_a_call_loads_its_own_operation_and_no_models(package: Package) -> None:
    modules = loaded(package, CLIENT + "client.thing.get()\n")
    own = {name.removeprefix(f"{package.name}.") for name in modules if package.name in name}
    assert own >= {"api.thing", "api.thing.get", "types", "_encoding", "_decoding"}
    assert {name for name in own if name.startswith("api.")} == {"api.thing", "api.thing.get"}
    assert not {name for name in own if name.startswith("models.")}
    assert not modules & {"dataclasses", "asyncio", "inspect"}


def test_resources_are_made_once(package: Package) -> None:
    modules = loaded(package, CLIENT + "assert client.thing is client.thing\n")
    assert f"{package.name}.api.thing" in modules


def test_a_client_needs_a_call_of_its_own(package: Package) -> None:
    for name in ("Client", "AsyncClient"):
        with pytest.raises(TypeError, match="abstract"):
            getattr(package.module(), name)()


def test_what_is_exported_can_be_listed_and_nothing_else_is_there(package: Package) -> None:
    module = package.module()
    assert module.__all__ == [
        *("NULL", "AsyncClient", "Client", "api", "errors", "models", "types"),
    ]
    for name in module.__all__:
        assert name in dir(module)
        assert getattr(module, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        module.nothing  # noqa: B018


def test_only_the_standard_library_is_imported(package: Package) -> None:
    for path in package.folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                roots = {alias.name.split(".")[0] for alias in node.names}
                assert roots <= sys.stdlib_module_names
            elif isinstance(node, ast.ImportFrom) and not node.level:
                assert str(node.module).split(".")[0] in sys.stdlib_module_names


def test_the_package_is_typed_and_ships_its_spec(package: Package) -> None:
    assert (package.folder / "py.typed").read_text("utf-8") == ""
    assert json.loads((package.folder / "openapi.json").read_text("utf-8")) == package.spec
    suffixes = {path.suffix for path in package.folder.rglob("*") if path.is_file()}
    assert suffixes - {".pyc"} == {".py", ".typed", ".json"}


def test_each_operation_has_a_module(package: Package) -> None:
    modules = {path.parent.name for path in package.folder.glob("api/*/*.py")}
    assert len(modules) == len(package.spec.map("paths"))
    operation = package.module("api.thing.get")
    assert {"build_request", "parse_response", "OPERATION", "GetOptions"} <= set(dir(operation))


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    contents = []
    for folder in (tmp_path / "a", tmp_path / "b" / "c"):
        spec = nodes(test_render_responses.SPEC)
        names.assign(spec)
        count = render(spec, "same_name", folder)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        assert count == len(files)
        contents.append([(path.relative_to(folder), path.read_bytes()) for path in files])
    assert contents[0] == contents[1]


ONE = HEAD + "paths: {/things: {get: {operationId: get, responses: {'200': {description: OK}}}}}\n"


def test_a_spec_without_models_is_rendered(tmp_path: Path) -> None:
    package = rendered(ONE, tmp_path)
    assert package.module("models").__all__ == []
    assert package.parsed("things.get") is None


def test_operations_inherit_the_security_of_the_spec(tmp_path: Path) -> None:
    text = ONE + "security: [{key: [], token: []}, {}]\n"
    text += "components: {securitySchemes: {key: {type: apiKey, in: header, name: K}, "
    text += "token: {type: http, scheme: bearer}}}\n"
    package = rendered(text, tmp_path)
    operation = package.module("api.things.get").OPERATION
    assert operation.security == ({"key": "apiKey", "token": "http"}, {})


@pytest.mark.parametrize("written", ["def broken(:", "def twice(a, a): ...", "break", "missing()"])
def test_templates_that_write_invalid_python_are_refused(tmp_path: Path, written: str) -> None:
    spec = nodes(ONE)
    names.assign(spec)
    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates)
    (templates / "endpoint_module.py.jinja").write_text(f"{written}\n", "utf-8")
    with pytest.raises(GeneratorError, match="not valid Python"):
        render(spec, "broken", tmp_path / "broken", templates)
