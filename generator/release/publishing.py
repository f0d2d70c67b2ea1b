"""Publishes a release: builds it, tries the wheel, uploads it, and installs it from the index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.findings import refusal
from generator.pipeline import build_spec
from generator.project import Project
from generator.trial import Trial, trial_script
from generator.yaml_output import to_yaml

from .credentials import Addresses, credentials, hidden
from .distributions import Distribution, build_commit, run
from .index import Index
from .next_release import refuse_unready, released_spec, version_of


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
        self._refuse_unreleased()

    def _refuse_unreleased(self) -> None:
        path = self._project.released
        version = version_of(self._project)[1]
        expected = to_yaml(released_spec(build_spec(self._project.specs).spec, str(version)))
        if not path.is_file() or path.read_bytes() != expected.encode():
            raise refusal(path, "released-differs" if path.is_file() else "never-released")

    def _report(self, file: Distribution, uploaded: bool) -> None:
        if uploaded:
            self.uploaded.append(file.name)
        self._say(f"{file.name}: {'uploaded' if uploaded else 'is there already'}")
