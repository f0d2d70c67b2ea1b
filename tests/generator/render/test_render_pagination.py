"""What is generated to iterate over the pages of an operation."""

from __future__ import annotations

import asyncio
import collections.abc
import json
import typing
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from rendering import HEAD, Package, Response, rendered

HEADER = (
    HEAD
    + """
components:
  schemas:
    Page:
      type: object
      properties:
        my-items: {type: [array, 'null'], items: {$ref: '#/components/schemas/Thing'}}
        total: {type: integer}
    Thing: {type: object, properties: {id: {type: string}}}
  parameters:
    size: {name: 'page[size]', in: query, schema: {type: integer, default: 2}}
    colors: {name: colors, in: query, schema: {type: array, items: {type: string}}}
  responses:
    Page: {description: A page., content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}
    PageOrNull: {description: A page., content: {application/json: {schema: {anyOf: [{$ref: '#/components/schemas/Page'}, {type: 'null'}]}}}}
paths:
"""  # noqa: E501 - one response per line
)
OPERATION = """
  /things/NAME:
    get:
      operationId: NAME
      x-may-be-empty: EMPTY
      x-pagination: {page: page, items: my-itemsMORE}
      parameters:
      - {name: page, in: query, schema: {type: integer, minimum: FIRST, default: FIRST}}
      - $ref: '#/components/parameters/size'
      - $ref: '#/components/parameters/colors'
      responses: {'200': {$ref: '#/components/responses/Page'}}
"""


def operation(name: str, more: str = "", first: str = "1", empty: str = "false") -> str:
    text = OPERATION.replace("NAME", name).replace("MORE", more)
    return text.replace("FIRST", first).replace("EMPTY", empty)


SPEC = (
    HEADER
    + operation("plain")
    + operation("known", ", key: [id], total: total")
    + operation("sized", ", page_size: 'page[size]', max_page_size: 9, name: all_sized")
    + operation("default", ", page_size: 'page[size]'")
    + operation("zero", ", total: total, page_size: 'page[size]'", first="0")
    + operation("empty", empty="true")
    + operation("nothing").replace("responses/Page", "responses/PageOrNull")
)


OR_NULL = "anyOf: [{$ref: '#/components/schemas/Thing'}, {type: 'null'}]"
BASE = "$ref: '#/components/schemas/Base'"
DERIVED = """\
    Base:
      type: object
      required: [kind]
      properties: {id: {type: string}, kind: {type: string}}
      discriminator: {propertyName: kind}
    Derived: {allOf: [{$ref: '#/components/schemas/Base'}]}
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return rendered(SPEC, tmp_path_factory.mktemp("pages"))


class Server:
    """A client of each world whose calls get responses in turn."""

    def __init__(self, package: Package, *pages: object) -> None:
        self.queries: list[dict[str, list[str]]] = []
        bodies = iter(pages)

        def call(operation: typing.Any, request: typing.Any, **_: object) -> object:
            self.queries.append(parse_qs(request.query))
            body = next(bodies)
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            return operation.parse_response(Response(200, content, {}))

        async def call_async(*given: typing.Any, **options: object) -> object:
            return call(*given, **options)

        module = package.module()
        self.client = type("Own", (module.Client,), {"call": lambda _, *a, **k: call(*a, **k)})()
        self.async_client = type(
            "AsyncOwn", (module.AsyncClient,), {"call": lambda _, *a, **k: call_async(*a, **k)}
        )()

    def sent(self, name: str) -> list[str]:
        return [",".join(query.get(name, ["-"])) for query in self.queries]


def page(*ids: str | None, total: int | None = None) -> dict[str, object]:
    items = [{"id": each} if each else {} for each in ids]
    return {"my-items": items, **({} if total is None else {"total": total})}


def ids(items: collections.abc.Iterable[typing.Any]) -> list[str | None]:
    return [item.id for item in items]


def test_pages_are_fetched_as_they_are_needed(package: Package) -> None:
    server = Server(package, page("a", "b"), page("c"), page())
    items = server.client.things.iter_plain(page=4, colors=iter(["red", "blue"]))
    assert server.queries == []
    assert next(items).id == "a"
    assert next(items).id == "b"
    assert len(server.queries) == 1
    assert ids(items) == ["c"]
    assert server.sent("page") == ["4", "5", "6"]
    assert server.sent("colors") == ["red,blue"] * 3


def test_the_asynchronous_client_iterates_likewise(package: Package) -> None:
    server = Server(package, page("a", "b"), page("c"), page())

    async def run() -> list[str | None]:
        return [item.id async for item in server.async_client.things.iter_plain()]

    assert asyncio.run(run()) == ["a", "b", "c"]
    assert server.sent("page") == ["1", "2", "3"]


def test_arguments_are_checked_before_anything_is_iterated(package: Package) -> None:
    server = Server(package)
    with pytest.raises(ValueError, match="page must be at least 1, found 0"):
        server.client.things.iter_plain(page=0)
    with pytest.raises(TypeError, match="sizes"):
        server.client.things.iter_plain(sizes=3)


@pytest.mark.parametrize(
    ("method", "given", "sent"),
    [
        ("all_sized", {}, "9"),
        ("iter_default", {}, "2"),
        ("iter_default", {"page_size": 5}, "5"),
        ("iter_plain", {}, "-"),
        ("iter_plain", {"page_size": 5}, "5"),
    ],
)
def test_the_size_of_a_page_is_the_callers_the_greatest_or_the_default(
    package: Package, method: str, given: dict[str, int], sent: str
) -> None:
    server = Server(package, page("a"), page())
    assert ids(getattr(server.client.things, method)(**given)) == ["a"]
    assert server.sent("page[size]") == [sent, sent]


def test_items_that_came_before_are_left_out_where_a_key_identifies_them(package: Package) -> None:
    pages = page("a", "b"), page("b", "c"), page(None, None), page()
    assert ids(Server(package, *pages).client.things.iter_known()) == ["a", "b", "c", None, None]
    assert ids(Server(package, *pages).client.things.iter_plain()) == [*"abbc", None, None]


@pytest.mark.parametrize("kinds", [OR_NULL, BASE])
def test_items_that_are_null_or_of_several_kinds_are_identified_where_they_can_be(
    tmp_path: Path, kinds: str
) -> None:
    text = SPEC.replace("items: {$ref: '#/components/schemas/Thing'}", f"items: {{{kinds}}}")
    text = text.replace("  parameters:\n    size", f"{DERIVED}  parameters:\n    size")
    odd = {"kind": "new", "id": "b"} if kinds == BASE else None
    items: list[object] = [{"kind": "Derived", "id": "a"}, odd, odd]
    again = {"my-items": [*items, {"kind": "Base", "id": "c"}]}
    server = Server(rendered(text, tmp_path), {"my-items": items}, again, page())
    found = [getattr(item, "id", item) for item in server.client.things.iter_known()]
    assert found == ["a", odd, odd, odd, odd, "c"]


def test_a_page_that_came_before_is_the_end(package: Package) -> None:
    again = page("b", "a")
    again["newer"] = True
    assert ids(Server(package, page("a", "b"), again).client.things.iter_known()) == ["a", "b"]
    pages = page("a", "b"), page("c"), page("a", "b")
    assert ids(Server(package, *pages).client.things.iter_plain()) == ["a", "b", "c"]


def test_the_total_is_the_end(package: Package) -> None:
    pages = page("a", "b", total=3), page("c", total=3)
    assert ids(Server(package, *pages).client.things.iter_known()) == ["a", "b", "c"]


def test_pages_are_counted_from_the_default_of_the_documents(package: Package) -> None:
    server = Server(package, page("a", "b", total=3), page("c", total=3))
    assert ids(server.client.things.iter_zero()) == ["a", "b", "c"]
    assert server.sent("page") == ["0", "1"]
    later = Server(package, page("c", "d", total=4))
    assert ids(later.client.things.iter_zero(page=1)) == ["c", "d"]


def test_a_page_without_a_body_is_the_end(package: Package) -> None:
    server = Server(package, page("a"), b"")
    assert ids(server.client.things.iter_empty()) == ["a"]


def test_a_page_that_is_null_is_the_end(package: Package) -> None:
    server = Server(package, page("a"), b"null")
    assert ids(server.client.things.iter_nothing()) == ["a"]


def test_items_that_cannot_be_read_are_an_error_and_not_the_end(package: Package) -> None:
    server = Server(package, page("a"), {"my-items": [1]})
    items = server.client.things.iter_plain()
    next(items)
    with pytest.raises(ValueError, match="page 2 has my-items that cannot be read"):
        next(items)


def test_the_type_of_the_items_is_known(package: Package) -> None:
    things = package.module("api.things")
    names = [
        each.iter_plain.__annotations__["return"] for each in (things.Things, things.AsyncThings)
    ]
    assert names == [
        "collections.abc.Iterator[models.Thing]",
        "collections.abc.AsyncIterator[models.Thing]",
    ]


def test_the_docstring_tells_what_is_iterated_and_when_pages_are_fetched(package: Package) -> None:
    text = package.module("api.things").Things.all_sized.__doc__
    assert text.startswith("Iterate over the `my_items` of all pages of `sized`.\n")
    assert "Pages are fetched as they are needed." in text
    assert "page_size: The number of items on a page; by default 9." in text


def test_a_client_without_pages_has_no_code_for_them(tmp_path: Path) -> None:
    plain = rendered(SPEC.replace("x-pagination", "x-else"), tmp_path)
    assert not (plain.folder / "_pagination.py").exists()
    assert not hasattr(plain.module("api.things").Things, "iter_plain")
