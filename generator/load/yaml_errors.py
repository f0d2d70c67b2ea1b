"""Maps the messages of PyYAML, which has no error codes, to codes of findings."""

from __future__ import annotations

import re

import yaml
from yaml.error import MarkedYAMLError

from generator.document import Position
from generator.findings import Finding, Phrase

# The messages of libyaml and PyYAML, which have no error codes, with our codes.
_CODES = {
    r"mapping values are not allowed": "yaml-colon",
    r"could not find expected ':'": "yaml-no-colon",
    r"found a tab character|found character '\\t'": "yaml-tab",
    r"found character.* cannot start any token": "yaml-reserved",
    r"found unexpected end of stream": "yaml-open-quote",
    r"found unexpected document indicator": "yaml-open-quote-at-end",
    r"expected ',' or '\]'": "yaml-open-list",
    r"expected ',' or '\}'": "yaml-open-mapping",
    r"block sequence entries are not allowed|sequence entries are not allowed": "yaml-item",
    r"did not find expected '-' indicator": "yaml-list-end",
    r"did not find expected key|expected <block end>": "yaml-mapping-end",
    r"unknown escape character|hexa?decimal|Unicode character escape": "yaml-unknown-escape",
    r"undefined tag handle": "yaml-unknown-tag",
    r"while scanning an (?:anchor|alias)": "yaml-anchor",
    r"expected (?:the )?node content": "yaml-value",
    r"found unexpected ':'": "yaml-colon-space",
    r"<document start>": "yaml-more",
}


def explained(error: yaml.YAMLError, reached: Position) -> Finding:
    """Where and why a text is no YAML.

    Args:
        error: What the parser raised.
        reached: The last place that was read without an error.
    """
    if not isinstance(error, MarkedYAMLError):
        return Finding(reached, "yaml", reason=_one_line(str(error)), since="")
    mark = error.problem_mark or error.context_mark
    where = Position(reached.file, mark.line + 1, mark.column + 1) if mark else reached
    original = _one_line(f"{error.context or ''} {error.problem or ''}")
    found = (code for pattern, code in _CODES.items() if re.search(pattern, original))
    return Finding(where, next(found, "yaml"), reason=original, since=_since(error, where))


def _since(error: MarkedYAMLError, where: Position) -> Phrase | str:
    """Where the thing began that broke, if that is another line."""
    mark = error.context_mark
    if not mark or mark.line + 1 == where.line:
        return ""
    return Phrase("yaml-since", {"line": mark.line + 1, "column": mark.column + 1})


def _one_line(text: str) -> str:
    return " ".join(text.split())
