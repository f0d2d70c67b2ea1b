"""Tables of what became of the documents, and the page docs/corpus.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from .trying import Tried

PAGE = Path(__file__).parents[3] / "docs" / "corpus.md"
_FIGURES = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- end of figures -->)", re.DOTALL)
_KEPT = ("built", "mypy")
"""The outcomes of documents that become a package that can be imported."""


def table(runs: Mapping[int, Sequence[Tried]], wanted: int) -> str:
    """Return the figures of each seed, and what was refused, as Markdown."""
    lines = ["| | " + " | ".join(f"seed {seed}" for seed in runs) + " |"]
    lines.append("| --- |" + " ---: |" * len(runs))
    for name, figures in _rows(runs, wanted):
        lines.append(f"| {name} | " + " | ".join(figures) + " |")
    lines += ["", "| not built | documents |", "| --- | --- |"]
    kinds: dict[str, list[str]] = {}
    for tried in {each.document: each for run in runs.values() for each in run}.values():
        if tried.outcome not in _KEPT:
            why = f": {tried.why}" if tried.why else ""
            kinds.setdefault(f"{tried.outcome}{why}", []).append(tried.document)
    for kind, names in sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0])):
        lines.append(f"| {kind} | {', '.join(f'`{name}`' for name in sorted(names))} |")
    return "\n".join(lines)


def _rows(runs: Mapping[int, Sequence[Tried]], wanted: int) -> list[tuple[str, list[str]]]:
    counts = {seed: Counter(tried.outcome for tried in run) for seed, run in runs.items()}

    def each(name: str) -> list[str]:
        return [str(count[name]) for count in counts.values()]

    kept = {seed: [tried for tried in run if tried.outcome in _KEPT] for seed, run in runs.items()}
    return [
        ("drawn", [str(wanted)] * len(runs)),
        ("tried", [str(len(run)) for run in runs.values()]),
        ("operations", [f"{sum(tried.operations for tried in run):,}" for run in runs.values()]),
        ("traceback", each("traceback")),
        ("more than 60 s", each("time-out")),
        ("operations lost", each("lost")),
        ("refused", each("refused")),
        ("built, but not imported", each("not imported")),
        ("built and imported", [_share(len(kept[seed]), len(runs[seed])) for seed in runs]),
        ("of these, with guesses", [str(sum(t.guesses > 0 for t in kept[seed])) for seed in runs]),
        ("read by mypy", [str(sum(t.checked for t in run)) for run in runs.values()]),
        ("of these, with errors", each("mypy")),
        ("longest", [f"{max((t.seconds for t in run), default=0)} s" for run in runs.values()]),
    ]


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else "0"


def write_page(figures: str) -> None:
    """Replace the figures of the page."""
    text = PAGE.read_text("utf-8")
    PAGE.write_text(_FIGURES.sub(lambda _: f"\n{figures}\n\n", text), "utf-8")
