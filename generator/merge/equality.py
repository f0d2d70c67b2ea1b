"""When two values mean the same, which of two texts or bounds is taken, and what says nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from generator.document import Map, Node, Seq, is_number
from generator.grammar import PROSE
from generator.references import ref_of

from .occurrences import MISSING, Home, Missing, Side, Value, entries, fragment, text_of

_SPACE = re.compile(r"\s+")
_LOST = re.compile("\\?\\?\\?|\ufffd|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LOWEST = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_HIGHEST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
BOUNDS = (*_LOWEST, *_HIGHEST)
_HEADER: Mapping[str, object] = {
    "required": False,
    "deprecated": False,
    "style": "simple",
    "explode": False,
    "content": {},
    "examples": {},
}

_DEFAULTS: Mapping[str, Mapping[str, object]] = {
    "operation": {"deprecated": False, "tags": [], "parameters": [], "callbacks": {}},
    "path item": {"parameters": [], "servers": []},
    "parameter": {**_HEADER, "allowEmptyValue": False, "allowReserved": False},
    "header": _HEADER,
    "request body": {"required": False, "content": {}},
    "response": {"headers": {}, "links": {}, "content": {}},
    "media type": {"encoding": {}, "examples": {}},
    "encoding": {"allowReserved": False, "headers": {}},
    "schema": {
        **{key: [] for key in ("required", "examples")},
        **{key: {} for key in ("properties", "patternProperties", "dependentSchemas", "$defs")},
        **dict.fromkeys(("minLength", "minItems", "minProperties"), 0),
        **dict.fromkeys(("additionalProperties", "unevaluatedProperties"), True),
        **dict.fromkeys(("items", "unevaluatedItems"), True),
        **dict.fromkeys(("readOnly", "writeOnly", "deprecated", "uniqueItems", "nullable"), False),
    },
    "xml": {"attribute": False, "wrapped": False},
    "discriminator": {"mapping": {}},
    "server": {"variables": {}},
    "server variable": {"enum": []},
}
"""The defaults of fields."""

_SETS = {*(("schema", key) for key in ("required", "enum", "type")), ("server variable", "enum")}
_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}
_EXPLAINING = frozenset({"example", "examples", "externalDocs", "bearerFormat"})
"""Fields that only explain: their absence contradicts no other document."""

_ELSEWHERE = {
    "parameter": frozenset({"style", "explode", "allowReserved", "schema", "content"}),
    "header": frozenset({"style", "explode", "schema", "content"}),
    "media type": frozenset({"schema", "encoding"}),
    "response": frozenset({"headers", "links", "content"}),
    "request body": frozenset({"content"}),
}
"""The fields that give an object its type (schema and content), and what depends on them."""


def normal_text(text: str) -> str:
    """Return the comparable form of a text: one space between words, composed letters."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def best_text(texts: Sequence[str]) -> str:
    """Return the best text: undamaged, then the longest, then the first.

    Damaged is what has lost characters on its way: `???`, U+FFFD and control characters say so.
    """
    return min(texts, key=lambda text: (bool(_LOST.search(text)), -len(normal_text(text))))


def is_narrower(key: str, value: object, other: object) -> bool:
    """Whether a bound lets less pass than another one."""
    if not is_number(value) or not is_number(other):
        return False
    return value < other if key in _HIGHEST else key in _LOWEST and value > other


def field_text(what: str, key: str, parent: Map, schemes: Mapping[str, str]) -> str:
    """Return the meaning of a field of an object, as a text to compare, if it holds no objects.

    `schemes` are the names of security schemes, with the one name for all equal schemes.
    """
    value: object = parent.get(key, default(what, key, parent))
    if value is MISSING:
        return ""
    if (what, key, parent.get("in")) == ("parameter", "required", "path"):
        return "true"
    if key == "$ref" and isinstance(value, str):
        return fragment(value)
    if key == "security" and what == "operation" and isinstance(value, Seq):
        return _requirements(value, schemes)
    if (what, key) in _SETS:
        return _meaning_of_set(value if isinstance(value, list) else [value])
    if what == "parameter" and key == "name" and parent.get("in") == "header":
        return text_of(str(value).lower())
    if what == "server" and key == "url":
        return normal_url(str(value))
    if what == "tag" and key == "name":
        return text_of(str(value).casefold())
    if key in ("additionalProperties", "items") and isinstance(value, Map) and not value:
        value = True
    return text_of(meaning(value))


def _requirements(value: Seq, schemes: Mapping[str, str]) -> str:
    alternatives = (
        sorted(
            (schemes.get(name, name), _meaning_of_set(scopes))
            for name, scopes in requirement.items()
            if isinstance(scopes, list)
        )
        for requirement in value.maps()
    )
    return text_of(sorted(alternatives))


def default(what: str, key: str, parent: Map) -> object:
    """Return the default of a field of an object, or MISSING."""
    place = parent.get("in")
    if what == "parameter" and key == "required" and place == "path":
        return True
    if what in ("parameter", "encoding") and key == "style":
        return _STYLES.get(str(place), "form")
    if what in ("parameter", "encoding") and key == "explode":
        return parent.get("style", default(what, "style", parent)) == "form"
    return _DEFAULTS.get(what, {}).get(key, MISSING)


def meaning(value: object) -> object:
    """Free data in the form in which it is compared: 1.0 is 1, extensions do not count."""
    if isinstance(value, dict):
        return {key: meaning(item) for key, item in value.items() if not str(key).startswith("x-")}
    if isinstance(value, list):
        return [meaning(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _meaning_of_set(items: list[Node] | list[object]) -> str:
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


def equal_schemes(homes: list[Home]) -> dict[str, str]:
    """Return the names of all security schemes, and the one used for all with equal content."""
    first: dict[str, str] = {}
    known: dict[str, str] = {}
    for name, side in entries(homes, "components", "securitySchemes"):
        content = {key: item for key, item in side.map.items() if key not in PROSE}
        common = first.setdefault(text_of(meaning(content)), name)
        known.setdefault(name, known.get(common, common))
    return known


def is_unspecified(what: str, key: str, side: Side) -> bool:
    """Return whether a document does not specify a field of an object."""
    node = side.map
    absent = key not in node
    if key in _EXPLAINING or (what == "operation" and key in ("security", "operationId")):
        return absent
    if key not in _ELSEWHERE.get(what, ()):
        return False
    typing = _ELSEWHERE[what] & {"schema", "content"}
    typed = any(_specifies(side.home, field, node.get(field, MISSING)) for field in typing)
    return not typed and (absent or key in typing)


def _specifies(home: Home, field: str, value: Value) -> bool:
    """Return whether the value of `schema` or `content` specifies a type."""
    if value is MISSING:
        return False
    if field == "content":
        tables = value.maps() if isinstance(value, Map) else ()
        return any(_specifies(home, "schema", item.get("schema", MISSING)) for _, item in tables)
    return not empty_schema(home, value)


def empty_schema(home: Home, node: Value) -> bool:
    """Return whether a schema allows any value and does not describe it."""
    if node is True:
        return True
    if not isinstance(node, Map):
        return False
    ref = ref_of(node)
    if ref is not None and (found := home.target(ref)):
        # At the end of references, one with something beside it does say something.
        last, _ = found
        if last is node or ref_of(last) is not None or not empty_schema(home, last):
            return False
    return all(_idle(key, node) for key in node if key != "$ref")


def _idle(key: str, node: Map) -> bool:
    if key in PROSE or key in _EXPLAINING or key.startswith("x-"):
        return True
    nothing = Map(position=node.position)
    texts = {field_text("schema", key, each, {}) for each in (node, nothing)}
    return len(texts) == 1 and default("schema", key, node) is not MISSING
