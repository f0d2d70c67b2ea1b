"""Drafting: for everything that validation refuses and an overlay can cure, a best guess."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafting import at, cured, folder, openapi, operation, parameter, swagger

from generator.document import operations, plain
from generator.draft import draft

OK = "responses: {204: {description: OK}}"
PAGE = "in: query, name: page"
ID = "in: path, name: id"
HOLDER = "schema: {$ref: '#/definitions/holder'}"
TEXT = {"type": "string"}


class TestParameters:
    def test_an_untyped_parameter_is_typed_as_it_is_elsewhere(self, tmp_path: Path) -> None:
        text = f"""
        /v3/a: {{get: {{operationId: A, parameters: [{{{PAGE}, type: number}}], {OK}}}}}
        /v3/b: {{get: {{operationId: B, parameters: [{{{PAGE}, type: number}}], {OK}}}}}
        /v3/c: {{get: {{operationId: C, parameters: [{{{PAGE}, type: string}}], {OK}}}}}
        /v3/things: {{get: {{operationId: D, parameters: [{{{PAGE}}}], {OK}}}}}
        """
        specs = folder(tmp_path, a=swagger(text))
        (guess,) = draft(specs).guesses
        assert (
            "it has this type in GET /v3/a and 1 more place, though not in 1 other" in guess.reason
        )
        found = parameter(cured(specs), "page")
        assert found == {"in": "query", "name": "page", "schema": {"type": "number"}}

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("default: 5", {"type": "integer", "default": 5}),
            ("default: true", {"type": "boolean", "default": True}),
            ("x-example: 1.5", {"type": "number"}),
            ("description: Whether to look", {"type": "boolean"}),
            ("description: Anything", TEXT),
        ],
    )
    def test_its_own_default_example_and_description_tell_a_type(
        self, tmp_path: Path, written: str, expected: object
    ) -> None:
        text = f"""
        /v3/things:
          get:
            operationId: A
            parameters: [{{in: query, name: x, {written}}}]
            {OK}
        """
        spec = cured(folder(tmp_path, a=swagger(text)))
        found = parameter(spec, "x")
        assert isinstance(found, dict)
        assert found["schema"] == expected

    def test_lists_are_separated_by_commas_and_get_items(self, tmp_path: Path) -> None:
        text = f"""
        /v3/things:
          get:
            operationId: A
            parameters: [{{in: query, name: fields}}, {{in: query, name: odd, type: array}}]
            {OK}
        """
        spec = cured(folder(tmp_path, a=swagger(text)))
        lists = {"type": "array", "items": TEXT}
        how = {"style": "form", "explode": False}
        assert parameter(spec, "fields") == {
            "in": "query", "name": "fields", "schema": lists, **how
        }  # fmt: skip
        assert parameter(spec, "odd") == {"in": "query", "name": "odd", "schema": lists, **how}

    def test_misplaced_parameters_go_where_their_names_belong(self, tmp_path: Path) -> None:
        text = f"""
        /v3/things/{{id}}:
          get:
            operationId: A
            parameters:
              - {{name: id, schema: {{type: string}}}}
              - {{name: X-Trace, in: headers, schema: {{type: string}}}}
              - {{name: page, in: querystring}}
            {OK}
        """
        spec = cured(folder(tmp_path, a=openapi(text)))
        places = {
            item.text("name"): item.text("in")
            for item in operation(spec, path="/v3/things/{id}").seq("parameters").maps()
        }
        assert places == {"id": "path", "X-Trace": "header", "page": "query"}

    def test_parameters_listed_twice_stay_once_in_the_words_that_say_most(
        self, tmp_path: Path
    ) -> None:
        text = f"""
        /v3/things:
          get:
            operationId: A
            parameters:
              - {{in: query, name: page}}
              - {{in: query, name: page, type: integer, description: The page}}
              - {{in: query, name: size, type: integer}}
              - {{in: header, name: X-Trace, type: string}}
              - {{in: header, name: x-trace, type: string, description: Its id}}
            {OK}
        """
        spec = cured(folder(tmp_path, a=swagger(text)))
        names = [item.text("name") for item in operation(spec).seq("parameters").maps()]
        assert sorted(names) == ["page", "size", "x-trace"]
        found = parameter(spec, "page")
        assert isinstance(found, dict)
        assert found["description"] == "The page"

    def test_parameters_that_nobody_can_send_go(self, tmp_path: Path) -> None:
        text = f"""
        /v3/things:
          get:
            operationId: A
            parameters:
              - {{in: query, type: string}}
              - {{in: header, name: 'a b', type: string}}
              - {{in: query, name: page-size, type: integer}}
              - {{in: query, name: page_size, type: integer}}
            {OK}
        """
        spec = cured(folder(tmp_path, a=swagger(text)))
        names = [item.text("name") for item in operation(spec).seq("parameters").maps()]
        assert names == ["page-size", "page_size"]

    def test_templates_and_path_parameters_are_brought_together(self, tmp_path: Path) -> None:
        text = f"""
        /v3/a/{{id}}: {{get: {{operationId: A, {OK}}}}}
        /v3/b/{{id}}:
          get: {{operationId: B, parameters: [{{in: path, name: b, type: integer}}], {OK}}}
        /v3/c: {{get: {{operationId: C, parameters: [{{{ID}, type: string}}], {OK}}}}}
        """
        spec = cured(folder(tmp_path, a=swagger(text)))
        required = {"in": "path", "name": "id", "required": True}
        assert parameter(spec, "id", path="/v3/a/{id}") == {**required, "schema": TEXT}
        assert parameter(spec, "id", path="/v3/b/{id}") == {
            **required, "schema": {"type": "integer"}
        }  # fmt: skip
        found = parameter(spec, "id", path="/v3/c")
        assert isinstance(found, dict)
        assert (found["in"], found["required"]) == ("query", False)


class TestReferences:
    def test_each_undefined_body_gets_a_model_of_its_own(self, tmp_path: Path) -> None:
        text = f"""
        /v3/a:
          post:
            operationId: A_Register
            parameters: [{{in: body, name: r, description: A list of asset ids, {HOLDER}}}]
            {OK}
        /v3/b:
          post:
            operationId: B_Note
            parameters: [{{in: body, name: r, description: More, {HOLDER}}}]
            {OK}
        """
        spec = cured(folder(tmp_path, a=swagger(text)))
        schemas = at(spec, "components", "schemas")
        assert isinstance(schemas, dict)
        assert list(schemas) == ["RegisterRequest", "NoteRequest"]
        assert schemas["RegisterRequest"]["properties"] == {
            "asset_ids": {"type": "array", "items": TEXT}
        }
        assert schemas["NoteRequest"]["type"] == "object"
        assert "properties" not in schemas["NoteRequest"]

    def test_a_reference_in_another_spelling_leads_to_what_there_is(self, tmp_path: Path) -> None:
        response = "{200: {description: OK, schema: {$ref: '#/definitions/thing'}}}"
        text = f"/v3/things: {{get: {{operationId: A, responses: {response}}}}}"
        more = "definitions: {Thing: {type: object}}\n"
        spec = cured(folder(tmp_path, a=swagger(text, more)))
        keys = ("paths", "/v3/things", "get", "responses", "200", "content", "application/json")
        assert at(spec, *keys, "schema") == {"$ref": "#/components/schemas/Thing"}

    def test_what_another_document_defines_is_taken_from_there(self, tmp_path: Path) -> None:
        response = "{200: {description: OK, schema: {$ref: '#/definitions/Thing'}}}"
        text = f"/v3/things: {{get: {{operationId: A, responses: {response}}}}}"
        other = f"/v3/b: {{get: {{operationId: B, {OK}}}}}"
        more = "definitions: {Thing: {type: object, properties: {id: {type: string}}}}\n"
        spec = cured(folder(tmp_path, a=swagger(text), b=swagger(other, more)))
        keys = ("paths", "/v3/things", "get", "responses", "200", "content", "application/json")
        assert at(spec, *keys, "schema") == {"$ref": "#/components/schemas/Thing"}

    def test_everything_else_that_is_undefined_is_declared_once(self, tmp_path: Path) -> None:
        text = """
        /v3/a: &a
          get:
            operationId: A
            parameters: [{$ref: '#/parameters/page_size'}]
            responses:
              200: {description: OK, schema: {$ref: '#/definitions/Response'}}
              404: {$ref: '#/responses/NotFound'}
        /v3/b:
          get:
            operationId: B
            responses: {200: {description: OK, schema: {$ref: '#/definitions/Response'}}}
        """
        specs = folder(tmp_path, a=swagger(text))
        assert len(draft(specs).guesses) == 3
        spec = cured(specs)
        assert at(spec, "components", "schemas", "Response", "type") == "object"
        assert at(spec, "components", "responses", "NotFound", "description") == "Not found"
        assert at(spec, "components", "parameters", "page_size", "schema") == {"type": "integer"}

    @pytest.mark.parametrize(
        "ref",
        ["other.yaml#/Thing", "https://example.com/x", "", "#/paths", "#/components/schemas/ä ö"],
    )
    def test_references_out_of_the_document_lead_into_it(self, tmp_path: Path, ref: str) -> None:
        content = f"{{application/json: {{schema: {{$ref: '{ref}'}}}}}}"
        response = f"{{'200': {{description: OK, content: {content}}}}}"
        text = f"/v3/things: {{get: {{operationId: A, responses: {response}}}}}"
        cured(folder(tmp_path, a=openapi(text)))


class TestOperations:
    def test_missing_ids_are_made_in_the_manner_of_the_document(self, tmp_path: Path) -> None:
        path = "/v3/boards/{board_id}/comments"
        parameters = "parameters: [{in: path, name: board_id, required: true, type: string}]"
        old = f"{path}: {{get: {{{parameters}, {OK}}}}}"
        new = f"/v3/boards: {{get: {{{OK}}}, post: {{{OK}}}}}"
        spec = cured(folder(tmp_path, a=swagger(old), b=openapi(new.replace("200", "'200'"))))
        assert operation(spec, "get", path).text("operationId") == "Boards_GetBoardComments"
        assert operation(spec, "get", path).text("x-method") == "get_board_comments"
        assert operation(spec, "get", "/v3/boards").text("operationId") == "GetBoards"
        assert operation(spec, "post", "/v3/boards").text("x-method") == "create_board"

    def test_a_made_id_is_nobody_elses_method(self, tmp_path: Path) -> None:
        text = f"""
        /v3/things: {{get: {{operationId: Things_GetThing, {OK}}}}}
        /v3/things/{{id}}: {{get: {{parameters: [{{{ID}, type: string}}], {OK}}}}}
        """
        spec = cured(folder(tmp_path, a=swagger(text)))
        found = operation(spec, "get", "/v3/things/{id}")
        assert found.text("x-method") == "get_thing_by_id"

    def test_operations_of_long_paths_that_begin_alike_are_told_apart(self, tmp_path: Path) -> None:
        start = (
            "/metadata-templates-of-the-enterprise/security-classification/schema-of-the-templates"
        )
        paths = "".join(
            f"{start}/{name}: {{put: {{responses: {{'200': {{description: OK}}}}}}}}\n"
            for name in ("first", "second", "third", *(f"more{number}" for number in range(20)))
        )
        spec = cured(folder(tmp_path, one=openapi(paths)))
        methods = {operation.text("x-method") for _, _, operation in operations(spec)}
        assert len(methods) == 23

    def test_what_is_released_needs_no_id(self, tmp_path: Path) -> None:
        specs = folder(tmp_path, a=swagger(f"/v3/things: {{get: {{{OK}}}}}"))
        (specs / "released.yaml").write_text(
            "openapi: 3.1.0\nx-release: {version: 1.0.0}\ninfo: {title: T, version: '1'}\n"
            "paths: {/v3/things: {get: {x-resource: things, x-method: all_of_them}}}\n"
        )
        assert draft(specs).guesses == []

    def test_ids_and_methods_that_two_operations_share_are_told_apart(self, tmp_path: Path) -> None:
        text = f"""
        /v3/things:
          get: {{operationId: Things_Do, {OK}}}
          post: {{operationId: Things_Do, {OK}}}
        /v3/things/x: {{get: {{operationId: Group_Do, {OK}}}}}
        """
        spec = cured(folder(tmp_path, a=swagger(text)))
        methods = {
            each.text("x-method")
            for each in (
                operation(spec),
                operation(spec, "post"),
                operation(spec, path="/v3/things/x"),
            )
        }
        assert methods == {"do", "create_thing", "get_things_x"}

    @pytest.mark.parametrize(
        ("written", "statuses"),
        [
            ("deprecated: false", ["200"]),
            ("responses: {404: {description: None}}", ["200", "404"]),
            ("responses: {ok: {description: OK}}", ["200"]),
            ("responses: {2xx: {description: OK}}", ["2XX"]),
            ("responses: {'200 OK': {description: OK}, 999: {description: Odd}}", ["200"]),
            ("responses: {200: {}}", ["200"]),
        ],
    )
    def test_every_operation_declares_a_success(
        self, tmp_path: Path, written: str, statuses: list[str]
    ) -> None:
        text = f"/v3/things: {{get: {{operationId: A, {written}}}}}"
        spec = cured(folder(tmp_path, a=swagger(text)))
        responses = operation(spec).map("responses")
        assert sorted(responses) == statuses
        assert all(response.text("description") for _, response in responses.maps())

    def test_undeclared_schemes_are_declared_by_what_they_are_called(self, tmp_path: Path) -> None:
        names = ("Api-Key", "OAuth", "basicAuth")
        listed = ", ".join(f"{{{name}: []}}" for name in names)
        text = f"/v3/things: {{get: {{operationId: A, security: [{listed}], {OK}}}}}"
        spec = cured(folder(tmp_path, a=swagger(text)))
        schemes = spec.map("components").map("securitySchemes")
        assert [schemes.map(name).text("type") for name in names] == ["apiKey", "http", "http"]

    def test_paths_in_a_wrong_spelling_move(self, tmp_path: Path) -> None:
        text = "v3//things?x=1: {get: {operationId: A, responses: {'200': {description: OK}}}}"
        spec = cured(folder(tmp_path, a=openapi(text)))
        assert list(spec.map("paths")) == ["/v3/things?x=1"]

    def test_bodies_get_a_media_type(self, tmp_path: Path) -> None:
        text = """
        /v3/a:
          post:
            operationId: A
            requestBody: {description: More}
            responses: &ok {'200': {description: OK}}
        /v3/b:
          post:
            operationId: B
            requestBody: {content: {json: {schema: {type: array}}}}
            responses: *ok
        """
        spec = cured(folder(tmp_path, a=openapi(text)))
        for path, kind in (("/v3/a", "object"), ("/v3/b", "array")):
            content = operation(spec, "post", path).map("requestBody").map("content")
            assert plain(content) == {"application/json": {"schema": {"type": kind}}}


class TestNames:
    def test_names_that_are_equal_in_python_all_stay(self, tmp_path: Path) -> None:
        response = "{200: {description: OK, schema: {$ref: '#/definitions/Thing'}}}"
        text = f"/v3/things: {{get: {{operationId: A, responses: {response}}}}}"
        more = (
            "definitions: {THING_: {type: object}, Thing: {type: object, required: [aB, a_b],"
            " properties: {aB: {type: string}, a_b: {type: string}}}}\n"
        )
        spec = cured(folder(tmp_path, a=swagger(text, more)))
        assert sorted(spec.map("components").map("schemas")) == ["THING_", "Thing"]
        thing = at(spec, "components", "schemas", "Thing")
        assert isinstance(thing, dict)
        assert (thing["required"], list(thing["properties"])) == (["aB", "a_b"],) * 2
