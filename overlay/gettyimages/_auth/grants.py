"""What it takes to get an access token: the forms to send, and what the answers mean."""

from __future__ import annotations

import json
import math
import re
import time
import typing
from collections.abc import Iterable
from urllib.parse import urlencode

from .._errors import CredentialsError
from .credentials import Credentials

_EARLY = 300.0
"""Tokens are renewed this many seconds before they expire, as the vendor's SDKs do."""
_USUAL_LIFE = 1800.0
_VISIBLE = re.compile(r"[!-~]*")
_OAUTH_ERRORS = frozenset(  # RFC 6749, 5.2
    "invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type"
    " invalid_scope".split()
)


class Token:
    """An access token, and when to renew it, on the clock that never jumps."""

    __slots__ = ("expires_in", "received", "refresh_token", "value")

    def __init__(self, value: str, expires_in: float, refresh_token: str | None) -> None:
        self.value = value
        self.expires_in = expires_in
        self.refresh_token = refresh_token
        self.received = time.monotonic()

    @property
    def is_fresh(self) -> bool:
        """Whether it will not expire any moment."""
        return time.monotonic() < self.received + self.expires_in - min(_EARLY, self.expires_in / 5)

    def __repr__(self) -> str:
        return "<Token>"


def grants(credentials: Credentials, refresh_tokens: Iterable[str]) -> list[tuple[str, bytes]]:
    """The forms to post to the token endpoint, each with the name of its grant, best first."""
    forms: list[dict[str, str | None]] = [
        {"grant_type": "refresh_token", "refresh_token": token}
        for token in dict.fromkeys(refresh_tokens)
    ]
    if credentials.username:
        forms.append(
            {
                "grant_type": "password",
                "username": credentials.username,
                "password": credentials.password,
            }
        )
    if not (credentials.username or credentials.refresh_token):
        forms.append({"grant_type": "client_credentials"})
    secret = {"client_id": credentials.api_key, "client_secret": credentials.api_secret}
    return [(str(form["grant_type"]), urlencode({**form, **secret}).encode()) for form in forms]


def parse_token(content: bytes) -> Token:
    """The token that the endpoint answered with.

    Raises:
        CredentialsError: There is none in the answer.
    """
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        answer = {}
    value = answer.get("access_token")
    if not isinstance(value, str) or not value:
        raise CredentialsError("the token endpoint answered with something else than a token")
    if not _VISIBLE.fullmatch(value):
        raise CredentialsError("the token endpoint answered with a token that cannot be sent")
    refresh_token = answer.get("refresh_token")
    return Token(
        value,
        _life(answer.get("expires_in")),
        refresh_token if isinstance(refresh_token, str) and refresh_token else None,
    )


def refusal(grant: str, status: int, content: bytes) -> CredentialsError:
    """The error for a grant that the token endpoint refused."""
    detail = _detail(content)
    return CredentialsError(
        f"the token endpoint refused the {grant} grant with status {status}"
        + (f": {detail}" if detail else "")
        + ". Check the API key, the API secret and the user's credentials."
    )


def _detail(content: bytes) -> str:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    code = answer.get("error") if isinstance(answer, dict) else None
    return code if isinstance(code, str) and code in _OAUTH_ERRORS else ""


def _life(expires_in: object) -> float:
    """Seconds, which come as a number or as a numeric text."""
    try:
        seconds = float(typing.cast("str", expires_in))
    except (TypeError, ValueError, OverflowError):
        return _USUAL_LIFE
    # A token that was dead on arrival would be asked for again and again.
    return seconds if math.isfinite(seconds) and seconds > 0 else _USUAL_LIFE


def visible(value: object) -> str:
    """A text that a header can carry.

    Raises:
        ValueError: It is none.
    """
    if not isinstance(value, str) or not _VISIBLE.fullmatch(value):
        raise ValueError
    return value
