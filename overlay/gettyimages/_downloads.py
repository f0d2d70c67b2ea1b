"""Adds to downloads: the whole history, page by page."""

from __future__ import annotations

import typing
from collections.abc import AsyncIterator, Iterator

from gettyimages_rest import models
from gettyimages_rest.api.downloads import AsyncDownloads as _AsyncDownloads
from gettyimages_rest.api.downloads import Downloads as _Downloads
from gettyimages_rest.api.downloads.get_downloads import GetDownloadsOptions

from ._history import Pages


class Downloads(_Downloads):
    """Downloads, and what has been downloaded."""

    def history(
        self, **options: typing.Unpack[GetDownloadsOptions]
    ) -> Iterator[models.DownloadRecord]:
        """Go through everything that has been downloaded, page by page as they are needed.

        Args:
            **options: Those of `get_downloads`. A page may have from 1 to 100 records; the first
                page to ask for is `page`, by default 1.

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
