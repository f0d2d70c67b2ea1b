"""The report for terminals and pipes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from generator.diff.differences import Difference, by_level, by_operation
from generator.semver import Level

from .comparison import MEANINGS, SHARED, WHOLE_CLIENT, Comparison, change, sentence, shown, summary

_STYLES: dict[Level, str] = {"major": "bold red", "minor": "bold green", "patch": "bold cyan"}


class _Line(NamedTuple):
    content: str
    style: str = ""
    indent: int = 0


def text(comparison: Comparison) -> str:
    """Return the report as plain text; its lines are not wrapped."""
    blocks = [
        "\n".join(f"{' ' * line.indent}{line.content}" for line in block)
        for block in _blocks(comparison)
    ]
    return "\n\n".join(blocks) + "\n"


def show(comparison: Comparison, console: Console) -> None:
    """Print the report on a terminal: in colour, long lines wrapped and indented."""
    for number, block in enumerate(_blocks(comparison)):
        if number:
            console.print()
        for line in block:
            content = Text(line.content, line.style, overflow="fold")
            console.print(Padding(content, (0, 0, 0, line.indent), expand=False))


def _blocks(comparison: Comparison) -> Iterator[list[_Line]]:
    """Yield the parts of the report, which are separated by empty lines."""
    width = max((len(each.kind.title) for each in comparison.differences), default=0)
    yield [_Line(f"{shown(comparison.old)} -> {shown(comparison.new)}", "bold")]
    for level, group in by_level(comparison.differences):
        yield [_Line(f"{level.upper()}: {MEANINGS[level]}", _STYLES[level])]
        for operation, differences in by_operation(group):
            lines = [_Line(shown(operation) or WHOLE_CLIENT, "bold", 2)]
            lines += [line for item in differences for line in _lines(item, width)]
            if methods := comparison.shared(operation, differences):
                lines.append(_Line(f"{SHARED}:", indent=4))
            yield [*lines, *(_Line(shown(method), indent=6) for method in methods)]
    yield [_Line(f"{sentence(summary(comparison.differences))}.", "bold")]


def _lines(difference: Difference, width: int) -> Iterator[_Line]:
    name = shown(difference.python)
    yield _Line(f"{difference.kind.title:<{width}}  {name}".rstrip(), indent=4)
    if changed := change(difference):
        yield _Line(changed, indent=6)
    for side, place in difference.places:
        yield _Line(f"{side} {place.described(shown)}", "dim", 6)
