"""What is used of `distributed`, whose own types tell little."""

from __future__ import annotations

import contextlib
import logging
import typing
from collections.abc import Callable, Iterator, Mapping

import dask.config
import distributed

from gettyimages import GettyImagesError, InvalidArgumentError

P = typing.ParamSpec("P")
T = typing.TypeVar("T", covariant=True)

WORKER_SECONDS = 60
"""How long a cluster may be without a worker."""
_CLOSE_SECONDS = 30
_log = logging.getLogger("gettyimages")


class Future(typing.Protocol[T]):
    """A task. See `distributed.Future`."""

    def result(self) -> T: ...
    def cancel(self) -> object: ...
    def add_done_callback(self, function: Callable[[Future[T]], object], /) -> object: ...


class Scheduler(typing.Protocol):
    """A connection to a scheduler. See `distributed.Client`."""

    def submit(
        self, function: Callable[..., T], /, *args: object, pure: bool, key: str
    ) -> Future[T]: ...
    def run(self, function: Callable[..., object], /, *args: object, on_error: str) -> object: ...
    def nthreads(self) -> Mapping[str, int]: ...
    def wait_for_workers(self, count: int, *, timeout: float) -> object: ...


@contextlib.contextmanager
def opened(client: distributed.Client | None, workers: int) -> Iterator[Scheduler]:
    """A connection to a cluster that has a worker: the caller's, or one to a cluster of our own.

    Raises:
        GettyImagesError: There is no worker.
    """
    if client is not None:
        scheduler = typing.cast("Scheduler", client)
        try:
            scheduler.wait_for_workers(1, timeout=WORKER_SECONDS)
        except TimeoutError:
            raise without_workers() from None
        yield scheduler
        return
    # By TLS and without HTTP: another user of this machine could have the workers do anything.
    local: typing.Any = distributed.LocalCluster
    connection: typing.Any = distributed.Client
    settings = {
        "distributed.scheduler.allowed-failures": 3,
        "distributed.deploy.lost-worker-timeout": "1s",
        "distributed.scheduler.http.routes": [],
        "distributed.worker.http.routes": [],
        # Measurements that nobody sees take a tenth of a processor while workers only wait.
        "distributed.admin.tick.interval": "1s",
        "distributed.worker.profile.enabled": False,
    }
    with (
        dask.config.set(settings),
        closing(
            local(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                security=True,
                dashboard_address="127.0.0.1:0",
                preload=f"{__package__}._worker",
                silence_logs=logging.ERROR,
            )
        ) as cluster,
        connection(cluster) as own,
    ):
        cluster.adapt(minimum=workers, maximum=workers)  # also for one that dies while it starts
        yield own


@contextlib.contextmanager
def closing(cluster: typing.Any) -> Iterator[typing.Any]:
    """Close a cluster of our own after a block.

    If a worker was killed while it started, Dask may wait for it without end, or fail an assertion.
    The work is done by then, and what is left of the cluster ends with this process.
    """
    try:
        yield cluster
    finally:
        try:
            cluster.close(timeout=_CLOSE_SECONDS)
        except (TimeoutError, AssertionError) as error:
            _log.debug("the Dask cluster was not closed cleanly: %r", error)


def without_workers() -> GettyImagesError:
    """The error for a cluster that has no worker."""
    return GettyImagesError(f"the Dask cluster has had no worker for {WORKER_SECONDS} s")


def check(client: object) -> None:
    """Raise an `InvalidArgumentError` for what is no connection to a cluster."""
    given: typing.Any = client
    if client is None or (isinstance(client, distributed.Client) and not given.asynchronous):
        return
    raise InvalidArgumentError(
        "cluster must be a distributed.Client that is not asynchronous, or None, found"
        f" {type(client).__name__}"
    )
