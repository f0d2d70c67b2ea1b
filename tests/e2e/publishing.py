"""What the tests of publishing share: who publishes, what, and how they look at it."""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from generator.findings import GeneratorError
from generator.release.credentials import Credentials, addresses
from generator.release.distributions import Distribution
from generator.release.index import Index

from ..overlay.support.servers import Server
from .indexing import PASSWORD, USERNAME, Served

NAME = "gettyimages-client"
WHO = Credentials(USERNAME, PASSWORD, "a test")
LOGIN = {"TWINE_USERNAME": USERNAME, "TWINE_PASSWORD": PASSWORD}
ENCODED = base64.b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode()


def small_files(folder: Path) -> list[Distribution]:
    """A small source distribution and its wheel."""
    metadata = f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 7.0.0\n".encode()
    sdist = folder / "gettyimages_client-7.0.0.tar.gz"
    with tarfile.open(sdist, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("gettyimages_client-7.0.0/README"))
        entry = tarfile.TarInfo("gettyimages_client-7.0.0/PKG-INFO")
        entry.size = len(metadata)
        archive.addfile(entry, io.BytesIO(metadata))
    wheel = folder / "gettyimages_client-7.0.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as zipped:
        for name, content in (("METADATA", metadata), ("WHEEL", b"Wheel-Version: 1.0\n")):
            zipped.writestr(f"gettyimages_client-7.0.0.dist-info/{name}", content)
    return [
        Distribution(path, hashlib.sha256(path.read_bytes()).hexdigest()) for path in (sdist, wheel)
    ]


def client(served: Served | Server, who: Credentials | None = WHO) -> Index:
    """A client of an index."""
    return Index(addresses(f"{served.url}/simple/"), who, who)


def upload(index: Index, files: list[Distribution]) -> None:
    """Upload what is missing, in order."""
    index.put(NAME, files, lambda file, uploaded: None)


def refusal(index: Index, files: list[Distribution]) -> str:
    """What is said about an upload that fails."""
    with pytest.raises(GeneratorError) as caught:
        upload(index, files)
    said = str(caught.value)
    assert PASSWORD not in said
    return said
