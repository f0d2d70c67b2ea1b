"""What the file system refuses: a clear error, nothing half-written, the paid link kept."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import shutil
import threading
import time
import typing
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from gettyimages._downloads.files import filesystem as _files
from gettyimages._downloads.files.filesystem import Files, described
from gettyimages._downloads.files.part import Part
from gettyimages._downloads.journal.journal import Journal
from gettyimages._errors import DownloadError, FileConflictError, FileError

from .depot import CONTENT, SHA256, Depot, client_of, names, save
from .support.servers import Origins
from .support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")


class Failing(Files):
    """A file system that fails at one point."""

    def __init__(self, method: str, number: int, after: int = 0) -> None:
        self.method = method
        self.number = number
        self.after = after
        self.calls: list[str] = []
        for name in dir(Files):
            if not name.startswith("_"):
                setattr(self, name, self._wrapped(name, getattr(super(), name)))

    def _wrapped(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object) -> object:
            self.calls.append(name)
            if name == self.method and self.calls.count(name) > self.after:
                raise OSError(self.number, os.strerror(self.number), "secret/path")
            return real(*args)

        return call


POINTS = {
    "disk is full": [("write", errno.ENOSPC, 0), ("write", errno.ENOSPC, 1)],
    "quota": [("write", errno.EDQUOT, 0)],
    "permission": [("open_part", errno.EACCES, 0), ("place", errno.EACCES, 0)],
    "read-only": [("open_part", errno.EROFS, 0)],
    "vanished": [("open_part", errno.ENOENT, 0), ("place", errno.ENOENT, 0)],
    "failed": [("sync", errno.EIO, 0), ("sync_folder", errno.EIO, 0)],
    "too long": [("place", errno.ENAMETOOLONG, 0)],
    "too many": [("open_part", errno.EMFILE, 0)],
    "is full": [("place", errno.ENOSPC, 0), ("sync", errno.ENOSPC, 0)],
    "folder": [("open_part", errno.ENOTDIR, 0)],
}
CASES = [(words, *point) for words, points in POINTS.items() for point in points]


@pytest.mark.parametrize(("words", "method", "number", "after"), CASES)
def test_what_is_refused_is_told_and_the_link_is_kept(
    world: World,
    origins: Origins,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    method: str,
    number: int,
    after: int,
) -> None:
    failing = Failing(method, number, after)
    with Depot() as depot:
        client = client_of(world, origins, depot.uri)
        monkeypatch.setattr(_files, "FILES", failing)
        with pytest.raises(FileError, match=f"1: the file cannot be saved.*{words}") as caught:
            save(world, client, tmp_path)
        assert "its link is kept" in str(caught.value)
        assert "secret/path" not in str(caught.value)
        # After the name was given, only the folder's own sync can fail: the file is whole then.
        assert names(tmp_path) == (["picture.jpg"] if method == "sync_folder" else [])
        journal = Journal(tmp_path)
        assert [entry.state for entry in journal.entries()] == ["linked"]
        assert [entry.owner for entry in journal.entries()] == [None]
        journal.close()
        monkeypatch.setattr(_files, "FILES", Files())
        file = save(world, client, tmp_path)
        assert (file.sha256, file.download_used) == (SHA256, False)
        assert names(tmp_path) == ["picture.jpg"]
    assert len(origins.api.requests) == 1


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.ENOTDIR])
def test_a_folder_that_cannot_be_made_costs_nothing(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(_files, "FILES", Failing("make_folder", number))
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


def test_a_folder_that_vanishes_on_the_way_is_told(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    with Depot() as depot:
        client = client_of(world, origins, depot.uri)
        with pytest.raises(DownloadError, match="vanished"):
            save(world, client, folder, on_progress=lambda *_: shutil.rmtree(folder, True))
    assert not folder.exists()


def test_a_name_that_a_folder_has_is_not_taken(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    (tmp_path / "mine.jpg").mkdir()
    (tmp_path / "picture.jpg").mkdir()
    with Depot() as depot:
        client = client_of(world, origins, depot.uri)
        for overwrite in ("skip", "replace", "error"):
            with pytest.raises(FileConflictError):
                save(world, client, tmp_path, filename="mine.jpg", overwrite=overwrite)
        assert not origins.api.requests
        assert save(world, client, tmp_path).path.name == "picture_2.jpg"


def test_a_name_that_is_taken_on_the_way_is_a_conflict(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    def take(*_: object) -> None:
        (tmp_path / "mine.jpg").write_bytes(b"precious")

    with Depot() as depot:
        client = client_of(world, origins, depot.uri)
        with pytest.raises(FileConflictError):
            save(world, client, tmp_path, filename="mine.jpg", on_progress=take)
        assert names(tmp_path) == ["mine.jpg"]
        assert not save(world, client, tmp_path, filename="other.jpg").download_used
    assert (tmp_path / "mine.jpg").read_bytes() == b"precious"
    assert len(origins.api.requests) == 1


def test_a_part_that_is_another_one_now_is_not_placed(
    world: World, origins: Origins, tmp_path: Path
) -> None:
    def swap(*_: object) -> None:
        (part,) = tmp_path.glob("*.part")
        part.unlink()
        part.write_bytes(b"somebody else's")

    with Depot() as depot:
        client = client_of(world, origins, depot.uri)
        with pytest.raises(FileError, match="removed by somebody else"):
            save(world, client, tmp_path, on_progress=swap)
    assert [path.read_bytes() for path in tmp_path.glob("*.part")] == [b"somebody else's"]
    assert not (tmp_path / "picture.jpg").exists()


def written(folder: Path, files: Files | None = None) -> Part:
    part = Part(files or Files(), folder, "key", "1")
    part.open()
    part.write([CONTENT[:1000], CONTENT[1000:2000]])
    return part


def test_a_part_is_hashed_and_begins_again(tmp_path: Path) -> None:
    part = written(tmp_path)
    assert (part.size, part.sha256) == (2000, hashlib.sha256(CONTENT[:2000]).hexdigest())
    part.restart()
    part.write([b"abc"])
    part.sync()
    assert part.path.read_bytes() == b"abc"
    assert part.place(tmp_path / "x", replace=False)
    part.sync_folder()
    part.discard()
    assert (tmp_path / "x").read_bytes() == b"abc"
    assert not part.path.exists()
    assert part.sha256 == hashlib.sha256(b"abc").hexdigest()


MEGABYTE = random.Random(5).randbytes(1 << 20)


class Counting(Files):
    """A file system that counts the blocks that wait for it."""

    def __init__(self) -> None:
        self.given = self.written = self.most = self.flushed = 0

    def write(self, descriptor: int, pieces: Iterable[bytes]) -> None:
        self.most = max(self.most, self.given - self.written)
        super().write(descriptor, pieces)
        self.written += 1

    def flush(self, descriptor: int) -> None:
        super().flush(descriptor)
        self.flushed += 1


def test_a_large_part_is_written_in_order_with_little_in_memory(tmp_path: Path) -> None:
    files = Counting()
    part = Part(files, tmp_path, "key", "1")
    part.open()
    digest = hashlib.sha256()
    for number in range(80):
        block = number.to_bytes(4, "big") + MEGABYTE
        digest.update(block)
        part.write([block[:1000], block[1000:]])
        files.given += 1
    part.sync()
    assert files.written == 80
    assert files.most <= 5
    assert files.flushed
    assert part.sha256 == files.digest(part.path) == digest.hexdigest()
    part.restart()
    part.write([b"abc"])
    part.sync()
    assert part.path.read_bytes() == b"abc"
    part.discard()
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(("method", "after"), [("write", 5), ("write", 39), ("flush", 0)])
def test_what_is_refused_behind_the_back_is_told_in_the_end(
    tmp_path: Path, method: str, after: int
) -> None:
    part = Part(Failing(method, errno.EIO, after), tmp_path, "key", "1")
    part.open()

    def write() -> None:
        for _ in range(40):
            part.write([MEGABYTE])
        part.sync()

    with pytest.raises(FileError, match="the disk has failed"):
        write()
    part.discard()
    assert [*tmp_path.iterdir()] == []


class Slow(Files):
    """A disk that takes no more than one block until it is let go on."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.blocks = 0

    def write(self, descriptor: int, pieces: Iterable[bytes]) -> None:
        self.blocks += 1
        if self.blocks > 5:
            assert self.go_on.wait(60)
        super().write(descriptor, pieces)


def test_what_waits_to_be_written_is_dropped_with_its_file(tmp_path: Path) -> None:
    files = Slow()
    part = Part(files, tmp_path, "key", "1")
    part.open()
    for _ in range(7):  # the disk is at the sixth or before it, the others wait
        part.write([MEGABYTE])
    assert part._behind is not None
    last = part._behind._waiting[-1]
    thread = threading.Thread(target=part.discard)
    thread.start()
    while not last.done():
        time.sleep(0.01)
    assert last.cancelled()
    files.go_on.set()
    thread.join(60)
    assert files.blocks <= 6
    assert [*tmp_path.iterdir()] == []
    assert not [it for it in threading.enumerate() if it.name.startswith("gettyimages-write")]


def test_where_no_thread_can_be_had_a_large_part_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: threading.Thread) -> typing.NoReturn:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    part = Part(Files(), tmp_path, "key", "1")
    part.open()
    for _ in range(40):
        part.write([MEGABYTE])
    part.sync()
    assert part.place(tmp_path / "x", replace=False)
    assert Files().digest(tmp_path / "x") == part.sha256
    assert part.size == 40 << 20


def test_a_file_that_has_its_name_is_saved_whatever_closing_it_says(
    world: World, origins: Origins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_files, "FILES", Failing("close", errno.EIO))
    with Depot() as depot:
        assert save(world, client_of(world, origins, depot.uri), tmp_path).sha256 == SHA256
    assert names(tmp_path) == ["picture.jpg"]


def test_a_part_that_is_discarded_leaves_nothing(tmp_path: Path) -> None:
    part = written(tmp_path)
    part.discard()
    part.discard()
    assert [*tmp_path.iterdir()] == []


def test_a_part_of_a_dead_run_gives_way(tmp_path: Path) -> None:
    dead = written(tmp_path)
    part = written(tmp_path)
    part.restart()
    dead.discard()  # removes its own only
    assert part.path.exists()
    part.discard()


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.EMLINK])
def test_without_hard_links_nothing_is_overwritten_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> typing.NoReturn:
        raise OSError(number, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "taken").write_bytes(b"precious")
    part = written(tmp_path)
    assert not part.place(tmp_path / "taken", replace=False)
    assert part.place(tmp_path / "free", replace=False)
    assert (tmp_path / "taken").read_bytes() == b"precious"
    assert (tmp_path / "free").read_bytes() == CONTENT[:2000]
    assert len([*tmp_path.iterdir()]) == 2


def test_without_hard_links_a_name_that_cannot_be_had_is_not_left_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> typing.NoReturn:
        raise OSError(errno.EPERM, "no links here")

    def fail(*_: object) -> typing.NoReturn:
        raise OSError(errno.EIO, "broken")

    part = written(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", refuse)
        patch.setattr(Path, "replace", fail)
        with pytest.raises(FileError, match="the disk has failed"):
            part.place(tmp_path / "free", replace=False)
    assert [*tmp_path.iterdir()] == [part.path]
    part.discard()
    assert [*tmp_path.iterdir()] == []


def test_a_write_that_is_cut_short_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:7]))
    part = written(tmp_path)
    assert part.path.read_bytes() == CONTENT[:2000]
    part.discard()


def test_a_folder_whose_file_system_cannot_sync_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> typing.NoReturn:
        raise OSError(errno.EINVAL, "no")

    monkeypatch.setattr(os, "fsync", refuse)
    Files().sync_folder(tmp_path)


def test_the_size_tells_files_from_all_else(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abc")
    (tmp_path / "link").symlink_to("file")
    files = Files()
    found = [files.size(tmp_path / name) for name in ("file", "link", ".", "none", "file/x")]
    assert found == [3, -1, -1, None, None]
    assert files.digest(tmp_path / "file") == hashlib.sha256(b"abc").hexdigest()


def test_errors_are_described_in_words() -> None:
    assert described(OSError(errno.ENOSPC, "x", "path")) == "the disk is full"
    assert described(OSError(errno.ELOOP, os.strerror(errno.ELOOP), "path")) == os.strerror(
        errno.ELOOP
    )
    assert described(OSError("anything")) == "OSError"
