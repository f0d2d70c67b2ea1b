"""Runs the command line."""

from __future__ import annotations

import io
import sys

from .cli import main

for stream in (sys.stdout, sys.stderr):
    if isinstance(stream, io.TextIOWrapper):  # A terminal may know fewer characters than documents.
        stream.reconfigure(errors="backslashreplace")
sys.exit(main())
