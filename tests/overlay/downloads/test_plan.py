"""What is done for an asset, whatever is known, whatever is there and whatever is allowed."""

from __future__ import annotations

import datetime
import itertools
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gettyimages import DownloadError, FileConflictError, LinkLostError
from gettyimages._downloads.file_request import Overwrite
from gettyimages._downloads.files.place import FileState
from gettyimages._downloads.journal.journal import Entry
from gettyimages._downloads.save import Plan, decide

NOW = 1_800_000_000.0
URI = "https://delivery.example/x?signature=zq7marker"
State: typing.TypeAlias = typing.Literal["outcome_unknown", "linked", "saved", "link_lost"]
STATES: tuple[State, ...] = ("outcome_unknown", "linked", "saved", "link_lost")
FILES: tuple[FileState, ...] = ("intact", "changed", "absent")
OVERWRITE: tuple[Overwrite, ...] = ("skip", "replace", "error")


def entry(
    state: State, *, link: float | None, saved: bool, asked: float = 600, first: float | None = None
) -> Entry:
    first_at = asked if first is None else first
    return Entry(
        asset="7",
        key="7",
        unknown_since=NOW - first_at if state == "outcome_unknown" else None,
        requested_at=NOW - asked,
        link=None if link is None else URI,
        link_expires_at=None if link is None else NOW + link,
        path="7.jpg" if saved else None,
    )


def decided(found: Entry | None, file: FileState, **options: typing.Any) -> Plan | DownloadError:
    known: dict[str, typing.Any] = {
        "overwrite": "skip",
        "allow_repurchase": False,
        "now": NOW,
    }
    return decide(found, file, **(known | options))


def expected(
    state: State,
    file: FileState,
    overwrite: Overwrite,
    allow: bool,
    link: float | None,
    dated: bool,
) -> str:
    """The rules once more, as a table read from the top."""
    valid = link is not None and (link > 0 or not dated)
    rules = [
        (file != "absent" and overwrite == "error", "conflict"),
        (file == "intact" and overwrite == "skip", "skip"),
        (valid, "fetch"),
        (allow, "purchase"),
        (state == "outcome_unknown", "settle"),
        (True, "link_lost"),
    ]
    return next(name for holds, name in rules if holds)


def named(plan: Plan | DownloadError) -> str:
    kinds: dict[type, str] = {FileConflictError: "conflict", LinkLostError: "link_lost"}
    return plan if isinstance(plan, str) else kinds[type(plan)]


@pytest.mark.parametrize("state", STATES)
def test_every_combination_is_decided_as_the_table_says(state: State) -> None:
    combinations = itertools.product(
        FILES,
        OVERWRITE,
        (False, True),
        (None, -5.0, 0.0, 1.0, 80000.0),
        (False, True),
    )
    for file, overwrite, allow, link, dated in combinations:
        now = NOW if dated else None
        options = {"overwrite": overwrite, "allow_repurchase": allow, "now": now}
        found = entry(state, link=link, saved=True)
        wanted = expected(state, file, overwrite, allow, link, dated)
        assert named(decided(found, file, **options)) == wanted, (state, file, link, options)
        never_saved = entry(state, link=link, saved=False)
        wanted = expected(state, "absent", overwrite, allow, link, dated)
        assert named(decided(never_saved, file, **options)) == wanted


def test_a_file_that_was_never_requested_is_requested() -> None:
    for overwrite in OVERWRITE:
        assert decided(None, "absent", overwrite=overwrite) == "purchase"


def test_an_unknown_outcome_dates_from_the_first_unknown_request() -> None:
    found = entry("outcome_unknown", link=None, saved=False, asked=10, first=5000)
    assert decided(found, "absent") == "settle"
    assert found.since == datetime.datetime.fromtimestamp(NOW - 5000, datetime.UTC)


def test_an_error_names_the_argument_that_would_allow_it() -> None:
    for saved, file in [(False, "absent"), (True, "absent"), (True, "changed"), (True, "intact")]:
        state: State = "saved" if saved else "link_lost"
        decision = decided(
            entry(state, link=None, saved=saved),
            typing.cast("FileState", file),
            overwrite="replace",
        )
        assert isinstance(decision, DownloadError)
        assert "allow_repurchase=True" in str(decision)
        assert str(decision).startswith("7: ")


def test_no_repr_shows_the_link() -> None:
    found = entry("linked", link=80000.0, saved=False)
    assert "zq7marker" not in repr(found) + repr(decided(found, "absent"))


@given(
    st.builds(
        entry,
        st.sampled_from(STATES),
        link=st.none() | st.floats(-1e6, 1e6),
        saved=st.booleans(),
        asked=st.floats(-1e6, 1e6),
        first=st.none() | st.floats(-1e6, 1e6),
    ),
    st.sampled_from(FILES),
    st.sampled_from(OVERWRITE),
    st.none() | st.floats(0, 2e9),
)
def test_nothing_is_paid_again_unless_the_caller_allows_it(
    found: Entry, file: FileState, overwrite: Overwrite, now: float | None
) -> None:
    assert decided(found, file, overwrite=overwrite, now=now) != "purchase"
