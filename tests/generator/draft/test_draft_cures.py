"""What drafting proposes for references to nothing, invalid names and misplaced fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafting import at, cured, folder, openapi, operation, parameter

from generator.document import Map, plain
from generator.draft import draft

DONE = "responses: {204: {description: Done}}"
GET = ("paths", "/v3/things", "get")


def things(fields: str = DONE, more: str = "") -> str:
    """A document with one operation."""
    return openapi(f"/v3/things: {{get: {{operationId: GetThings, {fields}}}}}", more)


def answered(content: str, more: str = "") -> str:
    """A document whose operation has a body of JSON."""
    media = f"{{application/json: {content}}}"
    return things(f"responses: {{200: {{description: OK, content: {media}}}}}", more)


def spec_of(tmp_path: Path, document: str) -> Map:
    return cured(folder(tmp_path, a=document))


class TestReferencesToNothing:
    def test_a_value_of_a_discriminator_without_its_schema_is_no_longer_mapped(
        self, tmp_path: Path
    ) -> None:
        more = """
        components:
          schemas:
            Pet:
              type: object
              properties: {kind: {type: string}}
              discriminator:
                propertyName: kind
                mapping: {dog: '#/components/schemas/Dog', cat: '#/components/schemas/Cat'}
            Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}
        """
        spec = spec_of(tmp_path, answered("{schema: {$ref: '#/components/schemas/Pet'}}", more))
        mapping = at(spec, "components", "schemas", "Pet", "discriminator", "mapping")
        assert mapping == {"dog": "#/components/schemas/Dog"}

    def test_an_example_that_is_defined_nowhere_goes(self, tmp_path: Path) -> None:
        examples = "{a: {value: x}, b: {$ref: '#/components/examples/Gone'}}"
        spec = spec_of(tmp_path, answered(f"{{schema: {{type: string}}, examples: {examples}}}"))
        media = operation(spec).map("responses").map("200").map("content").map("application/json")
        assert plain(media["examples"]) == {"a": {"value": "x"}}

    def test_a_callback_that_is_defined_nowhere_goes(self, tmp_path: Path) -> None:
        gone = "callbacks: {done: {$ref: '#/components/callbacks/Gone'}}"
        assert not operation(spec_of(tmp_path, things(f"{gone}, {DONE}"))).map("callbacks")

    @pytest.mark.parametrize(
        ("section", "name", "use", "expected"),
        [
            (
                "schemas",
                "Page",
                "responses: {200: {description: OK, content: "
                "{application/json: {schema: {$ref: '#/components/schemas/Page'}}}}}",
                {"type": "object"},
            ),
            (
                "parameters",
                "Size",
                f"parameters: [{{$ref: '#/components/parameters/Size'}}], {DONE}",
                {"name": "PageSize", "in": "query", "schema": {"type": "integer"}},
            ),
        ],
    )
    def test_a_component_that_only_refers_to_nothing_is_what_its_target_may_have_been(
        self, tmp_path: Path, section: str, name: str, use: str, expected: dict[str, object]
    ) -> None:
        target = "Gone" if section == "schemas" else "PageSize"
        ref = f"#/components/{section}/{target}"
        more = f"components: {{{section}: {{{name}: {{$ref: '{ref}'}}}}}}\n"
        found = at(spec_of(tmp_path, things(use, more)), "components", section, name)
        assert isinstance(found, dict)
        assert {key: found[key] for key in expected} == expected
        assert "$ref" not in found


class TestNames:
    def test_an_id_that_an_overlay_uses_twice_is_left_to_its_author(self, tmp_path: Path) -> None:
        both = "/v3/a: {get: {operationId: GetA, %s}}\n/v3/b: {get: {operationId: GetB, %s}}"
        specs = folder(tmp_path, a=openapi(both % (DONE, DONE)))
        (specs / "overlays").mkdir()
        (specs / "overlays" / "names.yaml").write_text(
            "overlay: 1.1.0\ninfo: {title: Names, version: '1'}\nactions:\n"
            "- {target: \"$.paths['/v3/b'].get\", description: As before, "
            "update: {operationId: GetA}}\n"
        )
        drafted = draft(specs)
        assert drafted.files == {}
        assert [found.code for found in drafted.remaining] == ["operation-id-taken"]

    def test_a_scheme_whose_name_is_not_valid_is_not_required(self, tmp_path: Path) -> None:
        security = "security: [{'my scheme!': []}, {bearer: []}]"
        more = "components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}\n"
        spec = spec_of(tmp_path, things(f"{security}, {DONE}", more))
        assert all("my scheme!" not in each for each in operation(spec).seq("security").maps())

    def test_a_scheme_is_found_under_another_spelling(self, tmp_path: Path) -> None:
        more = "components: {securitySchemes: {my_key: {type: apiKey, in: query, name: k}}}\n"
        spec = spec_of(tmp_path, things(f"security: [{{MyKey: []}}], {DONE}", more))
        declared = at(spec, "components", "securitySchemes", "MyKey")
        assert isinstance(declared, dict)
        assert (declared["type"], declared["in"], declared["name"]) == ("apiKey", "query", "k")

    def test_names_that_python_does_not_have_become_the_nearest(self, tmp_path: Path) -> None:
        fields = f"x-method: 'all things', x-resource: 'my things', {DONE}"
        found = operation(spec_of(tmp_path, things(fields)))
        assert (found.text("x-method"), found.text("x-resource")) == ("all_things", "my_things")

    def test_a_resource_spelled_in_two_ways_becomes_one(self, tmp_path: Path) -> None:
        one = f"{{get: {{operationId: A, x-resource: my_things, {DONE}}}}}"
        other = f"{{get: {{operationId: B, x-resource: mythings, {DONE}}}}}"
        spec = spec_of(tmp_path, openapi(f"/v3/a: {one}\n/v3/b: {other}"))
        named = [operation(spec, path=path).text("x-resource") for path in ("/v3/a", "/v3/b")]
        assert len(set(named)) == 1

    def test_two_methods_of_one_name_become_two(self, tmp_path: Path) -> None:
        one = f"{{get: {{operationId: A, x-method: all, {DONE}}}}}"
        other = f"{{get: {{operationId: B, x-method: all, {DONE}}}}}"
        spec = spec_of(tmp_path, openapi(f"/v3/things: {one}\n/v3/things/new: {other}"))
        paths = ("/v3/things", "/v3/things/new")
        assert len({operation(spec, path=path).text("x-method") for path in paths}) == 2


class TestTypes:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("String", {"type": "string"}),
            ("strng", {"type": "string"}),
            ("date-time", {"type": "string", "format": "date-time"}),
            ("Long", {"type": "integer"}),
            ("Decimal", {"type": "number"}),
            ("Money", {}),
            ("[String, 'null']", {"type": ["string", "null"]}),
            ("[Money, 'null']", {}),
        ],
    )
    def test_a_type_that_json_schema_does_not_have_is_the_one_that_is_meant(
        self, tmp_path: Path, written: str, expected: dict[str, object]
    ) -> None:
        taken = f"parameters: [{{in: query, name: x, schema: {{type: {written}}}}}]"
        document = openapi(
            f"/v3/things: {{get: {{operationId: A, {taken}, {DONE}}}}}", version="3.1.0"
        )
        found = parameter(spec_of(tmp_path, document), "x")
        assert isinstance(found, dict)
        assert found["schema"] == expected


class TestFields:
    @pytest.mark.parametrize("field", ["x-method: 7", "x-may-be-empty: perhaps", "colour: red"])
    def test_a_field_that_nobody_can_read_goes(self, tmp_path: Path, field: str) -> None:
        found = operation(spec_of(tmp_path, things(f"{field}, {DONE}")))
        name = field.partition(":")[0]
        assert found.get(name) not in (7, "perhaps", "red")

    def test_what_openapi_requires_is_added(self, tmp_path: Path) -> None:
        more = """
        tags: [{description: All of them}]
        components:
          securitySchemes:
            key: {type: apiKey}
            password: {type: http}
            token:
              type: oauth2
              flows: {clientCredentials: {tokenUrl: 'https://api.example.com/token'}}
        """
        security = "security: [{key: []}, {password: []}, {token: []}]"
        spec = spec_of(tmp_path, things(f"{security}, {DONE}", more))
        schemes = ("components", "securitySchemes")
        assert at(spec, "tags", 0, "name")
        assert at(spec, *schemes, "key", "in") == "header"
        assert at(spec, *schemes, "key", "name") == "Api-Key"
        assert at(spec, *schemes, "password", "scheme") == "bearer"
        assert at(spec, *schemes, "token", "flows", "clientCredentials", "scopes") == {}

    def test_a_document_without_title_and_version_has_some(self, tmp_path: Path) -> None:
        document = things().replace("info: {title: Things, version: '1'}", "info: {}")
        info = at(spec_of(tmp_path, document), "info")
        assert isinstance(info, dict)
        assert info["title"]
        assert info["version"]

    def test_a_shared_parameter_that_the_path_has_no_template_for_is_sent_in_the_query(
        self, tmp_path: Path
    ) -> None:
        shared = "{in: path, name: size, required: true, schema: {type: integer}}"
        more = f"components: {{parameters: {{size: {shared}}}}}\n"
        used = f"parameters: [{{$ref: '#/components/parameters/size'}}], {DONE}"
        found = parameter(spec_of(tmp_path, things(used, more)), "size")
        assert isinstance(found, dict)
        assert (found["in"], found["required"]) == ("query", False)
        assert found["schema"] == {"type": "integer"}

    @pytest.mark.parametrize(
        ("written", "place"),
        [("name: X-Trace", "header"), ("name: size, in: querry", "query"), ("name: id", "path")],
    )
    def test_a_parameter_without_a_place_or_a_type_gets_both(
        self, tmp_path: Path, written: str, place: str
    ) -> None:
        path = "/v3/things/{id}" if place == "path" else "/v3/things"
        document = openapi(
            f"{path}: {{get: {{operationId: A, parameters: [{{{written}}}], {DONE}}}}}"
        )
        spec = spec_of(tmp_path, document)
        name = written.partition(",")[0].removeprefix("name: ")
        found = parameter(spec, name, path=path)
        assert isinstance(found, dict)
        assert found["in"] == place
        assert found["schema"]
        assert found.get("required", False) is (place == "path")
