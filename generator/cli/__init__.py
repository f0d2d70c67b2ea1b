"""The command line: `python -m generator COMMAND`; a module here for each group of commands."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TextIO

from generator.findings import Finding, GeneratorError

from .arguments import parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its status: 0 for success, 1 for errors or differences."""
    options = parser().parse_args(arguments)
    specs: Path = options.specs
    options.specs = specs if specs.name not in ("", "..") else specs.resolve()
    # Publishing alone does what cannot be taken back; it puts another function here.
    options.state = lambda: "nothing has been changed."
    try:
        # Only what the command needs is imported.
        module = import_module(f"{__name__}.{options.module}")
        return int(getattr(module, f"run_{options.command.replace('-', '_')}")(options))
    except GeneratorError as error:
        findings, hint = error.findings, error.hint
    except OSError as error:
        reason = error.strerror or error
        findings, hint = [Finding(str(error.filename or "."), "disk", reason=reason)], ""
    except KeyboardInterrupt:
        print(f"interrupted; {options.state()}", file=sys.stderr)
        return 130
    except RecursionError:
        findings, hint = [Finding(options.specs, "nested-too-deeply")], ""
    for line in (*findings, *filter(None, [hint]), f"{len(findings)} error(s); {options.state()}"):
        print(line, file=sys.stderr)
    return 1


class _Unheard(io.FileIO):
    """A file that can be written to after its reader has closed it: `| head` is not a failure.

    What a command does must not depend on whether somebody reads to the end what it says of it.
    """

    def write(self, data: object, /) -> int:
        """Write to the reader, if it is still there."""
        try:
            return super().write(data)  # type: ignore[arg-type]  # only its caller knows its type
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            return super().write(data)  # type: ignore[arg-type]  # as above


def patient(stream: TextIO) -> TextIO:
    """Return a stream like this one that accepts any character and outlives its reader."""
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Unheard(stream.fileno(), "wb", closefd=False)),
        encoding=stream.encoding,
        errors="backslashreplace",  # A terminal may know fewer characters than documents.
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
