"""Keeps an access token from one run of a script to the next."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import time
import typing
from pathlib import Path

from .grants import Token, visible

_log = logging.getLogger("gettyimages")
_MOST = 99
"""Texts that a file keeps besides the latest: those of rotated refresh tokens pile up."""


class TokenStore(typing.Protocol):
    """Anything that keeps texts by name. What is kept is secret."""

    def get(self, key: str, /) -> str | None:
        """The text kept under a name."""
        ...

    def set(self, key: str, value: str, /) -> object:
        """Keep a text under a name."""
        ...


class FileStore:
    """A file that only its owner can read (mode 0600)."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path).expanduser()

    def get(self, key: str, /) -> str | None:
        """The text kept under a name."""
        value = self._read().get(key)
        return value if isinstance(value, str) else None

    def set(self, key: str, value: str, /) -> None:
        """Keep a text under a name. The file is replaced as a whole, so it is never half full.

        Of two that write at the same time the later wins: what the other kept is fetched anew.
        """
        import tempfile  # takes long, and few clients have a file

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
            _log.warning("the token store %s is damaged; it is written anew", self._path)
            return {}
        return content if isinstance(content, dict) else {}


def key_for(token_url: str, subject: str) -> str:
    """The name under which the tokens of an account are kept."""
    import hashlib  # takes long, and clients without a store have no need of it

    return hashlib.sha256(f"{token_url} {subject}".encode()).hexdigest()[:32]


def written(token: Token, refresh_token: str | None) -> str:
    """A token as text, with the time of day at which it expires, and what renews it."""
    return json.dumps(
        {
            "access_token": token.value,
            "expires_at": time.time() + token.expires_in,
            "life": token.expires_in,
            "refresh_token": refresh_token,
        }
    )


def read(text: str | None) -> Token | None:
    """The token that a text holds, which may have expired; None if there is none.

    The clock may have been set since: a token never lives longer than when it was issued.
    """
    try:
        content = json.loads(text or "null")
        left = min(content["expires_at"] - time.time(), content["life"])
        return Token(
            visible(content["access_token"]), left, visible(content["refresh_token"] or "")
        )
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError):
        return None
