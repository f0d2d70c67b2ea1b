"""What the schemas of the merged spec mean, before any of it has a name in Python."""

from __future__ import annotations

from generator.document import Map, Node, Seq
from generator.grammar import ANNOTATIONS
from generator.references import chain, ref_of, target

from .safe_text import described, one_line

SCHEMAS = "#/components/schemas/"

_ASIDE = ANNOTATIONS | {"x-source", "x-name"}


class Schemas:
    """The schemas of one spec, with their references followed."""

    def __init__(self, spec: Map) -> None:
        self._spec = spec
        self._flat: dict[str, Map] = {}
        self._folded: dict[int, Map] = {}
        self._refined: dict[tuple[int, ...], Map] = {}
        self._parts: dict[int, list[Map]] = {}

    def flat(self, schema: Node) -> Map:
        """Return a schema as one object, with what its reference and its `allOf` lead to."""
        if not isinstance(schema, Map):
            return Map(position=self._spec.position)
        ref = schema.text("$ref")
        if ref and ref not in self._flat:
            self._flat[ref] = schema  # what leads back to itself adds nothing
            self._flat[ref] = self.flat(self.target(ref))
        if ref and len(schema) == 1:
            return self._flat[ref]
        if not {"$ref", "allOf"} & schema.keys():
            return schema
        if id(schema) not in self._folded:
            folded = self._folded[id(schema)] = Map(position=schema.position)
            parts = map(self.flat, schema.seq("allOf").maps())
            for part in (*([self._flat[ref]] if ref else []), *parts, schema):
                self._fold(folded, part)
        return self._folded[id(schema)]

    def _fold(self, into: Map, part: Map) -> None:
        """Add one part of an `allOf` to the object that its parts make up."""
        for key, value in part.items():
            if key in ("allOf", "$ref"):  # a reference is left where a schema leads back to itself
                continue
            old = into.get(key)
            if key == "properties" and isinstance(old, Map) and isinstance(value, Map):
                both = {name: self._refine(old.get(name), value[name]) for name in value}
                into[key] = Map({**old, **both}, position=value.position)
            elif key in ("items", "additionalProperties"):
                into[key] = self._refine(old, value)
            elif key == "required" and isinstance(old, Seq) and isinstance(value, Seq):
                into[key] = Seq(dict.fromkeys([*old, *value]), position=value.position)
            elif key == "type" and (shared := _shared_types(into, part)):
                into[key] = Seq(shared, position=part.position) if len(shared) > 1 else shared[0]
            else:
                into[key] = value

    def _refine(self, old: Node, new: Node) -> Node:
        """What fits two schemas: one object for the same two, as they may hold themselves."""
        if not isinstance(old, Map) or not isinstance(new, Map):
            return new
        parts: list[Map] = []
        for part in (*self._parts.get(id(old), [old]), *self._parts.get(id(new), [new])):
            if part not in parts:
                parts.append(part)
        if len(parts) == 1:
            return old
        key = tuple(map(id, parts))
        if key not in self._refined:
            made = self._refined[key] = Map(position=new.position)
            shapes = self._shapes(parts)
            if len(shapes) > 1:
                made["allOf"] = Seq(parts, position=new.position)
            else:
                for keywords in [*parts, *shapes]:
                    made |= keywords
            self._parts[id(made)] = parts
        return self._refined[key]

    def allows_null(self, schema: Node, within: tuple[Map, ...] = ()) -> bool:
        """Whether the documents say that a value may be null."""
        flat = self.flat(schema)
        if is_null(flat) or "null" in flat.seq("type"):
            return True
        if "type" not in flat and None in flat.seq("enum"):
            return True
        if any(flat is outer for outer in within):
            return False  # a choice that contains itself
        return any(self.allows_null(option, (*within, flat)) for option in choices_of(flat))

    def is_secret(self, schema: Node) -> bool:
        """Whether the documents call a value a password, or what it may be or hold."""
        found = [self.flat(schema)]
        for flat in found:
            inner = [*options_of(flat), flat.get("items"), flat.get("additionalProperties")]
            parts = [self.flat(each) for each in inner if isinstance(each, Map)]
            found += [part for part in parts if not any(part is known for known in found)]
        return any(flat.get("format") == "password" for flat in found)

    def _shapes(self, parts: list[Map]) -> list[dict[str, Node]]:
        """What schemas state about the type, without what another of them states already."""
        found: list[dict[str, Node]] = []
        for part in parts:
            shape = {name: value for name, value in part.items() if name not in _ASIDE}
            implied = any(self._is_made_of(other, part.text("$ref")) for other in parts)
            if shape and shape not in found and not (implied and len(shape) == 1):
                found.append(shape)
        return found

    def _is_made_of(self, schema: Map, ref: str) -> bool:
        """Whether a schema refers to one that has a component among its parts."""
        found, fresh = {""}, {schema.text("$ref")}
        while fresh:
            found |= fresh
            targets = [each for each in map(self.target, fresh) if isinstance(each, Map)]
            parts = [part for each in targets for part in each.seq("allOf").maps()]
            fresh = {part.text("$ref") for part in parts} - found
        return ref in found - {"", schema.text("$ref")}

    def target(self, ref: str) -> Node:
        """What a reference leads to; None if that is nothing."""
        return target(self._spec, ref)

    def follow(self, node: Map) -> Map:
        """Return an object itself, or what its chain of references ends at.

        A description beside a reference goes before that of the object.
        """
        description = ""
        for _, found in chain(self._spec, ref_of(node)):
            description = description or node.text("description")
            node = found if isinstance(found, Map) else Map(position=node.position)
        if description:
            return Map({**node, "description": description}, position=node.position)
        return node

    def meaning(self, schema: Node, own: str = "") -> str:
        """What a property or parameter means: its own description, or its component's."""
        own = own or (schema.text("description") if isinstance(schema, Map) else "")
        flat = self.flat(schema)
        return described(own or flat.text("description"), flat, self.flat(flat.get("items")))


def own_name(schema: Node) -> str:
    """The name that an overlay gives to a property or to the class of a component."""
    return schema.text("x-name") if isinstance(schema, Map) else ""


def only_reference(schema: Map) -> str:
    """Return the reference that a schema comes down to once null is left aside."""
    if {"properties", "items", "discriminator"} & schema.keys():
        return ""
    if "$ref" in schema:
        return schema.text("$ref")
    parts = [part for key in ("allOf", "anyOf", "oneOf") for part in schema.seq(key).maps()]
    parts = [part for part in parts if not is_null(part)]
    return parts[0].text("$ref") if len(parts) == 1 else ""


def choices_of(flat: Map) -> list[Map]:
    """Return the alternatives of a schema, null included."""
    keys = [key for key in ("oneOf", "anyOf") if key in flat]  # few schemas have any
    return [option for key in keys for option in flat.seq(key).maps()]


def options_of(flat: Map) -> list[Map]:
    """Return the alternatives of a schema, without null."""
    return [option for option in choices_of(flat) if not is_null(option)]


def source(node: Map) -> str:
    """The source document that a node comes from, and the place in it; empty if from an overlay."""
    origin = node.map("x-source")
    document = origin.text("document")
    return one_line(f"{document}, {origin.text('pointer')}") if document else ""


def _shared_types(old: Map, new: Map) -> list[str]:
    """The types that two schemas both allow, null included; empty without one."""
    first, second = (
        [kind for kind in node.seq("type").texts() or [node.text("type")] if kind]
        for node in (old, new)
    )
    if "number" in first and "integer" in second:
        first = [*first, "integer"]
    if "number" in second and "integer" in first:
        second = [*second, "integer"]
    return [kind for kind in first if kind in second]


def types_of(flat: Map) -> list[str]:
    """Return the types that a schema names, without null."""
    declared = flat.get("type")
    kinds = declared if isinstance(declared, Seq) else [declared]
    return [kind for kind in kinds if isinstance(kind, str) and kind != "null"]


def is_null(schema: Map) -> bool:
    """Return whether a schema allows null and nothing else."""
    if schema.get("type") in ("null", ["null"]) or schema.get("enum") == [None]:
        return True
    return "const" in schema and schema["const"] is None


def is_object(flat: Map) -> bool:
    """Return whether a schema has properties, and so becomes a class."""
    kinds = types_of(flat)
    return bool(flat.map("properties")) and kinds in ([], ["object"])


def is_binary(flat: Map) -> bool:
    """Return whether a string holds bytes as they are, as OpenAPI 3.1 or an earlier one says it."""
    if flat.get("format") == "binary":
        return True
    return "contentMediaType" in flat and "contentEncoding" not in flat


def enum_values(flat: Map) -> list[str | int]:
    """Return the values of an enumeration of strings or of integers; empty if it is neither."""
    values = [value for value in flat.seq("enum") if value is not None]
    texts = [value for value in values if isinstance(value, str)]
    numbers = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
    alike: list[str] | list[int] = texts or numbers
    kinds = {"string" if texts else "integer"}
    fits = len(alike) == len(values) and kinds.issuperset(types_of(flat))
    return list(dict.fromkeys(alike)) if fits else []
