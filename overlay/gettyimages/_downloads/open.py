"""An image that is read without being saved, blocking and asynchronous."""

from __future__ import annotations

import typing
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

from .._calls.steps import Opened
from .._errors import GettyImagesError
from .files import naming as _names
from .transfer import Manner, Transfer

if typing.TYPE_CHECKING:
    from .._account import Account
    from .._async_client import AsyncGettyImages
    from .._client import GettyImages
    from .._transport.asynchronous import AsyncDriver
    from .._transport.blocking import Driver
    from .redirect import DownloadLink


class _Image:
    """What both worlds have in common."""

    def __init__(self) -> None:
        self._transfer: Transfer | None = None
        self._first: bytes | None = None
        self._held: set[Opened] = set()

    @property
    def size(self) -> int | None:
        """The size in bytes; None if the server does not announce it."""
        return self._reading.total

    @property
    def content_type(self) -> str:
        """What it is announced as, such as `image/jpeg`; empty if it is not."""
        head = self._reading.head
        return head.content_type if head else ""

    @property
    def filename(self) -> str:
        """The name that the server gives it, made safe, or one made of its id."""
        reading = self._reading
        disposition = reading.head.disposition if reading.head else None
        return _names.file_name(disposition, self.content_type, reading.asset)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._transfer or 'that is not open'}>"

    @property
    def _reading(self) -> Transfer:
        if self._transfer is None:
            raise GettyImagesError("the image is not open: use it in a with statement")
        return self._transfer

    def _begin(self, link: DownloadLink, account: Account) -> Transfer:
        settings = account._settings
        manner = Manner(settings.user_agent, settings.timeout, in_order=True)
        self._transfer = Transfer(link.asset_id, link.uri, manner)
        return self._transfer

    def _take_first(self) -> bytes | None:
        first, self._first = self._first, None
        return first


class OpenedImage(_Image):
    """An image to be read. A context manager; inside, an iterator of chunks of bytes.

    Whoever reads to the end has all of it: a file that ends early is resumed, or an error is
    raised.
    """

    def __init__(self, ask: Callable[[], DownloadLink], client: GettyImages) -> None:
        super().__init__()
        self._ask = ask
        self._client = client
        self._driver: Driver | None = None

    def __enter__(self) -> typing.Self:
        """Ask for the image, which uses up a download, and open the file."""
        if self._transfer is not None:
            raise GettyImagesError("the image is open already, or was: ask for it again")
        transfer = self._begin(self._ask(), self._client)
        try:
            self._driver = self._client._driver()
            self._first = self._driver.run(transfer.next(), self._held)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        """The next chunk."""
        chunk = self._take_first()
        if chunk is None:
            chunk = self._client._driver().run(self._reading.next(), self._held)
        if not chunk:
            self._first = b""  # the end stays the end
            raise StopIteration
        return chunk

    def close(self) -> None:
        """Close the connection; the end of the `with` block does it."""
        self._first = b""
        if self._driver is not None:
            self._driver.release(self._held)


class AsyncOpenedImage(_Image):
    """An image to be read. A context manager; inside, an asynchronous iterator of chunks of bytes.

    Whoever reads to the end has all of it: a file that ends early is resumed, or an error is
    raised.
    """

    def __init__(
        self, ask: Callable[[], Awaitable[DownloadLink]], client: AsyncGettyImages
    ) -> None:
        super().__init__()
        self._ask = ask
        self._client = client
        self._driver: AsyncDriver | None = None

    async def __aenter__(self) -> typing.Self:
        """Ask for the image, which uses up a download, and open the file."""
        if self._transfer is not None:
            raise GettyImagesError("the image is open already, or was: ask for it again")
        transfer = self._begin(await self._ask(), self._client)
        try:
            self._driver = self._client._driver()
            self._first = await self._driver.run(transfer.next(), self._held)
        except BaseException:
            await self.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        """The next chunk."""
        chunk = self._take_first()
        if chunk is None:
            chunk = await self._client._driver().run(self._reading.next(), self._held)
        if not chunk:
            self._first = b""  # the end stays the end
            raise StopAsyncIteration
        return chunk

    async def aclose(self) -> None:
        """Close the connection; the end of the `async with` block does it."""
        self._first = b""
        if self._driver is not None:
            await self._driver.release(self._held)
