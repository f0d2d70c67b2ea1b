"""What schemas say by themselves: small questions that lowering asks of one."""

from __future__ import annotations

from typing import TypeAlias

from generator.document import Map, Seq

from .prose import one_line

Lowered: TypeAlias = dict[str, object]


def source(node: Map) -> str:
    """Where a node comes from, in words: the source document and the place in it."""
    origin = node.map("x-source")
    if document := origin.text("document"):
        return one_line(f"{document}, {origin.text('pointer')}")
    overlays = origin.seq("overlays").texts()
    return one_line(f"overlay {overlays[0]}") if overlays else ""


def is_binary(schema: Map) -> bool:
    """Whether a schema speaks of bytes rather than of text."""
    raw = "contentMediaType" in schema and "contentEncoding" not in schema
    return raw or schema.get("format") == "binary"


def fold(into: Map, part: Map) -> None:
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
    """The types that a schema names, without null."""
    declared = flat.get("type")
    kinds = declared.copy() if isinstance(declared, Seq) else [declared]
    return [kind for kind in kinds if isinstance(kind, str) and kind != "null"]


def is_null(schema: Map) -> bool:
    """Whether a schema allows null and nothing else."""
    declared = schema.get("type")
    if declared == "null" or (isinstance(declared, Seq) and declared == ["null"]):
        return True
    return schema.get("enum") == [None] or ("const" in schema and schema["const"] is None)


def is_object(flat: Map) -> bool:
    """Whether a schema has properties, and so becomes a class."""
    kinds = types_of(flat)
    return bool(flat.map("properties")) and kinds in ([], ["object"])


def enum_values(flat: Map) -> list[str | int]:
    """The values of an enumeration of strings or of integers; empty if it is neither."""
    values = [value for value in flat.seq("enum") if value is not None]
    texts = [value for value in values if isinstance(value, str)]
    numbers = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
    if not set(types_of(flat)) <= {"string" if texts else "integer"}:
        return []
    if len(texts) == len(values):
        return list(dict.fromkeys(texts))
    return list(dict.fromkeys(numbers)) if len(numbers) == len(values) else []


def any_of(options: list[Lowered]) -> Lowered:
    """The lowered union of types, each named once; anything if one of them is."""
    distinct = [option for index, option in enumerate(options) if option not in options[:index]]
    if {} in distinct or not distinct:
        return {}
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}
