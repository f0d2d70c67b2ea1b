"""Files are saved in an object store, behind a real server that speaks as S3 does."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import random
import re
import subprocess
import sys
import threading
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from werkzeug.wrappers import Response

from gettyimages import (
    FileConflictError,
    FileError,
    GettyImages,
    GettyImagesError,
    InvalidArgumentError,
    LinkLostError,
    TransferError,
)
from gettyimages.sandbox import Sandbox
from tests.overlay.downloads.support import object_stores
from tests.overlay.downloads.support.databases import new_database
from tests.overlay.downloads.support.delivery_host import (
    Broken,
    DeliveryHost,
    Stalled,
    client_of,
    methods,
    save,
)
from tests.overlay.downloads.support.object_stores import Bucket, Environ, Store, failing
from tests.overlay.downloads.support.processes import ENVIRONMENT, HANG, Child, wait_until
from tests.overlay.support.servers import Origins, Reply, until
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.slow

LARGE = b"\xff\xd8" + random.Random(5).randbytes(10 << 20)
"""A file of three parts."""
SMALL = LARGE[:30_000]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(scope="module")
def store() -> Store:
    return object_stores.server()


@pytest.fixture
def bucket(store: Store, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """An empty bucket, for whose server the environment has the credentials."""
    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)
    return Bucket(store)


@pytest.fixture
def small() -> Iterator[DeliveryHost]:
    with DeliveryHost(content=SMALL) as host:
        yield host


@pytest.fixture
def large() -> Iterator[DeliveryHost]:
    with DeliveryHost(content=LARGE) as host:
        yield host


@pytest.fixture
def blocking() -> Iterator[World]:
    """The blocking world alone, for what does not depend on the world."""
    world = World(GettyImages)
    yield world
    world.end()


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


def saved_in(
    world: World, origins: Origins, host: DeliveryHost, bucket: Bucket, **options: typing.Any
) -> typing.Any:
    """Save image 1 under `photos/`."""
    client = client_of(world, origins, host.uri)
    return save(world, client, typing.cast("Path", f"{bucket.url}/photos"), **options)


def is_part(environ: Environ) -> bool:
    return environ["REQUEST_METHOD"] == "PUT" and "partNumber" in environ["QUERY_STRING"]


def is_write(environ: Environ) -> bool:
    return environ["REQUEST_METHOD"] in ("PUT", "POST")


def is_completion(environ: Environ) -> bool:
    return environ["REQUEST_METHOD"] == "POST" and "uploadId" in environ["QUERY_STRING"]


def denied(_: Environ) -> Response:
    return Response("<Error><Code>AccessDenied</Code></Error>", 403)


class TestAnObject:
    @pytest.mark.parametrize("size", [len(SMALL), len(LARGE), 5 << 20])
    def test_is_whole_and_has_its_content_type(
        self, world: World, origins: Origins, bucket: Bucket, journal: Path, size: int
    ) -> None:
        with DeliveryHost(content=LARGE[:size]) as host:
            saved = saved_in(world, origins, host, bucket, journal=journal)
        assert bucket.read("photos/picture.jpg") == (LARGE[:size], "image/jpeg")
        assert (saved.size, saved.sha256) == (size, digest(LARGE[:size]))
        assert (saved.content_type, saved.download_used) == ("image/jpeg", True)
        assert (bucket.keys(), bucket.uploads()) == (["photos/picture.jpg"], [])

    def test_has_a_url_and_no_path(
        self, blocking: World, origins: Origins, small: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        saved = saved_in(blocking, origins, small, bucket, journal=journal)
        assert saved.url == f"{bucket.url}/photos/picture.jpg"
        assert (saved.to_dict()["url"], saved.to_dict()["path"]) == (saved.url, None)
        with pytest.raises(GettyImagesError, match="use url"):
            _ = saved.path

    def test_is_not_fetched_again(
        self, world: World, origins: Origins, small: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        first = saved_in(world, origins, small, bucket, journal=journal)
        again = saved_in(world, origins, small, bucket, journal=journal)
        assert (again.skipped, again.url, again.sha256) == (True, first.url, first.sha256)
        assert (methods(origins), len(small.requests)) == (["POST"], 1)

    def test_that_is_gone_or_has_another_size_is_fetched_again_by_its_link(
        self, blocking: World, origins: Origins, small: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        saved_in(blocking, origins, small, bucket, journal=journal)
        bucket.store.client.delete_object(Bucket=bucket.name, Key="photos/picture.jpg")
        saved_in(blocking, origins, small, bucket, journal=journal)
        bucket.put("photos/picture.jpg", b"changed")
        saved_in(blocking, origins, small, bucket, journal=journal)
        assert bucket.read("photos/picture_2.jpg")[0] == SMALL
        assert (methods(origins), len(small.requests)) == (["POST"], 3)

    def test_may_be_at_the_top_of_a_bucket(
        self, blocking: World, origins: Origins, small: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        client = client_of(blocking, origins, small.uri)
        saved = save(blocking, client, typing.cast("Path", f"{bucket.url}/"), journal=journal)
        assert (saved.url, bucket.keys()) == (f"{bucket.url}/picture.jpg", ["picture.jpg"])

    def test_has_the_name_of_the_server_whatever_its_letters(
        self, blocking: World, origins: Origins, bucket: Bucket, journal: Path
    ) -> None:
        name = "attachment; filename*=UTF-8''a%20b%23%25%C3%BC~%2B.jpg"
        with DeliveryHost(content=LARGE, Content_Disposition=name) as host:
            saved_in(blocking, origins, host, bucket, journal=journal)
            again = saved_in(blocking, origins, host, bucket, journal=journal)
        assert (again.skipped, bucket.keys()) == (True, ["photos/a b#%ü~+.jpg"])

    def test_may_be_that_of_a_file_which_came_without_a_link(
        self, blocking: World, origins: Origins, bucket: Bucket, journal: Path
    ) -> None:
        headers = {"Content-Type": "image/jpeg"}
        origins.api.script(Reply(200, LARGE, headers=headers, content_type=None))
        client = blocking.client(**origins.options())
        saved = save(blocking, client, typing.cast("Path", bucket.url), journal=journal)
        assert bucket.read("1.jpg") == (LARGE, "image/jpeg")
        assert saved.download_used

    def test_may_be_that_of_a_link(
        self, world: World, origins: Origins, large: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        client = client_of(world, origins, large.uri)
        link = world.do(client.downloads.request_link, "1")
        saved = world.do(client.downloads.save_link, link, bucket.url, journal=journal)
        assert (saved.sha256, methods(origins)) == (digest(LARGE), ["POST"])

    @pytest.mark.parametrize("content", [SMALL, LARGE], ids=["small", "large"])
    def test_is_sent_with_the_digest_of_each_request_which_s3_checks(
        self, blocking: World, origins: Origins, bucket: Bucket, journal: Path, content: bytes
    ) -> None:
        digests = set[str]()

        def note(environ: Environ) -> None:
            if environ["REQUEST_METHOD"] == "PUT":
                digests.add(environ["HTTP_X_AMZ_CONTENT_SHA256"])

        with DeliveryHost(content=content) as host, failing(bucket.store, note):
            saved_in(blocking, origins, host, bucket, journal=journal)
        parts = [content[start : start + (5 << 20)] for start in range(0, len(content), 5 << 20)]
        assert digests == {digest(part) for part in parts}

    def test_of_another_size_than_was_sent_is_an_error_and_is_looked_at_by_the_next_run(
        self, blocking: World, origins: Origins, small: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        def shorten(environ: Environ) -> None:
            if environ["REQUEST_METHOD"] == "PUT":
                bucket.store.after = None
                bucket.put("photos/picture.jpg", SMALL[:-1])

        bucket.store.after = shorten
        with pytest.raises(FileError, match="has 29999 bytes after an upload of 30000"):
            saved_in(blocking, origins, small, bucket, journal=journal)
        saved = saved_in(blocking, origins, small, bucket, journal=journal)
        assert (saved.url, saved.download_used) == (f"{bucket.url}/photos/picture_2.jpg", False)
        assert bucket.read("photos/picture_2.jpg")[0] == SMALL


class TestNames:
    def test_that_others_have_get_a_number(
        self, world: World, origins: Origins, bucket: Bucket, journal: Path
    ) -> None:
        bucket.put("photos/picture.jpg", b"of another program")
        with DeliveryHost(content=LARGE) as host:
            client = client_of(world, origins, host.uri)
            batch = world.do(
                client.downloads.save_images,
                map(str, range(4)),
                f"{bucket.url}/photos",
                journal=journal,
            )
            results = [*world.items(batch)]
        assert {one.outcome for one in results} == {"saved"}
        assert len({one.file.url for one in results}) == 4
        assert bucket.read("photos/picture.jpg")[0] == b"of another program"
        assert len(bucket.keys()) == 5
        for one in results:
            assert bucket.read(one.file.url.removeprefix(f"{bucket.url}/"))[0] == LARGE

    def test_that_other_machines_are_writing_get_a_number(
        self, blocking: World, origins: Origins, bucket: Bucket
    ) -> None:
        database = new_database()
        with DeliveryHost(content=LARGE) as host:
            clients = [client_of(blocking, origins, host.uri) for _ in range(3)]
            saved = blocking.together(
                *(
                    functools.partial(
                        client.downloads.save_image, str(number), bucket.url, journal=database
                    )
                    for number, client in enumerate(clients)
                )
            )
        names = ["picture.jpg", "picture_2.jpg", "picture_3.jpg"]
        assert sorted(one.url for one in saved) == [f"{bucket.url}/{name}" for name in names]
        assert [bucket.read(name)[0] for name in names] == [LARGE] * 3

    def test_are_given_once_by_two_processes(
        self, store: Store, bucket: Bucket, journal: Path
    ) -> None:
        with Sandbox(file_size=6 << 20) as sandbox:
            # One name for all: the sandbox names a file by its id, so the caller does it here.
            options: dict[str, object] = {"journal": str(journal), "filename": "one.jpg"}
            children = [
                Child(
                    sandbox.client_options(),
                    bucket.url,
                    [asset],
                    method="save_image",
                    options=options,
                    environment=store.environment,
                )
                for asset in ("1", "2")
            ]
            results = [child.results()[0] for child in children]
        taken = [one for one in results if "error" not in one]
        assert len(taken) == 1
        assert bucket.keys() == ["one.jpg"]
        assert digest(bucket.read("one.jpg")[0]) == sandbox.sha256(taken[0]["asset"])

    def test_may_be_chosen(
        self, blocking: World, origins: Origins, small: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        options = {"journal": journal, "filename": "mine.jpg"}
        assert saved_in(blocking, origins, small, bucket, **options).url.endswith(
            "/photos/mine.jpg"
        )
        assert saved_in(blocking, origins, small, bucket, **options).skipped
        with pytest.raises(FileConflictError, match="saved as"):
            saved_in(blocking, origins, small, bucket, journal=journal, filename="other.jpg")

    def test_that_are_taken_are_refused_before_anything_is_paid(
        self, blocking: World, origins: Origins, small: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        bucket.put("photos/mine.jpg", b"of another program")
        options = {"journal": journal, "filename": "mine.jpg"}
        with pytest.raises(FileConflictError):
            saved_in(blocking, origins, small, bucket, **options)
        assert methods(origins) == []
        saved_in(blocking, origins, small, bucket, overwrite="replace", **options)
        assert bucket.read("photos/mine.jpg")[0] == SMALL

    @pytest.mark.parametrize("content", [SMALL, LARGE], ids=["small", "large"])
    def test_are_not_taken_from_what_another_program_puts_there_meanwhile(
        self, blocking: World, origins: Origins, bucket: Bucket, journal: Path, content: bytes
    ) -> None:
        def rival(environ: Environ) -> None:
            if is_write(environ):  # the object, or the beginning of its upload
                bucket.store.fault = None
                bucket.put("photos/mine.jpg", b"of another program")

        options = {"journal": journal, "filename": "mine.jpg"}
        refused = pytest.raises(FileConflictError, match="exists and is another object")
        with DeliveryHost(content=content) as host, failing(bucket.store, rival), refused:
            saved_in(blocking, origins, host, bucket, **options)
        assert bucket.read("photos/mine.jpg")[0] == b"of another program"
        assert bucket.uploads() == []

    def test_of_an_object_that_is_replaced_stay(
        self, blocking: World, origins: Origins, bucket: Bucket, journal: Path
    ) -> None:
        with DeliveryHost(content=SMALL) as host:
            saved_in(blocking, origins, host, bucket, journal=journal)
            host.content = LARGE
            saved_in(blocking, origins, host, bucket, journal=journal, overwrite="replace")
        assert bucket.keys() == ["photos/picture.jpg"]
        assert bucket.read("photos/picture.jpg")[0] == LARGE
        assert methods(origins) == ["POST"]

    def test_of_an_object_that_is_there_may_be_an_error(
        self, blocking: World, origins: Origins, small: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        saved_in(blocking, origins, small, bucket, journal=journal)
        with pytest.raises(FileConflictError):
            saved_in(blocking, origins, small, bucket, journal=journal, overwrite="error")


@pytest.mark.usefixtures("at_once")
class TestNothingIsVisibleBeforeItIsWhole:
    def test_if_a_transfer_is_cut_off_and_resumed(
        self, blocking: World, origins: Origins, large: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        large.faults += [Broken(7_000_000), Broken(3_000_000, reset=True)]
        saved = saved_in(blocking, origins, large, bucket, journal=journal)
        assert (saved.sha256, bucket.read("photos/picture.jpg")[0]) == (digest(LARGE), LARGE)

    def test_if_a_file_begins_again(
        self, blocking: World, origins: Origins, bucket: Bucket, journal: Path
    ) -> None:
        with DeliveryHost(Broken(7_000_000), content=LARGE, ETag=None) as host:
            saved_in(blocking, origins, host, bucket, journal=journal)
        assert bucket.read("photos/picture.jpg")[0] == LARGE
        assert (bucket.keys(), bucket.uploads()) == (["photos/picture.jpg"], [])

    def test_if_a_transfer_fails(
        self, blocking: World, origins: Origins, large: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        large.faults += [Broken(7_000_000)] + [Reply(500)] * 9
        with pytest.raises(TransferError):
            saved_in(blocking, origins, large, bucket, journal=journal)
        assert (bucket.keys(), bucket.uploads()) == ([], [])
        large.faults.clear()
        assert not saved_in(blocking, origins, large, bucket, journal=journal).download_used
        assert (bucket.read("photos/picture.jpg")[0], methods(origins)) == (LARGE, ["POST"])

    def test_if_the_caller_stops_it(
        self, world: World, origins: Origins, large: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        def stop(done: int, _size: int | None) -> None:
            if done > 10_000_000:
                wait_until(bucket.parts)
                assert bucket.keys() == []
                raise KeyError(done)

        with pytest.raises(KeyError):
            saved_in(world, origins, large, bucket, journal=journal, on_progress=stop)
        assert (bucket.keys(), bucket.uploads()) == ([], [])
        saved_in(world, origins, large, bucket, journal=journal)
        assert (bucket.keys(), methods(origins)) == (["photos/picture.jpg"], ["POST"])

    @pytest.mark.parametrize("is_killed", [True, False], ids=["kill", "Ctrl-C"])
    def test_if_a_process_is_ended(
        self,
        world: World,
        origins: Origins,
        large: DeliveryHost,
        bucket: Bucket,
        journal: Path,
        is_killed: bool,
    ) -> None:
        large.faults.append(Stalled(len(LARGE) - 1))
        with started(origins, large, bucket, journal, world) as child:
            wait_until(lambda: bucket.parts() or not child.runs)
            assert bucket.keys() == []
            if is_killed:
                child.kill()
                assert bucket.uploads() == ["photos/picture.jpg"]
            else:
                child.interrupt()
                assert bucket.uploads() == []
        saved = saved_in(world, origins, large, bucket, journal=journal)
        assert (saved.download_used, methods(origins)) == (False, ["POST"])
        assert (bucket.keys(), bucket.uploads()) == (["photos/picture.jpg"], [])
        assert bucket.read("photos/picture.jpg")[0] == LARGE

    @pytest.mark.parametrize("is_carried_out", [True, False], ids=["after", "before"])
    @pytest.mark.parametrize("content", [SMALL, LARGE], ids=["small", "large"])
    def test_if_a_process_is_killed_while_an_object_gets_its_name(
        self,
        blocking: World,
        origins: Origins,
        bucket: Bucket,
        journal: Path,
        content: bytes,
        is_carried_out: bool,
    ) -> None:
        reached = list[str]()
        with DeliveryHost(content=content) as host:

            def stall(environ: Environ) -> None:
                if is_completion(environ) or (is_write(environ) and content is SMALL):
                    reached.append(environ["PATH_INFO"])
                    until(lambda: not child.runs)

            def refused(environ: Environ) -> Response | None:
                stall(environ)
                return Response(status=500) if reached else None

            if is_carried_out:
                bucket.store.after = stall
            else:
                bucket.store.fault = refused
            with started(origins, host, bucket, journal, blocking) as child:
                wait_until(lambda: reached or not child.runs)
                child.kill()
            bucket.store.after = bucket.store.fault = None
            wait_until(lambda: bool(bucket.keys()) is is_carried_out)
            saved = saved_in(blocking, origins, host, bucket, journal=journal)
        assert (saved.skipped, saved.sha256) == (is_carried_out, digest(content))
        assert (bucket.keys(), bucket.uploads()) == (["photos/picture.jpg"], [])
        assert bucket.read("photos/picture.jpg") == (content, "image/jpeg")
        assert len(host.requests) == (1 if is_carried_out else 2)
        assert methods(origins) == ["POST"]


def started(
    origins: Origins, host: DeliveryHost, bucket: Bucket, journal: Path, world: World
) -> Child:
    """A process that saves image 1 under `photos/`."""
    origins.api.script(Reply(303, headers={"Location": host.uri}))
    return Child(
        origins.options(step_timeout=HANG),
        f"{bucket.url}/photos",
        ["1"],
        method="save_image",
        world="asyncio" if world.is_async else "blocking",
        options={"journal": str(journal)},
        environment=bucket.store.environment,
    )


class TestAStoreThatRefuses:
    def test_to_be_read_is_an_error_before_anything_is_paid(
        self, blocking: World, origins: Origins, small: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        client = client_of(blocking, origins, small.uri)
        with pytest.raises(
            FileError, match=r"^nothing can be saved in s3://no-such/p: .*\(NoSuchB"
        ):
            save(blocking, client, typing.cast("Path", "s3://no-such/p"), journal=journal)
        with failing(bucket.store, denied), pytest.raises(FileError, match=r"denied \(AccessDen"):
            saved_in(blocking, origins, small, bucket, journal=journal)
        assert methods(origins) == []

    @pytest.mark.parametrize("content", [SMALL, LARGE], ids=["small", "large"])
    def test_to_be_written_keeps_the_link_for_the_next_run(
        self, blocking: World, origins: Origins, bucket: Bucket, journal: Path, content: bytes
    ) -> None:
        with DeliveryHost(content=content) as host:
            refuse = failing(bucket.store, lambda it: denied(it) if is_write(it) else None)
            with refuse, pytest.raises(FileError) as caught:
                saved_in(blocking, origins, host, bucket, journal=journal)
            text = str(caught.value)
            assert re.fullmatch(
                r"1: it cannot be saved in s3://\S+: access is denied \(AccessDenied\)\."
                r" It is paid for, and its link is kept",
                text,
            )
            assert not saved_in(blocking, origins, host, bucket, journal=journal).download_used
        assert (bucket.read("photos/picture.jpg")[0], methods(origins)) == (content, ["POST"])

    @pytest.mark.parametrize("content", [SMALL, LARGE], ids=["small", "large"])
    def test_to_check_names_itself_can_be_used_all_the_same(
        self,
        blocking: World,
        origins: Origins,
        bucket: Bucket,
        journal: Path,
        content: bytes,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("AWS_CONDITIONAL_PUT", "disabled")
        bucket.put("photos/picture.jpg", b"of another program")
        with DeliveryHost(content=content) as host:
            saved_in(blocking, origins, host, bucket, journal=journal)
        assert bucket.read("photos/picture.jpg")[0] == b"of another program"
        assert bucket.read("photos/picture_2.jpg") == (content, "image/jpeg")

    def test_a_part_leaves_nothing_behind(
        self, blocking: World, origins: Origins, large: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        refuse = failing(bucket.store, lambda it: denied(it) if is_part(it) else None)
        with refuse, pytest.raises(FileError, match="denied"):
            saved_in(blocking, origins, large, bucket, journal=journal)
        saved_in(blocking, origins, large, bucket, journal=journal)
        assert (bucket.keys(), bucket.uploads()) == (["photos/picture.jpg"], [])
        assert methods(origins) == ["POST"]

    @pytest.mark.parametrize("content", [SMALL, LARGE], ids=["small", "large"])
    def test_to_respond_is_an_error_too(
        self,
        blocking: World,
        origins: Origins,
        bucket: Bucket,
        journal: Path,
        content: bytes,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("AWS_TIMEOUT", "200ms")
        ended = threading.Event()

        def stall(environ: Environ) -> None:
            if environ["REQUEST_METHOD"] == "PUT":
                ended.wait(HANG)

        with DeliveryHost(content=content) as host:
            refused = pytest.raises(FileError, match="the store does not respond, or the env")
            with failing(bucket.store, stall), refused:
                saved_in(blocking, origins, host, bucket, journal=journal)
            ended.set()
            monkeypatch.delenv("AWS_TIMEOUT")
            saved_in(blocking, origins, host, bucket, journal=journal)
        assert (len(bucket.keys()), methods(origins)) == (1, ["POST"])

    @pytest.mark.parametrize("response", [denied, lambda _: Response(status="99 Odd")])
    def test_to_list_uploads_is_no_obstacle(
        self,
        blocking: World,
        origins: Origins,
        large: DeliveryHost,
        bucket: Bucket,
        journal: Path,
        response: Callable[[Environ], Response],
    ) -> None:
        def lists(environ: Environ) -> Response | None:
            is_list = environ["REQUEST_METHOD"] == "GET" and "uploads" in environ["QUERY_STRING"]
            return response(environ) if is_list else None

        with failing(bucket.store, lists):
            saved_in(blocking, origins, large, bucket, journal=journal)
        assert bucket.keys() == ["photos/picture.jpg"]

    def test_a_file_that_came_without_a_link_loses_it(
        self, blocking: World, origins: Origins, bucket: Bucket, journal: Path
    ) -> None:
        headers = {"Content-Type": "image/jpeg"}
        origins.api.script(Reply(200, SMALL, headers=headers, content_type=None))
        client = blocking.client(**origins.options())
        refuse = failing(bucket.store, lambda it: denied(it) if is_write(it) else None)
        with refuse, pytest.raises(LinkLostError, match="A download was used up"):
            save(blocking, client, typing.cast("Path", bucket.url), journal=journal)
        assert methods(origins) == ["POST"]


class TestDeadUploads:
    """What a process that was killed has left in S3 is found and removed by signed requests."""

    def test_are_listed_by_a_request_that_is_signed_as_aws_does_it(
        self, blocking: World, origins: Origins, large: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        saved_in(blocking, origins, large, bucket, journal=journal)
        (query,) = (
            parse_qsl(target.partition("?")[2], keep_blank_values=True)
            for method, target in bucket.requests()
            if method == "GET" and "uploads=" in target
        )
        given, environment = dict(query), bucket.store.environment
        assert given["prefix"] == "photos/picture.jpg"
        signature = given.pop("X-Amz-Signature")
        host = environment["AWS_ENDPOINT"]
        url = f"{host}/{bucket.name}?{urlencode(sorted(given.items()), quote_via=quote, safe='')}"
        request = AWSRequest("GET", url, {"Host": host.removeprefix("http://")})
        request.context["timestamp"] = given["X-Amz-Date"]
        keys = environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"]
        signer = S3SigV4QueryAuth(Credentials(*keys), "s3", environment["AWS_REGION"])
        text = signer.string_to_sign(request, signer.canonical_request(request))
        assert signer.signature(text, request) == signature

    def test_of_other_names_are_left_alone(
        self, blocking: World, origins: Origins, large: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        for key in ("photos/picture.jpg", "photos/picture.jpg.txt", "photos/other.jpg"):
            bucket.store.client.create_multipart_upload(Bucket=bucket.name, Key=key)
        saved_in(blocking, origins, large, bucket, journal=journal)
        assert sorted(bucket.uploads()) == ["photos/other.jpg", "photos/picture.jpg.txt"]

    def test_stay_if_the_request_could_not_be_the_right_one(
        self,
        blocking: World,
        origins: Origins,
        large: DeliveryHost,
        bucket: Bucket,
        journal: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """The variable prevails over any endpoint that is passed to obstore."""
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", bucket.store.environment["AWS_ENDPOINT"])
        bucket.store.client.create_multipart_upload(Bucket=bucket.name, Key="photos/picture.jpg")
        saved_in(blocking, origins, large, bucket, journal=journal)
        assert bucket.uploads() == ["photos/picture.jpg"]
        assert not [one for one in bucket.requests() if one[0] == "DELETE"]


class TestProcesses:
    def test_a_large_file_is_never_in_memory_as_a_whole(
        self, bucket: Bucket, tmp_path: Path
    ) -> None:
        peaks = dict[int, int]()
        for size in (len(SMALL), 128 << 20):
            with Sandbox(file_size=size) as sandbox:
                command = [sys.executable, "-c", PEAK, bucket.url, str(tmp_path / str(size))]
                environment = {**ENVIRONMENT, **bucket.store.environment, **sandbox.env()}
                done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
                peaks[size] = int(done.stdout)
        # In kB: a few parts of it are in memory, and never the half.
        assert peaks[128 << 20] - peaks[len(SMALL)] < 64 << 10

    def test_a_high_limit_does_not_have_a_file_kept_in_memory(
        self, blocking: World, origins: Origins, large: DeliveryHost, bucket: Bucket, journal: Path
    ) -> None:
        saved_in(blocking, origins, large, bucket, journal=journal, max_file_size=sys.maxsize)
        assert sum("partNumber" in target for _, target in bucket.requests()) == 3

    def test_a_fork_of_a_process_that_has_used_a_store_is_refused_before_anything_is_paid(
        self, sandbox: Sandbox, bucket: Bucket, tmp_path: Path
    ) -> None:
        command = [sys.executable, "-W", "ignore", "-c", FORK, bucket.url, str(tmp_path / "j")]
        environment = {**ENVIRONMENT, **bucket.store.environment, **sandbox.env()}
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
        assert done.stdout.startswith(b"FileError: an object store cannot be used in a process")
        assert sandbox.download_counts == {"1": 1}

    def test_nothing_of_obstore_is_loaded_for_a_directory(
        self, sandbox: Sandbox, tmp_path: Path
    ) -> None:
        command = [sys.executable, "-c", LOADED, str(tmp_path)]
        environment = {**ENVIRONMENT, **sandbox.env()}
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
        assert done.stdout.strip() == b"[]"


PEAK = """
import re, sys
from pathlib import Path
from gettyimages import GettyImages
with GettyImages() as client:
    client.downloads.save_image("1", sys.argv[1], journal=sys.argv[2])
print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""
FORK = """
import os, sys
from gettyimages import GettyImages, GettyImagesError
with GettyImages() as client:
    client.downloads.save_image("1", sys.argv[1], journal=sys.argv[2])
if not os.fork():
    with GettyImages() as client:
        try:
            client.downloads.save_image("2", sys.argv[1], journal=sys.argv[2])
        except GettyImagesError as error:
            print(f"{type(error).__name__}: {error}", flush=True)
    os._exit(0)
os.wait()
"""
LOADED = """
import sys
from gettyimages import GettyImages
with GettyImages() as client:
    client.downloads.save_image("1", sys.argv[1])
print([name for name in sys.modules if "obstore" in name or "object_store" in name])
"""


class TestMisuse:
    @pytest.mark.parametrize(
        "target", ["s3://", "s3://bucket//a", "s3://bucket/../a", "s3://bucket?a", "http://a/b"]
    )
    def test_what_is_no_target_is_refused(
        self, world: World, origins: Origins, journal: Path, target: str
    ) -> None:
        client = world.client(**origins.options())
        with pytest.raises(InvalidArgumentError, match="directory must be a path, file:///path,"):
            save(world, client, typing.cast("Path", target), journal=journal)

    def test_a_store_needs_a_journal(self, world: World, origins: Origins) -> None:
        client = world.client(**origins.options())
        downloads, match = client.downloads, "need a journal that is not beside them"
        with pytest.raises(InvalidArgumentError, match=match):
            world.do(downloads.save_images, ["1"], "gs://bucket/a")
        with pytest.raises(InvalidArgumentError, match=match):
            world.do(downloads.save_video, "1", "az://bucket/a")
        with pytest.raises(InvalidArgumentError, match=match):
            world.do(downloads.journal_report, "s3://bucket/a")

    def test_without_the_extra_it_is_named(
        self, world: World, origins: Origins, journal: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
        client = world.client(**origins.options())
        with pytest.raises(InvalidArgumentError, match=r"pip install 'gettyimages-client\[fleet\]"):
            save(world, client, typing.cast("Path", "s3://bucket/a"), journal=journal)


class TestBesideDirectories:
    def test_a_file_url_is_its_directory(
        self, world: World, sandbox: Sandbox, tmp_path: Path
    ) -> None:
        folder = tmp_path / "a b"
        client = world.client(**sandbox.client_options())
        saved = world.do(client.downloads.save_image, "1", folder.as_uri())
        assert (saved.path.parent, saved.url) == (folder, saved.path.as_uri())
        assert world.do(client.downloads.save_image, "1", folder).skipped

    def test_a_journal_knows_one_place_of_a_file_whichever_kind_it_is(
        self, blocking: World, sandbox: Sandbox, bucket: Bucket, tmp_path: Path
    ) -> None:
        client, options = blocking.client(**sandbox.client_options()), {"journal": tmp_path / "j"}
        object_ = blocking.do(client.downloads.save_image, "1", bucket.url, **options)
        file = blocking.do(client.downloads.save_image, "2", tmp_path, **options)
        again = blocking.do(client.downloads.save_image, "1", tmp_path, **options)
        assert (again.skipped, again.url) == (True, object_.url)
        again = blocking.do(client.downloads.save_image, "2", bucket.url, **options)
        assert (again.skipped, again.path) == (True, file.path)

    def test_a_report_has_urls_and_paths(
        self, world: World, sandbox: Sandbox, bucket: Bucket, tmp_path: Path
    ) -> None:
        client, options = world.client(**sandbox.client_options()), {"journal": tmp_path / "j"}
        object_ = world.do(client.downloads.save_image, "1", bucket.url, **options)
        file = world.do(client.downloads.save_image, "2", tmp_path, **options)
        for target in (bucket.url, tmp_path):
            records = world.do(client.downloads.journal_report, target, **options)
            assert [(one.state, one.path, one.url) for one in records] == [
                ("saved", None, object_.url),
                ("saved", file.path, file.url),
            ]

    def test_a_dry_run_writes_nothing(
        self, blocking: World, sandbox: Sandbox, bucket: Bucket, tmp_path: Path
    ) -> None:
        client = blocking.client(**sandbox.client_options())
        batch = blocking.do(
            client.downloads.save_images,
            ["1"],
            bucket.url,
            journal=tmp_path / "j",
            dry_run=True,
        )
        assert [one.outcome for one in blocking.items(batch)] == ["would_save"]
        assert {method for method, _ in bucket.requests()} <= {"GET", "HEAD", "PUT"}
        assert (bucket.keys(), [*tmp_path.iterdir()]) == ([], [])
