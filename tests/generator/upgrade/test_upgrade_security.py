"""How security comes out of the upgrade: schemes, requirements, and credentials in headers."""

from __future__ import annotations

import pytest
from upgrading import POST, errors, operation, upgraded, warnings

SCOPES = "scopes: {read: to read}"


def _scheme(text: str) -> object:
    found = upgraded(f"paths: {{}}\nsecurityDefinitions: {{s: {{{text}}}}}", "2.0")(
        "components", "securitySchemes", "s"
    )
    assert isinstance(found, dict)
    source = found.pop("x-source")
    assert source == {"document": "x.yaml", "pointer": "/securityDefinitions/s"}
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "type: basic, description: d, x-note: n",
            {"type": "http", "scheme": "basic", "description": "d", "x-note": "n"},
        ),
        (
            "type: apiKey, name: Api-Key, in: header",
            {"type": "apiKey", "name": "Api-Key", "in": "header"},
        ),
        (
            f"type: oauth2, flow: implicit, authorizationUrl: 'https://e.com/a', {SCOPES}",
            {"implicit": {"authorizationUrl": "https://e.com/a"}},
        ),
        (
            f"type: oauth2, flow: password, tokenUrl: 'https://e.com/t', {SCOPES}",
            {"password": {"tokenUrl": "https://e.com/t"}},
        ),
        (
            f"type: oauth2, flow: application, tokenUrl: 'https://e.com/t', {SCOPES}",
            {"clientCredentials": {"tokenUrl": "https://e.com/t"}},
        ),
        (
            "type: oauth2, flow: accessCode, authorizationUrl: 'https://e.com/a',"
            f" tokenUrl: 'https://e.com/t', {SCOPES}",
            {
                "authorizationCode": {
                    "authorizationUrl": "https://e.com/a",
                    "tokenUrl": "https://e.com/t",
                }
            },
        ),
    ],
)
def test_each_kind_of_security_scheme_is_translated(text: str, expected: dict[str, object]) -> None:
    if "type" not in expected:
        (name, flow), *_ = expected.items()
        assert isinstance(flow, dict)
        flows = {name: {**flow, "scopes": {"read": "to read"}}}
        expected = {"type": "oauth2", "flows": flows}
    assert _scheme(text) == expected


def test_missing_scopes_are_an_empty_mapping() -> None:
    assert _scheme("type: oauth2, flow: password, tokenUrl: 'https://e.com/t'") == {
        "type": "oauth2",
        "flows": {"password": {"tokenUrl": "https://e.com/t", "scopes": {}}},
    }


def test_an_unknown_flow_is_an_error() -> None:
    text = "paths: {}\nsecurityDefinitions: {s: {type: oauth2, flow: dance}}"
    (error,) = errors(text, "2.0")
    assert error.startswith("x.yaml:5:")
    assert "not 'dance'" in error


@pytest.mark.parametrize("version", ["2.0", "3.0", "3.1"])
def test_tokens_are_asked_for_over_https_with_a_warning(version: str) -> None:
    flow = "tokenUrl: 'http://e.com:80/t', scopes: {}"
    if version == "2.0":
        text = f"paths: {{}}\nsecurityDefinitions: {{s: {{type: oauth2, flow: password, {flow}}}}}"
    else:
        scheme = f"{{type: oauth2, flows: {{password: {{{flow}}}}}}}"
        text = f"paths: {{}}\ncomponents: {{securitySchemes: {{s: {scheme}}}}}"
    tree = upgraded(text, version)
    password = ("components", "securitySchemes", "s", "flows", "password")
    assert tree(*password, "tokenUrl") == "https://e.com/t"
    (warning,) = warnings(text, version)
    assert "'http://e.com:80/t' became 'https://e.com/t'" in warning


def test_tokens_may_be_asked_for_over_http_on_the_machine_itself() -> None:
    url = "http://localhost:8080/t"
    text = f"type: oauth2, flow: password, tokenUrl: '{url}', scopes: {{}}"
    found = _scheme(text)
    assert found == {"type": "oauth2", "flows": {"password": {"tokenUrl": url, "scopes": {}}}}


API_KEY = "securityDefinitions: {key: {type: apiKey, name: Api-Key, in: header}}\n"


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("", [{"key": []}]),
        ("security: []", []),
        ("security: [{}, {key: []}]", [{}, {"key": []}]),
    ],
)
def test_security_of_the_document_goes_to_operations_without_their_own(
    own: str, expected: object
) -> None:
    tree = upgraded(API_KEY + "security: [{key: []}]\n" + operation(own), "2.0")
    assert tree(*POST, "security") == expected
    assert not tree.has("security")


def test_an_operation_has_no_security_where_nothing_declares_any() -> None:
    assert not upgraded(operation(""), "2.0").has(*POST, "security")


SCHEMES = """\
components:
  securitySchemes:
    key: {type: apiKey, name: Api-Key, in: header}
    oauth: {type: oauth2, flows: {password: {tokenUrl: 'https://e.com', scopes: {}}}}
    web: {type: http, scheme: bearer}
    header: {type: apiKey, name: authorization, in: header}
"""


def _secured(security: str, description: str = "a token", required: str = "false") -> str:
    fields = f"description: {description}, required: {required}, schema: {{type: string}}"
    parameters = f"parameters: [{{name: Authorization, in: header, {fields}}}]"
    return SCHEMES + operation(f"{parameters}\n{security}")


@pytest.mark.parametrize(
    ("declared", "required", "expected"),
    [
        ("", True, [{"bearerAuth": []}]),
        ("", False, [{"bearerAuth": []}, {}]),
        ("security: []", True, [{"bearerAuth": []}]),
        ("security: [{key: []}]", True, [{"key": [], "bearerAuth": []}]),
        ("security: [{key: []}]", False, [{"key": [], "bearerAuth": []}, {"key": []}]),
        (
            "security: [{key: []}, {}]",
            True,
            [{"key": [], "bearerAuth": []}, {"bearerAuth": []}],
        ),
        ("security: [{oauth: []}]", True, [{"oauth": []}]),
        ("security: [{web: []}]", True, [{"web": []}]),
        ("security: [{header: []}]", True, [{"header": []}]),
        ("security: [{key: []}, {oauth: []}]", True, [{"key": []}, {"oauth": []}]),
    ],
)
@pytest.mark.parametrize("version", ["3.0", "3.1"])
def test_an_authorization_header_becomes_security(
    declared: str, required: bool, expected: object, version: str
) -> None:
    text = _secured(declared, required="true" if required else "false")
    tree = upgraded(text, version)
    assert tree(*POST, "security") == expected
    assert not tree.has(*POST, "parameters")
    added = tree.has("components", "securitySchemes", "bearerAuth")
    assert added == ("bearerAuth" in str(expected))


def test_an_authorization_header_of_swagger_becomes_security() -> None:
    text = operation(
        "parameters: [{name: AUTHORIZATION, in: header, type: string, description: Bearer x}]"
    )
    tree = upgraded(text, "2.0")
    assert tree("components", "securitySchemes") == {
        "bearerAuth": {
            "type": "http",
            "scheme": "bearer",
            "description": "Bearer x",
            "x-source": {"document": "x.yaml", "pointer": "/paths/~1a/post/parameters/0"},
        }
    }
    (warning,) = warnings(text, "2.0")
    assert warning.startswith("x.yaml:8:")
    assert "became the security scheme 'bearerAuth'" in warning


@pytest.mark.parametrize(
    ("description", "scheme"),
    [
        ("HTTP Basic credentials", "basic"),
        ("Basic or Bearer", "bearer"),
        ("basically a token", "bearer"),
    ],
)
def test_the_description_tells_basic_from_bearer(description: str, scheme: str) -> None:
    tree = upgraded(_secured("", description), "3.1")
    found = tree("components", "securitySchemes", f"{scheme}Auth")
    assert isinstance(found, dict)
    assert (found["type"], found["scheme"]) == ("http", scheme)


def test_a_scheme_of_the_same_name_that_is_another_is_left_alone() -> None:
    text = _secured("").replace("    key:", "    bearerAuth:")
    tree = upgraded(text, "3.1")
    assert tree("components", "securitySchemes", "bearerAuth", "type") == "apiKey"
    assert tree(*POST, "security") == [{"bearerAuth_2": []}, {}]


def test_a_shared_or_path_level_authorization_header_becomes_security_too() -> None:
    text = """
        parameters: {auth: {name: Authorization, in: header, type: string, required: true}}
        paths:
          /a:
            parameters: [{$ref: '#/parameters/auth'}]
            get: {responses: {'200': {description: ok}}}
            post: {responses: {'200': {description: ok}}}
        """
    tree = upgraded(text, "2.0")
    for method in ("get", "post"):
        assert tree("paths", "/a", method, "security") == [{"bearerAuth": []}]
    assert not tree.has("paths", "/a", "parameters")
    assert not tree.has("components", "parameters")
    scheme = tree("components", "securitySchemes", "bearerAuth", "x-source", "pointer")
    assert scheme == "/parameters/auth"
    assert len(warnings(text, "2.0")) == 1


def test_an_operations_own_authorization_header_overrides_that_of_the_path() -> None:
    tree = upgraded(
        """
        paths:
          /a:
            parameters: [{name: Authorization, in: header, type: string}]
            get:
              parameters: [{name: Authorization, in: header, type: string, required: true}]
              responses: {'200': {description: ok}}
        """,
        "2.0",
    )
    assert tree("paths", "/a", "get", "security") == [{"bearerAuth": []}]


def test_a_content_type_header_of_a_response_is_removed() -> None:
    headers = "headers: {content-type: {type: string}, X-A: {type: string}}"
    text = operation("").replace("description: ok", f"description: ok, {headers}")
    found = upgraded(text, "2.0")(*POST, "responses", "200", "headers")
    assert found == {"X-A": {"schema": {"type": "string"}}}


@pytest.mark.parametrize("version", ["2.0", "3.0"])
def test_accept_and_content_type_headers_are_removed(version: str) -> None:
    kind = "type: string" if version == "2.0" else "schema: {type: string}"
    text = operation(
        f"""
        parameters:
        - {{name: accept, in: header, {kind}}}
        - {{name: Content-Type, in: header, {kind}}}
        - {{name: Accept-Language, in: header, {kind}}}
        - {{name: Accept, in: query, {kind}}}
        """
    )
    parameters = upgraded(text, version)(*POST, "parameters")
    assert isinstance(parameters, list)
    assert [item["name"] for item in parameters] == ["Accept-Language", "Accept"]
    assert warnings(text, version) == []
