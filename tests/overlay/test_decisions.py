"""What is done for an asset, whatever is known, whatever is there and whatever is allowed."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gettyimages._downloads.journal.entry import Entry, Placing, State
from gettyimages._downloads.plan import (
    MARGIN,
    Adopt,
    Ask,
    Decision,
    FileState,
    Overwrite,
    Refuse,
    Settle,
    Skip,
    UseLink,
    decide,
)
from gettyimages._errors import FileConflictError, StrandedError

NOW = 1_800_000_000.0
URI = "https://delivery.example/x?signature=zq7marker"
STATES: tuple[State, ...] = ("intent", "linked", "saved", "stranded")
FILES: tuple[FileState, ...] = ("intact", "changed", "absent")
OVERWRITE: tuple[Overwrite, ...] = ("skip", "replace", "error")


def entry(
    state: State, *, link: float | None, saved: bool, asked: float = 600, first: float | None = None
) -> Entry:
    first_at = asked if first is None else first
    return Entry(
        asset="7",
        key="7",
        state=state,
        asked_at=datetime.datetime.fromtimestamp(NOW - first_at, datetime.UTC),
        last_asked_at=datetime.datetime.fromtimestamp(NOW - asked, datetime.UTC),
        link=None if link is None else URI,
        link_expires_at=None if link is None else NOW + link,
        path="7.jpg" if saved else None,
    )


def decided(found: Entry | None, file: FileState, **options: typing.Any) -> Decision:
    known: dict[str, typing.Any] = {
        "overwrite": "skip",
        "allow_second_download": False,
        "settle_after": None,
        "now": NOW,
    }
    return decide(found, file, **(known | options))


def expected(
    state: State,
    file: FileState,
    overwrite: Overwrite,
    allow: bool,
    link: float | None,
    settle: float | None,
) -> str:
    """The rules once more, as a table read from the top."""
    valid = link is not None and link > MARGIN
    rules = [
        (file != "absent" and overwrite == "error", "conflict"),
        (file == "intact" and overwrite == "skip", "skip"),
        (valid, "link"),
        (allow, "ask"),
        (state == "intent" and settle is not None and settle <= 600, "settle or ask"),
        (state == "intent", "settle"),
        (True, "stranded"),
    ]
    return next(name for holds, name in rules if holds)


def named(decision: Decision) -> str:
    match decision:
        case Skip():
            return "skip"
        case Ask():
            return "ask"
        case UseLink():
            return "link"
        case Settle(may_ask=may_ask):
            return "settle or ask" if may_ask else "settle"
        case Adopt():
            return "adopt"
        case Refuse(error):
            kinds = {FileConflictError: "conflict", StrandedError: "stranded"}
            return kinds[type(error)]


@pytest.mark.parametrize("state", STATES)
def test_every_combination_is_decided_as_the_table_says(state: State) -> None:
    combinations = itertools.product(
        FILES,
        OVERWRITE,
        (False, True),
        (None, -5.0, 0.0, MARGIN, MARGIN + 1, 80000.0),
        (None, 0, 599, 600, 601),
    )
    for file, overwrite, allow, link, settle in combinations:
        options = {"overwrite": overwrite, "allow_second_download": allow, "settle_after": settle}
        found = entry(state, link=link, saved=True)
        wanted = expected(state, file, overwrite, allow, link, settle)
        assert named(decided(found, file, **options)) == wanted, (state, file, link, options)
        never_saved = entry(state, link=link, saved=False)
        wanted = expected(state, "absent", overwrite, allow, link, settle)
        assert named(decided(never_saved, file, **options)) == wanted


@pytest.mark.parametrize("state", STATES)
def test_a_file_that_seems_to_have_been_placed_is_looked_at_before_all_else(state: State) -> None:
    placing = Placing("7.jpg", 5, "ab", "image/jpeg")
    for link, saved, file, overwrite, allow in itertools.product(
        (None, 80000.0), (False, True), FILES, OVERWRITE, (False, True)
    ):
        found = dataclasses.replace(entry(state, link=link, saved=saved), placing=placing)
        options = {"overwrite": overwrite, "allow_second_download": allow}
        assert decided(found, file, is_placed=True, **options) == Adopt(placing)
        assert named(decided(found, file, **options)) != "adopt"


def test_what_was_never_asked_for_is_asked_for() -> None:
    for overwrite in OVERWRITE:
        assert decided(None, "absent", overwrite=overwrite) == Ask()


def test_of_two_open_requests_history_is_read_from_the_first_and_waited_for_after_the_last() -> (
    None
):
    found = entry("intent", link=None, saved=False, asked=10, first=5000)
    decision = decided(found, "absent", settle_after=60)
    assert isinstance(decision, Settle)
    assert decision.since == found.asked_at
    assert not decision.may_ask


def test_a_clock_that_was_set_back_does_not_settle_anything() -> None:
    found = entry("intent", link=None, saved=False, asked=-300)
    assert named(decided(found, "absent", settle_after=0)) == "settle"


def test_what_is_refused_says_what_would_allow_it() -> None:
    for saved, file in [(False, "absent"), (True, "absent"), (True, "changed"), (True, "intact")]:
        state: State = "saved" if saved else "stranded"
        decision = decided(
            entry(state, link=None, saved=saved),
            typing.cast("FileState", file),
            overwrite="replace",
        )
        assert isinstance(decision, Refuse)
        assert "allow_second_download=True" in str(decision.error)
        assert str(decision.error).startswith("7: ")


def test_no_repr_shows_the_link() -> None:
    found = entry("linked", link=80000.0, saved=False)
    decision = decided(found, "absent")
    assert "zq7marker" not in repr(found) + repr(decision) + repr(Skip(found))


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
    st.none() | st.floats(0, 1e7),
)
def test_it_never_asks_again_unless_the_caller_allows_it(
    found: Entry, file: FileState, overwrite: Overwrite, settle: float | None
) -> None:
    decision = decided(found, file, overwrite=overwrite, settle_after=settle)
    assert not isinstance(decision, Ask)
    if isinstance(decision, Settle) and decision.may_ask:
        assert settle is not None
        assert found.state == "intent"
        assert NOW - found.last_asked_at.timestamp() >= settle - 1e-3
