"""Reads the schema keywords that Python types do not express: bounds, values, defaults, prose.

Classes are excluded: they are compared separately, and only once.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from generator.client.flat_schemas import Schemas, enum_values, options_of, types_of
from generator.client.types import FORMATS
from generator.document import Map, Node, Seq
from generator.grammar import ANNOTATIONS, OPENAPI, PROSE
from generator.references import followed, target

EXAMPLES = ("example", "examples")
_UNSEEN = {*EXAMPLES, "x-source"}
_SETS = {"required", "enum", "type"}
_NAMED_FREELY = {"properties", "patternProperties", "schemas", "headers"}


def _written(node: Node) -> tuple[str, list[str]]:
    """Return a node as text, and the references in it, in their order."""
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
        elif key in _NAMED_FREELY:
            plain[name] = _plain("", value, refs)
        elif name not in _UNSEEN and not (name in PROSE and isinstance(value, str)):
            plain[name] = _plain(name, value, refs)
    return plain


Facts: TypeAlias = dict[tuple[str, str], Node]
"""Values by where in the schema they stand (`[]` for items, `{}` for values) and keyword."""

_ASIDE = {"type", "properties", "required", "items", "prefixItems", "oneOf", "anyOf", "allOf"}
_ASIDE |= {"$ref", "$id", "$anchor", "$defs", "definitions", "additionalProperties", "x-source"}
_OF_VALUE = ANNOTATIONS | {"$comment", "discriminator"}
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_OF_KIND = {
    **dict.fromkeys(("minLength", "maxLength", "pattern"), "string"),
    **dict.fromkeys(_BOUNDS, "number"),
    **dict.fromkeys(("minItems", "maxItems", "uniqueItems", "contains"), "array"),
    **dict.fromkeys(("minProperties", "maxProperties"), "object"),
}
_DEEPEST = 8
"""How deep a schema that has been read already is read again: few steps can fork without end."""
_SCHEMAS = {key for key, rule in OPENAPI["schema"].items() if "schema" in rule}
_NOTHING = {"minLength": 0, "minItems": 0, "minProperties": 0, "uniqueItems": False}
_NOTHING |= {"deprecated": False, "readOnly": False, "writeOnly": False}


class Reader:
    """Reads the keywords of the schemas of one spec."""

    def __init__(self, spec: Map) -> None:
        self.spec = spec
        self._target = cache(lambda ref: _written(target(spec, ref)))
        self.schemas = Schemas(spec)

    def facts(self, schema: Node) -> Facts:
        """Return the keywords of a value, without those of a class that it may be of."""
        return dict(self._walk(schema, "", (), set()))

    def facts_of_class(self, schema: Map) -> Facts:
        """Return the keywords of a class, without its properties and values."""
        flat = self.schemas.flat(schema)
        facts = dict(self._keywords(flat, "", "object"))
        if self.schemas.allows_null(flat):
            facts["", "null"] = True
        facts.pop(("", "enum"), None)
        further = flat.get("additionalProperties")
        if isinstance(further, Map) and further:
            facts["", "additionalProperties"] = self.canonical(further)
        elif further is False:
            facts["", "additionalProperties"] = False
        if names := {*flat.seq("required").texts()} - flat.map("properties").keys():
            facts["", "required"] = ", ".join(sorted(names))
        if options := options_of(flat):
            facts["", "oneOf"] = ", ".join(sorted(map(self.canonical, options)))
        return facts

    def canonical(self, node: Node) -> str:
        """Return a node with all that it refers to, without prose and examples, as text.

        The target of a reference is written once, however often it is used, and identified by its
        content alone.
        """
        if isinstance(node, Map) and node.keys() == {"$ref"}:
            node = followed(self.spec, node) or node
        numbers: dict[str, int] = {}
        texts: list[str] = []
        waiting = [_written(node)]
        for text, refs in waiting:
            for ref in refs:
                if ref not in numbers:
                    numbers[ref] = len(numbers)
                    waiting.append(self._target(ref))
            numbered = (f" #{numbers[ref]}" for ref in refs)
            texts.append(text + "".join(numbered))
        return "\n".join(texts)

    def _walk(
        self,
        schema: Node,
        at: str,
        above: tuple[int, ...],
        seen: set[int],
        *,
        in_union: bool = False,
    ) -> Iterator[tuple[tuple[str, str], Node]]:
        if not isinstance(schema, Map):
            return
        flat = self.schemas.flat(schema)
        if id(flat) in above or (id(flat) in seen and len(above) > _DEEPEST):
            return
        seen.add(id(flat))
        above = (*above, id(flat))
        # What stands beside a reference overrides what its target has.
        beside = Map(schema if "$ref" in schema else {}, position=schema.position)
        if flat.map("properties") or enum_values(flat):
            yield from self._keywords(beside, at, "")
            return
        # Whether null is possible in a union is stated by the whole of it.
        if not in_union and self.schemas.allows_null(flat):
            yield (at, "null"), True
        whole = Map({**flat, **beside}, position=schema.position)
        kinds = ["number" if kind == "integer" else kind for kind in types_of(flat)]
        yield from self._keywords(whole, at, min(kinds, default=""))
        for inner, suffix in ((flat.get("items"), "[]"), (flat.get("additionalProperties"), "{}")):
            yield from self._walk(inner, at + suffix, above, seen)
        for index, item in enumerate(flat.seq("prefixItems")):
            yield from self._walk(item, f"{at}[{index}]", above, seen)
        labels: Counter[str] = Counter()
        for option in sorted(options_of(flat), key=self.canonical):
            label = self._label(option)
            labels[label] += 1
            number = f"#{labels[label]}" if labels[label] > 1 else ""
            yield from self._walk(option, f"{at}{label}{number}", above, seen, in_union=True)

    def _keywords(self, flat: Map, at: str, kind: str) -> Iterator[tuple[tuple[str, str], Node]]:
        for keyword, value in flat.items():
            if keyword in _ASIDE or value == _NOTHING.get(keyword, _ASIDE):
                continue
            if keyword in _OF_VALUE or keyword.startswith("x-"):
                yield (at, keyword), _comparable(keyword, value)
            elif keyword in _SCHEMAS:
                yield (at, keyword), self.canonical(value)
            elif keyword == "enum":
                yield (at, keyword), value
            elif keyword != "format" or value not in FORMATS:
                of = _OF_KIND.get(keyword, kind)
                yield (f"{at}:{of}" if of else at, keyword), _comparable(keyword, value)

    def _label(self, option: Map) -> str:
        """Return a label that identifies an option of a union, whatever its position."""
        flat = self.schemas.flat(option)
        kind = "|".join(types_of(flat))
        return f"({kind} {flat.text('format')})" if kind == "string" else ""


def _comparable(keyword: str, value: Node) -> Node:
    """Return a scalar as it is, anything else as text that does not depend on the order of keys."""
    if isinstance(value, str):
        return " ".join(value.split()) if keyword in PROSE else value
    if isinstance(value, Map | Seq):
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    return value
