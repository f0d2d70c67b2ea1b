"""Processes that save the same images die anywhere: nobody pays again, and no file is lost."""

from __future__ import annotations

import contextlib
import datetime
import itertools
import json
import sqlite3
import subprocess
import tempfile
import typing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from gettyimages import GettyImages, GettyImagesError
from gettyimages._calls.steps import (
    Call,
    Close,
    Do,
    Effect,
    Failure,
    Open,
    Opened,
    Read,
    Send,
    Sleep,
)
from gettyimages._downloads.files.filesystem import Files
from gettyimages._downloads.journal.entry import Owner
from gettyimages._downloads.journal.file import Commits
from gettyimages._downloads.journal.journal import NAME, Journal
from gettyimages._downloads.journal.owners import _host, _start_of
from gettyimages._downloads.resource import asked, paid
from gettyimages._downloads.save import Job, SavedFile
from gettyimages._errors import StrandedError, UnsettledError
from gettyimages._response import RawResponse

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # syncing costs nothing
ASSETS = ("1", "2")
NUMBERS = itertools.count(1)
T = typing.TypeVar("T")
ANSWERS = ("link", "link", "link", "late", "lost", "429", "404")
"""What comes of a request: `late` is carried out without an answer, `lost` is not carried out."""


def content(asset: str) -> bytes:
    return f"the file of {asset}".encode()


class Killed(BaseException):
    """The process is dead. Nobody can catch that."""


class Life:
    """How long a process lives: a number of steps, each something that others can see."""

    def __init__(self) -> None:
        self.left: int | None = None

    def step(self) -> None:
        if self.left == 0:
            raise Killed
        if self.left is not None:
            self.left -= 1


class MortalFiles(Files):
    """The file system, as long as the process lives."""

    def __init__(self, life: Life) -> None:
        self._life = life

    def __getattribute__(self, name: str) -> typing.Any:
        if not name.startswith("_") and name != "close":
            self._life.step()
        return super().__getattribute__(name)


class MortalCommits(Commits):
    """The journal, as long as the process lives."""

    def __init__(self, connection: sqlite3.Connection, life: Life) -> None:
        super().__init__(connection)
        self._life = life

    def read(self, function: Callable[[sqlite3.Connection], T]) -> T:
        if self._life.left == 0:
            raise Killed
        return super().read(function)

    def write(self, function: Callable[[sqlite3.Connection], T]) -> T:
        self._life.step()
        result = super().write(function)
        self._life.step()
        return result


@dataclass
class Server:
    """What is true, whatever anybody knows of it."""

    charged: dict[str, int] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    """Assets with a request that nobody can know to have done nothing."""
    links: set[str] = field(default_factory=set)

    def history(self, task: Task) -> RawResponse:
        if task.job.settle_after is not None:  # its caller vouches for what is not in it
            self.lost.discard(task.asset)
        now = datetime.datetime.now(datetime.UTC).isoformat()
        records = [{"id": asset, "date_downloaded": now} for asset in self.charged]
        page = {"result_count": len(records), "downloads": records}
        return RawResponse(200, {}, json.dumps(page).encode())

    def order(self, asset: str, answer: str, job: Job) -> RawResponse | Failure:
        """Take a request for a download.

        Raises:
            AssertionError: The rule that is never broken is broken.
        """
        if not job.allow_second_download:
            assert asset not in self.charged, "paid for twice without leave"
            assert asset not in self.lost, "asked for again, and nobody has vouched for that"
        if answer in ("429", "404"):
            return RawResponse(int(answer), {}, b"{}")
        if answer == "lost":
            self.lost.add(asset)
            return Failure("the connection was lost", sent=True)
        self.charged[asset] = self.charged.get(asset, 0) + 1
        if answer == "late":
            return Failure("the connection was lost", sent=True)
        uri = f"https://delivery.example/{asset}/{self.charged[asset]}"
        self.links.add(uri)
        return RawResponse(303, {"location": uri}, b"")

    def open(self, asked_for: Open) -> Opened:
        body = content(asked_for.url.split("/")[3])
        headers = {
            "content-length": str(len(body)),
            "content-type": "image/jpeg",
            "content-disposition": f"attachment; filename={asked_for.url.split('/')[3]}.jpg",
        }
        status = 200 if asked_for.url in self.links else 403
        return Opened(asked_for, status, headers, response=None, body=iter([body]), ends=True)


@dataclass
class Task:
    """A file that is being saved, one step after the other."""

    asset: str
    job: Job
    call: Call[SavedFile]
    effect: Effect
    outcome: object = None
    is_arrived: bool = False

    @property
    def is_order(self) -> bool:
        return isinstance(self.effect, Send) and self.effect.method == "POST"


class Process:
    """A process that saves some of the images into a folder."""

    def __init__(
        self, folder: Path, client: GettyImages, assets: Iterable[str], **options: typing.Any
    ) -> None:
        self.results: dict[str, object] = {}
        self.sleeper: subprocess.Popen[bytes] | None = None
        self.journal = Journal(folder)
        self.number = next(NUMBERS)
        self.journal._claims._name = f"process {self.number}"  # it shares no memory with the others
        self.life = Life()
        self.files = MortalFiles(self.life)
        self.connection = self.journal._connected()._connection
        self.journal._commits = MortalCommits(self.connection, self.life)
        self.is_remote = options.pop("is_remote", False)
        self.journal._claims.owner = self._owner()
        self.tasks: list[Task] = []
        for asset in assets:
            job = Job(
                asked=asked(asset, {}),
                paid=paid(asset, {}),
                folder=folder,
                exchanger=client._exchanger,
                settings=client._settings,
                journal=self.journal,
                files=self.files,
                **options,
            )
            call = job.save()
            self.tasks.append(Task(asset, job, call, next(call)))

    def _owner(self) -> Owner:
        if self.is_remote:
            return Owner("elsewhere", self.number, "1")
        self.sleeper = subprocess.Popen(["/bin/sleep", "1000"])
        return Owner(_host(), self.sleeper.pid, _start_of(self.sleeper.pid) or "")

    @property
    def is_about_to_order(self) -> bool:
        return any(task.is_order and not task.is_arrived for task in self.tasks)

    def step(self, task: Task, server: Server, answer: str) -> None:
        """Let one thing happen to a file."""
        try:
            self._step(task, server, answer)
        except Killed:
            self.kill()

    def _step(self, task: Task, server: Server, answer: str) -> None:
        if task.is_order and not task.is_arrived:
            task.outcome, task.is_arrived = server.order(task.asset, answer, task.job), True
            return
        try:
            task.effect = self._next(task, server)
        except StopIteration as stop:
            self._end(task, stop.value)
        except GettyImagesError as error:
            self._end(task, error)

    def _next(self, task: Task, server: Server) -> Effect:
        effect, arrived = task.effect, task.outcome
        task.outcome, task.is_arrived = None, False
        match effect:
            case Do():
                try:
                    result = effect.function()
                except Exception as error:  # noqa: BLE001
                    return task.call.throw(error)
                return task.call.send(result)
            case Open():
                return task.call.send(server.open(effect))
            case Read():
                return task.call.send(next(typing.cast("Iterator[bytes]", effect.opened.body), b""))
            case Send():
                return task.call.send(server.history(task) if effect.method == "GET" else arrived)
            case Sleep() | Close():
                return task.call.send(None)
            case _:
                raise AssertionError(effect)

    def _end(self, task: Task, result: object) -> None:
        self.results[task.asset] = result
        self.tasks.remove(task)
        if not self.tasks:
            self.journal.close()
            self._stop()

    def kill(self) -> None:
        """Nothing of it happens any more, not even what happens at the end of a call."""
        self.life.left = 0
        for task in self.tasks:
            with contextlib.suppress(Killed):
                task.call.close()
        self.tasks.clear()
        self.connection.close()
        self._stop()

    def _stop(self) -> None:
        if self.sleeper is not None:
            self.sleeper.kill()
            self.sleeper.wait()


class Processes(RuleBasedStateMachine):
    """Some processes, of this machine and of others; they take turns, and may be killed."""

    def __init__(self) -> None:
        super().__init__()
        self.temporary = tempfile.TemporaryDirectory(dir=MEMORY)
        self.folder = Path(self.temporary.name)
        self.client = GettyImages(
            api_key="key", access_token="token", base_url="http://127.0.0.1:9"
        )
        self.server = Server()
        self.processes: list[Process] = []

    @precondition(lambda self: len(self.processes) < 3)
    @rule(
        assets=st.lists(st.sampled_from(ASSETS), min_size=1, max_size=2, unique=True),
        is_remote=st.booleans(),
        allow=st.sampled_from([False, False, False, True]),
        settle=st.sampled_from([None, 0.0]),
        overwrite=st.sampled_from(["skip", "replace"]),
    )
    def start(
        self,
        assets: list[str],
        is_remote: bool,
        allow: bool,
        settle: float | None,
        overwrite: typing.Literal["skip", "replace"],
    ) -> None:
        self.processes.append(
            Process(
                self.folder,
                self.client,
                assets,
                is_remote=is_remote,
                allow_second_download=allow,
                settle_after=settle,
                overwrite=overwrite,
            )
        )

    @precondition(lambda self: self.processes)
    @rule(
        data=st.data(),
        steps=st.sampled_from([1, 1, 2, 3, 40]),
        answer=st.sampled_from(ANSWERS),
        life=st.none() | st.none() | st.integers(0, 12),
    )
    def go_on(self, data: st.DataObject, steps: int, answer: str, life: int | None) -> None:
        process = data.draw(st.sampled_from(self.processes))
        process.life.left = life
        task = data.draw(st.sampled_from(process.tasks))
        for _ in range(steps):
            if task in process.tasks:
                process.step(task, self.server, answer)
        process.life.left = None if process.tasks else 0
        self.processes = [one for one in self.processes if one.tasks]

    @precondition(lambda self: self.processes)
    @rule(data=st.data())
    def kill(self, data: st.DataObject) -> None:
        process = data.draw(st.sampled_from(self.processes))
        self.processes.remove(process)
        process.kill()

    # What a machine does that sleeps for a quarter of an hour between two steps cannot be helped.
    @precondition(
        lambda self: not any(one.is_remote and one.is_about_to_order for one in self.processes)
    )
    @rule()
    def let_leases_end(self) -> None:
        with contextlib.suppress(sqlite3.Error), contextlib.closing(self._connected()) as found:
            found.execute("UPDATE work SET lease_until = 0")
            found.commit()

    @rule()
    def let_links_expire(self) -> None:
        self.server.links.clear()

    @invariant()
    def every_name_is_that_of_a_whole_file(self) -> None:
        for asset, path in self._saved():
            assert path.read_bytes() == content(asset)

    def teardown(self) -> None:
        for process in self.processes:
            process.kill()
        if (self.folder / NAME).exists():
            self.let_leases_end()
            self._settle()
        self.client.close()
        self.temporary.cleanup()

    def _settle(self) -> None:
        """Whoever comes last finds all that is there, pays for nothing twice and cleans up."""
        there = {asset for asset, _ in self._saved()}
        last = Process(self.folder, self.client, ASSETS, overwrite="skip")
        while last.tasks:
            last.step(last.tasks[0], self.server, "link")
        for asset, result in last.results.items():
            if isinstance(result, SavedFile):
                assert result.path.read_bytes() == content(asset)
            else:
                assert isinstance(result, StrandedError | UnsettledError), result
                assert asset not in there, "it is there, and nobody knows"
        assert not [path for path in self.folder.iterdir() if path.suffix == ".part"]

    def _saved(self) -> list[tuple[str, Path]]:
        return [(path.stem[0], path) for path in self.folder.iterdir() if path.suffix == ".jpg"]

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(self.folder / NAME)


Processes.TestCase.settings = settings(
    max_examples=100,
    phases=[Phase.generate],
    stateful_step_count=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestProcesses = Processes.TestCase
