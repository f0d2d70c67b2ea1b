"""Carries out calls with blocking I/O, and opens files."""

from __future__ import annotations

import contextlib
import threading
import time
import typing
import zlib
from collections.abc import Callable, Coroutine, Generator, Iterator, Mapping

import httpcore
import httpx

from .._calls.deadline import POLL, Deadline, Stop
from .._calls.outcome import Failure, Outcome
from .._calls.steps import Blocking, Call, Callback, Lock, Send, Sleep, Step
from .._errors import GettyImagesError
from .._log import Secret, SecretURL, log
from .._process import OfProcess
from .._response import RawResponse
from . import pools
from .network import Backend, bounded
from .pools import PoolStream, Verify

T = typing.TypeVar("T")

_LARGE = 4 * 1024 * 1024
"""Bytes of a body from which on a file is read past the HTTP parser."""
_READ_SIZE = 256 * 1024
"""Bytes of a file to read at once: fewer cost time, more save none."""


class Connections(pools.Pools[httpx.BaseTransport]):
    kind = httpx.BaseTransport
    pool = httpcore.ConnectionPool
    backend = Backend

    def open_file(
        self, url: str, headers: Mapping[str, str], step_timeout: float, deadline: Deadline
    ) -> OpenFile | Failure:
        """Request a file from a delivery host, with these headers and no others."""
        send = Send("GET", url, Secret(headers), Secret(None), step_timeout, deadline, 0, "file")
        try:
            request = pools.http_request(send)
            with bounded(deadline):
                response = self.transport(url, send.purpose).handle_request(request)
        except Exception as error:
            deadline.remaining()
            return pools.failure(error)
        return OpenFile(response, _pieces(response, step_timeout), deadline)

    def close(self) -> None:
        for transport in self.taken():
            transport.close()


class Driver(OfProcess):
    """Runs calls, and holds the lock under which their token is renewed."""

    def __init__(self, proxy: SecretURL, verify: Verify, own: object, for_files: object) -> None:
        self.connections = self._files = Connections(proxy, verify, own, "transport")
        if for_files is not None:
            self._files = Connections(proxy, verify, for_files, "file_transport")
        super().__init__()

    def _begin(self) -> None:
        self._renewing = threading.Lock()
        self.spending = Stop()

    def files(self) -> Connections:
        return self._files

    def close(self, stop_timeout: float) -> None:
        """Refuse later calls, and close all connections once nothing is being paid for."""
        with contextlib.closing(self.closing(stop_timeout)) as moments:
            for _ in moments:
                time.sleep(POLL)

    def closing(self, stop_timeout: float) -> Generator[None, None, None]:
        """Close as `close` does, and yield as long as it has to be waited for."""
        all_connections = {self.connections, self._files}
        for connections in all_connections:
            connections.is_closed = True
        try:
            end = time.monotonic() + stop_timeout
            while self.spending.is_paying and time.monotonic() < end:
                yield
        finally:
            for connections in all_connections:
                connections.close()

    def run(self, call: Call[T], stop: Stop | None = None) -> T:
        """Run a call to its end. A stop ends its waits."""
        return run(call, lambda step: self.perform(step, stop))

    run_in_thread = run  # it serves any thread

    @staticmethod
    def notify(function: Callable[[], object], _: Stop | None = None) -> object:
        """Call a function of the user's, unless its result would have to be awaited."""
        result = function()
        if isinstance(result, Coroutine):
            result.close()
            text = "an asynchronous function was passed: AsyncGettyImages takes those"
            raise GettyImagesError(text)
        return result

    def perform(self, step: Step, stop: Stop | None) -> object:
        match step:
            case Send():
                return self._send(step)
            case Sleep():
                (time.sleep if stop is None else stop.sleep)(step.seconds)
                return None
            case Lock():
                while not self._renewing.acquire(timeout=min(step.deadline.remaining(), 1)):
                    pass
                try:
                    return self.run(step.call())
                finally:
                    self._renewing.release()
            case Callback():
                return self.notify(step.function)
            case Blocking():
                return step.function()

    def _send(self, send: Send) -> Outcome:
        request = pools.http_request(send)
        try:
            with contextlib.ExitStack() as counted, bounded(send.deadline):
                counted.enter_context(self.counted(send))
                transport = self.connections.transport(send.url, send.purpose)
                response = transport.handle_request(request)
                if send.is_file and send.is_file(response.status_code, response.headers):
                    pieces = _pieces(response, send.step_timeout)
                    file = OpenFile(response, pieces, send.deadline)
                    return FileResponse(file, counted.pop_all())
                with contextlib.closing(response):
                    body = pools.Body(send, response)
                    for chunk in response.iter_bytes() if body.is_needed else ():
                        body.add(chunk)
        except Exception as error:
            if send.deadline.stop is not None:
                send.deadline.stop.check()
            return pools.failure(error)
        return body.complete()

    def counted(self, send: Send) -> contextlib.AbstractContextManager[None]:
        """Have the end of the client wait for the block if the request uses up a download."""
        spends = send.purpose == "spending"
        return self.spending.paying() if spends else contextlib.nullcontext()


def run(call: Call[T], perform: Callable[[Step], object]) -> T:
    """Run a call to its end, with its steps carried out by a function."""
    try:
        step = next(call)
        while True:
            try:
                outcome = perform(step)
            except Exception as error:
                step = call.throw(error)
            else:
                step = call.send(outcome)
    except StopIteration as stop:
        return typing.cast("T", stop.value)
    finally:
        call.close()


class OpenFile:
    """A response that holds a file, whose body is decoded and read piece by piece."""

    def __init__(
        self, response: httpx.Response, pieces: Iterator[bytes], deadline: Deadline
    ) -> None:
        self._response = response
        self.deadline = deadline
        self._pieces = pieces
        if pools.content_coding(response.headers) in pools.CODINGS:
            # A transport of the user's may have decoded all of it already.
            self._pieces = pieces if response.is_stream_consumed else _decoded(pieces)
        self.status_code = response.status_code
        self.headers: Mapping[str, str] = response.headers

    @property
    def has_end(self) -> bool:
        """Whether a body that is cut off can be distinguished from a complete one."""
        version = self._response.extensions.get("http_version", b"HTTP/1.1")
        chunked = "chunked" in self.headers.get("transfer-encoding", "").lower()
        return "content-length" in self.headers or chunked or not version.startswith(b"HTTP/1")

    def read(self) -> bytes | Failure:
        """Read the next piece; empty at the end."""
        try:
            self.deadline.remaining()
            with bounded(self.deadline):
                return next(self._pieces, b"")
        except Exception as error:
            self.deadline.remaining()
            return pools.failure(error)

    def close(self) -> None:
        """Close the response. Its connection is kept if the body has been read to its end."""
        try:
            if not self._response.is_closed:
                with bounded(self.deadline):
                    self._response.close()
        except Exception as error:
            log.debug("a connection was not closed cleanly: %s", type(error).__name__)


class FileResponse(RawResponse):
    """A response of the API that is a file, whose body has not been read.

    Closing the client waits until `counted` is closed.
    """

    def __init__(self, file: OpenFile, counted: contextlib.ExitStack) -> None:
        super().__init__(file.status_code, file.headers, b"")
        self.file, self.counted = file, counted


def _pieces(response: httpx.Response, step_timeout: float) -> Iterator[bytes]:
    # A transport of the user's may hold all of the body already, decoded.
    pieces = response.iter_bytes() if response.is_stream_consumed else response.iter_raw()
    first = next(pieces, b"")
    yield first
    # The HTTP parser copies everything thrice. It holds nothing back after the first piece, so
    # the rest of a large file is read from the connection, which is of no use afterwards.
    left = 0
    is_ours = isinstance(response.stream, PoolStream)  # and not wrapped by the user
    if is_ours and "transfer-encoding" not in response.headers:
        left = int(response.headers.get("content-length", 0)) - len(first)
    if first and left >= _LARGE:
        stream = response.extensions["network_stream"]
        while left:
            piece = stream.read(_READ_SIZE, step_timeout)[:left]
            if not piece:
                raise httpcore.RemoteProtocolError("the server closed the connection")
            left -= len(piece)
            yield piece
    else:
        yield from pieces


def _decoded(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Decode gzip or zlib in pieces of a bounded size. The stream must have its proper end."""
    decoder = zlib.decompressobj(47)
    try:
        for piece in pieces:
            left, is_full = piece, False
            while left or is_full:
                if decoder.eof:  # another member of the stream
                    decoder = zlib.decompressobj(47)
                decoded = decoder.decompress(left, _READ_SIZE)
                left = decoder.unconsumed_tail or decoder.unused_data
                is_full = len(decoded) == _READ_SIZE and not decoder.eof
                if decoded:
                    yield decoded
    except zlib.error as error:
        raise httpx.DecodingError(str(error)) from None
    if not decoder.eof:
        raise httpx.DecodingError("the end is missing")
