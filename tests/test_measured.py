"""docs/measured.md and its plots show what the benchmarks have recorded."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.measuring import Row
from benchmarks.recording import record

DOCS = Path(__file__).parents[1] / "docs"
NAMES = ("measured.csv", "measured.md", "ratios.svg", "growth.svg")
SUITES = ["importing", "calling", "decoding", "building", "drafting", "comparing", "downloading"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        shutil.copy(DOCS / name, tmp_path)
    return tmp_path


def test_the_page_and_the_plots_show_the_recorded_figures(folder: Path) -> None:
    record(folder, {}, "", SUITES)
    for name in NAMES:
        assert (folder / name).read_text("utf-8") == (DOCS / name).read_text("utf-8"), name


def test_a_suite_takes_the_place_of_its_earlier_figures(folder: Path) -> None:
    rows = [
        Row("decode <x> & y", 0.002, "<= 3", 0.001, "json.loads"),
        Row("read, 100 operations", 1.0, ""),
        Row("read, 200 operations", 2.5, "<= 2.0", 1.0, "for half of them"),
    ]
    record(folder, {"decoding": rows}, "a machine", SUITES)
    page = (folder / "measured.md").read_text("utf-8")
    decoding = page.partition("### Decoding\n")[2].partition("\n### ")[0]
    assert "`nox -s benchmark -- decoding` (a machine)" in decoding
    assert "| `decode <x> & y` | 2.00 ms | 1.00 ms json.loads | 2.00 | <= 3 |" in decoding
    assert "2200 assets" not in page
    assert "### Importing" in page
    for name, text in (("ratios.svg", "decode <x> & y"), ("growth.svg", "read")):
        shown = [it.text for it in ElementTree.parse(folder / name).iter()]
        assert text in shown


def test_a_figure_is_rounded_once(folder: Path) -> None:
    record(
        folder, {"decoding": [Row("decode", 0.00075499960, "", 0.001, "json.loads")]}, "a", SUITES
    )
    page = (folder / "measured.md").read_text("utf-8")
    record(folder, {}, "", SUITES)
    assert (folder / "measured.md").read_text("utf-8") == page
