"""Paths of a document that differ only in the names of their templates: one, for a server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from drafting import at, cured, folder, openapi, operation, parameter
from rendering import rendered

from generator.draft import draft
from generator.draft.proposals import GUESS

OK = "responses: {204: {description: OK}}"
ONE, OTHER = "/v3/things/{id}", "/v3/things/{name}"


def twins(one: str, other: str, more: str = "", method: str = "get") -> str:
    """A document with an operation in two paths, where it has different fields."""
    return openapi(
        f"""
        '{ONE}':
          parameters: [{{name: id, in: path, required: true, schema: {{type: integer}}}}]
          {method}: {{{one}}}
        '{OTHER}':
          parameters: [{{name: name, in: path, required: true, schema: {{type: string}}}}]
          {method}: {{{other}}}
        """,
        more,
    )


def united(
    tmp_path: Path, one: str, other: str, more: str = "", method: str = "get"
) -> dict[str, Any]:
    """The one operation, as plain data."""
    spec = cured(folder(tmp_path, one=twins(one, other, more, method)))
    assert list(spec.map("paths")) == [ONE]
    found = at(spec, "paths", ONE, method)
    assert isinstance(found, dict)
    return found


def test_such_operations_become_one_that_takes_what_either_takes(tmp_path: Path) -> None:
    listed = "parameters: [{name: %s, in: query, required: true, schema: {%s}}, {%s}]"
    size = "name: size, in: query, schema: {type: integer, maximum: %d, minimum: 1}"
    specs = folder(
        tmp_path,
        one=twins(
            f"{listed % ('a', 'type: string', size % 10)}, {OK}",
            f"{listed % ('b', 'type: boolean', size % 20)}, {OK}",
        ),
    )
    spec = cured(specs)
    assert list(spec.map("paths")) == [ONE]
    schemas = {
        name: (found["schema"], found.get("required", False))
        for name in ("id", "a", "b", "size")
        for found in [parameter(spec, name, path=ONE)]
        if isinstance(found, dict)
    }
    assert schemas == {
        "id": ({"anyOf": [{"type": "integer"}, {"type": "string"}]}, True),
        "a": ({"type": "string"}, False),
        "b": ({"type": "boolean"}, False),
        "size": ({"type": "integer", "minimum": 1, "maximum": 20}, False),
    }
    package = rendered(spec, tmp_path)
    for value in (7, "seven"):
        assert package.request("things.get_thing", value).target == f"/v3/things/{value}"


def test_their_union_is_a_guess_that_says_why(tmp_path: Path) -> None:
    specs = folder(tmp_path, one=twins(OK, f"summary: By name., {OK}"))
    text = draft(specs).files["draft-one.source.yaml"]
    assert text.count(f"{GUESS}: true\n") == text.count("- description: ")
    assert f"To a server, '{ONE}' is" in " ".join(text.split()).replace("''", "'")


def test_it_returns_what_either_returns(tmp_path: Path) -> None:
    holds = "responses: {'200': {description: '%s', content: {application/json: {schema: {%s}}}}%s}"
    found = united(
        tmp_path,
        holds % ("A thing", "type: object", ", '404': {description: No}"),
        holds % ("Things", "type: array, items: {type: object}", ", '403': {description: No}"),
    )
    assert set(found["responses"]) == {"200", "403", "404"}
    options = {"anyOf": [{"type": "object"}, {"type": "array", "items": {"type": "object"}}]}
    assert found["responses"]["200"] == {
        "description": "A thing\n\nThings",
        "content": {"application/json": {"schema": options}},
    }


def test_it_may_be_empty_where_one_of_them_is(tmp_path: Path) -> None:
    body = "content: {application/json: {schema: {type: object}}}"
    found = united(
        tmp_path,
        f"responses: {{'200': {{description: A thing, {body}}}}}",
        "responses: {'200': {description: Nothing, content: {}}}",
    )
    assert found["x-may-be-empty"] is True
    assert "application/json" in found["responses"]["200"]["content"]


def test_bodies_and_alternatives_of_security_are_united_too(tmp_path: Path) -> None:
    body = "requestBody: {required: true, content: {%s: {schema: {type: %s}}}}"
    found = united(
        tmp_path,
        f"{body % ('application/json', 'object')}, deprecated: true, {OK}",
        f"{body % ('application/json', 'array')}, security: [{{b: []}}], {OK}",
        "security: [{k: []}]\n"
        "components: {securitySchemes:"
        " {k: {type: apiKey, in: header, name: K}, b: {type: http, scheme: basic}}}\n",
        method="post",
    )
    assert found["requestBody"]["required"] is True
    options = [{"type": "object"}, {"type": "array"}]
    assert found["requestBody"]["content"]["application/json"]["schema"] == {"anyOf": options}
    assert found["security"] == [{"k": []}, {"b": []}]
    assert "deprecated" not in found


def test_a_body_that_only_one_of_them_has_is_optional(tmp_path: Path) -> None:
    body = "requestBody: {required: true, content: {application/json: {schema: {type: object}}}}"
    found = united(tmp_path, OK, f"{body}, {OK}", method="post")
    assert found["requestBody"].get("required", False) is False


def test_many_of_them_become_one(tmp_path: Path) -> None:
    listed = "[{name: %s, in: path, required: true, schema: {type: string, maxLength: %d}}]"
    paths = "\n".join(
        f"/v3/things/{{{name}}}: {{get: {{parameters: {listed % (name, size)}, {OK}}}}}"
        for name, size in (("a", 2), ("b", 3), ("c", 4))
    )
    spec = cured(folder(tmp_path, one=openapi(paths)))
    assert list(spec.map("paths")) == ["/v3/things/{a}"]
    found = parameter(spec, "a", path="/v3/things/{a}")
    assert isinstance(found, dict)
    assert found["schema"] == {"type": "string", "maxLength": 4}


def test_operations_that_move_to_such_a_path_keep_what_their_own_path_says(tmp_path: Path) -> None:
    text = openapi(
        f"""
        '{ONE}':
          parameters:
          - {{name: id, in: path, required: true, schema: {{type: string}}}}
          - {{name: a, in: query, required: true, schema: {{type: string}}}}
          get: {{{OK}}}
        '{OTHER}':
          parameters:
          - {{name: name, in: path, required: true, schema: {{type: string}}}}
          - {{name: b, in: query, required: true, schema: {{type: string}}}}
          delete: {{{OK}}}
        """
    )
    spec = cured(folder(tmp_path, one=text))
    for method, names in (("get", ["id", "a"]), ("delete", ["id", "b"])):
        listed = operation(spec, method, ONE).seq("parameters")
        assert [each.text("name") for each in listed.maps()] == names


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (f"servers: [{{url: 'https://a.example.com'}}], {OK}", OK, "servers"),
        (f"x-effect: spends, {OK}", OK, "x-effect"),
        (
            f"parameters: [{{name: q, in: query, schema: {{type: array}}}}], {OK}",
            f"parameters: [{{name: q, in: query, schema: {{type: array}}, explode: false}}], {OK}",
            "explode",
        ),
    ],
)
def test_what_no_operation_can_be_at_once_stays_refused(
    tmp_path: Path, one: str, other: str, why: str
) -> None:
    drafted = draft(folder(tmp_path, one=twins(one, other)))
    (finding,) = drafted.remaining
    assert finding.code == "path-shared"
    assert f"{why!r} differ" in str(finding)
    assert drafted.files == {}
