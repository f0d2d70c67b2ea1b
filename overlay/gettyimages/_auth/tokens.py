"""The access token of a client: fetched when needed, renewed in time, stored from run to run."""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
import time
import typing
from collections.abc import Callable
from pathlib import Path

from .._calls.arguments import check_path, invalid
from .._calls.deadline import Deadline
from .._calls.outcome import Failure, Outcome, reason_of
from .._calls.retries import RateLimit, Retries
from .._calls.steps import Call, Callback, Lock, Send, Sleep
from .._errors import APIConnectionError, APITimeoutError, CredentialsError, GettyImagesError
from .._log import Secret, log, log_retrying
from .._settings import Settings
from .credentials import Credentials, Form, Token, grants, oauth_error, parse_token, visible

_MOST = 99
"""Values that a file keeps besides the latest one, as rotated refresh tokens add new keys."""
_WORTHWHILE = 1.0
"""Seconds that a call must have left to try again what another one ran out of time with."""
_DOUBTFUL = 60.0
"""Seconds for which a refusal without a reason that OAuth 2 knows is remembered."""
_ADVICE = {
    "unauthorized_client": " A log-in of the developer portal is not a Getty Images log-in:"
    " username= and password= take those of an account at Getty Images."
}


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
        """Store a value. The file is replaced as a whole; of two at a time, the later one wins."""
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


def _stored(token: Token, refresh_token: Secret[str] | None) -> Secret[str]:
    """Serialize a token with its expiry by the wall clock and its refresh token."""
    refresh = refresh_token and refresh_token.value
    content = {"access_token": token.value.value, "refresh_token": refresh}
    expires_at = time.time() + token.expires_in
    return Secret(json.dumps({**content, "expires_at": expires_at, "life": token.expires_in}))


def _token_of(text: object) -> Token | None:
    """Parse a stored token, which may have expired; None if it cannot be parsed."""
    try:
        content = json.loads(text if isinstance(text, str) else "null")
        # The clock may have been set since.
        left = min(content["expires_at"] - time.time(), content["life"])
        refresh_token = visible(content["refresh_token"] or "")
        value = Secret(visible(content["access_token"]))
        refresh = Secret(refresh_token) if refresh_token else None
        return Token(value, left, time.monotonic(), refresh)
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError):
        return None


class Tokens:
    """The token of one account. One call renews it while the others wait."""

    def __init__(
        self,
        credentials: Credentials,
        rate: RateLimit,
        on_refresh_token: Callable[[str], object] | None,
        store: TokenStore | str | os.PathLike[str] | None,
    ) -> None:
        self._credentials = credentials
        self._rate = rate
        self._on_refresh_token = on_refresh_token
        if isinstance(store, str | os.PathLike):
            check_path("token_store", store)
            store = FileStore(store)
        elif store is not None and not (hasattr(store, "get") and hasattr(store, "set")):
            raise invalid("token_store", "a path, or an object with get and set", store)
        self._store: TokenStore | None = store
        self._refresh_token = credentials.refresh_token
        self._current: Token | None = None
        self._rejected: Secret[str] | None = None
        self._refusals: dict[Form, tuple[str, float]] = {}
        self._last_failure: tuple[type[GettyImagesError], str, bool] | None = None

    @property
    def secrets(self) -> list[Secret[str]]:
        """What must not be shown. A server may quote it."""
        current = self._current  # another thread may reject it meanwhile
        value = None if current is None else current.value
        own = filter(None, (value, self._rejected, self._refresh_token))
        return [*self._credentials.secrets, *own]

    def get(self, settings: Settings, deadline: Deadline) -> Call[Token]:
        """Return the current token, renewed if necessary."""
        current = self._current
        if current is not None and current.is_fresh:
            return current
        # Other calls wait for the renewal, and a refresh token may be used up by it: it goes on
        # when this call is stopped.
        before, bound = self._last_failure, deadline.without_stop()
        token: Token = yield Lock(lambda: self._renewed(settings, bound, before), deadline)
        return token

    def reject(self, token: Token) -> None:
        """Drop a token that the API refused, unless it has been replaced already."""
        if self._current is token:
            self._rejected = token.value
            self._current = None

    def _renewed(self, settings: Settings, deadline: Deadline, before: object) -> Call[Token]:
        """Renew the token, unless a call that had the lock before has just done so, or failed."""
        current = self._current
        if current is not None and current.is_fresh:
            return current
        if self._last_failure is not None and self._last_failure is not before:
            kind, text, out_of_time = self._last_failure
            if not out_of_time:
                raise kind(text)
            if not deadline.allows(_WORTHWHILE):
                raise deadline.passed()
        try:
            return (yield from self._obtained(settings, deadline))
        except GettyImagesError as error:
            self._last_failure = (type(error), str(error), not deadline.allows(0))
            raise

    def _obtained(self, settings: Settings, deadline: Deadline) -> Call[Token]:
        digest = hashlib.sha256(f"{settings.token_url} {self._credentials.subject}".encode())
        key = digest.hexdigest()[:32]
        stored = _token_of((yield from self._using_store("read", lambda store: store.get(key))))
        if stored is not None and stored.is_fresh and stored.value != self._rejected:
            self._current = stored
            self._refresh_token = stored.refresh_token or self._refresh_token
            return stored
        known = (self._refresh_token, self._credentials.refresh_token)
        candidates = known if stored is None else (stored.refresh_token, *known)
        token = yield from self._fetched([*filter(None, candidates)], settings, deadline)
        self._current = token
        text = _stored(token, token.refresh_token or self._refresh_token)
        yield from self._using_store("written", lambda store: store.set(key, text.value))
        if token.refresh_token and token.refresh_token != self._refresh_token:
            rotated = self._refresh_token = token.refresh_token
            if (notify := self._on_refresh_token) is not None:
                yield Callback(lambda: notify(rotated.value))
        return token

    def _using_store(self, verb: str, use: Callable[[TokenStore], object]) -> Call[object]:
        """Use the token store. It only saves requests, so a failure is logged and no more."""
        if (store := self._store) is None:
            return None
        try:
            return (yield Callback(lambda: use(store)))
        except Exception as error:
            # Only the system's own words are safe to show.
            words = error.strerror if isinstance(error, OSError) else None
            log.warning("the token store cannot be %s: %s", verb, words or type(error).__name__)
            return None

    def _fetched(
        self, refresh: list[Secret[str]], settings: Settings, deadline: Deadline
    ) -> Call[Token]:
        *others, last = grants(self._credentials, refresh)
        for grant, form in others:
            try:
                return (yield from self._granted(grant, form, settings, deadline))
            except CredentialsError:
                self._refresh_token = None  # used or revoked: fall back to the next grant
        return (yield from self._granted(*last, settings, deadline))

    def _granted(
        self, grant: str, form: Form, settings: Settings, deadline: Deadline
    ) -> Call[Token]:
        text, until = self._refusals.get(form, ("", 0.0))
        if time.monotonic() < until:  # an account is locked if a wrong password is tried again
            raise CredentialsError(text)
        retries = Retries("idempotent", settings.max_retries, deadline.allows)
        while True:
            yield from self._rate.slot(deadline, settings.take_slot)
            retries.begin()
            asked = time.monotonic()
            outcome: Outcome = yield _request(form, settings, deadline)
            if not isinstance(outcome, Failure) and 200 <= outcome.status_code <= 299:
                return parse_token(outcome.content, asked)
            pause = retries.pause(outcome)
            if pause is None:
                error = _error_of(grant, outcome)
                if not isinstance(outcome, Failure) and outcome.status_code in (400, 401):
                    is_final = oauth_error(outcome.content) not in ("", "invalid_request")
                    until = time.monotonic() + (math.inf if is_final else _DOUBTFUL)
                    self._refusals[form] = str(error), until
                raise error from getattr(outcome, "cause", None)
            log_retrying("access token", retries.count, reason_of(outcome), pause)
            yield Sleep(pause)


def _error_of(grant: str, outcome: Outcome) -> CredentialsError | APIConnectionError:
    """Return the error for a grant that is refused, or for a token endpoint that does not work."""
    if isinstance(outcome, Failure):
        kind = APITimeoutError if outcome.timed_out else APIConnectionError
        text = f"no access token: the token endpoint did not respond: {outcome.reason}"
        return kind(text, may_have_executed=False)
    status, code = outcome.status_code, oauth_error(outcome.content)
    if status in (408, 429) or status >= 500:
        text = f"no access token: the token endpoint responded with status {status}"
        return APIConnectionError(text, may_have_executed=False)
    return CredentialsError(
        f"the token endpoint refused the {grant} grant with status {status}{code and f': {code}'}."
        f" Check the API key, the API secret and the user's credentials.{_ADVICE.get(code, '')}"
    )


def _request(form: Form, settings: Settings, deadline: Deadline) -> Send:
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
        "Accept-Encoding": "gzip, deflate",
        "User-Agent": settings.user_agent,
    }
    step, size = settings.step_timeout, settings.max_response_size
    return Send("POST", settings.token_url, Secret(headers), form, step, deadline, size)
