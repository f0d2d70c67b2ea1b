"""A file that is read without being saved, or written into a file of the caller's."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import inspect
import io
import itertools
import time
import typing
from collections.abc import AsyncIterator, Callable, Iterator

from .._calls.deadline import Stop
from .._errors import FileError, GettyImagesError, InvalidArgumentError
from .._log import ShortTraceback
from .._response import DownloadLink
from .engine import Engine, run, run_async
from .file_request import FileRequest, SaveOptions
from .redirect import requested
from .results import WrittenFile
from .transfer import Restart, SentFile, Transfer

T = typing.TypeVar("T")


class BinaryWriter(typing.Protocol):
    """What `save_image_to` writes into: a file that is open for writing bytes, or the like."""

    def write(self, data: bytes, /) -> int | None:
        """Write bytes, and return how many were written; None for all of them."""


class Opened:
    """What both kinds of opened files have in common."""

    _transfer: Transfer | None = None
    _pieces: Iterator[bytes | Restart] | None = None
    _until: float | None = None

    def __init__(
        self, engine: Callable[[], Engine], source: FileRequest | DownloadLink, options: SaveOptions
    ) -> None:
        self._engine = engine
        self._source = source
        self._max_size = options.max_file_size
        self._stop = Stop()
        self._rest = memoryview(b"")  # of a chunk of which a part has been read

    @property
    def size(self) -> int | None:
        """The size in bytes; None if the server does not announce it."""
        return self._opened().head.size

    @property
    def content_type(self) -> str:
        """The content type as announced, such as `image/jpeg`; empty if it is not."""
        return self._opened().head.content_type

    @property
    def filename(self) -> str:
        """The server's name for the file, made safe, or one made of the asset's id."""
        return self._opened().filename

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._transfer or 'not open'}>"

    def copied(self, file: BinaryWriter) -> WrittenFile:
        """Write it into a file of the caller's, which `check_writer` has checked."""
        digest, size = hashlib.sha256(), 0
        while chunk := self._next():
            digest.update(chunk)
            size += len(chunk)
            _write(file, chunk)
        return WrittenFile(size, digest.hexdigest(), self.content_type)

    def _opened(self) -> Transfer:
        if self._transfer is None:
            raise GettyImagesError("the file is not open: use it in a with statement")
        return self._transfer

    def _ready(self) -> Engine:
        """Return the engine. Whatever may fail does so before anything is paid."""
        if self._transfer is not None:
            raise GettyImagesError("the file has been opened already: request it again")
        if self._stop.is_set:
            raise InvalidArgumentError("the file is closed: request it again")
        engine = self._engine()
        engine.files()  # refuses a client that cannot fetch any
        return engine

    def _requested(self, engine: Engine, stop: Stop) -> DownloadLink | SentFile:
        source = self._source
        if isinstance(source, DownloadLink):
            return source
        self._until = source.timeout and time.monotonic() + source.timeout
        with contextlib.ExitStack() as paying:
            return requested(engine, source, stop, paying)

    def _begin(self, engine: Engine, file: DownloadLink | SentFile) -> None:
        """Fetch the first piece, so that a link that is of no use is noticed at once."""
        self._transfer = Transfer(
            engine, file, self._stop, self._max_size, self._until, in_order=True
        )
        pieces = self._transfer.pieces()
        with ShortTraceback():
            self._pieces = itertools.chain((next(pieces, b""),), pieces)

    def _check(self) -> Iterator[bytes | Restart]:
        """Return what is left to be read, or raise an error if that is not the end."""
        transfer = self._opened()
        if self._pieces is None:
            text = f"{transfer.asset}: the file is closed, or was not read to its end"
            raise InvalidArgumentError(text)
        return self._pieces

    def _next(self) -> bytes:
        """Return the next chunk; empty at the end. After an error there is no end."""
        pieces = self._check()
        piece, self._rest = self._rest.tobytes(), memoryview(b"")
        try:
            with ShortTraceback():
                following = piece or next(pieces, b"")
        except BaseException:
            self._pieces = None
            raise
        assert isinstance(following, bytes), "pieces in order never restart"
        return following

    def _read(self, size: int | None) -> bytes:
        """Return so many bytes, and fewer only at the end; without a size, all that are left."""
        self._check()
        if size is None or size < 0:
            return b"".join(iter(self._next, b""))
        chunks, left = [], size
        while left and (chunk := self._rest or memoryview(self._next())):
            chunks.append(chunk[:left])
            self._rest = chunk[left:]
            left -= len(chunks[-1])
        return b"".join(chunks)


class OpenedFile(Opened, io.BufferedIOBase):
    """A file to be read. A context manager; inside, a binary file that cannot be sought.

    As an iterator it yields chunks of bytes, not lines. Reading returns what was asked for; fewer
    bytes only at the end of the whole file. A file that ends early is resumed, or an error is
    raised, as it is by every later read. Reading a closed file is a `ValueError`.
    """

    def __enter__(self) -> typing.Self:
        """Open the file. If it has been requested by its id, this uses up a download."""
        engine = self._ready()
        try:
            self._begin(engine, run(engine, lambda stop, _: self._requested(engine, stop)))
        except BaseException:
            self.close()
            raise
        return self

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        chunk = self._next()
        if not chunk:
            raise StopIteration
        return chunk

    def readable(self) -> bool:
        """Whether it can be read: always True."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Read so many bytes, fewer only at the end; all of them by default."""
        return self._read(size)

    def close(self) -> None:
        """Close the connection, as the end of the `with` block does."""
        self._stop.set()
        self._pieces = None
        if self._transfer is not None:
            self._transfer.close()
        super().close()


class AsyncOpenedFile(Opened):
    """A file to be read. An asynchronous context manager; inside, an iterator of bytes.

    It reads as `OpenedFile` does. Reading on after a read was cancelled is a `ValueError`, too.
    """

    async def __aenter__(self) -> typing.Self:
        """Open the file. If it has been requested by its id, this uses up a download."""
        engine, self._turn = self._ready(), asyncio.Lock()
        try:
            file = await run_async(engine, lambda stop, _: self._requested(engine, stop))
            await self._in_thread(lambda: self._begin(engine, file))
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        chunk = await self.reading(self._next)
        if not chunk:
            raise StopAsyncIteration
        return chunk

    async def read(self, size: int | None = -1, /) -> bytes:
        """Read so many bytes, fewer only at the end; all of them by default."""
        return await self.reading(lambda: self._read(size))

    async def close(self) -> None:
        """Close the connection, as the end of the `async with` block does."""
        self._stop.set()
        self._pieces = None

    aclose = close

    async def reading(self, function: Callable[[], T]) -> T:
        """Call a function that reads, in a thread."""
        self._check()
        return await self._in_thread(function)

    async def _in_thread(self, function: Callable[[], T]) -> T:
        from .._transport.asynchronous import in_thread  # which the blocking client does without

        async with self._turn:
            try:
                return await in_thread(function)
            except asyncio.CancelledError:
                # What the thread reads now is lost, so that whatever follows would have a hole.
                self._stop.set()
                self._pieces = None
                raise


def check_writer(file: BinaryWriter) -> None:
    """Raise an `InvalidArgumentError` unless bytes can be written to a file."""
    write, writable = getattr(file, "write", None), getattr(file, "writable", lambda: True)
    try:
        takes_bytes = callable(write) and writable() and not hasattr(file, "encoding")
    except ValueError:  # it is closed
        takes_bytes = False
    if not takes_bytes or inspect.iscoroutinefunction(write):
        raise InvalidArgumentError("file must be open for writing bytes, by a blocking write()")


def _write(file: BinaryWriter, chunk: bytes) -> None:
    """Write all of a chunk. A raw file may take only a part of it at once."""
    while chunk:
        written = file.write(chunk)
        if written is None and not isinstance(file, io.RawIOBase):
            return
        if not isinstance(written, int) or not 0 < written <= len(chunk):
            raise FileError(f"the file is not whole: write() has written {written!r} bytes")
        chunk = chunk[written:]
