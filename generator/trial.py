"""Tries a version on an index: installs it in an empty environment, and runs a script there."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from .config import read_settings
from .findings import refusal
from .processes import environment, name_netrc, run
from .project import Project

_KEPT = ("CERT", "CLIENT_CERT", "DEFAULT_TIMEOUT", "PROXY", "RETRIES", "TRUSTED_HOST")
_PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")


class Trial:
    """The trial of a project's client, by the script that its settings name; without one, by pip.

    Raises:
        GeneratorError: The script is not there.
    """

    def __init__(self, project: Project) -> None:
        settings = read_settings(project.specs)
        self._script = project.root.resolve() / settings.trial if settings.trial else None
        self._requires = (settings.trial_requires or "").split()
        if self._script and not self._script.is_file():
            raise refusal(self._script, "setting-names-nothing", key="trial")

    def run(self, name: str, version: str, simple: str, sha256: str, netrc: str) -> str:
        """Install a version from an index into an empty environment, and run the script there.

        Args:
            name: The name of the distribution.
            version: The version.
            simple: The index.
            sha256: The digest of the wheel to expect there.
            netrc: The text of a netrc file for the index; empty for none.

        Returns:
            A sentence about the trial that ends with the last line of the script's output.

        Raises:
            GeneratorError: A step fails, or pip gets another wheel.
        """
        with TemporaryDirectory(prefix="generator-") as temporary:
            folder = Path(temporary)
            run([sys.executable, "-m", "venv", folder / "env"], folder, "repair-python")
            python = folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
            exact = f"{name}=={version}"
            url = _installed(python, folder, f"{exact} --hash=sha256:{sha256}", simple, netrc)
            run([python, *_PIP, "install", exact, *self._requires], folder, "install-by-hand")
            done = f"pip installed {name} {version} from {url} (sha256 {sha256})"
            printed = ""
            if self._script:
                printed = run([python, "-I", self._script], folder, "repair-version")
            return "; ".join([done, *printed.splitlines()[-1:]])


def _installed(python: Path, folder: Path, requirement: str, simple: str, netrc: str) -> str:
    """Install the published wheel without its dependencies, and return its URL."""
    (folder / "requirements.txt").write_text(requirement)
    report = folder / "report.json"
    run(
        [
            *(python, *_PIP, "install", "--no-cache-dir", "--no-deps", "--only-binary", ":all:"),
            *("--index-url", simple, "--require-hashes", "--report", report),
            *("-r", folder / "requirements.txt"),
        ],
        folder,
        "repair-index",
        _alone(folder, netrc),
    )
    (item,) = json.loads(report.read_text("utf-8"))["install"]
    return str(item["download_info"]["url"])


def _alone(folder: Path, netrc: str) -> dict[str, str]:
    """Return variables with which pip uses one index only, with these credentials."""
    kept = {f"PIP_{name}" for name in _KEPT}
    variables = {
        name: text
        for name, text in environment().items()
        if not name.startswith("PIP_") or name in kept
    }
    variables["PIP_CONFIG_FILE"] = os.devnull
    if netrc:  # Not in the address: that would be seen in the list of processes.
        name_netrc(variables, folder, netrc)
    return variables
