"""A file that is read without being saved."""

from __future__ import annotations

import asyncio
import itertools
import typing
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from .._calls.stop import Stop
from .._errors import GettyImagesError
from .files import naming
from .transfer import Restart, Transfer

if typing.TYPE_CHECKING:
    from .._link import DownloadLink
    from .engine import Engine

T = typing.TypeVar("T")


class Opened:
    """What both kinds of opened images have in common."""

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine
        self._stop = Stop()
        self._transfer: Transfer | None = None
        self._pieces: Iterator[bytes | Restart] = iter(())

    @property
    def size(self) -> int | None:
        """The size in bytes; None if the server does not announce it."""
        return self._opened().size

    @property
    def content_type(self) -> str:
        """The content type as announced, such as `image/jpeg`; empty if it is not."""
        head = self._opened().head
        return head.content_type if head else ""

    @property
    def filename(self) -> str:
        """The server's name for the file, made safe, or one made of the asset's id."""
        reading = self._opened()
        disposition = reading.head.disposition if reading.head else None
        return naming.file_name(disposition, self.content_type, reading.asset)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._transfer or 'not open'}>"

    def _opened(self) -> Transfer:
        if self._transfer is None:
            raise GettyImagesError("the image is not open: use it in a with statement")
        return self._transfer

    def _ready(self) -> Engine:
        """Return the engine. Whatever may fail does so before anything is paid."""
        if self._transfer is not None:
            raise GettyImagesError("the image has been opened already: request it again")
        engine = self._engine()
        engine.check_files()
        return engine

    def _begin(self, engine: Engine, link: DownloadLink) -> None:
        """Fetch the first piece, so that a link that is of no use is noticed at once."""
        transfer = Transfer(engine, link, self._stop, in_order=True)
        self._transfer, pieces = transfer, transfer.pieces()
        self._pieces = itertools.chain((next(pieces, b""),), pieces)

    def _next(self) -> bytes:
        """Return the next piece; empty at the end."""
        piece = next(self._pieces, b"")
        assert isinstance(piece, bytes), "pieces in order never restart"
        return piece


class OpenedImage(Opened):
    """An image to be read. A context manager; inside, an iterator of chunks of bytes.

    The iterator ends when the whole file has been read. A file that ends early is resumed, or an
    error is raised.
    """

    def __init__(self, request: Callable[[], DownloadLink], engine: Callable[[], Engine]) -> None:
        super().__init__(engine)
        self._request = request

    def __enter__(self) -> typing.Self:
        """Open the file. If it has been requested by its id, this uses up a download."""
        engine = self._ready()
        try:
            self._begin(engine, self._request())
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        """Return the next chunk."""
        self._opened()
        chunk = self._next()
        if not chunk:
            raise StopIteration
        return chunk

    def close(self) -> None:
        """Close the connection, as the end of the `with` block does."""
        self._pieces = iter(())
        if self._transfer is not None:
            self._transfer.close()


class AsyncOpenedImage(Opened):
    """An image to be read. An asynchronous context manager; inside, an iterator of bytes.

    The iterator ends when the whole file has been read. A file that ends early is resumed, or an
    error is raised.
    """

    def __init__(
        self, request: Callable[[], Awaitable[DownloadLink]], engine: Callable[[], Engine]
    ) -> None:
        super().__init__(engine)
        self._request = request
        self._thread: ThreadPoolExecutor | None = None

    async def __aenter__(self) -> typing.Self:
        """Open the file. If it has been requested by its id, this uses up a download."""
        engine = self._ready()
        link = await self._request()
        self._thread = ThreadPoolExecutor(1, "gettyimages-open")
        try:
            await self._in_thread(lambda: self._begin(engine, link))
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        """Return the next chunk."""
        self._opened()
        chunk = await self._in_thread(self._next)
        if not chunk:
            raise StopAsyncIteration
        return chunk

    async def close(self) -> None:
        """Close the connection, as the end of the `async with` block does."""
        self._stop.set()
        self._pieces = iter(())
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.shutdown(wait=False)

    aclose = close

    async def _in_thread(self, function: Callable[[], T]) -> T | None:
        if self._thread is None:  # it has been closed
            return None
        return await asyncio.get_running_loop().run_in_executor(self._thread, function)
