"""Journals looked after by hand: moved to another environment, settled, copied, and listed."""

# ruff: noqa: A002 - `id`, as in the generated methods

from __future__ import annotations

import contextlib
import datetime
import json
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gettyimages_rest.api.downloads.request_image_download import RequestImageDownloadOptions
from gettyimages_rest.api.downloads.request_video_download import RequestVideoDownloadOptions

from .._calls.arguments import check_journal, check_path
from .._errors import FileConflictError, FileError, JournalError
from .engine import Engine
from .file_request import IMAGE, STORES, VIDEO, FileRequest, StrPath, checked_target

if typing.TYPE_CHECKING:
    from .journal.journal import Entry, Journal

JournalState: typing.TypeAlias = typing.Literal["saved", "paid", "outcome_unknown", "link_lost"]


@dataclass(frozen=True, kw_only=True)
class JournalRecord:
    """What a journal knows of one file. Times are in UTC.

    Attributes:
        id: Id of the asset.
        operation: Its operation, such as `downloads.request_image_download`.
        parameters: The parameters that identify the file, as they are sent.
        state: `saved`: the file is there; `paid`: it is not, but its link is kept; `link_lost`:
            neither is; `outcome_unknown`: it is not known whether a request used up a download.
        unknown_since: When the first request whose outcome is unknown was sent.
        requested_at: When the last request was sent.
        link_valid_until: When the link expires, if one is kept.
        path: Where the file was saved, if that is a directory.
        url: Where it was saved, such as `file:///photos/1.jpg` or `s3://bucket/photos/1.jpg`.
    """

    id: str
    operation: str
    parameters: Mapping[str, str]
    state: JournalState
    unknown_since: datetime.datetime | None
    requested_at: datetime.datetime | None
    link_valid_until: datetime.datetime | None
    path: Path | None
    url: str | None = None


class Upkeep:
    """What `Downloads` has to look after journals: each in its directory, or named by `journal`."""

    _engine: Callable[[], Engine]

    def rebind_journal(self, directory: StrPath, *, journal: StrPath | None = None) -> None:
        """Move the journal of a directory to the environment of this client.

        Raises:
            JournalError: There is no journal, or it cannot be written.
        """
        with _opened(directory, journal) as opened:
            opened.bind(self._engine().settings.environment, moves=True)

    def resolve(
        self,
        directory: StrPath,
        id: str | int,
        *,
        downloaded: bool,
        journal: StrPath | None = None,
        **options: typing.Unpack[RequestImageDownloadOptions],
    ) -> None:
        """Settle a request for an image whose outcome is unknown by what you have found out.

        Args:
            directory: The directory that the file was to be saved in.
            id: Id of the image.
            downloaded: Whether a download was used up. If not, the next call requests the file.
            journal: The file of the journal, as for `save_image`.
            **options: Those of the request that identify the file, such as `height`.

        Raises:
            InvalidArgumentError: The id or an option cannot be right.
            JournalError: The journal knows no such request, or belongs to another environment.
            DownloadInProgressError: Another call or another process is saving the image.
        """
        self._resolve(IMAGE.request(id, options), directory, journal, downloaded=downloaded)

    def resolve_video(
        self,
        directory: StrPath,
        id: str | int,
        *,
        downloaded: bool,
        journal: StrPath | None = None,
        **options: typing.Unpack[RequestVideoDownloadOptions],
    ) -> None:
        """Settle a request for a video, as `resolve` does one for an image."""
        self._resolve(VIDEO.request(id, options), directory, journal, downloaded=downloaded)

    def _resolve(
        self, request: FileRequest, directory: StrPath, journal: StrPath | None, *, downloaded: bool
    ) -> None:
        with _opened(directory, journal) as opened:
            opened.bind(self._engine().settings.environment)
            with opened.claimed(request) as claim:
                if claim.known.unknown_since is None:
                    given = "".join(f", {name}={it}" for name, it in request.parameters.items())
                    problem = "knows no request for it whose outcome is unknown"
                    text = f"the journal in {opened.directory} {problem}"
                    raise JournalError(f"{request.asset_id}{given}: {text}")
                claim.settle(was_downloaded=downloaded)

    def move_journal(
        self, directory: StrPath, to: StrPath, *, journal: StrPath | None = None
    ) -> int:
        """Move the journal of a directory into a database or file; return its number of entries.

        The files stay where they are, and so does the old journal, which is refused from then on.
        Stop the programs that save files there before. The same call continues an interrupted move.

        Args:
            directory: The directory.
            to: The address of the database, or the path of a file.
            journal: The file of the journal, as for `save_image`.

        Raises:
            JournalError: There is no journal, one of the two cannot be used, or they contradict
                each other; or the journal has links, and the database would not record them.
        """
        from .files.part import described
        from .journal.location import Location, move

        check_journal("to", to)
        with _opened(directory, journal, read_only=True):  # there is one
            pass
        target = checked_target(directory, journal)
        source = Location(target, journal)
        try:
            return move(source, Location(target, to))
        except OSError as error:
            text = f"the journal {source} cannot be moved: {described(error)}"
            raise JournalError(text) from error

    def journal_backup(
        self, directory: StrPath, to: StrPath, *, journal: StrPath | None = None
    ) -> None:
        """Copy the journal of a directory to a new file, also while it is used.

        The copy holds links, so that only its owner can read it.

        Raises:
            FileConflictError: The new file exists.
            FileError: It cannot be made.
            JournalError: There is no journal, or it cannot be read.
        """
        from .files.part import described

        with _opened(directory, journal, read_only=True) as opened:
            try:
                check_path("to", to)
                opened.copy(Path(to))
            except FileExistsError as error:
                raise FileConflictError(f"{to} exists, and a backup replaces no file") from error
            except OSError as error:
                raise FileError(f"{to} cannot be made: {described(error)}") from error

    def journal_report(
        self, directory: StrPath, *, journal: StrPath | None = None
    ) -> list[JournalRecord]:
        """List what the journal of a directory knows of each file, without links.

        Files in a directory are looked at; objects in a store are `saved` if the journal says so.

        Raises:
            JournalError: There is no journal, or it cannot be read.
        """
        with _opened(directory, journal, read_only=True) as opened:
            return [_record(entry, opened.directory) for entry in opened.entries()]


@contextlib.contextmanager
def _opened(
    directory: StrPath, journal: StrPath | None, *, read_only: bool = False
) -> Iterator[Journal]:
    from .._calls.responses import ServerTime
    from .journal.journal import Journal
    from .journal.location import Location

    target = checked_target(directory, journal)
    location = Location(target, journal)
    if not location.exists():
        raise JournalError(f"there is no journal {location}")
    with contextlib.closing(location.open(read_only=read_only)) as store:
        yield Journal(store, location.root, ServerTime())


def _record(entry: Entry, directory: Path) -> JournalRecord:
    is_object = (entry.path or "").startswith(STORES)
    path = None if entry.path is None or is_object else directory / entry.path
    state: JournalState = "link_lost" if entry.link is None else "paid"
    if entry.unknown_since is not None:
        state = "outcome_unknown"
    elif path.is_file() if path else is_object and entry.placing is None:
        state = "saved"
    parameters = dict[str, str]()
    with contextlib.suppress(ValueError, TypeError):  # a damaged journal may have held anything
        parameters.update(json.loads(entry.key))
    return JournalRecord(
        id=entry.asset,
        operation=parameters.get("operation", ""),
        parameters={k: v for k, v in parameters.items() if k not in ("operation", "asset")},
        state=state,
        unknown_since=_moment(entry.unknown_since),
        requested_at=_moment(entry.requested_at),
        link_valid_until=_moment(entry.link_expires_at),
        path=path,
        url=path.absolute().as_uri() if path else entry.path,
    )


def _moment(seconds: float | None) -> datetime.datetime | None:
    return None if seconds is None else datetime.datetime.fromtimestamp(seconds, datetime.UTC)
