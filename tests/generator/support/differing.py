"""Differences to report: some as real ones are, others with whatever documents may hold."""

from __future__ import annotations

from hypothesis import strategies as st

from generator.diff import KINDS, Difference, Place
from generator.diff.reports import Comparison

OLD = "gettyimages-client 1.4.2 as released"
NEW = "specs/sources now"

NASTY = (
    "<script>alert(1)</script>",
    "</code></style></script><img src=https://example.com/x onerror=alert(1)>",
    "\" onload='alert(1)' x=",
    "&lt;b&gt; &amp; ]]>",
    "{{ 7*7 }}{% raw %}",
    "`code` ``` ~~~",
    "[link](https://example.com) ![image](https://example.com/x.png) <https://example.com>",
    "@somebody #1 GH-1 https://example.com www.example.com a@example.com",
    "| a | b |\n| --- | --- |\n\n# Heading\n- item\n</details>",
    "\x1b[31mred\x1b[0m\x00\x07\r\n\u2028\u2029\x85",
    "\u202eright to left\u202c \u200b\ufeff",
    "\ud800 \udfff",
    " begins and ends with a space ",
    "`",
    "``x",
    "x" * 5000,
)
"""What documents may hold so that it becomes something else in a report."""

texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))
places = st.builds(Place, pointer=texts, document=texts, line=texts)
differences = st.builds(
    Difference,
    kind=st.sampled_from(list(KINDS.values())),
    operation=st.one_of(st.just(""), texts),
    python=texts,
    before=texts,
    after=texts,
    old=st.none() | places,
    new=st.none() | places,
)
comparisons = st.builds(
    Comparison, old=texts, new=texts, differences=st.lists(differences, max_size=6)
)


def difference(
    kind: str = "argument-removed",
    operation: str = "GET /v3/downloads",
    python: str = "downloads.get_downloads(page_size)",
    before: str = "",
    after: str = "",
    old: Place | None = None,
    new: Place | None = None,
) -> Difference:
    """A difference of which only some things matter."""
    return Difference(
        kind=KINDS[kind],
        operation=operation,
        python=python,
        before=before,
        after=after,
        old=old,
        new=new,
    )


def place(pointer: str = "/paths/~1v3~1downloads/get/parameters/3", line: int = 40) -> Place:
    """A place in the documents."""
    document = "downloads.yaml#/paths/~1v3~1downloads/get"
    return Place(pointer, document, f"specs/sources/downloads.yaml:{line}:9")


def comparison(*found: Difference) -> Comparison:
    """A comparison of a release with what the documents give now."""
    return Comparison(OLD, NEW, found)


def few() -> Comparison:
    """One difference of each level, and one that concerns the whole client."""
    return comparison(
        difference("prose-changed", before="Lists them.", after="Lists.", old=place(), new=place()),
        difference("argument-removed", before="int | None", old=place(line=7)),
        difference("model-added", "", "models.Page", after="Page", new=place("/components", 9)),
        difference(
            "operation-added",
            "POST /v3/boards",
            "boards.create",
            after="boards.create(name: str) -> Board",
            new=place("/paths/~1v3~1boards/post", 80),
        ),
        difference(
            "argument-type-changed", before="int", after="str", old=place(), new=place("/other")
        ),
    )


def many(count: int) -> Comparison:
    """So many differences, most of them harmless."""
    return comparison(
        *(
            difference(
                "operation-removed" if number % 10 == 0 else "prose-changed",
                f"GET /v3/things/{number}",
                f"things.get_thing_{number}",
                "before",
                "after",
                place(line=number),
                place("/elsewhere", number),
            )
            for number in range(count)
        )
    )
