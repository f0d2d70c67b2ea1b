"""Stores an access token from one run of a script to the next."""

from __future__ import annotations

import contextlib
import json
import os
import time
import typing
from pathlib import Path

from .._log import Secret, log
from .credentials import Token, visible

_MOST = 99
"""Values that a file keeps besides the latest one, as rotated refresh tokens add new keys."""


class TokenStore(typing.Protocol):
    """Anything that stores strings by key. What it stores is secret."""

    def get(self, key: str, /) -> str | None:
        """Return the value of a key, or None."""
        ...

    def set(self, key: str, value: str, /) -> object:
        """Store a value under a key."""
        ...


class FileStore:
    """A file that only its owner can read (mode 0600)."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path).expanduser()

    def get(self, key: str, /) -> str | None:
        value = self._read().get(key)
        return value if isinstance(value, str) else None

    def set(self, key: str, value: str, /) -> None:
        """Store a value under a key. The file is replaced as a whole, so it is never half full.

        If two processes write at the same time, the later one wins. The other fetches a new token.
        """
        import tempfile  # slow to import, and few clients have a file

        others = {name: text for name, text in self._read().items() if name != key}
        content = {**dict([*others.items()][-_MOST:]), key: value}
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(content, stream)
            Path(name).replace(self._path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                Path(name).unlink()
            raise

    def _read(self) -> dict[str, object]:
        try:
            content = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (ValueError, RecursionError):
            log.warning("the token store %s is damaged; it will be replaced", self._path)
            return {}
        return content if isinstance(content, dict) else {}


def key_for(token_url: str, subject: str) -> str:
    import hashlib  # slow to import, and only needed with a store

    return hashlib.sha256(f"{token_url} {subject}".encode()).hexdigest()[:32]


def written(token: Token, refresh_token: Secret[str] | None) -> Secret[str]:
    """Serialize a token with its expiry by the wall clock and its refresh token."""
    refresh = refresh_token and refresh_token.value
    content = {"access_token": token.value.value, "refresh_token": refresh}
    expires_at = time.time() + token.expires_in
    return Secret(json.dumps({**content, "expires_at": expires_at, "life": token.expires_in}))


def read(text: str | None) -> Token | None:
    """Parse a stored token, which may have expired; None if it cannot be parsed.

    The clock may have been set since: a token never lives longer than when it was issued.
    """
    try:
        content = json.loads(text or "null")
        left = min(content["expires_at"] - time.time(), content["life"])
        refresh_token = visible(content["refresh_token"] or "")
        value = Secret(visible(content["access_token"]))
        refresh = Secret(refresh_token) if refresh_token else None
        return Token(value, left, time.monotonic(), refresh)
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError):
        return None
