"""The command `fleet download`: saves images by many processes, and shows how far all are."""

from __future__ import annotations

import contextlib
import os
import sys
import time
import typing
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from gettyimages import APIConnectionError, DownloadResult
from gettyimages.fleet import FleetBatch, save_images

from ._account import account
from ._download import counts, shown
from ._printing import Printer, can_show_bars, console

_SECONDS = 10
"""How long to wait for a scheduler."""


def download(
    printer: Printer,
    ids: Iterable[str],
    report: Path | None,
    options: dict[str, typing.Any],
    scheduler: str | None,
    *,
    sandbox: bool,
) -> int:
    """Save images. Returns the exit status."""
    if scheduler and sandbox:
        raise click.UsageError("--sandbox is for processes of this machine, without --scheduler.")
    total = len(ids) if isinstance(ids, Sequence) else None
    with _sandbox() if sandbox else contextlib.nullcontext(), _cluster(scheduler) as workers:
        images = save_images(ids, options.pop("target"), **workers, **options)
        return shown(
            images,
            printer,
            report,
            _Bar(images, total) if can_show_bars() else None,
            lambda: (
                f"gettyimages: interrupted: {counts(images.summary)}; run the same command"
                " again, which pays for none of them again."
            ),
            is_dry=options["dry_run"],
        )


@contextlib.contextmanager
def _sandbox() -> Iterator[None]:
    """A sandbox that the workers find by their environment."""
    from gettyimages.sandbox import Sandbox

    with Sandbox() as server:
        os.environ.update(server.env())
        yield


@contextlib.contextmanager
def _cluster(scheduler: str | None) -> Iterator[dict[str, typing.Any]]:
    """The keywords for a cluster, whose workers have an account of their own, or for ours."""
    if scheduler is None:
        yield {"make_client": account}
        return
    import distributed

    connect: typing.Any = distributed.Client
    try:
        client = connect(scheduler, timeout=_SECONDS)
    except (OSError, ValueError) as error:
        text = f"the scheduler {scheduler} cannot be reached: {error}"
        raise APIConnectionError(text, may_have_executed=False) from None
    with client:
        yield {"cluster": client}


class _Bar:
    """A bar on stderr for all files, which counts them."""

    def __init__(self, images: FleetBatch, total: int | None) -> None:
        from rich import progress

        self.console = console(sys.stderr)
        self._bar = progress.Progress(
            progress.TextColumn("{task.description}", markup=False),
            progress.BarColumn(bar_width=None),
            progress.MofNCompleteColumn(),
            progress.TextColumn("{task.fields[amount]}"),
            progress.TimeRemainingColumn(compact=True),
            console=self.console,
            transient=True,
            redirect_stdout=False,  # it may be a pipe
            redirect_stderr=False,
        )
        self._task = self._bar.add_task("total", total=total, amount="starting")
        self._images = images
        self._started = time.monotonic()

    def __enter__(self) -> typing.Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def finish(self, _: DownloadResult) -> None:
        """Show how many files are done: those of a chunk together."""
        summary = self._images.summary
        saved = summary.saved + summary.skipped + summary.would_save
        failed = summary.failed + summary.link_lost + summary.outcome_unknown
        speed = (saved + failed) / max(time.monotonic() - self._started, 0.001)
        amount = f"{saved} saved, {failed} failed, {speed:.1f}/s"
        done = saved + failed + summary.not_requested
        self._bar.update(self._task, completed=done, amount=amount)
