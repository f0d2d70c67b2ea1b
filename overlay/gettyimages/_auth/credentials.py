"""The credentials of an account."""

from __future__ import annotations

import os
import re

from .._errors import CredentialsError, InvalidArgumentError
from .._log import Secret

_VISIBLE = re.compile(r"[!-~]*")
_PLAUSIBLE = {
    "password": re.compile(r"[^\ud800-\udfff]*", re.DOTALL),
    "username": re.compile(r"[^\x00-\x1f\ud800-\udfff]*"),
}


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
            raise CredentialsError(
                "an access token cannot be combined with what serves to get one: pass either"
            )
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
