"""Runs the command line."""

from __future__ import annotations

import gc
import sys

_ALLOCATIONS = 200_000
"""After how many new objects to look for garbage. A run makes millions and keeps most of them until
its end: looking as often as Python does by itself takes a fifth of the time."""


def _run() -> int:
    gc.set_threshold(_ALLOCATIONS, 20, 20)
    try:
        # Not at the top: this takes a moment, during which Ctrl-C must work, too.
        from .cli import main, patient

        sys.stdout, sys.stderr = patient(sys.stdout), patient(sys.stderr)
        return main()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; nothing has been changed.\n")
        return 130


sys.exit(_run())
