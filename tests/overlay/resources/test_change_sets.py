"""No notification is lost: a change set is confirmed by the caller's own act and nothing else."""

from __future__ import annotations

import asyncio
import gc
import itertools
import typing

import pytest

from gettyimages import (
    APIConnectionError,
    APIError,
    BadRequestError,
    ChangeSetError,
    GettyImagesError,
    NotFoundError,
    RawResponse,
    ResponseDecodeError,
)
from gettyimages_rest import models

from ..support.servers import Reply, Reset
from ..support.serving import Served

LOST = Reset()
TAKE = "PUT /v3/asset-changes/change-sets"


def confirm(number: object) -> str:
    return f"DELETE /v3/asset-changes/change-sets/{number}"


def change_set(number: object, *assets: str) -> dict[str, object]:
    return {
        "change_set_id": number,
        "changed_assets": [{"id": asset, "asset_lifecycle": "Delete"} for asset in assets],
    }


def sets(served: Served, **options: object) -> typing.Iterator[typing.Any]:
    return served.world.items(served.client.asset_changes.change_sets(7, **options))


def test_change_sets_are_fetched_and_confirmed_one_by_one_until_there_is_none(
    served: Served,
) -> None:
    served.respond(change_set("1", "a", "b"), 200, change_set("2", "c"), 200, b"")
    seen = []
    for delivered in sets(served, batch_size=2):
        with served.world.inside(delivered) as inside:
            assert inside is delivered
            seen += [asset.id for asset in delivered.changed_assets]
            assert not delivered.confirmed
        assert delivered.confirmed
    assert seen == ["a", "b", "c"]
    assert served.called == [TAKE, confirm(1), TAKE, confirm(2), TAKE]
    assert served.requests[0].target.endswith("?batch_size=2&channel_id=7")


def test_nothing_is_sent_before_the_iteration_begins(served: Served) -> None:
    served.client.asset_changes.change_sets(7)
    assert served.requests == []


def test_notifications_are_typed_and_unknown_fields_are_kept(served: Served) -> None:
    served.respond({**change_set("1", "a"), "new": 1})
    delivered = next(sets(served))
    assert delivered.changed_assets == (models.ChangedAsset(id="a", asset_lifecycle="Delete"),)
    assert delivered.model.raw["new"] == 1
    assert delivered.change_set_id == "1"


@pytest.mark.parametrize("number", [42, "42", 0, 2**62])
def test_ids_may_be_integers(served: Served, number: object) -> None:
    served.respond(change_set(number, "a"), 200, b"")
    for delivered in sets(served):
        served.world.do(delivered.confirm)
    assert served.called[1] == confirm(number)


@pytest.mark.parametrize("error", [LookupError, KeyboardInterrupt, asyncio.CancelledError])
def test_an_exception_in_the_block_does_not_confirm_the_set(
    served: Served, error: type[BaseException]
) -> None:
    served.respond(change_set("1", "a"), 200)
    delivered = next(sets(served))
    with pytest.raises(error), served.world.inside(delivered):
        raise error
    assert not delivered.confirmed
    assert served.called == [TAKE]


def test_leaving_the_loop_does_not_confirm_the_set(served: Served) -> None:
    served.respond(change_set("1", "a"), 200)
    for _ in sets(served):
        break
    assert served.called == [TAKE]


def test_dropping_the_iterator_does_not_confirm_the_set(served: Served) -> None:
    served.respond(change_set("1", "a"), 200)
    iterator = sets(served)
    delivered = next(iterator)
    del iterator, delivered
    gc.collect()
    assert served.called == [TAKE]


def test_a_set_may_be_confirmed_without_a_block(served: Served) -> None:
    served.respond(change_set("1", "a"), 200, b"")
    for delivered in sets(served):
        served.world.do(delivered.confirm)
        assert delivered.confirmed
    assert served.called == [TAKE, confirm(1), TAKE]


def test_confirming_twice_sends_one_confirmation(served: Served) -> None:
    served.respond(change_set("1", "a"), 200, 500)
    delivered = next(sets(served))
    with served.world.inside(delivered):
        served.world.do(delivered.confirm)
        served.world.do(delivered.confirm)
    assert served.called == [TAKE, confirm(1)]


def test_a_set_confirmed_in_the_block_stays_confirmed_after_an_exception(served: Served) -> None:
    served.respond(change_set("1", "a"), 200, b"")
    delivered = next(sets(served))
    with pytest.raises(LookupError), served.world.inside(delivered):
        fail_after(served, delivered)
    assert delivered.confirmed


def fail_after(served: Served, delivered: typing.Any) -> None:
    served.world.do(delivered.confirm)
    raise LookupError


def test_the_next_set_is_refused_before_this_one_is_confirmed(served: Served) -> None:
    served.respond(change_set("1", "a"), 200, change_set("2", "b"), 200, b"")
    iterator = served.client.asset_changes.change_sets(7)
    delivered = next(served.world.items(iterator))
    for _ in range(2):
        with pytest.raises(ChangeSetError, match="change set 1 has not been confirmed"):
            next(served.world.items(iterator))
    assert served.called == [TAKE]
    served.world.do(delivered.confirm)
    assert next(served.world.items(iterator)).change_set_id == "2"


def test_the_next_set_is_refused_in_the_block_of_this_one(served: Served) -> None:
    served.respond(change_set("1", "a"), 200)
    iterator = served.client.asset_changes.change_sets(7)
    delivered = next(served.world.items(iterator))
    with pytest.raises(ChangeSetError), served.world.inside(delivered):
        next(served.world.items(iterator))
    assert served.called == [TAKE]


def test_a_set_whose_block_failed_ends_the_loop_with_an_error(served: Served) -> None:
    served.respond(change_set("1", "a"), 200)

    def drain() -> None:
        for delivered in sets(served):
            with pytest.raises(LookupError), served.world.inside(delivered):
                raise LookupError

    with pytest.raises(ChangeSetError, match="has not been confirmed"):
        drain()


def test_a_set_that_was_not_confirmed_is_delivered_again_the_next_time(served: Served) -> None:
    served.respond(change_set("1", "a"), change_set("1", "a"), 200, b"")
    next(sets(served))
    for delivered in sets(served):
        served.world.do(delivered.confirm)
    assert served.called == [TAKE, TAKE, confirm(1), TAKE]


@pytest.mark.parametrize("body", [b"", b" \r\n"])
def test_an_empty_body_ends_the_iteration_for_good(served: Served, body: bytes) -> None:
    served.respond(body, change_set("1", "a"))
    iterator = served.client.asset_changes.change_sets(7)
    assert [*served.world.items(iterator)] == []
    assert [*served.world.items(iterator)] == []
    assert served.called == [TAKE]


def test_a_set_delivered_again_after_its_confirmation_is_an_error(served: Served) -> None:
    served.respond(change_set("1", "a"), 200, change_set("1", "a"))
    with pytest.raises(ChangeSetError, match="change set 1 was delivered again"):
        drained(served)
    assert served.called == [TAKE, confirm(1), TAKE]


def test_sets_delivered_in_turns_are_an_error(served: Served) -> None:
    one, two = change_set("1", "a"), change_set(2, "b")
    served.respond(one, 200, two, 200, one, 200, two)
    with pytest.raises(ChangeSetError, match="change set 1 was delivered again"):
        drained(served)


def test_empty_sets_are_handed_out_up_to_a_limit(served: Served) -> None:
    served.respond(*itertools.chain(*((change_set(n), 200) for n in range(200))))
    with pytest.raises(ChangeSetError, match="101 change sets without a notification"):
        drained(served)
    assert len(served.requests) == 201


def drained(served: Served) -> list[str]:
    seen = []
    for delivered in sets(served):
        with served.world.inside(delivered):
            seen.append(delivered.change_set_id)
    return seen


# What a 404 on a confirmation means


def test_a_404_on_the_first_confirmation_is_an_error_every_time(served: Served) -> None:
    served.respond(change_set("1", "a"), 404)
    delivered = next(sets(served))
    for _ in range(3):
        with pytest.raises(NotFoundError):
            served.world.do(delivered.confirm)
        assert not delivered.confirmed


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
def test_a_404_on_a_retry_after_a_failure_means_confirmed(served: Served, status: int) -> None:
    served.respond(change_set("1", "a"), status, 404, b"")
    assert drained(served) == ["1"]
    assert served.called == [TAKE, confirm(1), confirm(1), TAKE]


def test_a_404_on_a_retry_after_a_lost_response_means_confirmed(served: Served) -> None:
    served.respond(change_set("1", "a"), LOST, 404, b"")
    assert drained(served) == ["1"]


def test_a_404_on_a_retry_after_a_refusal_is_an_error(served: Served) -> None:
    served.respond(change_set("1", "a"), 429, 404)
    with pytest.raises(NotFoundError):
        drained(served)
    assert served.called == [TAKE, confirm(1), confirm(1)]


@pytest.mark.parametrize("status", [408, 500, 503])
def test_a_404_on_a_second_confirmation_after_a_failure_means_confirmed(
    served: Served, status: int
) -> None:
    served.client = served.make(max_retries=0)
    served.respond(change_set("1", "a"), status, 404)
    delivered = next(sets(served))
    with pytest.raises(APIError):
        served.world.do(delivered.confirm)
    assert not delivered.confirmed
    served.world.do(delivered.confirm)
    assert delivered.confirmed


def test_a_404_on_a_second_confirmation_after_a_lost_response_means_confirmed(
    served: Served,
) -> None:
    served.client = served.make(max_retries=0)
    served.respond(change_set("1", "a"), LOST, 404)
    delivered = next(sets(served))
    with pytest.raises(APIConnectionError) as caught:
        served.world.do(delivered.confirm)
    assert caught.value.may_have_executed
    served.world.do(delivered.confirm)
    assert delivered.confirmed


@pytest.mark.parametrize("status", [400, 401, 403, 429])
def test_a_404_on_a_second_confirmation_after_a_refusal_is_an_error(
    served: Served, status: int
) -> None:
    served.client = served.make(max_retries=0)
    served.respond(change_set("1", "a"), status, 404)
    delivered = next(sets(served))
    with pytest.raises(GettyImagesError):
        served.world.do(delivered.confirm)
    with pytest.raises(NotFoundError):
        served.world.do(delivered.confirm)
    assert not delivered.confirmed


def test_a_404_on_a_second_confirmation_after_an_interrupt_means_confirmed(
    served: Served,
) -> None:
    def interrupt(response: RawResponse) -> None:
        if not response.content:
            raise asyncio.CancelledError

    served.client = served.make(on_response=interrupt)
    served.respond(change_set("1", "a"), 200, Reply(404, b"{}"))
    delivered = next(sets(served))
    with pytest.raises(asyncio.CancelledError):
        served.world.do(delivered.confirm)
    assert not delivered.confirmed
    served.world.do(delivered.confirm)
    assert delivered.confirmed


def test_a_refused_retry_does_not_rule_out_that_the_first_attempt_confirmed(served: Served) -> None:
    served.respond(change_set("1", "a"), 500, 403, 404)
    delivered = next(sets(served))
    with pytest.raises(GettyImagesError) as caught:
        served.world.do(delivered.confirm)
    assert getattr(caught.value, "status_code", None) == 403
    served.world.do(delivered.confirm)
    assert delivered.confirmed


def test_a_404_after_a_confirmation_that_was_never_sent_is_an_error(served: Served) -> None:
    served.client = served.make(max_retries=0)
    served.respond(Reply(200, change_set("1", "a"), headers={"Connection": "close"}), 404)
    delivered = next(sets(served))
    with served.server.refusing(), pytest.raises(APIConnectionError) as caught:
        served.world.do(delivered.confirm)
    assert not caught.value.may_have_executed
    with pytest.raises(NotFoundError):
        served.world.do(delivered.confirm)


def test_an_error_of_the_confirmation_at_the_end_of_the_block_is_raised(served: Served) -> None:
    served.respond(change_set("1", "a"), 400)
    with pytest.raises(BadRequestError):
        drained(served)


# Sets that cannot be confirmed or read are not handed out


@pytest.mark.parametrize("number", [None, "", [1], {}, True])
def test_a_set_without_an_id_is_an_error(served: Served, number: object) -> None:
    served.respond(change_set(number, "a"), 200)
    with pytest.raises(ChangeSetError, match=r"channel 7: .* without an id"):
        next(sets(served))
    assert served.called == [TAKE]


@pytest.mark.parametrize(
    "body",
    [
        {"changed_assets": "a, b"},
        {"changed_assets": {"id": "a"}},
        {"changed_assets": ["a", "b"]},
        {"changed_assets": [{"id": "a"}, "b"]},
        {"ChangedAssets": [{"id": "a"}]},
        {"changed_assets": None, "notifications": {"new": ["a"]}},
    ],
)
def test_a_set_with_notifications_that_cannot_be_read_is_not_handed_out(
    served: Served, body: dict[str, object]
) -> None:
    served.respond({"change_set_id": 5, **body}, 200)
    with pytest.raises(ChangeSetError, match=r"change set 5 holds notifications .* cannot be read"):
        next(sets(served))
    assert served.called == [TAKE]


@pytest.mark.parametrize(
    "body", [{}, {"changed_assets": None}, {"changed_assets": []}, {"count": 0, "more": []}]
)
def test_an_empty_set_can_be_confirmed(served: Served, body: dict[str, object]) -> None:
    served.respond({"change_set_id": 5, **body}, 200, b"")
    assert drained(served) == ["5"]


def test_a_notification_with_odd_fields_keeps_the_others(served: Served) -> None:
    served.respond({"change_set_id": 5, "changed_assets": [{"id": [], "uri": "u"}, {}, None]}, 200)
    first, second = next(sets(served)).changed_assets
    assert (first.id, first.uri, first.raw) == (None, "u", {"id": [], "uri": "u"})
    assert second == models.ChangedAsset()


@pytest.mark.parametrize("body", [b"[]", b"null", b"<html>", b'{"change_set_id": 5, "chang'])
def test_a_response_that_is_no_change_set_is_an_error_and_not_the_end(
    served: Served, body: bytes
) -> None:
    served.respond(body, b"")
    with pytest.raises(ResponseDecodeError):
        next(sets(served))


@pytest.mark.parametrize("size", [0, -1, 2201, "9"])
def test_a_batch_size_out_of_bounds_is_refused_at_once(served: Served, size: object) -> None:
    with pytest.raises(
        GettyImagesError, match=f"batch_size must be from 1 to 2200, found {size!r}"
    ):
        served.client.asset_changes.change_sets(7, batch_size=size)


@pytest.mark.parametrize("channel", [None, "7", ""])
def test_an_invalid_channel_is_refused_at_once(served: Served, channel: object) -> None:
    with pytest.raises(GettyImagesError, match="channel_id must be an integer"):
        served.client.asset_changes.change_sets(channel)


def test_an_unknown_channel_is_an_error_of_the_first_set(served: Served) -> None:
    served.respond(404)
    with pytest.raises(NotFoundError):
        next(sets(served))


def test_the_repr_of_a_set_shows_whether_it_is_confirmed(served: Served) -> None:
    served.respond(change_set("1", "a"), 200)
    delivered = next(sets(served))
    assert repr(delivered).endswith("ChangeSetDelivery 1, 1 assets, not confirmed>")
    served.world.do(delivered.confirm)
    assert repr(delivered).endswith("ChangeSetDelivery 1, 1 assets, confirmed>")
