"""User code that uses every public name, for type checkers only: it is never run.

`test_typed_usage.py` checks that all names of `gettyimages.__all__` are used here, and all keywords
of the methods that take the options of an operation. Their signatures follow what is generated:
only a call shows a type checker that a keyword is gone.
"""

from __future__ import annotations

import datetime
import io
import ssl
import typing
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import assert_type

import httpx

from gettyimages import (
    NULL,
    APIConnectionError,
    APIError,
    APITimeoutError,
    AsyncChangeSetDelivery,
    AsyncChangeSets,
    AsyncDownloadBatch,
    AsyncGettyImages,
    AsyncOpenedFile,
    AuthenticationError,
    BadRequestError,
    ChangeSetDelivery,
    ChangeSetError,
    ChangeSets,
    ContentError,
    CredentialsError,
    DownloadBatch,
    DownloadError,
    DownloadInProgressError,
    DownloadLink,
    DownloadOutcomeUnknownError,
    DownloadResult,
    DownloadSummary,
    FileConflictError,
    FileError,
    GettyImages,
    GettyImagesError,
    InvalidArgumentError,
    JournalError,
    JournalRecord,
    LinkLostError,
    NotFoundError,
    OpenedFile,
    OutcomeUnknownError,
    PermissionDeniedError,
    RateLimitError,
    RawResponse,
    RegistrationError,
    RegistrationProgress,
    ResponseDecodeError,
    SavedFile,
    ServerError,
    TokenStore,
    TransferError,
    WrittenFile,
    __version__,
    fleet,
)
from gettyimages import models as same_models
from gettyimages_rest import models, types

assert_type(__version__, str)


class History(typing.TypedDict):
    """The keywords of methods that list downloads."""

    company_downloads: bool
    end_date: datetime.date
    page: int
    page_size: int
    product_type: str
    start_date: datetime.date
    date_from: datetime.datetime
    date_to: datetime.datetime
    use_time: bool
    accept_language: str
    extra_query: types.Query
    timeout: float
    headers: dict[str, str]


class File(typing.TypedDict):
    """The keywords of all methods that request files."""

    auto_download: bool
    product_id: int
    product_type: str
    use_team_credits: bool
    accept_language: str
    download_notes: str
    project_code: str
    extra_query: types.Query
    timeout: float
    headers: dict[str, str]


class Image(File):
    """The keywords of methods that request images."""

    file_type: str
    height: int


class Video(File):
    """The keywords of methods that request videos."""

    size: str


class Saving(typing.TypedDict):
    """The keywords of methods that save one file, or many."""

    overwrite: typing.Literal["skip", "replace", "error"]
    allow_repurchase: bool
    max_file_size: int


class Batch(Saving):
    """The further keywords of methods that save many files."""

    concurrency: int
    max_downloads: int
    budget: str
    settle_after: float


class Fleet(Batch):
    """The further keywords of functions that save files by many processes."""

    cluster: None
    workers: int
    make_client: type[GettyImages]
    max_requests_per_second: float
    chunk_size: int


class Memory:
    """A token store of the user's."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def get(self, key: str, /) -> str | None:
        return self.texts.get(key)

    def set(self, key: str, value: str, /) -> None:
        self.texts[key] = value


def measured(response: RawResponse) -> None:
    assert_type(response.status_code, int)
    assert_type(response.headers, Mapping[str, str])
    assert_type(response.content, bytes)
    assert_type(response.attempts, int)


def clients(store: TokenStore, context: ssl.SSLContext) -> None:
    GettyImages()
    GettyImages(
        api_key="k", api_secret="s", username="u", password="p", max_requests_per_second=2.5
    )
    AsyncGettyImages(
        api_key="k", api_secret="s", refresh_token="r", on_refresh_token=print, token_store=store,
        base_url="https://api.example", token_url="https://tokens.example/oauth2/token",
        timeout=60, step_timeout=10, stop_timeout=20, max_retries=2, max_response_size=2_000_000,
        accept_language="de", app_name="Mine/1", proxy="http://localhost:3128", verify=context,
        file_transport=httpx.HTTPTransport(),
        on_response=measured, max_requests_per_second=None,
    )  # fmt: skip
    AsyncGettyImages(transport=httpx.AsyncHTTPTransport(), file_transport=httpx.HTTPTransport())
    GettyImages(access_token="t", token_store="~/.token", verify=False)
    GettyImages(verify=Path("authority.pem"))
    GettyImages(token_store=Memory(), transport=httpx.HTTPTransport())
    GettyImages(file_transport=httpx.HTTPTransport(), stop_timeout=5)
    GettyImages(file_transport=httpx.AsyncHTTPTransport())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    GettyImages("k")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    GettyImages(max_retries="2")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def blocking() -> None:
    with GettyImages() as client:
        assert_type(client, GettyImages)
        assert_type(client.with_options(timeout=9, step_timeout=1, max_retries=0), GettyImages)
        client.with_options(stop_timeout=1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
        assert_type(client.request("GET", "/v3/countries", query={"a": [1, None]}), RawResponse)

        client.asset_registrations.register(asset_ids=["1"])
        progress = RegistrationProgress()
        register_all = client.asset_registrations.register_all
        assert_type(register_all(["1", 2], batch_size=1, progress=progress), int)
        assert_type(progress.registered + progress.uncertain + progress.taken, list[str])
        client.boards.update("1", name="Birds", description=NULL)

        page = client.downloads.get_downloads(page=2, start_date=datetime.date(2026, 1, 1))
        assert_type(page, models.DownloadHistoryPage)
        assert_type(page.downloads, list[models.DownloadRecord] | None)
        history = client.downloads.history(page_size=100, product_type="premiumaccess")
        assert_type(history, Iterator[models.DownloadRecord])
        for record in history:
            assert_type(record.date_downloaded, datetime.datetime | None)
        link = client.downloads.request_image_download("1", auto_download=False)
        assert_type(link, models.DownloadUri | types.Redirect)
        typed, response = client.with_response(client.downloads.get_downloads, page=1)
        assert_type(typed, models.DownloadHistoryPage)
        assert_type(response, RawResponse)
        assert_type(response.json(), types.JSON)
        client.with_response(client.downloads.get_downloads, pages=1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
        client.downloads.get_downloads(extra_query={"use_time": True, "x": ["a", 1]}, page=1)
        client.downloads.history(page_size="9")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

        assert_type(client.products.list(), models.ProductsResult)
        assert_type(client.products.list().products, list[models.Product] | None)
        assert_type(client.videos.get("1"), types.JSON)
        found = client.search.creative_images(phrase="ostrich", orientations=["square"])
        assert_type(found.images, list[models.ImageSearchItemCreative] | None)
        images = client.search.iter_creative_images(phrase="ostrich", fields=["id"])
        assert_type(images, Iterator[models.ImageSearchItemCreative])
        client.search.iter_creative_images(phrases="a")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
        client.search.creative_images(page="2")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

        assert_type(client.asset_changes.get_channels(), list[same_models.Channel])
        assert_type(client.asset_changes.get_change_set(channel_id=1), models.ChangeSet | None)
        change_sets = client.asset_changes.change_sets(1, batch_size=10, follow=True, poll=1)
        assert_type(change_sets, ChangeSets)
        for change_set in change_sets:
            assert_type(change_set, ChangeSetDelivery)
            assert_type(change_set.change_set_id, str)
            assert_type(change_set.confirmed, bool)
            assert_type(change_set.model, models.ChangeSet)
            assert_type(change_set.changed_assets, Sequence[models.ChangedAsset])
            change_set.confirm()
        change_sets.stop()
    client.close()


async def asynchronous(ids: AsyncIterator[str]) -> None:
    async with AsyncGettyImages() as client:
        assert_type(client, AsyncGettyImages)
        assert_type(client.with_options(accept_language="de"), AsyncGettyImages)
        response = await client.request("POST", "/v3/things", json={"a": 1}, timeout=5)
        assert_type(response, RawResponse)

        await client.asset_registrations.register(asset_ids=["1"], headers={"X-Mine": "1"})
        assert_type(await client.asset_registrations.register_all(ids), int)

        assert_type(await client.downloads.get_downloads(), models.DownloadHistoryPage)
        history = client.downloads.history(start_date="2026-01-01", timeout=3)
        assert_type(history, AsyncIterator[models.DownloadRecord])
        boards = client.boards.iter_list(sort_order="name_ascending")
        assert_type(boards, AsyncIterator[models.BoardListBoard])
        async for record in history:
            assert_type(record.user, models.DownloadUser | None)
        typed, response = await client.with_response(client.downloads.get_downloads, page=1)
        assert_type(typed, models.DownloadHistoryPage)
        assert_type(response, RawResponse)
        link = await client.downloads.request_image_download("1", project_code="p")
        assert_type(link, models.DownloadUri | types.Redirect)

        assert_type(await client.asset_changes.get_channels(), list[models.Channel])
        await client.asset_changes.confirm_change_set(5)
        change_sets = client.asset_changes.change_sets(1)
        assert_type(change_sets, AsyncChangeSets)
        async for change_set in change_sets:
            assert_type(change_set, AsyncChangeSetDelivery)
            await change_set.confirm()
    await client.close()
    await client.aclose()


def shown(there: int, size: int | None) -> None:
    print(there, size)


async def awaited(there: int, size: int | None) -> None:
    print(there, size)


def saved(client: GettyImages) -> Path:
    link = client.downloads.request_link("1", auto_download=False, file_type="jpg")
    assert_type(link, DownloadLink)
    assert_type(link.expires_at, datetime.datetime)
    assert_type(link.parameters, dict[str, str])
    assert_type(
        client.downloads.save_link(link, "photos", journal="j", on_progress=shown), SavedFile
    )
    with client.downloads.open_link(link) as opened:
        assert_type(opened, OpenedFile)
    file = client.downloads.save_image(
        "1", "photos", overwrite="replace", height=600, journal=Path("j"), allow_repurchase=True
    )
    assert_type(file, SavedFile)
    assert_type(
        client.downloads.save_image_to("1", io.BytesIO(), height=1, max_file_size=9), WrittenFile
    )
    with client.downloads.open_image("1", max_file_size=9) as image:
        assert_type(image.read(5), bytes)
        assert_type(image, OpenedFile)
        assert_type(b"".join(image), bytes)
    downloaded = client.downloads.was_downloaded("1", since=link.expires_at)
    assert_type(downloaded, bool)
    batch = client.downloads.save_images(["1", "2"], Path("photos"), max_downloads=2, journal="j")
    assert_type(batch, DownloadBatch)
    for result in batch:
        assert_type(result, DownloadResult)
        assert_type(result.file, SavedFile | None)
    assert_type(batch.summary, DownloadSummary)
    client.downloads.save_image(1, "photos", height=600)
    client.downloads.resolve("photos", 1, downloaded=True, height=600)
    assert_type(client.downloads.request_video_link("2", size="hd720"), DownloadLink)
    assert_type(
        client.downloads.save_video(2, "videos", size="hd720", overwrite="error"), SavedFile
    )
    assert_type(
        client.downloads.save_videos(["2"], "videos", size="hd720", concurrency=2), DownloadBatch
    )
    ids = (item.id for item in client.search.iter_creative_images(phrase="ostrich"))
    assert_type(client.downloads.save_images(ids, "photos", max_downloads=2), DownloadBatch)
    with client.downloads.open_video("2", size="hd720", max_file_size=9) as video:
        assert_type(video, OpenedFile)
    client.downloads.resolve_video("videos", 2, downloaded=True, size="hd720")
    client.downloads.journal_backup("photos", Path("copy"), journal="j")
    client.downloads.rebind_journal("photos")
    assert_type(client.downloads.journal_report("photos"), list[JournalRecord])
    return file.path


async def saved_later(client: AsyncGettyImages) -> Path:
    link = await client.downloads.request_link("1", auto_download=False, file_type="jpg")
    assert_type(link, DownloadLink)
    saved_link = await client.downloads.save_link(link, "photos", journal="j", on_progress=awaited)
    assert_type(saved_link, SavedFile)
    async with client.downloads.open_link(link) as opened:
        assert_type(opened, AsyncOpenedFile)
    file = await client.downloads.save_image(
        "1", "photos", overwrite="replace", height=600, journal=Path("j"), allow_repurchase=True
    )
    assert_type(file, SavedFile)
    assert_type(await client.downloads.save_image_to("1", io.BytesIO()), WrittenFile)
    async with client.downloads.open_image("1") as image:
        assert_type(await image.read(5), bytes)
        assert_type(image, AsyncOpenedFile)
        assert_type([chunk async for chunk in image], list[bytes])
    downloaded = await client.downloads.was_downloaded("1", since=link.expires_at)
    assert_type(downloaded, bool)
    batch = client.downloads.save_images(["1", "2"], Path("photos"), max_downloads=2, journal="j")
    assert_type(batch, AsyncDownloadBatch)
    async for result in batch:
        assert_type(result, DownloadResult)
    assert_type(batch.summary, DownloadSummary)
    await client.downloads.save_image(1, "photos", height=600)
    await client.downloads.resolve("photos", 1, downloaded=True, height=600)
    assert_type(await client.downloads.request_video_link("2", size="hd720"), DownloadLink)
    assert_type(await client.downloads.save_video(2, "videos", size="hd720"), SavedFile)
    assert_type(client.downloads.save_videos(["2"], "videos", size="hd720"), AsyncDownloadBatch)
    ids = (item.id async for item in client.search.iter_creative_images(phrase="ostrich"))
    assert_type(client.downloads.save_images(ids, "photos", max_downloads=2), AsyncDownloadBatch)
    async with client.downloads.open_video("2", size="hd720") as video:
        assert_type(video, AsyncOpenedFile)
    await client.downloads.resolve_video("videos", 2, downloaded=True, size="hd720")
    await client.downloads.journal_backup("photos", Path("copy"), journal="j")
    await client.downloads.rebind_journal("photos")
    assert_type(await client.downloads.journal_report("photos"), list[JournalRecord])
    return file.path


def by_every_keyword(
    client: GettyImages, history: History, image: Image, video: Video, saving: Saving, batch: Batch
) -> None:
    downloads = client.downloads
    downloads.history(**history)
    downloads.request_link("1", **image)
    downloads.open_image("1", max_file_size=9, **image)
    downloads.save_image_to("1", io.BytesIO(), max_file_size=9, **image)
    downloads.save_image("1", "d", filename="f", journal="j", on_progress=shown, **image, **saving)
    downloads.save_images(
        ["1"], "d", journal="j", on_progress=print, dry_run=True, **image, **batch
    )
    downloads.resolve("d", "1", downloaded=True, journal="j", **image)
    downloads.request_video_link("1", **video)
    downloads.open_video("1", max_file_size=9, **video)
    downloads.save_video("1", "d", filename="f", journal="j", on_progress=shown, **video, **saving)
    downloads.save_videos(
        ["1"], "d", journal="j", on_progress=print, dry_run=True, **video, **batch
    )
    downloads.resolve_video("d", "1", downloaded=True, journal="j", **video)


async def by_every_keyword_later(
    client: AsyncGettyImages,
    history: History,
    image: Image,
    video: Video,
    saving: Saving,
    batch: Batch,
) -> None:
    downloads = client.downloads
    downloads.history(**history)
    await downloads.request_link("1", **image)
    downloads.open_image("1", max_file_size=9, **image)
    await downloads.save_image_to("1", io.BytesIO(), max_file_size=9, **image)
    await downloads.save_image(
        "1", "d", filename="f", journal="j", on_progress=awaited, **image, **saving
    )
    downloads.save_images(
        ["1"], "d", journal="j", on_progress=print, dry_run=True, **image, **batch
    )
    await downloads.resolve("d", "1", downloaded=True, journal="j", **image)
    await downloads.request_video_link("1", **video)
    downloads.open_video("1", max_file_size=9, **video)
    await downloads.save_video(
        "1", "d", filename="f", journal="j", on_progress=awaited, **video, **saving
    )
    downloads.save_videos(
        ["1"], "d", journal="j", on_progress=print, dry_run=True, **video, **batch
    )
    await downloads.resolve_video("d", "1", downloaded=True, journal="j", **video)


def fleet_by_every_keyword(image: Image, video: Video, options: Fleet) -> None:
    fleet.save_images(["1"], "d", journal="j", dry_run=True, **image, **options)
    fleet.save_videos(["1"], "d", journal="j", dry_run=True, **video, **options)


def download_errors(client: GettyImages) -> str:
    try:
        client.downloads.save_image("1", "photos")
    except (LinkLostError, DownloadOutcomeUnknownError, DownloadInProgressError) as error:
        return f"paid, or perhaps: {error}"
    except InvalidArgumentError:
        pass
    except FileConflictError:
        return "in the way"
    except (FileError, JournalError) as error:
        return f"disk: {error}"
    except (TransferError, ContentError) as error:
        return f"not whole: {error}"
    return "saved"


def errors(client: GettyImages) -> str | None:
    try:
        client.downloads.request_image_download("1")
    except (BadRequestError, AuthenticationError, PermissionDeniedError, NotFoundError) as error:
        return error.code
    except (RateLimitError, ServerError) as error:
        return error.response.headers.get("retry-after")
    except APIError as error:
        assert_type(error.status_code, int)
        assert_type(error.response, RawResponse)
        return f"{error.operation} {error.message}"
    except APITimeoutError as error:
        return f"slow {error.may_have_executed}"
    except APIConnectionError as error:
        return f"down {error.may_have_executed}"
    except ResponseDecodeError as error:
        return repr(error.response.content)
    except RegistrationError as error:
        assert_type(error.registered_ids + error.failed + error.taken, list[str])
        return f"{error.batch} {error.registered}"
    except DownloadOutcomeUnknownError as error:
        assert_type(error.since, datetime.datetime)
        assert_type(error.from_earlier_request, bool)
        return error.path
    except OutcomeUnknownError as error:
        assert_type(error.response, RawResponse | None)
        return f"{error.since} {error.operation}"
    except (CredentialsError, ChangeSetError, DownloadError) as error:
        return str(error)
    except GettyImagesError:
        return None
    return ""
