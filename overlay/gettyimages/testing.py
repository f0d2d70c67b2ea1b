"""For the tests of code that uses the client: the pytest fixture `gettyimages_sandbox`.

pytest finds it by itself once the extra `sandbox` is installed.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator

import pytest

if typing.TYPE_CHECKING:
    from gettyimages.sandbox import Sandbox

__all__ = ["gettyimages_sandbox"]


@pytest.fixture
def gettyimages_sandbox() -> Iterator[Sandbox]:
    """A sandbox of the test's own, already running: see `gettyimages.sandbox.Sandbox`.

    def test_mine(gettyimages_sandbox):
        gettyimages_sandbox.allowance = 1
        with gettyimages_sandbox.client() as client:
            ...
    """
    from gettyimages.sandbox import Sandbox

    with Sandbox() as sandbox:
        yield sandbox
