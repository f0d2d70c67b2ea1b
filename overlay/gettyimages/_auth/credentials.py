"""The credentials of an account."""

from __future__ import annotations

import os
import re

from .._errors import CredentialsError
from .._secret import Secret

_VISIBLE = re.compile(r"[!-~]*")
_PLAUSIBLE = {
    "password": re.compile(r"[^\ud800-\udfff]*", re.DOTALL),
    "username": re.compile(r"[^\x00-\x1f\ud800-\udfff]*"),
}


class Credentials:
    """The credentials of one account, complete and free of contradictions."""

    __slots__ = ("access_token", "api_key", "api_secret", "password", "refresh_token", "username")

    def __init__(
        self,
        *,
        api_key: str | None,
        api_secret: str | None = None,
        username: str | None = None,
        password: str | None = None,
        refresh_token: str | None = None,
        access_token: str | None = None,
    ) -> None:
        """Take what is passed, and from the environment what is not."""
        grant = (username, password, refresh_token)
        self.api_key = Secret(api_key or _environment("API_KEY") or "")
        self.api_secret = _secret(api_secret or _environment("API_SECRET"))
        self.access_token = _secret(access_token)
        # Arguments win: the environment only completes a user name or a password.
        if (username or password or not refresh_token) and not access_token:
            username = username or _environment("USERNAME")
            password = password or _environment("PASSWORD")
        if not any(grant) and not access_token:
            refresh_token = _environment("REFRESH_TOKEN")
            self.access_token = _secret(_environment("ACCESS_TOKEN"))
        self.username, self.password = username or None, _secret(password)
        self.refresh_token = _secret(refresh_token)
        self._check()

    def _check(self) -> None:
        if not self.api_key.value:
            raise CredentialsError(
                "no API key: pass api_key=, or set the environment variable GETTYIMAGES_API_KEY"
            )
        if self.access_token and (self.username or self.password or self.refresh_token):
            raise CredentialsError(
                "an access token cannot be combined with a user name, a password or a refresh"
                " token, which serve to get one: pass only one of the two"
            )
        if bool(self.username) != bool(self.password):
            missing = "password" if self.username else "username"
            raise CredentialsError(f"{missing} is missing: user name and password go together")
        if (self.username or self.refresh_token) and not self.api_secret:
            raise CredentialsError(
                "no API secret: getting a token for a user takes api_secret= (or the environment"
                " variable GETTYIMAGES_API_SECRET)"
            )
        for name in self.__slots__:
            value = getattr(self, name)
            value = value.value if isinstance(value, Secret) else value
            if value and not _PLAUSIBLE.get(name, _VISIBLE).fullmatch(value):
                raise CredentialsError(
                    f"{name} contains white space or characters that no credential has"
                )

    @property
    def can_get_tokens(self) -> bool:
        """Whether the token endpoint can be asked for a token."""
        return self.access_token is None and self.api_secret is not None

    @property
    def subject(self) -> str:
        """Identifies the owner of the tokens: the user name, or the refresh token without one."""
        token = self.refresh_token.value if self.refresh_token else ""
        return f"{self.api_key.value} {self.username or token}"

    @property
    def account(self) -> str:
        """A digest that tells accounts apart. The user of an access token is not known."""
        import hashlib  # only downloads need it

        text = f"{self.subject}\0{self.access_token is not None}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def secrets(self) -> list[Secret[str]]:
        """What must not be shown."""
        secrets = (self.api_secret, self.password, self.refresh_token, self.access_token)
        return [self.api_key, *filter(None, secrets)]

    def __repr__(self) -> str:
        return "<Credentials>"


def _secret(value: str | None) -> Secret[str] | None:
    return Secret(value) if value else None


def _environment(name: str) -> str | None:
    return os.environ.get(f"GETTYIMAGES_{name}") or None
