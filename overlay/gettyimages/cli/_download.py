"""The commands `download` and `fleet download`: images are saved, and bars show how far all are."""

from __future__ import annotations

import contextlib
import csv
import os
import sys
import threading
import time
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import click

from gettyimages import (
    APIConnectionError,
    AuthenticationError,
    CredentialsError,
    DownloadError,
    DownloadResult,
    DownloadSummary,
    GettyImages,
    GettyImagesError,
)

from ._account import account
from ._printing import (
    FAILED,
    UNCERTAIN,
    Printer,
    Row,
    can_show_bars,
    console,
    explained,
    note,
    size,
)

if typing.TYPE_CHECKING:
    from rich.console import Console

    from gettyimages import DownloadBatch
    from gettyimages.fleet import FleetBatch

Batch: typing.TypeAlias = "DownloadBatch | FleetBatch"

_SCHEDULER_SECONDS = 10
"""How long to wait for a scheduler."""
_SAVED = ("saved", "skipped", "would_save")
_WORDS = {
    "saved": "saved",
    "skipped": "there already",
    "would_save": "would be saved",
    "failed": "failed",
    "link_lost": "paid for, but the link is lost",
    "outcome_unknown": "perhaps paid for",
    "not_requested": "not requested",
}


def download(
    client: GettyImages,
    printer: Printer,
    ids: Iterable[str],
    directory: Path | str,
    report: Path | None,
    options: dict[str, typing.Any],
) -> int:
    """Save images. Returns the exit status."""
    total = len(ids) if isinstance(ids, Sequence) else None
    bars = _Bars(total) if can_show_bars() else None
    update = bars.update if bars else None
    images = client.downloads.save_images(ids, directory, on_progress=update, **options)
    return _shown(
        images,
        ids,
        printer,
        report,
        bars,
        lambda: _interrupted(client, directory, options.get("journal"), images.summary),
        is_dry=options["dry_run"],
    )


def _shown(
    images: Batch,
    ids: Iterable[str],
    printer: Printer,
    report: Path | None,
    bars: _Bars | None,
    interrupted: Callable[[], str],
    *,
    is_dry: bool,
) -> int:
    """Save the images of a batch and show its results. Returns the exit status."""
    left: list[DownloadResult] = []
    # A report may replace the file of ids, so it also lists the ids that an error leaves undone.
    to_do = dict.fromkeys(ids if report is not None and isinstance(ids, Sequence) else ())
    if report is not None:
        report.open("a").close()  # if that fails, it does so before anything is paid for

    def show(result: DownloadResult) -> None:
        to_do.pop(result.id, None)
        if result.outcome not in _SAVED:
            left.append(result)
        if bars is None:
            _show(printer, result, None)
            return
        with bars.still():
            bars.finish(result)
            _show(printer, result, bars.console)

    try:
        with bars or contextlib.nullcontext(), images:
            for result in images:
                show(result)
                if isinstance(result.error, CredentialsError | AuthenticationError):
                    raise result.error  # each file would have the same
    except BaseException as error:
        for result in images.unread:
            with contextlib.suppress(OSError):  # the reader of stdout has left, for example
                show(result)
        if isinstance(error, KeyboardInterrupt | SystemExit | BrokenPipeError):
            note(interrupted())
        raise
    finally:
        if report is not None:
            not_done = GettyImagesError("the run ended before it was done")
            rest = (DownloadResult(id=one, outcome="failed", error=not_done) for one in to_do)
            _write(report, [*left, *rest])
    note(_told(images.summary, is_dry=is_dry))
    if any(result.outcome in ("link_lost", "outcome_unknown") for result in left):
        return UNCERTAIN
    return FAILED if left else 0


class _Bars:
    """Bars on stderr for the files under way and for all. The threads of a batch update them."""

    def __init__(self, total: int | None, amount: str = "") -> None:
        from rich import progress
        from rich.console import Group
        from rich.constrain import Constrain
        from rich.live import Live

        self.console = console(sys.stderr)
        bar, left = progress.BarColumn(bar_width=None), progress.TimeRemainingColumn(compact=True)
        name = progress.TextColumn("{task.description}", markup=False)
        speed = progress.TransferSpeedColumn()
        self._files = progress.Progress(
            name, bar, progress.DownloadColumn(), speed, left, console=self.console, expand=True
        )
        text = progress.TextColumn("{task.fields[amount]}")
        count = progress.MofNCompleteColumn()
        self._all = progress.Progress(
            name, bar, count, text, left, console=self.console, expand=True
        )
        self._total = self._all.add_task("total", total=total, amount=amount)
        # The terminal may add `^C` to the last line.
        bars = Constrain(Group(self._files, self._all), self.console.width - 3)
        self._live = Live(
            bars,
            console=self.console,
            transient=True,
            redirect_stdout=False,  # it may be a pipe
            redirect_stderr=False,
        )
        self._lock = threading.Lock()
        self._tasks: dict[str, tuple[progress.TaskID, int]] = {}
        self._arrived = 0
        self._started = time.monotonic()

    def __enter__(self) -> typing.Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def still(self) -> contextlib.AbstractContextManager[object]:
        """Keep the bars from being redrawn during a block.

        A line that is printed just as they are redrawn can be erased. rich has no public lock.
        """
        return self._live._lock

    def update(self, asset_id: str, done: int, total: int | None) -> None:
        """Show how far a file is."""
        with self._lock:
            task, before = self._tasks.get(asset_id) or (self._files.add_task(asset_id), 0)
            self._tasks[asset_id] = task, done
            self._arrived += done - before
            speed = self._arrived / max(time.monotonic() - self._started, 0.001)
        self._files.update(task, completed=done, total=total)
        self._all.update(self._total, amount=f"{size(self._arrived)}, {size(speed)}/s")

    def finish(self, result: DownloadResult) -> None:
        """Remove the bar of a file, and count it."""
        with self._lock:
            if result.id in self._tasks:
                self._files.remove_task(self._tasks.pop(result.id)[0])
        self._all.advance(self._total)


def _show(printer: Printer, result: DownloadResult, above: Console | None) -> None:
    if printer.as_json:
        row: Row = result.to_dict()
    else:
        about = explained(result.error) if result.error else result.file and result.file.target
        row = {"outcome": result.outcome, "id": result.id, "about": about}
    printer.line(row, "outcome", "id", "about", above=above)


def _counts(summary: DownloadSummary) -> str:
    counts = ((getattr(summary, name), text) for name, text in _WORDS.items())
    return ", ".join(f"{count} {text}" for count, text in counts if count) or "no file is done"


def _told(summary: DownloadSummary, *, is_dry: bool) -> str:
    downloads = (
        "1 download" if summary.downloads_used == 1 else f"{summary.downloads_used} downloads"
    )
    used = f"{downloads} {'would be ' if is_dry else ''}used"
    text = f"{_counts(summary)}; {used}"
    if not is_dry:
        text += f", {size(summary.bytes)} in {summary.seconds:.1f} s"
    return f"{text}. {summary.stopped_because or ''}".strip()


def _interrupted(
    client: GettyImages, directory: Path | str, journal: str | None, summary: DownloadSummary
) -> str:
    paid = 0
    with contextlib.suppress(DownloadError):  # the journal may not be there yet
        records = client.downloads.journal_report(directory, journal=journal)
        paid = sum(record.state == "paid" for record in records)
    return (
        f"gettyimages: interrupted: {_counts(summary)}; paid for and not saved yet: {paid}; run"
        " the same command again, which fetches these without another download."
    )


def _write(report: Path, left: list[DownloadResult]) -> None:
    # An id on the command line may have bytes that are not UTF-8.
    with report.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "outcome", "download_used", "error", "text"])
        for one in left:
            error = (type(one.error).__name__, explained(one.error)) if one.error else ("", "")
            writer.writerow([one.id, one.outcome, one.download_used, *error])


def download_by_fleet(
    printer: Printer,
    ids: Iterable[str],
    report: Path | None,
    options: dict[str, typing.Any],
    scheduler: str | None,
    *,
    sandbox: bool,
) -> int:
    """Save images by many processes. Returns the exit status."""
    from gettyimages.fleet import save_images

    if scheduler and sandbox:
        raise click.UsageError("--sandbox is for processes of this machine, without --scheduler.")
    total = len(ids) if isinstance(ids, Sequence) else None
    with _sandbox() if sandbox else contextlib.nullcontext(), _cluster(scheduler) as workers:
        images = save_images(ids, options.pop("target"), **workers, **options)
        return _shown(
            images,
            ids,
            printer,
            report,
            _FleetBars(images, total) if can_show_bars() else None,
            lambda: (
                f"gettyimages: interrupted: {_counts(images.summary)}; run the same command"
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
        client = connect(scheduler, timeout=_SCHEDULER_SECONDS)
    except (OSError, ValueError) as error:
        text = f"the scheduler {scheduler} cannot be reached: {error}"
        raise APIConnectionError(text, may_have_executed=False) from None
    with client:
        yield {"cluster": client}


class _FleetBars(_Bars):
    """A bar on stderr for all files, which counts them: those under way are not known."""

    def __init__(self, images: FleetBatch, total: int | None) -> None:
        super().__init__(total, "starting")
        self._images = images

    def finish(self, result: DownloadResult) -> None:
        """Show how many files are done: those of a chunk together."""
        summary = self._images.summary
        saved = summary.saved + summary.skipped + summary.would_save
        failed = summary.failed + summary.link_lost + summary.outcome_unknown
        speed = (saved + failed) / max(time.monotonic() - self._started, 0.001)
        amount = f"{saved} saved, {failed} failed, {speed:.1f}/s"
        done = saved + failed + summary.not_requested
        self._all.update(self._total, completed=done, amount=amount)
