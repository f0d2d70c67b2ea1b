"""The best guess for the type of an untyped parameter."""

from __future__ import annotations

from collections.abc import Iterator

from generator.document import Map, Node, Seq, plain
from generator.merge.proposed_overlays import Action

from .evidence import Evidence, Guess
from .samples import schema_of
from .vocabulary import is_list, type_of

_NAMES = {"string": "text", "boolean": "true or false"}
_EXAMPLE, _LIST, _DESCRIPTION, _NAME, _NOTHING = range(5)
"""How good the reason for a guess is, the best first."""
_HINTS = ("default", "example", "x-example")


def typed(evidence: Evidence, parameter: Map) -> tuple[Action, str]:
    """Return the fields that give a parameter a type, and the reason.

    What documents specify comes first. Else all that is untyped under this name has one type: that
    which any of them gives the best reason for.
    """
    place, name = parameter.text("in"), parameter.text("name")
    known = evidence.of(place, name)
    if known is not None:
        return known
    own, best = _guessed(parameter), evidence.best_guess(place, name, _guessed)
    if best is None or own.rank <= best[0].rank:
        return own.value, own.why
    guess, operation = best
    return guess.value, f"{guess.why} in {operation}"


def _guessed(parameter: Map) -> Guess:
    """The type that a parameter suggests by itself."""
    place, name = parameter.text("in"), parameter.text("name")
    text = parameter.text("description")
    for key, value in _examples(parameter):
        schema = schema_of(plain(value))
        if schema.get("type") in ("integer", "number", "boolean", "array"):
            return Guess(_EXAMPLE, _written(schema, place), f"that is what its {key} is")
    several = is_list(name, text)
    if several and place != "cookie":
        singular = name[:-1] if name.lower().endswith("s") else name
        items = (type_of(singular, "") or ({"type": "string"}, ""))[0]
        # Lists of true and false are not used.
        if "anyOf" in items or items.get("type") == "boolean":
            items = {"type": "string"}
        return Guess(_LIST, _written({"type": "array", "items": items}, place), several)
    found = type_of(name, text)
    if found is None:
        return Guess(_NOTHING, {"schema": {"type": "string"}}, "nothing suggests another type")
    by_name = type_of(name, "")
    rank = _NAME if by_name and by_name[0] == found[0] else _DESCRIPTION
    return Guess(rank, {"schema": found[0]}, found[1])


def in_words(schema: object) -> str:
    """Return a short description of a schema."""
    if not isinstance(schema, dict):
        return "anything"
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    options = schema.get("anyOf") or schema.get("oneOf")
    if isinstance(options, list):
        return " or ".join(dict.fromkeys(in_words(option) for option in options))
    if schema.get("type") == "array":
        return f"list of {in_words(schema.get('items'))}"
    kind = schema.get("type")
    names = [_NAMES.get(str(item), str(item)) for item in _items(kind) if item]
    return str(schema.get("format") or " or ".join(names) or "anything")


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _written(schema: Action, place: str) -> Action:
    """Return a schema, for a list in the query with the separation of its values by commas."""
    if schema.get("type") != "array":
        return {"schema": schema}
    schema.setdefault("items", {"type": "string"})
    how: Action = {"style": "form", "explode": False} if place == "query" else {}
    return {"schema": schema, **how}


def _examples(parameter: Map) -> Iterator[tuple[str, Node]]:
    schema = parameter.map("schema")
    for holder in (schema, parameter):
        for key in _HINTS:
            if key in holder:
                yield key.removeprefix("x-"), holder[key]
        listed = holder.get("examples")
        if isinstance(listed, Seq) and listed:
            yield "example", listed[0]
        elif isinstance(listed, Map):
            yield from (("example", item["value"]) for _, item in listed.maps() if "value" in item)
