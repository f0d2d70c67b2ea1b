"""What a caller reads about generated methods and models."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest
from rendering import HEAD, Package, rendered

from generator.document import Map, Position, placed

SPEC = (
    HEAD
    + r"""
paths:
  /v3/orders/{id}:
    post:
      operationId: Orders_PlaceOrder
      summary: "Place an\r\n  order"
      description: "# Place an order\r\n\r\nThe long prose\r\nof this operation, with \"\"\"quotes\"\"\" and a \\ backslash.\r\n\r\n\r\n\r\n- one\r\n    - nested item\r\n\r\n| a | b |\r\n|---|---|\r\n\r\n```\r\nx  =   1\r\n```\r\n"
      deprecated: true
      x-effect: spends
      x-source: {document: "orders\u202e.yaml", pointer: /paths/~1orders/post}
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}, description: "Id of the\u2002order"}
      - {name: kind, in: query, required: true, schema: {$ref: '#/components/schemas/Kind'}}
      - {name: kinds, in: query, schema: {type: array, maxItems: 3, items: {$ref: '#/components/schemas/Kind'}}, description: Several kinds}
      - {name: page, in: query, schema: {type: integer, minimum: 1, maximum: 9, default: 2}}
      - {name: text, in: query, deprecated: true, schema: {type: string, maxLength: 5}}
      - {name: X-Some, in: header, schema: {type: boolean, default: false}}
      requestBody: {content: {application/json: {schema: {type: object, properties: {note: {type: string}}}}}}
      responses:
        '200': {description: The order, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
        '204': {description: ''}
        '303': {description: Elsewhere}
        '404': {description: No such order}
        4XX: {description: "Other\nfailures."}
        default: {description: ''}
  /v3/images: {put: {operationId: put, description: "#  Images\n\nReplaces one.\n\n# Limits\nNone.", x-source: {overlays: ['20-images.yaml#/actions/0']}, requestBody: {description: The image, required: true, content: {image/jpeg: {}, image/png: {}}}, responses: {'200': {description: OK}}}}
components:
  schemas:
    Kind: {type: string, enum: [new, used], description: What kind it is, x-source: {overlays: ['10-kinds.yaml#/actions/0']}}
    Order:
      type: object
      description: "An order\n\nwith \"\"\" and \\ and a trailing quote\""
      properties:
        id: {type: string, description: 'Ends with a backslash\'}
        kind: {$ref: '#/components/schemas/Kind'}
        bare: {type: string}
"""  # noqa: E501 - one operation or schema per line
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return rendered(SPEC, tmp_path_factory.mktemp("docs"))


def test_a_method_tells_all_a_caller_needs(package: Package) -> None:
    doc = inspect.getdoc(package.module("api.orders").Orders.place_order)
    assert doc == inspect.cleandoc("""
        Place an order.

        Deprecated: the API means to withdraw this operation.

        Each call spends something that has been paid for: one that may have worked is not to be
        repeated.

        Args:
            id: Id of the order.
            kind: What kind it is. Known values: `new`, `used`.
            kinds: Several kinds. At most `3` items. Known items: `new`, `used`.
            page: From `1` to `9`. If it is not given, the server takes `2`.
            text: Deprecated. At most `5` characters.
            x_some: If it is not given, the server takes false.
            note: The property of the body `note`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            Order (200): The order.
            None (204): The success.
            Redirect: Elsewhere.

        Raises:
            ValueError: `id` is empty, `.` or `..`, or an argument is out of bounds or cannot be
                sent; nothing is sent.
            UnexpectedStatus: Status 404. No such order.
            UnexpectedStatus: Status 4XX. Other failures.
            UnexpectedStatus: Any other status.

        Source: orders.yaml, /paths/~1orders/post
    """)


def test_an_awaited_method_refers_to_its_blocking_twin(package: Package) -> None:
    doc = inspect.getdoc(package.module("api.orders").AsyncOrders.place_order)
    assert doc == "Place an order.\n\nSee `Orders.place_order`."
    doc = inspect.getdoc(package.module("api.images").AsyncImages.put)
    assert doc == "PUT /v3/images\n\nSee `Images.put`."


def test_a_method_names_the_exceptions_that_the_settings_name(tmp_path: Path) -> None:
    names = {"argument": "shop.WrongArgument", "404": "NotFound", "4XX": "Refused", "default": "E"}
    doc = inspect.getdoc(
        rendered(SPEC, tmp_path, exceptions=names).module("api.orders").Orders.place_order
    )
    assert doc is not None
    assert doc.split("Raises:\n")[1].split("\n\n")[0] == (
        "    shop.WrongArgument: `id` is empty, `.` or `..`, or an argument is out of bounds or\n"
        "        cannot be sent; nothing is sent.\n"
        "    NotFound: Status 404. No such order.\n"
        "    Refused: Status 4XX. Other failures.\n"
        "    E: Any other status."
    )


def test_a_binary_body_tells_its_media_types(package: Package) -> None:
    doc = inspect.getdoc(package.module("api.images").Images.put)
    assert doc is not None
    assert "PUT /v3/images" in doc
    assert "    body: The image.\n" in doc
    assert "    content_type: The media type of the body: image/jpeg, image/png.\n" in doc


def test_the_long_prose_of_an_operation_is_kept_once_in_its_module(package: Package) -> None:
    doc = package.module("api.orders.place_order").__doc__
    assert doc == inspect.cleandoc('''
        Place an order.

        The long prose
        of this operation, with """quotes""" and a \\ backslash.

        - one
            - nested item

        | a | b |
        |---|---|

        ```
        x  =   1
        ```

        POST /v3/orders/{id}

        Source: orders.yaml, /paths/~1orders/post
    ''') + "\n"  # fmt: skip
    texts = [path.read_text("utf-8") for path in package.folder.rglob("*.py")]
    assert sum(text.count("The long prose") for text in texts) == 1


def test_a_heading_that_repeats_the_name_of_the_resource_is_left_out(package: Package) -> None:
    doc = package.module("api.images.put").__doc__
    assert doc == "images.put\n\nReplaces one.\n\n# Limits\nNone.\n\nPUT /v3/images\n"


def test_overlays_are_named_nowhere_in_the_package(package: Package) -> None:
    texts = [path.read_text("utf-8") for path in package.folder.rglob("*.py")]
    assert not any("actions/0" in text for text in texts)


def test_models_tell_what_they_and_their_fields_are(package: Package) -> None:
    module = package.module("models.order")
    assert module.Order.__doc__ == 'An order with """ and \\ and a trailing quote". '.rstrip()
    source = (package.folder / "models" / "order.py").read_text("utf-8")
    assert source.count('"""Ends with a backslash\\\\."""') == 1
    assert source.count('"""What kind it is. Known values: `new`, `used`."""') == 1


HOSTILE = [
    '"""\nimport os; os.abort()\n"""',
    "'''",
    "\\",
    '\\"',
    '"',
    "\\N{BULLET}",
    "{{ 7 * 7 }} {% raw %} {x!r}",
    "a\nb\r\nc\u2028d\x85e",
    "\u202e\u2066 bidi",
    "../../../x",
    "\ufeff",
    "# type: ignore",
    "%s %(x)s",
    "; import os",
    "\0\x1b[0m",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_documents_never_becomes_code(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    package = rendered(hostile(text), folder)
    value = package.module("api.things.send").build_request("x")
    assert value.path == "/things/x"
    assert [path.name for path in folder.iterdir() if path.name != "__pycache__"] == [package.name]
    for path in package.folder.rglob("*.py"):
        source = path.read_text("utf-8")
        assert all(char.isprintable() or char == "\n" for char in source)
        statements = {type(node).__name__ for node in ast.parse(source).body}
        assert statements <= {
            *("Expr", "Import", "ImportFrom", "If", "Assign", "AnnAssign", "ClassDef"),
            *("FunctionDef", "AsyncFunctionDef"),
        }
        names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
        assert "os" not in names or path.name == "_bodies.py"


def hostile(text: str) -> Map:
    """A spec that says a text wherever it can."""
    schema = {
        "type": "object",
        "title": text,
        "description": text,
        "properties": {
            text: {"type": "string", "description": text, "enum": [text], "default": text},
            "other": {"const": text, "format": text},
        },
    }
    operation = {
        "operationId": f"send{text}",
        "x-resource": "things",
        "x-method": "send",
        "summary": text,
        "description": text,
        "tags": [text],
        "security": [{text: [text]}],
        "x-source": {"document": text, "pointer": text, "overlays": [text]},
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
            {
                "name": text,
                "in": "query",
                "description": text,
                "schema": {"type": "string", "enum": [text], "default": text},
            },
        ],
        "requestBody": {"description": text, "content": {"application/json": {"schema": schema}}},
        "responses": {
            "200": {"description": text, "content": {"application/json": {"schema": schema}}},
            "404": {"description": text},
        },
    }
    spec = placed(
        {
            "openapi": "3.1.0",
            "info": {"title": text, "version": text, "description": text},
            "paths": {"/things/{id}": {"post": operation}},
            "components": {
                "schemas": {"Kind": {"enum": [text], "description": text}, "Thing": schema},
                "securitySchemes": {text: {"type": "http", "scheme": "basic"}},
            },
        },
        Position("x.yaml"),
    )
    assert isinstance(spec, Map)
    return spec
