"""Where a package index is, and the credentials for it, which appear in no message or command."""

from __future__ import annotations

import base64
import html
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from netrc import NetrcParseError, netrc
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from generator.fetching import is_safe
from generator.findings import GeneratorError, refusal

_VARIABLES = ("TWINE_USERNAME", "TWINE_PASSWORD")
_HIDDEN = "[hidden]"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A name and a password, of which only the name can be shown."""

    username: str
    password: str = field(repr=False)
    source: str
    """Where they come from, for messages."""

    def hide(self, text: str) -> str:
        """Return a text without the password, in any form that a server or program may repeat."""
        pair = f"{self.username}:{self.password}".encode()
        encoded = base64.b64encode(pair).decode()
        forms = (str, html.escape, lambda password: quote(password, safe=""))
        for secret in filter(None, (encoded, *(form(self.password) for form in forms))):
            text = text.replace(secret, _HIDDEN)
        return text

    def netrc(self, url: str) -> str:
        """Return the text of a netrc file with the credentials for the host of a URL only."""
        host = urlsplit(url).hostname
        name, password = _quoted(self.username), _quoted(self.password)
        return f"machine {host}\nlogin {name}\npassword {password}\n"


def credentials(url: str) -> Credentials | None:
    """Return those for an index: from the environment, else from netrc, else None.

    Raises:
        GeneratorError: They are incomplete, cannot be read, or cannot be sent.
    """
    username, password = (os.environ.get(name, "") for name in _VARIABLES)
    if username and password:
        return _sendable(Credentials(username, password, " and ".join(_VARIABLES)))
    if username or password:
        there, missing = _VARIABLES if username else _VARIABLES[::-1]
        raise refusal(there, "credentials-incomplete", missing=missing)
    file = Path(os.environ.get("NETRC", "~/.netrc")).expanduser()
    try:
        found = netrc(file).authenticators(urlsplit(url).hostname or "") if file.is_file() else None
    except (NetrcParseError, OSError, UnicodeDecodeError):
        # The message of the parser may hold what stands in the file.
        raise refusal(file, "netrc") from None
    return _sendable(Credentials(found[0], found[2], str(file))) if found else None


@contextmanager
def hidden(who: Credentials | None) -> Iterator[None]:
    """Remove the password from the findings about a server or a program."""
    try:
        yield
    except GeneratorError as error:
        if who is None:
            raise
        raise GeneratorError(each.rewritten(who.hide) for each in error.findings) from None


def _sendable(found: Credentials) -> Credentials:
    """Refuse what installers and servers encode in different ways."""
    for what, text in (("name", found.username), ("password", found.password)):
        if not (text.isascii() and text.isprintable()) or (what == "name" and ":" in text):
            raise refusal(found.source, "credentials-characters", field=what)
    return found


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_SIMPLE = "simple/"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where an index lists files, and where it takes them. Both end as they are to be used."""

    simple: str
    upload: str


def addresses(index: str, upload: str = "") -> Addresses:
    """Return the addresses of an index, checked.

    Args:
        index: The simple index of PEP 503, e.g. `https://packages.example/simple/`.
        upload: Where to upload; by default the same without its last `simple/`.

    Raises:
        GeneratorError: One is no URL, holds credentials, or would send them in the clear.
    """
    simple = _checked("--index", index).rstrip("/") + "/"
    if upload:
        return Addresses(simple, _checked("--upload-url", upload))
    if not simple.endswith(f"/{_SIMPLE}"):
        raise _refused("--index", index, "address-not-simple")
    return Addresses(simple, simple.removesuffix(_SIMPLE))


def _checked(option: str, text: str) -> str:
    try:
        parts = urlsplit(text)
        fine = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        safe = is_safe(text)
    except ValueError:
        raise _refused(option, text, "address") from None
    faults = {
        "address": not (fine and text.isascii() and text.isprintable() and " " not in text),
        "address-credentials": "@" in parts.netloc,
        "address-query": parts.query or parts.fragment,
        "address-not-https": not safe,
    }
    if code := next((code for code, found in faults.items() if found), None):
        raise _refused(option, text, code)
    return urlunsplit(parts)


def _refused(option: str, text: str, code: str) -> GeneratorError:
    # The text before an @ may be a password.
    before, at, after = text.rpartition("@")
    shown = f"{before.partition('://')[0]}://...@{after}" if at else text
    return refusal(f"{option} {shown}", code)
