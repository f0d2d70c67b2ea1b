"""Adds to downloads: the whole history, links, and files saved or read. The asynchronous half."""

# ruff: noqa: A002  # `id`, as in the generated methods

from __future__ import annotations

import datetime
import typing
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable
from pathlib import Path

from gettyimages_rest import models
from gettyimages_rest.api.downloads import AsyncDownloads as _AsyncDownloads
from gettyimages_rest.api.downloads.get_downloads import GetDownloadsOptions
from gettyimages_rest.api.downloads.request_image_download import RequestImageDownloadOptions

from .history import Pages
from .resource import asked, paid

if typing.TYPE_CHECKING:
    from .._async_client import AsyncGettyImages
    from .async_batch import AsyncBatch
    from .open import AsyncOpenedImage
    from .plan import Overwrite
    from .redirect import DownloadLink
    from .resource import Folder
    from .save import SavedFile

AsyncProgress: typing.TypeAlias = Callable[[int, int | None], Awaitable[object] | object]
AsyncBatchProgress: typing.TypeAlias = Callable[[str, int, int | None], Awaitable[object] | object]


class AsyncDownloads(_AsyncDownloads):
    """Downloads, and what has been downloaded."""

    def history(
        self, **options: typing.Unpack[GetDownloadsOptions]
    ) -> AsyncIterator[models.DownloadRecord]:
        """Go through everything that has been downloaded, page by page as they are needed.

        Args:
            **options: Those of `get_downloads`. A page may have from 1 to 100 records; the first
                page to ask for is `page`, by default 1.

        Returns:
            An asynchronous iterator of records.

        Raises:
            GettyImagesError: An option is out of bounds; nothing has been sent.
        """
        return self._history(Pages(options), options)

    async def _history(
        self, pages: Pages, options: GetDownloadsOptions
    ) -> AsyncIterator[models.DownloadRecord]:
        while not pages.is_over:
            options["page"] = pages.next_page
            for record in pages.take(await self.get_downloads(**options)):
                yield record

    async def link(
        self, id: str, **options: typing.Unpack[RequestImageDownloadOptions]
    ) -> DownloadLink:
        """Ask for an image, and get the link to its file. Each call uses up a download.

        Args:
            id: Id of the image.
            **options: Those of `request_image_download`.

        Returns:
            The link, whichever way the API hands it over.

        Raises:
            DownloadOutcomeUnknown: There was no clear answer. The request is not repeated.
            StrandedError: A download was used up, but what came back is no link.
            GettyImagesError: No download was used up.
        """
        from .redirect import link_of

        asked_at = datetime.datetime.now(datetime.UTC)
        answer = await self.request_image_download(id, **options)
        return link_of(answer, id, asked_at, self._account._settings.base_url)

    async def save_image(
        self,
        id: str,
        directory: Folder,
        *,
        filename: str | None = None,
        overwrite: Overwrite = "skip",
        allow_second_download: bool = False,
        on_progress: AsyncProgress | None = None,
        **options: typing.Unpack[RequestImageDownloadOptions],
    ) -> SavedFile:
        """Download an image into a folder. A second time uses up no download.

        The folder has a journal, which knows what was paid for: a file that is there is not asked
        for again, and a link that is still valid is used again after a failure.

        Args:
            id: Id of the image.
            directory: The folder; made if it is not there.
            filename: What to call the file. By default the server says, and where that name is
                taken by another file, a number is added.
            overwrite: What to do if the journal knows the file and it is there: `skip` to leave it,
                `replace` to fetch it again, `error` to raise. Files that the journal does not know
                are only ever replaced if `filename` names them.
            allow_second_download: Whether to pay again for what was paid for before, where
                the file is gone, or to be replaced, and its link has expired.
            on_progress: Called with the bytes that are there and the size, which is None if the
                server does not announce it. The bytes go back to 0 if a transfer begins again. What
                it raises ends the download; its link is kept.
            **options: Those of `request_image_download`.

        Returns:
            The file: whole, on the disk, and under its own name.

        Raises:
            DownloadOutcomeUnknown: There was no clear answer. The request is not repeated.
            UnsettledError: So it was with an earlier request, and the history does not tell.
            StrandedError: It was paid for, but its link is lost or has expired.
            TransferError: The file cannot be fetched; the next call uses the same link.
            ContentError: What came is not a file, such as a page; likewise.
            FileError: The file cannot be written; likewise.
            FileConflictError: A file is in the way, or `overwrite` is `error`.
            JournalError: The journal cannot be read or written.
            DownloadInProgressError: Another call or another process is downloading it.
            GettyImagesError: The API refuses; no download was used up.
        """
        from .single import save

        client = self._account
        return await client._driver().run(
            save(
                client,
                asked(id, options),
                paid(id, options),
                directory,
                filename=filename,
                overwrite=overwrite,
                allow_second_download=allow_second_download,
                on_progress=on_progress,
            )
        )

    def open_image(
        self, id: str, **options: typing.Unpack[RequestImageDownloadOptions]
    ) -> AsyncOpenedImage:
        """Read an image without saving it. Each call uses up a download: there is no journal.

        Args:
            id: Id of the image.
            **options: Those of `request_image_download`.

        Returns:
            A context manager, to be entered with `async with`: entering it asks for the image and
            opens the file. It is iterated for the content, as chunks of bytes, and has `size`,
            `filename` and `content_type`.

        Raises:
            DownloadOutcomeUnknown: There was no clear answer. The request is not repeated.
            TransferError: The file cannot be fetched, or cannot be read on.
            ContentError: What came is not a file.
            GettyImagesError: The API refuses; no download was used up.
        """
        from .open import AsyncOpenedImage

        return AsyncOpenedImage(lambda: self.link(id, **options), self._account)

    async def was_charged(self, id: str, *, since: datetime.datetime) -> bool:
        """Look in the download history whether an asset was downloaded since a moment.

        Args:
            id: Id of the asset.
            since: From when on, with a time zone, such as `DownloadOutcomeUnknown.since`. Two
                minutes are allowed for clocks that differ.

        Returns:
            Whether it is there. The history may lag, so that a no is certain only later.

        Raises:
            GettyImagesError: The history cannot be read, or `since` has no time zone.
        """
        from .settle import in_history

        client = self._account
        call = in_history(client._exchanger, client._settings, id, since)
        return await client._driver().run(call)

    def save_images(
        self,
        ids: Iterable[str] | AsyncIterable[str],
        directory: Folder,
        *,
        concurrency: int = 8,
        max_downloads: int | None = None,
        dry_run: bool = False,
        settle_after: float | None = None,
        overwrite: Overwrite = "skip",
        allow_second_download: bool = False,
        on_progress: AsyncBatchProgress | None = None,
        **options: typing.Unpack[RequestImageDownloadOptions],
    ) -> AsyncBatch:
        """Download many images into a folder. A second time uses up no download.

            async with client.downloads.save_images(ids, "photos") as batch:
                async for result in batch: ...
            print(batch.summary)

        The journal of the folder knows what was paid for, as for `save_image`. A failure of one
        image never stops the others: it is a result with an error. Leaving the block early, by
        an error or because the task is cancelled too, stops it: nothing is asked for any more,
        and each file is finished or left for the next run, which uses its link.

        Several processes can share the work by sharing the ids, such as `ids[i::n]` for process
        `i` of `n`. On one machine they may save into the same folder, and share its journal; on
        several, let each have a folder of its own. Give the same ids to the same
        folder again, as only its journal knows what is paid for. The limits hold for each process:
        divide `max_downloads` among them.

        Args:
            ids: Ids of images; taken as they are needed, each once.
            directory: The folder; made if it is not there.
            concurrency: How many images are asked for and transferred at the same time. Those that
                have come are put in place meanwhile; with 1, one image is done after the other.
            max_downloads: How many downloads may be used up; None for no limit of our own. Images
                beyond it are `not asked`, unless they are there or have a valid link.
            dry_run: Whether to find out only what would be done. Nothing is paid, and nothing is
                written.
            settle_after: Seconds by which the download history may lag, if you vouch for that. An
                earlier request without a clear answer that is not in the history after that time
                is taken to have used up nothing, and repeated. By default it is reported.
            overwrite: What to do with a file that is there: `skip`, `replace` or `error`.
            allow_second_download: Whether to pay again for what was paid for before, where the
                file is gone, or to be replaced, and its link has expired; or where nobody knows
                whether it was paid for.
            on_progress: Called with an id, the bytes that are there and the size or None.
            **options: Those of `request_image_download`, for all images.

        Returns:
            An asynchronous iterator of results, in the order in which they complete, with a
            `summary`. A 403 for a reached limit stops asking; what is paid for is finished.

        Raises:
            GettyImagesError: An argument is out of bounds; nothing has been sent. Or, from the
                iterator: the folder or its journal cannot be used.
        """
        from .async_batch import AsyncBatch
        from .batch_setup import Setup, Wishes, check

        wishes = Wishes(
            directory=Path(directory),
            max_downloads=max_downloads,
            dry_run=dry_run,
            settle_after=settle_after,
            overwrite=overwrite,
            allow_second_download=allow_second_download,
            on_progress=on_progress,
        )
        check(ids, concurrency, wishes, asynchronous=True)
        client = self._account
        setup = Setup(client, wishes, lambda one: (asked(one, options), paid(one, options)))
        return AsyncBatch(client._driver, setup, ids, concurrency)

    @property
    def _account(self) -> AsyncGettyImages:
        return typing.cast("AsyncGettyImages", self._client)
