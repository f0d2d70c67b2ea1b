"""A client that is used before and after a fork: by the parent, and by several children at once."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from gettyimages import GettyImages

from ..downloads.support.fates import Fates
from ..downloads.support.processes import ENVIRONMENT
from ..support.servers import (
    HANG,
    Action,
    Origins,
    Recorded,
    Reply,
    Server,
    Stall,
    token_reply,
    until,
)
from ..support.worlds import World

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here"),
]

BEGIN = """
import asyncio, multiprocessing, os, sys, threading, traceback
import gettyimages

HANG = {hang}

class Blocking:
    def run(self, call):
        return call()

class Asynchronous:
    def __init__(self):
        self.runner = asyncio.Runner()
    def run(self, call):
        async def main():
            return await call()
        return self.runner.run(main())

world = {world}()
options = {options!r}
client = gettyimages.{kind}(**options)

def ask(number, client=client):
    '''Send a request whose response must hold its number.'''
    call = lambda: client.request("GET", "/v3/echo", query={{"n": number}})
    found = world.run(call).content.decode()
    assert found == str(number), (number, found)

def child(work):
    '''Do work in a fork, which ends as a program does.'''
    global world
    if pid := os.fork():
        return pid
    world = type(world)()
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    sys.stderr.flush()
    if {clean}:
        sys.exit(status)
    os._exit(status)

def wait_for(pids):
    assert [os.waitpid(pid, 0)[1] for pid in pids] == [0] * len(pids)
"""


@pytest.fixture
def blocking() -> Iterator[World]:
    """The blocking world, for what is of threads."""
    world = World(GettyImages)
    yield world
    world.end()


def run(
    world: World, code: str, options: dict[str, object], *, clean: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a program that forks, and expect it to succeed."""
    names = ("Asynchronous", "AsyncGettyImages") if world.is_async else ("Blocking", "GettyImages")
    begin = BEGIN.format(
        world=names[0], kind=names[1], options=options, clean=clean, hang=int(HANG)
    )
    ended = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", begin + code],
        env=ENVIRONMENT, capture_output=True, text=True, timeout=2 * HANG, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stderr
    return ended


def echo(request: Recorded) -> Action:
    """A response that tells which request it belongs to."""
    return Reply(200, request.query["n"][0] if request.query else {})


CHILDREN = """
for number in range(3):
    ask(number)

def work(first):
    def calls():
        for number in range(first, first + 30):
            ask(number)
    return calls

if {threads}:
    is_over = threading.Event()
    def busy():
        mine = Blocking()
        number = 100_000
        while not is_over.is_set():
            number += 1
            variant = client.with_options(step_timeout=HANG)
            call = lambda: variant.request("GET", "/v3/echo", query={{"n": number}})
            assert call().content == str(number).encode()
    threads = [threading.Thread(target=busy) for _ in range(3)]
    for thread in threads:
        thread.start()
pids = [child(work(1000 * number)) for number in range(1, 6)]
work(10_000)()
wait_for(pids)
if {threads}:
    is_over.set()
    for thread in threads:
        thread.join()
ask(11_111)
world.run(client.close)
"""


def run_over_tls(world: World, tmp_path: Path, *, is_busy: bool) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with Origins(context) as origins:
        origins.api.script(echo)
        options = origins.options(
            verify=str(tmp_path / "ca.pem"), max_requests_per_second=100_000, max_retries=0
        )
        run(world, CHILDREN.format(threads=is_busy), options, clean=not is_busy)
        assert len(origins.tokens.requests) == 1  # children know the token already


def test_children_and_their_parent_get_the_responses_to_their_own_requests_over_tls(
    world: World, tmp_path: Path
) -> None:
    run_over_tls(world, tmp_path, is_busy=False)


def test_a_child_needs_no_lock_or_connection_that_a_thread_of_its_parent_holds(
    blocking: World, tmp_path: Path
) -> None:
    run_over_tls(blocking, tmp_path, is_busy=True)


HELD = """
import gc

def locks():
    todo, seen = [client], set()
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, (type(threading.Lock()), type(threading.RLock()))):
            yield one
        elif isinstance(one, dict | list) or type(one).__module__.startswith("gettyimages"):
            todo += gc.get_referents(one)

def hold():
    held = [*locks()]
    assert len(held) > 3, held
    for lock in held:
        lock.acquire()
    are_held.set()
    is_over.wait(HANG)
    for lock in held:
        lock.release()

ask(1)
are_held, is_over = threading.Event(), threading.Event()
thread = threading.Thread(target=hold)
thread.start()
are_held.wait(HANG)
pid = child(lambda: ask(2))
wait_for([pid])
is_over.set()
thread.join()
ask(3)
"""


def test_a_child_does_not_wait_for_any_lock_of_its_parents_client(
    world: World, origins: Origins
) -> None:
    origins.api.script(echo)
    run(world, HELD, origins.options(max_requests_per_second=1000))
    assert [request.query["n"] for request in origins.api.requests] == [["1"], ["2"], ["3"]]


UNDISTURBED = """
ask(1)
def work():
    ask(2)
    ask(3)
    world.run(client.close)
wait_for([child(work)])
ask(4)
world.run(client.close)
"""


def test_a_child_that_closes_the_client_leaves_the_connections_of_its_parent_open(
    world: World, origins: Origins
) -> None:
    origins.api.script(echo)
    run(world, UNDISTURBED, origins.options(), clean=True)
    assert [request.connection for request in origins.api.requests] == [1, 2, 2, 1]


MULTIPROCESSING = """
def work():
    global world
    world = type(world)()
    ask(2)
    variant = client.with_options(timeout=30)
    ask(3, variant)
ask(1)
context = multiprocessing.get_context("fork")
processes = [context.Process(target=work) for _ in range(3)]
for process in processes:
    process.start()
for process in processes:
    process.join()
assert [process.exitcode for process in processes] == [0, 0, 0]
"""


def test_processes_of_multiprocessing_have_connections_of_their_own(
    world: World, origins: Origins
) -> None:
    origins.api.script(echo)
    run(world, MULTIPROCESSING, origins.options())
    numbers = sorted(request.connection for request in origins.api.requests)
    assert numbers == [1, 2, 2, 3, 3, 4, 4]


RENEWING = """
def renew():
    try:
        client.request("GET", "/v3/echo", query={"n": 1}, timeout=2)
    except gettyimages.GettyImagesError:
        pass
thread = threading.Thread(target=renew)
thread.start()
sys.stdout.write("renewing\\n")
sys.stdout.flush()
sys.stdin.readline()  # the token request is under way, and the lock is held
wait_for([child(lambda: ask(2))])
thread.join()
"""


def test_a_child_does_not_wait_for_a_token_that_its_parent_was_renewing(origins: Origins) -> None:
    origins.api.script(echo)
    origins.tokens.script(Stall(), token_reply(1))
    begin = BEGIN.format(
        world="Blocking", kind="GettyImages", options=origins.options(), clean=True, hang=int(HANG)
    )
    with subprocess.Popen(
        [sys.executable, "-c", begin + RENEWING],
        env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    ) as program:  # fmt: skip
        until(lambda: origins.tokens.requests)
        _, errors = program.communicate("\n", HANG)
    assert (program.returncode, errors) == (0, "")
    assert [request.query["n"] for request in origins.api.requests] == [["2"]]


IMAGE = """
with client.downloads.open_image("1") as image:
    first = next(image)
    def work():
        try:
            for _ in image:
                pass
        except gettyimages.GettyImagesError:
            pass  # the rest is requested anew, which this server does not allow
        image.close()
    wait_for([child(work)])
    rest = sum(map(len, image))
print(len(first) + rest)
"""


def test_a_child_that_closes_an_opened_image_does_not_break_the_transfer_of_its_parent(
    blocking: World, tmp_path: Path
) -> None:
    content = os.urandom(3_000_000)
    with Server(Reply(200, content, content_type="image/jpeg")) as host, Origins() as origins:
        origins.api.script(Reply(303, headers={"Location": host.url + "/1.jpg"}))
        ended = run(blocking, IMAGE, origins.options(), clean=True)
        assert ended.stdout == "3000000\n"


BATCH = """
folder = {folder!r}
batch = client.downloads.save_images(["1", "2", "3", "4"], folder, concurrency=1)
seen = [next(batch)]
client.downloads.save_image("5", folder)
def work():
    try:
        next(batch)
    except gettyimages.GettyImagesError as error:
        assert "process" in str(error), error
    else:
        raise AssertionError
    batch.close()
    with client.downloads.save_images(["9"], folder + "/other") as own:
        assert [result.outcome for result in own] == ["saved"]
wait_for([child(work)])
seen += batch
assert [result.outcome for result in seen] == ["saved"] * 4, seen
"""


def test_a_batch_goes_on_in_the_process_that_began_it_and_in_no_child(
    blocking: World, tmp_path: Path
) -> None:
    with Fates() as fates:
        run(blocking, BATCH.format(folder=str(tmp_path)), fates.options(), clean=True)
        assert sorted(fates.orders) == ["1", "2", "3", "4", "5", "9"]


CLAIMED = """
folder = {folder!r}
is_saving, is_over = threading.Event(), threading.Event()

def hold(*_):
    is_saving.set()
    is_over.wait(HANG)
    raise EOFError  # leaves the file to the child

def save():
    try:
        client.downloads.save_image("1", folder, on_progress=hold)
    except EOFError:
        pass

thread = threading.Thread(target=save)
thread.start()
is_saving.wait(HANG)
reader, writer = os.pipe()

def work():
    os.read(reader, 1)
    assert not client.downloads.save_image("1", folder).skipped
    assert client.downloads.save_image("2", folder).download_used

pid = child(work)
is_over.set()
thread.join()
os.write(writer, b"x")
wait_for([pid])
assert client.downloads.save_image("2", folder).skipped
"""


def test_a_child_has_none_of_the_claims_of_its_parent(blocking: World, tmp_path: Path) -> None:
    with Fates() as fates:
        run(blocking, CLAIMED.format(folder=str(tmp_path)), fates.options(), clean=True)
        assert fates.orders == ["1", "2"]


OWN = """
import httpx
own = gettyimages.GettyImages(
    api_key="k", access_token="t", base_url=options["base_url"], transport=httpx.HTTPTransport()
)
ask(1, own)
def work():
    try:
        ask(2, own)
    except gettyimages.GettyImagesError as error:
        assert "transport" in str(error), error
    else:
        raise AssertionError
    own.close()
wait_for([child(work)])
ask(3, own)
"""


def test_a_transport_of_the_user_is_refused_in_a_child(blocking: World, origins: Origins) -> None:
    origins.api.script(echo)
    run(blocking, OWN, origins.options(), clean=True)
    assert [request.query["n"] for request in origins.api.requests] == [["1"], ["3"]]
    assert origins.api.connections == 1
