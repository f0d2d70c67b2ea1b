"""Publishes a release: builds it, tries the wheel, uploads it, and installs it from the index."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.config import Project, read_settings
from generator.findings import refusal
from generator.pipeline import build_spec

from .credentials import Addresses, credentials, hidden
from .distributions import Distribution, build_commit, environment, name_netrc, run
from .index import Index
from .next_release import as_released, checked_version


def publish(
    specs: Path, addresses: Addresses, say: Callable[[str], None], uploaded: list[str]
) -> None:
    """Build, try and upload a release, and install it from the index.

    `say` gets a line for each step, and `uploaded` the name of each file that is uploaded, whether
    the rest succeeds or not.

    Raises:
        GeneratorError: A step fails. Running it again completes it.
    """
    project = Project(specs)
    version = _version_to_publish(project)
    script, requires = _script(project)
    name = str(project.table("project")["name"])
    reader, writer = credentials(addresses.simple), credentials(addresses.upload)

    def report(file: Distribution, is_new: bool) -> None:
        if is_new:
            uploaded.append(file.name)
        say(f"{file.name}: {'uploaded' if is_new else 'is there already'}")

    with hidden(reader):
        index = Index(addresses, reader, writer)
        index.lacking(name, [])  # So that a wrong address is reported before anything is built.
        files = build_commit(project.root, project.root / "dist")
        with TemporaryDirectory(prefix="generator-") as temporary:
            wheel, trial = files[-1], _Trial(Path(temporary))
            say(f"{wheel.name}: {trial.of_file(wheel.path, script, requires)}")
            index.put(name, files, report)
            netrc = reader.netrc(addresses.simple) if reader else ""
            say(trial.of_index(name, version, addresses.simple, wheel.sha256, netrc))


def _version_to_publish(project: Project) -> str:
    """Return the version; refuse a working tree that differs from the commit or the release."""
    changed = run(["git", "status", "--porcelain"], project.root, "checkout-to-publish")
    if changed:
        names = [line[2:].strip() for line in changed.splitlines()]
        raise refusal(project.root, "uncommitted", changed=names)
    _, version = checked_version(project.specs)
    path = project.released
    expected = as_released(build_spec(project.specs).spec, version)
    if not path.is_file() or path.read_bytes() != expected:
        raise refusal(path, "released-differs" if path.is_file() else "never-released")
    return str(version)


def _script(project: Project) -> tuple[Path | None, list[str]]:
    """Return the script that settings name to try the client with, and what it requires."""
    settings = read_settings(project.specs)
    path = project.root.resolve() / settings.trial if settings.trial else None
    if path and not path.is_file():
        raise refusal(path, "setting-names-nothing", key="trial")
    return path, settings.trial_requires.split()


_KEPT = "CERT CLIENT_CERT DEFAULT_TIMEOUT PROXY RETRIES TRUSTED_HOST".split()
_PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")


class _Trial:
    """An empty environment in a folder, where a wheel is tried."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # The pip of this Python installs there: one of its own would take longer than the trial.
        command = [sys.executable, "-m", "venv", "--without-pip", str(folder / "env")]
        run(command, folder, "repair-python")
        self._python = folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"

    def of_file(self, wheel: Path, script: Path | None, requires: list[str]) -> str:
        """Install a wheel with its dependencies, and return the last line that the script prints.

        Without a script, the client is only to be installed.
        """
        self._pip("install-by-hand", "install", wheel.resolve(), *requires)
        if not script:
            return "it can be installed"
        printed = run([self._python, "-I", script], self._folder, "repair-wheel")
        return "".join(printed.splitlines()[-1:])

    def of_index(self, name: str, version: str, simple: str, sha256: str, netrc: str) -> str:
        """Install the wheel with a digest again, from an index and no other, and say where from."""
        requirements, report = self._folder / "requirements.txt", self._folder / "report.json"
        requirements.write_text(f"{name}=={version} --hash=sha256:{sha256}")
        self._pip(
            "repair-index",
            *("install", "--no-cache-dir", "--no-deps", "--only-binary", ":all:"),
            *("--index-url", simple, "--require-hashes", "--force-reinstall"),
            *("--report", report, "-r", requirements),
            variables=_alone(self._folder, netrc),
        )
        (item,) = json.loads(report.read_text("utf-8"))["install"]
        url = item["download_info"]["url"]
        return f"pip installed {name} {version} from {url} (sha256 {sha256})"

    def _pip(
        self, advice: str, *arguments: str | Path, variables: dict[str, str] | None = None
    ) -> None:
        # What is not imported need not be compiled.
        command = [sys.executable, *_PIP, "--python", self._python, *arguments, "--no-compile"]
        run(command, self._folder, advice, variables)


def _alone(folder: Path, netrc: str) -> dict[str, str]:
    """Return variables with which pip uses one index only, with these credentials."""
    variables = {
        name: text
        for name, text in environment().items()
        if not name.startswith("PIP_") or name.removeprefix("PIP_") in _KEPT
    }
    variables["PIP_CONFIG_FILE"] = os.devnull
    if netrc:  # Not in the address: that would be seen in the list of processes.
        name_netrc(variables, folder, netrc)
    return variables
