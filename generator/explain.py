"""Explains where an operation comes from: documents, overlay actions, their changes and reasons."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .amend import Change
from .client import effect
from .document import Map, operations, pointer
from .findings import refusal, shown
from .grammar import OPENAPI, walk
from .names import former_names, name_of
from .pipeline import Built, PartPath, action, touches
from .references import parts_of, target


def explain(built: Built, wanted: str) -> str:
    """Return the origins of an operation: `resource.method`, operation id, or method and path.

    Raises:
        GeneratorError: There is no such operation.
    """
    path, method, operation = _find(built.spec, wanted)
    parts = {("paths", path, method): operation, **_reached(built.spec, operation)}
    lines = [
        f"{'.'.join(name_of(operation))}: {method.upper()} {path}",
        *(f"  formerly: {name}, deprecated since {name.since}" for name in former_names(operation)),
    ]
    for part, node in parts.items():
        lines += _origin("the operation" if node is operation else f"{part[1]} {part[2]}", node)
    lines.append(f"  effect: {effect(operation, method) or 'unknown'}")
    concerned = [change for change in built.changes if any(touches(change, part) for part in parts)]
    lines += ["", *_described(concerned)] if concerned else ["", "No overlay has changed it."]
    return "\n".join(lines)


def _find(spec: Map, wanted: str) -> tuple[str, str, Map]:
    verb, _, place = wanted.partition(" ")
    found = list(operations(spec))
    for path, method, operation in found:
        by_path = (verb.lower(), place) == (method, path)
        if by_path or wanted in (".".join(name_of(operation)), operation.text("operationId")):
            return path, method, operation
    for path, method, operation in found:
        if wanted in map(str, former_names(operation)):
            return path, method, operation
    names = sorted(".".join(name_of(operation)) for _, _, operation in found)
    raise refusal(wanted, "operation-unknown", names=names)


def _reached(spec: Map, operation: Map) -> dict[PartPath, Map]:
    """Return the components that an operation refers to, at any distance."""
    found: dict[str, Map] = {}
    waiting = [("operation", operation)]
    for what, start in waiting:  # Not what examples contain.
        for inner, _, node in walk(OPENAPI, start, what):
            ref = node.text("$ref")
            end = target(spec, ref)
            if ref not in found and isinstance(end, Map):
                found[ref] = end
                waiting.append((inner, end))
    parts = {tuple(parts_of(ref)): node for ref, node in found.items()}
    return {at: parts[at] for at in sorted(parts) if at[:1] == ("components",) and len(at) == 3}


def _origin(label: str, node: Map) -> Iterator[str]:
    origin = node.map("x-source")
    repeats = origin.get("repeats")
    if document := origin.text("document"):
        again = f", repeated {repeats} times" if repeats else ""
        yield f"  {label}: {document}, {origin.text('pointer')}{again}"
    else:
        yield f"  {label}: by overlay"


def _described(changes: list[Change]) -> Iterator[str]:
    last = ""
    for change in changes:
        if (name := action(change)) != last:
            yield f"{change.position} ({name})"
            yield f"  reason: {change.reason or 'not given'}"
            last = name
        sides = {"added": [change.after], "removed": [change.before]}
        values = sides.get(change.kind, [change.before, change.after])
        texts = (shown(json.dumps(value, ensure_ascii=False)) for value in values)
        place = pointer(*change.pointer) or "the whole document"
        yield f"  {change.kind} {place}: {' -> '.join(texts)}"
