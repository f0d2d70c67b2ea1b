"""What is added to the resource `downloads`. What only files need is imported by the methods."""

# ruff: noqa: A002 - `id`, as in the generated methods

from __future__ import annotations

import datetime
import functools
import typing
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator

from gettyimages_rest import models
from gettyimages_rest.api import downloads as generated
from gettyimages_rest.api.downloads.get_downloads import GetDownloadsOptions
from gettyimages_rest.api.downloads.request_image_download import RequestImageDownloadOptions
from gettyimages_rest.api.downloads.request_video_download import RequestVideoDownloadOptions

from .._calls.arguments import plain_id
from .._calls.deadline import Stop
from .._log import ShortTraceback
from .._process import LazyModule
from .._response import DownloadLink
from .engine import Call, Engine, run, run_async
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
    Task,
    for_link,
    separated,
)
from .settle import DownloadHistory, check_history
from .upkeep import Upkeep

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
Ids = typing.TypeVar("Ids")
Opened = typing.TypeVar("Opened")
Batch = typing.TypeVar("Batch")


class Handles(typing.Generic[Ids, Opened, Batch]):
    """The methods whose result does the work: a file to be opened, or a batch. For both clients."""

    def __init__(self, client: typing.Any, engine: Callable[[], Engine]) -> None:
        self._client, self._engine = client, engine

    def open_image(self, id: str | int, **options: typing.Unpack[OpenImageOptions]) -> Opened:
        """Read an image without saving it. There is no journal: each call uses up a download.

        Args:
            id: Id of the image.
            **options: `max_file_size`, as for `save_image`, and those of `request_image_download`.
                `timeout` bounds the request and the transfer, without the time of the reader.

        Returns:
            A context manager that requests the image when it is entered: a binary file to be read,
            with `size`, `filename` and `content_type`. It yields chunks of bytes instead of lines,
            and cannot be sought; a read returns fewer bytes than it was asked for only at the end.
            With `AsyncGettyImages`: `async with`, `async for` and `await image.read()`.

        Raises:
            DownloadOutcomeUnknownError: The outcome is unknown. The request is not repeated.
            TransferError: The file cannot be fetched, or not to its end.
            ContentError: The delivery host sent something other than the file.
            GettyImagesError: The API refuses the request; no download was used up.
        """
        return self._opened(*IMAGE.prepared("open_image", OpenImageOptions, id, options))

    def open_link(self, link: DownloadLink, **options: typing.Unpack[OpenLinkOptions]) -> Opened:
        """Read the file of a link, as `open_image` does an image, without asking the API.

        Args:
            link: The link, of `request_link`.
            **options: `max_file_size`, as for `save_image`.
        """
        for_link(link)  # refuses what is not a link
        own, _ = separated("open_link", OpenLinkOptions, options)
        return self._opened(link, own)

    def open_video(self, id: str | int, **options: typing.Unpack[OpenVideoOptions]) -> Opened:
        """Read a video without saving it, as `open_image` does an image."""
        return self._opened(*VIDEO.prepared("open_video", OpenVideoOptions, id, options))

    def save_images(
        self, ids: Ids, directory: StrPath, **options: typing.Unpack[SaveImagesOptions]
    ) -> Batch:
        """Save many images in a directory. Saving them again uses up no download.

            batch = client.downloads.save_images(ids, "photos")
            for result in batch: ...
            print(batch.summary)

        With `AsyncGettyImages`: `async with` and `async for`, and ids may come from an asynchronous
        iterable. `on_progress` is then called on the event loop, and may be a coroutine function.

        The failure of one image never stops the others: its result has an error. Leaving the loop
        early, by an error or Ctrl-C too, stops the batch: nothing is requested any more, and each
        file is finished, or left for the next run, which uses its link.

        Several processes can share the ids, on one machine with one directory and its journal, or
        on several with a journal in a database. Give the same ids to the same journal always, as no
        other one knows what is paid for.

        Args:
            ids: Ids of images; taken as they are needed, each once. None, as the id of a search
                result may be, is `failed`.
            directory: Where to save them, as for `save_image`.
            concurrency: How many images are requested and fetched at the same time, by default 8.
            max_downloads: How many downloads this batch may use up; by default no limit of our own.
                Images beyond it are `not_requested`, unless they are there or have a valid link.
            budget: A name of your choice. All batches that name it, with the same journal, keep
                `max_downloads` together, whenever they run, and the `max_requests_per_second` of
                their clients. With a journal in a database, `max_downloads` requires it.
            dry_run: Whether to find out only what would be done. Nothing is paid or written.
            settle_after: Seconds by which the download history may lag, if you are sure of that; at
                least the client's timeout. An earlier request whose outcome is unknown, and that
                is not in the history so many seconds after it was first looked up, by the dates of
                the API, then counts as not carried out, and is repeated.
            on_progress: Called from several threads with an id, the bytes so far, the size or None.
            **options: `journal`, `overwrite`, `allow_repurchase`, `max_file_size`, and those of
                `request_image_download`, as for `save_image`, for each image.

        Returns:
            An iterator of results, in the order in which they complete, with a `summary`; `run()`
            returns that without a loop. After a 403 for a limit that is reached, and after 3 files
            in a row that were paid for and could not be saved, nothing more is requested.

        Raises:
            InvalidArgumentError: An argument cannot be right; nothing has been sent.
            GettyImagesError: From the iterator: the directory or its journal cannot be used.
        """
        return self._batch(IMAGE.task("save_images", SaveImagesOptions, options, directory), ids)

    def save_videos(
        self, ids: Ids, directory: StrPath, **options: typing.Unpack[SaveVideosOptions]
    ) -> Batch:
        """Save many videos in a directory, as `save_images` does images."""
        return self._batch(VIDEO.task("save_videos", SaveVideosOptions, options, directory), ids)

    def _opened(self, source: FileRequest | DownloadLink, options: SaveOptions) -> Opened:
        raise NotImplementedError

    def _batch(self, task: Task, ids: Ids) -> Batch:
        raise NotImplementedError


class Downloads(
    Handles["Iterable[str | int | None]", "_open.OpenedFile", "_batch.DownloadBatch"],
    generated.Downloads,
    Upkeep,
):
    """Downloads, and the download history."""

    def history(
        self, **options: typing.Unpack[GetDownloadsOptions]
    ) -> Iterator[models.DownloadRecord]:
        """Iterate over the records of the download history. Pages are fetched as they are needed.

        Args:
            **options: Those of `get_downloads`. The first page to fetch is `page`, by default 1.

        Raises:
            InvalidArgumentError: An option is unknown or cannot be sent; nothing has been sent.
        """
        check_history(options)
        return super().history(**options)

    def request_link(
        self, id: str | int, **options: typing.Unpack[RequestImageDownloadOptions]
    ) -> DownloadLink:
        """Request an image, and return the link to its file. Each call uses up a download.

        There is no journal. Ctrl-C waits for a request that was sent, at most `stop_timeout`: the
        `KeyboardInterrupt` then has the link, as its attribute `link`.

        Args:
            id: Id of the image.
            **options: Those of `request_image_download`.

        Raises:
            DownloadOutcomeUnknownError: The outcome is unknown. The request is not repeated.
            LinkLostError: A download was used up, but the response has no usable link. If it is
                the file itself, that is kept in a temporary file, which `path` of the error names.
            GettyImagesError: No download was used up.
        """
        request, _ = IMAGE.prepared("request_link", RequestImageDownloadOptions, id, options)
        return self._link(request)

    def save_image(
        self, id: str | int, directory: StrPath, **options: typing.Unpack[SaveImageOptions]
    ) -> _results.SavedFile:
        """Save an image in a directory. Saving it again uses up no download.

        A journal in the directory knows what was paid for: a file that is there is not requested
        again, and a link that is still valid is used again after a failure. Ctrl-C waits for a
        request that uses up a download, at most `stop_timeout`, until its link is recorded.

        Args:
            id: Id of the image.
            directory: Where to save it; made if necessary. Or the URL of a prefix in an object
                store, such as `s3://bucket/prefix`, which takes the extra `fleet` and a `journal`.
            filename: The name of the file. By default the server's, with a number if another file
                has that name. If the file is there under another name, it is an error.
            journal: The file of the journal, which several directories can share, or the address
                of a Postgres database, which several machines can; by default in the directory.
            overwrite: If the file is there, `skip` (the default) leaves it, `replace` fetches it
                again (if `filename` names it or the journal knows it), `error` raises an error.
            allow_repurchase: Whether to pay again if the file is gone or to be replaced and its
                link has expired, or if it is not known whether it was paid for. By default False.
            max_file_size: The size in bytes above which a file is refused; by default 20 GB.
            on_progress: Called with the bytes that are there and the size, which is None if the
                server does not announce it. The bytes go back to 0 if a transfer begins again. An
                exception ends the download; the link is kept.
            **options: Those of `request_image_download`. `timeout` bounds the request and the
                transfer together. Without it, the request has the client's `timeout`, and a
                transfer ends if it fetches less than 1 MiB in five minutes.

        Returns:
            The file: whole, on the disk or in the store, under its own name.

        Raises:
            DownloadOutcomeUnknownError: The outcome of this or of an earlier request is unknown.
            LinkLostError: It was paid for, but its link is lost or has expired.
            TransferError: The file cannot be fetched, or its link is refused; the link is kept.
            ContentError: The delivery host sent something else, such as a page; the link is kept.
            FileError: The file cannot be written; the link is kept.
            FileConflictError: Another file has the name, the file is there under another name, or
                `overwrite` is `error`.
            JournalError: The journal cannot be read or written.
            DownloadInProgressError: Another call or another process is saving the image.
            GettyImagesError: The API refuses the request; no download was used up.
        """
        return self._save(*IMAGE.prepared("save_image", SaveImageOptions, id, options, directory))

    def save_link(
        self, link: DownloadLink, directory: StrPath, **options: typing.Unpack[SaveLinkOptions]
    ) -> _results.SavedFile:
        """Save the file of a link, without asking the API. No download is used up.

        Args:
            link: The link, of `request_link`. The journal records it.
            directory: Where to save it, as for `save_image`.
            **options: `filename`, `journal`, `overwrite`, `max_file_size` and `on_progress`, as for
                `save_image`. `timeout` is the seconds that the transfer may take; by default as
                long as it fetches 1 MiB in each five minutes.

        Raises:
            DownloadError: As for `save_image`.
        """
        save, given = separated("save_link", SaveLinkOptions, options, directory)
        return self._save(for_link(link, **given), save, link)

    def save_image_to(
        self, id: str | int, file: _open.BinaryWriter, **options: typing.Unpack[OpenImageOptions]
    ) -> _results.WrittenFile:
        """Write an image into a file. There is no journal: each call uses up a download.

        Args:
            id: Id of the image.
            file: A file that is open for writing bytes, or the like. It is left open. It gets
                chunks as they arrive, so that after an error it may hold a part of the image.
            **options: As for `open_image`.

        Returns:
            Size, digest and content type of the image, all of which has been written.

        Raises:
            InvalidArgumentError: The file is closed, or does not take bytes; nothing was sent.
            FileError: `write` has taken nothing, or reports a number that cannot be right.
            TransferError: The image cannot be fetched to its end.
            DownloadError: Others, as for `open_image`.
            Exception: What `write` raises.
        """
        _open.check_writer(file)
        with self.open_image(id, **options) as image:
            return image.copied(file)

    def was_downloaded(self, id: str | int, *, since: datetime.datetime) -> bool:
        """Look in the download history whether an asset was downloaded since a moment.

        Args:
            id: Id of the asset.
            since: The moment, with a time zone, such as `DownloadOutcomeUnknownError.since`. Two
                minutes are allowed for clocks that differ.

        Returns:
            Whether it is there. The history may lag, so False is certain only later. For a video,
            False is not certain at all unless the history lists videos.

        Raises:
            InvalidArgumentError: `since` has no time zone.
            GettyImagesError: The history cannot be read, or may not reach back so far.
        """
        asset = plain_id(id)
        return self._run(
            lambda engine, stop, _: DownloadHistory(engine, stop).was_downloaded(asset, since)
        )

    def request_video_link(
        self, id: str | int, **options: typing.Unpack[RequestVideoDownloadOptions]
    ) -> DownloadLink:
        """Request a video, and return the link to its file: see `request_link`."""
        request, _ = VIDEO.prepared("request_video_link", RequestVideoDownloadOptions, id, options)
        return self._link(request)

    def save_video(
        self, id: str | int, directory: StrPath, **options: typing.Unpack[SaveVideoOptions]
    ) -> _results.SavedFile:
        """Save a video in a directory, as `save_image` does an image."""
        return self._save(*VIDEO.prepared("save_video", SaveVideoOptions, id, options, directory))

    def _opened(self, source: FileRequest | DownloadLink, options: SaveOptions) -> _open.OpenedFile:
        return _open.OpenedFile(self._engine, source, options)

    def _batch(self, task: Task, ids: Iterable[str | int | None]) -> _batch.DownloadBatch:
        return _batch.DownloadBatch(self._engine, task, ids)

    def _run(self, work: Callable[[Engine, Stop, Call], T]) -> T:
        """Do work in a thread of this package, while the calling thread waits."""
        engine = self._engine()
        with ShortTraceback():
            return run(engine, functools.partial(work, engine))

    def _link(self, request: FileRequest) -> DownloadLink:
        from .redirect import requested_link

        return self._run(lambda engine, stop, _: requested_link(engine, request, stop))

    def _save(
        self, request: FileRequest, options: SaveOptions, link: DownloadLink | None = None
    ) -> _results.SavedFile:
        from .save import save_one

        return self._run(functools.partial(save_one, options, request, link))


class _InThread(Downloads):
    """The methods for files, in a thread that has been started for one of them."""

    def __init__(self, engine: Engine, stop: Stop, call: Call) -> None:
        self._engine = lambda: engine
        self._stop, self._call = stop, call

    def _run(self, work: Callable[[Engine, Stop, Call], T]) -> T:
        return work(self._engine(), self._stop, self._call)


def _awaited(
    method: Callable[typing.Concatenate[_InThread, P], T],
) -> Callable[typing.Concatenate[AsyncDownloads, P], Coroutine[typing.Any, typing.Any, T]]:
    """Return a method to be awaited that calls one that blocks in a thread of this package."""

    async def call(self: AsyncDownloads, /, *args: P.args, **kwargs: P.kwargs) -> T:
        engine = self._engine()  # pyright: ignore[reportPrivateUsage] - it becomes a method

        def work(stop: Stop, function: Call) -> T:
            return method(_InThread(engine, stop, function), *args, **kwargs)

        with ShortTraceback():
            return await run_async(engine, work)

    # A traceback shows the name that the caller knows.
    call.__code__ = call.__code__.replace(co_name=method.__name__)
    return functools.wraps(method)(call)


class AsyncDownloads(
    Handles["_batch.AnyIds", "_open.AsyncOpenedFile", "_batch.AsyncDownloadBatch"],
    generated.AsyncDownloads,
):
    """Downloads, and the download history. `Downloads` documents the methods.

    Files are saved in threads of this package. Cancelling a task stops its download as Ctrl-C does
    one of `Downloads`: the `asyncio.CancelledError` of `request_link` has the link. `on_progress`
    is called on the event loop, and may be a coroutine function.
    """

    request_link = _awaited(Downloads.request_link)
    save_image = _awaited(Downloads.save_image)
    save_link = _awaited(Downloads.save_link)
    was_downloaded = _awaited(Downloads.was_downloaded)
    request_video_link = _awaited(Downloads.request_video_link)
    save_video = _awaited(Downloads.save_video)
    rebind_journal = _awaited(Downloads.rebind_journal)
    move_journal = _awaited(Downloads.move_journal)
    resolve = _awaited(Downloads.resolve)
    resolve_video = _awaited(Downloads.resolve_video)
    journal_backup = _awaited(Downloads.journal_backup)
    journal_report = _awaited(Downloads.journal_report)

    def history(
        self, **options: typing.Unpack[GetDownloadsOptions]
    ) -> AsyncIterator[models.DownloadRecord]:
        """Iterate over the download history: see `Downloads.history`."""
        check_history(options)
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

    def _batch(self, task: Task, ids: _batch.AnyIds) -> _batch.AsyncDownloadBatch:
        return _batch.AsyncDownloadBatch(self._engine, task, ids)
