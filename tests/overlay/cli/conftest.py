"""The command, and a sandbox that it finds by its environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from gettyimages.sandbox import Sandbox

from .running import Command


@pytest.fixture
def command(sandbox: Sandbox, tmp_path: Path) -> Command:
    """The command, for the account of a sandbox."""
    return Command(tmp_path, sandbox.env())


@pytest.fixture
def stranger(tmp_path: Path) -> Command:
    """The command, without any credentials."""
    return Command(tmp_path, {})
