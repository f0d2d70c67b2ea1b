"""Whole collections of documents: families, many forms of one API, large and modern ones."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from corpora import Data, family, many, operations_of, write
from corpora_forms import OPERATIONS, form
from corpora_modern import modern

from generator.commands import Target, build
from generator.document import operations, plain
from generator.findings import Finding, GeneratorError
from generator.pipeline import Built, build_spec

pytestmark = pytest.mark.slow


def found(built: Built) -> set[tuple[str, str]]:
    return {(method, path) for path, method, _ in operations(built.spec)}


def modules(package: Path) -> int:
    return sum(path.name != "__init__.py" for path in package.glob("api/*/*.py"))


def said(node: object) -> object:
    """What a spec says, in whatever white space, order and from whatever source."""
    if isinstance(node, dict):
        return {key: said(value) for key, value in node.items() if not key.startswith("x-")}
    if isinstance(node, list):
        items = [said(item) for item in node]
        return sorted(items, key=str)
    return " ".join(node.lower().split()) if isinstance(node, str) else node


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """What becomes of sixty files that repeat each other."""
    return build_spec(write(tmp_path_factory.mktemp("sixty"), family()))


class TestFamilies:
    def test_sixty_files_that_repeat_each_other_become_one_set(self, sixty: Built) -> None:
        sources = family()
        assert len(operations_of(sources.values())) == 60
        assert found(sixty) == operations_of(sources.values())
        repeated = sum(len(operations_of([data])) for data in sources.values()) - 60
        assert repeated > 500
        noted = [
            operation.map("x-source").get("repeats") for _, _, operation in operations(sixty.spec)
        ]
        assert sum(number for number in noted if isinstance(number, int)) == repeated

    def test_every_warning_about_a_family_is_told_once(self, sixty: Built) -> None:
        warnings = list(map(str, sixty.warnings))
        assert len(set(warnings)) == len(warnings)

    def test_what_the_files_are_called_makes_no_difference(self, tmp_path: Path) -> None:
        sources = family(files=20, operations=20)
        names = [name for name in sources if name.endswith(".yaml")]
        shuffled = random.Random(3).sample(names, k=len(names))
        renamed = {new: sources[old] for new, old in zip(names, shuffled, strict=True)}
        settings = 'title = "T"\ndescription = "D"\nversion = "1"\n'
        specs = []
        for index, each in enumerate([{name: sources[name] for name in names}, renamed]):
            folder = write(tmp_path / str(index), each)
            (folder / "generator.toml").write_text(settings)
            specs.append(said(plain(build_spec(folder).spec)))
        assert specs[0] == specs[1]

    def test_four_hundred_operations_in_a_hundred_documents_are_all_there(
        self, tmp_path: Path
    ) -> None:
        built, out = build(Target(write(tmp_path / "api", many()), tmp_path / "package"))
        assert built.operations == 400
        assert modules(out) == 400


class TestModernApis:
    def test_every_operation_is_rendered_and_strictly_typed(self, tmp_path: Path) -> None:
        document = modern()
        built, out = build(Target(write(tmp_path / "api", {"v3.json": document}), tmp_path / "new"))
        wanted = operations_of([document])
        assert len(wanted) == 70
        assert found(built) == wanted
        assert modules(out) == 70
        command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "new"]
        env = {**os.environ, "MYPY_CACHE_DIR": str(tmp_path / "cache")}
        done = subprocess.run(
            command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


FORMS = {"a.yaml": "2.0", "b.json": "3.0", "c.yaml": "3.1"}


def forms() -> dict[str, Data]:
    return {name: deepcopy(form(version)) for name, version in FORMS.items()}


class TestForms:
    @pytest.mark.parametrize("order", [("a", "b", "c"), ("c", "a", "b"), ("b", "c", "a")])
    def test_descriptions_in_all_versions_of_one_api_merge(
        self, tmp_path: Path, order: tuple[str, ...]
    ) -> None:
        ranks = {
            f"{letter}.yaml": form(version)
            for letter, version in zip(order, FORMS.values(), strict=True)
        }
        built = build_spec(write(tmp_path, ranks))
        assert found(built) == {(made.verb, made.path) for made in OPERATIONS}
        assert {
            operation.map("x-source").get("repeats") for _, _, operation in operations(built.spec)
        } == {2}

    def test_one_version_alone_says_as_much_as_all_together(self, tmp_path: Path) -> None:
        whole = said(plain(build_spec(write(tmp_path / "all", forms())).spec.map("paths")))
        for name, data in forms().items():
            alone = build_spec(write(tmp_path / name, {name: data}))
            for path, method, operation in operations(alone.spec):
                told = _at(_at(whole, path), method)
                mine = said(plain(operation))
                assert isinstance(told, dict)
                assert isinstance(mine, dict)
                assert {**told, "summary": ""} == {**mine, "summary": ""}, (name, path, method)


def _at(data: object, *keys: str) -> object:
    for key in keys:
        assert isinstance(data, dict)
        data = data[key]
    return data


def _set(*keys: str, value: object) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        holder = _at(data, *keys[:-1])
        assert isinstance(holder, dict)
        holder[keys[-1]] = value

    return change


_THING = ("components", "schemas", "Thing", "properties")
_PUT = ("paths", "/v3/things/{id}", "put")
CONTRADICTIONS = {
    "another type of a property": ("b.json", _set(*_THING, "title", value={"type": "integer"})),
    "other values of an enumeration": ("c.yaml", _set(*_THING, "sort", "enum", value=["best"])),
    "another bound": ("c.yaml", _set(*_THING, "size", "exclusiveMinimum", value=5)),
    "another format": ("b.json", _set(*_THING, "seen", "format", value="date")),
    "a property the others lack": ("b.json", _set(*_THING, "new", value={"type": "string"})),
    "another operation id": ("b.json", _set(*_PUT, "operationId", value="Things_Other")),
    "another security": ("c.yaml", _set(*_PUT, "security", value=[])),
    "another status": (
        "a.yaml",
        _set("paths", "/boards", "get", "responses", value={201: {"description": "OK"}}),
    ),
    "a type of a parameter": (
        "a.yaml",
        _set(
            "paths",
            "/boards",
            "get",
            "parameters",
            value=[{"in": "query", "name": "since", "type": "integer"}],
        ),
    ),
    "a parameter the others lack": (
        "c.yaml",
        _set(
            "paths",
            "/v3/boards",
            "get",
            "parameters",
            value=[
                {"in": "query", "name": "since", "schema": {"type": "string"}},
                {"in": "query", "name": "until", "schema": {"type": "string"}},
            ],
        ),
    ),
    "another media type": (
        "b.json",
        _set(*_PUT, "requestBody", "content", value={"text/json": {"schema": {"type": "object"}}}),
    ),
    "no parameter": ("a.yaml", _set("paths", "/search", "get", "parameters", value=[])),
}


class TestContradictions:
    @pytest.mark.parametrize("case", CONTRADICTIONS)
    def test_both_places_are_named_and_the_proposed_overlay_cures_it(
        self, tmp_path: Path, case: str
    ) -> None:
        sources = forms()
        name, change = CONTRADICTIONS[case]
        change(sources[name])
        specs = write(tmp_path, sources)
        findings = refused(specs)
        text = "\n".join(map(str, findings))
        assert f"{name}:" in text
        assert any(f"{other}:" in text for other in sources if other != name)
        for _ in range(3):
            cure(specs, findings)
            try:
                built = build_spec(specs)
            except GeneratorError as error:
                findings = error.findings
            else:
                break
        assert found(built) == {(made.verb, made.path) for made in OPERATIONS}

    def test_all_contradictions_are_told_at_once(self, tmp_path: Path) -> None:
        sources = forms()
        cases = ["another type of a property", "another operation id", "another media type"]
        for case in cases:
            name, change = CONTRADICTIONS[case]
            change(sources[name])
        assert len(refused(write(tmp_path, sources))) >= len(cases)


def refused(specs: Path) -> list[Finding]:
    with pytest.raises(GeneratorError) as caught:
        build_spec(specs)
    return caught.value.findings


def cure(specs: Path, findings: list[Finding]) -> None:
    """Write the overlays that findings propose to where they tell to put them."""
    folder = specs / "overlays"
    folder.mkdir(exist_ok=True)
    before = len(list(folder.iterdir()))
    proposed = [str(each.values["overlays"]) for each in findings if each.advice == "cure-here"]
    assert proposed
    for index, text in enumerate(proposed):
        (folder / f"{before + index:03}.yaml").write_text(text, "utf-8")
