"""An S3-compatible server on loopback, started once for each process that runs tests."""

from __future__ import annotations

import atexit
import contextlib
import functools
import itertools
import logging
import os
import threading
import typing
from collections.abc import Callable, Iterator

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Response

from tests.overlay.support.servers import MARK

Environ: typing.TypeAlias = dict[str, typing.Any]
Fault: typing.TypeAlias = Callable[[Environ], object]
"""Gets a request, and may return a `Response` to it; else the server responds."""
_numbers = itertools.count()
_TALKATIVE = ("boto3", "botocore", "urllib3")


class _Silent(WSGIRequestHandler):
    """Logs nothing: the addresses of signed requests have a key."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - as it has it
        """Do nothing."""


class Store:
    """The server. It shares its buckets with all tests of a process, so each test has its own."""

    def __init__(self) -> None:
        os.environ.setdefault("MOTO_S3_DEFAULT_KEY_BUFFER_SIZE", str(16 << 20))  # else on the disk
        self._application = DomainDispatcherApplication(create_backend_app)
        self._server = make_server(
            "127.0.0.1", 0, self._respond, threaded=True, request_handler=_Silent
        )
        self.requests: list[tuple[str, str]] = []
        """Method, and path with query, of each request."""
        self.fault: Fault | None = None
        self.after: Callable[[Environ], object] | None = None
        """Called once a request has been carried out, before its response is sent."""
        self.environment = {
            "AWS_ENDPOINT": f"http://127.0.0.1:{self._server.server_port}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": f"{MARK}-id",
            "AWS_SECRET_ACCESS_KEY": f"{MARK}-secret",
            "AWS_REGION": "us-east-1",
        }
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.client = boto3.client(
            "s3",
            endpoint_url=self.environment["AWS_ENDPOINT"],
            aws_access_key_id="test",
            aws_secret_access_key="test",
            region_name="us-east-1",
        )

    def close(self) -> None:
        self.client.close()
        self._server.shutdown()
        self._server.server_close()

    def _respond(self, environ: Environ, start: typing.Any) -> typing.Any:
        query = environ["QUERY_STRING"]
        self.requests.append((environ["REQUEST_METHOD"], f"{environ['PATH_INFO']}?{query}"))
        found = self.fault(environ) if self.fault else None
        if isinstance(found, Response):
            return found(environ, start)
        body = self._application(environ, start)
        if self.after is not None:
            self.after(environ)
        return body


class Bucket:
    """A bucket of the server, and what is in it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.name = f"bucket-{next(_numbers)}"
        self.url = f"s3://{self.name}"
        store.client.create_bucket(Bucket=self.name)

    def keys(self) -> list[str]:
        """The objects that can be seen."""
        pages = self.store.client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        return [str(one["Key"]) for page in pages for one in page.get("Contents", [])]

    def uploads(self) -> list[str]:
        """The keys of the multipart uploads that are not complete."""
        found = self.store.client.list_multipart_uploads(Bucket=self.name)
        return [str(one["Key"]) for one in found.get("Uploads", [])]

    def parts(self) -> int:
        """How many parts of uploads have arrived, and were not aborted."""
        found = self.store.client.list_multipart_uploads(Bucket=self.name).get("Uploads", [])
        return sum(
            len(
                self.store.client.list_parts(
                    Bucket=self.name, Key=one["Key"], UploadId=one["UploadId"]
                ).get("Parts", [])
            )
            for one in found
        )

    def read(self, key: str) -> tuple[bytes, str]:
        """An object, and its content type."""
        found = self.store.client.get_object(Bucket=self.name, Key=key)
        return found["Body"].read(), found["ContentType"]

    def put(self, key: str, body: bytes) -> None:
        """Put an object as another program would."""
        self.store.client.put_object(Bucket=self.name, Key=key, Body=body)

    def requests(self) -> list[tuple[str, str]]:
        """The requests for it so far."""
        return [one for one in self.store.requests if one[1].startswith(f"/{self.name}")]


@functools.cache
def server() -> Store:
    """Start the server."""
    store = Store()
    atexit.register(store.close)
    return store


@contextlib.contextmanager
def failing(store: Store, fault: Fault) -> Iterator[None]:
    """Have the server respond as a function says, for the block."""
    store.fault = fault
    try:
        yield
    finally:
        store.fault = None
