"""The account that a command acts for: the environment's, the one of `login`, or a sandbox's."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib
import json
import os
import sys
import tempfile
import typing
from collections.abc import Iterator
from pathlib import Path

import click

from gettyimages import CredentialsError, GettyImages

_SERVICE = "gettyimages-client"
_OWN = ("USERNAME", "PASSWORD", "REFRESH_TOKEN", "ACCESS_TOKEN")


@contextlib.contextmanager
def opened(*, sandbox: bool) -> Iterator[GettyImages]:
    """A client of the account, or of a sandbox that ends with it."""
    if sandbox:
        from gettyimages.sandbox import Sandbox

        with Sandbox() as server, server.client() as client:
            yield client
        return
    with account() as client:
        yield client


def account(**options: typing.Any) -> GettyImages:
    """The account of the environment, or that of `login`."""
    login, secret = Login(), variable("API_SECRET")
    has_own_user = any(variable(name) for name in _OWN)  # the environment takes precedence
    user = login.user if secret and not has_own_user else None
    if user is None:
        return GettyImages(**options)
    username, token = user
    return GettyImages(
        api_key=_key(),
        api_secret=secret,
        username=username,
        refresh_token=token,
        on_refresh_token=functools.partial(login.keep, username),
        **options,
    )


def variable(name: str) -> str | None:
    """A credential in the environment."""
    return os.environ.get(f"GETTYIMAGES_{name}") or None


def _key() -> str:
    key = variable("API_KEY")
    if key is None:
        raise CredentialsError("there is no API key")
    return key


class _Kept(typing.TypedDict):
    username: str
    refresh_token: str | None
    """None if the keyring has it."""


class Login:
    """What `login` keeps for the API key: the user's name and refresh token.

    The token is in the keyring of the system, if `keyring` is installed and finds one, or else
    beside the name in a file that only its owner can read. It is used only with the key and the
    token endpoint that it belongs to. The name identifies the user after the token has been
    replaced.
    """

    def __init__(self) -> None:
        endpoint = os.environ.get("GETTYIMAGES_TOKEN_URL", "")
        self._name = hashlib.sha256(os.fsencode(f"{endpoint} {_key()}")).hexdigest()[:32]
        self.path = Path(click.get_app_dir("gettyimages")) / "logins.json"

    @property
    def user(self) -> tuple[str, str] | None:
        """The name and the token; None if there is no login."""
        kept = self._read().get(self._name)
        if kept is None:
            return None
        token = kept["refresh_token"]
        if token is None and (keyring := _keyring()) is not None:
            try:
                token = keyring.get_password(_SERVICE, self._name)
            except Exception as error:  # each system has its own
                text = f"the keyring of the system cannot be read ({type(error).__name__})"
                raise CredentialsError(text) from None
        return None if token is None else (kept["username"], token)

    def keep(self, username: str, token: str) -> str:
        """Keep a token instead of the one before. Returns the place, for people."""
        in_file: str | None = token
        if (keyring := _keyring()) is not None:
            with contextlib.suppress(Exception):  # locked, for example: the file takes its place
                keyring.set_password(_SERVICE, self._name, token)
                in_file = None
        kept: _Kept = {"username": username, "refresh_token": in_file}
        self._write({**self._read(), self._name: kept})
        return "in the keyring of the system" if in_file is None else f"in the file {self.path}"

    def forget(self) -> None:
        """Remove the token."""
        logins = self._read()
        kept = logins.pop(self._name, None)
        if kept and kept["refresh_token"] is None and (keyring := _keyring()) is not None:
            with contextlib.suppress(Exception):  # it is gone already
                keyring.delete_password(_SERVICE, self._name)
        self._write(logins)

    def _read(self) -> dict[str, _Kept]:
        try:
            content = json.loads(self.path.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        found = content.items() if isinstance(content, dict) else ()
        return {name: kept for name, kept in found if _is_login(kept)}

    def _write(self, logins: dict[str, _Kept]) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Its mode is 0600 from the beginning.
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".logins-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(logins, stream)
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


class _Keyring(typing.Protocol):
    def get_password(self, service: str, name: str, /) -> str | None: ...
    def set_password(self, service: str, name: str, password: str, /) -> None: ...
    def delete_password(self, service: str, name: str, /) -> None: ...


def _keyring() -> _Keyring | None:
    """The keyring of the system; None if there is none that works."""
    try:
        backend = importlib.import_module("keyring").get_keyring()
    except ModuleNotFoundError:
        return None
    return typing.cast("_Keyring", backend) if backend.priority > 0 else None


def logged_in(username: str | None, *, sandbox: bool) -> str:
    """Get a refresh token for a user, and keep it. Returns where, for people.

    Raises:
        CredentialsError: The API refuses them, or sends no refresh token.
    """
    tokens: list[str] = []
    if sandbox:
        from gettyimages.sandbox import Sandbox

        with Sandbox() as server, server.client(on_refresh_token=tokens.append) as client:
            client.downloads.get_downloads(page_size=1)
        return "nowhere, as this was a sandbox"
    name: str = username or variable("USERNAME") or click.prompt("User name", err=True)
    with GettyImages(
        api_key=_key(),
        api_secret=variable("API_SECRET"),
        username=name,
        password=variable("PASSWORD") or _password(),
        from_env=False,
        on_refresh_token=tokens.append,
    ) as client:
        client.downloads.get_downloads(page_size=1)
    if not tokens:
        raise CredentialsError("the API accepts the user, but sends no refresh token to keep")
    return Login().keep(name, tokens[-1])


def _is_login(kept: object) -> typing.TypeGuard[_Kept]:
    """Whether an entry of the file is one of ours. A person may have edited it."""
    return (
        isinstance(kept, dict)
        and isinstance(kept.get("username"), str)
        and isinstance(kept.get("refresh_token"), str | None)
    )


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")
