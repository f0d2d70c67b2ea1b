"""A sandbox in a process of its own, so that it does not share an interpreter with a client."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


@contextmanager
def sandbox(**options: float) -> Iterator[Mapping[str, str]]:
    """Start one; yields the environment for its clients.

    Args:
        options: Options of `python -m gettyimages.sandbox`.
    """
    command = [sys.executable, "-m", "gettyimages.sandbox"]
    for name, value in options.items():
        command += [f"--{name.replace('_', '-')}", str(value)]
    found = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(command, env=found, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if line.startswith("GETTYIMAGES_"):
                    variable, _, text = line.strip().partition("=")
                    found[variable] = text
                if line.startswith("Stop"):
                    break
            yield found
        finally:
            process.kill()
