"""What the file system refuses: a clear error, nothing half-written, the paid link kept."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import typing
from collections.abc import Iterable
from pathlib import Path

import pytest

from gettyimages import DownloadError, FileConflictError, FileError, GettyImages
from gettyimages._downloads.files import part
from gettyimages._downloads.files.part import FileSystem
from tests.overlay.downloads.support.delivery_host import (
    CONTENT,
    SHA256,
    Broken,
    Cut,
    DeliveryHost,
    client_of,
    methods,
    names,
    parts,
    save,
)
from tests.overlay.downloads.support.seams import break_files, repair_files
from tests.overlay.support.servers import Origins, Reply
from tests.overlay.support.worlds import World

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_once")]


POINTS = {
    "disk is full": [("write", errno.ENOSPC, 0), ("write", errno.ENOSPC, 1)],
    "quota": [("write", errno.EDQUOT, 0)],
    "permission": [("create", errno.EACCES, 0), ("place", errno.EACCES, 0)],
    "read-only": [("create", errno.EROFS, 0)],
    "vanished": [("create", errno.ENOENT, 0), ("place", errno.ENOENT, 0)],
    "failed": [("sync", errno.EIO, 0), ("sync_directory", errno.EIO, 0)],
    "too long": [("place", errno.ENAMETOOLONG, 0)],
    "too many": [("create", errno.EMFILE, 0)],
    "is full": [("place", errno.ENOSPC, 0), ("sync", errno.ENOSPC, 0)],
    "not a directory": [("create", errno.ENOTDIR, 0)],
}
CASES = [(words, *point) for words, points in POINTS.items() for point in points]


@pytest.mark.parametrize(("words", "method", "number", "after"), CASES)
def test_an_error_of_the_file_system_is_a_clear_error_and_the_link_is_kept(
    world: World,
    origins: Origins,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    method: str,
    number: int,
    after: int,
) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        break_files(monkeypatch, method, number, after)
        with pytest.raises(FileError, match=f"1: the file cannot be saved.*{words}") as caught:
            save(world, client, tmp_path)
        assert "its link is kept" in str(caught.value)
        assert "secret/path" not in str(caught.value)
        # After the name was given, only the folder's own sync can fail: the file is whole then.
        assert names(tmp_path) == (["picture.jpg"] if method == "sync_directory" else [])
        repair_files(monkeypatch)
        file = save(world, client, tmp_path)
        assert (file.sha256, file.download_used) == (SHA256, False)
        assert names(tmp_path) == ["picture.jpg"]
    assert len(origins.api.requests) == 1


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.ENOTDIR])
def test_a_folder_that_cannot_be_made_costs_nothing(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    break_files(monkeypatch, "make_directory", number)
    client = client_of(world, origins, "https://unused.example/")
    with pytest.raises(FileError, match="cannot be made"):
        save(world, client, tmp_path / "new")
    assert not origins.api.requests


def test_a_folder_that_is_a_file_costs_nothing(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    client = client_of(world, origins, "https://unused.example/")
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "inside"):
        with pytest.raises(DownloadError):
            save(world, client, folder)
    assert not origins.api.requests


def test_a_folder_that_vanishes_during_the_transfer_is_a_clear_error(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        with pytest.raises(DownloadError, match="vanished"):
            save(world, client, folder, on_progress=lambda *_: shutil.rmtree(folder, True))
    assert not folder.exists()


def test_a_name_that_a_folder_has_is_not_taken(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    (tmp_path / "mine.jpg").mkdir()
    (tmp_path / "picture.jpg").mkdir()
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        for overwrite in ("skip", "replace", "error"):
            with pytest.raises(FileConflictError):
                save(world, client, tmp_path, filename="mine.jpg", overwrite=overwrite)
        assert not origins.api.requests
        assert save(world, client, tmp_path).path.name == "picture_2.jpg"


def test_a_name_that_is_taken_during_the_transfer_is_a_conflict(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    def take(*_: object) -> None:
        (tmp_path / "mine.jpg").write_bytes(b"precious")

    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        with pytest.raises(FileConflictError):
            save(world, client, tmp_path, filename="mine.jpg", on_progress=take)
        assert names(tmp_path) == ["mine.jpg"]
        assert not save(world, client, tmp_path, filename="other.jpg").download_used
    assert (tmp_path / "mine.jpg").read_bytes() == b"precious"
    assert len(origins.api.requests) == 1


def test_a_part_that_another_program_has_replaced_is_not_placed(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    def swap(*_: object) -> None:
        (part,) = tmp_path.glob("*.part")
        part.unlink()
        part.write_bytes(b"somebody else's")

    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        with pytest.raises(FileError, match="was removed while it was written"):
            save(world, client, tmp_path, on_progress=swap)
    assert [path.read_bytes() for path in tmp_path.glob("*.part")] == [b"somebody else's"]
    assert not (tmp_path / "picture.jpg").exists()


LARGE = CONTENT * 8
MIB = 1024 * 1024


@pytest.mark.parametrize("after", [2, 5, 15])
def test_a_disk_that_fails_in_the_middle_of_a_large_file_is_told(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    with DeliveryHost(content=LARGE) as host:
        client = client_of(world, origins, host.uri)
        break_files(monkeypatch, "write", errno.EIO, after)
        with pytest.raises(FileError, match="the disk has failed"):
            save(world, client, tmp_path)
        assert names(tmp_path) == []
        repair_files(monkeypatch)
        assert save(world, client, tmp_path).path.read_bytes() == LARGE
    assert methods(origins) == ["POST"]
    assert parts(tmp_path) == []


class FailingOnce(FileSystem):
    """A disk that is full for a moment, after five MiB."""

    has_failed = False

    def write(self, descriptor: int, pieces: Iterable[bytes]) -> None:
        if not self.has_failed and os.lseek(descriptor, 0, os.SEEK_CUR) >= 5 * MIB:
            self.has_failed = True
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        super().write(descriptor, pieces)


def test_nothing_is_resumed_after_a_hole_that_a_disk_has_left(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part, "FILE_SYSTEM", FailingOnce())
    monkeypatch.setattr(part, "_SYNC_SECONDS", 0.0)
    alike = CONTENT * 3  # what follows is the same everywhere, so that a resumption seems to fit
    alike = alike[: 13 * MIB // 2] + bytes(10 * MIB)
    with DeliveryHost(Broken(17 * MIB // 2), *[Cut(b"")] * 9, content=alike) as host:
        client = client_of(world, origins, host.uri)
        with pytest.raises(DownloadError):
            save(world, client, tmp_path)
        host.faults.clear()
        assert save(world, client, tmp_path).sha256 == hashlib.sha256(alike).hexdigest()
    assert methods(origins) == ["POST"]


def test_a_file_that_has_its_name_is_saved_although_closing_it_fails(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_files(monkeypatch, "close", errno.EIO)
    with DeliveryHost() as host:
        assert save(world, client_of(world, origins, host.uri), tmp_path).sha256 == SHA256
    assert names(tmp_path) == ["picture.jpg"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.EMLINK])
def test_without_hard_links_no_file_is_overwritten_either(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "link", raising(OSError(number, "no links here")))
    (tmp_path / "picture.jpg").write_bytes(b"precious")
    with DeliveryHost() as host:
        saved = save(world, client_of(world, origins, host.uri), tmp_path)
    assert (saved.path.name, saved.path.read_bytes()) == ("picture_2.jpg", CONTENT)
    assert (tmp_path / "picture.jpg").read_bytes() == b"precious"
    assert names(tmp_path) == ["picture.jpg", "picture_2.jpg"]
    assert parts(tmp_path) == []


def test_without_hard_links_a_name_that_is_taken_at_the_last_moment_is_not_overwritten(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(_: Path, final: Path) -> None:
        if not names(tmp_path):
            final.write_bytes(b"precious")
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", link)
    with DeliveryHost() as host:
        saved = save(world, client_of(world, origins, host.uri), tmp_path)
    assert (saved.path.name, saved.path.read_bytes()) == ("picture_2.jpg", CONTENT)
    assert (tmp_path / "picture.jpg").read_bytes() == b"precious"


def test_without_hard_links_a_name_that_cannot_be_given_is_not_left_empty(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        with monkeypatch.context() as patch:
            patch.setattr(os, "link", raising(OSError(errno.EPERM, "no links here")))
            break_files(patch, "rename_exclusively", errno.EIO)
            with pytest.raises(FileError, match="the disk has failed"):
                save(world, client, tmp_path)
        assert names(tmp_path) == []
        assert save(world, client, tmp_path).sha256 == SHA256
    assert methods(origins) == ["POST"]


def test_without_hard_links_no_name_ever_stands_for_less_than_the_whole_file(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", raising(OSError(errno.EPERM, "no links here")))
    opened: list[str] = []
    real = os.open

    def note(path: typing.Any, *args: typing.Any, **kwargs: typing.Any) -> int:
        opened.append(Path(os.fsdecode(path)).name)
        return real(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", note)
    with DeliveryHost() as host:
        assert save(world, client_of(world, origins, host.uri), tmp_path).sha256 == SHA256
    assert [name for name in opened if name.endswith(".part")]
    assert "picture.jpg" not in opened, "a death would have left it empty"


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS])
def test_where_a_name_cannot_be_given_safely_only_the_callers_own_choice_is_taken(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "link", raising(OSError(errno.EPERM, "no links here")))
    break_files(monkeypatch, "rename_exclusively", number)
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        for options in ({}, {"filename": "mine.jpg"}, {"overwrite": "replace"}):
            with pytest.raises(FileError, match="choose a filename= and pass overwrite='replace'"):
                save(world, client, tmp_path, **options)
            assert names(tmp_path) == []
        saved = save(world, client, tmp_path, filename="mine.jpg", overwrite="replace")
        assert (saved.path.name, saved.sha256, saved.download_used) == ("mine.jpg", SHA256, False)
        assert save(world, client, tmp_path).skipped
    assert methods(origins) == ["POST"]


def test_a_write_that_is_cut_short_goes_on(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:7001]))
    with DeliveryHost() as host:
        saved = save(world, client_of(world, origins, host.uri), tmp_path)
    assert saved.path.read_bytes() == CONTENT


def test_a_folder_whose_file_system_cannot_sync_it_will_do(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def sync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a folder")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    with DeliveryHost() as host:
        assert save(world, client_of(world, origins, host.uri), tmp_path).sha256 == SHA256


def raising(error: OSError) -> typing.Callable[..., typing.NoReturn]:
    """A function that fails."""

    def fail(*_: object, **__: object) -> typing.NoReturn:
        raise error

    return fail


def test_replacing_never_takes_a_file_that_another_asset_gets_meanwhile(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    def take(*_: object) -> None:
        if not names(tmp_path):
            with GettyImages(**origins.options()) as other:
                assert other.downloads.save_image("2", tmp_path).path.name == "picture.jpg"

    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        with pytest.raises(FileConflictError):
            save(
                world, client, tmp_path,
                filename="picture.jpg", overwrite="replace", on_progress=take,
            )  # fmt: skip
        assert world.do(client.downloads.save_image, "2", tmp_path).skipped
        mine = save(world, client, tmp_path, filename="mine.jpg")
        assert not mine.download_used
    assert names(tmp_path) == ["mine.jpg", "picture.jpg"]
    assert methods(origins) == ["POST", "POST"]


def test_with_a_journal_elsewhere_a_file_is_replaced_by_its_own_successor(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    folder, journal = tmp_path / "photos", tmp_path / "journals" / "journal.sqlite"
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        first = save(world, client, folder, journal=journal)
        host.content = CONTENT[:-1]
        second = save(world, client, folder, journal=journal, overwrite="replace")
    assert second.path == first.path
    assert second.path.read_bytes() == CONTENT[:-1]
    assert names(folder) == ["picture.jpg"]
    assert methods(origins) == ["POST"]


def test_a_folder_by_its_other_name_holds_the_same_files(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    folder, journal = tmp_path / "photos", tmp_path / "journal.sqlite"
    (tmp_path / "same").symlink_to(folder, target_is_directory=True)
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        save(world, client, folder, journal=journal)
        host.content = b"\xff\xd8 another"
        with pytest.raises(FileConflictError):
            world.do(
                client.downloads.save_image, "2", tmp_path / "same",
                journal=journal, filename="picture.jpg", overwrite="replace",
            )  # fmt: skip
        assert save(world, client, tmp_path / "same", journal=journal).skipped
    assert (folder / "picture.jpg").read_bytes() == CONTENT
    assert methods(origins) == ["POST"], "the conflict costs nothing"


def test_two_assets_with_the_same_content_have_a_file_each(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        save(world, client, tmp_path)
        assert world.do(client.downloads.save_image, "2", tmp_path).path.name == "picture_2.jpg"
    assert names(tmp_path) == ["picture.jpg", "picture_2.jpg"]


def test_the_name_of_a_file_that_was_moved_away_is_not_given_to_another_asset(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    with DeliveryHost() as host:
        client = client_of(world, origins, host.uri)
        save(world, client, tmp_path).path.unlink()
        host.content = CONTENT[::-1]
        other = world.do(client.downloads.save_image, "2", tmp_path)
        host.content = CONTENT
        again = save(world, client, tmp_path)
    assert (again.skipped, again.path.read_bytes()) == (False, CONTENT)
    assert other.path.read_bytes() == CONTENT[::-1]
    assert other.path != again.path


def test_a_part_that_has_another_name_too_is_left_as_it_is_under_that_name(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    """A process may have been killed after it gave the file its name, and before it removed the
    part.
    """
    with DeliveryHost(Broken(9_000_000), Reply(400), content=LARGE) as host:
        client = client_of(world, origins, host.uri)
        with pytest.raises(DownloadError):
            save(world, client, tmp_path)
        (part,) = parts(tmp_path)
        os.link(tmp_path / part, tmp_path / "mine.jpg")
        before = (tmp_path / "mine.jpg").read_bytes()
        assert save(world, client, tmp_path).path.read_bytes() == LARGE
    assert (tmp_path / "mine.jpg").read_bytes() == before != b""
    assert parts(tmp_path) == []
