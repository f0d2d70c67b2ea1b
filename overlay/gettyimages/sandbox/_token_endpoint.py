"""The token endpoint: three OAuth 2.0 grants, and tokens that expire."""

from __future__ import annotations

import secrets
import threading
from urllib.parse import parse_qsl

from starlette.responses import JSONResponse, Response

from ._http import RecordedRequest, token_error
from ._state import Clock, Options

TOKEN_PATH = "/oauth2/token"


class TokenEndpoint:
    """Issues tokens, and knows which of them are valid."""

    def __init__(self, options: Options, clock: Clock) -> None:
        self.grants: list[str] = []
        self._options = options
        self._clock = clock
        self._lock = threading.Lock()
        self._access_tokens: dict[str, tuple[float, bool]] = {}  # expiry, and whether of a user
        self._refresh_tokens: set[str] = set()

    def issue(self, *, user: bool) -> str:
        """A new access token."""
        token = "sandbox-access-" + secrets.token_urlsafe(24)
        with self._lock:
            expiry = self._clock.time() + self._options.token_seconds
            self._access_tokens[token] = expiry, user
        return token

    def issue_refresh_token(self) -> str:
        """A new refresh token."""
        token = "sandbox-refresh-" + secrets.token_urlsafe(24)
        with self._lock:
            self._refresh_tokens.add(token)
        return token

    def expire(self, token: str) -> None:
        """Let an access token expire."""
        with self._lock:
            self._access_tokens.pop(token, None)

    def expire_all(self, *, refresh_tokens: bool) -> None:
        """Let all access tokens expire, and optionally all refresh tokens."""
        with self._lock:
            self._access_tokens.clear()
            if refresh_tokens:
                self._refresh_tokens.clear()

    def find(self, token: str) -> bool | None:
        """Whether an access token is a user's; None if it is not valid."""
        with self._lock:
            expiry, user = self._access_tokens.get(token, (0.0, False))
        return user if self._clock.time() < expiry else None

    def handle(self, request: RecordedRequest) -> Response:
        """Grant a token.

        Raises:
            RequestRefused: The request is malformed, or a credential is wrong.
        """
        form = _read_form(request)
        grant = form.get("grant_type", "")
        self.grants.append(grant)
        options = self._options
        client = form.get("client_id"), form.get("client_secret")
        if client != (options.api_key, options.api_secret):
            raise token_error(401, "invalid_client", "client_id or client_secret is wrong")
        match grant:
            case "client_credentials":
                return self._grant(user=False)
            case "password":
                user = form.get("username"), form.get("password")
                if user != (options.username, options.password):
                    raise token_error(400, "invalid_grant", "username or password is wrong")
                return self._grant(user=True, refresh_token=self.issue_refresh_token())
            case "refresh_token":
                return self._refresh(form.get("refresh_token", ""))
        raise token_error(400, "unsupported_grant_type", "grant_type is unknown")

    def _refresh(self, token: str) -> Response:
        rotate = self._options.rotate_refresh_tokens
        with self._lock:
            if token not in self._refresh_tokens:
                raise token_error(400, "invalid_grant", "refresh_token is not valid")
            if rotate:
                self._refresh_tokens.remove(token)
        return self._grant(user=True, refresh_token=self.issue_refresh_token() if rotate else None)

    def _grant(self, *, user: bool, refresh_token: str | None = None) -> Response:
        seconds = self._options.token_seconds
        whole = int(seconds) if seconds == int(seconds) else seconds
        body: dict[str, object] = {
            "access_token": self.issue(user=user),
            "token_type": "Bearer",
            "expires_in": str(whole) if self._options.expires_in_as_string else whole,
        }
        if refresh_token is not None:
            body["refresh_token"] = refresh_token
        return JSONResponse(body, headers={"Cache-Control": "no-store"})


def _read_form(request: RecordedRequest) -> dict[str, str]:
    if request.path != TOKEN_PATH:
        raise token_error(404, "not_found", f"the token endpoint is {TOKEN_PATH}")
    if request.method != "POST":
        raise token_error(405, "invalid_request", "a token request is a POST")
    if request.query:
        raise token_error(400, "invalid_request", "credentials belong in the body")
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/x-www-form-urlencoded":
        raise token_error(400, "invalid_request", "a token request is a form")
    pairs = parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
    if len(dict(pairs)) != len(pairs):
        raise token_error(400, "invalid_request", "a field is given twice")
    return dict(pairs)
