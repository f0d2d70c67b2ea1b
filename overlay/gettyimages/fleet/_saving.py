"""The functions of the fleet, and their keywords."""

from __future__ import annotations

import os
import typing
import uuid
from collections.abc import Callable, Iterable
from urllib.parse import parse_qs, urlsplit

from gettyimages import GettyImages, InvalidArgumentError
from gettyimages_rest.api.downloads.request_image_download import RequestImageDownloadOptions
from gettyimages_rest.api.downloads.request_video_download import RequestVideoDownloadOptions

from ._cluster import check, opened
from ._driver import FleetBatch as FleetBatch
from ._worker import Work

if typing.TYPE_CHECKING:
    import distributed

StrPath: typing.TypeAlias = str | os.PathLike[str]


class _SavingOptions(typing.TypedDict, total=False):
    budget: str | None
    max_downloads: int | None
    concurrency: int
    dry_run: bool
    settle_after: float | None
    overwrite: typing.Literal["skip", "replace", "error"]
    allow_repurchase: bool
    max_file_size: int
    cluster: distributed.Client | None
    workers: int | None
    make_client: Callable[..., GettyImages]
    max_requests_per_second: float | None
    chunk_size: int


class FleetOptions(RequestImageDownloadOptions, _SavingOptions, total=False):
    """The keywords of `save_images`, where they are explained."""


class FleetVideoOptions(RequestVideoDownloadOptions, _SavingOptions, total=False):
    """The keywords of `save_videos`: see `save_images`."""


def save_images(
    ids: Iterable[str | int | None],
    target: StrPath,
    *,
    journal: StrPath,
    **options: typing.Unpack[FleetOptions],
) -> FleetBatch:
    """Save many images by many processes, each of them paid for once.

    Run it again after anything, with the same journal and budget: it goes on where it was.

    Args:
        ids: Ids of images; taken as they are needed, each once.
        target: Where to save them, as for `downloads.save_images`. All workers must reach it.
        journal: The address of a Postgres database, or a file for workers of one machine.
        cluster: A connection to a Dask cluster, whose workers have this package; by default
            processes of this machine, which end with the batch.
        workers: How many processes; by default one for each CPU, at most 4. Without `cluster`.
        make_client: What makes the client of a worker, from the worker's environment or from
            wherever it gets its credentials: `GettyImages` by default, or a function of a module
            that the workers can import. It is called with `max_requests_per_second`.
        max_requests_per_second: How many requests all workers together may send.
        budget: The name of the budget in the journal that `max_downloads` belongs to, which runs
            share that use it. By default one of this run.
        max_downloads: How many downloads all workers together may use up.
        concurrency: How many images each worker requests and fetches at a time, by default 8.
        chunk_size: How many ids a task has, by default 50. Results come by chunks.
        **options: Those of `downloads.save_images`, for each image.

    Returns:
        An iterator of results with a `summary`; `run()` returns that without a loop. An image is
        `failed` if workers have died again and again that were to save it. A file that was saved
        by a worker that died is `skipped`, and its download is missing in `downloads_used`.

    Raises:
        InvalidArgumentError: An argument cannot be right; nothing has been sent.
        GettyImagesError: From the iterator: the journal or the target cannot be used, or the
            cluster is lost.
    """
    return _batch("save_images", FleetOptions, ids, target, journal, dict(options))


def save_videos(
    ids: Iterable[str | int | None],
    target: StrPath,
    *,
    journal: StrPath,
    **options: typing.Unpack[FleetVideoOptions],
) -> FleetBatch:
    """Save many videos by many processes, as `save_images` does images."""
    return _batch("save_videos", FleetVideoOptions, ids, target, journal, dict(options))


def _batch(
    method: str,
    declared: type,
    ids: Iterable[str | int | None],
    target: StrPath,
    journal: StrPath,
    options: dict[str, typing.Any],
) -> FleetBatch:
    for name in options:
        if name not in declared.__annotations__:
            raise InvalidArgumentError(f"{method}() has no argument {name!r}")
    cluster, workers = options.pop("cluster", None), options.pop("workers", None)
    make_client = _name_of(options.pop("make_client", GettyImages))
    rate, size = options.pop("max_requests_per_second", None), options.pop("chunk_size", 50)
    check(cluster)
    for name, count in (("workers", workers), ("chunk_size", size)):
        is_valid = isinstance(count, int) and count >= 1
        if not (is_valid or (name == "workers" and count is None)):
            raise InvalidArgumentError(f"{name} must be an integer from 1, found {count!r:.100}")
    if workers is not None and cluster is not None:
        raise InvalidArgumentError("workers must be left out with a cluster, which has its own")
    run = uuid.uuid4().hex
    options["budget"] = options.get("budget") or f"fleet {run}"  # the rate belongs to it, too
    options["journal"] = _everywhere("journal", journal)
    place = _everywhere("target", target)
    with GettyImages(api_key="unused", from_env=False, max_requests_per_second=rate) as unused:
        getattr(unused.downloads, method)(ids, place, **options).close()  # checks the arguments
    work = Work(run, method, place, options, make_client, rate)
    count = workers or min(4, os.cpu_count() or 1)
    return FleetBatch(lambda: opened(cluster, count), work, ids, size)


def _everywhere(name: str, place: StrPath) -> str:
    """An address or a path as all workers understand it. It becomes part of the tasks."""
    if not isinstance(place, str | os.PathLike):
        raise InvalidArgumentError(f"{name} must be a path or an address")
    text = os.fspath(place)
    if "://" not in text:
        return os.path.abspath(text)  # noqa: PTH100 - as it is, without following links
    parts = urlsplit(text)
    if parts.password or "password" in parse_qs(parts.query):
        raise InvalidArgumentError(
            f"{name} must not contain a password, as all workers and their scheduler see it: have"
            " them find it in their environment"
        )
    return text


def _name_of(function: Callable[..., GettyImages]) -> str:
    """The place where workers find a function: what it has taken along must not be sent to them."""
    import importlib
    import operator

    module = getattr(function, "__module__", None)
    qualified = getattr(function, "__qualname__", "")
    try:
        if module == "__main__":
            raise AttributeError
        found = operator.attrgetter(qualified)(importlib.import_module(str(module)))
    except (ImportError, AttributeError):
        found = None
    if found is not function:
        raise InvalidArgumentError(
            "make_client must be a function of a module that the workers can import, and not of"
            " the script that is run: they find it there by its name"
        )
    return f"{module}:{qualified}"
