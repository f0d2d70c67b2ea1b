"""Gives the schemas of the merged spec their Python types, and gathers the classes they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from generator.document import Map, Node, collected
from generator.names import FIELDS, LONGEST, class_name, module_key, own_names

from .flat_schemas import (
    SCHEMAS,
    Schemas,
    enum_values,
    is_binary,
    is_object,
    only_reference,
    options_of,
    own_name,
    source,
    types_of,
)
from .model import Field, Model
from .safe_text import sentence
from .types import ANYTHING, Type, array, class_type, enumeration, mapping, nullable, scalar, union

_KINDS = {str: "string", bool: "boolean", int: "integer", float: "number"}


class Classes:
    """The types of one spec, made on demand."""

    def __init__(self, spec: Map) -> None:
        self.schemas = Schemas(spec)
        self._taken: set[str] = set()
        self._named: dict[str, Type] = {}
        self._types: dict[int, Type] = {}
        self._inlined: dict[str, Type] = {}
        self._defined: dict[str, Map] = {}
        self._fields: dict[str, list[Field]] = {}
        self._families: dict[str, Type] = {}
        # Sorted, as a class within two of them is named after the first.
        schemas = dict(sorted(spec.map("components").map("schemas").maps()))
        for name, schema in schemas.items():
            if self._is_class(schema):
                self._named[SCHEMAS + name] = self._new(
                    class_name(own_name(schema) or name), schema
                )
        self._children = _children(schemas)
        for made in self._named.values():
            self._define(made)

    def models(self, sent: Iterable[Type], returned: Iterable[Type]) -> dict[str, Model]:
        """The classes found so far, by their names. Those that are sent alone may hold `NULL`."""
        read = reached(returned, self.fields)
        only_sent = reached(sent, self.fields) - read
        return {name: self._model(name, name in read, name in only_sent) for name in self._defined}

    def fields(self, name: str) -> list[Field]:
        """Return the fields of a model."""
        return self._fields.get(name, [])

    def type_of(self, schema: Node, context: str) -> Type:
        """The type of a schema. Classes that it defines in place are named after the context."""
        if not isinstance(schema, Map):
            return ANYTHING
        if ref := only_reference(schema):
            return self._reference(ref)
        flat = self.schemas.flat(schema)
        if id(flat) not in self._types:
            self._types[id(flat)] = ANYTHING  # what contains itself without a class between
            self._types[id(flat)] = self._type_of_flat(flat, context)
        return self._types[id(flat)]

    def part_type(self, schema: Node, context: str) -> Type:
        """The type of a schema where null is kept: in a list or dictionary, or as a whole."""
        known = self.type_of(schema, context)
        return nullable(known) if self.schemas.allows_null(schema) else known

    def _reference(self, ref: str) -> Type:
        if ref in self._named:
            return self._family(ref)
        if ref not in self._inlined:
            self._inlined[ref] = ANYTHING  # what contains itself without a class between
            name = class_name(ref.rsplit("/", 1)[-1])
            self._inlined[ref] = self.type_of(self.schemas.target(ref), name)
        return self._inlined[ref]

    def _type_of_flat(self, flat: Map, context: str) -> Type:
        if options := options_of(flat):
            return self._union(flat, options, context)
        kinds = types_of(flat) or [""]
        return union([self._typed(flat, kind, context) for kind in kinds])

    def _family(self, ref: str) -> Type:
        """The type of a component: with a discriminator it is any class that is made of it."""
        if ref not in self._families:
            own, schema = self._named[ref], self.schemas.target(ref)
            self._families[ref] = own
            assert isinstance(schema, Map)  # it has a name
            node = schema.map("discriminator")
            targets = [_component(str(value)) for value in node.map("mapping").values()]
            kin = [ref]
            for each in kin:  # with what is made of it by `allOf` or its options, at any distance
                kin += [child for child in self._children.get(each, ()) if child not in kin]
            types = {each: self._named.get(each, own) for each in (*kin, *targets)}
            if node.text("propertyName") and len(types) > 1:
                self._families[ref] = _tagged(node, types, list(types.values()))
        return self._families[ref]

    def _is_class(self, schema: Map) -> bool:
        if only_reference(schema):
            return False
        flat = self.schemas.flat(schema)
        if options_of(flat) and not flat.map("properties"):
            return False
        return bool(enum_values(flat)) or is_object(flat)

    def _union(self, flat: Map, options: list[Map], context: str) -> Type:
        if flat.map("properties"):
            # The options refine the object; what they add is kept in its additional properties.
            return self._hoisted(flat, context)
        numbered = len(options) > 1
        types = [
            self.type_of(option, f"{context}Option{index}" if numbered else context)
            for index, option in enumerate(options, 1)
        ]
        discriminator = flat.map("discriminator")
        if discriminator.text("propertyName"):
            refs = [option.text("$ref") for option in options]
            named = {ref: known for ref, known in zip(refs, types, strict=True) if ref}
            return _tagged(discriminator, named, types)
        return union(types, *self._inferred_tag(options, types))

    def _inferred_tag(
        self, options: list[Map], types: list[Type]
    ) -> tuple[str, list[tuple[str | int, Type]]]:
        """The property that has one value of its own in most of the options, if there is any."""
        tags: dict[str, dict[str | int, Type]] = {}
        shared: set[str] = set()
        for option, known in zip(options, types, strict=True):
            for wire, schema in self.schemas.flat(option).map("properties").items():
                flat = self.schemas.flat(schema)
                value, *others = [flat["const"]] if "const" in flat else flat.seq("enum") or [None]
                if known.kind != "model" or others or not isinstance(value, str | int):
                    continue
                if tags.setdefault(wire, {}).setdefault(value, known) != known:
                    shared.add(wire)
        own = sorted(tags.keys() - shared)
        tag = max(own, key=lambda wire: len(tags[wire]), default="")
        return tag, list(tags.get(tag, {}).items())

    def _typed(self, flat: Map, kind: str, context: str) -> Type:
        if enum_values(flat) and kind in ("string", "integer", ""):
            return self._hoisted(flat, context)
        if kind == "array" or (not kind and {"items", "prefixItems"} & flat.keys()):
            items = flat.get("items") if "prefixItems" not in flat else None
            return array(self.part_type(items, f"{context}Item"))
        if kind == "object" or (not kind and is_object(flat)):
            if flat.map("properties"):
                return self._hoisted(flat, context)
            self._unique(f"{context}Mapping")  # so that classes keep the names they have
            return mapping(self.part_type(flat.get("additionalProperties"), f"{context}Value"))
        if not kind and "const" in flat:
            kind = _KINDS.get(type(flat["const"]), "")
        return scalar(kind, "binary" if is_binary(flat) else flat.get("format"))

    def _hoisted(self, flat: Map, context: str) -> Type:
        self._types[id(flat)] = made = self._new(context, flat)
        self._define(made)
        return made

    def _new(self, name: str, schema: Map) -> Type:
        values = enum_values(self.schemas.flat(schema))
        name = self._unique(name)
        self._defined[name] = schema
        return enumeration(name, scalar(_KINDS[type(values[0])])) if values else class_type(name)

    def _unique(self, name: str) -> str:
        name = name[:LONGEST]
        number, candidate = 1, name
        while module_key(candidate) in self._taken:
            number += 1
            candidate = f"{name}{number}"
        self._taken.add(module_key(candidate))
        return candidate

    def _define(self, made: Type) -> None:
        if made.kind == "values":
            return
        flat = self.schemas.flat(self._defined[made.name])
        fields = self._fields[made.name] = []
        required = flat.seq("required").texts()
        properties = list(flat.map("properties").items())
        spelled = [own_name(value) or wire for wire, value in properties]
        names = own_names(spelled, FIELDS)
        for name, (wire, value) in zip(names, properties, strict=True):
            known = self.type_of(value, made.name + class_name(wire))
            flat = self.schemas.flat(value)
            nullable = known != ANYTHING and self.schemas.allows_null(value)
            returned = known != ANYTHING and flat.get("writeOnly") is not True
            fields.append(
                Field(
                    name=name,
                    wire=wire,
                    type=known,
                    required=wire in required and flat.get("readOnly") is not True,
                    secret=self.schemas.is_secret(value),
                    description=self.schemas.meaning(value),
                    nullable=nullable,
                    promised=wire in required and returned and not nullable,
                    schema=value,
                )
            )

    def _model(self, name: str, returned: bool, only_sent: bool) -> Model:
        schema, fields = self._defined[name], self.fields(name)
        flat = self.schemas.flat(schema)
        return Model(
            name=name,
            description=sentence(flat.text("description")),
            source=source(schema),
            fields=tuple(replace(each, nullable=each.nullable and only_sent) for each in fields),
            values=tuple(() if name in self._fields else enum_values(flat)),
            returned=returned,
            schema=schema,
        )


def reached(types: Iterable[Type], fields: Callable[[str], Iterable[Field]]) -> set[str]:
    """Return the classes that types name, with all that their fields name, at any distance."""
    found = set[str]()
    while fresh := set[str]().union(*(known.classes() for known in types)) - found:
        found |= fresh
        types = [field.type for name in fresh for field in fields(name)]
    return found


def _children(schemas: dict[str, Map]) -> dict[str, list[str]]:
    """The components that are made of each component by `allOf`, and those that it may be."""
    found: dict[str, list[str]] = {}
    for name, schema in schemas.items():
        for part in schema.seq("allOf").maps():
            found.setdefault(part.text("$ref"), []).append(SCHEMAS + name)
        options = [option.text("$ref") for option in options_of(schema)]
        found.setdefault(SCHEMAS + name, []).extend(filter(None, options))
    return found


def _component(value: str) -> str:
    """The reference that a value in the mapping of a discriminator stands for."""
    return value if "/" in value else SCHEMAS + value


def _tagged(discriminator: Map, named: dict[str, Type], types: list[Type]) -> Type:
    """A union whose members a discriminator distinguishes, some of them named components."""
    mapping = discriminator.map("mapping").items()
    values = collected((_component(str(target)), value) for value, target in mapping)
    tagged = {
        value: known
        for ref, known in named.items()
        for value in values.get(ref) or [ref.rsplit("/", 1)[-1]]
    }
    return union(types, discriminator.text("propertyName"), tagged.items())
