"""What generated operations make of responses."""

from __future__ import annotations

import json
import pickle

import pytest
from rendering import HEAD, Package, rendered

SPEC = (
    HEAD
    + """
paths:
  /thing: {get: {operationId: get, responses: {'200': {$ref: '#/components/responses/A'}}}}
  /array:
    get:
      operationId: get
      responses: {'200': {description: OK, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/A'}}}}}}
  /scalar:
    get:
      operationId: get
      responses: {'200': {description: OK, content: {application/problem+json: {schema: {type: integer}}}}}
  /mapping:
    get:
      operationId: get
      responses: {'200': {description: OK, content: {application/json: {schema: {type: object, additionalProperties: {type: integer}}}}}}
  /union:
    get:
      operationId: get
      responses: {'200': {description: OK, content: {application/json: {schema: {oneOf: [{type: integer}, {$ref: '#/components/schemas/A'}, {type: string}]}}}}}
  /anything: {get: {operationId: get, responses: {'200': {description: OK, content: {application/json: {}}}}}}
  /text: {get: {operationId: get, responses: {'200': {description: OK, content: {text/plain: {schema: {type: string}}}}}}}
  /binary: {get: {operationId: get, responses: {'200': {description: OK, content: {image/jpeg: {}, image/png: {}}}}}}
  /form: {get: {operationId: get, responses: {'200': {description: OK, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}}}}}}
  /parts: {get: {operationId: get, responses: {'200': {description: OK, content: {multipart/form-data: {schema: {type: object}}}}}}}
  /raw: {get: {operationId: get, responses: {'200': {description: OK, content: {'*/*': {schema: {type: string, format: binary}}}}}}}
  /upgraded: {get: {operationId: get, responses: {'200': {description: OK, content: {'*/*': {schema: {type: string, contentMediaType: application/octet-stream}}}}}}}
  /preferred:
    get:
      operationId: get
      responses:
        '200':
          description: OK
          content: {text/plain: {}, text/json: {schema: {type: string}}, application/json: {schema: {$ref: '#/components/schemas/A'}}}
  /nothing: {delete: {operationId: delete, responses: {'204': {description: Gone}}}}
  /head: {head: {operationId: head, responses: {'200': {$ref: '#/components/responses/A'}}}}
  /several:
    get:
      operationId: get
      responses:
        '200': {$ref: '#/components/responses/A'}
        '201': {description: B, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}
        '202': {description: nothing}
        '206': {description: text, content: {text/plain: {}}}
  /same:
    get:
      operationId: get
      responses: {'200': {$ref: '#/components/responses/A'}, '201': {$ref: '#/components/responses/A'}, '204': {description: none}}
  /spread:
    get:
      operationId: get
      responses: {'200': {$ref: '#/components/responses/A'}, 2XX: {description: none}}
  /ranges:
    get:
      operationId: get
      responses: {2XX: {description: B, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}, '200': {$ref: '#/components/responses/A'}}
  /default: {get: {operationId: get, responses: {default: {$ref: '#/components/responses/A'}, '404': {description: none}}}}
  /failing: {get: {operationId: get, responses: {default: {$ref: '#/components/responses/A'}, '204': {description: none}}}}
  /moved: {get: {operationId: get, responses: {'303': {description: elsewhere}}}}
  /moved-or-silent: {get: {operationId: get, responses: {'303': {description: elsewhere}, '204': {description: none}}}}
  /moved-or-here: {get: {operationId: get, responses: {'200': {$ref: '#/components/responses/A'}, '303': {description: elsewhere}}}}
  /maybe: {get: {operationId: get, x-may-be-empty: true, responses: {'200': {$ref: '#/components/responses/A'}}}}
  /maybe-moved: {get: {operationId: get, x-may-be-empty: true, responses: {'302': {description: elsewhere}}}}
  /tree: {get: {operationId: get, responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Tree'}}}}}}}
components:
  responses:
    A: {description: A, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
  schemas:
    A: {type: object, properties: {a: {type: integer}}}
    B: {type: object, properties: {b: {type: integer}}}
    Tree: {type: object, properties: {child: {$ref: '#/components/schemas/Tree'}}}
"""  # noqa: E501 - one operation or schema per line
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return rendered(SPEC, tmp_path_factory.mktemp("responses"))


def a(package: Package, value: int | None = 1) -> object:
    return package.module("models").A(a=value)


def test_json_becomes_what_the_schema_says(package: Package) -> None:
    assert package.parsed("thing.get", '{"a": 1}') == a(package)
    assert package.parsed("array.get", '[{"a": 1}, {}]') == [a(package), a(package, None)]
    assert package.parsed("scalar.get", "7") == 7
    assert package.parsed("mapping.get", '{"x": 1, "y": null}') == {"x": 1}
    assert package.parsed("anything.get", '[1, {"x": null}]') == [1, {"x": None}]
    assert package.parsed("anything.get", "null") is None
    assert package.parsed("union.get", "5") == 5
    assert package.parsed("union.get", '{"a": 1}') == a(package)


def test_the_content_type_header_has_no_say_in_what_json_is(package: Package) -> None:
    assert package.parsed("thing.get", '{"a": 1}', content_type="text/html") == a(package)
    assert package.parsed("thing.get", b'\xef\xbb\xbf{"a": 1}') == a(package)
    assert package.parsed("thing.get", '{"a": 1}'.encode("utf-16")) == a(package)


def test_json_is_asked_for_before_other_media_types(package: Package) -> None:
    assert package.parsed("preferred.get", '{"a": 1}') == a(package)
    assert package.request("preferred.get").headers == {"Accept": "application/json"}
    assert package.request("scalar.get").headers == {"Accept": "application/problem+json"}
    assert package.request("binary.get").headers == {"Accept": "image/jpeg, image/png"}
    assert package.request("nothing.delete").headers == {}


@pytest.mark.parametrize(
    ("content", "charset", "expected"),
    [
        ("grün".encode(), None, "grün"),
        ("grün".encode("latin-1"), "iso-8859-1", "grün"),
        ("grün".encode(), '"UTF-8"', "grün"),
        ("grün".encode(), "no-such", "grün"),
        ("grün".encode(), "idna", "grün"),
        (b"\xff", None, "\ufffd"),
        (b"", None, ""),
    ],
)
def test_text_is_decoded_by_its_charset(
    package: Package, content: bytes, charset: str | None, expected: str
) -> None:
    kind = "text/plain" + (f"; charset={charset}" if charset else "")
    assert package.parsed("text.get", content, content_type=kind) == expected


@pytest.mark.parametrize("operation", ["binary.get", "raw.get", "upgraded.get"])
def test_binary_content_is_untouched(package: Package, operation: str) -> None:
    assert package.parsed(operation, b"\xff\xd8 ") == b"\xff\xd8 "
    assert package.parsed(operation, b"") == b""


def test_forms_and_parts_are_returned_as_they_came(package: Package) -> None:
    assert package.parsed("form.get", "a=b%20c") == "a=b%20c"
    assert package.parsed("parts.get", b"--x\r\n\r\n\xff\r\n--x--") == b"--x\r\n\r\n\xff\r\n--x--"


def test_operations_without_a_documented_body_return_none(package: Package) -> None:
    assert package.parsed("nothing.delete", "ignored") is None
    assert package.parsed("head.head") is None
    assert package.module("api.nothing.delete").OPERATION.returns_body is False
    assert package.module("api.thing.get").OPERATION.returns_body is True


@pytest.mark.parametrize("status", [200, 201, 202, 204, 206, 299])
def test_several_successes_are_told_apart_by_status(package: Package, status: int) -> None:
    models = package.module("models")
    content = {201: '{"b": 2}', 206: "text", 299: "text"}.get(status, '{"a": 1}')
    got = package.parsed("several.get", content, status)
    expected = {200: models.A(a=1), 201: models.B(b=2), 202: None, 204: '{"a": 1}'}
    assert got == expected.get(status, "text")
    assert package.parsed("same.get", '{"a": 1}', 201) == a(package)
    assert package.parsed("same.get", "", 204) is None


def test_an_exact_status_goes_before_a_range(package: Package) -> None:
    assert package.parsed("spread.get", '{"a": 1}', 200) == a(package)
    assert package.parsed("spread.get", "", 201) is None
    assert package.parsed("ranges.get", '{"a": 1}', 200) == a(package)
    assert package.parsed("ranges.get", '{"b": 1}', 299) == package.module("models").B(b=1)


def test_default_is_a_success_only_where_nothing_else_is(package: Package) -> None:
    assert package.parsed("default.get", '{"a": 1}', 200) == a(package)
    assert package.parsed("failing.get", '{"a": 1}', 204) is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_returned_with_their_location_hidden(package: Package, status: int) -> None:
    location = "https://files.example/x?signature=secret"
    for operation in ("moved.get", "moved_or_here.get", "moved_or_silent.get", "maybe_moved.get"):
        redirect = package.parsed(operation, "ignored", status, location=location)
        assert redirect == package.module("types").Redirect(status, location)
        assert redirect.location == location
        assert "secret" not in repr(redirect) + str(redirect)


def test_redirects_that_no_document_speaks_of_are_no_success(package: Package) -> None:
    errors = package.module("errors")
    with pytest.raises(errors.UnexpectedStatus):
        package.parsed("thing.get", "", 303, location="https://x.example")
    for location in ({}, {"location": ""}):
        with pytest.raises(errors.UnexpectedStatus):
            package.parsed("moved.get", "", 303, **location)
    with pytest.raises(errors.UnexpectedStatus):
        package.parsed("moved.get", "", 304, location="https://x.example")
    with pytest.raises(errors.UnexpectedStatus):
        package.parsed("moved.get", "")


def test_an_operation_that_may_redirect_may_still_return_a_value(package: Package) -> None:
    assert package.parsed("moved_or_here.get", '{"a": 1}') == a(package)
    assert package.parsed("moved_or_silent.get", "", 204) is None
    assert package.parsed("maybe_moved.get", "") is None


@pytest.mark.parametrize("content", ["", " \r\n\t"])
def test_only_operations_that_may_be_empty_take_an_empty_body(
    package: Package, content: str
) -> None:
    assert package.parsed("maybe.get", content) is None
    with pytest.raises(package.module("errors").DecodeError, match="no body"):
        package.parsed("thing.get", content)
    assert package.parsed("maybe.get", '{"a": 1}') == a(package)


@pytest.mark.parametrize("content", ['{"a": 1', "<html>", "{}{}", b"\xff\xfe\xff", "9" * 5000])
def test_what_is_no_json_is_an_error_that_shows_none_of_it(
    package: Package, content: str | bytes
) -> None:
    with pytest.raises(package.module("errors").DecodeError) as caught:
        package.parsed("thing.get", content)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert "html" not in str(caught.value)


@pytest.mark.parametrize(
    ("operation", "content"),
    [
        ("thing.get", "[]"),
        ("thing.get", "null"),
        ("thing.get", '"text"'),
        ("array.get", "{}"),
        ("array.get", '["text"]'),
        ("scalar.get", "{}"),
        ("scalar.get", "1.5"),
        ("scalar.get", "true"),
        ("mapping.get", '{"x": "y"}'),
    ],
)
def test_json_of_another_shape_is_an_error(package: Package, operation: str, content: str) -> None:
    with pytest.raises(package.module("errors").DecodeError, match="shape"):
        package.parsed(operation, content)


@pytest.mark.parametrize("depth", [400, 3000, 100_000])
def test_json_nested_too_deeply_is_an_error_and_no_crash(package: Package, depth: int) -> None:
    content = '{"child": ' * depth + "{}" + "}" * depth
    for operation in ("tree.get", "thing.get"):
        try:
            package.parsed(operation, content)
        except package.module("errors").DecodeError as error:
            assert "deep" in str(error)  # noqa: PT017 - whether it fits depends on the machine


@pytest.mark.parametrize("status", [100, 304, 400, 404, 429, 500, 520, 999])
def test_statuses_that_are_no_success_are_errors(package: Package, status: int) -> None:
    for operation in ("thing.get", "nothing.delete", "default.get", "maybe.get"):
        with pytest.raises(package.module("errors").UnexpectedStatus) as caught:
            package.parsed(operation, '{"a": 1}', status)
        assert caught.value.status_code == status
        assert str(caught.value) == f"the server responded with status {status}"
        again = pickle.loads(pickle.dumps(caught.value))
        assert (again.status_code, str(again)) == (status, str(caught.value))


def test_operations_tell_how_they_may_be_repeated(package: Package) -> None:
    get = package.module("api.thing.get").OPERATION
    delete = package.module("api.nothing.delete").OPERATION
    assert (get.effect, get.may_be_empty) == ("safe", False)
    assert (delete.effect, delete.path) == ("idempotent", "/nothing")
    assert package.module("api.maybe.get").OPERATION.may_be_empty is True
    assert repr(get) == "<Operation thing.get: GET /thing>"


def test_the_shipped_spec_is_the_spec(package: Package) -> None:
    shipped = json.loads((package.folder / "openapi.json").read_text("utf-8"))
    assert shipped == package.spec
