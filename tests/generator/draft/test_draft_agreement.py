"""Documents that contradict each other: which one is right, by a guess, and how others agree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from corpora import family, operations_of, write
from corpora_forms import OPERATIONS
from drafting import cured, folder, openapi, operation, parameter, swagger

from generator import draft as drafting
from generator.document import plain
from generator.draft import Drafted, draft
from generator.pipeline import build_spec
from generator.yaml_output import to_yaml
from tests.generator.test_collections import CONTRADICTIONS, forms, found

pytestmark = pytest.mark.slow

OK = "responses: {204: {description: OK}}"


def typed(kind: str, extra: str = "") -> str:
    listed = f"[{{in: query, name: x, type: {kind}}}{extra}]"
    return swagger(f"/v3/things: {{get: {{operationId: A, parameters: {listed}, {OK}}}}}")


def kind_of(specs: Path) -> object:
    found = parameter(cured(specs), "x")
    assert isinstance(found, dict)
    return found["schema"]["type"]


class TestWhoIsRight:
    def test_the_merged_spec_wins_over_a_newcomer(self, tmp_path: Path) -> None:
        specs = folder(tmp_path, b=typed("integer"))
        (specs / "openapi.yaml").write_text(to_yaml(build_spec(specs).spec))
        folder(specs, a=typed("string"))
        assert "as in the previous merged spec" in draft(specs).guesses[0].reason
        assert kind_of(specs) == "integer"

    def test_so_does_the_document_that_an_amended_merged_spec_comes_from(
        self, tmp_path: Path
    ) -> None:
        specs = folder(tmp_path, b=typed("integer"))
        (specs / "released.yaml").write_text(
            "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/v3/things: {get:"
            " {x-resource: things, x-method: a, parameters: [], x-source: {document: b.yaml}}}}\n"
        )
        folder(specs, a=typed("string"))
        assert kind_of(specs) == "integer"

    def test_the_newer_form_wins_over_the_older(self, tmp_path: Path) -> None:
        new = openapi(
            "/v3/things: {get: {operationId: A, parameters: [{in: query, name: x,"
            " schema: {type: integer}}], responses: {'200': {description: OK}}}}"
        )
        specs = folder(tmp_path, a=typed("string"), b=typed("string"), c=new)
        assert kind_of(specs) == "integer"

    def test_most_documents_win_and_then_the_first_name(self, tmp_path: Path) -> None:
        most = folder(tmp_path / "most", a=typed("string"), b=typed("integer"), c=typed("integer"))
        assert kind_of(most) == "integer"
        equal = folder(tmp_path / "equal", a=typed("string"), b=typed("integer"))
        assert kind_of(equal) == "string"

    def test_what_says_something_wins_over_what_does_not(self, tmp_path: Path) -> None:
        more = ", {in: query, name: y, type: string}"
        documents = {"a": typed("string"), "b": typed("string"), "c": typed("string", more)}
        spec = cured(folder(tmp_path, **documents))
        assert parameter(spec, "y") == {"in": "query", "name": "y", "schema": {"type": "string"}}

    @pytest.mark.parametrize("order", [1, -1])
    def test_a_type_and_a_choice_of_types_are_not_mixed(self, tmp_path: Path, order: int) -> None:
        choice = {"anyOf": [{"type": "string"}, {"type": "boolean"}]}
        schemas = [{"type": "integer"}, choice][::order]
        texts = [
            openapi(f"/v3/things: {{get: {{parameters: [{listed}], {OK}}}}}")
            for schema in schemas
            for listed in [json.dumps({"name": "x", "in": "query", "schema": schema})]
        ]
        found = parameter(cured(folder(tmp_path, a=texts[0], b=texts[1])), "x")
        assert isinstance(found, dict)
        assert found["schema"] == schemas[0]

    def test_the_host_of_most_documents_is_that_of_all(self, tmp_path: Path) -> None:
        text = typed("string")
        odd = text.replace("api.example.com", "other.example.com")
        spec = cured(folder(tmp_path, a=odd, b=text, c=text))
        assert plain(spec.seq("servers")) == [{"url": "https://api.example.com"}]


class TestIdentities:
    def test_templates_keep_the_names_that_callers_know(self, tmp_path: Path) -> None:
        def text(name: str) -> str:
            listed = f"[{{in: path, name: {name}, required: true, type: string}}]"
            path = f"/v3/things/{{{name}}}"
            return swagger(f"{path}: {{get: {{operationId: A, parameters: {listed}, {OK}}}}}")

        specs = folder(tmp_path, b=text("thing_id"))
        (specs / "openapi.yaml").write_text(to_yaml(build_spec(specs).spec))
        folder(specs, a=text("id"), c=text("other"))
        assert list(cured(specs).map("paths")) == ["/v3/things/{thing_id}"]

    def test_an_id_that_two_documents_give_to_different_operations(self, tmp_path: Path) -> None:
        one = swagger(f"/v3/boards: {{get: {{operationId: Boards_Do, {OK}}}}}")
        two = swagger(f"/v3/boards: {{post: {{operationId: Boards_Do, {OK}}}}}")
        spec = cured(folder(tmp_path, a=one, b=two))
        ids = [operation(spec, each, "/v3/boards").text("operationId") for each in ("get", "post")]
        assert ids == ["Boards_Do", "Boards_CreateBoard"]


class TestCollections:
    @pytest.mark.parametrize("case", CONTRADICTIONS)
    def test_forms_that_contradict_each_other_are_made_to_agree(
        self, tmp_path: Path, case: str
    ) -> None:
        sources = forms()
        name, change = CONTRADICTIONS[case]
        change(sources[name])
        specs = write(tmp_path, sources)
        guessed = draft(specs).guesses
        contradicting = [each for each in guessed if "['200']" not in each.target]
        assert contradicting
        assert all(guess.overlay.endswith(".source.yaml") for guess in contradicting)
        cured(specs)
        assert found(build_spec(specs)) == {(made.verb, made.path) for made in OPERATIONS}

    def test_documents_that_agree_need_no_guess(self, tmp_path: Path) -> None:
        assert draft(write(tmp_path, family(files=20, operations=20))) == Drafted()

    def test_one_of_sixty_that_contradicts_the_others_is_made_to_agree(
        self, tmp_path: Path
    ) -> None:
        sources = family()
        data = sources["boards-01.yaml"]
        definitions = data["definitions"]
        assert isinstance(definitions, dict)
        definitions["Place"]["properties"]["field_0"] = {"type": "array", "items": {}}
        specs = write(tmp_path, sources)
        drafted = draft(specs)
        assert set(drafted.files) == {"draft-boards-01.source.yaml"}
        drafting.write(specs, drafted)
        assert found(build_spec(specs)) == operations_of(sources.values())
