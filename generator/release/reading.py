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

from generator.findings import Finding, GeneratorError

from .addresses import is_safe, origin
from .credentials import Credentials
from .faults import broken, refused

_TIMEOUT = httpx.Timeout(120, connect=15)
_LARGEST_PAGE = 50_000_000
_MOST_REDIRECTS = 5
_WRONG_PLACE = "Give the address that pip is given by --index-url, e.g. https://host/simple/."


@dataclass(frozen=True, slots=True)
class Link:
    """A file of an index."""

    url: str
    sha256: str
    """Empty where the index does not tell it."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    url: str
    kind: str
    content: bytes | None
    """None where it is longer than a page can be."""


class Reader:
    """Reads one index, as somebody or as nobody. All methods raise GeneratorError."""

    def __init__(self, simple: str, who: Credentials | None) -> None:
        self._simple = simple
        self._who = who
        authority = os.environ.get("REQUESTS_CA_BUNDLE")
        self._trusted = ssl.create_default_context(cafile=authority) if authority else True

    def links(self, project: str) -> dict[str, Link]:
        """The files of a project by name; none where the index does not have it."""
        name = canonicalize_name(project)
        answer = self._get(urljoin(self._simple, f"{name}/"), name)
        if answer is None:
            return {}
        if answer.status == HTTPStatus.NOT_FOUND:
            self._refuse_stranger()
            return {}
        return {
            package.filename: Link(package.url, (package.digests or {}).get("sha256", ""))
            for package in _page(name, answer).packages
        }

    def sha256(self, link: Link, size: int) -> str:
        """The digest of a file; empty where it is larger than that, so another one."""
        if link.sha256:
            return link.sha256
        if not is_safe(link.url):
            problem = "the index points at a file that would come over an unsafe connection"
            raise _fault(Finding(link.url, problem, "Have the index list its files with https."))
        status, _, content = self._fetched(link.url, size, follow_redirects=True)
        if status != HTTPStatus.OK:
            raise _fault(refused(status, link.url, self._who))
        return hashlib.sha256(content).hexdigest() if content is not None else ""

    def _refuse_stranger(self) -> None:
        """Refuse an address where there is no index, as distinct from one without the project."""
        answer = self._get(self._simple, "")
        if answer is None or answer.status == HTTPStatus.NOT_FOUND:
            problem = "there is no package index at this address"
            raise _fault(Finding(self._simple, problem, _WRONG_PLACE))
        if answer.content is not None:  # A list of all projects may be of any length.
            _page("", answer)

    def _get(self, url: str, name: str) -> _Answer | None:
        """What the index answers; None where it points elsewhere for a project it does not have."""
        for _ in range(_MOST_REDIRECTS):
            status, headers, content = self._fetched(url, _LARGEST_PAGE)
            if status in (200, 404):
                kind = headers.get("content-type", "text/html")
                return _Answer(status, url, kind.partition(";")[0].strip().lower(), content)
            if not (300 <= status < 400 and "location" in headers):
                raise _fault(refused(status, url, self._who))
            target = urljoin(url, headers["location"])
            if origin(target) != origin(self._simple):
                if name and urlsplit(target).path.rstrip("/").endswith(f"/{name}"):
                    return None
                host = urlsplit(target).hostname
                problem = f"this is not a package index: it sends readers on to {host}"
                raise _fault(Finding(url, problem, _WRONG_PLACE))
            url = target
        raise _fault(Finding(url, "the index sends readers round in circles", _WRONG_PLACE))

    def _fetched(
        self, url: str, most: int, *, follow_redirects: bool = False
    ) -> tuple[int, httpx.Headers, bytes | None]:
        """Status, headers and body, which is None where it is longer than expected."""
        # Credentials stay with their origin: an index may point at files on other hosts.
        at_home = self._who and origin(url) == origin(self._simple)
        who = (self._who.username, self._who.password) if self._who and at_home else None
        try:
            with (
                httpx.Client(verify=self._trusted, timeout=_TIMEOUT) as client,
                client.stream(
                    "GET",
                    url,
                    headers={"Accept": ACCEPT_ANY},
                    auth=who,
                    follow_redirects=follow_redirects,
                ) as response,
            ):
                return response.status_code, response.headers, _limited(response, most)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _fault(broken(error, url)) from None


def _limited(response: httpx.Response, most: int) -> bytes | None:
    """The body; None where it is longer than expected."""
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > most:
            return None
    return bytes(content)


def _page(name: str, answer: _Answer) -> ProjectPage:
    """What an answer lists, unless it is something else than a page of an index, e.g. a login."""
    problem = f"this is not a package index: it answers with {answer.kind or 'something else'}"
    content = answer.content or b""
    try:
        if answer.kind == "application/vnd.pypi.simple.v1+json":
            return ProjectPage.from_json_data(json.loads(content), answer.url)
        if answer.kind in ("application/vnd.pypi.simple.v1+html", "text/html"):
            page = ProjectPage.from_html(name, content, answer.url)
            files = [package for package in page.packages if package.package_type]
            if files or not _is_for_people(content):
                return page
            problem = "this is not a package index, but a page for people, perhaps a login"
    except (ValueError, LookupError, TypeError, AttributeError, UnsupportedRepoVersionError):
        problem += " that cannot be read"
    raise _fault(Finding(answer.url, problem, _WRONG_PLACE))


def _is_for_people(html: bytes) -> bool:
    """Whether a page has what the pages of an index never have."""
    return any(tag in html.lower() for tag in (b"<form", b"<input", b"<script"))


def _fault(finding: Finding) -> GeneratorError:
    return GeneratorError([finding])
