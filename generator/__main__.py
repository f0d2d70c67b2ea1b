"""Runs the command line."""

from __future__ import annotations

import sys


def _run() -> int:
    try:
        # Not at the top: this takes a moment, in which somebody may think better of it.
        from .cli import main
        from .cli.streams import patient

        sys.stdout, sys.stderr = patient(sys.stdout), patient(sys.stderr)
        return main()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; nothing has been changed.\n")
        return 130


sys.exit(_run())
