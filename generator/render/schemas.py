"""Lowers the schemas of the merged spec to what openapi-python-client renders without loss.

Its parser drops what it cannot express: null in unions, conflicting titles, inline objects of equal
names, forward references, tuples. So that nothing is dropped, the private copy is made of classes
that have names of their own, enumerations, arrays, unions and plain scalars.
"""

from __future__ import annotations

from typing import TypeAlias

from generator.document import Map, Node, Seq, resolve
from generator.names import FIELDS, class_name, module_key, snake_case

from .text import described, sentence
from .views import Field, Model

Lowered: TypeAlias = dict[str, object]

_SCHEMAS = "#/components/schemas/"
_SCALARS = {"string", "integer", "number", "boolean"}
_KINDS = {str: "string", bool: "boolean", int: "integer", float: "number"}


class Schemas:
    """The schemas of one spec, lowered on demand; classes gather in `components` and `models`."""

    def __init__(self, spec: Map) -> None:
        self.components: dict[str, Lowered] = {}
        self.models: dict[str, Model] = {}
        self._spec = spec
        self._taken: set[str] = set()
        self._classes: dict[str, str] = {}
        self._properties: dict[str, dict[str, Lowered]] = {}
        self._inlined: dict[str, Lowered] = {}
        self._lower_components()

    def _lower_components(self) -> None:
        schemas = dict(self._spec.map("components").map("schemas").maps())
        for name, schema in schemas.items():
            if self._is_class(schema):
                key = self._classes[_SCHEMAS + name] = self._unique(class_name(name))
                self.models[key] = Model(key, "", "")
        for name, schema in schemas.items():
            if defined := self._classes.get(_SCHEMAS + name):
                self._define(defined, schema)

    def lower(self, schema: Node, context: str) -> Lowered:
        """One schema. Classes that it defines in place are named after the context."""
        if not isinstance(schema, Map):
            return {}
        if ref := self._only_reference(schema):
            return self._reference(ref)
        flat = self.flat(schema)
        options = self._options(flat)
        if options:
            return self._union(flat, options, context)
        kinds = _types(flat)
        if len(kinds) > 1:
            return _any_of([self._typed(flat, one, context) for one in kinds])
        return self._typed(flat, kinds[0] if kinds else "", context)

    def flat(self, schema: Node, seen: tuple[str, ...] = ()) -> Map:
        """A schema with its reference followed and its `allOf` folded into one object."""
        if not isinstance(schema, Map):
            return Map(position=self._spec.position)
        ref = schema.text("$ref")
        if ref:
            return schema if ref in seen else self.flat(self._target(ref), (*seen, ref))
        if "allOf" not in schema:
            return schema
        folded = Map(position=schema.position)
        for part in [*schema.seq("allOf").maps(), schema]:
            flat = part if part is schema else self.flat(part, seen)
            _fold(folded, flat)
        return folded

    def named(self, wire: str, schema: Node) -> str:
        """What a property or parameter means: its own description, or its component's."""
        own = schema.text("description") if isinstance(schema, Map) else ""
        flat = self.flat(schema)
        return described(own or flat.text("description"), flat)

    def properties(self, key: str) -> dict[str, Lowered]:
        """The lowered properties of a class, by their names on the wire."""
        return self._properties[key]

    def _target(self, ref: str) -> Node:
        try:
            return resolve(self._spec, ref)
        except KeyError:
            return None

    def _only_reference(self, schema: Map) -> str:
        """The reference that a schema comes down to once null is left aside."""
        if "$ref" in schema:
            return schema.text("$ref")
        parts = [part for key in ("allOf", "anyOf", "oneOf") for part in schema.seq(key).maps()]
        parts = [part for part in parts if part.get("type") != "null"]
        if len(parts) == 1 and "$ref" in parts[0] and not {"properties", "items"} & schema.keys():
            return parts[0].text("$ref")
        return ""

    def _reference(self, ref: str) -> Lowered:
        if key := self._classes.get(ref):
            return {"$ref": _SCHEMAS + key}
        if ref not in self._inlined:
            self._inlined[ref] = {}  # what contains itself without a class between is anything
            name = class_name(ref.rsplit("/", 1)[-1])
            self._inlined[ref] = self.lower(self._target(ref), name)
        return self._inlined[ref]

    def _is_class(self, schema: Map) -> bool:
        if self._only_reference(schema):
            return False
        flat = self.flat(schema)
        if self._options(flat):
            return False
        return bool(_enum_values(flat)) or _is_object(flat)

    def _options(self, flat: Map) -> list[Map]:
        options = [*flat.seq("oneOf").maps(), *flat.seq("anyOf").maps()]
        return [option for option in options if option.get("type") != "null"]

    def _union(self, flat: Map, options: list[Map], context: str) -> Lowered:
        if flat.map("properties"):
            # The options refine the object; what they add is kept in its additional properties.
            return self._object(flat, context)
        self._tag(flat, options)
        numbered = len(options) > 1
        return _any_of(
            [
                self.lower(option, f"{context}Option{index}" if numbered else context)
                for index, option in enumerate(options, 1)
            ]
        )

    def _tag(self, flat: Map, options: list[Map]) -> None:
        discriminator = flat.map("discriminator")
        name = discriminator.text("propertyName")
        mapping = discriminator.map("mapping")
        for option in options:
            ref = option.text("$ref")
            key = self._classes.get(ref)
            if not name or key is None:
                continue
            component = ref.rsplit("/", 1)[-1]
            values = [value for value in mapping if mapping[value] in (ref, component)]
            self.models[key].tag = (name, tuple(values or [component]))

    def _typed(self, flat: Map, kind: str, context: str) -> Lowered:
        values = _enum_values(flat)
        if values and kind in ("string", "integer", ""):
            return self._hoisted(flat, context)
        if kind == "array":
            items = flat.get("items") if "prefixItems" not in flat else None
            return {"type": "array", "items": self.lower(items, f"{context}Item")}
        if kind == "object" or (not kind and _is_object(flat)):
            return self._object(flat, context)
        if not kind and "const" in flat:
            kind = _KINDS.get(type(flat["const"]), "")
        if kind not in _SCALARS:
            return {}
        lowered: Lowered = {"type": kind}
        if kind == "string" and is_binary(flat):
            lowered["format"] = "binary"
        elif kind == "string" and flat.get("format") in ("date", "date-time"):
            lowered["format"] = flat["format"]
        return lowered

    def _object(self, flat: Map, context: str) -> Lowered:
        if flat.map("properties"):
            return self._hoisted(flat, context)
        key = self._unique(f"{context}Mapping")
        self.models[key] = Model(key, "", "", mapping=True)
        self.components[key] = {"type": "object"}
        values = self.lower(flat.get("additionalProperties"), f"{context}Value")
        self.components[key]["additionalProperties"] = values or True
        return {"$ref": _SCHEMAS + key}

    def _hoisted(self, flat: Map, context: str) -> Lowered:
        key = self._unique(context)
        self.models[key] = Model(key, "", "")
        self._define(key, flat)
        return {"$ref": _SCHEMAS + key}

    def _define(self, key: str, schema: Map) -> None:
        flat = self.flat(schema)
        model = self.models[key]
        model.description = sentence(flat.text("description"))
        model.source = source(schema)
        values = _enum_values(flat)
        if values:
            model.values = values
            kind = "string" if isinstance(values[0], str) else "integer"
            self.components[key] = {"type": kind, "enum": values}
            return
        properties = self._properties[key] = {}
        required = flat.seq("required").texts()
        self.components[key] = {
            "type": "object",
            "properties": properties,
            "required": [name for name in flat.map("properties") if name in required],
            "additionalProperties": False,
        }
        for wire, value in flat.map("properties").items():
            properties[wire] = self.lower(value, key + class_name(wire))
            model.fields.append(self._field(wire, value, wire in required))
            self._infer_tag(model, wire, value)

    def _field(self, wire: str, schema: Node, required: bool) -> Field:
        flat = self.flat(schema)
        needed = required and flat.get("readOnly") is not True
        secret = flat.get("format") == "password"
        return Field(snake_case(wire, FIELDS), wire, needed, secret, self.named(wire, schema))

    def _infer_tag(self, model: Model, wire: str, schema: Node) -> None:
        value = self.flat(schema).get("const")
        if model.tag is None and isinstance(value, str):
            model.tag = (wire, (value,))

    def _unique(self, name: str) -> str:
        number, candidate = 1, name
        while module_key(candidate) in self._taken:
            number += 1
            candidate = f"{name}{number}"
        self._taken.add(module_key(candidate))
        return candidate


def source(node: Map) -> str:
    """Where a node comes from, in words: the source document and the place in it."""
    origin = node.map("x-source")
    if document := origin.text("document"):
        return f"{document}, {origin.text('pointer')}"
    overlays = origin.seq("overlays").texts()
    return f"overlay {overlays[0]}" if overlays else ""


def is_binary(schema: Map) -> bool:
    """Whether a schema speaks of bytes rather than of text."""
    raw = "contentMediaType" in schema and "contentEncoding" not in schema
    return raw or schema.get("format") == "binary"


def _fold(into: Map, part: Map) -> None:
    for key, value in part.items():
        if key == "allOf":
            continue
        old = into.get(key)
        if key == "properties" and isinstance(old, Map) and isinstance(value, Map):
            into[key] = Map({**old, **value}, position=value.position)
        elif key == "required" and isinstance(old, Seq) and isinstance(value, Seq):
            into[key] = Seq(dict.fromkeys([*old, *value]), position=value.position)
        else:
            into[key] = value


def _types(flat: Map) -> list[str]:
    declared = flat.get("type")
    kinds = declared.copy() if isinstance(declared, Seq) else [declared]
    return [kind for kind in kinds if isinstance(kind, str) and kind != "null"]


def _is_object(flat: Map) -> bool:
    kinds = _types(flat)
    return bool(flat.map("properties")) and kinds in ([], ["object"])


def _enum_values(flat: Map) -> list[str | int]:
    """The values of an enumeration of strings or of integers; empty if it is neither."""
    values = [value for value in flat.seq("enum") if value is not None]
    texts = [value for value in values if isinstance(value, str)]
    numbers = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
    if not set(_types(flat)) <= {"string" if texts else "integer"}:
        return []
    if len(texts) == len(values):
        return list(dict.fromkeys(texts))
    return list(dict.fromkeys(numbers)) if len(numbers) == len(values) else []


def _any_of(options: list[Lowered]) -> Lowered:
    distinct = [option for index, option in enumerate(options) if option not in options[:index]]
    if {} in distinct or not distinct:
        return {}
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}
