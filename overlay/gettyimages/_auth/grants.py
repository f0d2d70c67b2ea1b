"""The grants of OAuth 2: the forms to send, and what the responses mean."""

from __future__ import annotations

import math
import re
import time
import typing
from collections.abc import Iterable
from urllib.parse import urlencode

from .._calls.responses import json_object
from .._errors import CredentialsError
from .._log import Secret
from .credentials import Credentials

_EARLY = 300.0
"""Tokens are renewed this many seconds before they expire, as the vendor's SDKs do."""
_USUAL_LIFE = 1800.0
_VISIBLE = re.compile(r"[!-~]*")
_OAUTH_ERRORS = frozenset(  # RFC 6749, 5.2
    "invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type"
    " invalid_scope".split()
)
_ADVICE = {
    "unauthorized_client": " A log-in of the developer portal is not a Getty Images log-in:"
    " username= and password= take those of an account at Getty Images."
}


class Token(typing.NamedTuple):
    """An access token, and when to renew it, on the clock that is never set."""

    value: Secret[str]
    expires_in: float
    received: float
    refresh_token: Secret[str] | None = None

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() < self.received + self.expires_in - min(_EARLY, self.expires_in / 5)

    @property
    def has_expired(self) -> bool:
        return time.monotonic() >= self.received + self.expires_in


Form: typing.TypeAlias = Secret[bytes | None]


def grants(
    credentials: Credentials, refresh_tokens: Iterable[Secret[str]]
) -> list[tuple[str, Form]]:
    """Return the forms to post to the token endpoint with the names of their grants, best first."""

    def form(grant: str, **fields: Secret[str] | None) -> tuple[str, Form]:
        fields |= {"client_id": credentials.api_key, "client_secret": credentials.api_secret}
        secrets = [(name, secret.value) for name, secret in fields.items() if secret]
        return grant, Secret(urlencode([("grant_type", grant), *secrets]).encode())

    username = credentials.username
    forms = [form("refresh_token", refresh_token=one) for one in dict.fromkeys(refresh_tokens)]
    if username:
        forms.append(form("password", username=username, password=credentials.password))
    if not (username or credentials.refresh_token):
        forms.append(form("client_credentials"))
    return forms


def parse_token(content: bytes, asked: float) -> Token:
    """Parse the response of the token endpoint. One without a token is refused.

    The token has lived from the moment at which it was asked for, at the earliest.
    """
    body = json_object(content)
    value = body.get("access_token")
    if not isinstance(value, str) or not value:
        raise CredentialsError("the token endpoint responded without a token")
    if not _VISIBLE.fullmatch(value):
        raise CredentialsError("the token endpoint sent a token that no header can carry")
    refresh_token = body.get("refresh_token")
    found = Secret(refresh_token) if isinstance(refresh_token, str) and refresh_token else None
    return Token(Secret(value), _life(body.get("expires_in")), asked, found)


def refusal(grant: str, status: int, content: bytes) -> CredentialsError:
    code = oauth_error(content)
    return CredentialsError(
        f"the token endpoint refused the {grant} grant with status {status}{code and f': {code}'}."
        f" Check the API key, the API secret and the user's credentials.{_ADVICE.get(code, '')}"
    )


def oauth_error(content: bytes) -> str:
    """Return the reason of a refusal; empty if OAuth 2 does not define it."""
    code = str(json_object(content).get("error"))
    return code if code in _OAUTH_ERRORS else ""


def _life(expires_in: object) -> float:
    """Return seconds, which are sent as a number or as a numeric string."""
    try:
        seconds = float(typing.cast("str", expires_in))
    except (TypeError, ValueError, OverflowError):
        return _USUAL_LIFE
    # A token that has expired on arrival would be requested again and again.
    return seconds if math.isfinite(seconds) and seconds > 0 else _USUAL_LIFE


def visible(value: object) -> str:
    """Return a string that a header can carry; `ValueError` for anything else."""
    if not isinstance(value, str) or not _VISIBLE.fullmatch(value):
        raise ValueError
    return value
