"""Turns a document's prose into text that is safe and readable inside generated code."""

from __future__ import annotations

import re
import textwrap
import unicodedata

from generator.document import Map, Node, Seq

_WIDTH = 92


def clean(text: str) -> str:
    """Prose without carriage returns, odd spaces, control and format (bidi) characters."""
    if text.isascii() and text.isprintable():  # most is, and looking at each character takes time
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return "".join(
        " " if unicodedata.category(char) in {"Zs", "Zl", "Zp"} else char
        for char in text
        if char == "\n" or not unicodedata.category(char).startswith("C")
    )


def one_line(text: str) -> str:
    """Prose on a single line."""
    return " ".join(clean(text).split())


def docstring(text: str, indent: int = 0) -> str:
    """Text as a docstring, quotes included; lines behind the first are indented.

    The text has been through `clean`, or stems from a template.
    """
    escaped = text.strip("\n").replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    lines = [line.rstrip() for line in escaped.splitlines()]
    margin = " " * indent
    body = textwrap.indent("\n".join(lines), margin).removeprefix(margin)
    if body.endswith(('"', "\\")):
        body += " "
    return f'"""{body}\n{margin}"""' if len(lines) > 1 else f'"""{body}"""'


def wrapped(text: str, indent: int = 0, hanging: int = 0) -> str:
    """Prose folded to the width of a page; blocks of code stay as they are."""
    margin = " " * indent
    folded: list[str] = []
    fenced = False
    for line in clean(text).strip().splitlines():
        fence = line.lstrip().startswith("```")
        if fenced or fence or not line.strip():
            folded.append(margin + line.rstrip() if line.strip() else "")
        elif line.lstrip().startswith("|"):
            folded.append(margin + line.strip())  # a row of a table
        else:
            own = line[: len(line) - len(line.lstrip())]  # of lists within lists, and of code
            folded += textwrap.wrap(
                line.strip(),
                _WIDTH,
                initial_indent=margin + own + (" " * hanging if folded else ""),
                subsequent_indent=margin + own + " " * hanging,
                break_long_words=False,
                break_on_hyphens=False,
            )
        fenced ^= fence
    return re.sub(r"\n{3,}", "\n\n", "\n".join(folded))


def sentence(text: str) -> str:
    """Prose on one line, closed by a full stop."""
    text = one_line(text)
    return text if not text or text[-1] in ".!?:" else f"{text}."


def described(description: str, schema: Map, items: Map) -> str:
    """What a value means and which values it, or each of its items, may have, on one line."""
    is_simple = "default" in schema and not isinstance(schema["default"], Map | Seq)
    default = _value(schema["default"]) if is_simple else ""
    facts = [
        sentence(description),
        "Deprecated." if schema.get("deprecated") is True else "",
        _range(schema, "minimum", "maximum", ""),
        _range(schema, "minLength", "maxLength", " characters"),
        _range(schema, "minItems", "maxItems", " items"),
        _values(schema, "Known values"),
        f"Always {_value(schema['const'])}." if "const" in schema else "",
        f"If it is not given, the server takes {default}." if default else "",
        _values(items, "Known items"),
    ]
    return " ".join(filter(None, facts))


def _values(schema: Map, label: str) -> str:
    values = [_value(value) for value in schema.seq("enum") if value is not None]
    shown = ", ".join(values[:30]) + (", ..." if len(values) > 30 else "")
    return f"{label}: {shown}." if values else ""


def _range(schema: Map, low: str, high: str, unit: str) -> str:
    lowest, highest = schema.get(low), schema.get(high)
    if lowest is not None and highest is not None:
        return f"From {_value(lowest)} to {_value(highest)}{unit}."
    if lowest is not None and lowest != 0:
        return f"At least {_value(lowest)}{unit}."
    return f"At most {_value(highest)}{unit}." if highest is not None else ""


def _value(value: Node) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    return f"`{one_line(str(value))}`"
