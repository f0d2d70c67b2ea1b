"""Requests for files, and the keywords of the methods that save or read them, checked."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import parse_qsl

from gettyimages_rest import types
from gettyimages_rest.api.downloads import request_image_download as _image
from gettyimages_rest.api.downloads import request_video_download as _video

from .._calls.arguments import (
    check_callable,
    check_journal,
    check_names,
    check_path,
    invalid,
    is_database,
    plain_id,
)
from .._calls.request import check_headers, checked_request
from .._errors import InvalidArgumentError
from .._response import DownloadLink
from .._settings import positive
from .files import naming

MAX_FILE_SIZE = 20_000_000_000
"""The size in bytes above which a file is refused, unless the caller sets another."""
StrPath: typing.TypeAlias = str | os.PathLike[str]
Overwrite: typing.TypeAlias = typing.Literal["skip", "replace", "error"]
Progress: typing.TypeAlias = Callable[[int, int | None], object]
STORES = ("s3://", "gs://", "az://")
"""How the URL of a prefix in an object store begins."""
BatchProgress: typing.TypeAlias = Callable[[str, int, int | None], object]


class OpenLinkOptions(typing.TypedDict, total=False):
    """The keywords of `downloads.open_link`, and what `downloads.open_image` has beside these."""

    max_file_size: int


class BatchOptions(OpenLinkOptions, total=False):
    """What the methods that save many files have beside the request, as `downloads.save_images`."""

    concurrency: int
    max_downloads: int | None
    budget: str | None
    dry_run: bool
    settle_after: float | None
    journal: StrPath | None
    overwrite: Overwrite
    allow_repurchase: bool
    on_progress: BatchProgress | None


class _OneFileOptions(OpenLinkOptions, total=False):
    filename: str | None
    journal: StrPath | None
    overwrite: Overwrite
    on_progress: Progress | None


class SavingOptions(_OneFileOptions, total=False):
    """What the methods that save one file have beside the request, as `downloads.save_image`."""

    allow_repurchase: bool


class SaveLinkOptions(_OneFileOptions, total=False):
    """The keywords of `downloads.save_link`, where they are explained."""

    timeout: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveOptions:
    """Where and how to save one file or many, with the defaults of all keywords."""

    directory: Path | str
    """A string is the URL of a prefix in an object store."""
    filename: str | None = None
    journal: StrPath | None = None
    overwrite: Overwrite = "skip"
    allow_repurchase: bool = False
    max_file_size: int = MAX_FILE_SIZE
    on_progress: Callable[..., object] | None = None
    settle_after: float | None = None
    concurrency: int = 8
    max_downloads: int | None = None
    budget: str | None = None
    dry_run: bool = False

    def __post_init__(self) -> None:
        check_callable("on_progress", self.on_progress)
        if self.filename is not None:
            naming.checked(self.filename)
        allowed = typing.get_args(Overwrite)
        count, most, lag = self.concurrency, self.max_downloads, self.settle_after
        for name, is_valid, expected in (
            ("overwrite", self.overwrite in allowed, f"one of {allowed}"),
            ("allow_repurchase", isinstance(self.allow_repurchase, bool), "True or False"),
            ("dry_run", isinstance(self.dry_run, bool), "True or False"),
            ("concurrency", isinstance(count, int) and count >= 1, "an integer from 1"),
            ("max_downloads", most is None or _is_from_0(most, int), "an integer from 0"),
            ("budget", self.budget is None or _is_name(self.budget), "a printable name"),
            ("max_file_size", _is_from_0(self.max_file_size, int), "bytes, an integer from 0"),
            ("settle_after", lag is None or _is_from_0(lag, int | float), "seconds from 0"),
        ):
            if not is_valid:
                raise invalid(name, expected, getattr(self, name))
        if is_database(self.journal) and most is not None and self.budget is None:
            text = "a journal in a database is shared: name a budget for all, as budget='2026-11'"
            raise InvalidArgumentError(f"max_downloads: {text}")


def separated(
    method: str, declared: type, given: Mapping[str, typing.Any], directory: StrPath = ""
) -> tuple[SaveOptions, dict[str, typing.Any]]:
    """Separate the keywords of saving, checked, from those of the request; all are `declared`."""
    check_names(method, given, declared)
    target = checked_target(directory, given.get("journal"))
    sent, names = dict(given), {field.name for field in fields(SaveOptions)}
    saving = {name: sent.pop(name) for name in names.intersection(given)}
    return SaveOptions(directory=target, **saving), sent


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and 0 < len(value) <= 100


def checked_target(directory: StrPath, journal: StrPath | None) -> Path | str:
    """Return the path of a directory, or the URL of a prefix in a store; refuse anything else."""
    check_path("directory", directory)
    if journal is not None:
        check_journal("journal", journal)
    if not isinstance(directory, str) or not re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", directory):
        return Path(directory)
    if directory.startswith("file:///"):
        from urllib.request import url2pathname  # slow to import

        return Path(url2pathname(directory.removeprefix("file://")))
    url = directory.rstrip("/")
    bucket, _, prefix = url.partition("://")[2].partition("/")
    segments = prefix.split("/") if prefix else []
    is_plain = prefix.isprintable() and not {"", ".", ".."}.intersection(segments)
    is_plain = is_plain and not re.search(r"[?#\\]", prefix)
    if not (url.startswith(STORES) and re.fullmatch(r"[\w.-]+", bucket) and is_plain):
        expected = "a path, file:///path, or s3://, gs:// or az:// with bucket/prefix"
        raise invalid("directory", expected, re.sub("//.*@", "//...@", directory))
    if journal is None:
        text = (
            "need a journal that is not beside them: a file, or the address of a Postgres database"
        )
        raise InvalidArgumentError(f"journal: files in {url} {text}")
    check_store_extra()
    return url


def check_store_extra() -> None:
    """Raise an `InvalidArgumentError` if object stores cannot be used."""
    if importlib.util.find_spec("obstore") is None:
        raise InvalidArgumentError("object stores need: pip install 'gettyimages-client[fleet]'")


def _is_from_0(value: typing.Any, kind: typing.Any) -> bool:
    return isinstance(value, kind) and bool(value >= 0)


class FileOperation(typing.NamedTuple):
    """An operation that spends a download and hands over a file."""

    operation: types.Operation[typing.Any]
    build_request: Callable[..., types.Request]
    """The generated one, which takes the id of the asset first."""

    def request(self, asset_id: str | int, options: Mapping[str, typing.Any]) -> FileRequest:
        """Return the request for one file, by the keywords of the generated method."""
        asset_id, given = plain_id(asset_id), dict(options)
        timeout, headers = given.pop("timeout", None), given.pop("headers", None)
        if timeout is not None:
            positive("timeout", timeout)
        check_headers(headers)
        if given.get("auto_download") is None:  # its default is not the same for each operation
            given["auto_download"] = True
        request = checked_request(self.build_request, asset_id, **given)
        parameters = dict[str, str]()
        for name, value in parse_qsl(request.query, keep_blank_values=True):
            if name in self.operation.identifies_file:
                if not value or value.strip() != value or name in parameters:
                    expected = "one value that is not empty, without white space around it"
                    raise invalid(name, expected, given.get(name))
                parameters[name] = value.lower()
        return FileRequest(self.operation, request, asset_id, parameters, timeout, headers)

    def prepared(
        self,
        method: str,
        declared: type,
        asset_id: str | int,
        given: Mapping[str, typing.Any],
        directory: StrPath = "",
    ) -> tuple[FileRequest, SaveOptions]:
        """Return the request of a method, and how to save its file: see `separated`."""
        options, sent = separated(method, declared, given, directory)
        return self.request(asset_id, sent), options

    def task(
        self, method: str, declared: type, given: Mapping[str, typing.Any], directory: StrPath
    ) -> Task:
        """Return what a batch is to do, from the keywords of a method."""
        options, sent = separated(method, declared, given, directory)
        self.request("1", sent)  # refuses what cannot be sent with any id
        return Task(options, lambda asset_id: self.request(asset_id, sent))


class Task(typing.NamedTuple):
    """What a batch is to do: how to save files, and how each is requested by its id."""

    options: SaveOptions
    request: Callable[[str], FileRequest]


class FileRequest(typing.NamedTuple):
    operation: types.Operation[typing.Any]
    request: types.Request
    asset_id: str
    parameters: dict[str, str]
    """The identifying parameters as they are sent."""
    timeout: float | None = None
    headers: Mapping[str, str] | None = None

    @property
    def kind(self) -> str:
        """The kind of the asset, as the path of the operation has it, such as `images`."""
        return self.operation.path.split("/")[-2]

    @property
    def key(self) -> str:
        """Identifies the file in a journal: the same string for the same request."""
        parts = {"operation": self.operation.name, "asset": self.asset_id, **self.parameters}
        return json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


IMAGE = FileOperation(_image.OPERATION, _image.build_request)


class SaveImageOptions(_image.RequestImageDownloadOptions, SavingOptions, total=False):
    """The keywords of `downloads.save_image`, where they are explained."""


class SaveImagesOptions(_image.RequestImageDownloadOptions, BatchOptions, total=False):
    """The keywords of `downloads.save_images`, where they are explained."""


class OpenImageOptions(_image.RequestImageDownloadOptions, OpenLinkOptions, total=False):
    """The keywords of `downloads.open_image`, where they are explained."""


VIDEO = FileOperation(_video.OPERATION, _video.build_request)


class SaveVideoOptions(_video.RequestVideoDownloadOptions, SavingOptions, total=False):
    """The keywords of `downloads.save_video`, where they are explained."""


class SaveVideosOptions(_video.RequestVideoDownloadOptions, BatchOptions, total=False):
    """The keywords of `downloads.save_videos`, where they are explained."""


class OpenVideoOptions(_video.RequestVideoDownloadOptions, OpenLinkOptions, total=False):
    """The keywords of `downloads.open_video`, where they are explained."""


def for_link(link: DownloadLink, **timeout: float | None) -> FileRequest:
    """Return the request that a link was paid for with, to find its entry in a journal."""
    if not isinstance(link, DownloadLink):
        raise invalid("link", "a DownloadLink", link)
    for one in (IMAGE, VIDEO):
        if one.operation.name == link.operation:
            return one.request(link.asset_id, {**link.parameters, **timeout})
    raise InvalidArgumentError(f"link: {link.operation} does not hand over a file")
