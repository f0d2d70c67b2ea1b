"""Checks parameters: that each has a place and a type, and that no two are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.names import PLACES

from .spec import Keys, Object, Operation, Parameter, Problem, Spec, identity, quoted

TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - a token of RFC 9110
_TOKEN = re.compile(TOKEN)


def check(spec: Spec) -> Iterator[Problem]:
    """What is wrong with parameters, each by itself and side by side."""
    for item in spec.of_kind("parameter"):
        yield from _place(spec, item)
        yield from _type(spec, item)
    for path, _ in spec.root.map("paths").maps():
        yield from _repeated(spec, list(spec.parameters_of(path)), f"path {quoted(path)}")
    for operation in spec.operations:
        own = [parameter for parameter in operation.parameters if _is_own(operation, parameter)]
        yield from _repeated(spec, own, str(operation))


def title(spec: Spec, item: Object) -> str:
    """A parameter in words: name, place, and whose it is."""
    place = item.node.text("in")
    name = quoted(item.node.text("name"))
    return (
        f"the {f'{place} ' if place in PLACES else ''}parameter {name} of {spec.describe(item.at)}"
    )


def _is_own(operation: Operation, parameter: Parameter) -> bool:
    return parameter.at[: len(operation.at)] == operation.at


def _place(spec: Spec, item: Object) -> Iterator[Problem]:
    place, name = item.node.text("in"), item.node.text("name")
    if not name:
        text = f"expected a name for a parameter of {spec.describe(item.at)}, found none"
        yield Problem(_field(item, "name"), text, spec.remove(item.at))
    if place not in PLACES:
        found = quoted(place) if place else "none"
        yield Problem(
            _field(item, "in"),
            f"expected {title(spec, item)} to be in one of {', '.join(PLACES)}, found {found}",
            spec.cure(item.at, "update: {in: query}"),
        )
    elif place == "path" and item.node.get("required") is not True:
        yield Problem(
            _field(item, "required"),
            f"expected {title(spec, item)} to be required, as all path parameters are",
            spec.cure(item.at, "update: {required: true}"),
        )
    elif place in ("header", "cookie") and name and not _TOKEN.fullmatch(name):
        yield Problem(
            _field(item, "name"),
            f"expected a name of ASCII letters, digits and `-` for {title(spec, item)}",
            spec.remove(item.at),
        )


def _type(spec: Spec, item: Object) -> Iterator[Problem]:
    content = item.node.map("content")
    if "schema" in item.node and "content" in item.node:
        text = f"expected {title(spec, item)} to have a schema or content, found both"
        yield Problem(item.at, text, spec.remove((*item.at, "content")))
    elif "content" in item.node and len(content) != 1:
        yield Problem(
            (*item.at, "content"),
            f"expected one media type for {title(spec, item)}, found {len(content)}",
            spec.remove((*item.at, "content"), "Keep or give it one type, by an overlay:"),
        )
    elif "schema" not in item.node and "content" not in item.node:
        yield Problem(
            item.at,
            f"expected a type for {title(spec, item)}, found neither schema nor content",
            spec.cure(item.at, "update: {schema: {type: string}}"),
        )


def _repeated(spec: Spec, parameters: list[Parameter], owner: str) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Parameter] = {}
    for parameter in parameters:
        if not parameter.name or parameter.place not in PLACES:
            continue
        first = seen.setdefault(identity(parameter), parameter)
        if first is not parameter:
            yield Problem(
                parameter.at,
                f"expected each parameter of {owner} once, found the {parameter.place} parameter"
                f" {quoted(parameter.name)} here and at {spec.position(first.at)}",
                spec.remove(parameter.at),
            )


def _field(item: Object, key: str) -> Keys:
    return (*item.at, key) if key in item.node else item.at
