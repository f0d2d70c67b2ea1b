"""HTTP sessions for an index: each wait has a bound, and credentials stay with their host."""

from __future__ import annotations

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth

from .addresses import origin
from .credentials import Credentials

_CONNECT_SECONDS, _READ_SECONDS = 15.0, 120.0


class _Bounded(HTTPAdapter):
    """Gives every request a bound: requests itself has none."""

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float | None, float | None] | None = None,
        verify: bool | str = True,
        cert: str | tuple[str, str] | None = None,
        proxies: dict[str, str] | None = None,
    ) -> requests.Response:
        """Send a request and wait, but not for ever."""
        bound = timeout or (_CONNECT_SECONDS, _READ_SECONDS)
        return super().send(request, stream, bound, verify, cert, proxies)


class _AtHome(AuthBase):
    """Sends credentials to one origin, and to no other that an index may point at."""

    def __init__(self, who: Credentials, url: str) -> None:
        self._basic = HTTPBasicAuth(who.username, who.password)
        self._home = origin(url)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Add the credentials, if they belong there."""
        return self._basic(request) if origin(str(request.url)) == self._home else request


def bound(session: requests.Session) -> requests.Session:
    """The session, in which no request waits for ever."""
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Bounded())
    return session


def session(url: str, who: Credentials | None) -> requests.Session:
    """A session that reads an index."""
    made = bound(requests.Session())
    made.auth = _AtHome(who, url) if who else None
    return made
