"""The command `gettyimages`, for people who write no Python: `gettyimages --help`.

It needs the extra `cli`: `pip install 'gettyimages-client[cli]'`.
"""

from __future__ import annotations

import importlib.util
import io
import os
import sys
import typing
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> typing.NoReturn:
    """Run a command and end the process with its exit status, which docs/command-line.md lists."""
    for name in ("click", "rich"):
        if importlib.util.find_spec(name) is None:
            sys.exit(
                f"gettyimages: the command line needs {name}, which is not installed:"
                " pip install 'gettyimages-client[cli]'"
            )
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed by whoever started the command
            setattr(sys, name, open(os.devnull, "r+", encoding="utf-8"))  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may know fewer characters
            stream.reconfigure(errors="backslashreplace", line_buffering=True)
    # Keeps httpx from loading its own command line, which takes longer than everything else.
    sys.modules.setdefault("httpx._main", typing.cast("typing.Any", None))
    from . import _commands  # noqa: F401 - adds the commands to the group
    from ._options import group

    group.main(arguments, prog_name="gettyimages")
