"""What is added to the resource `downloads`: the history, links, and files saved or read."""

# ruff: noqa: A002 - `id`, as in the generated methods

from __future__ import annotations

import datetime
import typing
from collections.abc import Callable, Iterable, Iterator

from gettyimages_rest import models
from gettyimages_rest.api.downloads import Downloads as _Downloads
from gettyimages_rest.api.downloads.get_downloads import GetDownloadsOptions
from gettyimages_rest.api.downloads.request_image_download import RequestImageDownloadOptions

from .history import Pages
from .upkeep import Upkeep

if typing.TYPE_CHECKING:
    from gettyimages_rest import Client

    from .._link import DownloadLink
    from .batch import DownloadBatch
    from .engine import Engine
    from .file_request import FileRequest
    from .open import OpenedImage
    from .options import (
        SaveImageOptions,
        SaveImagesOptions,
        SaveLinkOptions,
        SaveOptions,
        StrPath,
    )
    from .results import SavedFile


class Downloads(_Downloads, Upkeep):
    """Downloads, and the download history."""

    def __init__(self, client: Client, engine: Callable[[], Engine]) -> None:
        super().__init__(client)
        self._engine = engine

    def history(
        self, **options: typing.Unpack[GetDownloadsOptions]
    ) -> Iterator[models.DownloadRecord]:
        """Iterate over the download history. Pages are fetched as they are needed.

        Args:
            **options: Those of `get_downloads`. The first page to fetch is `page`, by default 1.

        Returns:
            An iterator of records.

        Raises:
            GettyImagesError: An option is out of bounds; nothing has been sent.
        """
        return self._history(Pages(options), options)

    def _history(
        self, pages: Pages, options: GetDownloadsOptions
    ) -> Iterator[models.DownloadRecord]:
        while not pages.is_over:
            options["page"] = pages.next_page
            yield from pages.take(self.get_downloads(**options))

    def request_link(
        self, id: str | int, **options: typing.Unpack[RequestImageDownloadOptions]
    ) -> DownloadLink:
        """Request an image, and return the link to its file. Each call uses up a download.

        Args:
            id: Id of the image.
            **options: Those of `request_image_download`.

        Returns:
            The link, whether the API sends it as a redirect or in the body.

        Raises:
            DownloadOutcomeUnknownError: The outcome is unknown. The request is not repeated.
            LinkLostError: A download was used up, but the response has no usable link.
            GettyImagesError: No download was used up.
        """
        from .file_request import IMAGE
        from .redirect import link_of

        engine = self._engine()  # before anything is paid, as it may fail
        request = IMAGE.request(id, options)
        result = self.request_image_download(request.asset_id, **options)
        return link_of(result, request, engine.server_time.now(), engine.settings.base_url)

    def save_image(
        self, id: str | int, directory: StrPath, **options: typing.Unpack[SaveImageOptions]
    ) -> SavedFile:
        """Save an image in a directory. Saving it again uses up no download.

        A journal in the directory knows what was paid for: a file that is there is not requested
        again, and a link that is still valid is used again after a failure. Ctrl-C waits for a
        request that uses up a download, at most `stop_timeout`, until its link is recorded.

        Args:
            id: Id of the image.
            directory: Where to save it; made if necessary.
            filename: The name of the file. By default the server's, with a number if another file
                has that name.
            journal: The file of the journal, which several directories can share; by default one
                in the directory.
            overwrite: What to do if the file is there: `skip` (the default) to leave it, `replace`
                to fetch it again, `error` to raise an error. A file that the journal does not know
                is only replaced if `filename` names it.
            allow_repurchase: Whether to pay again if the file is gone or to be replaced and its
                link has expired, or if it is not known whether it was paid for. By default False.
            on_progress: Called with the bytes that are there and the size, which is None if the
                server does not announce it. The bytes go back to 0 if a transfer begins again. An
                exception ends the download; the link is kept.
            **options: Those of `request_image_download`.

        Returns:
            The file: whole, on the disk, under its own name.

        Raises:
            DownloadOutcomeUnknownError: The outcome of this or of an earlier request is unknown.
            LinkLostError: It was paid for, but its link is lost or has expired.
            TransferError: The file cannot be fetched, or the delivery host refuses its link; the
                next call uses the same link.
            ContentError: The delivery host sent something else, such as a page; likewise.
            FileError: The file cannot be written; likewise.
            FileConflictError: Another file has the name, or `overwrite` is `error`.
            JournalError: The journal cannot be read or written.
            DownloadInProgressError: Another call or another process is saving the image.
            GettyImagesError: The API refuses the request; no download was used up.
        """
        from .file_request import IMAGE
        from .options import SaveImageOptions, separated

        save, given = separated(options, SaveImageOptions, directory)
        return self._save(IMAGE.request(id, given), save)

    def save_link(
        self, link: DownloadLink, directory: StrPath, **options: typing.Unpack[SaveLinkOptions]
    ) -> SavedFile:
        """Save the file of a link, without asking the API. No download is used up.

        Args:
            link: The link, of `request_link`. The journal records it.
            directory: Where to save it; made if necessary.
            filename: The name of the file; this and the others are as for `save_image`.
            journal: The file of the journal.
            overwrite: What to do if the file is there: `skip`, `replace` or `error`.
            on_progress: Called with the bytes that are there and the size.

        Returns:
            The file.

        Raises:
            DownloadError: As for `save_image`.
        """
        from .file_request import for_link
        from .options import SaveLinkOptions, separated

        save, _ = separated(options, SaveLinkOptions, directory)
        return self._save(for_link(link), save, link)

    def open_image(
        self, id: str | int, **options: typing.Unpack[RequestImageDownloadOptions]
    ) -> OpenedImage:
        """Read an image without saving it. There is no journal: each call uses up a download.

        Args:
            id: Id of the image.
            **options: Those of `request_image_download`.

        Returns:
            A context manager: entering it requests the image and opens the file. It yields the
            content as chunks of bytes, and has `size`, `filename` and `content_type`.

        Raises:
            DownloadOutcomeUnknownError: The outcome is unknown. The request is not repeated.
            TransferError: The file cannot be fetched, or not to its end.
            ContentError: The delivery host sent something other than the file.
            GettyImagesError: The API refuses the request; no download was used up.
        """
        from .open import OpenedImage

        return OpenedImage(lambda: self.request_link(id, **options), self._engine)

    def open_link(self, link: DownloadLink) -> OpenedImage:
        """Read the file of a link without saving it. The API is not asked.

        Args:
            link: The link, of `request_link`.

        Returns:
            A context manager, as of `open_image`.
        """
        from .open import OpenedImage

        return OpenedImage(lambda: link, self._engine)

    def was_downloaded(self, id: str | int, *, since: datetime.datetime) -> bool:
        """Look in the download history whether an asset was downloaded since a moment.

        Args:
            id: Id of the asset.
            since: The moment, with a time zone, such as `DownloadOutcomeUnknownError.since`. Two
                minutes are allowed for clocks that differ.

        Returns:
            Whether it is there. The history may lag, so False is certain only later.

        Raises:
            GettyImagesError: The history cannot be read, or may not reach back so far, or `since`
                has no time zone.
        """
        from .._calls.stop import Stop
        from .file_request import plain_id
        from .history import DownloadHistory

        return DownloadHistory(self._engine(), Stop()).was_downloaded(plain_id(id), since)

    def save_images(
        self,
        ids: Iterable[str | int],
        directory: StrPath,
        **options: typing.Unpack[SaveImagesOptions],
    ) -> DownloadBatch:
        """Save many images in a directory. Saving them again uses up no download.

            batch = client.downloads.save_images(ids, "photos")
            for result in batch: ...
            print(batch.summary)

        The failure of one image never stops the others: its result has an error. Leaving the loop
        early, by an error or Ctrl-C too, stops the batch: nothing is requested any more, and each
        file is finished, or left for the next run, which uses its link.

        Several processes can share the work by sharing the ids, such as `ids[i::n]` for process
        `i` of `n`. On one machine they may use the same directory and its journal; on several,
        give each its own. Always give the same ids to the same journal, as no other one knows what
        is paid for. `max_downloads` counts in each process by itself.

        Args:
            ids: Ids of images; taken as they are needed, each once.
            directory: Where to save them; made if necessary.
            concurrency: How many images are requested and fetched at the same time, by default 8.
            max_downloads: How many downloads may be used up; by default no limit of our own. Images
                beyond it are `not_requested`, unless they are there or have a valid link.
            dry_run: Whether to find out only what would be done. Nothing is paid or written.
            settle_after: Seconds by which the download history may lag, if you are sure of that; at
                least the client's timeout. An earlier request whose outcome is unknown, and that
                is not in the history so many seconds after it was first looked up, by the dates of
                the API, then counts as not carried out, and is repeated.
            journal: The file of the journal; by default one in the directory.
            overwrite: What to do with a file that is there: `skip`, `replace` or `error`.
            allow_repurchase: As for `save_image`.
            on_progress: Called with an id, the bytes that are there and the size or None. It is
                called from several threads.
            **options: Those of `request_image_download`, for all images.

        Returns:
            An iterator of results, in the order in which they complete, with a `summary`. After a
            403 for a limit that is reached, nothing more is requested.

        Raises:
            GettyImagesError: An argument is out of bounds; nothing has been sent. Or, from the
                iterator: the directory or its journal cannot be used.
        """
        from .batch import DownloadBatch
        from .file_request import IMAGE
        from .options import SaveImagesOptions, separated

        save, given = separated(options, SaveImagesOptions, directory)
        return DownloadBatch(self._engine, save, lambda one: IMAGE.request(one, given), ids)

    def _save(
        self, request: FileRequest, options: SaveOptions, link: DownloadLink | None = None
    ) -> SavedFile:
        from .._calls.stop import Stop
        from .engine import run
        from .save import save_one

        engine, stop = self._engine(), Stop()
        timeout = engine.settings.stop_timeout
        return run(lambda call: save_one(engine, options, request, link, stop, call), stop, timeout)
