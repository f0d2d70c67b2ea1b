"""The report for browsers: one page, whole in itself, in which documents can do nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import product

import pytest
from differing import NASTY, NEW, OLD, comparison, comparisons, difference, few, many, place
from hypothesis import given
from reading_pages import Element, page

from generator.diff import Place
from generator.diff.reports import Comparison, report
from generator.diff.reports.comparison import shown

pytestmark = pytest.mark.slow


def read(found: Comparison) -> Element:
    return page(report(found, "html"))


def hashed(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class TestThePage:
    def test_it_is_grouped_by_operation_the_gravest_first(self) -> None:
        root = read(few())
        headings = [section.all("h2")[0].text for section in root.all(**{"class": "operation"})]
        assert headings == ["GET /v3/downloads", "The whole client", "POST /v3/boards"]
        assert [entry.text for entry in root.all("nav")[0].all("li")] == headings
        levels = [
            [article.attributes["class"] for article in section.all("article")]
            for section in root.all(**{"class": "operation"})
        ]
        assert levels == [["major", "major", "patch"], ["minor"], ["minor"]]

    def test_it_begins_with_the_two_sides_counts_and_the_verdict(self) -> None:
        (header,) = read(few()).all("header")
        assert [side.text for side in header.all("bdi")] == [OLD, NEW]
        counts = [" ".join(item.text.split()) for item in header.all("li")]
        assert counts == [
            "2 major breaks callers",
            "2 minor adds to what callers can do",
            "1 patch breaks no caller and adds nothing",
        ]
        assert header.all(**{"class": "verdict"})[0].text == "The next version is a major one."

    def test_a_change_has_its_two_sides_beside_each_other(self) -> None:
        article = read(few()).all("article")[0]
        assert article.all("h3")[0].text == "major Argument removed"
        assert article.all(**{"class": "python"})[0].text == "downloads.get_downloads(page_size)"
        before, after = article.all("dl")[0].all("div")
        assert [line.text for line in (*before.all("dt"), *before.all("dd"))] == [
            "Before",
            "int | None",
            "/paths/~1v3~1downloads/get/parameters/3",
            "downloads.yaml#/paths/~1v3~1downloads/get",
            "specs/sources/downloads.yaml:7:9",
        ]
        assert [line.text for line in (*after.all("dt"), *after.all("dd"))] == [
            "After",
            "nothing",
        ]

    def test_every_kind_that_occurs_is_explained_once_and_linked(self) -> None:
        root = read(few())
        links = {link.attributes["href"] for link in root.all("a")}
        ids = [item.attributes["id"] for item in root.all() if "id" in item.attributes]
        assert len(set(ids)) == len(ids)
        assert links <= {f"#{name}" for name in ids}
        (removed,) = root.all(id="kind-argument-removed")
        assert removed.all("dd")[0].text == "An argument has been removed."

    def test_no_differences_make_a_page_too(self) -> None:
        root = read(comparison())
        assert root.all("main")[0].text == "Callers see no difference."
        assert root.all("script") == []
        assert root.all("header")[0].all(**{"class": "verdict"})

    def test_a_thousand_differences_are_all_there(self) -> None:
        assert len(read(many(1000)).all("article")) == 1000


class TestAccess:
    def test_landmarks_headings_and_labels_are_there(self) -> None:
        root = read(few())
        assert root.all("html")[0].attributes["lang"] == "en"
        assert [len(root.all(tag)) for tag in ("header", "nav", "main", "h1", "title")] == [1] * 5
        assert all("aria-labelledby" in section.attributes for section in root.all("section"))
        labelled = [field for label in root.all("label") for field in label.all("input")]
        assert labelled == root.all("input")
        assert root.all("output")[0].attributes["aria-live"] == "polite"
        assert root.all(**{"class": "skip"})[0].attributes["href"] == "#changes"

    def test_without_its_script_it_shows_everything_and_no_idle_filters(self) -> None:
        root = read(few())
        hidden = [item.attributes.get("id") for item in root.all() if "hidden" in item.attributes]
        assert hidden == ["filters", "empty"]

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_every_colour_of_text_stands_out_from_what_it_is_on(self, scheme: str) -> None:
        style = read(few()).all("style")[0].text
        light, _, rest = style.partition("prefers-color-scheme: dark")
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
        if scheme == "dark":
            colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rest.partition("*,")[0]))
        grounds = ("page", "card", "sunk")
        pairs = [
            *product(("text", "muted", "link", "major", "minor", "patch"), grounds),
            *((level, f"{level}-soft") for level in ("major", "minor", "patch")),
        ]
        faint = [pair for pair in pairs if contrast(*(colours[name] for name in pair)) < 4.5]
        assert faint == []


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2.2 defines it."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class TestSafety:
    def test_it_needs_nothing_from_anywhere(self) -> None:
        root = read(few())
        outward = {"src", "srcset", "action", "formaction", "background", "poster", "data", "ping"}
        for element in root.all():
            assert element.tag not in {"link", "img", "iframe", "object", "embed", "base", "form"}
            names = element.attributes.keys()
            assert not names & outward
            assert not any(name.startswith("on") or name == "style" for name in names)
            assert element.attributes.get("href", "#").startswith("#")
        style, script = (root.all(tag)[0].text for tag in ("style", "script"))
        assert not re.search(r"url\(|@import|https?:", style)
        assert not re.search(r"https?:|fetch|XMLHttp|import\(|innerHTML|eval", script)

    def test_its_policy_lets_only_its_own_style_and_script_in(self) -> None:
        text = report(few(), "html")
        root = page(text)
        (policy,) = (
            meta.attributes["content"]
            for meta in root.all("meta")
            if meta.attributes.get("http-equiv") == "Content-Security-Policy"
        )
        (style,), (script,) = (
            re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL) for tag in ("style", "script")
        )
        assert policy.split("; ") == [
            "default-src 'none'",
            f"style-src 'sha256-{hashed(style)}'",
            f"script-src 'sha256-{hashed(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        ]

    def test_it_is_ascii_so_that_no_pipe_spoils_it(self) -> None:
        found = comparison(difference(before="语言 é", after="🙂"))
        text = report(found, "html")
        assert text.isascii()
        assert {"语言 é", "🙂"} <= {code.text for code in page(text).all("code")}

    @pytest.mark.parametrize("text", NASTY)
    def test_what_a_document_says_is_text(self, text: str) -> None:
        def filled(word: str) -> Element:
            where = Place(word, word, word)
            found = difference("model-added", f"GET {word}", word, word, word, where, where)
            return read(Comparison(word, word, [found]))

        wild = filled(text)
        assert wild.shape == filled("harmless").shape
        (python,) = wild.all(**{"class": "python"})
        assert python.text == shown(text).strip()

    @given(comparisons)
    def test_it_has_an_article_for_each_difference_whatever_documents_say(
        self, found: Comparison
    ) -> None:
        root = read(found)
        assert len(root.all("article")) == len(found.differences)
        tags = {element.tag for element in root.all()}
        assert not tags & {"img", "b", "iframe", "svg", "object"}
        assert len(root.all("script")) == (1 if found.differences else 0)
        told = sorted(code.text for code in root.all("p", **{"class": "python"}))
        assert told == sorted(
            shown(item.python).strip() for item in found.differences if item.python
        )

    def test_a_huge_text_is_cut(self) -> None:
        found = comparison(difference(before="x" * 1_000_000, old=place("/p" * 100_000)))
        text = report(found, "html")
        assert len(text) < 40_000
        assert "(998000 more characters)" in page(text).text
