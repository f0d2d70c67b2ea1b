"""Checks parameters: that each has a place and a type, and that no two are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.findings import Finding, Keys, quoted
from generator.names import PLACES

from .spec import Object, Operation, Parameter, Spec, identity

TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - a token of RFC 9110
_TOKEN = re.compile(TOKEN)


def check(spec: Spec) -> Iterator[Finding]:
    """Yield findings about parameters, each by itself and compared with the others."""
    for item in spec.of_kind("parameter"):
        yield from _place(spec, item)
        yield from _type(spec, item)
    for path, _ in spec.root.map("paths").maps():
        yield from _repeated(spec, list(spec.parameters_of(path)), f"path {quoted(path)}")
    for operation in spec.operations:
        own = [parameter for parameter in operation.parameters if _is_own(operation, parameter)]
        yield from _repeated(spec, own, str(operation))


def title(spec: Spec, item: Object) -> str:
    """Return a parameter in words: name, place, and whose it is."""
    place = item.node.text("in")
    name = quoted(item.node.text("name"))
    return (
        f"the {f'{place} ' if place in PLACES else ''}parameter {name} of {spec.describe(item.at)}"
    )


def _is_own(operation: Operation, parameter: Parameter) -> bool:
    return parameter.at[: len(operation.at)] == operation.at


def _place(spec: Spec, item: Object) -> Iterator[Finding]:
    place, name = item.node.text("in"), item.node.text("name")
    if not name:
        owner = spec.describe(item.at)
        yield spec.finding("parameter-unnamed", _field(item, "name"), target=item.at, owner=owner)
    code, key = "", "in"
    if place not in PLACES:
        code = "parameter-place"
    elif place == "path" and item.node.get("required") is not True:
        code, key = "parameter-optional", "required"
    elif place in ("header", "cookie") and name and not _TOKEN.fullmatch(name):
        code, key = "parameter-name", "name"
    if code:
        yield spec.finding(
            code,
            _field(item, key),
            target=item.at,
            parameter=title(spec, item),
            known=PLACES,
            found=place,
        )


def _type(spec: Spec, item: Object) -> Iterator[Finding]:
    content = item.node.map("content")
    at = (*item.at, "content")
    if "schema" in item.node and "content" in item.node:
        parameter = title(spec, item)
        yield spec.finding("parameter-typed-twice", item.at, target=at, parameter=parameter)
    elif "content" in item.node and len(content) != 1:
        found = len(content)
        yield spec.finding("parameter-media-types", at, parameter=title(spec, item), found=found)
    elif "schema" not in item.node and "content" not in item.node:
        yield spec.finding("parameter-untyped", item.at, parameter=title(spec, item))


def _repeated(spec: Spec, parameters: list[Parameter], owner: str) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Parameter] = {}
    for parameter in parameters:
        if not parameter.name or parameter.place not in PLACES:
            continue
        first = seen.setdefault(identity(parameter), parameter)
        if first is not parameter:
            yield spec.finding(
                "parameter-twice",
                parameter.at,
                owner=owner,
                place=parameter.place,
                name=parameter.name,
                first=spec.position(first.at),
            )


def _field(item: Object, key: str) -> Keys:
    return (*item.at, key) if key in item.node else item.at
