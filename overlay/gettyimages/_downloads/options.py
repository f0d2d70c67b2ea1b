"""The keywords of the methods that save files: declared, read and checked in one place."""

from __future__ import annotations

import os
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from .._calls.arguments import check_callable, check_names, check_path, invalid
from .files import naming

MAX_FILE_SIZE = 20_000_000_000
"""The size in bytes above which a file is refused, unless the caller sets another."""
StrPath: typing.TypeAlias = str | os.PathLike[str]
Overwrite: typing.TypeAlias = typing.Literal["skip", "replace", "error"]
Progress: typing.TypeAlias = Callable[[int, int | None], object]
BatchProgress: typing.TypeAlias = Callable[[str, int, int | None], object]


class SavingOptions(typing.TypedDict, total=False):
    """What the methods that save one file have beside the request, as `downloads.save_image`."""

    filename: str | None
    journal: StrPath | None
    overwrite: Overwrite
    allow_repurchase: bool
    max_file_size: int
    on_progress: Progress | None


class BatchOptions(typing.TypedDict, total=False):
    """What the methods that save many files have beside it, as `downloads.save_images`."""

    concurrency: int
    max_downloads: int | None
    dry_run: bool
    settle_after: float | None
    journal: StrPath | None
    overwrite: Overwrite
    allow_repurchase: bool
    max_file_size: int
    on_progress: BatchProgress | None


class OpenLinkOptions(typing.TypedDict, total=False):
    """The keywords of `downloads.open_link`, and what `downloads.open_image` has beside these."""

    max_file_size: int


class SaveLinkOptions(typing.TypedDict, total=False):
    """The keywords of `downloads.save_link`, where they are explained."""

    filename: str | None
    journal: StrPath | None
    overwrite: Overwrite
    max_file_size: int
    on_progress: Progress | None
    timeout: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveOptions:
    """Where and how to save one file or many, with the defaults of all keywords."""

    directory: Path
    filename: str | None = None
    journal: StrPath | None = None
    overwrite: Overwrite = "skip"
    allow_repurchase: bool = False
    max_file_size: int = MAX_FILE_SIZE
    on_progress: Callable[..., object] | None = None
    settle_after: float | None = None
    concurrency: int = 8
    max_downloads: int | None = None
    dry_run: bool = False

    def check(self) -> None:
        """Raise an `InvalidArgumentError` for a value that cannot be right."""
        if self.journal is not None:
            check_path("journal", self.journal)
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
            ("max_file_size", _is_from_0(self.max_file_size, int), "bytes, an integer from 0"),
            ("settle_after", lag is None or _is_from_0(lag, int | float), "seconds from 0"),
        ):
            if not is_valid:
                raise invalid(name, expected, getattr(self, name))


def separated(
    method: str, keywords: Mapping[str, typing.Any], *declared: type, directory: StrPath = ""
) -> tuple[SaveOptions, dict[str, typing.Any]]:
    """Separate the keywords of saving, which are checked, from those of the request.

    Raises:
        InvalidArgumentError: A keyword is unknown, or a value cannot be right.
    """
    names = {field.name for field in fields(SaveOptions)}
    saving, request = dict[str, typing.Any](), dict[str, typing.Any]()
    check_names(method, keywords, *declared)
    check_path("directory", directory)
    for name, value in keywords.items():
        (saving if name in names else request)[name] = value
    options = SaveOptions(directory=Path(directory), **saving)
    options.check()
    return options, request


def _is_from_0(value: typing.Any, kind: typing.Any) -> bool:
    return isinstance(value, kind) and bool(value >= 0)
