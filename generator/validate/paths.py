"""Checks paths: how they are written, and that their templates and parameters are the same."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from generator.document import Map
from generator.names import canonical_path

from .spec import Operation, Problem, Spec, quoted, shown

_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_RENAME = "Correct the path in the source document, or move the operation by an overlay."


def check(spec: Spec) -> Iterator[Problem]:
    """What is wrong with paths, and where they and their parameters disagree."""
    yield from _emptiness(spec)
    seen: dict[str, str] = {}
    for path, item in spec.root.map("paths").items():
        if path.startswith("x-") or not isinstance(item, Map):
            continue
        at = ("paths", path)
        for fault in _faults(path):
            yield Problem(at, f"expected a path such as `/v3/things/{{id}}`, {fault}", _RENAME)
        other = seen.setdefault(canonical_path(path), path)
        if other != path:
            text = (
                f"the path {quoted(path)} is {quoted(other)} at {spec.position(('paths', other))}"
                " but for the names of its templates; no server can tell them apart"
            )
            yield Problem(at, text, spec.remove(at, "Keep one of them, by an overlay:"))
        if "$ref" in item:
            text = (
                f"expected the operations of path {shown(path)}, found a reference to another"
                " path item"
            )
            yield Problem((*at, "$ref"), text, "Write the path item out in the place of `$ref`.")
    for operation in spec.operations:
        yield from _disagreements(spec, operation)


def templates(path: str) -> list[str]:
    """The names of a path's templates, in order."""
    return _TEMPLATE.findall(path)


def _emptiness(spec: Spec) -> Iterator[Problem]:
    if not spec.operations:
        text = "expected operations under `paths`, found none: there is nothing to generate"
        yield Problem(("paths",), text, "Put a document that describes operations into `sources/`.")


def _faults(path: str) -> Iterator[str]:
    if not path.startswith("/"):
        yield f"found {quoted(path)}, which does not start with `/`"
    bare = _TEMPLATE.sub("x", path)
    if "{" in bare or "}" in bare:
        yield f"found {quoted(path)}, whose braces do not match"
    for char in sorted({char for char in path if unicodedata.category(char) in ("Cc", "Cs")}):
        yield f"found {quoted(path)} with the control character {char!a}"
    for char in "?#":
        if char in bare:
            yield f"found {quoted(path)} with `{char}`, which ends the path of a URL"
    segments = bare.split("/")[1:]
    if "" in segments[:-1]:
        yield f"found {quoted(path)}, which has an empty segment"
    for segment in segments:
        if unquote(segment) in (".", ".."):
            yield f"found {quoted(path)} with the segment {segment!r}, which is resolved away"
    names = templates(path)
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield f"found {quoted(path)}, which has the template {quoted(name)} twice"
    for name in names:
        if not name or set(name) & set("/?#"):
            yield f"found {quoted(path)} with {quoted(name)} as the name of a template"


def _disagreements(spec: Spec, operation: Operation) -> Iterator[Problem]:
    names = templates(operation.path)
    declared = {item.name: item for item in operation.parameters if item.place == "path"}
    for name in dict.fromkeys(names):
        if name not in declared:
            parameter = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            yield Problem(
                operation.at,
                f"expected a path parameter {quoted(name)} for the template in the path of"
                f" {operation}, found none",
                spec.cure(operation.at, f"update: {json.dumps({'parameters': [parameter]})}"),
            )
    for name, item in declared.items():
        if name not in names:
            known = ", ".join(map(quoted, names)) or "no templates"
            yield Problem(
                item.at,
                f"expected a template for the path parameter {quoted(name)} of {operation},"
                f" found {known} in the path",
                spec.remove(item.at),
            )
