"""Lowers the schemas of the merged spec to what openapi-python-client renders without loss.

Its parser drops what it cannot express: null in unions, conflicting titles, inline objects of equal
names, forward references, tuples. So that nothing is dropped, the private copy is made of classes
that have names of their own, enumerations, arrays, unions and plain scalars.
"""

from __future__ import annotations

from generator.client.prose import described, sentence
from generator.client.shapes import (
    Lowered,
    any_of,
    enum_values,
    fold,
    is_binary,
    is_null,
    is_object,
    source,
    types_of,
)
from generator.document import Map, Node, resolve
from generator.names import FIELDS, LONGEST, class_name, module_key, snake_case

from .views import Field, Model

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
        self._flat: dict[str, Map] = {}
        self._folded: dict[int, Map] = {}
        self._lowered: dict[int, Lowered] = {}
        self._lower_components()

    def _lower_components(self) -> None:
        # Sorted, as a class within two of them is named after the first.
        schemas = dict(sorted(self._spec.map("components").map("schemas").maps()))
        for name, schema in schemas.items():
            if self._is_class(schema):
                self._classes[_SCHEMAS + name] = self._new(class_name(name))
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
        if id(flat) not in self._lowered:
            self._lowered[id(flat)] = {}  # what contains itself without a class between is anything
            self._lowered[id(flat)] = self._lower_flat(flat, context)
        return self._lowered[id(flat)]

    def _lower_flat(self, flat: Map, context: str) -> Lowered:
        options = self._options(flat)
        if options:
            return self._union(flat, options, context)
        kinds = types_of(flat)
        if len(kinds) > 1:
            return any_of([self._typed(flat, one, context) for one in kinds])
        return self._typed(flat, kinds[0] if kinds else "", context)

    def flat(self, schema: Node) -> Map:
        """A schema with its reference followed and its `allOf` folded into one object."""
        if not isinstance(schema, Map):
            return Map(position=self._spec.position)
        ref = schema.text("$ref")
        if ref:
            if ref not in self._flat:
                self._flat[ref] = schema  # what leads back to itself adds nothing
                self._flat[ref] = self.flat(self._target(ref))
            return self._flat[ref]
        if "allOf" not in schema:
            return schema
        if id(schema) in self._folded:
            return self._folded[id(schema)]
        folded = self._folded[id(schema)] = Map(position=schema.position)
        for part in schema.seq("allOf").maps():
            fold(folded, self.flat(part))
        fold(folded, schema)
        return folded

    def meaning(self, schema: Node, own: str = "") -> str:
        """What a property or parameter means: its own description, or its component's."""
        own = own or (schema.text("description") if isinstance(schema, Map) else "")
        flat = self.flat(schema)
        return described(own or flat.text("description"), flat, self.flat(flat.get("items")))

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
        parts = [part for part in parts if not is_null(part)]
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
        if self._options(flat) and not flat.map("properties"):
            return False
        return bool(enum_values(flat)) or is_object(flat)

    def _options(self, flat: Map) -> list[Map]:
        options = [*flat.seq("oneOf").maps(), *flat.seq("anyOf").maps()]
        return [option for option in options if not is_null(option)]

    def _union(self, flat: Map, options: list[Map], context: str) -> Lowered:
        if flat.map("properties"):
            # The options refine the object; what they add is kept in its additional properties.
            return self._object(flat, context)
        self._tag(flat, options)
        numbered = len(options) > 1
        return any_of(
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
        values = enum_values(flat)
        if values and kind in ("string", "integer", ""):
            return self._hoisted(flat, context)
        if kind == "array" or (not kind and {"items", "prefixItems"} & flat.keys()):
            items = flat.get("items") if "prefixItems" not in flat else None
            return {"type": "array", "items": self.lower(items, f"{context}Item")}
        if kind == "object" or (not kind and is_object(flat)):
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
        key = self._new(f"{context}Mapping", mapping=True)
        self.components[key] = {"type": "object"}
        values = self.lower(flat.get("additionalProperties"), f"{context}Value")
        self.components[key]["additionalProperties"] = values or True
        return {"$ref": _SCHEMAS + key}

    def _hoisted(self, flat: Map, context: str) -> Lowered:
        key = self._new(context)
        self._lowered[id(flat)] = {"$ref": _SCHEMAS + key}
        self._define(key, flat)
        return {"$ref": _SCHEMAS + key}

    def _define(self, key: str, schema: Map) -> None:
        flat = self.flat(schema)
        model = self.models[key]
        model.description = sentence(flat.text("description"))
        model.source = source(schema)
        model.schema = schema
        values = enum_values(flat)
        if values:
            model.values = values
            kind = "string" if isinstance(values[0], str) else "integer"
            self.components[key] = {"type": kind, "enum": values}
            return
        properties = self._properties[key] = {}
        required = flat.seq("required").texts()
        lowered: Lowered = {}
        self.components[key] = {
            "type": "object",
            "properties": lowered,
            "additionalProperties": False,
        }
        for wire, value in flat.map("properties").items():
            properties[wire] = self.lower(value, model.name + class_name(wire))
            model.fields.append(self._field(wire, value, wire in required, len(lowered)))
            lowered[model.fields[-1].key] = properties[wire]
            self._infer_tag(model, wire, value)

    def _field(self, wire: str, schema: Node, required: bool, number: int) -> Field:
        flat = self.flat(schema)
        return Field(
            name=snake_case(wire, FIELDS),
            wire=wire,
            key=f"p{number}",
            required=required and flat.get("readOnly") is not True,
            secret=flat.get("format") == "password",
            description=self.meaning(schema),
        )

    def _infer_tag(self, model: Model, wire: str, schema: Node) -> None:
        flat = self.flat(schema)
        values = [flat["const"]] if "const" in flat else flat.seq("enum")
        only = values[0] if len(values) == 1 else None
        if model.tag is None and isinstance(only, str):
            model.tag = (wire, (only,))

    def _new(self, name: str, *, mapping: bool = False) -> str:
        """The key of a new class.

        It says nothing, so that openapi-python-client has no reason to change it.
        """
        key = f"Model{len(self.models)}"
        self.models[key] = Model(self._unique(name), mapping=mapping)
        return key

    def _unique(self, name: str) -> str:
        name = name[:LONGEST]
        number, candidate = 1, name
        while module_key(candidate) in self._taken:
            number += 1
            candidate = f"{name}{number}"
        self._taken.add(module_key(candidate))
        return candidate
