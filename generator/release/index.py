"""A package index: what it has of a project, and how files get there."""

from __future__ import annotations

import logging

from requests import RequestException
from twine.exceptions import TwineException
from twine.package import PackageFile
from twine.repository import Repository

from generator.findings import Finding, GeneratorError

from .addresses import Addresses
from .credentials import Credentials
from .distributions import Distribution
from .faults import broken, refused
from .reading import Reader
from .sessions import bound


class Index:
    """A package index. All methods raise GeneratorError.

    Args:
        addresses: Where it is.
        reader: Who to be when reading it; None for nobody.
        writer: Who to be when uploading, which another host may be there for.
    """

    def __init__(
        self, addresses: Addresses, reader: Credentials | None, writer: Credentials | None
    ) -> None:
        self._addresses = addresses
        self._writer = writer
        self._reader = Reader(addresses.simple, reader)

    def lacking(self, project: str, distributions: list[Distribution]) -> list[Distribution]:
        """Those that are not there yet; refuses any that is there with other content."""
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

    def upload(self, project: str, distribution: Distribution) -> None:
        """Put a file there, or know that it is there."""
        finding = self._send(distribution)
        # An answer may get lost, and a server may say that it has got the file already.
        if finding and not self._arrived(project, distribution):
            raise GeneratorError([finding])

    def _send(self, distribution: Distribution) -> Finding | None:
        """Upload a file; what went wrong."""
        url, who = self._addresses.upload, self._writer
        try:
            package = PackageFile.from_filename(str(distribution.path), None)
        except TwineException as error:
            return Finding(
                str(distribution.path), f"this is no distribution: {error}", "Build anew."
            )
        logging.getLogger("twine").setLevel(logging.CRITICAL)  # It repeats what servers say.
        name, password = (who.username, who.password) if who else (None, None)
        repository = Repository(url, name, password, disable_progress_bar=True)
        bound(repository.session)
        try:
            status = repository.upload(package).status_code
        except RequestException as error:
            return broken(error, url, uploading=distribution.name)
        finally:
            repository.close()
        return (
            None if 200 <= status < 300 else refused(status, url, who, uploading=distribution.name)
        )

    def _arrived(self, project: str, distribution: Distribution) -> bool:
        try:
            return not self.lacking(project, [distribution])
        except GeneratorError:
            return False

    def _other(self, distribution: Distribution, found: str) -> Finding:
        digest = f"sha256 {found}" if found else "it is larger"
        problem = f"the index has another {distribution.name}: {digest}, not {distribution.sha256}"
        cure = "What is on an index stays as it is: release another version, nox -s release."
        return Finding(self._addresses.simple, problem, cure)
