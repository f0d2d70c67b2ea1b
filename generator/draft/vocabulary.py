"""What names and descriptions suggest about the type of a value."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.merge.proposed_overlays import Action
from generator.names import words

from .naming import singular

_FLAGS = frozenset(
    "is has include includes exclude allow allows auto enable enabled disable disabled use only"
    " show hide force can should with without".split()
)
_COUNTS = frozenset(
    "page pages size count limit offset height width number total days hours minutes seconds dpi"
    " year skip top rows max min maximum minimum quantity duration index".split()
)
_AMOUNTS = frozenset(
    "latitude longitude lat lon lng price amount score ratio threshold percent percentage rate"
    " confidence".split()
)
_NUMBERED = frozenset("page row line".split())
"""Names that are counted. Numbers of accounts, orders or telephones are text."""
_LISTS = frozenset("fields ids keywords tags".split())
_ENOUGH = 2000
"""The number of characters of a description that are read."""
_GROUPS = frozenset("people persons children".split())
"""What there are few of: how many is said in words, such as none, one and group."""
_DAYS = frozenset("date day since until".split())
_OF_DATES = frozenset("format type field order sort name zone mode style".split())
"""Words beside `date` that describe dates without being one."""

_SEPARATED = re.compile(
    r"comma[- ](?:separated|delimited)|separated by (?:a )?commas?", re.IGNORECASE
)
_CHOICE = re.compile(
    r"\b(?:filter\w*|narrow\w*|restrict\w*|exclud\w+|search(?:es)? for|finds?"
    r"|(?:return\w*|show\w*|list\w*) only|only (?:return\w*|show\w*|list\w*)"
    r"|to (?:include|search|exclude))\b",
    re.IGNORECASE,
)
"""Words of a parameter by which results are chosen."""
_TRUTH = re.compile(
    r"\btrue\W{0,3}(?:or|and)?\W{0,3}false\b|\bboolean\b|^\W*(?:specif\w+|indicat\w+|set|tells?)?\s*"
    r"(?:whether|if set|when set)\b|\b(?:if|when|set to|is) [_`'\"]?true\b"
    r"|\bdefault(?:s| value)?(?: is| to)?:? [_`'\"]?(?:true|false)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:integer|whole number|number of|pixels?|pixel (?:height|width))\b", re.IGNORECASE
)
_BROKEN = re.compile(r"\b(?:decimal|float|floating|fraction)\b", re.IGNORECASE)
_MOMENT = re.compile(r"\b(?:date[- ]?time|timestamp|ISO[- ]?8601)\b", re.IGNORECASE)
_DATE = re.compile(r"\bdates?\b", re.IGNORECASE)
_LISTED = re.compile(
    r"\b(?:one of|(?:possible|allowed|valid|accepted|supported) values(?: are)?(?: one of)?)\b"
    r"(?: the following)?\s*+:?\s*+(?P<values>[^.\n]{3,400})",
    re.IGNORECASE,
)
_VALUE = re.compile(r"[`'\"_]?([A-Za-z][A-Za-z0-9_-]{0,40})[`'\"_]?")

DATE: Action = {
    "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]
}
"""A date or a time: the API accepts both wherever it accepts dates."""


def type_of(name: str, description: str) -> tuple[Action, str] | None:
    """Return the schema that a name and a description suggest, and the reason, or None."""
    spelled = [word.lower() for word in words(name)]
    for suggest in (_from_description, _from_name):
        found = suggest(spelled, description[:_ENOUGH])
        if found is not None:
            return found
    return None


def is_list(name: str, description: str) -> str:
    """Return the reason to take a value for a list; empty without one."""
    spelled = [word.lower() for word in words(name)]
    if _SEPARATED.search(description[:_ENOUGH]):
        return "the description mentions commas between values"
    if spelled and spelled[-1] in _LISTS:
        return "the name is a plural"
    text = description[:_ENOUGH]
    if _is_plural(spelled) and _CHOICE.search(text) and not _TRUTH.search(text):
        return "the name is a plural, by which results are chosen"
    return ""


def _is_plural(spelled: list[str]) -> bool:
    """Whether a name may be that of several values, and is neither a count nor a question."""
    if not spelled or spelled[0] in _FLAGS or spelled[-1] in _FLAGS or _counts(spelled):
        return False
    return spelled[-1] in _GROUPS or (
        "number" not in spelled and singular(spelled[-1]) != spelled[-1]
    )


def _from_description(spelled: list[str], text: str) -> tuple[Action, str] | None:
    values = _values(text)
    if values:
        return {"type": "string", "enum": values}, "the description lists the values"
    tests: list[tuple[re.Pattern[str], Action, str]] = [
        (_TRUTH, {"type": "boolean"}, "the description mentions true or false"),
        (_MOMENT, DATE, "the description mentions a date or time"),
        (_WHOLE, {"type": "integer"}, "the description mentions a whole number"),
        (_BROKEN, {"type": "number"}, "the description mentions a number with a fraction"),
    ]
    for pattern, schema, why in tests:
        if pattern.search(text):
            return schema, why
    if _DATE.search(text) and _is_date(spelled):
        return DATE, "name and description mention a date"
    return None


def _from_name(spelled: list[str], text: str) -> tuple[Action, str] | None:
    first, last = (spelled[0], spelled[-1]) if spelled else ("", "")
    tests: list[tuple[Callable[[], bool], Action, str]] = [
        (lambda: last in ("id", "ids"), {"type": "string"}, "the name is that of an id"),
        (
            lambda: len(spelled) > 1 and first in _FLAGS,
            {"type": "boolean"},
            "the name is a yes-or-no question",
        ),
        (lambda: _is_date(spelled), DATE, "the name mentions a date"),
        (lambda: last == "at" and len(spelled) > 1, DATE, "the name mentions a time"),
        (lambda: _counts(spelled), {"type": "integer"}, "the name is that of a count"),
        (lambda: last in _AMOUNTS, {"type": "number"}, "the name is that of an amount"),
    ]
    for holds, schema, why in tests:
        if holds():
            return schema, why
    return None


def _is_date(spelled: list[str]) -> bool:
    return bool(_DAYS & set(spelled)) and spelled[-1] not in _OF_DATES and "by" not in spelled


def _counts(spelled: list[str]) -> bool:
    if spelled[-1:] == ["size"]:  # `file_size` may be `small`, `page_size` is a number
        return spelled[-2:-1] in (["page"], ["batch"])
    if spelled[-1:] == ["number"]:
        return len(spelled) == 1 or spelled[-2] in _NUMBERED or spelled[0] in ("max", "min")
    return bool(spelled) and (spelled[-1] in _COUNTS or spelled[0] in ("max", "min"))


def _values(text: str) -> list[str]:
    """Return the values that a description lists unambiguously."""
    match = _LISTED.search(text)
    if not match:
        return []
    parts = re.split(r"\s*,\s*(?:or\s+|and\s+)?|\s+or\s+|\s*\|\s*", match["values"].strip())
    found = [_VALUE.fullmatch(part.strip()) for part in parts if part.strip()]
    values = [value[1] for value in found if value]
    return list(dict.fromkeys(values)) if len(values) == len(found) > 1 else []
