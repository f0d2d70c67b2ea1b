"""What the prose of an operation suggests about its cost and its response bodies."""

from __future__ import annotations

import re

_WORDS = (
    r"(?:sur)?charg(?:e[sd]?|ing|eable)|costs?|costing|fees?|bill(?:s|ed|ing|able)?|credit(?:s|ed)?"
    r"|(?:re)?purchas(?:e[sd]?|ing)|buy(?:s|ing)?|bought|(?:re)?licen[cs](?:e[sd]?|ing)"
    r"|deduct(?:s|ed|ing|ions?)?|debit(?:s|ed|ing)?|decrement(?:s|ed|ing)?|pay(?:s|ing|ments?)?"
    r"|paid|payable|spen(?:ds?|t)|invoice[sd]?|pric(?:e[sd]?|ing)|checkout|allowances?"
    r"|download limits?|us(?:es?|ed|ing) up|(?:plac|submitt?)(?:es?|s|ing)? (?:an? |the )?orders?"
)
_COST = re.compile(rf"\b(?:{_WORDS})\b", re.IGNORECASE)
_CHARGED = re.compile(
    r"\b(?:incurs?|results? in|causes?)\b[^.;]{0,40}\b(?:costs?|fees?|charges?|deductions?)\b"
    r"|\b(?:is|are|be|gets?) (?:\w+ )?(?:charged|billed|deducted|debited|decremented|invoiced)\b"
    r"|\b(?:deducts?|decrements?|uses? up)\b|\bcounts? (?:against|towards?)\b"
    r"|\b(?:costs?|consumes?|spends?|takes?|uses?) (?:you )?(?:\w+ ){0,2}(?:credits?|money)\b",
    re.IGNORECASE,
)
"""Words for a request that costs something. Read-only operations may mention costs, too."""

_PASSING = re.compile(r"\b(?:https?|www)\S+", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;!?]+(?=\s|$)|\n\s*\n")
_DOUBT = re.compile(
    r"\b(?:if|unless|except\w*|until|when|once|while|where|whether|otherwise|only|just|merely|first"
    r"|beyond|after|exceed\w*|than|limited|trials?|already|again|twice|more|extra|additional(?:ly)?"
    r"|case|fail\w*|errors?|for(?! (?:it|this|that)\b))\b"
    r"|(?:\b(?:no|not|never|cannot)|n't)\b.{0,200}\b(?:without|free)\b",
    re.IGNORECASE | re.DOTALL,
)
"""Words with which a sentence does not rule out costs completely."""
_GAP = (
    r"(?:[ \t\r\n]+(?!(?:and|but|then|so|you|we|it|they|which|who|without|free|\w*refund\w*)\b)"
    r"[\w-]+){0,4}?[ \t\r\n]+"
)
_DENIED = re.compile(
    rf"(?:\b(?:no|not|never|nothing|nor|cannot|without|free (?:of|from))|n't)\b"
    rf"{_GAP}(?:{_WORDS})\b(?:(?:[ \t\r\n]+(?:an?|the|any|of|or|your))*[ \t\r\n]+(?:{_WORDS})\b)*"
    rf"|\b(?:{_WORDS}) (?:is|are|do|does|will|shall|was|were)(?: not|n't| never) (?:be )?"
    r"(?:charged|billed|deducted|taken|apply|applied|incurred|required|used|due|needed|made)\b",
    re.IGNORECASE,
)

_READS = re.compile(
    r"\W*(?:gets?|retrieves?|fetch(?:es)?|lists?|search(?:es)?|quer(?:y|ies)|downloads?"
    r"|exports?|calculates?|computes?|estimates?|previews?|generates?|looks? up)\b",
    re.IGNORECASE,
)
_RETURNS = re.compile(
    r"\b(?:returns?|responds? with|replies with)\s+"
    r"(?!(?:an?\s+|the\s+)?(?:\w+\s+)?(?:errors?|https?|status|codes?|\d+|nothing|no|none|empty"
    r"|immediately|when|once|if|to)\b)\w+"
    r"|\b(?:response|result)s? (?:body )?(?:will )?(?:contains?|includes?|has|holds)\b"
    r"|\bin the response(?: body)?\b"
    r"|\bgenerates? (?:\w+ ){0,3}(?:ur[il]s?|links?|tokens?|reports?)\b",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"\b(?:no|nothing|empty|without(?: an?)?|not (?:return|have|contain)\w*)\b[^.\n]{0,30}"
    r"\b(?:body|content|response|returned)\b|\breturns? (?:nothing|no|none|empty)\b"
    r"|\b(?:body|response) (?:is|will be) empty\b",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\W*(?:an?|the|lists?|arrays?|details|information|results?|json|objects?)\b(?!.*\b(?:is|are|was"
    r"|were|has|have|been|will|requests?|operation|success\w*)\b)",
    re.IGNORECASE | re.DOTALL,
)
_ENOUGH = 20_000


def cost_in(text: str, reads: bool) -> str:
    """Return the words that suggest that a request costs something, or an empty text.

    What is said to cost nothing, without a condition, is left aside. All else is taken for a
    cost: a purchase that is repeated in doubt is worse than one that is not.
    """
    for sentence in _SENTENCE.split(_PASSING.sub("", text[:_ENOUGH])):
        kept = sentence if _DOUBT.search(sentence) else _DENIED.sub(" - ", sentence)
        if found := (_CHARGED if reads else _COST).search(kept):
            return " ".join(found[0].split())
    return ""


def body_in(summary: str, description: str, response: str, otherwise: str) -> str:
    """Return the reason to expect a response body; empty without one or if it is ruled out.

    `otherwise` is what suggests one where the prose does not.
    """
    lines = [line for line in description[:_ENOUGH].splitlines() if line.strip(" #=-")]
    first = next((line for line in lines if not line.lstrip().startswith("#")), "")
    texts = (("summary", summary), ("description", description[:_ENOUGH]), ("response", response))
    if any(_EMPTY.search(text) for _, text in texts):
        return ""
    for what, text in (("summary", summary), ("description", first)):
        if found := _READS.match(text):
            return f"its {what} begins with {found[0].strip()!a}"
    for what, text in texts:
        if found := _RETURNS.search(text):
            return f"its {what} has the words {' '.join(found[0].split())!a}"
    return "its response is described as a thing" if _THING.match(response) else otherwise
