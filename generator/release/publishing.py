"""Publishes a release: builds it, tries the wheel, uploads it, and installs it from the index."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.config import Project, read_settings
from generator.findings import refusal
from generator.pipeline import build_spec

from .credentials import Addresses, credentials, hidden
from .distributions import Distribution, build_commit, environment, name_netrc, run
from .index import Index
from .next_release import as_released, refuse_unready, version_of


class Publication:
    """One version on its way to an index."""

    def __init__(self, specs: Path, addresses: Addresses, say: Callable[[str], None]) -> None:
        self._project = Project(specs)
        self._addresses = addresses
        self._say = say
        self.uploaded: list[str] = []
        """The files that have been uploaded so far."""

    def publish(self) -> None:
        """Build, try and upload the version, and install it from the index.

        Raises:
            GeneratorError: A step fails; `uploaded` lists the files uploaded so far. Running it
                again completes it.
        """
        self._refuse_unfit()
        script = trial_script(self._project)
        name = str(self._project.metadata()["name"])
        version = str(version_of(self._project)[1])
        reader = credentials(self._addresses.simple)
        writer = credentials(self._addresses.upload)
        with hidden(reader):
            index = Index(self._addresses, reader, writer)
            index.lacking(name, [])  # So that a wrong address is reported before anything is built.
            files = build_commit(self._project.root, self._project.root / "dist")
            with TemporaryDirectory(prefix="generator-") as temporary:
                wheel, trial = files[-1], Trial(Path(temporary))
                self._say(f"{wheel.name}: {trial.of_file(wheel.path, script)}")
                index.put(name, files, self._report)
                simple = self._addresses.simple
                netrc = reader.netrc(simple) if reader else ""
                self._say(trial.of_index(name, version, simple, wheel.sha256, netrc))

    def _refuse_unfit(self) -> None:
        """Refuse a working tree that differs from the commit or the release."""
        changed = run(["git", "status", "--porcelain"], self._project.root, "checkout-to-publish")
        if changed:
            lines = changed.splitlines()
            shown = ", ".join(line[2:].strip() for line in lines[:5])
            more = f" and {len(lines) - 5} more" if len(lines) > 5 else ""
            raise refusal(self._project.root, "uncommitted", changed=shown + more)
        refuse_unready(self._project.specs)
        path = self._project.released
        spec = build_spec(self._project.specs).spec
        expected = as_released(spec, version_of(self._project)[1])
        if not path.is_file() or path.read_bytes() != expected:
            raise refusal(path, "released-differs" if path.is_file() else "never-released")

    def _report(self, file: Distribution, uploaded: bool) -> None:
        if uploaded:
            self.uploaded.append(file.name)
        self._say(f"{file.name}: {'uploaded' if uploaded else 'is there already'}")


_KEPT = ("CERT", "CLIENT_CERT", "DEFAULT_TIMEOUT", "PROXY", "RETRIES", "TRUSTED_HOST")
_PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")


@dataclass(frozen=True, slots=True)
class Script:
    """What a project's settings name to try its client with."""

    path: Path | None
    """The script; None if the client is only to be installed."""
    requires: list[str]
    """The packages to install for it besides the client."""


def trial_script(project: Project) -> Script:
    """Return the script that a project's settings name.

    Raises:
        GeneratorError: The script is not there.
    """
    settings = read_settings(project.specs)
    path = project.root.resolve() / settings.trial if settings.trial else None
    if path and not path.is_file():
        raise refusal(path, "setting-names-nothing", key="trial")
    return Script(path, (settings.trial_requires or "").split())


class Trial:
    """An empty environment in a folder, where a wheel is tried.

    Raises:
        GeneratorError: The environment cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # The pip of this Python installs there: one of its own would take longer than the trial.
        run(
            [sys.executable, "-m", "venv", "--without-pip", folder / "env"], folder, "repair-python"
        )
        self._python = folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"

    def of_file(self, wheel: Path, script: Script) -> str:
        """Install a wheel with its dependencies, and run the script.

        Returns:
            The last line of the script's output.

        Raises:
            GeneratorError: A step fails.
        """
        self._pip("install-by-hand", "install", wheel.resolve(), *script.requires)
        if not script.path:
            return "it can be installed"
        printed = run([self._python, "-I", script.path], self._folder, "repair-wheel")
        return "".join(printed.splitlines()[-1:])

    def of_index(self, name: str, version: str, simple: str, sha256: str, netrc: str) -> str:
        """Install the same wheel again, from an index and no other.

        Args:
            name: The name of the distribution.
            version: The version.
            simple: The index.
            sha256: The digest of the wheel to expect there.
            netrc: The text of a netrc file for the index; empty for none.

        Returns:
            A sentence that says where it was found.

        Raises:
            GeneratorError: It cannot be installed, or another wheel is found.
        """
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
        command = [sys.executable, *_PIP, "--python", self._python, *arguments]
        run(command, self._folder, advice, variables)


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
