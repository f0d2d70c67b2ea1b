"""Has the disk fail, at a step of one's choice."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

STEPS = ("mkdir", "replace", "rename", "chmod", "utime")
"""The functions of `os` that change the disk and that writing files and folders comes down to."""


class DiskError(OSError):
    """What a test makes happen."""


def fail_at(
    monkeypatch: pytest.MonkeyPatch,
    step: int,
    error: type[BaseException] = DiskError,
    within: Path | None = None,
) -> list[int]:
    """Have one call that changes the disk fail, counted from 0.

    Args:
        monkeypatch: Takes it back after the test.
        step: Which call.
        error: What to raise.
        within: A folder; calls that concern other places are not counted.

    Returns:
        One number: how many calls are left until the one that fails; negative after it.
    """
    left = [step]

    def failing(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            if within is None or any(str(within) in str(argument) for argument in arguments):
                left[0] -= 1
                if left[0] == -1:
                    raise error
            return real(*arguments, **options)

        return call

    for name in STEPS:
        monkeypatch.setattr(os, name, failing(getattr(os, name)))
    return left
