"""What people who hover over the generated client read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.names import snake_case

from .model import Field, Model, Operation, Pagination
from .safe_text import one_line, wrapped


def of_method(operation: Operation, exceptions: Mapping[str, str]) -> str:
    """What a caller reads of a method. Exceptions have the names that the settings give them."""
    parts = [
        _title(operation),
        "Deprecated: the API means to withdraw this operation." if operation.deprecated else "",
        wrapped(_SPENDS) if operation.effect == "spends" else "",
        _section("Args", _arguments(operation)),
        _section("Returns", _returns(operation)),
        _section("Raises", _raises(operation, exceptions)),
    ]
    return _joined(parts, operation.source)


def _section(title: str, entries: Iterable[str]) -> str:
    return "\n".join([f"{title}:", *(wrapped(entry, 4, 4) for entry in entries)])


def of_awaited_method(operation: Operation, blocking: str) -> str:
    """What a caller reads of a method to be awaited: the rest stands in the blocking class."""
    return f"{_title(operation)}\n\nSee `{blocking}.{operation.method}`."


def _title(operation: Operation) -> str:
    return operation.summary or one_line(operation.label)


_SPENDS = (
    "Each call spends something that has been paid for: one that may have worked is not to be"
    " repeated."
)


def _arguments(operation: Operation) -> Iterator[str]:
    yield from (f"{argument.name}: {argument.meaning}" for argument in operation.signature)
    what = "Query parameters to send besides those of the arguments; a list repeats its name."
    yield f"extra_query: {what}"
    yield "timeout: Seconds that the call may take; by default the client's."
    yield "headers: Headers to send besides those of the client."


def _returns(operation: Operation) -> Iterator[str]:
    for outcome in operation.outcomes:
        name = outcome.type.returned.replace("models.", "").replace("types.", "")
        status = f" ({outcome.status})" if len(operation.outcomes) > 1 else ""
        yield f"{name}{status}: {outcome.description or 'The success.'}"
    if operation.redirect:
        yield f"Redirect: {operation.redirect}"
    if operation.may_be_empty:
        yield "None: The success came without a body."


def _raises(operation: Operation, exceptions: Mapping[str, str]) -> Iterator[str]:
    positional = [argument.name for argument in operation.arguments if argument.positional]
    empty = f"`{'` or `'.join(positional)}` is empty, `.` or `..`, or an" if positional else "An"
    name = exceptions.get("argument", "ValueError")
    yield f"{name}: {empty} argument is out of bounds or cannot be sent; nothing is sent."
    for status, description in operation.errors:
        keys = (status, f"{status[0]}XX", "default")
        name = next((exceptions[key] for key in keys if key in exceptions), "UnexpectedStatus")
        condition = "Any other status." if status == "default" else f"Status {status}."
        yield f"{name}: {condition} {description}".strip()


def of_iterator(
    operation: Operation, pages: Pagination, exceptions: Mapping[str, str], blocking: str = ""
) -> str:
    """What a caller reads of the method that iterates over the pages of an operation.

    That of the asynchronous class refers to the blocking class.
    """
    title = wrapped(f"Iterate over the `{pages.items.name}` of all pages of `{operation.method}`.")
    if blocking:
        return f"{title}\n\nSee `{blocking}.{pages.name}`."
    words = ["Pages are fetched as they are needed. They end with one that is empty or came before"]
    words += [f", or when `{pages.total.name}` is reached"] if pages.total else []
    names = "` and `".join(field.name for field in pages.key)
    words += [f". An item with the `{names}` of an earlier one is left out."] if names else ["."]
    size = pages.page_size
    default = "the server's" if pages.size is None else pages.size
    arguments = [
        f"{pages.page.name}: The first page to fetch; by default {pages.first}.",
        *([f"{size.name}: The number of items on a page; by default {default}."] if size else []),
        f"Any other: As for `{operation.method}`, for every page.",
    ]
    item = pages.item.replace("models.", "").replace("types.", "")
    refused = exceptions.get("argument", "ValueError")
    raised = [
        f"{refused}: An argument is out of bounds or cannot be sent; nothing is sent.",
        f"Any other: As for `{operation.method}`, while iterating.",
    ]
    parts = [title, wrapped("".join(words)), _section("Args", arguments)]
    parts += [_section("Returns", [f"An iterator of {item}."]), _section("Raises", raised)]
    return _joined(parts, operation.source)


def of_module(operation: Operation) -> str:
    """What the module of an operation is about."""
    parts = [operation.summary or operation.name, wrapped(_untitled(operation))]
    return _joined([*parts, one_line(operation.label)], operation.source)


def _untitled(operation: Operation) -> str:
    """The description, without a heading that repeats the summary or the resource."""
    heading, _, rest = operation.description.partition("\n")
    titles = {snake_case(operation.summary), operation.resource}
    repeated = heading.startswith("#") and snake_case(heading) in titles
    return rest if repeated else operation.description


def of_model(model: Model) -> str:
    """What a class means."""
    text = model.description or f"{model.name}."
    if model.values:
        text = f"{model.description} The known values, and any newer one.".strip()
    promises = model.returned and any(field.promised for field in model.fields)
    return _joined([wrapped(text), wrapped(_PROMISED) if promises else ""], model.source)


_PROMISED = (
    "If a response lacks a field that is not optional, or has null or an odd value there, the field"
    " is None at run time. This is logged once, and `raw` keeps what was sent."
)


def of_field(field: Field) -> str:
    """What a field means."""
    return wrapped(field.description)


def _joined(parts: Iterable[str], source: str) -> str:
    """The parts that are not empty, and the source document."""
    return "\n\n".join(filter(None, [*parts, f"Source: {source}" if source else ""]))
