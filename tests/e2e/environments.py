"""Environments in which a wheel is installed, made by uv, which takes a tenth of pip's time."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from pathlib import Path

from .scratch import PROJECT

UV = (sys.executable, "-m", "uv", "--quiet", "--no-progress")


@functools.cache
def uv_variables() -> dict[str, str]:
    """Variables with which uv takes packages from where pip takes them on this machine."""
    variables = {name: text for name, text in os.environ.items() if name != "VIRTUAL_ENV"}
    settings = (("global.index-url", "UV_DEFAULT_INDEX"), ("global.cert", "SSL_CERT_FILE"))
    for setting, variable in settings:
        command = [sys.executable, "-m", "pip", "config", "get", setting]
        found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
        if found:
            variables.setdefault(variable, found)
    return variables


def uv(*arguments: str | Path) -> None:
    """Run uv."""
    subprocess.run([*UV, *arguments], env=uv_variables(), check=True)


def built_wheel(folder: Path) -> Path:
    """Build the wheel of the project, and return its path in a folder."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(PROJECT)], check=True, stdout=subprocess.DEVNULL)
    (wheel,) = folder.glob("*.whl")
    return wheel
