"""Calls operations, blocking and asynchronous: run where only the wheel is installed.

    python calls.py URL

Prints what came back as JSON, one line per world.
"""

from __future__ import annotations

import asyncio
import datetime
import json
import sys

from gettyimages import AsyncGettyImages, GettyImages
from gettyimages_rest import types
from gettyimages_rest.models import ChangeSet, Channel, DownloadHistoryPage

KEY, TOKEN = "the-key", "the-token"
DAY = datetime.date(2026, 1, 31)
TIME = datetime.datetime(2026, 2, 1, 12, 30, tzinfo=datetime.UTC)


def blocking(url: str) -> list[object]:
    with GettyImages(base_url=url, api_key=KEY, access_token=TOKEN) as client:
        client.asset_registrations.register(asset_ids=["1", "2"], accept_language="de")
        change_set = client.asset_changes.get_change_set(channel_id=7, batch_size=2200)
        client.asset_changes.confirm_change_set(42)
        channels = client.asset_changes.get_channels()
        page = client.downloads.get_downloads(
            start_date=DAY,
            end_date=TIME,
            page=2,
            product_type="premiumaccess",
            company_downloads=True,
        )
        download = client.downloads.request_image_download(
            "a/b ü", auto_download=True, height=600, file_type="jpg", project_code="P & Q"
        )
        return _told(change_set, channels, page, download)


async def asynchronous(url: str) -> list[object]:
    async with AsyncGettyImages(base_url=url, api_key=KEY, access_token=TOKEN) as client:
        await client.asset_registrations.register(asset_ids=["1", "2"], accept_language="de")
        change_set = await client.asset_changes.get_change_set(channel_id=7, batch_size=2200)
        await client.asset_changes.confirm_change_set(42)
        channels = await client.asset_changes.get_channels()
        page = await client.downloads.get_downloads(
            start_date=DAY,
            end_date=TIME,
            page=2,
            product_type="premiumaccess",
            company_downloads=True,
        )
        download = await client.downloads.request_image_download(
            "a/b ü", auto_download=True, height=600, file_type="jpg", project_code="P & Q"
        )
        return _told(change_set, channels, page, download)


def _told(
    change_set: ChangeSet | None,
    channels: list[Channel],
    page: DownloadHistoryPage,
    download: object,
) -> list[object]:
    assert change_set is not None
    assert change_set.changed_assets is not None
    assert page.downloads is not None
    assert isinstance(download, types.Redirect)
    return [
        [change_set.change_set_id, [asset.id for asset in change_set.changed_assets]],
        [channel.channel_id for channel in channels],
        [page.result_count, [str(record.date_downloaded) for record in page.downloads]],
        [download.status_code, download.location],
    ]


if __name__ == "__main__":
    print(json.dumps(blocking(sys.argv[1])))
    print(json.dumps(asyncio.run(asynchronous(sys.argv[1]))))
