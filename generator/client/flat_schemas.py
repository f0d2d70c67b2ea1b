"""What the schemas of the merged spec mean, before any of it has a name in Python."""

from __future__ import annotations

from generator.document import Map, Node, Seq, resolve
from generator.references import chain, ref_of

from .safe_text import described, one_line

SCHEMAS = "#/components/schemas/"


class Schemas:
    """The schemas of one spec, with their references followed."""

    def __init__(self, spec: Map) -> None:
        self._spec = spec
        self._flat: dict[str, Map] = {}
        self._folded: dict[int, Map] = {}

    def flat(self, schema: Node) -> Map:
        """Return a schema with its reference followed and its `allOf` folded into one object."""
        if not isinstance(schema, Map):
            return Map(position=self._spec.position)
        ref = schema.text("$ref")
        if ref:
            if ref not in self._flat:
                self._flat[ref] = schema  # what leads back to itself adds nothing
                self._flat[ref] = self.flat(self.target(ref))
            return self._flat[ref]
        if "allOf" not in schema:
            return schema
        if id(schema) in self._folded:
            return self._folded[id(schema)]
        folded = self._folded[id(schema)] = Map(position=schema.position)
        for part in schema.seq("allOf").maps():
            _fold(folded, self.flat(part))
        _fold(folded, schema)
        return folded

    def allows_null(self, schema: Node, within: tuple[Map, ...] = ()) -> bool:
        """Whether the documents say that a value may be null."""
        flat = self.flat(schema)
        if is_null(flat) or "null" in flat.seq("type"):
            return True
        if "type" not in flat and None in flat.seq("enum"):
            return True
        if any(flat is outer for outer in within):
            return False  # a choice that contains itself
        options = [*flat.seq("oneOf").maps(), *flat.seq("anyOf").maps()]
        return any(self.allows_null(option, (*within, flat)) for option in options)

    def target(self, ref: str) -> Node:
        """What a reference leads to; None if that is nothing."""
        try:
            return resolve(self._spec, ref)
        except KeyError:
            return None

    def follow(self, node: Map) -> Map:
        """Return an object itself, or what its chain of references ends at.

        A description beside a reference goes before that of the object.
        """
        description = ""
        for _, target in chain(self._spec, ref_of(node)):
            description = description or node.text("description")
            node = target if isinstance(target, Map) else Map(position=node.position)
        if description:
            return Map({**node, "description": description}, position=node.position)
        return node

    def meaning(self, schema: Node, own: str = "") -> str:
        """What a property or parameter means: its own description, or its component's."""
        own = own or (schema.text("description") if isinstance(schema, Map) else "")
        flat = self.flat(schema)
        return described(own or flat.text("description"), flat, self.flat(flat.get("items")))


def only_reference(schema: Map) -> str:
    """Return the reference that a schema comes down to once null is left aside."""
    if "$ref" in schema:
        return schema.text("$ref")
    parts = [part for key in ("allOf", "anyOf", "oneOf") for part in schema.seq(key).maps()]
    parts = [part for part in parts if not is_null(part)]
    own = {"properties", "items", "discriminator"} & schema.keys()
    if len(parts) == 1 and "$ref" in parts[0] and not own:
        return parts[0].text("$ref")
    return ""


def options_of(flat: Map) -> list[Map]:
    """Return the alternatives of a schema, without null."""
    options = [*flat.seq("oneOf").maps(), *flat.seq("anyOf").maps()]
    return [option for option in options if not is_null(option)]


def source(node: Map) -> str:
    """The source document that a node comes from, and the place in it; empty if from an overlay."""
    origin = node.map("x-source")
    document = origin.text("document")
    return one_line(f"{document}, {origin.text('pointer')}") if document else ""


def is_binary(schema: Map) -> bool:
    """Return whether a schema speaks of bytes rather than of text."""
    raw = "contentMediaType" in schema and "contentEncoding" not in schema
    return raw or schema.get("format") == "binary"


def _fold(into: Map, part: Map) -> None:
    """Add one part of an `allOf` to the object that its parts make up."""
    for key, value in part.items():
        if key in ("allOf", "$ref"):  # a reference is left where a schema leads back to itself
            continue
        old = into.get(key)
        if key == "properties" and isinstance(old, Map) and isinstance(value, Map):
            into[key] = Map({**old, **value}, position=value.position)
        elif key == "required" and isinstance(old, Seq) and isinstance(value, Seq):
            into[key] = Seq(dict.fromkeys([*old, *value]), position=value.position)
        else:
            into[key] = value


def types_of(flat: Map) -> list[str]:
    """Return the types that a schema names, without null."""
    declared = flat.get("type")
    kinds = declared.copy() if isinstance(declared, Seq) else [declared]
    return [kind for kind in kinds if isinstance(kind, str) and kind != "null"]


def is_null(schema: Map) -> bool:
    """Return whether a schema allows null and nothing else."""
    declared = schema.get("type")
    if declared == "null" or (isinstance(declared, Seq) and declared == ["null"]):
        return True
    return schema.get("enum") == [None] or ("const" in schema and schema["const"] is None)


def is_object(flat: Map) -> bool:
    """Return whether a schema has properties, and so becomes a class."""
    kinds = types_of(flat)
    return bool(flat.map("properties")) and kinds in ([], ["object"])


def enum_values(flat: Map) -> list[str | int]:
    """Return the values of an enumeration of strings or of integers; empty if it is neither."""
    values = [value for value in flat.seq("enum") if value is not None]
    texts = [value for value in values if isinstance(value, str)]
    numbers = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
    if not set(types_of(flat)) <= {"string" if texts else "integer"}:
        return []
    if len(texts) == len(values):
        return list(dict.fromkeys(texts))
    return list(dict.fromkeys(numbers)) if len(numbers) == len(values) else []
