"""Writes parts of a spec as text; equal meaning gives equal text."""

from __future__ import annotations

import json
from typing import TypeAlias

from generator.document import Map, Node, Seq, resolve
from generator.grammar import PROSE

EXAMPLES = ("example", "examples")
_UNSEEN = {*EXAMPLES, "x-source"}
_SETS = {"required", "enum", "type"}
_NAMED_FREELY = {"properties", "patternProperties", "schemas", "headers"}

Written: TypeAlias = tuple[str, list[str]]
"""A node as text, and the references in it, in their order."""


class Canonical:
    """Writes the nodes of one spec, their references followed, without prose and examples.

    The target of a reference is written once, however often it is used, and identified by its
    content alone.
    """

    def __init__(self, spec: Map) -> None:
        self._spec = spec
        self._targets: dict[str, Written] = {}

    def text(self, node: Node) -> str:
        """Return the text of a node and of everything that it refers to."""
        while isinstance(node, Map) and node.keys() == {"$ref"} and self._leads(node.text("$ref")):
            node = resolve(self._spec, node.text("$ref"))
        text, refs = _written(node)
        numbers: dict[str, int] = {}
        for ref in refs:
            numbers.setdefault(ref, len(numbers))
        texts = [text + _numbered(refs, numbers)]
        waiting = list(numbers)
        while waiting:
            text, refs = self._target(waiting.pop(0))
            for ref in refs:
                if ref not in numbers:
                    numbers[ref] = len(numbers)
                    waiting.append(ref)
            texts.append(text + _numbered(refs, numbers))
        return "\n".join(texts)

    def _leads(self, ref: str) -> bool:
        """Return whether the target of a reference exists and is not a reference itself."""
        try:
            target = resolve(self._spec, ref)
        except KeyError:
            return False
        return not (isinstance(target, Map) and "$ref" in target)

    def _target(self, ref: str) -> Written:
        if ref not in self._targets:
            try:
                self._targets[ref] = _written(resolve(self._spec, ref))
            except KeyError:
                self._targets[ref] = "nothing", []
        return self._targets[ref]


def _numbered(refs: list[str], numbers: dict[str, int]) -> str:
    return " ".join(["", *(f"#{numbers[ref]}" for ref in refs)]) if refs else ""


def _written(node: Node) -> Written:
    refs: list[str] = []
    return json.dumps(_plain("", node, refs), ensure_ascii=False), refs


def _plain(key: str, node: Node, refs: list[str]) -> object:
    if isinstance(node, Seq):
        items = [_plain("", item, refs) for item in node]
        return sorted(items, key=repr) if key in _SETS else items
    if not isinstance(node, Map):
        return node
    plain: dict[str, object] = {}
    for name in sorted(node):
        value = node[name]
        if name == "$ref" and isinstance(value, str):
            refs.append(value)
            plain[name] = None
        elif key in _NAMED_FREELY or not _is_unseen(name, value):
            plain[name] = _plain("" if key in _NAMED_FREELY else name, value, refs)
    return plain


def _is_unseen(name: str, value: Node) -> bool:
    return name in _UNSEEN or (name in PROSE and isinstance(value, str))
