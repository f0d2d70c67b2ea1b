"""What the prose of an operation lets on about its cost."""

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
"""That a request is what costs. Those that only read may speak of costs without having any."""

_PASSING = re.compile(r"\b(?:https?|www)\S+", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;!?]+(?=\s|$)|\n\s*\n")
_DOUBT = re.compile(
    r"\b(?:if|unless|except\w*|until|when|once|while|where|whether|otherwise|only|just|merely|first"
    r"|beyond|after|exceed\w*|than|limited|trials?|already|again|twice|more|extra|additional(?:ly)?"
    r"|case|fail\w*|errors?|for(?! (?:it|this|that)\b))\b"
    r"|(?:\b(?:no|not|never|cannot)|n't)\b.{0,200}\b(?:without|free)\b",
    re.IGNORECASE | re.DOTALL,
)
"""With these a sentence does not deny costs altogether."""
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
_ENOUGH = 20_000


def cost_in(text: str, reads: bool) -> str:
    """The words of a text by which a request seems to cost something; empty if none do.

    What is said to cost nothing, without a condition, is left aside. All else is taken for a
    cost: a purchase that is repeated in doubt is worse than one that is not.
    """
    for sentence in _SENTENCE.split(_PASSING.sub("", text[:_ENOUGH])):
        kept = sentence if _DOUBT.search(sentence) else _DENIED.sub(" - ", sentence)
        if found := (_CHARGED if reads else _COST).search(kept):
            return " ".join(found[0].split())
    return ""
