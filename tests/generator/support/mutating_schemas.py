"""Mutations of schemas, wherever they stand."""

from __future__ import annotations

import copy
import json
import random

from mutating import (
    Data,
    a_schema,
    mutation,
    objects,
    pick,
    plain_slots,
    schemas_of,
    slots,
)


@mutation
def change_type(chance: random.Random, spec: Data) -> bool:
    holder, key = chance.choice(slots(spec))
    holder[key] = a_schema(chance, spec)
    return True


@mutation
def change_scalar(chance: random.Random, spec: Data) -> bool:
    found = pick(chance, plain_slots(spec, "string", "integer", "number", "boolean"))
    if found is None:
        return False
    holder, key = found
    kinds = ["string", "integer", "number", "boolean"]
    words = {name: holder[key][name] for name in ("description",) if name in holder[key]}
    holder[key] = {"type": chance.choice(kinds), **words}
    return True


@mutation
def widen_number(chance: random.Random, spec: Data) -> bool:
    found = pick(chance, plain_slots(spec, "integer"))
    if found is None or "enum" in found[0][found[1]]:
        return False
    found[0][found[1]]["type"] = "number"
    return True


@mutation
def change_format(chance: random.Random, spec: Data) -> bool:
    found = pick(chance, plain_slots(spec, "string"))
    if found is None or "enum" in found[0][found[1]]:
        return False
    kinds = ["date", "date-time", "uuid", "password", "binary", None]
    value = chance.choice(kinds)
    found[0][found[1]].pop("format", None)
    if value:
        found[0][found[1]]["format"] = value
    return True


@mutation
def change_enum(chance: random.Random, spec: Data) -> bool:
    found = pick(chance, plain_slots(spec, "string"))
    if found is None:
        return False
    schema = found[0][found[1]]
    values = schema.get("enum")
    if values is None or chance.random() < 0.2:
        schema.pop("format", None)
        schema["enum"] = ["one", "two", "three"]
    elif chance.random() < 0.2:
        del schema["enum"]
    elif len(values) > 1 and chance.random() < 0.5:
        values.remove(chance.choice(values))
    else:
        values.append(f"value {chance.randrange(100)}")
    return True


@mutation
def change_null(chance: random.Random, spec: Data) -> bool:
    found = pick(chance, plain_slots(spec, "string", "integer", "number", "array", "object"))
    if found is None or "enum" in found[0][found[1]]:
        return False
    schema = found[0][found[1]]
    schema["type"] = [schema["type"], "null"]
    return True


@mutation
def wrap(chance: random.Random, spec: Data) -> bool:
    holder, key = chance.choice(slots(spec))
    inner = holder[key]
    holder[key] = chance.choice(
        [
            {"type": "array", "items": inner},
            {"type": "object", "additionalProperties": inner},
            {"anyOf": [inner, {"type": "integer"}]},
            {"oneOf": [inner, {"type": "string"}]},
            {"oneOf": [inner, {"type": "null"}]},
            {"allOf": [inner]},
            {"allOf": [inner, {"properties": {"extra": {"type": "string"}}}]},
        ]
    )
    return True


@mutation
def unwrap(chance: random.Random, spec: Data) -> bool:
    found = pick(chance, plain_slots(spec, "array"))
    if found is None or not found[0][found[1]].get("items"):
        return False
    holder, key = found
    holder[key] = holder[key]["items"]
    return True


@mutation
def change_options(chance: random.Random, spec: Data) -> bool:
    found = pick(chance, _unions(spec))
    if found is None:
        return False
    options = found[0][found[1]]
    if len(options) > 1 and chance.random() < 0.5:
        options.remove(chance.choice(options))
    else:
        options.append(a_schema(chance, spec))
    return True


def _unions(spec: Data) -> list[tuple[Data, str]]:
    return [
        (holder[key], word)
        for holder, key in slots(spec)
        for word in ("oneOf", "anyOf")
        if isinstance(holder[key], dict) and word in holder[key]
    ]


@mutation
def reorder_options(chance: random.Random, spec: Data) -> bool:
    found = pick(chance, _unions(spec))
    if found is None:
        return False
    union, word = found
    union[word].reverse()
    return len(union[word]) > 1


@mutation
def change_discriminator(chance: random.Random, spec: Data) -> bool:
    found = pick(chance, _unions(spec))
    if found is None:
        return False
    union, word = found
    references = [option["$ref"] for option in union[word] if "$ref" in option]
    if not references:
        return False
    chance.shuffle(references)
    mapping = {f"kind {number}": reference for number, reference in enumerate(references)}
    union["discriminator"] = {"propertyName": "name", "mapping": mapping}
    return True


@mutation
def change_reference(chance: random.Random, spec: Data) -> bool:
    references = [
        holder[key]
        for holder, key in slots(spec)
        if isinstance(holder[key], dict) and "$ref" in holder[key]
    ]
    reference = pick(chance, references)
    if reference is None or not schemas_of(spec):
        return False
    reference["$ref"] = f"#/components/schemas/{chance.choice(sorted(schemas_of(spec)))}"
    return True


@mutation
def write_out_reference(chance: random.Random, spec: Data) -> bool:
    found = [
        (holder, key)
        for holder, key in slots(spec)
        if isinstance(holder[key], dict) and "$ref" in holder[key]
    ]
    place = pick(chance, found)
    if place is None:
        return False
    holder, key = place
    name = holder[key]["$ref"].rsplit("/", 1)[-1]
    text = json.dumps(schemas_of(spec)[name])
    if f'schemas/{name}"' in text:
        return False
    holder[key] = json.loads(text)
    return True


@mutation
def add_property(chance: random.Random, spec: Data) -> bool:
    schema = pick(chance, objects(spec))
    if schema is None:
        return False
    name = f"added{chance.randrange(100)}"
    schema["properties"][name] = a_schema(chance, spec)
    if chance.random() < 0.4:
        schema.setdefault("required", []).append(name)
    return True


@mutation
def remove_property(chance: random.Random, spec: Data) -> bool:
    schema = pick(chance, objects(spec))
    if schema is None:
        return False
    name = chance.choice(sorted(schema["properties"]))
    del schema["properties"][name]
    if name in schema.get("required", ()):
        schema["required"].remove(name)
    return True


@mutation
def rename_property(chance: random.Random, spec: Data) -> bool:
    schema = pick(chance, objects(spec))
    if schema is None:
        return False
    name = chance.choice(sorted(schema["properties"]))
    other = chance.choice([f"{name}_renamed", name.upper()])
    if other in schema["properties"]:
        return False
    schema["properties"][other] = schema["properties"].pop(name)
    if name in schema.get("required", ()):
        schema["required"][schema["required"].index(name)] = other
    return True


@mutation
def change_required(chance: random.Random, spec: Data) -> bool:
    schema = pick(chance, objects(spec))
    if schema is None:
        return False
    name = chance.choice(sorted(schema["properties"]))
    required = schema.setdefault("required", [])
    if name in required:
        required.remove(name)
    else:
        required.append(name)
    return True


@mutation
def change_keyword(chance: random.Random, spec: Data) -> bool:
    holder, key = chance.choice(slots(spec))
    schema = holder[key]
    if not isinstance(schema, dict) or "$ref" in schema:
        return False
    word, value = chance.choice(
        [
            ("readOnly", True),
            ("writeOnly", True),
            ("deprecated", True),
            ("description", f"Words {chance.random()}"),
            ("title", f"Title {chance.random()}"),
            ("minimum", chance.randrange(9)),
            ("maximum", 100 + chance.randrange(9)),
            ("maxLength", chance.randrange(5, 99)),
            ("pattern", f"^[a-z]{{{chance.randrange(9)}}}"),
            ("additionalProperties", chance.choice([True, False, {"type": "string"}])),
            ("minProperties", chance.randrange(3)),
            ("x-odd", chance.random()),
            ("examples", [chance.random()]),
        ]
    )
    schema[word] = copy.deepcopy(value)
    return True


@mutation
def change_default(chance: random.Random, spec: Data) -> bool:
    found = pick(chance, plain_slots(spec, "string"))
    if found is None:
        return False
    schema = found[0][found[1]]
    if "default" in schema and chance.random() < 0.3:
        del schema["default"]
    else:
        schema["default"] = chance.choice(["one", "two"])
    return True


@mutation
def rename_schema(chance: random.Random, spec: Data) -> bool:
    name = pick(chance, sorted(schemas_of(spec)))
    if name is None:
        return False
    return rename_component(spec, "schemas", name, f"{name}Renamed")


@mutation
def swap_schemas(chance: random.Random, spec: Data) -> bool:
    schemas = schemas_of(spec)
    if len(schemas) < 2:
        return False
    one, two = chance.sample(sorted(schemas), 2)
    schemas[one], schemas[two] = schemas[two], schemas[one]
    return True


def rename_component(spec: Data, kind: str, old: str, new: str) -> bool:
    """Rename a component, and point there whatever points at it."""
    components = spec["components"][kind]
    if new in components:
        return False
    components[new] = components.pop(old)
    before, after = f"#/components/{kind}/{old}", f"#/components/{kind}/{new}"
    text = json.dumps(spec).replace(f'"{before}"', f'"{after}"')
    fresh = json.loads(text)
    spec.clear()
    spec.update(fresh)
    return True
