"""The token endpoint: the three grants, and tokens that expire."""

from __future__ import annotations

import secrets
import threading
from urllib.parse import parse_qsl

from starlette.responses import JSONResponse, Response

from ._clock import Clock
from ._error_responses import token_error
from ._http import Exchange
from ._options import Options

PATH = "/oauth2/token"


class Tokens:
    """All tokens that were handed out."""

    def __init__(self, options: Options, clock: Clock) -> None:
        self.grants: list[str] = []
        self._options = options
        self._clock = clock
        self._lock = threading.Lock()
        self._access: dict[str, tuple[float, bool]] = {}
        self._refresh: set[str] = set()

    def issue(self, *, user: bool) -> str:
        """A new access token."""
        token = "sandbox-access-" + secrets.token_urlsafe(24)
        with self._lock:
            self._access[token] = (self._clock.time() + self._options.token_seconds, user)
        return token

    def issue_refresh_token(self) -> str:
        """A new refresh token."""
        token = "sandbox-refresh-" + secrets.token_urlsafe(24)
        with self._lock:
            self._refresh.add(token)
        return token

    def expire(self, token: str | None = None) -> None:
        """Let one access token, or all, be valid no longer."""
        with self._lock:
            if token is None:
                self._access.clear()
            else:
                self._access.pop(token, None)

    def expire_refresh_tokens(self) -> None:
        """Let all refresh tokens be valid no longer."""
        with self._lock:
            self._refresh.clear()

    def find(self, token: str) -> bool | None:
        """Whether the token stands for a user; None if it is not valid."""
        with self._lock:
            expiry, user = self._access.get(token, (0.0, False))
        return user if self._clock.time() < expiry else None

    def answer(self, exchange: Exchange) -> Response:
        """Answer a request to the token endpoint.

        Raises:
            Refused: The request, or a credential in it, is not right.
        """
        form = _form(exchange)
        grant = form.get("grant_type", "")
        self.grants.append(grant)
        options = self._options
        if (form.get("client_id"), form.get("client_secret")) != (
            options.api_key,
            options.api_secret,
        ):
            raise token_error(401, "invalid_client", "client_id or client_secret is not right")
        match grant:
            case "client_credentials":
                return self._token(user=False, refresh_token=None)
            case "password":
                return self._password(form)
            case "refresh_token":
                return self._refreshed(form)
        raise token_error(400, "unsupported_grant_type", "grant_type is unknown")

    def _password(self, form: dict[str, str]) -> Response:
        given = form.get("username"), form.get("password")
        if given != (self._options.username, self._options.password):
            raise token_error(400, "invalid_grant", "username or password is not right")
        return self._token(user=True, refresh_token=self.issue_refresh_token())

    def _refreshed(self, form: dict[str, str]) -> Response:
        token = form.get("refresh_token", "")
        rotate = self._options.rotate_refresh_tokens
        with self._lock:
            known = token in self._refresh
            if known and rotate:
                self._refresh.discard(token)
        if not known:
            raise token_error(400, "invalid_grant", "refresh_token is not valid")
        return self._token(user=True, refresh_token=self.issue_refresh_token() if rotate else None)

    def _token(self, *, user: bool, refresh_token: str | None) -> Response:
        seconds = self._options.token_seconds
        whole = int(seconds) if seconds == int(seconds) else seconds
        answer: dict[str, object] = {
            "access_token": self.issue(user=user),
            "token_type": "Bearer",
            "expires_in": str(whole) if self._options.expires_in_as_text else whole,
        }
        if refresh_token is not None:
            answer["refresh_token"] = refresh_token
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})


def _form(exchange: Exchange) -> dict[str, str]:
    record = exchange.record
    if record.path != PATH:
        raise token_error(404, "not_found", f"the token endpoint is {PATH}")
    if record.method != "POST":
        raise token_error(405, "invalid_request", "a token request is a POST")
    if record.query:
        raise token_error(400, "invalid_request", "credentials belong in the body")
    kind = record.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise token_error(400, "invalid_request", "a token request is a form")
    pairs = parse_qsl(record.body.decode("utf-8", "replace"), keep_blank_values=True)
    if len(dict(pairs)) != len(pairs):
        raise token_error(400, "invalid_request", "a field is given twice")
    return dict(pairs)
