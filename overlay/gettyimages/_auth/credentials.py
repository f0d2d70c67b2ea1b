"""The credentials of an account, and the grants of OAuth 2 that get a token for them."""

from __future__ import annotations

import hashlib
import math
import os
import re
import time
import typing
from collections.abc import Iterable
from urllib.parse import urlencode

from .._calls.responses import json_object
from .._errors import CredentialsError, InvalidArgumentError
from .._log import Secret

_VISIBLE = re.compile(r"[!-~]*")
_PLAUSIBLE = {
    "password": re.compile(r"[^\ud800-\udfff]*", re.DOTALL),
    "username": re.compile(r"[^\x00-\x1f\ud800-\udfff]*"),
}

_EARLY = 300.0
"""Tokens are renewed this many seconds before they expire, as the vendor's SDKs do."""
_USUAL_LIFE = 1800.0
_OAUTH_ERRORS = frozenset(  # RFC 6749, 5.2
    "invalid_request invalid_client invalid_grant unauthorized_client unsupported_grant_type"
    " invalid_scope".split()
)


class Credentials:
    """The credentials of one account, complete and free of contradictions."""

    __slots__ = ("access_token", "api_key", "api_secret", "password", "refresh_token", "username")

    api_key: Secret[str]
    api_secret: Secret[str] | None
    username: Secret[str] | None
    password: Secret[str] | None
    refresh_token: Secret[str] | None
    access_token: Secret[str] | None

    def __init__(self, *, from_env: bool = True, **given: str | None) -> None:
        """Take what is passed. If that is nothing, take all from the environment."""
        from_env = from_env and all(value is None for value in given.values())
        for name in self.__slots__:
            value = given.get(name)
            if value is not None and not isinstance(value, str):
                found = type(value).__name__  # the value may be secret
                raise InvalidArgumentError(f"{name} must be a string, found {found}")
            if value == "":
                raise CredentialsError(f"{name} is empty: pass what it is, or leave it out")
            if from_env:
                value = os.environ.get(f"GETTYIMAGES_{name.upper()}") or None
            setattr(self, name, None if value is None else Secret(value))
        self._check(
            "or set the environment variable GETTYIMAGES_{}"
            if from_env
            else "as credentials are not taken from the environment if any is passed, or by"
            " from_env=False"
        )

    def _check(self, otherwise: str) -> None:
        if not self.api_key:
            raise CredentialsError(f"no API key: pass api_key=, {otherwise.format('API_KEY')}")
        if self.access_token and (self.username or self.password or self.refresh_token):
            raise CredentialsError("an access token cannot be combined with what serves to get one")
        if bool(self.username) != bool(self.password):
            missing = "password" if self.username else "username"
            raise CredentialsError(f"{missing} is missing: user name and password go together")
        if (self.username or self.refresh_token) and not self.api_secret:
            where = otherwise.format("API_SECRET")
            raise CredentialsError(f"no API secret, to get tokens with: pass api_secret=, {where}")
        for name in self.__slots__:
            secret: Secret[str] | None = getattr(self, name)
            if secret and not _PLAUSIBLE.get(name, _VISIBLE).fullmatch(secret.value):
                raise CredentialsError(f"{name} contains white space or what no credential has")

    @property
    def can_get_tokens(self) -> bool:
        """Whether the token endpoint can be asked for a token."""
        return self.access_token is None and self.api_secret is not None

    @property
    def subject(self) -> str:
        """Identifies the owner of the tokens: the user name, or the refresh token without one."""
        owner = self.username or self.refresh_token
        return f"{self.api_key.value} {owner.value if owner else ''}"

    @property
    def account(self) -> str:
        """A digest that tells accounts apart. The user of an access token is not known."""
        text = f"{self.subject}\0{self.access_token is not None}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def secrets(self) -> list[Secret[str]]:
        """What must not be shown."""
        secrets = (self.api_secret, self.password, self.refresh_token, self.access_token)
        return [self.api_key, *filter(None, secrets)]


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
    """Parse the response of the token endpoint to a request that was sent at the time `asked`."""
    body = json_object(content)
    value = body.get("access_token")
    if not isinstance(value, str) or not value:
        raise CredentialsError("the token endpoint responded without a token")
    if not _VISIBLE.fullmatch(value):
        raise CredentialsError("the token endpoint sent a token that no header can carry")
    refresh_token = body.get("refresh_token")
    found = Secret(refresh_token) if isinstance(refresh_token, str) and refresh_token else None
    return Token(Secret(value), _life(body.get("expires_in")), asked, found)


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
