"""What is added to the resource `downloads`, for asyncio. `Downloads` documents the arguments."""

# ruff: noqa: A002 - `id`, as in the generated methods

from __future__ import annotations

import functools
import typing
from collections.abc import AsyncIterable, AsyncIterator, Callable, Coroutine, Iterable

from gettyimages_rest import AsyncClient, models
from gettyimages_rest.api.downloads import AsyncDownloads as _AsyncDownloads
from gettyimages_rest.api.downloads.get_downloads import GetDownloadsOptions

from .._calls.arguments import check_names
from .._calls.stop import Stop
from .._errors import ShortTraceback
from .._lazy import LazyModule
from .._link import DownloadLink
from .engine import Call, Engine, run_async
from .file_request import FileRequest, OpenImageOptions, SaveOptions, Task
from .history import check_dates
from .resource import Files, Handles

if typing.TYPE_CHECKING:
    from . import batch as _batch
    from . import open as _open
    from . import results as _results
else:
    _batch = LazyModule(".batch", __package__)
    _open = LazyModule(".open", __package__)
    _results = LazyModule(".results", __package__)

P = typing.ParamSpec("P")
T = typing.TypeVar("T")


class _InThread(Files):
    """The methods that block, for a thread that has been started for one of them."""

    def __init__(self, engine: Engine, stop: Stop, call: Call) -> None:
        super().__init__(lambda: engine)
        self._stop, self._call = stop, call

    def _run(self, work: Callable[[Engine, Stop, Call], T]) -> T:
        return work(self._engine(), self._stop, self._call)


def _awaited(
    method: Callable[typing.Concatenate[_InThread, P], T],
) -> Callable[typing.Concatenate[AsyncDownloads, P], Coroutine[typing.Any, typing.Any, T]]:
    """Return a method to be awaited that calls one that blocks in a thread of this package."""

    @functools.wraps(method)
    async def call(self: AsyncDownloads, /, *args: P.args, **kwargs: P.kwargs) -> T:
        engine = self._engine()  # pyright: ignore[reportPrivateUsage] - it becomes a method

        def work(stop: Stop, function: Call) -> T:
            return method(_InThread(engine, stop, function), *args, **kwargs)

        with ShortTraceback():
            return await run_async(engine, work)

    return call


class AsyncDownloads(
    _AsyncDownloads,
    Handles[
        "Iterable[str | int | None] | AsyncIterable[str | int | None]",
        "_open.AsyncOpenedFile",
        "_batch.AsyncDownloadBatch",
    ],
):
    """Downloads, and the download history. `Downloads` documents the methods.

    Files are saved in threads of this package. Cancelling a task stops its download: that waits
    for a request that uses up a download, at most `stop_timeout`, until its link is recorded. The
    `asyncio.CancelledError` of `request_link` has the link. `on_progress` is called on the event
    loop, and may be a coroutine function.
    """

    request_link = _awaited(Files.request_link)
    save_image = _awaited(Files.save_image)
    save_link = _awaited(Files.save_link)
    was_downloaded = _awaited(Files.was_downloaded)
    request_video_link = _awaited(Files.request_video_link)
    save_video = _awaited(Files.save_video)
    rebind_journal = _awaited(Files.rebind_journal)
    resolve = _awaited(Files.resolve)
    resolve_video = _awaited(Files.resolve_video)
    journal_backup = _awaited(Files.journal_backup)
    journal_report = _awaited(Files.journal_report)

    def __init__(self, client: AsyncClient, engine: Callable[[], Engine]) -> None:
        super().__init__(client)
        self._engine = engine

    def history(
        self, **options: typing.Unpack[GetDownloadsOptions]
    ) -> AsyncIterator[models.DownloadRecord]:
        """Iterate over the download history: see `Downloads.history`."""
        check_names("history", options, GetDownloadsOptions)
        check_dates(options)
        return super().history(**options)

    async def save_image_to(
        self, id: str | int, file: _open.BinaryWriter, **options: typing.Unpack[OpenImageOptions]
    ) -> _results.WrittenFile:
        """Write an image into a file: see `Downloads.save_image_to`.

        `write` is called in a thread, and may block. It is no coroutine function.
        """
        _open.check_writer(file)
        async with self.open_image(id, **options) as image:
            return await image.reading(lambda: image.copied(file))

    def _opened(
        self, source: FileRequest | DownloadLink, options: SaveOptions
    ) -> _open.AsyncOpenedFile:
        return _open.AsyncOpenedFile(self._engine, source, options)

    def _batch(
        self, task: Task, ids: Iterable[str | int | None] | AsyncIterable[str | int | None]
    ) -> _batch.AsyncDownloadBatch:
        return _batch.AsyncDownloadBatch(self._engine, task, ids)
