"""The same call, request or response that comes to mean something else is a difference."""

from __future__ import annotations

import pytest
from comparing import compared_edits, shop

from generator.diff import Difference, compare

_TOKENS = "{clientCredentials: {tokenUrl: 'https://api.example.com/token'"
_UNION = "oneOf: [{$ref: '#/components/schemas/Thing'}, {$ref: '#/components/schemas/Size'}]"
_CHANGED = f"schema: {{type: array, items: {{{_UNION}}}}}"
_OWNER = "anyOf: [{type: string}, {$ref: '#/components/schemas/Person'}"


def kinds(found: list[Difference]) -> list[tuple[str, str, str]]:
    """Kind, level and operation of each difference."""
    return [(item.kind.id, item.level, item.operation) for item in found]


@pytest.mark.parametrize(
    "url",
    [
        "https://tokens.example.org/token",
        "https://api.example.com:8443/token",
        "http://api.example.com/token",
    ],
)
def test_tokens_from_another_host_are_one_major_difference_of_the_client(url: str) -> None:
    found = compared_edits((_TOKENS, f"{{clientCredentials: {{tokenUrl: '{url}'"))
    assert kinds(found) == [("token-url-changed", "major", "")]


@pytest.mark.parametrize(
    "url", ["https://api.example.com/v2/token", "https://API.example.com:443/token"]
)
def test_another_path_for_tokens_on_the_same_host_is_a_patch(url: str) -> None:
    found = compared_edits((_TOKENS, f"{{clientCredentials: {{tokenUrl: '{url}'"))
    assert kinds(found) == [("metadata-changed", "patch", "DELETE /v1/things/{id}")]


def test_another_host_for_refreshing_tokens_is_major() -> None:
    refreshing = f"{_TOKENS}, refreshUrl: 'https://tokens.example.org/refresh'"
    assert kinds(compared_edits((_TOKENS, refreshing))) == [("token-url-changed", "major", "")]


def test_another_flow_is_one_flow_removed_and_one_added() -> None:
    found = compared_edits((_TOKENS, _TOKENS.replace("clientCredentials", "password")))
    assert kinds(found) == [
        ("token-flow-removed", "major", ""),
        ("token-flow-added", "minor", ""),
    ]


def test_another_host_of_openid_connect_is_major() -> None:
    login = f"{{type: oauth2, flows: {_TOKENS}, scopes: {{write: Change things.}}}}}}}}"
    one = (login, "{type: openIdConnect, openIdConnectUrl: 'https://a.example/openid'}")
    two = (login, "{type: openIdConnect, openIdConnectUrl: 'https://b.example/openid'}")
    assert kinds(compare(shop(one), shop(two))) == [("token-url-changed", "major", "")]


@pytest.mark.parametrize("effect", ["idempotent", "safe"])
def test_an_operation_that_spent_and_may_now_be_repeated_is_major(effect: str) -> None:
    found = compared_edits(("x-effect: spends", f"x-effect: {effect}"))
    assert kinds(found) == [("effect-may-be-repeated", "major", "POST /v1/things")]


def test_other_values_of_a_discriminator_are_major() -> None:
    def tagged(one: str, two: str) -> tuple[str, str]:
        names = {"a": "Thing", "b": "Size"}
        mapping = f"mapping: {{x: {names[one]}, y: {names[two]}}}"
        return (_UNION, f"{_UNION}, discriminator: {{propertyName: unit, {mapping}}}")

    found = compare(shop(tagged("a", "b")), shop(tagged("b", "a")))
    assert ("union-read-otherwise", "major", "PATCH /v1/things/{id}") in kinds(found)
    assert [item.before for item in found if item.kind.id == "union-read-otherwise"] == [
        "list of (by 'unit', 'x': Thing, 'y': Size)"
    ]


def test_another_property_that_tells_a_union_apart_is_major() -> None:
    def tagged(name: str) -> tuple[str, str]:
        return (_UNION, f"{_UNION}, discriminator: {{propertyName: {name}}}")

    found = kinds(compare(shop(tagged("unit")), shop(tagged("name"))))
    assert ("union-read-otherwise", "major", "PATCH /v1/things/{id}") in found


def test_members_of_a_property_in_another_order_are_major_where_it_is_returned() -> None:
    one = (_OWNER, f"{_OWNER}, {{$ref: '#/components/schemas/Size'}}")
    two = (_OWNER, _OWNER.replace("[", "[{$ref: '#/components/schemas/Size'}, "))
    found = compare(shop(one), shop(two))
    assert {(item.kind.id, item.python) for item in found} == {
        ("union-read-otherwise", "models.Thing.owner")
    }


def test_text_and_classes_in_another_order_are_no_difference() -> None:
    turned = "anyOf: [{$ref: '#/components/schemas/Person'}, {type: string}"
    assert compared_edits((_OWNER, turned)) == []


def test_the_members_of_a_union_that_is_sent_have_no_order() -> None:
    one = "anyOf: [{$ref: '#/components/schemas/Size'}, {$ref: '#/components/schemas/Person'}]"
    two = "anyOf: [{$ref: '#/components/schemas/Person'}, {$ref: '#/components/schemas/Size'}]"
    text = "extras: {type: array, items: {type: number}}"
    specs = [shop((text, f"extras: {{{each}}}")) for each in (one, two)]
    assert compare(*specs) == []


def test_a_default_that_is_no_longer_documented_is_major() -> None:
    found = compared_edits(("minimum: 1, default: 1", "minimum: 1"))
    assert kinds(found) == [("default-changed", "major", "GET /v1/things")]


def test_a_default_of_a_response_is_a_patch() -> None:
    found = compared_edits(("height: {type: integer}", "height: {type: integer, default: 1}"))
    told = {item.operation: (item.kind.id, item.level) for item in found}
    assert told["GET /v1/things"] == ("metadata-changed", "patch")
    assert told["POST /v1/things"] == ("default-added", "minor")


@pytest.mark.parametrize(("before", "after"), [("int32", "int64"), ("int64", "int32")])
def test_a_format_that_makes_no_other_python_type_is_a_patch(before: str, after: str) -> None:
    number = "{type: integer, minimum: 1, default: 1}"
    one, two = (
        (number, number.replace("integer", f"integer, format: {each}")) for each in (before, after)
    )
    assert kinds(compare(shop(one), shop(two))) == [("format-changed", "patch", "GET /v1/things")]


def test_a_response_that_may_now_be_null_as_a_whole_is_major() -> None:
    plain = _CHANGED.replace("type: array", "type: [array, 'null']")
    found = kinds(compared_edits((_CHANGED, plain)))
    assert ("response-may-be-empty", "major", "PATCH /v1/things/{id}") in found


def test_a_body_that_may_no_longer_be_null_is_major() -> None:
    body = "additionalProperties: true"
    nullable = (f"type: object\n              {body}", f"type: [object, 'null']\n{' ' * 14}{body}")
    old, new = shop(nullable), shop()
    assert kinds(compare(old, new))[:1] == [("null-rejected", "major", "PATCH /v1/things/{id}")]
    assert ("null-accepted", "minor", "PATCH /v1/things/{id}") in kinds(compare(new, old))


def test_an_argument_that_may_no_longer_be_null_is_major() -> None:
    name = "name: {type: string, minLength: 1}"
    found = compare(shop((name, name.replace("string", "[string, 'null']"))), shop())
    assert [(item.kind.id, item.python) for item in found] == [
        ("property-type-narrowed", "models.NewThing.name"),
        ("null-rejected", "things.create(name)"),
    ]


def test_null_makes_no_difference_in_a_query_where_it_cannot_be_sent() -> None:
    nullable = "{name: since, in: query, schema: {type: [string, 'null'], format: date-time}}"
    plain = "{name: since, in: query, schema: {type: string, format: date-time}}"
    assert kinds(compare(shop((plain, nullable)), shop())) == [
        ("nullability-changed", "patch", "GET /v1/things")
    ]


def test_null_that_moves_from_one_member_of_a_union_to_the_whole_is_no_difference() -> None:
    one = (_OWNER, "anyOf: [{type: [string, 'null']}, {$ref: '#/components/schemas/Person'}")
    two = (_OWNER, f"{_OWNER}, {{type: 'null'}}")
    assert compare(shop(one), shop(two)) == []


_NAME = "name: {type: string, description: What it is called., example: box}"


def typed(found: list[Difference]) -> set[tuple[str, str, str, str]]:
    """Kind, Python name, old and new type of each difference of a property."""
    return {
        (item.kind.id, item.python, item.before, item.after)
        for item in found
        if item.kind.id.startswith(("property", "required", "null"))
    }


def test_a_returned_property_that_may_now_be_missing_is_major_for_those_who_read_it() -> None:
    found = compare(shop(("required: [id]", "required: [id, name]")), shop())
    assert typed(found) == {
        ("property-optional", "models.Thing.name", "", ""),
        ("property-type-changed", "models.Thing.name", "str", "str | None"),
    }


def test_a_returned_property_that_is_now_required_is_so_in_its_constructor() -> None:
    found = compared_edits(("required: [id]", "required: [id, name]"))
    assert typed(found) == {
        ("property-required", "models.Thing.name", "", ""),
        ("property-type-changed", "models.Thing.name", "str | None", "str"),
    }


def test_a_returned_property_that_may_now_be_null_is_major_where_it_is_required() -> None:
    required = ("required: [id]", "required: [id, name]")
    nullable = (_NAME, _NAME.replace("string", "[string, 'null']"))
    assert ("property-type-changed", "models.Thing.name", "str", "str | None") in typed(
        compare(shop(required), shop(required, nullable))
    )
    assert {item.level for item in compared_edits(nullable)} == {"patch"}


def test_a_read_only_property_that_may_now_be_missing_is_major() -> None:
    found = compared_edits(("      required: [id]\n", ""))
    assert typed(found) == {("property-type-changed", "models.Thing.id", "str", "str | None")}


def test_a_sent_property_that_need_no_longer_be_given_is_minor() -> None:
    required = (
        "Filter: {type: object, properties",
        "Filter: {type: object, required: [text], properties",
    )
    found = compare(shop(required), shop())
    assert typed(found) == {("property-optional", "models.Filter.text", "", "")}


def test_a_new_extension_of_the_whole_spec_was_nothing_before() -> None:
    found = compared_edits(("openapi: 3.1.0\n", "openapi: 3.1.0\nx-audience: partners\n"))
    assert [(item.before, item.after) for item in found] == [("", 'x-audience "partners"')]


def test_the_kind_of_json_that_is_sent_unasked_is_known_beside_a_pattern() -> None:
    body = "content: {application/json: {schema: {$ref: '#/components/schemas/NewThing'}}}"
    kinds_of_json = "content: {'*/*': {}, application/%s+json: {}, application/z+json: {}}"
    found = compare(shop((body, kinds_of_json % "a")), shop((body, kinds_of_json % "b")))
    sent = [(item.before, item.after) for item in found if item.kind.id == "body-sent-otherwise"]
    assert sent == [("json application/a+json required", "json application/b+json required")]
