"""A package index: the files of a project there, and uploads."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.findings import Finding, GeneratorError, refusal
from generator.processes import environment, name_netrc, run

from .addresses import Addresses
from .credentials import Credentials, hidden
from .distributions import Distribution
from .index_reader import Reader

# Nothing else decides the index or the user: no settings of the machine, no token of a forge.
_UV = (
    *("-m", "uv", "publish", "--no-config", "--no-cache", "--no-progress", "--color=never"),
    *("--trusted-publishing=never", "--keyring-provider=disabled", "--no-attestations"),
)
_WAITS = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0)


class Index:
    """A package index. All methods raise GeneratorError.

    Args:
        addresses: Where it is.
        reader: The credentials for reading it; None for anonymous access.
        writer: The credentials for uploading, possibly to another host.
    """

    def __init__(
        self, addresses: Addresses, reader: Credentials | None, writer: Credentials | None
    ) -> None:
        self._addresses = addresses
        self._netrc = reader.netrc(addresses.simple) if reader else ""
        self._writer = writer
        self._reader = Reader(addresses.simple, reader)

    def lacking(self, project: str, distributions: list[Distribution]) -> list[Distribution]:
        """Return those that are missing there; refuse one that is there with other content."""
        links = self._reader.links(project)
        lacking = []
        for distribution in distributions:
            link = links.get(distribution.name)
            if link is None:
                lacking.append(distribution)
                continue
            found = self._reader.sha256(link, distribution.path.stat().st_size)
            if found != distribution.sha256:
                raise GeneratorError([self._other(distribution, found)])
        return lacking

    def put(
        self,
        project: str,
        distributions: list[Distribution],
        report: Callable[[Distribution, bool], None],
    ) -> None:
        """Upload the missing files, and wait until the index lists all files with our digests.

        Args:
            project: The name of the project.
            distributions: The files in their order: installers look for the last.
            report: Gets each file that is there then, and whether it was uploaded.
        """
        lacking = self.lacking(project, distributions)
        for distribution in distributions:
            if distribution in lacking:
                self.upload(project, distribution)
            report(distribution, distribution in lacking)
        for seconds in _WAITS:
            time.sleep(seconds)
            if not self.lacking(project, distributions):
                return
        # To uv, every response of status 200 is a success.
        addresses = self._addresses
        raise refusal(addresses.simple, "index-lists-nothing", upload=addresses.upload)

    def upload(self, project: str, distribution: Distribution) -> None:
        """Upload a file, or make sure that it has arrived."""
        try:
            with hidden(self._writer):
                self._send(distribution)
        except GeneratorError:
            # A response may get lost, and a server may refuse a file because it has it.
            if not self._arrived(project, distribution):
                raise

    def _send(self, distribution: Distribution) -> None:
        who = self._writer
        variables = {**environment(), "UV_NO_WRAP": "1"}
        if authority := os.environ.get("REQUESTS_CA_BUNDLE"):
            variables["SSL_CERT_FILE"] = authority
        if who:
            variables |= {"UV_PUBLISH_USERNAME": who.username, "UV_PUBLISH_PASSWORD": who.password}
        with TemporaryDirectory(prefix="generator-") as temporary:
            folder = Path(temporary)
            if self._netrc:  # For the check: in the address, a password would be seen.
                name_netrc(variables, folder, self._netrc)
            run(
                [
                    *(sys.executable, *_UV, "--publish-url", self._addresses.upload),
                    *("--check-url", self._addresses.simple, distribution.path.resolve()),
                ],
                folder,
                "check-uploader" if who else "set-credentials",
                variables,
                name=who and who.username,
                source=who and who.source,
            )

    def _arrived(self, project: str, distribution: Distribution) -> bool:
        try:
            return not self.lacking(project, [distribution])
        except GeneratorError:
            return False

    def _other(self, distribution: Distribution, found: str) -> Finding:
        return Finding(
            self._addresses.simple,
            "index-other-file" if found else "index-larger-file",
            name=distribution.name,
            found=found,
            expected=distribution.sha256,
        )
