"""How commands are made, and the options that several of them share."""

from __future__ import annotations

import functools
import os
import re
import sys
import typing
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from gettyimages import __version__

from ._printing import Printer, run

Command: typing.TypeAlias = Callable[..., int | None]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="gettyimages-client")
def group() -> None:
    """Find and download images of Getty Images, and follow what happens to them.

    GETTYIMAGES_API_KEY and GETTYIMAGES_API_SECRET are the key of your application and its secret.
    `gettyimages login` makes it act for a user. With --sandbox, a command runs against a server on
    this machine, without an account and at no cost.
    """


def command(
    function: Command, parent: click.Group = group, name: str | None = None
) -> click.Command:
    """Make a command, which prints tables, plain text or JSON."""

    @functools.wraps(function)
    def printing(*, as_json: bool, **given: typing.Any) -> None:
        printer = Printer(as_json=as_json)
        sys.exit(run(lambda: function(printer=printer, **given)))

    option = click.option("--json", "as_json", is_flag=True, help="Print an object on each line.")
    return parent.command(name or function.__name__.rstrip("_"))(option(printing))


SANDBOX = click.option(
    "--sandbox", is_flag=True, help="Try it on a server on this machine, without an account."
)


def account_command(function: Command) -> click.Command:
    """Make a command that talks to the API."""

    @functools.wraps(function)
    def with_client(*, sandbox: bool, **given: typing.Any) -> int | None:
        from ._account import opened

        with opened(sandbox=sandbox) as client:
            return function(client=client, **given)

    return command(SANDBOX(with_client))


def ids_argument(function: Command) -> Command:
    """Add the ids of a command, or the file that they are in."""
    from_file = click.option(
        "--from",
        "source",
        type=click.File(encoding="utf-8-sig"),
        metavar="FILE|-",
        help="Take ids from the first column of a file, or from stdin.",
    )
    return click.argument("ids", nargs=-1)(from_file(function))


def read_ids(ids: tuple[str, ...], source: typing.TextIO | None) -> Iterable[str]:
    """The ids of a command. Those of a file are read now, those of stdin as they are needed."""
    if bool(ids) == bool(source):
        raise click.UsageError("Pass ids, or a file of them by --from: one of the two.")
    columns = (re.split("[#,\t]", line)[0].strip().strip('"') for line in source or ())
    found = (text for text in columns if text and text.lower() != "id")
    return found if getattr(source, "name", "") == "<stdin>" else [*ids, *found]


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
