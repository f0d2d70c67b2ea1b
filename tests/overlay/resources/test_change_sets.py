"""No notification is lost: a change set is confirmed by its `confirm()` and nothing else."""

from __future__ import annotations

import asyncio
import gc
import itertools
import os
import random
import signal
import threading
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

import pytest

from gettyimages import (
    APIConnectionError,
    APIError,
    BadRequestError,
    ChangeSetError,
    GettyImagesError,
    InvalidArgumentError,
    NotFoundError,
    RawResponse,
    ResponseDecodeError,
)
from gettyimages.sandbox import Sandbox
from gettyimages_rest import models

from ..support.servers import Reply, Reset, until
from ..support.serving import Served
from ..support.worlds import World

pytestmark = pytest.mark.slow

LOST = Reset()
TAKE = "PUT /v3/asset-changes/change-sets"


def confirm(number: object) -> str:
    return f"DELETE /v3/asset-changes/change-sets/{number}"


def change_set(number: object, *assets: str) -> dict[str, object]:
    return {
        "change_set_id": number,
        "changed_assets": [{"id": asset, "asset_lifecycle": "Delete"} for asset in assets],
    }


def sets(served: Served, **options: object) -> Iterator[typing.Any]:
    return served.world.items(served.client.asset_changes.change_sets(7, **options))


def test_change_sets_are_fetched_and_confirmed_one_by_one_until_there_is_none(
    served: Served,
) -> None:
    served.respond(change_set("1", "a", "b"), 200, change_set("2", "c"), 200, b"")
    seen = []
    for delivered in sets(served, batch_size=2):
        seen += [asset.id for asset in delivered.changed_assets]
        assert not delivered.confirmed
        served.world.do(delivered.confirm)
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


def test_a_set_is_no_block_whose_end_could_confirm_it(served: Served) -> None:
    served.respond(change_set("1", "a"), 200)
    delivered = next(sets(served))
    with pytest.raises((TypeError, AttributeError)), served.world.inside(delivered):
        pass
    assert served.called == [TAKE]


@pytest.mark.parametrize("error", [LookupError, KeyboardInterrupt, asyncio.CancelledError])
def test_an_exception_in_the_loop_does_not_confirm_the_set(
    served: Served, error: type[BaseException]
) -> None:
    def drain() -> None:
        for _ in sets(served):
            raise error

    served.respond(change_set("1", "a"), 200)
    with pytest.raises(error):
        drain()
    assert served.called == [TAKE]


def test_returning_from_the_loop_does_not_confirm_the_set(served: Served) -> None:
    def first() -> typing.Any:
        for delivered in sets(served):
            return delivered
        return None

    served.respond(change_set("1", "a"), 200)
    assert not first().confirmed
    assert served.called == [TAKE]


def test_continuing_without_a_confirmation_is_an_error_and_confirms_nothing(
    served: Served,
) -> None:
    def drain() -> None:
        for _ in sets(served):
            continue

    served.respond(change_set("1", "a"), 200)
    with pytest.raises(ChangeSetError, match="has not been confirmed"):
        drain()
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


def test_confirming_twice_sends_one_confirmation(served: Served) -> None:
    served.respond(change_set("1", "a"), 200, 500)
    delivered = next(sets(served))
    served.world.do(delivered.confirm)
    served.world.do(delivered.confirm)
    assert served.called == [TAKE, confirm(1)]


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
        seen.append(delivered.change_set_id)
        served.world.do(delivered.confirm)
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


def test_an_error_of_the_confirmation_is_raised(served: Served) -> None:
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
        {"changed_assets": [], "notifications": [{"id": "a"}]},
        {"changed_assets": [], "ChangedAssets": {"a": "Delete"}},
        {"changed_assets": [None]},
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
    with pytest.raises(GettyImagesError, match=f"batch_size must be .*, found {size!r}"):
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


# Following a channel: the iteration goes on when the channel is empty


def follow(served: Served, poll: float = 60, **options: object) -> typing.Any:
    return served.client.asset_changes.change_sets(7, follow=True, poll=poll, **options)


@contextmanager
def later(ready: Callable[[], object], call: Callable[[], object]) -> Iterator[None]:
    """Call a function in another thread as soon as something is the case."""

    def run() -> None:
        until(ready)
        call()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        thread.join(60)
        assert not thread.is_alive()


def test_a_channel_that_is_followed_is_looked_at_again_when_it_was_empty(served: Served) -> None:
    served.respond(b"", change_set("1", "a"), 200, b"", change_set("2", "b"), 200, b"")
    iterator = follow(served, poll=1)
    for delivered in served.world.items(iterator):
        served.world.do(delivered.confirm)
        if delivered.change_set_id == "2":
            iterator.stop()
    assert served.called == [TAKE, TAKE, confirm(1), TAKE, TAKE, confirm(2)]
    for empty in (0, 3):
        assert served.requests[empty + 1].time - served.requests[empty].time > 0.99


def test_a_stop_ends_the_wait_of_another_thread_at_once(served: Served) -> None:
    served.respond(b"")
    iterator = follow(served, poll=86_400)
    with later(lambda: served.requests, iterator.stop):
        assert [*served.world.items(iterator)] == []
    assert served.called == [TAKE]


def test_a_stop_before_the_iteration_sends_nothing(served: Served) -> None:
    iterator = follow(served)
    iterator.stop()
    iterator.stop()
    assert [*served.world.items(iterator)] == []
    assert served.requests == []


def test_a_stop_of_an_iteration_that_does_not_follow_ends_it(served: Served) -> None:
    served.respond(change_set("1", "a"), 200, change_set("2", "b"))
    iterator = served.client.asset_changes.change_sets(7)
    for delivered in served.world.items(iterator):
        iterator.stop()
        served.world.do(delivered.confirm)
    assert served.called == [TAKE, confirm(1)]


def test_a_stop_does_not_confirm_the_set_that_is_being_handled(served: Served) -> None:
    served.respond(change_set("1", "a"))
    iterator = follow(served)
    delivered = next(served.world.items(iterator))
    iterator.stop()
    assert not delivered.confirmed
    with pytest.raises(ChangeSetError, match="has not been confirmed"):
        next(served.world.items(iterator))
    assert served.called == [TAKE]


def test_a_set_that_arrives_after_the_stop_is_neither_handed_out_nor_confirmed(
    served: Served,
) -> None:
    iterators: list[typing.Any] = []
    served.client = served.make(on_response=lambda _: iterators[0].stop())
    served.respond(change_set("1", "a"))
    iterators.append(follow(served))
    assert [*served.world.items(iterators[0])] == []
    assert served.called == [TAKE]


def test_a_failure_after_the_stop_ends_the_iteration_normally(served: Served) -> None:
    iterators: list[typing.Any] = []
    served.client = served.make(on_response=lambda _: iterators[0].stop(), max_retries=0)
    served.respond(500)
    iterators.append(follow(served))
    assert [*served.world.items(iterators[0])] == []


def test_closing_the_client_ends_the_wait_at_once(served: Served) -> None:
    served.respond(b"")
    client = served.client
    iterator = follow(served, poll=86_400)
    if not served.world.is_async:
        with later(lambda: served.requests, client.close):
            assert [*iterator] == []
        return

    async def both() -> list[object]:
        async def close() -> None:
            await asyncio.to_thread(until, lambda: served.requests)
            await client.close()

        closing = asyncio.create_task(close())
        found = [each async for each in iterator]
        await closing
        return found

    assert served.world.runner.run(both()) == []


def test_cancelling_the_wait_of_a_task_leaves_the_iterator_usable(served: Served) -> None:
    if not served.world.is_async:
        pytest.skip("tasks are cancelled with asyncio only")
    served.respond(b"", change_set("1", "a"))
    iterator = follow(served, poll=86_400)

    async def cancelled() -> None:
        task = asyncio.create_task(anext(iterator))
        await asyncio.to_thread(until, lambda: served.requests)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        served.world.runner.run(cancelled())
    assert next(served.world.items(iterator)).change_set_id == "1"


def test_an_interrupt_ends_the_wait_of_a_blocking_client(served: Served) -> None:
    if served.world.is_async:
        pytest.skip("asyncio turns Ctrl-C into a cancellation")
    served.respond(b"", change_set("1", "a"))
    iterator = follow(served, poll=86_400)
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        interrupt = partial(os.kill, os.getpid(), signal.SIGINT)
        with later(lambda: served.requests, interrupt), pytest.raises(KeyboardInterrupt):
            next(iterator)
    finally:
        signal.signal(signal.SIGINT, previous)
    assert next(iterator).change_set_id == "1"


def test_a_signal_handler_may_stop_the_iteration(served: Served) -> None:
    served.respond(b"")
    iterator = follow(served, poll=86_400)
    previous = signal.signal(signal.SIGTERM, lambda *_: iterator.stop())
    try:
        with later(lambda: served.requests, partial(os.kill, os.getpid(), signal.SIGTERM)):
            assert [*served.world.items(iterator)] == []
    finally:
        signal.signal(signal.SIGTERM, previous)


def test_a_signal_that_interrupts_no_wait_stops_the_iteration_soon(served: Served) -> None:
    served.respond(b"")
    iterator = follow(served, poll=86_400)
    previous = signal.signal(signal.SIGTERM, lambda *_: iterator.stop())
    # Another thread takes the signal, as if it had arrived just before the wait began.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})

    def interrupt() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        os.kill(os.getpid(), signal.SIGTERM)

    try:
        with later(lambda: served.requests, interrupt):
            assert [*served.world.items(iterator)] == []
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        signal.signal(signal.SIGTERM, previous)


def test_a_set_delivered_again_after_its_confirmation_is_an_error_when_following(
    served: Served,
) -> None:
    served.respond(change_set("1", "a"), 200, change_set("1", "a"))
    iterator = follow(served)
    served.world.do(next(served.world.items(iterator)).confirm)
    with pytest.raises(ChangeSetError, match="change set 1 was delivered again"):
        next(served.world.items(iterator))


def test_only_the_latest_sets_are_remembered_while_following(served: Served) -> None:
    bodies = [change_set(number, "a") for number in [*range(1, 102), 1, 101]]
    served.respond(*itertools.chain(*((body, 200) for body in bodies)))
    items = served.world.items(follow(served))
    for _ in range(102):
        served.world.do(next(items).confirm)
    with pytest.raises(ChangeSetError, match="change set 101 was delivered again"):
        next(items)


@pytest.mark.parametrize("seed", range(3))
def test_however_loops_end_only_what_was_handled_is_confirmed(world: World, seed: int) -> None:
    chance = random.Random(seed)
    handled: list[str] = []

    def loop(sandbox: Sandbox, iterator: typing.Any) -> None:
        for delivered in world.items(iterator):
            match chance.randrange(6):
                case 0:
                    break
                case 1:
                    raise LookupError
                case 2:
                    continue
                case 3:
                    iterator.stop()
            handled.extend(asset.id for asset in delivered.changed_assets)
            world.do(delivered.confirm)
            if not sandbox.notification_count(1):
                iterator.stop()

    with Sandbox(channels={1: 200}) as sandbox:
        client = world.client(**sandbox.client_options())
        while sandbox.notification_count(1):
            follow = chance.random() < 0.5
            change_sets = client.asset_changes.change_sets(1, batch_size=7, follow=follow)
            with suppress(LookupError, ChangeSetError):
                loop(sandbox, change_sets)
            assert [*sandbox.confirmed] == handled
    assert len({*handled}) == len(handled) == 200


@pytest.mark.parametrize("poll", [0, 0.9, -1, 86_401, float("nan"), float("inf"), "60", None])
def test_a_wait_out_of_bounds_is_refused_at_once(served: Served, poll: typing.Any) -> None:
    with pytest.raises(InvalidArgumentError, match="poll must be from 1 to 86400 seconds"):
        follow(served, poll=poll)
    assert served.requests == []
