"""Reads `x-pagination`: the method that iterates over what another one returns in pages."""

from __future__ import annotations

from collections.abc import Sequence

from generator.document import Map

from .classes import Classes
from .model import Argument, Outcome, Pagination

PAGINATION = "x-pagination"


def iterator_name(operation: Map) -> str:
    """What the method is called that iterates over the pages of an operation."""
    name = operation.map(PAGINATION).text("name")
    return name or f"iter_{operation.text('x-method').rstrip('_')}"


def read_pagination(
    node: Map, arguments: Sequence[Argument], outcomes: Sequence[Outcome], classes: Classes
) -> Pagination | None:
    """How to iterate over the pages of an operation; None if overlays say nothing of them."""
    if PAGINATION not in node:
        return None
    given = node.map(PAGINATION)
    query = {argument.wire: argument for argument in arguments if argument.place == "query"}
    page, page_size = query[given.text("page")], query.get(given.text("page_size"))
    (body,) = (outcome.type for outcome in outcomes if outcome.kind != "none")
    fields = {field.wire: field for field in classes.fields(body.name)}
    items = fields[given.text("items")]
    item = items.type.options[0]
    known = {field.wire: field for field in classes.fields(item.name)} if given.seq("key") else {}
    first = _default(classes, page)
    size = given.get("max_page_size")
    return Pagination(
        name=iterator_name(node),
        page=page,
        page_size=page_size,
        first=1 if first is None else first,
        size=size if isinstance(size, int) else _default(classes, page_size),
        body=body.returned,
        item=item.held,
        items=items,
        total=fields.get(given.text("total")),
        key=tuple(known[name] for name in given.seq("key").texts()),
    )


def _default(classes: Classes, argument: Argument | None) -> int | None:
    """What the documents call the default of a number."""
    value = classes.schemas.flat(argument.schema).get("default") if argument else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
