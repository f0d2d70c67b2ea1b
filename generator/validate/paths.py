"""Checks paths: how they are written, and that their templates and parameters are the same."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from generator.document import Map, canonical_path, templates
from generator.findings import Finding
from generator.names import path_query

from .spec import Operation, Spec

PAIR = re.compile(r"[^={}]+(=([^{}]*|\{[^{}]*\}))?")
"""A name of a query with its value, or with a template for it."""


def check(spec: Spec) -> Iterator[Finding]:
    """Yield findings about paths, and about disagreements with their parameters."""
    if not spec.operations:
        yield spec.finding("paths-empty", ("paths",))
    seen: dict[str, str] = {}
    for path, item in spec.root.map("paths").items():
        if path.startswith("x-") or not isinstance(item, Map):
            continue
        at = ("paths", path)
        for code, found in _faults(path):
            yield spec.finding(code, at, path=path, found=found).advised("correct-path")
        other = seen.setdefault(canonical_path(path), path)
        if other != path:
            place = spec.position(("paths", other))
            yield spec.finding("path-twin", at, path=path, other=other, place=place)
        if "$ref" in item:
            yield spec.finding("path-reference", (*at, "$ref"), path=path)
    for operation in spec.operations:
        yield from _disagreements(spec, operation)


def _faults(path: str) -> Iterator[tuple[str, str]]:
    if not path.startswith("/"):
        yield "path-start", ""
    bare = canonical_path(path).replace("{}", "x")
    if "{" in bare or "}" in bare:
        yield "path-braces", ""
    for char in sorted({char for char in path if unicodedata.category(char) in ("Cc", "Cs")}):
        yield "path-control", char
    yield from _endings(path)
    segments = re.split("[?#]", bare)[0].split("/")[1:]
    if "" in segments[:-1]:
        yield "path-empty-segment", ""
    for segment in segments:
        if unquote(segment) in (".", ".."):
            yield "path-dots", segment
    names = templates(path)
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield "template-twice", name
    for name in names:
        if not name or set(name) & set("/?#"):
            yield "template-name", name


def _endings(path: str) -> Iterator[tuple[str, str]]:
    """Yield faults of what may follow a path: its query, and what is never sent."""
    before, hash_mark, fragment = path.partition("#")
    if hash_mark:
        yield "path-fragment", fragment
    _, question_mark, query = before.partition("?")
    for pair in query.split("&") if question_mark else ():
        if not PAIR.fullmatch(pair):
            yield "path-query", pair


def _disagreements(spec: Spec, operation: Operation) -> Iterator[Finding]:
    names = templates(operation.path)
    declared, sent = operation.named("path"), operation.named("query")
    query = path_query(operation.path)[1]
    fixed = {name for name, value in query if not templates(value)}
    given = {value[1:-1]: name for name, value in query if templates(value)}
    for name, item in sent.items():
        if name in fixed or any(name == given.get(each) for each in declared):
            yield spec.finding("path-query-declared", item.at, name=name, operation=operation)
    for name in dict.fromkeys(names):
        if name not in declared and given.get(name) not in sent:
            parameter = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            update = json.dumps({"parameters": [parameter]})
            yield spec.about(operation, "path-parameter-missing", name=name, update=update)
    for name, item in declared.items():
        if name not in names:
            yield spec.finding(
                "template-missing", item.at, name=name, operation=operation, known=names
            )
