"""Each check of validation on a tiny spec: parameters, paths, references, responses, names."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import nodes
from validating import findings, found, spec

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
    assert "of component parameters/Page" in found(text, "expected a type")


@pytest.mark.parametrize(
    ("parameter", "message"),
    [
        ("{name: a, in: query, schema: {}, content: {text/plain: {}}}", "found both"),
        ("{name: a, in: query, content: {}}", "expected one media type"),
        ("{name: a, in: query, content: {text/a: {}, text/b: {}}}", "found 2"),
        ("{name: a, in: body, schema: {}}", "path, query, header, cookie, found 'body'"),
        ("{name: a, schema: {}}", "path, query, header, cookie, found none"),
        ("{in: query, schema: {}}", "expected a name for a parameter of GET /things"),
        ("{name: \"a\\nb: c\", in: header, schema: {}}", "ASCII letters, digits"),
        ("{name: a, in: path, required: true, schema: {}}", "found no templates in the path"),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_found_once(parameter: str, message: str) -> None:
    (finding,) = findings(spec(f"parameters: [{parameter}]"))
    assert message in finding


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
    assert "here and at x.yaml:7:20" in found(text, "once")
    assert "once" in findings(spec("") + f"    parameters: [{', '.join(listed)}]\n")[0]


def test_parameters_that_are_one_argument_in_python_are_found_with_both_places() -> None:
    text = spec(
        "parameters:\n- {name: fooBar, in: query, schema: {}}\n"
        "- {name: foo-bar, in: query, schema: {}}\n- {name: foo_bar, in: query, schema: {}}"
    )
    found(text, "query parameter 'foo-bar' and the query parameter 'fooBar'")
    finding = found(text, "query parameter 'foo_bar' and the query parameter 'fooBar'")
    assert finding.startswith("x.yaml:10:9: ")
    assert "at x.yaml:8:9, both 'foo_bar'" in finding


# Paths


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("things", "does not start with `/`"),
        ("/a//b", "empty segment"),
        ("//a", "empty segment"),
        ("/a/../b", "segment '..'"),
        ("/./b", "segment '.'"),
        ("/%2E%2e/b", "resolved away"),
        ("/a?b=c", "with `?`"),
        ("'/a#b'", "with `#`"),
        ("/{a", "braces do not match"),
        ("/a}", "braces do not match"),
        ("/{a{b}}", "braces do not match"),
        ("/{}", "as the name of a template"),
        ('"/a\\x7Fb"', "control character '\\x7f'"),
    ],
)
def test_a_path_that_is_none_is_refused(path: str, message: str) -> None:
    assert found(spec("", path), message).startswith("x.yaml:4:3:")


def test_a_path_has_each_template_once() -> None:
    parameter = "parameters: [{name: a, in: path, required: true, schema: {}}]"
    (finding,) = findings(spec(parameter, "/{a}/{a}"))
    assert "has the template 'a' twice" in finding


def test_paths_that_differ_only_in_template_names_are_found() -> None:
    parameters = "parameters: [{name: %s, in: path, required: true, schema: {}}]"
    item = f"{{{parameters}, %s: {{responses: {{'200': {{description: OK}}}}}}}}"
    text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n"
    text += f"  /x/{{a}}: {item % ('a', 'get')}\n  /x/{{b}}: {item % ('b', 'put')}\n"
    assert "is '/x/{a}' at x.yaml:4:3 but for the names" in found(text, "/x/{b}")


# References


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        ("#/components/schemas/None", "found nothing there"),
        ("#anchor", "found nothing there"),
        ("#/paths/~1things/get/tags/99999999999999999999", "found nothing there"),
        ("#/info/title", "found something that is none"),
        ("#/components/responses/R", "found a response"),
        ("#", "found a document"),
        ("https://a.example/x.yaml#/A", "found one that leaves it"),
        ("other", "found one that leaves it"),
        ("a.yaml#/components/schemas/A", "leads nowhere in the source document 'a.yaml'"),
        ("#/components/schemas/Loop", ""),
    ],
)
def test_a_reference_leads_to_an_object_of_its_kind(ref: str, message: str) -> None:
    text = (
        component("responses", "R: {description: R}")
        + f"  schemas:\n    Loop: {{}}\n    A: {{items: {{$ref: '{ref}'}}}}\n"
    )
    result = findings(text)
    assert [message in finding for finding in result] == ([True] if message else [])


def test_a_reference_that_leads_to_itself_is_found() -> None:
    text = component("schemas", "A: {$ref: '#/components/schemas/A'}")
    assert "leads back to itself" in found(text, "components/schemas/A")
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
    found(text, "expected a header behind the reference '#/no'")


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


@pytest.mark.parametrize("status", ["ok", "99", "600", "2xx", "20", "'200\\n'", "''"])
def test_a_response_has_a_status(status: str) -> None:
    text = spec("").replace("{'200'", f"{{{status}: {{description: no}}, '200'")
    (finding,) = findings(text)
    assert "as the key of a response of GET /things" in finding


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
    result = findings(spec("").replace("'200'", responses))
    assert ["to declare a success" in finding for finding in result] == ([] if fine else [True])


def test_an_operation_without_responses_declares_no_success() -> None:
    (finding,) = findings(
        spec("").replace("responses: {'200': {description: OK}}", "deprecated: true")
    )
    assert "found no response" in finding


def test_required_security_schemes_are_declared() -> None:
    (finding,) = findings(spec("security: [{none: []}]"))
    assert "expected a security scheme 'none'" in finding
    assert finding.startswith("x.yaml:7:19:")
    assert "the whole document requires" in findings(spec("") + "security: [{none: []}]\n")[0]


def test_an_operation_id_is_used_once() -> None:
    (finding,) = findings(TWO % ("operationId: x", "operationId: x"))
    assert "for GET /b, found 'x', which is that of GET /a at x.yaml:5:50" in finding


# Names and extensions


@pytest.mark.parametrize(
    "name", ["Things", "class", "call", "a b", "a__b", "1a", "", "import os", "'../x'", "list"]
)
def test_an_overlay_names_resources_as_python_does(name: str) -> None:
    (finding,) = findings(spec(f"x-resource: {name or repr('')}"))
    assert "expected x-resource of GET /things to be a lower-case Python name" in finding


@pytest.mark.parametrize("name", ["getThings", "class", "list", "_a"])
def test_an_overlay_names_methods_as_python_does(name: str) -> None:
    (finding,) = findings(spec(f"x-method: {name}"))
    assert "expected x-method" in finding


@pytest.mark.parametrize("name", ["list_", "get", "class_", "größe", "get_v2"])
def test_good_method_names_are_left_alone(name: str) -> None:
    assert findings(spec(f"x-method: {name}")) == []


def test_two_methods_of_a_resource_have_two_names() -> None:
    text = TWO % (
        "x-resource: r, x-method: list_, operationId: q",
        "x-resource: r, x-method: list_",
    )
    (finding,) = findings(text)
    assert "GET /a at x.yaml:5:" in finding
    assert findings(TWO % ("x-resource: r, x-method: a", "x-resource: s, x-method: a")) == []


def test_two_resources_differ_in_more_than_underscores() -> None:
    (finding,) = findings(TWO % ("x-resource: a_b, x-method: c", "x-resource: ab, x-method: c"))
    assert "found 'ab' of GET /b and 'a_b' of GET /a" in finding


def test_properties_that_are_one_field_in_python_are_found() -> None:
    text = component("schemas", "A: {properties: {fooBar: {}, foo-bar: {}}}")
    (finding,) = findings(text)
    assert "found 'foo-bar' and 'fooBar' at x.yaml:9:22, both 'foo_bar'" in finding


def test_properties_that_meet_by_all_of_are_found_once() -> None:
    text = component("schemas", "A: {properties: {fooBar: {}}}")
    text += "    B: {allOf: [{$ref: '#/components/schemas/A'}], properties: {foo_bar: {}}}\n"
    text += "    C: {allOf: [{$ref: '#/components/schemas/B'}]}\n"
    (finding,) = findings(text)
    assert "of component schemas/B" in finding
    assert finding.startswith("x.yaml:10:65:")


def test_schemas_that_multiply_by_all_of_are_looked_at_once_each() -> None:
    text = component("schemas", "A0: {properties: {a: {}}}")
    for number in range(1, 400):
        ref = f"{{$ref: '#/components/schemas/A{number - 1}'}}"
        text += f"    A{number}: {{allOf: [{ref}, {ref}]}}\n"
    assert findings(text) == []


def test_a_media_type_cannot_stall_the_check() -> None:
    found(spec(f"requestBody: {{content: {{'a/b{'; ' * 500}!': {{}}}}}}"), "a media type such as")


def test_schemas_that_are_one_class_in_python_are_found() -> None:
    text = component("schemas", "FooBar: {}") + "    foo_bar: {}\n"
    (finding,) = findings(text)
    assert "found 'foo_bar' and 'FooBar' at x.yaml:9:5" in finding


@pytest.mark.parametrize(
    "line",
    ["x-effect: pays", "x-effect: [safe]", "x-may-be-empty: 1", "x-resource: 1", "x-method: []"],
)
def test_the_extensions_of_operations_hold_what_templates_read(line: str) -> None:
    (finding,) = findings(spec(line))
    assert f"expected {line.split(':')[0]} of GET /things to be" in finding


def test_the_extensions_of_operations_stand_on_operations() -> None:
    found(
        spec("") + "    x-effect: safe\n",
        "expected x-effect on an operation, found it on a path item",
    )


def test_the_proposed_action_cures_even_what_has_a_nasty_name(tmp_path: Path) -> None:
    name = "it's \\\"{a}\\u202E\\u0085 ]"
    root = nodes(spec(f'parameters: [{{name: "{name}", in: query}}]'))
    (finding,) = validate(root)
    _, action = finding.cure.split("overlay:\n")
    head = "overlay: 1.1.0\ninfo: {title: t, version: '1'}\nactions:\n"
    (tmp_path / "o.yaml").write_text(head + action)
    amend([root], read_overlays(tmp_path, []))
    assert validate(root) == []
