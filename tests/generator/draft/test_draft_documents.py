"""Drafting: what is cured in a document as it is written, what remains, and the marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafting import at, cured, folder, openapi, operation, parameter, swagger
from rendering import rendered

from generator.document import Document, Map
from generator.draft import GUESS, draft
from generator.draft.context import Context
from generator.draft.proposals import Proposal, remove
from generator.findings import Finding, GeneratorError
from generator.pipeline import build_spec

OK = "responses: {204: {description: OK}}"


class TestAsWritten:
    @pytest.mark.parametrize(
        ("place", "written", "kind"),
        [("query", "tsv", "string"), ("path", "multi", "array"), ("path", "pipes", "string")],
    )
    def test_collections_that_cannot_be_said_are_said_otherwise(
        self, tmp_path: Path, place: str, written: str, kind: str
    ) -> None:
        text = f"""
        /v3/things/{{x}}:
          get:
            operationId: A
            parameters:
              - {{in: path, name: x, required: true, type: string}}
              - in: {place}
                name: ids
                required: true
                type: array
                items: {{type: string}}
                collectionFormat: {written}
            {OK}
        """
        if place == "path":
            text = text.replace("{x}:", "{x}/{ids}:")
        spec = cured(folder(tmp_path, a=swagger(text)))
        path = "/v3/things/{x}/{ids}" if place == "path" else "/v3/things/{x}"
        found = parameter(spec, "ids", path=path)
        assert isinstance(found, dict)
        assert found["schema"]["type"] == kind

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("pattern: 0", {}),
            ("required: true", {}),
            ("enum: a", {}),
            ("description: 7", {"description": "7"}),
            ("readOnly: 'True'", {"readOnly": True}),
            ("readOnly: maybe", {}),
        ],
    )
    def test_a_field_of_the_wrong_shape_is_what_is_meant_or_goes(
        self, tmp_path: Path, written: str, expected: dict[str, object]
    ) -> None:
        text = f"""
        /v3/things:
          get:
            operationId: A
            parameters:
              - in: query
                name: x
                schema: {{allOf: [{{type: string, {written}}}]}}
            {OK}
        """
        found = parameter(cured(folder(tmp_path, a=openapi(text))), "x")
        assert isinstance(found, dict)
        assert found["schema"] == {"allOf": [{"type": "string", **expected}]}

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("{'0': {type: string}, '3': {minLength: 1}}", [{"type": "string"}, {"minLength": 1}]),
            ("{type: string}", [{"type": "string"}]),
        ],
    )
    def test_a_mapping_in_the_place_of_a_list_is_a_list(
        self, tmp_path: Path, written: str, expected: list[object]
    ) -> None:
        listed = f"[{{in: query, name: x, schema: {{allOf: {written}}}}}]"
        paths = f"/v3/things: {{get: {{operationId: A, parameters: {listed}, {OK}}}}}"
        found = parameter(cured(folder(tmp_path, a=openapi(paths))), "x")
        assert isinstance(found, dict)
        assert found["schema"] == {"allOf": expected}

    def test_a_mapping_of_anything_else_is_no_list(self, tmp_path: Path) -> None:
        listed = "{x: {in: query, schema: {type: string}}}"
        paths = f"/v3/things: {{get: {{operationId: A, parameters: {listed}, {OK}}}}}"
        (left,) = draft(folder(tmp_path, a=openapi(paths))).remaining
        assert left.code == "shape"

    @pytest.mark.parametrize("written", ["name: 7", "name: x, schema: {type: 7}"])
    def test_a_shape_without_which_a_parameter_is_another_remains(
        self, tmp_path: Path, written: str
    ) -> None:
        text = f"""
        /v3/things:
          get:
            operationId: A
            parameters: [{{in: query, {written}}}]
            {OK}
        """
        (left,) = draft(folder(tmp_path, a=openapi(text))).remaining
        assert left.code == "shape"

    def test_a_request_keeps_one_body_and_each_field_once(self, tmp_path: Path) -> None:
        text = f"""
        /v3/a:
          post:
            operationId: A
            parameters:
              - {{in: body, name: a, schema: {{type: array}}}}
              - {{in: body, name: b, schema: {{type: object}}}}
            {OK}
        /v3/b:
          post:
            operationId: B
            consumes: [multipart/form-data]
            parameters:
              - {{in: formData, name: a, type: string}}
              - {{in: formData, name: a, type: string}}
              - {{in: formData, type: string}}
            {OK}
        """
        spec = cured(folder(tmp_path, a=swagger(text)))
        body = operation(spec, "post", "/v3/a").map("requestBody").map("content")
        assert body.map("application/json").map("schema").text("type") == "array"

    def test_flows_and_schemes_by_other_names(self, tmp_path: Path) -> None:
        more = """
        securityDefinitions:
          a: {type: oauth2, flow: clientCredentials, tokenUrl: &url 'https://a.example', scopes: {}}
          b: {type: oauth2, flow: code, tokenUrl: *url, authorizationUrl: *url, scopes: {}}
        """
        text = swagger(f"/v3/things: {{get: {{operationId: A, {OK}}}}}", more)
        spec = cured(folder(tmp_path, a=text.replace("schemes: [https]", "schemes: [wss]")))
        schemes = spec.map("components").map("securitySchemes")
        flows = {name: list(scheme.map("flows")) for name, scheme in schemes.maps()}
        assert flows == {"a": ["clientCredentials"], "b": ["authorizationCode"]}
        assert at(spec, "servers", 0, "url") == "https://api.example.com"

    @pytest.mark.parametrize(
        "fields", ["x-before: merge\nextends: ../sources/a.yaml", "x-before: upgrade"]
    )
    def test_an_overlay_comes_before_the_upgrade_of_a_document_or_not_at_all(
        self, tmp_path: Path, fields: str
    ) -> None:
        specs = folder(tmp_path, a=swagger(f"/v3/things: {{get: {{operationId: A, {OK}}}}}"))
        (specs / "overlays").mkdir()
        (specs / "overlays" / "a.yaml").write_text(
            f"overlay: 1.1.0\ninfo: {{title: T, version: '1'}}\n{fields}\n"
            "actions: [{target: $.info, update: {title: New}}]\n"
        )
        with pytest.raises(GeneratorError, match="expected `x-before: upgrade` in an overlay"):
            build_spec(specs)


WRONG = """\
openapi: 3.0.3
info: {title: T, version: '1'}
servers: [{url: https://a.example}]
paths:
  /things/{id}:
    get:
      operationId: A
      deprecated: 'no'
      servers: here
      parameters: {id: {name: id, in: path, required: true, schema: {type: string}}}
      responses: {'200': {description: OK, content: {text/plain: {schema: [1]}}}}
components: {securitySchemes: {key: {type: apiKey, name: Key, in: body}}}
"""
RIGHT = """\
overlay: 1.1.0
info: {title: T, version: '1'}
extends: ../sources/a.yaml
x-before: upgrade
actions:
- {target: "$.paths['/things/{id}'].get.deprecated", update: false}
- {target: "$.paths['/things/{id}'].get.parameters", remove: true}
- target: "$.paths['/things/{id}'].get"
  update: {parameters: [{name: id, in: path, required: true, schema: {type: string}}]}
- {target: $..get.servers, remove: true}
- {target: "$..schema[?@ == 1]", remove: true}
- {target: "$..['text/plain']", remove: true}
- {target: $.components.securitySchemes.key, update: {in: header}}
"""


class TestShapes:
    def test_an_overlay_before_the_upgrade_cures_what_is_refused_otherwise(
        self, tmp_path: Path
    ) -> None:
        specs = folder(tmp_path, a=WRONG)
        (specs / "overlays").mkdir()
        cure = specs / "overlays" / "a.yaml"
        cure.write_text(RIGHT)
        assert operation(build_spec(specs).spec, path="/things/{id}")
        assert draft(specs).remaining == []
        kept = [line for line in RIGHT.splitlines() if "servers" not in line]
        cure.write_text("\n".join(kept))
        with pytest.raises(GeneratorError) as caught:
            build_spec(specs)
        assert [str(each.where) for each in caught.value.findings] == [
            f"{specs / 'sources' / 'a.yaml'}:9:7"
        ]
        assert draft(specs).remaining == caught.value.findings

    def test_a_document_that_no_overlay_corrects_is_refused_for_its_shape(
        self, tmp_path: Path
    ) -> None:
        with pytest.raises(GeneratorError) as caught:
            build_spec(folder(tmp_path, a=WRONG))
        assert len(caught.value.findings) == 4


def test_a_form_that_no_usual_style_can_write_gets_one_that_can(tmp_path: Path) -> None:
    held = "{type: object, properties: {b: {type: array, items: {type: string}}}}"
    form = f"{{schema: {{type: object, properties: {{a: {held}, c: {{type: string}}}}}}}}"
    body = f"requestBody: {{content: {{application/x-www-form-urlencoded: {form}}}}}"
    paths = f"/v3/a: {{post: {{operationId: A, {body}, responses: {{204: {{description: OK}}}}}}}}"
    spec = cured(folder(tmp_path, a=openapi(paths)))
    content = operation(spec, "post", "/v3/a").map("requestBody").map("content")
    (used,) = [node for _, node in content.maps()]
    assert at(used, "encoding") == {"a": {"style": "deepObject", "explode": True}}


def test_every_action_says_why_and_bears_the_mark(tmp_path: Path) -> None:
    text = f"/v3/things: {{get: {{parameters: [{{in: query, name: page}}], {OK}}}}}"
    (content,) = draft(folder(tmp_path, a=swagger(text))).files.values()
    assert content.count("- description: ") == content.count(f"  {GUESS}: true\n") == 2


def test_what_nobody_can_guess_remains_in_the_words_of_its_finding(tmp_path: Path) -> None:
    specs = folder(tmp_path, a=swagger(f"'/v3/{{a/things': {{get: {{operationId: A, {OK}}}}}"))
    drafted = draft(specs)
    (finding,) = drafted.remaining
    assert "whose braces do not match" in str(finding)
    assert (drafted.files, drafted.guesses) == ({}, [])


def test_documents_that_cannot_be_read_remain(tmp_path: Path) -> None:
    specs = folder(tmp_path, a="swagger: '2.0'\npaths: []\n", b="no: document\n")
    assert len(draft(specs).remaining) == 2
    assert draft(tmp_path / "nowhere").remaining


def test_nested_parameters_get_a_style_that_can_write_them(tmp_path: Path) -> None:
    holds = "{schema: {type: array, items: {type: object}}, in: %s, name: %s, %s}"
    listed = [
        holds % (place, place[0], more)
        for place, more in (("query", ""), ("header", "explode: true"))
    ]
    text = openapi(f"/v3/things: {{get: {{parameters: [{', '.join(listed)}], {OK}}}}}")
    spec = cured(folder(tmp_path, one=text))
    package = rendered(spec, tmp_path)
    request = package.request("things.get_things", q=[{"a": [1]}], h=[{"a": [1]}])
    assert request.query == "q[0][a][0]=1"
    assert request.headers["h"] == '[{"a":[1]}]'


class TestQueriesInPaths:
    def test_operations_that_differ_in_their_queries_alone_stay_apart(self, tmp_path: Path) -> None:
        paths = "\n".join(
            f"/services/rest?method={name}: {{get: {{{OK}, operationId: {name}}}}}"
            for name in ("search", "delete", "info")
        )
        package = rendered(cured(folder(tmp_path, one=openapi(paths))), tmp_path)
        for name in ("search", "delete", "info"):
            request = package.request(f"services.{name}")
            assert request.target == f"/services/rest?method={name}"

    @pytest.mark.parametrize(
        ("paths", "moved"),
        [
            (["/a#b"], ["/a"]),
            (["/a#b", "/a"], ["/a", "/a?b"]),
            (["/#Action=Get", "/#Action=List"], ["/?Action=Get", "/?Action=List"]),
            (["/a#id", "/a"], ["/a", "/a?id={id}"]),
            (["/a?"], ["/a"]),
            (["/a?=1&b=2"], ["/a?b=2"]),
            (["/a{?id}"], ["/a"]),
            (["/a?id=7"], ["/a"]),
            (["/a?id=7", "/a?id=8"], ["/a?id=7", "/a?id=8"]),
            (["/a?id=7", "/a?"], ["/a", "/a?id=7"]),
            (["/a?id={id}", "/a?name={name}", "/a"], ["/a", "/a?id={id}", "/a?name={name}"]),
        ],
    )
    def test_paths_move_to_where_they_can_be_requested_and_no_operation_is_lost(
        self, tmp_path: Path, paths: list[str], moved: list[str]
    ) -> None:
        parameter = "{name: id, in: query, schema: {type: string}}"
        item = f"{{get: {{parameters: [{parameter}], {OK}}}}}"
        text = openapi("\n".join(f"'{path}': {item}" for path in paths))
        assert sorted(cured(folder(tmp_path, one=text)).map("paths")) == moved

    @pytest.mark.parametrize("paths", [["/a?", "/a"], ["/a#{b", "/a"], ["/x/{a}?", "/x/{b}"]])
    def test_paths_that_would_be_put_on_top_of_others_stay_refused(
        self, tmp_path: Path, paths: list[str]
    ) -> None:
        parameter = "{name: %s, in: path, required: true, schema: {type: string}}"
        text = "\n".join(
            f"'{path}': {{get: {{{OK}, parameters: [{given}]}}}}"
            for path in paths
            for given in [parameter % path[4] if path.startswith("/x/") else ""]
        )
        drafted = draft(folder(tmp_path, one=openapi(text)))
        codes = {each.code for each in drafted.remaining}
        assert codes & {"path-query", "path-fragment"}
        assert not any("remove: true" in text for text in drafted.files.values())


def test_a_path_without_operations_is_in_the_way_of_no_other(tmp_path: Path) -> None:
    given = "parameters: [{name: id, in: path, required: true, schema: {type: string}}]"
    text = f"/a/{{id}}: {{{given}, get: {{{OK}}}}}\n//a/{{id}}: {{{given}}}"
    assert list(cured(folder(tmp_path, one=openapi(text))).map("paths")) == ["/a/{id}"]


def test_a_draft_that_would_lose_an_operation_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def losing(context: Context, problem: Finding) -> list[Proposal]:
        return [context.removed(("paths", "/b"), "A wrong guess.")]

    monkeypatch.setattr("generator.draft.iteration.cure", losing)
    item = "{get: {parameters: [{name: id, in: query}], responses: {204: {description: OK}}}}"
    specs = folder(tmp_path, one=openapi(f"/a: {item}\n/b: {item}"))
    drafted = draft(specs)
    assert [each.code for each in drafted.remaining] == ["draft-loses"]
    assert "GET /b" in str(drafted.remaining[0])
    assert (drafted.files, drafted.guesses) == ({}, [])


def test_a_draft_that_would_lose_an_operation_before_the_upgrade_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def losing(document: Document) -> list[Proposal]:
        step = remove(document.root, ("paths", "/b"), "A wrong guess.")
        return [Proposal(document.name, (step,), "written")]

    monkeypatch.setattr("generator.draft.iteration.proposals", losing)
    odd = "{name: a, in: query, type: array, items: {type: string}, collectionFormat: tsv}"
    item = f"{{get: {{parameters: [{odd}], responses: {{204: {{description: OK}}}}}}}}"
    drafted = draft(folder(tmp_path, one=swagger(f"/a: {item}\n/b: {item}")))
    assert [each.code for each in drafted.remaining] == ["draft-loses"]
    assert (drafted.files, drafted.guesses) == ({}, [])


def test_a_setting_says_which_segments_name_no_resource(tmp_path: Path) -> None:
    paths = "/services/things: {get: {responses: {'200': {description: OK}}}}\n"
    specs = folder(tmp_path, one=openapi(paths))
    (specs / "generator.toml").write_text('prefix = "services"')
    (operation,) = cured(specs).map("paths").map("/services/things").values()
    assert isinstance(operation, Map)
    assert (operation.text("x-resource"), operation.text("x-method")) == ("things", "get_things")
