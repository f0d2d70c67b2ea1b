"""The streams that commands print to."""

from __future__ import annotations

import io
import os
from typing import TextIO


class _Unheard(io.FileIO):
    """A file that can be written to after its reader has closed it: `| head` is not a failure.

    What a command does must not depend on whether somebody reads to the end what it says of it.
    """

    def write(self, data: object, /) -> int:
        """Write to the reader, if it is still there."""
        try:
            return super().write(data)  # type: ignore[arg-type]  # only its caller knows its type
        except BrokenPipeError:
            nobody = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nobody, self.fileno())
            os.close(nobody)
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
