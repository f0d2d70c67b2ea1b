"""Each check of validation on a tiny spec: parameters, paths, references, responses, names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import nodes
from validating import codes, findings, found, spec

from generator.amend import amend
from generator.amend.overlays import read_overlays
from generator.validate import validate

TWO = """\
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a:
    get: {responses: {'200': {description: OK}}, %s}
  /b:
    get: {responses: {'200': {description: OK}}, %s}
"""


def component(section: str, text: str) -> str:
    return spec("") + f"components:\n  {section}:\n    {text}\n"


# Parameters


def test_an_untyped_parameter_is_named_with_place_operation_and_the_action_that_types_it() -> None:
    (finding,) = findings(spec("parameters:\n- {name: page, in: query}"))
    assert finding == (
        "x.yaml:8:9: expected a type for the query parameter 'page' of GET /things, found neither"
        " schema nor content\n"
        "    Add to an overlay:\n"
        "    - target: \"$.paths['/things'].get.parameters[?@.name=='page' && @.in=='query']\"\n"
        "      update: {schema: {type: string}}"
    )


def test_an_untyped_parameter_that_nobody_uses_is_found_too() -> None:
    text = component("parameters", "Page: {name: page, in: query}")
    assert "of component parameters/Page" in found(text, "parameter-untyped")


@pytest.mark.parametrize("written", ["String", "strng", "[date, 'null']"])
def test_a_type_is_one_of_json_schema(written: str) -> None:
    (finding,) = findings(component("schemas", f"Page: {{type: {written}}}"))
    assert "expected a type of component schemas/Page to be one of string, integer" in finding


@pytest.mark.parametrize(
    ("parameter", "code"),
    [
        ("{name: a, in: query, schema: {}, content: {text/plain: {}}}", "parameter-typed-twice"),
        ("{name: a, in: query, content: {}}", "parameter-media-types"),
        ("{name: a, in: query, content: {text/a: {}, text/b: {}}}", "parameter-media-types"),
        ("{name: a, in: body, schema: {}}", "parameter-place"),
        ("{name: a, schema: {}}", "parameter-place"),
        ("{in: query, schema: {}}", "parameter-unnamed"),
        ("{name: \"a\\nb: c\", in: header, schema: {}}", "parameter-name"),
        ("{name: a, in: path, required: true, schema: {}}", "template-missing"),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_found_once(parameter: str, code: str) -> None:
    assert codes(spec(f"parameters: [{parameter}]")) == [code]


def test_a_place_that_no_parameter_has_is_named_with_those_that_there_are() -> None:
    (finding,) = findings(spec("parameters: [{name: a, in: body, schema: {}}]"))
    assert "path, query, header, cookie, found 'body'" in finding
    (finding,) = findings(spec("parameters: [{name: a, schema: {}}]"))
    assert "path, query, header, cookie, found none" in finding


@pytest.mark.parametrize("required", ["", "required: false, "])
def test_a_path_parameter_must_be_required(required: str) -> None:
    text = spec(f"parameters: [{{name: a, in: path, {required}schema: {{}}}}]", "/{a}")
    (finding,) = findings(text)
    assert "to be required" in finding
    assert "update: {required: true}" in finding


def test_a_template_without_parameter_is_found_at_its_operation() -> None:
    (finding,) = findings(spec("", "/things/{id}"))
    assert "expected a path parameter 'id' for the template in the path of GET" in finding
    assert 'update: {"parameters": [{"name": "id", "in": "path"' in finding


def test_the_parameters_of_a_path_item_count_for_its_operations() -> None:
    text = spec("", "/{a}") + "    parameters: [{name: a, in: path, required: true, schema: {}}]\n"
    assert findings(text) == []


@pytest.mark.parametrize(
    ("first", "second", "place"), [("a", "a", "query"), ("A-b", "a-B", "header")]
)
def test_a_parameter_that_is_listed_twice_is_found(first: str, second: str, place: str) -> None:
    listed = [f"{{name: {name}, in: {place}, schema: {{}}}}" for name in (first, second)]
    text = spec(f"parameters: [{', '.join(listed)}]")
    assert "here and at x.yaml:7:20" in found(text, "parameter-twice")
    assert codes(spec("") + f"    parameters: [{', '.join(listed)}]\n")[0] == "parameter-twice"


# Paths


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("things", "path-start", ""),
        ("/a//b", "path-empty-segment", ""),
        ("//a", "path-empty-segment", ""),
        ("/a/../b", "path-dots", "segment '..'"),
        ("/./b", "path-dots", "segment '.'"),
        ("/%2E%2e/b", "path-dots", ""),
        ("'/a?'", "path-query", "found '' in '/a?'"),
        ("'/a?=c'", "path-query", "found '=c'"),
        ("'/a?b=c{d}'", "path-query", "found 'b=c{d}'"),
        ("'/a#b'", "path-fragment", "follows it, 'b'"),
        ("'/a?b=c#d'", "path-fragment", "follows it, 'd'"),
        ("/{a", "path-braces", ""),
        ("/a}", "path-braces", ""),
        ("/{a{b}}", "path-braces", ""),
        ("/{}", "template-name", ""),
        ('"/a\\x7Fb"', "path-control", "control character '\\x7f'"),
    ],
)
def test_a_path_that_is_none_is_refused(path: str, code: str, words: str) -> None:
    finding = found(spec("", path), code)
    assert finding.startswith("x.yaml:4:3:")
    assert words in finding


@pytest.mark.parametrize("path", ["'/a?b=c'", "'/a?b=/../c'", "'/a?b'", "'/a?b=c&b=d'"])
def test_a_path_can_have_a_query(path: str) -> None:
    assert not findings(spec("", path))


@pytest.mark.parametrize("place", ["path", "query"])
def test_a_template_in_a_query_has_a_parameter(place: str) -> None:
    parameter = f"parameters: [{{name: id, in: {place}, required: true, schema: {{}}}}]"
    assert not findings(spec(parameter, "/a?id={id}"))
    assert codes(spec("", "/a?id={id}")) == ["path-parameter-missing"]


def test_what_the_query_of_a_path_has_is_no_parameter_as_well() -> None:
    parameter = "parameters: [{name: b, in: query, schema: {}}]"
    assert "found it in the query" in found(spec(parameter, "/a?b=c"), "path-query-declared")


def test_a_path_has_each_template_once() -> None:
    parameter = "parameters: [{name: a, in: path, required: true, schema: {}}]"
    (finding,) = findings(spec(parameter, "/{a}/{a}"))
    assert "has the template 'a' twice" in finding


def test_paths_that_differ_only_in_template_names_are_found() -> None:
    parameters = "parameters: [{name: %s, in: path, required: true, schema: {}}]"
    item = f"{{{parameters}, %s: {{responses: {{'200': {{description: OK}}}}}}}}"
    text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n"
    text += f"  /x/{{a}}: {item % ('a', 'get')}\n  /x/{{b}}: {item % ('b', 'put')}\n"
    assert "and '/x/{a}' at x.yaml:4:3 differ only in the names" in found(text, "path-twin")


# References


@pytest.mark.parametrize(
    ("ref", "code", "words"),
    [
        ("#/components/schemas/None", "reference-dangling", ""),
        ("#anchor", "reference-dangling", ""),
        ("#/paths/~1things/get/tags/99999999999999999999", "reference-dangling", ""),
        ("#/info/title", "reference-to-value", "found something else"),
        ("#/components/responses/R", "reference-misled", "found a response"),
        ("#", "reference-misled", "found a document"),
        ("https://a.example/x.yaml#/A", "reference-outside", ""),
        ("other", "reference-outside", ""),
        ("a.yaml#/components/schemas/A", "reference-unfollowed", "the source document 'a.yaml'"),
        ("#/components/schemas/Loop", "", ""),
    ],
)
def test_a_reference_leads_to_an_object_of_its_kind(ref: str, code: str, words: str) -> None:
    text = (
        component("responses", "R: {description: R}")
        + f"  schemas:\n    Loop: {{}}\n    A: {{items: {{$ref: '{ref}'}}}}\n"
    )
    assert codes(text) == ([code] if code else [])
    assert all(words in finding for finding in findings(text))


def test_a_reference_that_leads_to_itself_is_found() -> None:
    text = component("schemas", "A: {$ref: '#/components/schemas/A'}")
    assert codes(text) == ["reference-circular"]
    text = (
        component("schemas", "A: {$ref: '#/components/schemas/B'}")
        + "    B: {$ref: '#/components/schemas/A'}\n"
    )
    assert len(findings(text)) == 2


def test_a_property_or_an_example_named_ref_is_no_reference() -> None:
    text = component("schemas", "A: {properties: {$ref: {type: string}}, example: {$ref: '#/no'}}")
    assert findings(text) == []


def test_a_discriminator_that_maps_to_nothing_is_found() -> None:
    text = component("schemas", "A: {discriminator: {propertyName: a, mapping: {b: '#/no', c: A}}}")
    (finding,) = findings(text)
    assert "'#/no', found nothing" in finding


def test_a_reference_in_a_header_whose_name_begins_with_x_is_looked_at() -> None:
    text = component("responses", "R: {description: R, headers: {x-limit: {$ref: '#/no'}}}")
    assert "expected a header behind the reference '#/no'" in found(text, "reference-dangling")


NESTED = "type: object, properties: {b: {type: array}}"


@pytest.mark.parametrize(
    ("place", "fields", "fine"),
    [
        ("query", f"schema: {{{NESTED}}}", False),
        ("query", "schema: {items: {type: object}}, explode: false", False),
        ("query", f"schema: {{anyOf: [{{type: 'null'}}, {{{NESTED}}}]}}", False),
        ("query", "schema: {items: {oneOf: [{type: string}, {type: object}]}}", False),
        ("query", "schema: {type: object, properties: {b: {type: string}}}", True),
        ("query", "schema: {anyOf: [{type: string}, {items: {type: string}}]}", True),
        ("query", f"schema: {{{NESTED}}}, style: deepObject", True),
        ("query", f"content: {{application/json: {{schema: {{{NESTED}}}}}}}", True),
        ("header", f"schema: {{{NESTED}}}", False),
        ("cookie", f"schema: {{{NESTED}}}, style: deepObject", False),
    ],
)
def test_a_parameter_holds_what_its_style_can_write(place: str, fields: str, fine: bool) -> None:
    text = spec(f"parameters: [{{name: a, in: {place}, {fields}}}]")
    assert [code for code in codes(text) if code == "parameter-nested"] == (
        [] if fine else ["parameter-nested"]
    )


# Bodies, responses, security


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{}", "found no `content`"),
        ("{content: {}}", "found an empty `content`"),
        ("{content: {json: {}}}", "found 'json'"),
        ("{content: {'a/b\\n': {}}}", "found 'a/b"),
        ("{content: {'a/b; c': {}}}", "found 'a/b; c'"),
    ],
)
def test_a_request_body_has_media_types(body: str, message: str) -> None:
    (finding,) = findings(spec(f"requestBody: {body}"))
    assert message in finding


@pytest.mark.parametrize(
    "name", ["a/b", "a/b;", 'a/b; c=d; e="f g"', "*/*", "application/vnd.x+json;v=1"]
)
def test_a_media_type_may_have_parameters(name: str) -> None:
    assert findings(spec(f"requestBody: {{content: {{'{name}': {{}}}}}}")) == []


@pytest.mark.parametrize(
    ("holds", "encoding", "fine"),
    [
        ("type: object, properties: {b: {type: array}}", "", False),
        ("type: object, additionalProperties: {type: object}", "", False),
        ("items: {properties: {b: {type: string}}}", "", False),
        ("type: array, items: {type: string}", "", True),
        ("type: object, properties: {b: {type: string}}", "", True),
        ("items: {type: object}", "style: spaceDelimited", False),
        ("items: {type: object}", "style: deepObject", True),
        ("items: {type: object}", "contentType: application/json", True),
    ],
)
def test_a_form_holds_what_its_styles_can_write(holds: str, encoding: str, fine: bool) -> None:
    form = f"{{schema: {{properties: {{a: {{{holds}}}}}}}, encoding: {{a: {{{encoding}}}}}}}"
    body = f"requestBody: {{content: {{application/x-www-form-urlencoded: {form}}}}}"
    assert codes(spec(body)) == ([] if fine else ["form-nested"])
    with_json = body.replace("{content: {", "{content: {application/json: {}, ")
    assert codes(spec(with_json)) == []  # which is sent instead


@pytest.mark.parametrize("status", ["ok", "99", "600", "2xx", "20", "'200\\n'", "''"])
def test_a_response_has_a_status(status: str) -> None:
    text = spec("").replace("{'200'", f"{{{status}: {{description: no}}, '200'")
    assert codes(text) == ["status"]


@pytest.mark.parametrize(
    ("responses", "fine"),
    [
        ("'200'", True),
        ("2XX", True),
        ("'303'", True),
        ("default", True),
        ("default: {description: a}, '404'", True),
        ("'304'", False),
        ("'404'", False),
        ("x-none", False),
    ],
)
def test_an_operation_declares_a_success(responses: str, fine: bool) -> None:
    found = codes(spec("").replace("'200'", responses))
    assert found == ([] if fine else ["success-missing"])


def test_an_operation_without_responses_declares_no_success() -> None:
    (finding,) = findings(
        spec("").replace("responses: {'200': {description: OK}}", "deprecated: true")
    )
    assert "found none" in finding


def test_required_security_schemes_are_declared() -> None:
    (finding,) = findings(spec("security: [{none: []}]"))
    assert "expected a security scheme 'none'" in finding
    assert finding.startswith("x.yaml:7:19:")
    assert "the whole document requires" in findings(spec("") + "security: [{none: []}]\n")[0]


def test_an_operation_id_is_used_once() -> None:
    (finding,) = findings(TWO % ("operationId: x", "operationId: x"))
    assert "for GET /b, found 'x', which is also the id of GET /a at x.yaml:5:50" in finding


# Names and extensions


@pytest.mark.parametrize(
    "name", ["Things", "class", "call", "a b", "a__b", "1a", "", "import os", "'../x'", "list"]
)
def test_an_overlay_names_resources_as_python_does(name: str) -> None:
    assert codes(spec(f"x-resource: {name or repr('')}")) == ["python-name"]


@pytest.mark.parametrize("name", ["getThings", "class", "list_", "_a"])
def test_an_overlay_names_methods_as_python_does(name: str) -> None:
    assert codes(spec(f"x-method: {name}")) == ["python-name"]


@pytest.mark.parametrize("name", ["list", "get", "class_", "größe", "get_v2"])
def test_good_method_names_are_left_alone(name: str) -> None:
    assert findings(spec(f"x-method: {name}")) == []


def test_two_methods_of_a_resource_have_two_names() -> None:
    text = TWO % (
        "x-resource: r, x-method: list, operationId: q",
        "x-resource: r, x-method: list",
    )
    (finding,) = findings(text)
    assert "GET /a at x.yaml:5:" in finding
    assert findings(TWO % ("x-resource: r, x-method: a", "x-resource: s, x-method: a")) == []


def test_two_resources_differ_in_more_than_underscores() -> None:
    (finding,) = findings(TWO % ("x-resource: a_b, x-method: c", "x-resource: ab, x-method: c"))
    assert "found 'ab' of GET /b and 'a_b' of GET /a" in finding


def test_schemas_that_multiply_by_all_of_are_looked_at_once_each() -> None:
    text = component("schemas", "A0: {properties: {a: {}}}")
    for number in range(1, 400):
        ref = f"{{$ref: '#/components/schemas/A{number - 1}'}}"
        text += f"    A{number}: {{allOf: [{ref}, {ref}]}}\n"
    assert findings(text) == []


def test_a_media_type_cannot_stall_the_check() -> None:
    assert codes(spec(f"requestBody: {{content: {{'a/b{'; ' * 500}!': {{}}}}}}")) == ["media-type"]


@pytest.mark.parametrize(
    "line",
    [
        "x-effect: pays",
        "x-effect: [safe]",
        "x-may-be-empty: 1",
        "x-resource: 1",
        "x-method: []",
        "x-pagination: page",
        "x-pagination: {page: page}",
        "x-pagination: {page: page, items: 1}",
        "x-pagination: {page: page, items: items, key: id}",
        "x-pagination: {page: page, items: items, count: total}",
        "x-pagination: {page: page, items: items, page_size: size, max_page_size: many}",
        "x-pagination: {page: page, items: items, max_page_size: 9}",
        "x-identifies-file: height",
        "x-identifies-file: [1]",
        "x-identifies-file: [height]",
    ],
)
def test_the_extensions_of_operations_hold_what_templates_read(line: str) -> None:
    (finding,) = findings(spec(line))
    assert f"expected {line.split(':')[0]} of GET /things to be" in finding


PAGED = """parameters:
      - {name: page, in: query, schema: {type: integer}}
      - {name: size, in: query, schema: {type: [integer, 'null']}}
      - {name: sort, in: query, schema: {type: string}}
      responses:
        '200':
          description: A page.
          content:
            application/json:
              schema:
                type: object
                properties:
                  items: {type: array, items: {type: object, properties: {id: {type: string}}}}
                  loose: {type: array}
                  beside: {type: array, items: {properties: {no: {}}, oneOf: [{properties: {id: {type: string}}}]}}
                  total: {anyOf: [{type: integer}, {type: 'null'}]}
"""  # noqa: E501 - one property per line


def paged(pagination: str, text: str = PAGED) -> str:
    """A spec whose only operation returns pages."""
    return (
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /things:\n    get:\n"
        f"      x-resource: things\n      x-method: list\n      x-pagination: {pagination}\n"
        f"      {text}"
    )


@pytest.mark.parametrize(
    "pagination",
    [
        "{page: page, items: loose}",
        "{page: page, items: items, page_size: size, total: total, key: [id], name: all_items}",
    ],
)
def test_pagination_may_name_what_the_operation_has(pagination: str) -> None:
    assert findings(paged(pagination)) == []


@pytest.mark.parametrize(
    ("pagination", "finding"),
    [
        ("{page: sort, items: items}", "expected page in .* integer, found 'sort'"),
        ("{page: p, items: items}", "expected page in .* integer, found 'p'"),
        ("{page: page, page_size: s, items: items}", "expected page_size .* found 's'"),
        ("{page: page, items: total}", "expected items .* an array, found 'total'"),
        ("{page: page, items: none}", "expected items .* an array, found 'none'"),
        ("{page: page, items: items, total: loose}", "expected total .* integer, found 'loose'"),
        ("{page: page, items: items, key: [id, no]}", "expected key .* found 'no'"),
        ("{page: page, items: loose, key: [id]}", "expected key .* found 'id'"),
        ("{page: page, items: beside, key: [id]}", "expected key .* found 'id'"),
        ("{page: page, items: items, name: All}", "expected name .* Python name .* found 'All'"),
        ("{page: page, items: items, name: list}", "'list' in the resource 'things', which"),
    ],
)
def test_pagination_that_names_something_else_is_found(pagination: str, finding: str) -> None:
    (only,) = findings(paged(pagination))
    assert re.search(finding, only)


@pytest.mark.parametrize(
    "change",
    [
        ("type: object\n                properties", "type: array\n                properties"),
        ("application/json", "text/plain"),
        ("      responses:", "      responses:\n        '303': {description: Elsewhere.}"),
        ("'200'", "'404'"),
    ],
)
def test_pagination_needs_a_response_that_is_always_an_object(change: tuple[str, str]) -> None:
    (only, *_) = findings(paged("{page: page, items: items}", PAGED.replace(*change)))
    assert "expected items in x-pagination of GET /things" in only


def test_a_response_without_a_status_is_found_beside_pagination_too() -> None:
    text = PAGED.replace("        '200'", "        '': {description: no}\n        default")
    assert codes(paged("{page: page, items: items}", text)) == ["status"]


def test_what_identifies_a_file_is_among_the_query_parameters_of_its_operation() -> None:
    parameters = "parameters: [{name: size, in: query, schema: {type: string}}]"
    assert not findings(spec(f"{parameters}\nx-identifies-file: [size]"))
    (finding,) = findings(spec(f"{parameters}\nx-identifies-file: [size, width]"))
    assert "to be a list of its query parameters, found ['size', 'width']" in finding


def test_the_extensions_of_operations_stand_on_operations() -> None:
    finding = found(spec("") + "    x-effect: safe\n", "extension-misplaced")
    assert "expected x-effect on an operation, found it on a path item" in finding


def test_the_proposed_action_cures_even_what_has_a_nasty_name(tmp_path: Path) -> None:
    name = "it's \\\"{a}\\u202E\\u0085 ]"
    root = nodes(spec(f'parameters: [{{name: "{name}", in: query}}]'))
    (finding,) = validate(root)
    _, action = finding.cure.split("overlay:\n")
    head = "overlay: 1.1.0\ninfo: {title: t, version: '1'}\nactions:\n"
    (tmp_path / "o.yaml").write_text(head + action)
    amend([root], read_overlays(tmp_path, []))
    assert validate(root) == []
