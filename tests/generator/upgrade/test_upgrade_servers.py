"""How hosts, schemes and base paths come out of the upgrade: https servers, longer paths."""

from __future__ import annotations

from typing import Any

import pytest
from upgrading import POST, errors, operation, upgraded, warnings

SWAGGER = "swagger: '2.0'\ninfo: {title: T, version: '1'}\n"


def _servers(text: str) -> tuple[object, list[str]]:
    tree = upgraded(SWAGGER + text + "\n" + operation(""))
    servers = tree("servers") if tree.has("servers") else None
    return servers, warnings(SWAGGER + text + "\n" + operation(""))


@pytest.mark.parametrize(
    ("text", "urls", "warning"),
    [
        ("host: api.e.com", ["https://api.e.com"], ""),
        ("host: api.e.com\nschemes: [https]", ["https://api.e.com"], ""),
        ("host: api.e.com\nschemes: [http]", ["https://api.e.com"], "https only"),
        ("host: api.e.com\nschemes: [http, https]", ["https://api.e.com"], ""),
        ("host: 'api.e.com:8443'\nschemes: [https]", ["https://api.e.com:8443"], ""),
        ("host: 'localhost:80'\nschemes: [http]", ["http://localhost"], ""),
        ("host: '127.0.0.1:8080'\nschemes: [http]", ["http://127.0.0.1:8080"], ""),
        ("host: 'localhost.e.com'\nschemes: [http]", ["https://localhost.e.com"], "https only"),
        ("host: api.e.com\nschemes: [https, wss]", ["https://api.e.com"], "is left out"),
        ("schemes: [https]", None, "does not specify the host"),
        ("basePath: /v3", None, "does not specify the host"),
    ],
)
def test_servers_are_https_only(text: str, urls: list[str] | None, warning: str) -> None:
    servers, found = _servers(text)
    assert servers == (None if urls is None else [{"url": url} for url in urls])
    assert len(found) == (1 if warning else 0)
    assert not warning or warning in found[0]


def test_a_server_that_speaks_no_http_is_an_error() -> None:
    (error,) = errors(SWAGGER + "host: api.e.com\nschemes: [ws]\npaths: {}")
    assert error.startswith("x.yaml:4:1: ")
    assert "'ws://api.e.com" in error


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("", "/a"),
        ("/", "/a"),
        ("/v3", "/v3/a"),
        ("/v3/", "/v3/a"),
        ("v3", "/v3/a"),
        ("/api//v3", "/api/v3/a"),
    ],
)
def test_the_base_path_is_folded_into_paths(base: str, expected: str) -> None:
    tree = upgraded(f"basePath: '{base}'\n" + operation(""), "2.0")
    assert tree("servers") == [{"url": "https://api.example.com"}]
    assert tree.has("paths", expected, "post")
    pointer = tree("paths", expected, "post", "x-source")
    assert pointer == {"document": "x.yaml", "pointer": "/paths/~1a/post"}
    assert not tree.has("basePath")


def test_schemes_of_an_operation_give_it_servers_only_where_they_differ() -> None:
    text = "host: localhost\nschemes: [https]\n" + operation("schemes: [http]")
    tree = upgraded(SWAGGER + text)
    assert tree("servers") == [{"url": "https://localhost"}]
    assert tree(*POST, "servers") == [{"url": "http://localhost"}]
    assert not upgraded("schemes: [https]\n" + operation("schemes: [http]"), "2.0").has(
        *POST, "servers"
    )


def _openapi(servers: str, fields: str = "") -> str:
    head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n"
    return head + servers + "\n" + operation(fields)


def test_the_path_that_all_servers_share_is_folded_into_paths() -> None:
    tree = upgraded(
        _openapi("servers: [{url: 'http://A.e.com/api/v3/'}, {url: https://b.e.com/api/v4}]")
    )
    assert tree("servers") == [{"url": "https://a.e.com/v3"}, {"url": "https://b.e.com/v4"}]
    assert tree.has("paths", "/api/a")


def test_variables_of_servers_are_replaced_by_their_defaults() -> None:
    variables = "variables: {host: {default: api}, port: {default: 8443}, v: {default: v3}}"
    tree = upgraded(
        _openapi(f"servers: [{{url: 'https://{{host}}.e.com:{{port}}/{{v}}', {variables}}}]")
    )
    assert tree("servers") == [{"url": "https://api.e.com:8443"}]
    assert tree.has("paths", "/v3/a")


def test_a_relative_server_gives_its_path_and_is_left_out() -> None:
    text = _openapi("servers: [{url: /v3}]")
    tree = upgraded(text)
    assert not tree.has("servers")
    assert tree.has("paths", "/v3/a")
    assert len(warnings(text)) == 1


def test_of_several_relative_servers_the_first_gives_its_path() -> None:
    assert upgraded(_openapi("servers: [{url: /v3}, {url: /v4}]")).has("paths", "/v3/a")


def test_an_absolute_server_wins_over_a_relative_one() -> None:
    tree = upgraded(_openapi("servers: [{url: /v4}, {url: //e.com/v3}, {url: 'wss://e.com'}]"))
    assert tree("servers") == [{"url": "https://e.com"}]
    assert tree.has("paths", "/v3/a")


def test_links_find_the_operation_whose_path_has_moved() -> None:
    text = _openapi("servers: [{url: https://e.com/v3}]").replace(
        "description: ok", "description: ok, links: {l: {operationRef: '#/paths/~1a/post'}}"
    )
    link = upgraded(text)("paths", "/v3/a", "post", "responses", "200", "links", "l")
    assert link == {"operationRef": "#/paths/~1v3~1a/post"}


def test_an_operation_with_a_server_of_its_own_keeps_it_and_its_path() -> None:
    text = """
        openapi: 3.1.0
        info: {title: T, version: '1'}
        servers: [{url: https://api.e.com/v3}]
        paths:
          /a:
            parameters: [{name: q, in: query, schema: {type: string}}]
            get: {responses: {'200': {description: ok}}}
            put:
              servers: [{url: https://upload.e.com/v2}]
              responses: {'200': {description: ok}}
        """
    tree = upgraded(text)
    assert tree("servers") == [{"url": "https://api.e.com"}]
    assert tree("paths", "/v2/a", "put", "servers") == [{"url": "https://upload.e.com"}]
    assert tree.has("paths", "/v2/a", "parameters")
    assert tree.has("paths", "/v3/a", "get")
    assert not tree.has("paths", "/v3/a", "put")


def test_an_operation_can_return_to_the_host_of_the_document_from_that_of_its_path() -> None:
    text = """
        openapi: 3.1.0
        info: {title: T, version: '1'}
        servers: [{url: https://api.e.com}]
        paths:
          /a:
            servers: [{url: https://upload.e.com}]
            get: {responses: {'200': {description: ok}}}
            put: {servers: [{url: https://own.e.com}], responses: {'200': {description: ok}}}
            post: {servers: [{url: /}], responses: {'200': {description: ok}}}
            patch: {servers: [{url: /v2}], responses: {'200': {description: ok}}}
          /b:
            servers: [{url: https://upload.e.com}]
            get: {responses: {'200': {description: ok}}}
            put: {servers: [{url: https://api.e.com}], responses: {'200': {description: ok}}}
        """
    root: Any = upgraded(text).value
    found = {
        (path, method): ({**item, **operation}.get("servers") or root["servers"])[0]["url"]
        for path, item in root["paths"].items()
        for method, operation in item.items()
        if "responses" in operation
    }
    assert found == {
        ("/a", "get"): "https://upload.e.com",
        ("/a", "put"): "https://own.e.com",
        ("/a", "post"): "https://api.e.com",
        ("/v2/a", "patch"): "https://api.e.com",
        ("/b", "get"): "https://upload.e.com",
        ("/b", "put"): "https://api.e.com",
    }


def test_paths_that_become_equal_are_an_error_that_names_both() -> None:
    text = "paths:\n  /a: {}\n  a: {}\n"
    (error,) = errors(text, "2.0")
    assert error.startswith("x.yaml:6:3: ")
    assert "x.yaml:5:3" in error
