"""What generated methods put into paths, queries, headers and cookies."""

from __future__ import annotations

import datetime
import enum
import json
from pathlib import Path
from textwrap import dedent
from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rendering import HEAD, Package, rendered

TEXT = {"type": "string"}
LIST = {"type": "array", "items": {"type": "string"}}
OBJECT = {"type": "object", "additionalProperties": {"type": "string"}}
FLAG = {"type": "boolean", "default": True}
WHEN = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
KIND = {"type": "string", "enum": ["a", "b"]}
ANY = {"description": "anything"}
UTC = datetime.UTC
EAST = datetime.timezone(datetime.timedelta(hours=2))


class Color(str, enum.Enum):  # noqa: UP042 - callers have such
    """The kind of enumeration whose `str` is not its value."""

    RED = "red"


class Level(int, enum.Enum):
    HIGH = 3


JSON_QUERY = "p=%7B%22k%22%3A%22%C3%BC%22%7D"

QUERIES: list[tuple[dict[str, object], object, str]] = [
    ({"schema": TEXT}, "a b+c%d/e&f=g?ü€", "p=a%20b%2Bc%25d%2Fe%26f%3Dg%3F%C3%BC%E2%82%AC"),
    ({"schema": TEXT}, "", "p="),
    ({"schema": TEXT}, Color.RED, "p=red"),
    ({"schema": TEXT}, None, ""),
    ({"schema": FLAG}, None, ""),
    ({"schema": FLAG}, True, "p=true"),
    ({"schema": FLAG}, False, "p=false"),
    ({"schema": {"type": "integer"}}, 0, "p=0"),
    ({"schema": {"type": "integer"}}, Level.HIGH, "p=3"),
    ({"schema": {"type": "number"}}, 0.5, "p=0.5"),
    ({"schema": WHEN}, datetime.date(2026, 1, 2), "p=2026-01-02"),
    ({"schema": WHEN}, datetime.datetime(2026, 1, 2, 3, tzinfo=UTC), "p=2026-01-02T03%3A00%3A00Z"),
    (
        {"schema": WHEN},
        datetime.datetime(2026, 1, 2, 3, tzinfo=EAST),
        "p=2026-01-02T03%3A00%3A00%2B02%3A00",
    ),
    ({"schema": WHEN}, "2026-01", "p=2026-01"),
    ({"schema": KIND}, "new-one", "p=new-one"),
    ({"schema": ANY}, "x", "p=x"),
    ({"schema": LIST}, ["a", "b,c"], "p=a&p=b%2Cc"),
    ({"schema": LIST}, [], ""),
    ({"schema": LIST}, ("a",), "p=a"),
    ({"schema": LIST, "explode": False}, ["a", "b,c"], "p=a,b%2Cc"),
    ({"schema": LIST, "explode": False}, [], ""),
    ({"schema": LIST, "style": "spaceDelimited"}, ["a", "b"], "p=a%20b"),
    ({"schema": LIST, "style": "pipeDelimited"}, ["a", "b"], "p=a%7Cb"),
    ({"schema": LIST, "style": "pipeDelimited", "explode": True}, ["a", "b"], "p=a&p=b"),
    ({"schema": OBJECT}, {"k": "1", "n": None, "l&": "2"}, "k=1&l%26=2"),
    ({"schema": OBJECT, "explode": False}, {"k": "1", "l": "2"}, "p=k,1,l,2"),
    ({"schema": OBJECT, "explode": False}, {}, ""),
    ({"schema": OBJECT, "style": "deepObject"}, {"k": "1", "l/": "&"}, "p[k]=1&p[l%2F]=%26"),
    ({"schema": TEXT, "allowReserved": True}, "/a?b:c#d&e+f%", "p=/a?b:c%23d%26e%2Bf%25"),
    ({"schema": LIST, "allowReserved": True, "explode": False}, ["/a", "b"], "p=/a,b"),
    ({"content": {"application/json": {"schema": OBJECT}}}, {"k": "ü"}, JSON_QUERY),
    ({"content": {"application/json": {"schema": LIST}}}, ["1"], "p=%5B%221%22%5D"),
    ({"content": {"text/plain": {"schema": TEXT}}}, "x", "p=x"),
    (
        {"schema": {"type": "array", "items": OBJECT}, "style": "deepObject"},
        [{"k": "1"}, {"k": "2"}],
        "p[0][k]=1&p[1][k]=2",
    ),
    ({"schema": LIST, "style": "deepObject"}, ["a", "b"], "p[0]=a&p[1]=b"),
]  # fmt: skip

PATHS: list[tuple[dict[str, object], object, str]] = [
    ({"schema": TEXT}, "a/b ü+%.", "a%2Fb%20%C3%BC%2B%25."),
    ({"schema": {"type": "integer"}}, 7, "7"),
    ({"schema": {"type": "boolean"}}, True, "true"),
    ({"schema": {"type": "string", "format": "date"}}, datetime.date(2026, 1, 2), "2026-01-02"),
    ({"schema": LIST}, ["a", "b,"], "a,b%2C"),
    ({"schema": LIST, "explode": True}, ["a", "b"], "a,b"),
    ({"schema": OBJECT}, {"k/": "1", "l": "2"}, "k%2F,1,l,2"),
    ({"schema": OBJECT, "explode": True}, {"k": "1", "l": "2/"}, "k=1,l=2%2F"),
    ({"schema": TEXT, "style": "label"}, "a", ".a"),
    ({"schema": LIST, "style": "label"}, ["a", "b"], ".a,b"),
    ({"schema": LIST, "style": "label", "explode": True}, ["a", "b"], ".a.b"),
    ({"schema": OBJECT, "style": "label", "explode": True}, {"k": "1"}, ".k=1"),
    ({"schema": TEXT, "style": "matrix"}, "a", ";some-id=a"),
    ({"schema": LIST, "style": "matrix"}, ["a", "b"], ";some-id=a,b"),
    ({"schema": LIST, "style": "matrix", "explode": True}, ["a", "b"], ";some-id=a;some-id=b"),
    ({"schema": OBJECT, "style": "matrix"}, {"k": "1"}, ";some-id=k,1"),
    ({"schema": OBJECT, "style": "matrix", "explode": True}, {"k": "1"}, ";k=1"),
]

HEADERS: list[tuple[dict[str, object], object, str | None]] = [
    ({"schema": TEXT}, " de ", "de"),
    ({"schema": TEXT}, None, None),
    ({"schema": {"type": "boolean"}}, False, "false"),
    ({"schema": WHEN}, datetime.date(2026, 1, 2), "2026-01-02"),
    ({"schema": LIST}, ["a", "b"], "a,b"),
    ({"schema": OBJECT}, {"k": "1"}, "k,1"),
    ({"schema": OBJECT, "explode": True}, {"k": "1", "l": "2"}, "k=1,l=2"),
    ({"content": {"application/json": {"schema": OBJECT}}}, {"k": "ü"}, '{"k":"\\u00fc"}'),
]

COOKIES: list[tuple[dict[str, object], object, str | None]] = [
    ({"schema": TEXT}, "a; b", "p=a%3B%20b"),
    ({"schema": TEXT}, None, None),
    ({"schema": LIST}, ["a", "b"], "p=a; p=b"),
    ({"schema": LIST, "explode": False}, ["a", "b"], "p=a,b"),
]


def spec() -> str:
    """One operation for each case."""
    paths: dict[str, object] = {}
    responses = {"200": {"description": "OK"}}
    for place, name, cases in (
        ("query", "p", QUERIES),
        ("path", "some-id", PATHS),
        ("header", "X-Some", HEADERS),
        ("cookie", "p", COOKIES),
    ):
        for number, (parameter, _, _) in enumerate(cases):
            path = f"/{place}{number}/x" + ("-{some-id}" if place == "path" else "")
            required = {"required": True} if place == "path" else {}
            full = {"name": name, "in": place, **required, **parameter}
            operation = {"operationId": "send", "parameters": [full], "responses": responses}
            paths[path] = {"get": operation}
    return HEAD + f"paths: {json.dumps(paths)}\n"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return rendered(spec(), tmp_path_factory.mktemp("requests"))


@pytest.mark.parametrize("number", range(len(QUERIES)))
def test_query_arguments_are_written_as_their_style_says(package: Package, number: int) -> None:
    _, value, expected = QUERIES[number]
    request = package.request(f"query{number}.send", p=value)
    assert (request.method, request.path) == ("GET", f"/query{number}/x")
    assert request.query == expected
    assert request.target == request.path + (f"?{expected}" if expected else "")
    assert request.headers == {}
    assert request.body is None


@pytest.mark.parametrize("number", range(len(PATHS)))
def test_path_arguments_are_written_as_their_style_says(package: Package, number: int) -> None:
    _, value, expected = PATHS[number]
    request = package.request(f"path{number}.send", value)
    assert request.path == f"/path{number}/x-{expected}"


OF_JSON = (
    HEAD
    + """
paths:
  /v1/things/{filter}/parts/{no}:
    get:
      operationId: find
      parameters:
      - {in: path, name: filter, required: true, content: {application/json: {schema: {}}}}
      - {in: path, name: no, required: true, content: {application/json: {schema: {type: integer}}}}
      responses: {'204': {description: OK}}
"""
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"k": {"l": ["ü", 1]}}, '{"k":{"l":["ü",1]}}'),
        (["a", "b"], '["a","b"]'),
        ("..", '".."'),
        ("", '""'),
        ([], "[]"),
    ],
)
def test_a_path_argument_with_content_is_written_as_json(
    tmp_path_factory: pytest.TempPathFactory, value: object, text: str
) -> None:
    package = rendered(OF_JSON, tmp_path_factory.mktemp("json"))
    path = package.request("things.find", value, 7).path
    assert unquote(path) == f"/v1/things/{text}/parts/7"
    assert path.count("/") == 5


@pytest.mark.parametrize("number", range(len(PATHS)))
@pytest.mark.parametrize("harmful", ["", ".", ".."])
def test_path_arguments_that_could_lead_elsewhere_are_refused(
    package: Package, number: int, harmful: str
) -> None:
    schema = PATHS[number][0]["schema"]
    value: object = {"k": harmful} if schema is OBJECT else harmful
    value = [harmful] if schema is LIST else value
    with pytest.raises(ValueError, match="some-id must not be empty"):
        package.request(f"path{number}.send", value)


@pytest.mark.parametrize("value", [[], {}, {"": "x"}, {"..": "x"}, ["a", ".."], ["", "a"]])
def test_collections_in_paths_are_refused_when_empty_or_with_harmful_members(
    package: Package, value: object
) -> None:
    number = 6 if isinstance(value, dict) else 4
    with pytest.raises(ValueError, match="some-id must not be empty"):
        package.request(f"path{number}.send", value)


@pytest.mark.parametrize("number", range(len(HEADERS)))
def test_header_arguments_are_written_as_their_style_says(package: Package, number: int) -> None:
    _, value, expected = HEADERS[number]
    request = package.request(f"header{number}.send", x_some=value)
    assert request.headers == ({} if expected is None else {"X-Some": expected})


@pytest.mark.parametrize("number", range(len(COOKIES)))
def test_cookie_arguments_are_written_as_their_style_says(package: Package, number: int) -> None:
    _, value, expected = COOKIES[number]
    request = package.request(f"cookie{number}.send", p=value)
    assert request.headers == ({} if expected is None else {"Cookie": expected})


@pytest.mark.parametrize("value", ["a\r\nB: c", "a\nb", "a\0", "a\x7f", "ü", "a\x85b"])
def test_values_that_would_break_a_header_are_refused(package: Package, value: str) -> None:
    with pytest.raises(ValueError, match="X-Some must be printable ASCII"):
        package.request("header0.send", x_some=value)
    with pytest.raises(ValueError, match="X-Some must be printable ASCII"):
        package.request("header4.send", x_some=["x", value])


@pytest.mark.parametrize(
    ("operation", "argument"),
    [
        (f"{place}{number}.send", argument)
        for place, argument, cases in (
            ("query", "p", QUERIES),
            ("header", "x_some", HEADERS),
            ("cookie", "p", COOKIES),
        )
        for number, (parameter, _, _) in enumerate(cases)
        if parameter.get("schema") is LIST
    ],
)
@pytest.mark.parametrize("value", ["abc", b"abc", 7])
def test_array_arguments_refuse_what_is_no_array(
    package: Package, operation: str, argument: str, value: object
) -> None:
    with pytest.raises(TypeError, match=f"{argument} must be a list, not"):
        package.request(operation, **{argument: value})


def test_array_arguments_in_paths_refuse_a_bare_string(package: Package) -> None:
    with pytest.raises(TypeError, match="some_id must be a list, not str"):
        package.request("path4.send", "abc")


@pytest.mark.parametrize("value", [b"a", object(), None])
def test_values_that_have_no_place_in_a_path_are_refused(package: Package, value: object) -> None:
    with pytest.raises(TypeError, match="expected a single value"):
        package.request("path0.send", value)


CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


@given(text=st.text(CHARACTERS))
def test_any_text_in_a_query_comes_back_as_it_was(package: Package, text: str) -> None:
    for operation in ("query0.send", "query28.send"):
        query = package.request(operation, p=text).query
        assert query.isascii()
        assert parse_qsl(query, keep_blank_values=True) == [("p", text)]


@given(texts=st.lists(st.text(CHARACTERS), min_size=1))
def test_any_texts_in_a_query_come_back_as_they_were(package: Package, texts: list[str]) -> None:
    exploded = package.request("query16.send", p=texts).query
    assert parse_qsl(exploded, keep_blank_values=True) == [("p", text) for text in texts]
    joined = package.request("query19.send", p=texts).query.removeprefix("p=")
    assert [unquote(part) for part in joined.split(",")] == texts


@given(text=st.text(CHARACTERS, min_size=1))
def test_any_text_in_a_path_comes_back_as_it_was(package: Package, text: str) -> None:
    if text in (".", ".."):
        return
    path = package.request("path0.send", text).path
    assert path.isascii()
    assert path.count("/") == 2
    assert unquote(path.removeprefix("/path0/x-")) == text


def test_text_of_paths_is_encoded_once(tmp_path: Path) -> None:
    paths = "/a b/ü/100%/%20/{id}:cancel/x"
    parameter = "{name: id, in: path, required: true, schema: {type: string}}"
    response = "{'200': {description: OK}}"
    operation = f"{{operationId: send, parameters: [{parameter}], responses: {response}}}"
    package = rendered(HEAD + f"paths: {{'{paths}': {{get: {operation}}}}}\n", tmp_path)
    path = package.request("a_b.send", "7").path
    assert path == "/a%20b/%C3%BC/100%25/%20/7:cancel/x"


def test_the_query_of_a_path_is_sent_with_each_request(tmp_path: Path) -> None:
    text = """\
paths:
  /things?view=new%20ones&view=all&raw:
    get: {responses: {'204': {description: OK}}}
  /things?view=old:
    get:
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses: {'204': {description: OK}}
  /things/a%23b%3Fc:
    get: {operationId: getEncoded, responses: {'204': {description: OK}}}
  /things/{kind}?id={thingId}&ids={ids}&view=one:
    get:
      operationId: getOne
      parameters:
      - {name: thingId, in: path, required: true, schema: {type: string}}
      - {name: ids, in: query, schema: {type: array, items: {type: string}}, explode: false}
      - {name: kind, in: path, required: true, schema: {type: string}}
      responses: {'204': {description: OK}}
"""
    package = rendered(HEAD + text, tmp_path)
    request = package.request("things.get_things_view_new_20ones_view_all_raw")
    assert request.target == "/things?view=new%20ones&view=all&raw="
    request = package.request("things.get_things_view_old", page=2, extra_query={"more": 1})
    assert request.target == "/things?view=old&page=2&more=1"
    request = package.request("things.get_one", "a/b", thing_id="7&8", ids=["x", "y"])
    assert request.target == "/things/a%2Fb?view=one&ids=x,y&id=7%268"
    assert package.request("things.get_encoded").target == "/things/a%23b%3Fc"
    with pytest.raises(ValueError, match="parameters without an argument, found 'view'"):
        package.request("things.get_things_view_old", extra_query={"view": "new"})


def test_an_operation_goes_to_the_server_that_it_or_its_path_names(tmp_path: Path) -> None:
    text = """
    servers: [{url: https://api.example}]
    paths:
      /one:
        get: {operationId: get, responses: {'204': {description: OK}}}
        put:
          operationId: put
          servers: [{url: 'https://uploads.example/'}, {url: 'https://b.example'}]
          responses: {'204': {description: OK}}
      /two:
        servers: [{url: 'https://path.example/v2'}]
        get: {operationId: get, responses: {'204': {description: OK}}}
      /three:
        get: {operationId: get, servers: [{url: 'https://api.example'}], responses: {'204': {description: OK}}}
    """  # noqa: E501 - one operation per line
    package = rendered(HEAD + dedent(text), tmp_path)
    found = [
        package.request(name).server for name in ("one.get", "one.put", "two.get", "three.get")
    ]
    assert found == [None, "https://uploads.example", "https://path.example/v2", None]


def test_timeout_and_headers_of_a_call_go_to_the_client(package: Package) -> None:
    operation, _, timeout, headers = package.call("query0.send", timeout=2.5, headers={"A": "b"})
    assert operation.name == "query0.send"
    assert (timeout, headers) == (2.5, {"A": "b"})


def test_parameters_of_the_whole_path_are_arguments_of_its_operations(tmp_path: Path) -> None:
    text = """
        openapi: 3.1.0
        info: {title: Shared, version: '1'}
        paths:
          /things/{id}:
            parameters:
            - {name: id, in: path, required: true, schema: {type: string}}
            - {name: page, in: query, schema: {type: string}}
            get:
              operationId: get_thing
              parameters:
              - {name: page, in: query, schema: {type: integer}}
              responses: {'200': {description: OK}}
    """
    package = rendered(text, tmp_path)
    assert package.request("things.get_thing", "7", page=2).target == "/things/7?page=2"


BOUNDED = """
paths:
  /things:
    get:
      operationId: Things_Get
      parameters:
        - {name: page, in: query, schema: {type: integer, minimum: 1}}
        - {name: page-size, in: query, schema: {$ref: '#/components/schemas/Size'}}
        - {name: share, in: query, schema: {type: number, minimum: 0, maximum: 0.5}}
        - {name: text, in: query, schema: {type: string, maxLength: 5}}
      responses: {'204': {description: done}}
components:
  schemas:
    Size: {type: integer, minimum: 1, maximum: 100}
"""


def test_an_operation_has_the_bounds_of_its_numbers_by_the_names_of_its_arguments(
    tmp_path: Path,
) -> None:
    operation = rendered(HEAD + BOUNDED, tmp_path).module("api.things.get").OPERATION
    assert operation.bounds == {"page": (1, None), "page_size": (1, 100), "share": (0, 0.5)}


LIMITED = (
    HEAD
    + """
paths:
  /v1/things:
    post:
      operationId: things_send
      x-resource: things
      x-method: send
      parameters:
      - {in: query, name: page, schema: {type: integer, minimum: 1}}
      - {in: query, name: share, schema: {type: number, minimum: 0, maximum: 0.5}}
      - {in: query, name: loss, schema: {type: integer, maximum: 0}}
      - {in: query, name: flag, schema: {type: boolean}}
      - {in: query, name: word, schema: {type: string}}
      - {in: query, name: extra_query, schema: {type: string}}
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                copies: {type: integer, minimum: 1, maximum: 9}
                names: {type: array, items: {type: string}}
      responses: {'204': {description: OK}}
"""
)


@pytest.fixture(scope="module")
def bounded(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return rendered(LIMITED, tmp_path_factory.mktemp("bounded"))


@pytest.mark.parametrize(
    ("name", "value", "kind", "text"),
    [
        ("page", 0, ValueError, "page must be at least 1, found 0"),
        ("page", "0", ValueError, "page must be at least 1, found 0"),
        ("page", "x", TypeError, "page must be an integer, found 'x'"),
        ("page", 1.5, TypeError, "page must be an integer, found 1.5"),
        ("page", True, TypeError, "page must be an integer, found True"),
        ("share", 0.6, ValueError, "share must be from 0 to 0.5, found 0.6"),
        ("share", float("nan"), ValueError, "share must be from 0 to 0.5, found nan"),
        ("share", [], TypeError, "share must be a number, found list"),
        ("loss", 1, ValueError, "loss must be at most 0, found 1"),
        ("flag", "no", TypeError, "flag must be True or False, found 'no'"),
        ("word", b"x", TypeError, "word: expected a single value, found bytes"),
        ("word", "a\0", ValueError, "word must be text without NUL .* found 'a"),
        ("word", "\ud800", ValueError, "word must be text without NUL and surrogates"),
        ("copies", 10, ValueError, "copies must be from 1 to 9, found 10"),
        ("names", ["\udc80"], ValueError, "names must be text without NUL and surrogates"),
        ("names", "ab", TypeError, "names must be a list, not str, found 'ab'"),
    ],
)
def test_arguments_of_the_wrong_type_or_out_of_bounds_are_refused_with_name_and_value(
    bounded: Package, name: str, value: object, kind: type[Exception], text: str
) -> None:
    with pytest.raises(kind, match=text):
        bounded.request("things.send", **{name: value})


def test_arguments_at_their_bounds_are_sent(bounded: Package) -> None:
    request = bounded.request("things.send", page="7", share=0.5, loss=0, flag=False, copies=9)
    assert request.query == "page=7&share=0.5&loss=0&flag=false"
    assert request.body.content == b'{"copies":9}'


def test_further_query_parameters_are_sent_behind_the_others(bounded: Package) -> None:
    extra = {"new": ["a b", 2, None], "flag": True, "none": None}
    request = bounded.request("things.send", page=1, extra_query=extra, extra_query_="own")
    assert request.query == "page=1&extra_query=own&new=a%20b&new=2&flag=true"
    assert bounded.request("things.send", extra_query={"x": 1}).query == "x=1"


@pytest.mark.parametrize(
    "extra", ["a=b", {"page": 2}, {"": 1}, {1: 1}, {"x": {}}, {"x": [[]]}, {"x": "\0"}]
)
def test_further_query_parameters_that_cannot_be_sent_are_refused(
    bounded: Package, extra: object
) -> None:
    with pytest.raises((TypeError, ValueError), match="extra_query"):
        bounded.request("things.send", page=1, extra_query=extra)


AS_TEXT = (
    HEAD
    + """
paths:
  /v1/things/{key}:
    get:
      operationId: find
      parameters:
      - {in: path, name: key, required: true, schema: {type: string, format: binary}}
      - {in: query, name: parts, schema: {type: array, items: {type: string, format: binary}}}
      - {in: header, name: X-Sum, schema: {type: string, format: binary}}
      responses: {'204': {description: OK}}
"""
)


def test_what_is_binary_outside_of_bodies_is_given_as_text(tmp_path: Path) -> None:
    package = rendered(AS_TEXT, tmp_path)
    kinds = package.module("api.things.find").build_request.__annotations__
    assert kinds["key"] == "str"
    assert kinds["parts"] == "collections.abc.Sequence[str] | None"
    assert kinds["x_sum"] == "str | None"
    request = package.request("things.find", "a/b", parts=["c"], x_sum="d")
    assert (request.path, request.query) == ("/v1/things/a%2Fb", "parts=c")
    assert request.headers == {"X-Sum": "d"}


def test_a_header_of_an_operation_takes_the_place_of_that_of_its_path_in_any_case(
    tmp_path: Path,
) -> None:
    text = """
    paths:
      /things:
        parameters: [{in: header, name: X-Sum, schema: {type: integer}}]
        get:
          operationId: find
          parameters: [{in: header, name: x-sum, schema: {type: string}}]
          responses: {'204': {description: OK}}
    """
    package = rendered(HEAD + dedent(text), tmp_path)
    kinds = package.module("api.things.find").build_request.__annotations__
    assert [name for name in kinds if "sum" in name] == ["x_sum"]
    assert package.request("things.find", x_sum="d").headers == {"x-sum": "d"}
