"""Says in plain words what PyYAML found wrong with a text."""

from __future__ import annotations

import re

import yaml
from yaml.error import MarkedYAMLError

from generator.document import Position

_INDENTATION = "Check the indentation here and in the line above."
_CURE = "Correct the YAML here: check the indentation, the quotes and the colons."

# What libyaml or PyYAML says, what that means, what to do.
_PROBLEMS = (
    (
        r"mapping values are not allowed",
        "a colon stands where no key can be",
        "Quote the text if it contains `: `; otherwise check the indentation.",
    ),
    (
        r"could not find expected ':'",
        "a key has no colon after it",
        "Write `key: value`, or indent the line if it belongs to the text before it.",
    ),
    (
        r"found a tab character|found character '\\t'",
        "a tab stands where spaces belong",
        "Indent with spaces.",
    ),
    (
        r"found character.* cannot start any token",
        "a value begins with a character that YAML keeps for itself",
        "Quote the text, and indent with spaces, not tabs.",
    ),
    (
        r"found unexpected end of stream",
        "a text in quotes has no closing quote",
        "Close the quotes.",
    ),
    (
        r"found unexpected document indicator",
        "a text in quotes is not closed before the document ends",
        "Close the quotes.",
    ),
    (
        r"expected ',' or '\]'",
        "a list in brackets is not closed, or lacks a comma",
        "Check commas and brackets; quote texts that contain them.",
    ),
    (
        r"expected ',' or '\}'",
        "a mapping in braces is not closed, or lacks a comma",
        "Check commas and braces; quote texts that contain them.",
    ),
    (
        r"block sequence entries are not allowed|sequence entries are not allowed",
        "a list item stands where none can be",
        "Put the `-` on a line of its own, indented like its neighbours.",
    ),
    (
        r"did not find expected '-' indicator",
        "a list ends at a line that is neither an item nor less indented",
        _INDENTATION,
    ),
    (
        r"did not find expected key|expected <block end>",
        "a line is neither a key of the mapping it is in, nor the end of that mapping",
        _INDENTATION,
    ),
    (
        r"unknown escape character|hexdecimal|hexadecimal|Unicode character escape",
        "a text in double quotes holds an escape that does not exist",
        "Write `\\\\` for a backslash, or use single quotes.",
    ),
    (
        r"undefined tag handle",
        "a tag is used that is not declared",
        "Remove the tag, or quote the text if `!` is meant as a character.",
    ),
    (
        r"while scanning an (?:anchor|alias)",
        "after `&` or `*` a name must follow",
        "Quote the text if `&` or `*` is meant as a character.",
    ),
    (
        r"expected (?:the )?node content",
        "a value is missing before this character, or must not begin with it",
        "Write the value; quote it if it begins with a character like `]`, `}` or `,`.",
    ),
    (
        r"found unexpected ':'",
        "a colon within brackets or braces is followed by no space",
        "Put a space after the colon, or quote the text.",
    ),
    (
        r"<document start>",
        "something follows the end of the document",
        "Begin another document with a line `---`, or check the indentation.",
    ),
)


def explained(error: yaml.YAMLError, reached: Position) -> tuple[Position, str, str]:
    """Where a text is no YAML, why, and what to do.

    Args:
        error: What the parser raised.
        reached: The last place that was read without an error.
    """
    if not isinstance(error, MarkedYAMLError):
        return reached, f"this is not valid YAML: {_one_line(str(error))}", _CURE
    mark = error.problem_mark or error.context_mark
    where = Position(reached.file, mark.line + 1, mark.column + 1) if mark else reached
    original = _one_line(f"{error.context or ''} {error.problem or ''}")
    for pattern, words, cure in _PROBLEMS:
        if re.search(pattern, original):
            return where, f"this is not valid YAML: {words}{_since(error, where)}", cure
    return where, f"this is not valid YAML: {original}{_since(error, where)}", _CURE


def _since(error: MarkedYAMLError, where: Position) -> str:
    """Where the thing began that broke, if that is another line."""
    mark = error.context_mark
    if not mark or mark.line + 1 == where.line:
        return ""
    return f" (it began at line {mark.line + 1}, column {mark.column + 1})"


def _one_line(text: str) -> str:
    return " ".join(text.split())
