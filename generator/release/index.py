"""A package index: the files of a project there, what they hold, and uploads."""

from __future__ import annotations

import hashlib
import json
import os
import ssl
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import responses
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin, urlsplit

import httpx
from packaging.utils import canonicalize_name
from pypi_simple import ACCEPT_ANY, DistributionPackage, ProjectPage, UnsupportedRepoVersionError

from generator.fetching import is_safe, origin
from generator.findings import GeneratorError, refusal

from .credentials import Addresses, Credentials, hidden
from .distributions import Distribution, environment, name_netrc, run

# Nothing else decides the index or the user: no settings of the machine, no token of a forge.
_UV = (
    *("-m", "uv", "publish", "--no-config", "--no-cache", "--no-progress", "--color=never"),
    *("--trusted-publishing=never", "--keyring-provider=disabled", "--no-attestations"),
)
_WAITS = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0)
_TIMEOUT = httpx.Timeout(120, connect=15)
_LARGEST_PAGE = 50_000_000
_MOST_REDIRECTS = 5
_CODES: dict[str, tuple[type[Exception], ...]] = {
    "index-proxy": (httpx.ProxyError,),
    "index-timeout": (httpx.ReadTimeout,),
    "index-unreachable": (httpx.ConnectError, httpx.ConnectTimeout),
    "index-cut": (httpx.NetworkError, httpx.RemoteProtocolError),
}


@dataclass(frozen=True, slots=True)
class _Response:
    url: str
    status: int
    headers: httpx.Headers
    content: bytes | None
    """None where it is longer than expected."""


class Index:
    """A package index, read with credentials or anonymously. All methods raise GeneratorError.

    Uploads, possibly to another host, have credentials of their own, those of the writer.
    """

    def __init__(
        self, addresses: Addresses, reader: Credentials | None, writer: Credentials | None
    ) -> None:
        self._addresses = addresses
        self._simple = addresses.simple
        self._reader = reader
        self._writer = writer
        authority = os.environ.get("REQUESTS_CA_BUNDLE")
        self._trusted = ssl.create_default_context(cafile=authority) if authority else True

    def lacking(self, project: str, distributions: list[Distribution]) -> list[Distribution]:
        """Return those that are missing there; refuse one that is there with other content."""
        links = self._links(project)
        for each in distributions:
            if link := links.get(each.name):
                found, expected = self._sha256(link, each.path.stat().st_size), each.sha256
                if found != expected:
                    code = "index-other-file" if found else "index-larger-file"
                    values = {"name": each.name, "found": found, "expected": expected}
                    raise refusal(self._simple, code, **values)
        return [each for each in distributions if each.name not in links]

    def put(
        self,
        project: str,
        distributions: list[Distribution],
        report: Callable[[Distribution, bool], None],
    ) -> None:
        """Upload the missing files, and wait until the index lists all files with our digests.

        They are uploaded in their order: installers look for the last. `report` gets each file
        that is there then, and whether it was uploaded.
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
        raise refusal(self._simple, "index-lists-nothing", upload=self._addresses.upload)

    def upload(self, project: str, distribution: Distribution) -> None:
        """Upload a file, or make sure that it has arrived."""
        try:
            with hidden(self._writer):
                self._send(distribution)
        except GeneratorError:
            # A response may get lost, and a server may refuse a file because it has it.
            with suppress(GeneratorError):
                if not self.lacking(project, [distribution]):
                    return
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
            if self._reader:  # For the check: in the address, a password would be seen.
                name_netrc(variables, folder, self._reader.netrc(self._simple))
            places = ("--publish-url", self._addresses.upload, "--check-url", self._simple)
            command = [sys.executable, *_UV, *places, str(distribution.path.resolve())]
            advice = "check-uploader" if who else "set-credentials"
            values = {"name": who.username, "source": who.source} if who else {}
            run(command, folder, advice, variables, **values)

    def _links(self, project: str) -> dict[str, DistributionPackage]:
        """Return the files of a project by name; empty if the index does not have the project."""
        name = canonicalize_name(project)
        response = self._get(urljoin(self._simple, f"{name}/"), name)
        if response is None:
            return {}
        if response.status == HTTPStatus.NOT_FOUND:
            self._refuse_stranger()
            return {}
        return {package.filename: package for package in _page(name, response).packages}

    def _sha256(self, link: DistributionPackage, size: int) -> str:
        """Return the digest of a file; empty where it is larger than that, so another one."""
        if listed := link.digests.get("sha256"):
            return listed
        if not is_safe(link.url):
            raise refusal(link.url, "index-unsafe-file")
        response = self._fetched(link.url, size, follow_redirects=True)
        if response.status != HTTPStatus.OK:
            raise _refused(response.status, link.url, self._reader)
        return "" if response.content is None else hashlib.sha256(response.content).hexdigest()

    def _refuse_stranger(self) -> None:
        """Refuse an address without an index, as distinct from an index without the project."""
        response = self._get(self._simple, "")
        if response is None or response.status == HTTPStatus.NOT_FOUND:
            raise refusal(self._simple, "index-missing")
        if response.content is not None:  # A list of all projects may be of any length.
            _page("", response)

    def _get(self, url: str, name: str) -> _Response | None:
        """Return a page of the index; None if it redirects elsewhere for an unknown project."""
        for _ in range(_MOST_REDIRECTS):
            response = self._fetched(url, _LARGEST_PAGE)
            if response.status in (200, 404):
                return response
            if not (300 <= response.status < 400 and "location" in response.headers):
                raise _refused(response.status, url, self._reader)
            target = urljoin(url, response.headers["location"])
            if origin(target) != origin(self._simple):
                if name and urlsplit(target).path.rstrip("/").endswith(f"/{name}"):
                    return None
                raise refusal(url, "index-redirects", host=urlsplit(target).hostname)
            url = target
        raise refusal(url, "index-redirects-forever")

    def _fetched(self, url: str, most: int, *, follow_redirects: bool = False) -> _Response:
        # Credentials stay with their origin: an index may point at files on other hosts.
        who = self._reader if origin(url) == origin(self._simple) else None
        try:
            with (
                httpx.Client(
                    auth=(who.username, who.password) if who else None,
                    follow_redirects=follow_redirects,
                    timeout=_TIMEOUT,
                    verify=self._trusted,
                ) as client,
                client.stream("GET", url, headers={"Accept": ACCEPT_ANY}) as response,
            ):
                content = _limited(response, most)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _broken(error, url) from None
        return _Response(url, response.status_code, response.headers, content)


def _refused(status: int, url: str, who: Credentials | None) -> GeneratorError:
    """Return the refusal of a status other than success, in response to a reader."""
    # The words of the standard: those of the server may be anything.
    shown = f"{status} {responses.get(status, '(a status that is not in the standard)')}"
    if status in (401, 403):
        if who is None:
            return refusal(url, "index-refuses-anonymous", status=shown)
        name, source = who.username, who.source
        return refusal(url, "index-refuses-user", status=shown, name=name, source=source)
    again = status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500
    return refusal(url, "index-fault" if again else "index-status", status=shown)


def _broken(error: Exception, url: str) -> GeneratorError:
    """Return the refusal of a missing response."""
    # The error of the operating system says more plainly than those of httpx what went wrong.
    cause: BaseException | None = error
    while cause and not isinstance(cause, OSError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return refusal(url, "index-certificate", reason=cause.verify_message)
    reason = (isinstance(cause, OSError) and cause.strerror) or type(error).__name__
    codes = (code for code, kinds in _CODES.items() if isinstance(error, kinds))
    return refusal(url, next(codes, "index-unusable"), reason=reason)


def _limited(response: httpx.Response, most: int) -> bytes | None:
    """Return the body; None where it is longer than expected."""
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > most:
            return None
    return bytes(content)


def _page(name: str, response: _Response) -> ProjectPage:
    """Return the list of a page; refuse a page that is not one of an index, e.g. a login."""
    code, content = "index-content", response.content or b""
    kind = str(response.headers.get("content-type", "text/html")).partition(";")[0].strip().lower()
    try:
        if kind == "application/vnd.pypi.simple.v1+json":
            return ProjectPage.from_json_data(json.loads(content), response.url)
        if kind in ("application/vnd.pypi.simple.v1+html", "text/html"):
            page = ProjectPage.from_html(name, content, response.url)
            files = [package for package in page.packages if package.package_type]
            # A page of an index has no such elements; a log-in page does.
            for_people = any(tag in content.lower() for tag in (b"<form", b"<input", b"<script"))
            if files or not for_people:
                return page
            code = "index-for-people"
    except (ValueError, LookupError, TypeError, AttributeError, UnsupportedRepoVersionError):
        code = "index-unreadable"
    raise refusal(response.url, code, found=kind or "something else")
