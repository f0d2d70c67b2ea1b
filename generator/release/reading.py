"""Reads a package index: the files of a project, and what they hold."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import requests
from packaging.utils import canonicalize_name
from pypi_simple import ACCEPT_ANY, ProjectPage, UnsupportedRepoVersionError

from generator.findings import Finding, GeneratorError

from .addresses import is_safe, origin
from .credentials import Credentials
from .faults import broken, refused
from .sessions import session

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
        try:
            with (
                session(self._simple, self._who) as asking,
                asking.get(link.url, stream=True) as response,
            ):
                if response.status_code != HTTPStatus.OK:
                    raise _fault(refused(response.status_code, link.url, self._who))
                content = _limited(response, size)
        except requests.RequestException as error:
            raise _fault(broken(error, link.url)) from None
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
        with session(self._simple, self._who) as asking:
            for _ in range(_MOST_REDIRECTS):
                answer, target = self._ask(asking, url)
                if not target:
                    return answer
                if origin(target) != origin(self._simple):
                    if name and urlsplit(target).path.rstrip("/").endswith(f"/{name}"):
                        return None
                    host = urlsplit(target).hostname
                    problem = f"this is not a package index: it sends readers on to {host}"
                    raise _fault(Finding(url, problem, _WRONG_PLACE))
                url = target
        raise _fault(Finding(url, "the index sends readers round in circles", _WRONG_PLACE))

    def _ask(self, asking: requests.Session, url: str) -> tuple[_Answer, str]:
        """One answer, and where it points if it is a redirect."""
        try:
            with asking.get(
                url, headers={"Accept": ACCEPT_ANY}, allow_redirects=False, stream=True
            ) as response:
                content = _limited(response, _LARGEST_PAGE)
        except requests.RequestException as error:
            raise _fault(broken(error, url)) from None
        status = response.status_code
        if status not in (200, 404) and not response.is_redirect:
            raise _fault(refused(status, url, self._who))
        target = urljoin(url, response.headers["location"]) if response.is_redirect else ""
        kind = response.headers.get("content-type", "text/html")
        return _Answer(status, url, kind.partition(";")[0].strip().lower(), content), target


def _limited(response: requests.Response, most: int) -> bytes | None:
    """The body; None where it is longer than expected."""
    content = bytearray()
    for chunk in response.iter_content(65536):
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
