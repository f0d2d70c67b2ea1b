"""Draws the picture of README: the screen of a download, half-way, against a sandbox.

    python -m tests.overlay.cli.picture

`nox -s picture` runs it.
"""

from __future__ import annotations

import io
import itertools
import re
import tempfile
from pathlib import Path

import pyte
from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import MONOKAI
from rich.text import Text

from gettyimages.sandbox import Sandbox, SlowBody

from .running import Command

PICTURE = Path(__file__).parents[3] / "docs" / "download.svg"
WIDTH = 88
IDS = [str(1167612765 + number) for number in range(20)]
COMMAND = "download --from ids.txt --to photos"


def main() -> None:
    """Run the command, and draw its screen once half of the pictures are there."""
    with Sandbox(file_size=3_000_000) as sandbox, tempfile.TemporaryDirectory() as folder:
        for number, asset in enumerate(IDS):  # so that they are not all at the same place
            sandbox.faults.add(SlowBody(bytes_per_second=400_000 + number * 30_000, asset=asset))
        command = Command(Path(folder), sandbox.env())
        (Path(folder) / "ids.txt").write_text("\n".join(IDS))
        with command.at_terminal(*COMMAND.split(), width=WIDTH) as terminal:
            terminal.until(r"(?s)\n\d{10} .* [12]\.\d/3.*\ntotal .* ([89]|1[0-3])/20 .* \d+:\d\d$")
            screen = drawn(terminal.raw)
            terminal.ended()
    console = Console(width=WIDTH, record=True, file=io.StringIO(), force_terminal=True)
    console.print(Text("$ ", "bold") + Text(f"gettyimages {COMMAND}\n") + screen)
    image = console.export_svg(title="", theme=MONOKAI)
    # Without the fonts, which a browser would fetch from another host.
    PICTURE.write_text(re.sub(r"@font-face \{.*?\}\n", "", image, flags=re.DOTALL), "utf-8")
    print(screen.plain, f"{PICTURE}: {PICTURE.stat().st_size} bytes", sep="\n")


def drawn(raw: bytes) -> Text:
    """Return what a terminal shows after these bytes, with its colours."""
    screen = pyte.Screen(WIDTH, 60)
    pyte.ByteStream(screen).feed(raw)
    rows = map(screen.buffer.__getitem__, range(screen.cursor.y + 1))
    lines = (_line(list(map(row.__getitem__, range(WIDTH)))) for row in rows)
    return Text("\n").join(line for line in lines if line.plain.strip())


def _line(cells: list[pyte.screens.Char]) -> Text:
    runs = itertools.groupby(cells, key=_style)
    return Text.assemble(*(("".join(cell.data for cell in run), style) for style, run in runs))


def _style(cell: pyte.screens.Char) -> Style:
    name = cell.fg.replace("brown", "yellow").replace("bright", "bright_")
    name = f"#{name}" if re.fullmatch("[0-9a-f]{6}", name) else name
    return Style(color=None if name == "default" else Color.parse(name), bold=cell.bold)


if __name__ == "__main__":
    main()
