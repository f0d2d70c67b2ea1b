"""Reads a package index: the files of a project, and what they hold."""

from __future__ import annotations

import hashlib
import json
import os
import ssl
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import httpx
from packaging.utils import canonicalize_name
from pypi_simple import ACCEPT_ANY, ProjectPage, UnsupportedRepoVersionError

from generator.findings import Finding, GeneratorError, refusal
from generator.origins import is_safe, origin

from .credentials import Credentials
from .index_errors import broken, refused

_TIMEOUT = httpx.Timeout(120, connect=15)
_LARGEST_PAGE = 50_000_000
_MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Link:
    """A file of an index."""

    url: str
    sha256: str
    """Empty if the index does not list it."""


@dataclass(frozen=True, slots=True)
class _Response:
    url: str
    status: int
    headers: httpx.Headers
    content: bytes | None
    """None where it is longer than expected."""

    @property
    def kind(self) -> str:
        kind = str(self.headers.get("content-type", "text/html"))
        return kind.partition(";")[0].strip().lower()


class Reader:
    """Reads one index, with credentials or anonymously. All methods raise GeneratorError."""

    def __init__(self, simple: str, who: Credentials | None) -> None:
        self._simple = simple
        self._who = who
        authority = os.environ.get("REQUESTS_CA_BUNDLE")
        self._trusted = ssl.create_default_context(cafile=authority) if authority else True

    def links(self, project: str) -> dict[str, Link]:
        """Return the files of a project by name; empty if the index does not have the project."""
        name = canonicalize_name(project)
        response = self._get(urljoin(self._simple, f"{name}/"), name)
        if response is None:
            return {}
        if response.status == HTTPStatus.NOT_FOUND:
            self._refuse_stranger()
            return {}
        return {
            package.filename: Link(package.url, (package.digests or {}).get("sha256", ""))
            for package in _page(name, response).packages
        }

    def sha256(self, link: Link, size: int) -> str:
        """Return the digest of a file; empty where it is larger than that, so another one."""
        if link.sha256:
            return link.sha256
        if not is_safe(link.url):
            raise refusal(link.url, "index-unsafe-file")
        response = self._fetched(link.url, size, follow_redirects=True)
        if response.status != HTTPStatus.OK:
            raise _fault(refused(response.status, link.url, self._who))
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
                raise _fault(refused(response.status, url, self._who))
            target = urljoin(url, response.headers["location"])
            if origin(target) != origin(self._simple):
                if name and urlsplit(target).path.rstrip("/").endswith(f"/{name}"):
                    return None
                raise refusal(url, "index-redirects", host=urlsplit(target).hostname)
            url = target
        raise refusal(url, "index-redirects-forever")

    def _fetched(self, url: str, most: int, *, follow_redirects: bool = False) -> _Response:
        # Credentials stay with their origin: an index may point at files on other hosts.
        who = self._who if origin(url) == origin(self._simple) else None
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
            raise _fault(broken(error, url)) from None
        return _Response(url, response.status_code, response.headers, content)


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
    code = "index-content"
    content = response.content or b""
    try:
        if response.kind == "application/vnd.pypi.simple.v1+json":
            return ProjectPage.from_json_data(json.loads(content), response.url)
        if response.kind in ("application/vnd.pypi.simple.v1+html", "text/html"):
            page = ProjectPage.from_html(name, content, response.url)
            files = [package for package in page.packages if package.package_type]
            if files or not _is_for_people(content):
                return page
            code = "index-for-people"
    except (ValueError, LookupError, TypeError, AttributeError, UnsupportedRepoVersionError):
        code = "index-unreadable"
    raise refusal(response.url, code, found=response.kind or "something else")


def _is_for_people(html: bytes) -> bool:
    """Return whether a page has elements that the pages of an index never have."""
    return any(tag in html.lower() for tag in (b"<form", b"<input", b"<script"))


def _fault(finding: Finding) -> GeneratorError:
    return GeneratorError([finding])
