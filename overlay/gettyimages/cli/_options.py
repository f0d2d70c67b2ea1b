"""Options that several commands share."""

from __future__ import annotations

import os
import typing
from collections.abc import Callable
from pathlib import Path

import click

Command: typing.TypeAlias = Callable[..., int | None]

FROM = click.option(
    "--from",
    "source",
    type=click.File(encoding="utf-8-sig"),
    metavar="FILE|-",
    help="Take ids from the first column of a file, or from stdin.",
)


class PathOrURL(click.Path):
    """A path, or the URL of a store or a database, which a path would change."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        return value if "://" in str(value) else super().convert(value, param, ctx)


FILE = click.Path(path_type=Path, dir_okay=False)
JOURNAL = click.option(
    "--journal", help="The file of the journal, or a Postgres database. Default: in the directory."
)


_DOWNLOAD = (
    click.option("--height", type=int, help="The height of the image in pixels."),
    click.option("--file-type", help="The type of the file, such as jpg or eps."),
    click.option("--product-type", help="The product to charge, such as easyaccess."),
    click.option("--product-id", type=int, help="The id of the product to charge."),
    click.option("--max-downloads", type=int, help="How many downloads may be used up."),
    click.option("--budget", help="A name, to share --max-downloads with all runs that use it."),
    click.option("--concurrency", type=int, default=8, show_default=True, help="Files at a time."),
    click.option("--dry-run", is_flag=True, help="Show what would be done; pay and write nothing."),
    click.option(
        "--overwrite",
        type=click.Choice(["skip", "replace", "error"]),
        default="skip",
        show_default=True,
        help="What to do about a file that is there.",
    ),
    click.option(
        "--allow-repurchase", is_flag=True, help="Pay again for a file whose link is lost."
    ),
    click.option("--settle-after", type=float, help="Seconds by which the history may lag."),
    click.option("--report", type=FILE, help="Write what was not saved to a CSV file."),
)


def download_options(function: Command) -> Command:
    """Add the options of the commands that save images."""
    for option in reversed(_DOWNLOAD):
        function = option(function)
    return function
