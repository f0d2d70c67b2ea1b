"""A cluster of two workers, and a sandbox that they find by their environment: once a module."""

from __future__ import annotations

import logging
import typing
from collections.abc import Iterator

import dask.config
import distributed
import pytest
from cryptography.fernet import Fernet

from gettyimages.fleet._cluster import closing
from gettyimages.sandbox import Sandbox
from tests.overlay.downloads.support import databases

KEY = Fernet.generate_key().decode()
"""Of the links in the journal."""


@pytest.fixture(scope="module")
def shared() -> Iterator[Sandbox]:
    """The sandbox of all tests of a module, each of which has ids of its own."""
    with Sandbox(file_size=20_000) as sandbox:
        yield sandbox
    assert not sandbox.problems


@pytest.fixture(scope="module")
def cluster(shared: Sandbox) -> Iterator[typing.Any]:
    """A connection to the cluster, as a user has one."""
    variables = {**shared.env(), "GETTYIMAGES_JOURNAL_KEY": KEY}
    local_cluster: typing.Any = distributed.LocalCluster  # it has no types
    connection: typing.Any = distributed.Client
    workers: dict[str, typing.Any] = {"env": variables, "silence_logs": logging.CRITICAL}
    settings = {
        "distributed.scheduler.allowed-failures": 0,
        # By default, Dask removes a worker that is restarting 15 s after any of its deaths.
        "distributed.deploy.lost-worker-timeout": "1 hour",
        # As in a cluster of our own.
        "distributed.admin.tick.interval": "1s",
        "distributed.worker.profile.enabled": False,
    }
    with (
        dask.config.set(settings),
        closing(
            local_cluster(
                n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", **workers
            )
        ) as local,
        connection(local) as client,
    ):
        yield client


@pytest.fixture
def journal() -> str:
    """The address of an empty database."""
    return databases.new_database()
