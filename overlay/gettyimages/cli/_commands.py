"""The commands and their options. What a command needs is loaded when it runs."""

from __future__ import annotations

import datetime
import sys
import threading
import typing
from collections.abc import Callable
from pathlib import Path

import click

from ._options import (
    FILE,
    JOURNAL,
    SANDBOX,
    PathOrURL,
    account_command,
    command,
    download_options,
    group,
    ids_argument,
    read_ids,
)
from ._printing import Printer, Row, note, utc

if typing.TYPE_CHECKING:
    from gettyimages import GettyImages, JournalRecord


@account_command
@ids_argument
@click.option(
    "--to",
    "directory",
    type=PathOrURL(path_type=Path),
    default=".",
    help="Where to save: a directory, or s3://bucket/prefix. Default: here.",
)
@download_options
@JOURNAL
def download(
    client: GettyImages,
    printer: Printer,
    ids: tuple[str, ...],
    source: typing.TextIO | None,
    directory: Path | str,
    report: Path | None,
    **options: typing.Any,
) -> int:
    """Save images. A file that is there, or has a valid link, uses up no download.

    An interrupted run is continued by the same command.
    """
    from ._download import download as save

    given = {name: value for name, value in options.items() if value is not None}
    return save(client, printer, read_ids(ids, source), directory, report, given)


@group.group("fleet")
def _fleet() -> None:
    """Save images by many processes, on this machine or on many."""


@ids_argument
@click.option("--to", "target", required=True, help="Where to save: all workers must reach it.")
@click.option("--journal", required=True, help="A Postgres database, or a file for one machine.")
@click.option(
    "--workers", type=click.IntRange(1), help="Processes. Default: as many as CPUs, or 4."
)
@click.option("--scheduler", metavar="ADDRESS", help="Have the workers of a Dask cluster do it.")
@click.option("--max-requests-per-second", type=float, help="Of all workers together.")
@download_options
@SANDBOX
def _fleet_download(
    printer: Printer,
    ids: tuple[str, ...],
    source: typing.TextIO | None,
    report: Path | None,
    scheduler: str | None,
    *,
    sandbox: bool,
    **options: typing.Any,
) -> int:
    """Save images by many processes. Each is paid for once, whatever happens to them.

    An interrupted run is continued by the same command.
    """
    from ._download import download_by_fleet

    given = {name: value for name, value in options.items() if value is not None}
    return download_by_fleet(
        printer, read_ids(ids, source), report, given, scheduler, sandbox=sandbox
    )


command(_fleet_download, _fleet, "download")


@account_command
@click.argument("phrase")
@click.option("--editorial", is_flag=True, help="Search editorial images, not creative ones.")
@click.option("--videos", is_flag=True, help="Search videos.")
@click.option("--limit", type=click.IntRange(1), default=30, show_default=True, help="At most.")
def search(
    client: GettyImages, printer: Printer, phrase: str, *, editorial: bool, videos: bool, limit: int
) -> None:
    """List the images or videos that fit a phrase, the best first.

    The ids of a list go on to `gettyimages download --from -`.
    """
    import itertools

    searches: dict[tuple[bool, bool], Callable[..., typing.Iterator[Row]]] = {
        (False, False): client.search.iter_creative_images,
        (True, False): client.search.iter_editorial_images,
        (False, True): client.search.iter_creative_videos,
        (True, True): client.search.iter_editorial_videos,
    }
    found = searches[editorial, videos](phrase=phrase, page_size=min(limit, 100))
    columns = ("id", "artist", "collection_name", "title")
    if not printer.rows(itertools.islice(found, limit), *columns):
        note("nothing was found.")


@account_command
@click.argument("image_id", metavar="ID")
def info(client: GettyImages, printer: Printer, image_id: str) -> None:
    """Show what is known of an image."""
    image = next(iter(client.images.get(image_id).images or []), None)
    if not isinstance(image, dict):
        raise click.ClickException(f"There is no image {image_id}.")
    if printer.as_json:
        printer.line(image)
        return
    rows = ({"field": name, "value": _short(value)} for name, value in image.items() if value)
    printer.rows(rows, "field", "value")


def _short(value: object) -> object:
    """A value of a response for people: of objects the first text only."""
    if isinstance(value, list):
        return [_short(each) for each in value]
    if isinstance(value, dict):
        texts = (each for name, each in value.items() if isinstance(each, str))
        named = value.get("text") or value.get("name")
        return named if isinstance(named, str) else next(texts, value)
    return value


@account_command
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="The first day, in UTC.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day, in UTC.")
@click.option("--product-type", help="Downloads of this product alone, such as easyaccess.")
@click.option("--company", is_flag=True, help="Downloads of the whole company.")
@click.option("--limit", type=click.IntRange(1), help="How many to list at most.")
def history(
    client: GettyImages,
    printer: Printer,
    since: datetime.datetime | None,
    until: datetime.datetime | None,
    product_type: str | None,
    company: bool,
    limit: int | None,
) -> None:
    """List what was downloaded.

    Without --since, the API lists the last 30 days.
    """
    import itertools

    first, last = (day and day.date() for day in (since, until))
    # The API has renamed its dates; a server ignores those that it does not know.
    records = client.downloads.history(
        start_date=first,
        end_date=last,
        date_from=first,
        date_to=last,
        product_type=product_type,
        company_downloads=company or None,
        page_size=100,
    )
    rows = (
        record
        for record in records
        if (time := record.date_downloaded) is None
        or (first or datetime.date.min) <= utc(time).date() <= (last or datetime.date.max)
    )
    columns = ("id", "date_downloaded", "product_type", "size_name", "agreement_name")
    if not printer.rows(itertools.islice(rows, limit), *columns):
        note("nothing was downloaded in that time.")


@account_command
@ids_argument
def register(
    client: GettyImages, printer: Printer, ids: tuple[str, ...], source: typing.TextIO | None
) -> None:
    """Register assets that you have stored.

    Then changes of them are notified. Registering an id twice is harmless.
    """
    from rich.progress import track

    from gettyimages import RegistrationError, RegistrationProgress

    from ._printing import can_show_bars, console

    progress = RegistrationProgress()
    taken = read_ids(ids, source)
    if can_show_bars():  # a bar that is disabled is an empty line, in older versions of rich
        taken = track(taken, "register", console=console(sys.stderr), transient=True)
    try:
        client.asset_registrations.register_all(taken, progress=progress)
    except RegistrationError as error:
        raise error.__cause__ or error from None
    except (KeyboardInterrupt, SystemExit):
        note("interrupted: run it again, as registering an id twice is harmless.")
        raise
    finally:
        printer.line({"registered": len(progress.registered)}, "registered")


@account_command
@click.argument("channel", type=int)
@click.option("--follow", is_flag=True, help="Wait for more when the channel is empty.")
@click.option("--poll", type=float, default=60, show_default=True, help="Seconds to wait.")
@click.option("--to", "path", type=FILE, help="Append to this file, as JSON lines.")
@click.option("--confirm", "confirms", is_flag=True, help="Confirm what is safe in that file.")
def changes(
    client: GettyImages,
    printer: Printer,
    channel: int,
    follow: bool,
    poll: float,
    path: Path | None,
    confirms: bool,
) -> int | None:
    """Print change sets, or keep and confirm them.

    Without --to, it prints the next one. With --to FILE --confirm, each is confirmed once its lines
    are on the disk. Nothing else but `gettyimages confirm` confirms one, and until then no other is
    delivered.
    """
    from ._notifications import keep, show

    if path is not None:
        return keep(client, channel, path, confirm=confirms, follow=follow, poll=poll)
    if confirms:
        raise click.UsageError("--confirm needs --to FILE: what is printed may get lost.")
    show(client, printer, channel, follow=follow, poll=poll)
    return None


@account_command
@click.argument("change_set_id")
def confirm(client: GettyImages, printer: Printer, change_set_id: str) -> None:
    """Confirm a change set that has been handled."""
    client.asset_changes.confirm_change_set(change_set_id)
    printer.line({"confirmed": change_set_id}, "confirmed")


@account_command
def channels(client: GettyImages, printer: Printer) -> None:
    """List the channels of notifications."""
    columns = "channel_id notification_count asset_family asset_type asset_change_type"
    if not printer.rows(client.asset_changes.get_channels(), *columns.split()):
        note("the account has no channel.")


class _Journal(click.Group):
    """Shows a journal if the first argument is a directory, and none of the commands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@group.group(
    "journal", cls=_Journal, subcommand_metavar="[show] DIRECTORY | move DIRECTORY --to JOURNAL"
)
def _journal() -> None:
    """Show what is paid for in a directory, and what is open; or move its journal."""


_DIRECTORY = click.argument(
    "directory", type=PathOrURL(path_type=Path, exists=True, file_okay=False)
)


@_DIRECTORY
@JOURNAL
def _show(printer: Printer, directory: Path | str, journal: str | None) -> None:
    """Show what is paid for in a directory, and what is open.

    It says of each file what the next run would do.
    """
    from gettyimages import GettyImages

    with GettyImages(api_key="unused", from_env=False) as client:  # nothing is sent
        records = client.downloads.journal_report(directory, journal=journal)
    printer.rows(map(_journal_row, records), "id", "state", "parameters", "path", "next_run")
    states = [record.state for record in records]
    counts = (f"{states.count(state)} {state.replace('_', ' ')}" for state in sorted({*states}))
    where = directory.resolve() if isinstance(directory, Path) else directory
    note(f"{', '.join(counts) or 'nothing'} in {where}")


command(_show, _journal, "show")


@_DIRECTORY
@click.option("--to", required=True, metavar="JOURNAL", help="The database or the file.")
@JOURNAL
def _move(printer: Printer, directory: Path | str, to: str, journal: str | None) -> None:
    """Move the journal of a directory into a Postgres database, or another file.

    The files stay where they are. The old journal stays as a copy, which is refused. Stop what
    saves files in the directory before.
    """
    from gettyimages import GettyImages

    with GettyImages(api_key="unused", from_env=False) as client:  # nothing is sent
        count = client.downloads.move_journal(directory, to, journal=journal)
    printer.line({"moved": count, "journal": to}, "moved", "journal")
    note(f"moved; pass --journal {to} from now on.")


command(_move, _journal, "move")


def _journal_row(record: JournalRecord) -> Row:
    until = f", until {one:%Y-%m-%d %H:%M}" if (one := record.link_valid_until) else ""
    next_run = {
        "saved": "leaves it as it is",
        "paid": f"fetches it by its link, at no cost{until}",
        "outcome_unknown": "looks it up in the history, and pays for nothing",
        "link_lost": "pays again with --allow-repurchase only",
    }
    where = record.path or record.url
    return {**vars(record), "path": where, "next_run": next_run[record.state]}


@command
@click.option("--username", help="The user to act for. Default: GETTYIMAGES_USERNAME, or a prompt.")
@click.option("--forget", is_flag=True, help="Remove what an earlier login has kept.")
@click.option("--sandbox", is_flag=True, help="Try it on this machine; keeps nothing.")
def login(printer: Printer, username: str | None, *, forget: bool, sandbox: bool) -> None:
    """Act for a user from now on.

    The API hands out a refresh token for the password. The token is kept in the keyring of the
    system, or in a file that only you can read; the password and the secret of the application are
    not. If stdin is no terminal, its first line is the password.
    """
    from ._account import Login, logged_in

    if forget:
        Login().forget()
        note("the login is removed.")
        return
    place = logged_in(username, sandbox=sandbox)
    printer.line({"login": place}, "login")


@command
@click.option(
    "--port",
    type=click.IntRange(0, 65535 - 3),
    default=0,
    help="Of the API; the others take the next three.",
)
@click.option(
    "--allowance",
    type=click.IntRange(0),
    help="Downloads that may be used up. Default: no limit.",
)
@click.option("--file-size", type=click.IntRange(0), help="Of every file, in bytes.")
@click.option(
    "--latency", type=click.FloatRange(0), default=0, help="Seconds that each response is late."
)
def sandbox_(printer: Printer, **options: typing.Any) -> None:
    """Run a server that behaves like the API.

    It runs on this machine, until Ctrl-C, and prints the variables with which commands in another
    shell find it.
    """
    from gettyimages.sandbox import Sandbox, SandboxError

    sandbox = Sandbox(**options)
    try:
        sandbox.start()
    except SandboxError as error:
        raise click.ClickException(str(error)) from None
    with sandbox:
        if printer.as_json:
            printer.line(sandbox.env())
        else:
            sys.stdout.writelines(f"export {name}={v}\n" for name, v in sandbox.env().items())
        note("the sandbox runs until Ctrl-C.")
        threading.Event().wait()


@command
def api(printer: Printer) -> None:
    """List the operations of the API that the client knows."""
    import importlib
    import pkgutil

    import gettyimages_rest.api as root

    def rows() -> typing.Iterator[Row]:
        for found in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            module = importlib.import_module(found.name)
            operation = getattr(module, "OPERATION", None)
            if operation is not None:
                yield {
                    "operation": operation.name,
                    "request": f"{operation.method} {operation.path}",
                    "effect": operation.effect,
                    "summary": (module.__doc__ or "").partition("\n")[0].rstrip("."),
                }

    printer.rows(rows(), "operation", "request", "effect", "summary")
