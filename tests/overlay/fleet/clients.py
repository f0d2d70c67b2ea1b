"""What makes the clients of workers, found by its name."""

from __future__ import annotations

import os
import signal
import typing

from gettyimages import GettyImages


def named(**options: typing.Any) -> GettyImages:
    """A client that says who it is."""
    return GettyImages(app_name="fleet-test/1", **options)


def deadly(**_: typing.Any) -> GettyImages:
    """It takes the worker along."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def poor(**options: typing.Any) -> GettyImages:
    """It finds no credentials."""
    return GettyImages(from_env=False, **options)
