"""What is added to the resource `downloads`, for asyncio. `Downloads` documents the arguments."""

# ruff: noqa: A002 - `id`, as in the generated methods

from __future__ import annotations

import datetime
import functools
import typing
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable

from gettyimages_rest import AsyncClient, models
from gettyimages_rest.api.downloads import AsyncDownloads as _AsyncDownloads
from gettyimages_rest.api.downloads.get_downloads import GetDownloadsOptions
from gettyimages_rest.api.downloads.request_image_download import RequestImageDownloadOptions
from gettyimages_rest.api.downloads.request_video_download import RequestVideoDownloadOptions

from .._calls.arguments import check_names, plain_id
from .._errors import ShortTraceback
from .._lazy import LazyModule
from .._link import DownloadLink
from .engine import Engine, run_async
from .file_request import (
    IMAGE,
    VIDEO,
    FileRequest,
    OpenImageOptions,
    OpenLinkOptions,
    OpenVideoOptions,
    SaveImageOptions,
    SaveImagesOptions,
    SaveLinkOptions,
    SaveOptions,
    SaveVideoOptions,
    SaveVideosOptions,
    StrPath,
    for_link,
    separated,
)
from .history import DownloadHistory, check_dates
from .upkeep import AsyncUpkeep

if typing.TYPE_CHECKING:
    from . import batch as _batch
    from . import open as _open
    from . import results as _results
else:
    _batch = LazyModule(".batch", __package__)
    _open = LazyModule(".open", __package__)
    _results = LazyModule(".results", __package__)


class AsyncDownloads(_AsyncDownloads, AsyncUpkeep):
    """Downloads, and the download history.

    Files are saved in threads of this package. Cancelling a task stops its download: that waits
    for a request that uses up a download, at most `stop_timeout`, until its link is recorded.
    """

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

    async def request_link(
        self, id: str | int, **options: typing.Unpack[RequestImageDownloadOptions]
    ) -> DownloadLink:
        """Request an image, and return the link to its file: see `Downloads.request_link`.

        A cancellation waits likewise, and its `asyncio.CancelledError` has the link.
        """
        request, _ = IMAGE.prepared("request_link", RequestImageDownloadOptions, id, options)
        return await self._link(request)

    async def save_image(
        self, id: str | int, directory: StrPath, **options: typing.Unpack[SaveImageOptions]
    ) -> _results.SavedFile:
        """Save an image in a directory: see `Downloads.save_image`.

        `on_progress` is called on the event loop, and may be a coroutine function.
        """
        return await self._save(
            *IMAGE.prepared("save_image", SaveImageOptions, id, options, directory)
        )

    async def save_link(
        self, link: DownloadLink, directory: StrPath, **options: typing.Unpack[SaveLinkOptions]
    ) -> _results.SavedFile:
        """Save the file of a link, without asking the API: see `Downloads.save_link`."""
        save, given = separated("save_link", SaveLinkOptions, options, directory)
        return await self._save(for_link(link)._replace(**given), save, link)

    def open_image(
        self, id: str | int, **options: typing.Unpack[OpenImageOptions]
    ) -> _open.AsyncOpenedFile:
        """Read an image without saving it: see `Downloads.open_image`."""
        prepared = IMAGE.prepared("open_image", OpenImageOptions, id, options)
        return _open.AsyncOpenedFile(self._engine, *prepared)

    def open_link(
        self, link: DownloadLink, **options: typing.Unpack[OpenLinkOptions]
    ) -> _open.AsyncOpenedFile:
        """Read the file of a link without saving it: see `Downloads.open_link`."""
        for_link(link)  # refuses what is not a link
        own, _ = separated("open_link", OpenLinkOptions, options)
        return _open.AsyncOpenedFile(self._engine, link, own)

    async def save_image_to(
        self, id: str | int, file: _open.BinaryWriter, **options: typing.Unpack[OpenImageOptions]
    ) -> _results.WrittenFile:
        """Write an image into a file: see `Downloads.save_image_to`.

        `write` is called in a thread, and may block. It is no coroutine function.
        """
        _open.check_writer(file)
        async with self.open_image(id, **options) as image:
            return await image.reading(lambda: image.copied(file))

    async def was_downloaded(self, id: str | int, *, since: datetime.datetime) -> bool:
        """Look an asset up in the download history: see `Downloads.was_downloaded`."""
        engine, asset = self._engine(), plain_id(id)
        with ShortTraceback():
            return await run_async(
                engine, lambda stop, _: DownloadHistory(engine, stop).was_downloaded(asset, since)
            )

    def save_images(
        self,
        ids: Iterable[str | int | None] | AsyncIterable[str | int | None],
        directory: StrPath,
        **options: typing.Unpack[SaveImagesOptions],
    ) -> _batch.AsyncDownloadBatch:
        """Save many images in a directory: see `Downloads.save_images`.

            async with client.downloads.save_images(ids, "photos") as batch:
                async for result in batch: ...
            print(batch.summary)

        Leaving the block early, by an error or because the task is cancelled too, stops the batch.
        `on_progress` is called on the event loop, and may be a coroutine function.
        """
        task = _batch.task(
            self._engine, IMAGE, "save_images", SaveImagesOptions, options, directory
        )
        return _batch.AsyncDownloadBatch(task, ids)

    async def request_video_link(
        self, id: str | int, **options: typing.Unpack[RequestVideoDownloadOptions]
    ) -> DownloadLink:
        """Request a video, and return the link to its file: see `Downloads.request_video_link`."""
        request, _ = VIDEO.prepared("request_video_link", RequestVideoDownloadOptions, id, options)
        return await self._link(request)

    async def save_video(
        self, id: str | int, directory: StrPath, **options: typing.Unpack[SaveVideoOptions]
    ) -> _results.SavedFile:
        """Save a video in a directory: see `Downloads.save_video`."""
        return await self._save(
            *VIDEO.prepared("save_video", SaveVideoOptions, id, options, directory)
        )

    def save_videos(
        self,
        ids: Iterable[str | int | None] | AsyncIterable[str | int | None],
        directory: StrPath,
        **options: typing.Unpack[SaveVideosOptions],
    ) -> _batch.AsyncDownloadBatch:
        """Save many videos in a directory: see `Downloads.save_videos`."""
        task = _batch.task(
            self._engine, VIDEO, "save_videos", SaveVideosOptions, options, directory
        )
        return _batch.AsyncDownloadBatch(task, ids)

    def open_video(
        self, id: str | int, **options: typing.Unpack[OpenVideoOptions]
    ) -> _open.AsyncOpenedFile:
        """Read a video without saving it: see `Downloads.open_video`."""
        prepared = VIDEO.prepared("open_video", OpenVideoOptions, id, options)
        return _open.AsyncOpenedFile(self._engine, *prepared)

    async def _link(self, request: FileRequest) -> DownloadLink:
        from .redirect import requested_link

        engine = self._engine()
        return await run_async(engine, lambda stop, _: requested_link(engine, request, stop))

    async def _save(
        self, request: FileRequest, options: SaveOptions, link: DownloadLink | None = None
    ) -> _results.SavedFile:
        from .save import save_one

        engine = self._engine()
        work = functools.partial(save_one, engine, options, request, link)
        with ShortTraceback():
            return await run_async(engine, work)
