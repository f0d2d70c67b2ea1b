"""Settings that hold for every test: seeded randomness, printed when a test fails."""

from __future__ import annotations

import gc
import sys

import pytest
from hypothesis import HealthCheck, settings

for profile, examples in (("project", 25), ("torture", 1000)):
    settings.register_profile(
        profile,
        max_examples=examples,
        derandomize=True,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile("project")

# As in `generator/__main__.py`: most objects stay, so that looking for garbage often is in vain.
gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Give each process whole files, so that what a module's tests share is made once.

    In their own order: the longest come first, and a short one is last.
    """
    from xdist.scheduler import LoadFileScheduling

    config.option.loadscopereorder = False
    return LoadFileScheduling(config, log)


def pytest_collection_finish() -> None:
    """Leave the tests themselves and all imported modules out of what is looked through."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Stop the database: pytest-xdist kills a process that takes long to end by itself."""
    if "tests.overlay.downloads.support.databases" in sys.modules:
        from tests.overlay.downloads.support import databases

        databases.stop()
