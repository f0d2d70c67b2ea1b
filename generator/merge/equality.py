"""When two values mean the same: their form without what never matters, as a text to compare."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.document import Map, Node, Seq
from generator.grammar import PROSE

from .occurrences import MISSING, Home, Missing, Value, fragment, text_of

_HEADER: Mapping[str, object] = {
    "required": False,
    "deprecated": False,
    "style": "simple",
    "explode": False,
    "content": {},
    "examples": {},
}

DEFAULTS: Mapping[str, Mapping[str, object]] = {
    "operation": {"deprecated": False, "tags": [], "parameters": [], "callbacks": {}},
    "path item": {"parameters": [], "servers": []},
    "parameter": {**_HEADER, "allowEmptyValue": False, "allowReserved": False},
    "header": _HEADER,
    "request body": {"required": False, "content": {}},
    "response": {"headers": {}, "links": {}, "content": {}},
    "media type": {"encoding": {}, "examples": {}},
    "encoding": {"allowReserved": False, "headers": {}},
    "schema": {
        "required": [],
        "properties": {},
        "patternProperties": {},
        "dependentSchemas": {},
        "$defs": {},
        "additionalProperties": True,
        "items": True,
        "unevaluatedProperties": True,
        "unevaluatedItems": True,
        "examples": [],
        "minLength": 0,
        "minItems": 0,
        "minProperties": 0,
        **dict.fromkeys(("readOnly", "writeOnly", "deprecated", "uniqueItems", "nullable"), False),
    },
    "xml": {"attribute": False, "wrapped": False},
    "discriminator": {"mapping": {}},
    "server": {"variables": {}},
    "server variable": {"enum": []},
}
"""The defaults of fields."""

_SETS = {
    ("schema", "required"),
    ("schema", "enum"),
    ("schema", "type"),
    ("server variable", "enum"),
}
_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


@dataclass(frozen=True, slots=True)
class Leaves:
    """Compares the values that hold no further objects."""

    schemes: Mapping[str, str]
    """Names of security schemes, and the one name that all equal schemes go by."""

    def text(self, what: str, key: str, parent: Map) -> str:
        """Return the meaning of a field of an object, as a text to compare."""
        value: object = parent.get(key, default(what, key, parent))
        if value is MISSING:
            return ""
        if (what, key, parent.get("in")) == ("parameter", "required", "path"):
            return "true"
        if key == "$ref" and isinstance(value, str):
            return fragment(value)
        if key == "security" and what == "operation" and isinstance(value, Seq):
            return self._requirements(value)
        if (what, key) in _SETS:
            return meaning_of_set(value if isinstance(value, list) else [value])
        if what == "parameter" and key == "name" and parent.get("in") == "header":
            return text_of(str(value).lower())
        if what == "server" and key == "url":
            return normal_url(str(value))
        if what == "tag" and key == "name":
            return text_of(str(value).casefold())
        if key in ("additionalProperties", "items") and isinstance(value, Map) and not value:
            value = True
        return text_of(meaning(value))

    def _requirements(self, value: Seq) -> str:
        return text_of(
            sorted(
                sorted(
                    (self.schemes.get(name, name), meaning_of_set(scopes))
                    for name, scopes in requirement.items()
                    if isinstance(scopes, list)
                )
                for requirement in value.maps()
            )
        )


def default(what: str, key: str, parent: Map) -> object:
    """Return the default of a field of an object, or MISSING."""
    place = parent.get("in")
    if what == "parameter" and key == "required" and place == "path":
        return True
    if what in ("parameter", "encoding") and key == "style":
        return _STYLES.get(str(place), "form")
    if what in ("parameter", "encoding") and key == "explode":
        return parent.get("style", default(what, "style", parent)) == "form"
    return DEFAULTS.get(what, {}).get(key, MISSING)


def meaning(value: object) -> object:
    """Free data in the form in which it is compared: 1.0 is 1, extensions do not count."""
    if isinstance(value, dict):
        return {key: meaning(item) for key, item in value.items() if not str(key).startswith("x-")}
    if isinstance(value, list):
        return [meaning(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def meaning_of_set(items: list[Node] | list[object]) -> str:
    """Return a list whose order and repetitions do not matter, as a text to compare."""
    return text_of(sorted({text_of(meaning(item)) for item in items}))


def media_type(name: str) -> str:
    """Return the comparable form of a media type, with its parameters."""
    return ";".join(part.strip().lower() for part in name.split(";"))


def normal_url(url: str) -> str:
    """Return a URL as it is compared: scheme and host in lower case, no slash at the end."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return parts._replace(
        scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), path=parts.path.rstrip("/")
    ).geturl()


def rough(value: Value) -> str:
    """Return a value as text that is equal for equal values."""
    return "" if isinstance(value, Missing) else text_of(meaning(value))


def schemes(homes: list[Home]) -> dict[str, str]:
    """Return the names of all security schemes, and the one used for all with equal content."""
    first: dict[str, str] = {}
    known: dict[str, str] = {}
    for home in homes:
        for name, scheme in home.root.map("components").map("securitySchemes").maps():
            content = {key: item for key, item in scheme.items() if key not in PROSE}
            common = first.setdefault(json.dumps(meaning(content), sort_keys=True), name)
            known.setdefault(name, known.get(common, common))
    return known
