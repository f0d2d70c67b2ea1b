"""What names and prose suggest: about types of values, costs, and response bodies."""

from __future__ import annotations

import re

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

_SEPARATED = re.compile(r"(?i)comma[- ](?:separated|delimited)|separated by (?:a )?commas?")
_CHOICE = re.compile(
    r"(?i)\b(?:filter\w*|narrow\w*|restrict\w*|exclud\w+|search(?:es)? for|finds?"
    r"|(?:return\w*|show\w*|list\w*) only|only (?:return\w*|show\w*|list\w*)"
    r"|to (?:include|search|exclude))\b"
)
"""Words of a parameter by which results are chosen."""
_TRUTH = re.compile(
    r"(?i)\btrue\W{0,3}(?:or|and)?\W{0,3}false\b|\bboolean\b"
    r"|^\W*(?:specif\w+|indicat\w+|set|tells?)?\s*(?:whether|if set|when set)\b"
    r"|\b(?:if|when|set to|is) [_`'\"]?true\b"
    r"|\bdefault(?:s| value)?(?: is| to)?:? [_`'\"]?(?:true|false)\b"
)
_WHOLE = re.compile(r"(?i)\b(?:integer|whole number|number of|pixels?|pixel (?:height|width))\b")
_BROKEN = re.compile(r"(?i)\b(?:decimal|float|floating|fraction)\b")
_MOMENT = re.compile(r"(?i)\b(?:date[- ]?time|timestamp|ISO[- ]?8601)\b")
_DATE = re.compile(r"(?i)\bdates?\b")
_LISTED = re.compile(
    r"(?i)\b(?:one of|(?:possible|allowed|valid|accepted|supported) values(?: are)?(?: one of)?)\b"
    r"(?: the following)?\s*+:?\s*+(?P<values>[^.\n]{3,400})"
)
_VALUE = re.compile(r"[`'\"_]?([A-Za-z][A-Za-z0-9_-]{0,40})[`'\"_]?")

DATE: Action = {
    "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]
}
"""A date or a time: the API accepts both wherever it accepts dates."""


def type_of(name: str, description: str) -> tuple[Action, str] | None:
    """Return the schema that a name and a description suggest, and the reason, or None."""
    spelled = [word.lower() for word in words(name)]
    first, last = (spelled[0], spelled[-1]) if spelled else ("", "")
    several, is_date = len(spelled) > 1, _is_date(spelled)
    text = description[:_ENOUGH]
    values, number = _values(text), Action(type="number")
    tests: list[tuple[object, Action, str]] = [
        (values, {"type": "string", "enum": values}, "the description lists the values"),
        (_TRUTH.search(text), {"type": "boolean"}, "the description mentions true or false"),
        (_MOMENT.search(text), DATE, "the description mentions a date or time"),
        (_WHOLE.search(text), {"type": "integer"}, "the description mentions a whole number"),
        (_BROKEN.search(text), number, "the description mentions a number with a fraction"),
        (_DATE.search(text) and is_date, DATE, "name and description mention a date"),
        (last in ("id", "ids"), {"type": "string"}, "the name is that of an id"),
        (several and first in _FLAGS, {"type": "boolean"}, "the name is a yes-or-no question"),
        (is_date, DATE, "the name mentions a date"),
        (several and last == "at", DATE, "the name mentions a time"),
        (_counts(spelled), {"type": "integer"}, "the name is that of a count"),
        (last in _AMOUNTS, number, "the name is that of an amount"),
    ]
    return next(((schema, why) for holds, schema, why in tests if holds), None)


def is_list(name: str, description: str) -> str:
    """Return the reason to take a value for a list; empty without one."""
    spelled = [word.lower() for word in words(name)]
    text = description[:_ENOUGH]
    if _SEPARATED.search(text):
        return "the description mentions commas between values"
    if spelled and spelled[-1] in _LISTS:
        return "the name is a plural"
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


_WORDS = (
    r"(?:sur)?charg(?:e[sd]?|ing|eable)|costs?|costing|fees?|bill(?:s|ed|ing|able)?|credit(?:s|ed)?"
    r"|(?:re)?purchas(?:e[sd]?|ing)|buy(?:s|ing)?|bought|(?:re)?licen[cs](?:e[sd]?|ing)"
    r"|deduct(?:s|ed|ing|ions?)?|debit(?:s|ed|ing)?|decrement(?:s|ed|ing)?|pay(?:s|ing|ments?)?"
    r"|paid|payable|spen(?:ds?|t)|invoice[sd]?|pric(?:e[sd]?|ing)|checkout|allowances?"
    r"|download limits?|us(?:es?|ed|ing) up|(?:plac|submitt?)(?:es?|s|ing)? (?:an? |the )?orders?"
)
_COST = re.compile(rf"(?i)\b(?:{_WORDS})\b")
_CHARGED = re.compile(
    r"(?i)\b(?:incurs?|results? in|causes?)\b[^.;]{0,40}\b(?:costs?|fees?|charges?|deductions?)\b"
    r"|\b(?:is|are|be|gets?) (?:\w+ )?(?:charged|billed|deducted|debited|decremented|invoiced)\b"
    r"|\b(?:deducts?|decrements?|uses? up)\b|\bcounts? (?:against|towards?)\b"
    r"|\b(?:costs?|consumes?|spends?|takes?|uses?) (?:you )?(?:\w+ ){0,2}(?:credits?|money)\b"
)
"""Words for a request that costs something. Read-only operations may mention costs, too."""

_PASSING = re.compile(r"(?i)\b(?:https?|www)\S+")
_SENTENCE = re.compile(r"[.;!?]+(?=\s|$)|\n\s*\n")
_DOUBT = re.compile(
    r"(?is)\b(?:if|unless|except\w*|until|when|once|while|where|whether|otherwise|only|just|merely"
    r"|first|beyond|after|exceed\w*|than|limited|trials?|already|again|twice|more|extra"
    r"|additional(?:ly)?|case|fail\w*|errors?|for(?! (?:it|this|that)\b))\b"
    r"|(?:\b(?:no|not|never|cannot)|n't)\b.{0,200}\b(?:without|free)\b"
)
"""Words with which a sentence does not rule out costs completely."""
_GAP = (
    r"(?:[ \t\r\n]+(?!(?:and|but|then|so|you|we|it|they|which|who|without|free|\w*refund\w*)\b)"
    r"[\w-]+){0,4}?[ \t\r\n]+"
)
_DENIED = re.compile(
    rf"(?i)(?:\b(?:no|not|never|nothing|nor|cannot|without|free (?:of|from))|n't)\b"
    rf"{_GAP}(?:{_WORDS})\b(?:(?:[ \t\r\n]+(?:an?|the|any|of|or|your))*[ \t\r\n]+(?:{_WORDS})\b)*"
    rf"|\b(?:{_WORDS}) (?:is|are|do|does|will|shall|was|were)(?: not|n't| never) (?:be )?"
    r"(?:charged|billed|deducted|taken|apply|applied|incurred|required|used|due|needed|made)\b"
)

_READS = re.compile(
    r"(?i)\W*(?:gets?|retrieves?|fetch(?:es)?|lists?|search(?:es)?|quer(?:y|ies)|downloads?"
    r"|exports?|calculates?|computes?|estimates?|previews?|generates?|looks? up)\b"
)
_RETURNS = re.compile(
    r"(?i)\b(?:returns?|responds? with|replies with)\s+"
    r"(?!(?:an?\s+|the\s+)?(?:\w+\s+)?(?:errors?|https?|status|codes?|\d+|nothing|no|none|empty"
    r"|immediately|when|once|if|to)\b)\w+"
    r"|\b(?:response|result)s? (?:body )?(?:will )?(?:contains?|includes?|has|holds)\b"
    r"|\bin the response(?: body)?\b"
    r"|\bgenerates? (?:\w+ ){0,3}(?:ur[il]s?|links?|tokens?|reports?)\b"
)
_EMPTY = re.compile(
    r"(?i)\b(?:no|nothing|empty|without(?: an?)?|not (?:return|have|contain)\w*)\b[^.\n]{0,30}"
    r"\b(?:body|content|response|returned)\b|\breturns? (?:nothing|no|none|empty)\b"
    r"|\b(?:body|response) (?:is|will be) empty\b"
)
_THING = re.compile(
    r"(?is)\W*(?:an?|the|lists?|arrays?|details|information|results?|json|objects?)\b"
    r"(?!.*\b(?:is|are|was|were|has|have|been|will|requests?|operation|success\w*)\b)"
)
_LONGEST_PROSE = 20_000


def cost_in(text: str, reads: bool) -> str:
    """Return the words that suggest that a request costs something, or an empty text.

    What is said to cost nothing, without a condition, is left aside. All else is taken for a
    cost: a purchase that is repeated in doubt is worse than one that is not.
    """
    for sentence in _SENTENCE.split(_PASSING.sub("", text[:_LONGEST_PROSE])):
        kept = sentence if _DOUBT.search(sentence) else _DENIED.sub(" - ", sentence)
        if found := (_CHARGED if reads else _COST).search(kept):
            return " ".join(found[0].split())
    return ""


def body_in(summary: str, description: str, response: str, otherwise: str) -> str:
    """Return the reason to expect a response body; empty without one or if it is ruled out.

    `otherwise` is what suggests one where the prose does not.
    """
    description = description[:_LONGEST_PROSE]
    lines = [line for line in description.splitlines() if line.strip(" #=-")]
    first = next((line for line in lines if not line.lstrip().startswith("#")), "")
    texts = (("summary", summary), ("description", description), ("response", response))
    if any(_EMPTY.search(text) for _, text in texts):
        return ""
    for what, text in (("summary", summary), ("description", first)):
        if found := _READS.match(text):
            return f"its {what} begins with {found[0].strip()!a}"
    for what, text in texts:
        if found := _RETURNS.search(text):
            return f"its {what} has the words {' '.join(found[0].split())!a}"
    return "its response is described as a thing" if _THING.match(response) else otherwise
