"""The reports of a comparison, for people and programs."""

from __future__ import annotations

import io
import json
import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from differing import NASTY, NEW, OLD, comparison, comparisons, difference, few, many, place
from hypothesis import given
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.console import Console

from generator.diff import Difference, Place
from generator.diff.reports import FORMATS, Comparison, changelog, report, show, summary
from generator.diff.reports.comparison import shown
from generator.diff.reports.markdown import code
from generator.semver import LEVELS

PROJECT = Path(__file__).parents[3]

TEXT = """\
gettyimages-client 1.4.2 as released -> specs/sources now

MAJOR: breaks callers

  GET /v3/downloads
    argument removed       downloads.get_downloads(page_size)
      was int | None
      old /paths/~1v3~1downloads/get/parameters/3, downloads.yaml#/paths/~1v3~1downloads/get,\
 specs/sources/downloads.yaml:7:9
    argument type changed  downloads.get_downloads(page_size)
      int -> str
      old /paths/~1v3~1downloads/get/parameters/3, downloads.yaml#/paths/~1v3~1downloads/get,\
 specs/sources/downloads.yaml:40:9
      new /other, downloads.yaml#/paths/~1v3~1downloads/get, specs/sources/downloads.yaml:40:9

MINOR: adds to what callers can do

  The whole client
    model added            models.Page
      now Page
      new /components, downloads.yaml#/paths/~1v3~1downloads/get, specs/sources/downloads.yaml:9:9

  POST /v3/boards
    operation added        boards.create
      now boards.create(name: str) -> Board
      new /paths/~1v3~1boards/post, downloads.yaml#/paths/~1v3~1downloads/get,\
 specs/sources/downloads.yaml:80:9

PATCH: breaks no caller and adds nothing

  GET /v3/downloads
    prose changed          downloads.get_downloads(page_size)
      Lists them. -> Lists.
      in /paths/~1v3~1downloads/get/parameters/3, downloads.yaml#/paths/~1v3~1downloads/get,\
 specs/sources/downloads.yaml:40:9

2 major, 2 minor, 1 patch: the next version is a major one.
"""

CHANGELOG = """\
### Major: breaks callers

- `GET /v3/downloads`
  - argument removed: `downloads.get_downloads(page_size)`, was `int | None`
  - argument type changed: `downloads.get_downloads(page_size)`, `int` → `str`

### Minor: adds to what callers can do

- The whole client
  - model added: `models.Page`, now `Page`
- `POST /v3/boards`
  - operation added: `boards.create`, now `boards.create(name: str) -> Board`

### Patch: breaks no caller and adds nothing

- `GET /v3/downloads`
  - prose changed: `downloads.get_downloads(page_size)`, `Lists them.` → `Lists.`
"""


def on_terminal(found: Comparison, width: int) -> list[str]:
    """The lines that a terminal shows."""
    stream = io.StringIO()
    show(found, Console(file=stream, width=width, highlight=False))
    return [line.rstrip() for line in stream.getvalue().splitlines()]


class TestEveryFormat:
    @pytest.mark.parametrize("form", FORMATS)
    def test_the_order_in_which_differences_come_makes_no_difference(self, form: str) -> None:
        found = few()
        shuffled = list(found.differences)
        random.Random(1).shuffle(shuffled)
        assert report(comparison(*shuffled), form) == report(found, form)

    @pytest.mark.parametrize("form", FORMATS)
    def test_it_ends_with_one_line_break(self, form: str) -> None:
        for found in (few(), comparison()):
            text = report(found, form)
            assert text.endswith("\n")
            assert not text.endswith("\n\n")

    @pytest.mark.parametrize("form", FORMATS)
    @given(comparisons)
    def test_no_character_in_it_harms_a_terminal_or_cannot_be_written(
        self, form: str, found: Comparison
    ) -> None:
        text = report(found, form)
        assert all(char == "\n" or char.isprintable() for char in text)
        text.encode()

    @pytest.mark.parametrize(
        ("kinds", "words"),
        [
            ((), "no differences: no new version is needed"),
            (("prose-changed",), "1 patch: the next version is a patch one"),
            (
                ("prose-changed", "model-added", "model-added"),
                "2 minor, 1 patch: the next version is a minor one",
            ),
            (
                ("prose-changed", "model-removed"),
                "1 major, 1 patch: the next version is a major one",
            ),
        ],
    )
    def test_the_summary_counts_and_says_what_the_next_version_is(
        self, kinds: tuple[str, ...], words: str
    ) -> None:
        assert summary([difference(kind) for kind in kinds]) == words


class TestText:
    def test_it_tells_level_operation_change_python_name_and_places(self) -> None:
        assert report(few()) == TEXT

    def test_no_differences_are_said_to_be_none(self) -> None:
        assert report(comparison()).splitlines() == [
            f"{OLD} -> {NEW}",
            "",
            "No differences: no new version is needed.",
        ]

    @pytest.mark.parametrize("width", [30, 72, 200])
    def test_a_terminal_shows_the_same_wrapped_to_where_each_line_begins(self, width: int) -> None:
        lines = on_terminal(few(), width)
        assert max(map(len, lines)) <= width
        assert "".join("".join(lines).split()) == "".join(TEXT.split())
        for first, second in pairwise(lines):
            if first.startswith("      ") and second:
                assert second.startswith("    ")

    @given(comparisons)
    def test_a_line_of_it_says_one_thing(self, found: Comparison) -> None:
        lines = report(found).splitlines()
        told = [line for line in lines if line.startswith("    ") and line[4:5] != " "]
        assert len(told) == len(found.differences)


def tokens(text: str) -> list[Token]:
    """What a Markdown parser makes of a text, without nesting."""
    found = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        found += token.children or [token]
    return found


def skeleton(text: str) -> list[tuple[str, str]]:
    """All that a Markdown text is, but for what stands in code spans."""
    return [
        (token.type, "" if token.type == "code_inline" else token.content) for token in tokens(text)
    ]


def spans(text: str) -> list[str]:
    return [token.content for token in tokens(text) if token.type == "code_inline"]


class TestMarkdown:
    def test_the_changelog_has_a_bullet_for_each_change(self) -> None:
        assert changelog(few().differences) == CHANGELOG

    def test_the_changelog_of_nothing_is_empty(self) -> None:
        assert changelog([]) == ""

    def test_a_pull_request_gets_the_summary_first_and_places_on_request(self) -> None:
        text = report(few(), "markdown")
        head, *parts = text.split("<details>")
        assert head.startswith(
            "## 2 major, 2 minor, 1 patch: the next version is a major one\n\n"
            f"`{OLD}` → `{NEW}`\n\n### Major: breaks callers\n"
        )
        assert len(parts) == len(LEVELS) == text.count("</details>")
        assert "parameters/3" not in head
        assert (
            "  - argument removed: `downloads.get_downloads(page_size)`: old"
            " `/paths/~1v3~1downloads/get/parameters/3`,"
            " `downloads.yaml#/paths/~1v3~1downloads/get`, `specs/sources/downloads.yaml:7:9`\n"
        ) in parts[0]

    def test_without_the_places_it_is_the_changelog(self) -> None:
        text = report(few(), "markdown")
        without = re.sub(r"<details>.*?</details>\n\n?", "", text, flags=re.DOTALL)
        assert without[without.index("### ") :].strip() == CHANGELOG.strip()

    def test_what_does_not_fit_is_left_out_and_counted(self) -> None:
        places_left_out = report(many(400), "markdown")
        assert "<details>" not in places_left_out
        assert places_left_out.count("\n  - ") == 400
        assert "Their places in the documents are left out, too." in places_left_out
        cut = report(many(3000), "markdown")
        assert 55_000 < len(cut.encode()) <= 60_000
        kept = cut.count("\n  - ")
        assert f"**{3000 - kept} more are left out here** ({3000 - kept} patch)." in cut
        assert cut.count("operation removed") == 300
        assert "`python -m generator diff` shows everything." in cut

    def test_a_body_stays_below_what_a_pull_request_takes_whatever_it_says(self) -> None:
        long = [
            difference("model-added", f"GET /{number}", "語" * 999, "é" * 999, "\x00" * 999)
            for number in range(300)
        ]
        assert len(report(Comparison("\x00" * 9999, "語" * 9999, long), "markdown")) < 65_536

    @pytest.mark.parametrize("text", NASTY)
    def test_a_text_from_a_document_is_code_and_nothing_else(self, text: str) -> None:
        assert skeleton(f"- {code(text)}") == skeleton("- `x`")
        assert spans(f"- {code(text)}") == [shown(text)]

    @given(comparisons)
    def test_documents_cannot_change_what_is_around_them(self, found: Comparison) -> None:
        for item in found.differences:
            tame = comparison(_tamed(item))
            wild = Comparison(found.old or "-", found.new or "-", [item])
            assert skeleton(report(wild, "markdown")) == skeleton(report(tame, "markdown"))

    @given(comparisons)
    def test_it_has_a_bullet_for_each_change(self, found: Comparison) -> None:
        text = changelog(found.differences)
        assert text.count("\n  - ") == len(found.differences)
        names = {shown(item.python) for item in found.differences if item.python.strip()}
        assert names <= set(spans(text))


def _tamed(item: Difference) -> Difference:
    """A difference of the same shape, with nothing in it that could mean anything."""
    names: dict[str, str] = {}

    def tame(text: str) -> str:
        return names.setdefault(text, f"x{len(names)}") if text.strip() else text

    old, new = (
        side and Place(tame(side.pointer), tame(side.document), tame(side.line))
        for side in (item.old, item.new)
    )
    return Difference(
        kind=item.kind,
        operation=tame(item.operation),
        python=tame(item.python),
        before=tame(item.before),
        after=tame(item.after),
        old=old,
        new=new,
    )


class TestJson:
    def test_it_follows_its_schema(self) -> None:
        schema = json.loads((PROJECT / "docs" / "diff.schema.json").read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for found in (few(), comparison(), many(100)):
            validator.validate(json.loads(report(found, "json")))

    def test_it_says_all_there_is_to_say(self) -> None:
        data = json.loads(report(few(), "json"))
        assert (data["schema"], data["old"], data["new"]) == (1, OLD, NEW)
        assert data["level"] == "major"
        assert data["counts"] == {"major": 2, "minor": 2, "patch": 1}
        assert data["differences"][0] == {
            "level": "major",
            "kind": "argument-removed",
            "operation": "GET /v3/downloads",
            "python": "downloads.get_downloads(page_size)",
            "before": "int | None",
            "after": "",
            "old": {
                "pointer": "/paths/~1v3~1downloads/get/parameters/3",
                "document": "downloads.yaml#/paths/~1v3~1downloads/get",
                "line": "specs/sources/downloads.yaml:7:9",
            },
            "new": None,
        }

    def test_no_differences_have_no_level(self) -> None:
        data = json.loads(report(comparison(), "json"))
        assert (data["level"], data["differences"]) == (None, [])

    @given(comparisons)
    def test_what_documents_say_comes_back_as_it_was(self, found: Comparison) -> None:
        data = json.loads(report(found, "json"))
        told = [(item["python"], item["before"], item["after"]) for item in data["differences"]]
        meant = [(item.python, item.before, item.after) for item in found.differences]
        assert sorted(told) == sorted(meant)


def test_a_python_name_is_not_told_twice() -> None:
    found = comparison(difference("operation-added", python="boards.get", after="boards.get"))
    assert report(found).count("boards.get") == 1


def test_a_long_text_is_cut_and_says_so() -> None:
    found = comparison(difference(before="x" * 1000, old=place()))
    assert f"      was {'x' * 300}... (700 more characters)\n" in report(found)
