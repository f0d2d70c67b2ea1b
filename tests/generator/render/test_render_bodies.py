"""How generated methods take and write bodies."""

from __future__ import annotations

import datetime
import email
import email.policy
import inspect
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from rendering import HEAD, Package, rendered

SPEC = (
    HEAD
    + """
paths:
  /spread/{id}:
    post:
      operationId: send
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Details'}}}}
      responses: {'204': {description: OK}}
  /optional: {post: {operationId: send, requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Details'}}}}, responses: {'204': {description: OK}}}}
  /collides:
    post:
      operationId: send
      parameters: [{name: Notes, in: query, schema: {type: string}}, {name: body, in: query, schema: {type: string}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Details'}}}}
      responses: {'204': {description: OK}}
  /array: {post: {operationId: send, requestBody: {required: true, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Person'}}}}}, responses: {'204': {description: OK}}}}
  /texts: {post: {operationId: send, requestBody: {content: {application/json: {schema: {type: array, items: {type: string}}}}}, responses: {'204': {description: OK}}}}
  /scalar: {post: {operationId: send, requestBody: {required: true, content: {application/json: {schema: {type: integer}}}}, responses: {'204': {description: OK}}}}
  /free: {post: {operationId: send, requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'204': {description: OK}}}}
  /anything: {post: {operationId: send, requestBody: {content: {application/json: {}}}, responses: {'204': {description: OK}}}}
  /looser: {post: {operationId: send, requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}, additionalProperties: {}}}}}, responses: {'204': {description: OK}}}}
  /patterned: {post: {operationId: send, requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}, patternProperties: {^x-: {}}}}}}, responses: {'204': {description: OK}}}}
  /loose: {post: {operationId: send, requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}, additionalProperties: true}}}}, responses: {'204': {description: OK}}}}
  /either: {post: {operationId: send, requestBody: {content: {application/json: {schema: {oneOf: [{$ref: '#/components/schemas/Person'}, {type: string}]}}}}, responses: {'204': {description: OK}}}}
  /form: {post: {operationId: send, requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Form'}}}}, responses: {'204': {description: OK}}}}
  /multipart: {post: {operationId: send, requestBody: {required: true, content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Upload'}}}}, responses: {'204': {description: OK}}}}
  /styled:
    post:
      operationId: send
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: {$ref: '#/components/schemas/Styled'}
            encoding:
              address: {style: deepObject, explode: true}
              labels: {style: form, explode: false}
              piped: {style: pipeDelimited}
              link: {allowReserved: true}
              details: {contentType: application/json}
      responses: {'204': {description: OK}}
  /typed-parts:
    post:
      operationId: send
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {photo: {type: string, format: binary}, note: {type: string}, meta: {type: object}, any: {type: string, format: binary}, tags: {type: array, items: {type: integer}}, codes: {type: array, items: {type: string}}}}
            encoding: {photo: {contentType: image/png}, note: {contentType: text/markdown}, meta: {contentType: application/ld+json}, any: {contentType: 'image/png, image/jpeg'}, tags: {explode: false}, codes: {style: pipeDelimited}}
      responses: {'204': {description: OK}}
  /octets: {post: {operationId: send, requestBody: {content: {application/octet-stream: {schema: {type: string, format: binary}}}}, responses: {'204': {description: OK}}}}
  /images: {post: {operationId: send, requestBody: {required: true, content: {image/jpeg: {}, image/png: {schema: {}}}}, responses: {'204': {description: OK}}}}
  /any-image: {post: {operationId: send, requestBody: {content: {'image/*': {}}}, responses: {'204': {description: OK}}}}
  /text: {post: {operationId: send, requestBody: {required: true, content: {text/plain: {}}}, responses: {'204': {description: OK}}}}
  /any-text: {post: {operationId: send, requestBody: {content: {text/*: {}}}, responses: {'204': {description: OK}}}}
  /related: {post: {operationId: send, requestBody: {required: true, content: {multipart/related: {schema: {type: object}}}}, responses: {'204': {description: OK}}}}
  /xml: {post: {operationId: send, requestBody: {content: {application/xml: {schema: {type: object}}}}, responses: {'204': {description: OK}}}}
  /plus: {post: {operationId: send, requestBody: {content: {text/plain: {}, application/a+json: {schema: {type: integer}}, application/b+json: {schema: {type: string}}}}, responses: {'204': {description: OK}}}}
  /patches: {patch: {operationId: send, requestBody: {required: true, content: {application/json-patch+json: {schema: {type: array}}, application/merge-patch+json: {schema: {type: object}}}}, responses: {'204': {description: OK}}}}
  /same: {patch: {operationId: send, requestBody: {content: {application/merge-patch+json: &same {schema: {type: object, properties: {name: {type: string}}}}, application/json: *same}}, responses: {'204': {description: OK}}}}
  /synonyms: {post: {operationId: send, requestBody: {content: {text/json: *same, application/json: *same, 'application/*+json': *same, application/json; v=2: *same}}, responses: {'204': {description: OK}}}}
  /plain: {post: {operationId: send, requestBody: {content: {application/a+json: {schema: {type: string}}, 'application/json; charset=utf-8': {schema: {type: integer}}}}, responses: {'204': {description: OK}}}}
components:
  schemas:
    Details:
      type: object
      required: [id-code, notes]
      properties:
        id-code: {type: string}
        notes: {type: string}
        made: {type: string, readOnly: true}
        when: {type: string, format: date-time}
        tags: {type: array, items: {type: string}}
        person: {$ref: '#/components/schemas/Person'}
        people: {type: array, items: {$ref: '#/components/schemas/Person'}}
        timeout: {type: integer}
        self: {type: boolean, default: true}
    Person: {type: object, properties: {first-name: {type: string}, born: {type: string, format: date}}}
    Form: {type: object, properties: {grant type: {type: string}, scopes: {type: array, items: {type: string}}, day: {type: string, format: date}, keep: {type: boolean}}}
    Styled:
      type: object
      properties:
        address: {type: object, properties: {city: {type: string}, geo: {type: object, properties: {lat: {type: number}}}, rows: {type: array, items: {type: object, properties: {text: {type: string}}}}}}
        labels: {type: array, items: {type: string}}
        piped: {type: array, items: {type: string}}
        link: {type: string}
        details: {type: array, items: {type: object, properties: {a: {type: string}}}}
        plain: {type: object, properties: {x: {type: string}, y: {type: string}}}
    Upload:
      type: object
      properties:
        title: {type: string}
        count: {type: integer}
        file: {type: string, format: binary}
        more: {type: array, items: {type: string, format: binary}}
        meta: {$ref: '#/components/schemas/Person'}
"""  # noqa: E501 - one operation or schema per line
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return rendered(SPEC, tmp_path_factory.mktemp("bodies"))


def sent(package: Package, operation: str, *args: object, **keywords: object) -> Any:
    """What a method sends as JSON."""
    body = package.request(operation, *args, **keywords).body
    return json.loads(body.content)


def test_the_properties_of_a_json_object_are_keywords(package: Package) -> None:
    request = package.request("spread.send", "7", id_code="c", notes="ü")
    assert request.path == "/spread/7"
    assert request.body.content == '{"id-code":"c","notes":"ü"}'.encode()
    assert request.body.content_type == "application/json"


def test_read_only_properties_are_not_sent(package: Package) -> None:
    with pytest.raises(TypeError, match="made"):
        package.request("spread.send", "7", id_code="c", notes="n", made="m")


def test_required_properties_of_a_required_body_have_to_be_given(package: Package) -> None:
    with pytest.raises(TypeError, match="id_code"):
        package.request("spread.send", "7", notes="n")


def test_an_optional_body_is_sent_only_if_something_is_given(package: Package) -> None:
    assert package.request("optional.send").body is None
    assert sent(package, "optional.send", self_=False) == {"self": False}


def test_names_that_methods_need_for_themselves_get_an_underscore(package: Package) -> None:
    _, request, timeout, headers = package.call("optional.send", timeout_=5, timeout=1.5)
    assert json.loads(request.body.content) == {"timeout": 5}
    assert (timeout, headers) == (1.5, None)


def test_models_and_mappings_are_taken_alike(package: Package) -> None:
    born = datetime.date(2000, 1, 2)
    person = package.module("models").Person(first_name="x", born=born)
    expected = {"first-name": "x", "born": "2000-01-02"}
    mapping = {"first-name": "x", "born": born, "left-out": None}
    assert sent(package, "optional.send", person=person) == {"person": expected}
    assert sent(package, "optional.send", person=mapping) == {"person": expected}
    assert sent(package, "optional.send", people=[person, mapping])["people"] == [expected] * 2
    assert sent(package, "array.send", body=(person, mapping)) == [expected] * 2
    assert sent(package, "either.send", body=person) == expected
    assert sent(package, "either.send", body="x") == "x"


def test_times_are_sent_in_iso_8601(package: Package) -> None:
    when = datetime.datetime(2026, 1, 2, 3, 4, tzinfo=datetime.UTC)
    assert sent(package, "optional.send", when=when) == {"when": "2026-01-02T03:04:00Z"}
    assert sent(package, "optional.send", when="today") == {"when": "today"}


@pytest.mark.parametrize(
    ("operation", "keyword"), [("optional.send", "tags"), ("texts.send", "body")]
)
def test_arrays_in_bodies_refuse_a_bare_string(
    package: Package, operation: str, keyword: str
) -> None:
    with pytest.raises(TypeError, match=f"{keyword} must be a list, not str"):
        package.request(operation, **{keyword: "abc"})


def test_a_body_whose_properties_collide_with_parameters_is_one_argument(
    package: Package,
) -> None:
    body = {"id-code": "c", "notes": "n"}
    request = package.request("collides.send", body=body, notes="query", body_="too")
    assert request.query == "Notes=query&body=too"
    assert json.loads(request.body.content) == body


@pytest.mark.parametrize(
    ("operation", "value"),
    [
        ("texts.send", ["a"]),
        ("texts.send", []),
        ("scalar.send", 0),
        ("free.send", {"a": {"b": [1, None]}}),
        ("free.send", {}),
        ("anything.send", [1, "a", {}]),
        ("anything.send", False),
        ("loose.send", {"a": "x", "b": 1}),
        ("looser.send", {"a": "x", "b": 1}),
        ("patterned.send", {"a": "x", "x-b": 1}),
    ],
)
def test_other_json_is_one_argument(package: Package, operation: str, value: object) -> None:
    assert sent(package, operation, body=value) == value


def test_an_open_object_is_taken_with_further_properties(package: Package) -> None:
    model = package.module("models").LooseSendBody
    given = model(a="x", additional_properties={"b": 1})
    assert sent(package, "loose.send", body=given) == {"a": "x", "b": 1}


@pytest.mark.parametrize("operation", ["texts", "free", "anything", "octets", "xml", "any_image"])
def test_no_optional_body_is_sent_when_none_is_given(package: Package, operation: str) -> None:
    assert package.request(f"{operation}.send").body is None


@pytest.mark.parametrize("value", [{"a": object()}, {"a": b"\xff"}, {"a": float("nan")}])
def test_what_json_cannot_say_is_refused(package: Package, value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        package.request("free.send", body=value)


def test_forms_are_url_encoded(package: Package) -> None:
    values = {"grant type": "a b&c+d%20ü", "scopes": ["x", "y"], "keep": True, "day": None}
    body = package.request("form.send", body=values).body
    assert body.content_type == "application/x-www-form-urlencoded"
    assert body.content == b"grant+type=a+b%26c%2Bd%2520%C3%BC&scopes=x&scopes=y&keep=true"
    model = package.module("models").Form(day=datetime.date(2026, 1, 2), keep=False)
    body = package.request("form.send", body=model).body
    assert parse_qsl(body.content.decode()) == [("day", "2026-01-02"), ("keep", "false")]
    with pytest.raises(TypeError, match="body must be a model or a mapping"):
        package.request("form.send", body="a=b")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            {
                "address": {
                    "city": "A b",
                    "geo": {"lat": 1.5},
                    "lines": [{"text": "x"}, {"text": "y"}],
                }
            },
            "address[city]=A+b&address[geo][lat]=1.5&address[lines][0][text]=x&address[lines][1][text]=y",
        ),
        ({"address": {"city": None, "rows": []}, "labels": ["a", "b"]}, "labels=a,b"),
        ({"piped": ["a", "b"], "link": "a/b?c&d"}, "piped=a%7Cb&link=a/b?c%26d"),
        ({"details": [{"a": "x"}]}, "details=%5B%7B%22a%22%3A%22x%22%7D%5D"),
        ({"plain": {"x": "1", "y": "2"}}, "x=1&y=2"),
    ],
)
def test_the_properties_of_a_form_are_written_as_its_encoding_says(
    package: Package, value: object, expected: str
) -> None:
    assert package.request("styled.send", body=value).body.content.decode() == expected


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"plain": {"x": {"y": 1}}}, "plain, x"),
        ({"piped": [["a"]]}, "piped"),
        ({"address": {"city": b"x"}}, r"address\[city\]"),
        ({"link": b"x"}, "link"),
    ],
)
def test_what_a_form_cannot_hold_is_named(package: Package, value: object, place: str) -> None:
    with pytest.raises(TypeError, match=f"^{place}: expected a single value, found "):
        package.request("styled.send", body=value)


def test_parts_have_the_media_types_that_their_encoding_says(package: Package) -> None:
    own = package.module("types").File(b"o", "o.gif", "image/gif")
    value = {"photo": b"p", "note": "# n", "meta": {"a": 1}, "any": b"x"}
    found = parts(package.request("typed_parts.send", body=value).body)
    assert [(name, kind) for name, _, kind, _ in found] == [
        ("photo", "image/png"),
        ("note", "text/markdown"),
        ("meta", "application/ld+json"),
        ("any", "application/octet-stream"),
    ]
    assert parts(package.request("typed_parts.send", body={"photo": own}).body)[0][2] == "image/gif"


def test_arrays_are_one_part_where_their_encoding_says_so(package: Package) -> None:
    body = package.request("typed_parts.send", body={"tags": [1, 2], "codes": ("a", "b")}).body
    assert parts(body) == [("tags", None, "", b"1,2"), ("codes", None, "", b"a|b")]
    assert parts(package.request("typed_parts.send", body={"tags": [], "codes": "a"}).body) == [
        ("codes", None, "", b"a")
    ]


def parts(body: Any) -> list[tuple[str, str | None, str, bytes]]:
    """Name, file name, type and content of each part."""
    head = f"Content-Type: {body.content_type}\r\n\r\n".encode()
    message = email.message_from_bytes(head + body.content, policy=email.policy.HTTP)
    return [
        (
            part["content-disposition"].params["name"],
            part.get_filename(),
            part.get_content_type() if "content-type" in part else "",
            bytes(part.get_payload(decode=True)),
        )
        for part in message.iter_parts()
    ]


def test_multipart_bodies_carry_files_texts_and_json(package: Package) -> None:
    types, models = package.module("types"), package.module("models")
    file = types.File(b"\xff\r\n\xd8", "a b.jpg", "image/jpeg")
    expected = [
        ("title", None, "", "ü".encode()),
        ("count", None, "", b"3"),
        ("file", "a b.jpg", "image/jpeg", b"\xff\r\n\xd8"),
        ("more", "file", "application/octet-stream", b"1"),
        ("more", "a b.jpg", "image/jpeg", b"\xff\r\n\xd8"),
        ("meta", None, "application/json", b'{"first-name":"x"}'),
    ]
    person = models.Person(first_name="x")
    values: dict[str, Any] = {"title": "ü", "count": 3, "file": file, "more": [b"1", file]}
    model = models.Upload(**values, meta=person)
    mapping = {**values, "meta": {"first-name": "x"}, "left-out": None}
    for given in (model, mapping):
        body = package.request("multipart.send", body=given).body
        assert body.content_type.startswith("multipart/form-data; boundary=")
        assert parts(body) == expected


def test_files_are_sent_from_where_they_stand(package: Package, tmp_path: Path) -> None:
    path = tmp_path / "a b.jpg"
    path.write_bytes(b"\xff\x00rest")
    file = package.module("types").File
    with path.open("rb") as opened:
        opened.seek(1)
        assert package.request("octets.send", body=opened).body.content == b"\x00rest"
        opened.seek(0)
        value = {"file": opened, "more": [io.BytesIO(b"1"), file(io.BytesIO(b"2"), "two")]}
        found = parts(package.request("multipart.send", body=value).body)
    assert [(name, filename, content) for name, filename, _, content in found] == [
        ("file", "a b.jpg", b"\xff\x00rest"),
        ("more", "file", b"1"),
        ("more", "two", b"2"),
    ]
    with path.open() as text, pytest.raises((TypeError, UnicodeDecodeError)):
        package.request("octets.send", body=text)
    with pytest.raises(TypeError, match="expected bytes, or a file open in binary mode, found str"):
        package.request("octets.send", body=io.StringIO("x"))


def test_names_of_parts_cannot_break_out_of_their_header(package: Package) -> None:
    types = package.module("types")
    file = types.File(b"x", 'a"\r\nX: y')
    body = package.request("multipart.send", body={'n"\r\nX: y': file}).body
    assert b'name="n%22%0D%0AX: y"; filename="a%22%0D%0AX: y"\r\n' in body.content
    with pytest.raises(ValueError, match="content_type"):
        package.request("multipart.send", body={"f": types.File(b"", "f", "a/b\r\nX: y")})


def test_a_single_binary_type_needs_no_content_type(package: Package) -> None:
    body = package.request("octets.send", body=b"\xff").body
    assert (body.content, body.content_type) == (b"\xff", "application/octet-stream")
    assert b"\xff" not in repr(body).encode()


@pytest.mark.parametrize("operation", ["images.send", "any_image.send"])
def test_of_several_binary_types_the_caller_names_one(package: Package, operation: str) -> None:
    body = package.request(operation, body=b"\xff", content_type="image/png").body
    assert (body.content, body.content_type) == (b"\xff", "image/png")
    with pytest.raises(TypeError, match="content_type"):
        package.request(operation, body=b"\xff")
    with pytest.raises(ValueError, match="content_type"):
        package.request(operation, body=b"", content_type="image/png\r\nX: y")


def test_the_caller_names_the_boundary_of_parts_that_are_given_as_bytes(package: Package) -> None:
    content_type = 'multipart/related; boundary="x"'
    body = package.request("related.send", body=b"--x--", content_type=content_type).body
    assert (body.content, body.content_type) == (b"--x--", content_type)
    with pytest.raises(TypeError, match="content_type"):
        package.request("related.send", body=b"--x--")


def test_text_and_xml_are_sent_as_text(package: Package) -> None:
    body = package.request("text.send", body="grün").body
    assert (body.content, body.content_type) == ("grün".encode(), "text/plain")
    body = package.request("any_text.send", body="x").body
    assert (body.content, body.content_type) == (b"x", "text/plain")
    body = package.request("xml.send", body="<a/>").body
    assert (body.content, body.content_type) == (b"<a/>", "application/xml")


def test_of_several_json_types_the_plain_one_is_sent_or_else_the_first(package: Package) -> None:
    body = package.request("plus.send", body=1).body
    assert (body.content, body.content_type) == (b"1", "application/a+json")
    body = package.request("plain.send", body=1).body
    assert (body.content, body.content_type) == (b"1", "application/json; charset=utf-8")


def test_of_several_json_types_the_caller_may_name_one(package: Package) -> None:
    patch = [{"op": "remove", "path": "/a"}]
    body = package.request("patches.send", body=patch).body
    assert (json.loads(body.content), body.content_type) == (patch, "application/json-patch+json")
    kind = "application/merge-patch+json"
    body = package.request("patches.send", body={"a": None, "b": 1}, content_type=kind).body
    assert (body.content, body.content_type) == (b'{"b":1}', kind)
    body = package.request("same.send", name="x", content_type=kind).body
    assert (body.content, body.content_type) == (b'{"name":"x"}', kind)
    assert package.request("same.send", name="x").body.content_type == "application/json"
    with pytest.raises(ValueError, match="content_type"):
        package.request("same.send", name="x", content_type="a/b\r\nX: y")
    signature = inspect.signature(package.module("api.patches.send").build_request)
    kinds = "collections.abc.Sequence[object] | collections.abc.Mapping[str, object]"
    assert signature.parameters["body"].annotation == kinds
    assert (
        "content_type"
        not in inspect.signature(package.module("api.synonyms.send").build_request).parameters
    )


def test_signatures_say_what_has_to_be_given(package: Package) -> None:
    def signature(name: str) -> str:
        return str(inspect.signature(package.module(f"api.{name}.send").build_request))

    last = "extra_query: 'types.Query | None' = None) -> 'types.Request'"
    assert signature("scalar") == f"(*, body: 'int', {last}"
    assert signature("xml") == f"(*, body: 'str | None' = None, {last}"
    content = "bytes | types.Readable"
    assert signature("images") == f"(*, body: '{content}', content_type: 'str', {last}"
    assert signature("any_image") == (
        f"(*, body: '{content} | None' = None, content_type: 'str | None' = None, {last}"
    )
