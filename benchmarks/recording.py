"""Keeps what was measured in docs/: the figures, the tables of a page, and plots of them."""

from __future__ import annotations

import csv
import os
import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .measuring import Row
from .plotting import bars, curves

_FIELDS = ("suite", "what", "seconds", "aim", "peer_seconds", "peer", "machine")
_TABLES = re.compile(r"(<!-- tables -->\n).*?(<!-- end of the tables -->)", re.DOTALL)
_HEAD = "| what | measured | beside | ratio | aim |\n| --- | --- | --- | --- | --- |\n"
_HALF = "for half of them"
_GROWTH = re.compile(r"(.+), (\d+) operations")


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of a suite, and the machine that it was measured on."""

    suite: str
    row: Row
    machine: str


def machine() -> str:
    """The machine, and what else kept it busy before anything was measured."""
    busy = f"load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else ""
    python = f"Python {platform.python_version()}"
    return "; ".join(filter(None, (python, f"{os.cpu_count()} cores", busy)))


def record(
    folder: Path, measured: Mapping[str, Sequence[Row]], where: str, order: Sequence[str]
) -> None:
    """Write the figures of suites in place of their earlier ones, then tables and plots anew."""
    path = folder / "measured.csv"
    kept = [it for it in _read(path) if it.suite not in measured]
    new = [Figure(name, row, where) for name, rows in measured.items() for row in rows]
    _write(path, sorted([*kept, *new], key=lambda it: order.index(it.suite)))
    figures = [*_read(path)]  # as they are rounded there, so that the page never differs from them
    page = folder / "measured.md"
    tables = _tables(figures).replace("\\", r"\\")
    page.write_text(_TABLES.sub(rf"\g<1>{tables}\g<2>", page.read_text("utf-8")), "utf-8")
    rows = [it.row for it in figures]
    beside = [row for row in rows if row.peer and row.peer_name != _HALF]
    (folder / "ratios.svg").write_text(
        bars([(row.what, row.peer_name, row.ratio) for row in beside]), "utf-8"
    )
    (folder / "growth.svg").write_text(curves(_growth(rows)), "utf-8")


def _read(path: Path) -> Iterable[Figure]:
    if not path.exists():
        return
    with path.open(newline="", encoding="utf-8") as file:
        for it in csv.DictReader(file):
            seconds, peer = float(it["seconds"]), float(it["peer_seconds"])
            row = Row(it["what"], seconds, it["aim"], peer, it["peer"])
            yield Figure(it["suite"], row, it["machine"])


def _write(path: Path, figures: Iterable[Figure]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_FIELDS)
        for it in figures:
            row = it.row
            times = (f"{row.seconds:.6f}", row.aim, f"{row.peer:.6f}", row.peer_name)
            writer.writerow((it.suite, row.what, *times, it.machine))


def _tables(figures: Sequence[Figure]) -> str:
    parts = []
    for suite in dict.fromkeys(it.suite for it in figures):
        here = [it for it in figures if it.suite == suite]
        lines = "".join(f"| {' | '.join(_cells(it.row))} |\n" for it in here)
        command = f"`nox -s benchmark -- {suite}` ({here[0].machine}):"
        parts.append(f"\n### {suite.capitalize()}\n\n{command}\n\n{_HEAD}{lines}")
    return "".join(parts) + "\n"


def _cells(row: Row) -> list[str]:
    peer = f"{duration(row.peer)} {row.peer_name}" if row.peer else row.peer_name
    ratio = f"{row.ratio:.2f}" if row.peer else ""
    return [f"`{row.what}`", duration(row.seconds), peer, ratio, row.aim]


def duration(seconds: float) -> str:
    """A duration as people read it."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


def _growth(rows: Iterable[Row]) -> dict[str, list[tuple[float, float]]]:
    found: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        if (match := _GROWTH.fullmatch(row.what)) and row.peer_name in ("", _HALF):
            found.setdefault(match[1], []).append((float(match[2]), row.seconds))
    return {name: sorted(points) for name, points in found.items() if len(points) > 1}
