"""The credentials of an account, and the access token that they get, renewed in time and stored."""

from __future__ import annotations

import contextlib
import copy
import json
import math
import os
import re
import time
import typing
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlencode

from ._calls.arguments import check_path, invalid
from ._calls.deadline import Deadline
from ._calls.outcome import Failure, Outcome, reason_of
from ._calls.responses import json_object
from ._calls.retries import RateLimit, Retries
from ._calls.steps import Call, Callback, Lock, Send, Sleep
from ._errors import (
    APIConnectionError,
    CredentialsError,
    GettyImagesError,
    InvalidArgumentError,
    JournalError,
)
from ._log import Secret, log, log_retrying
from ._process import LazyModule
from ._settings import Settings

if typing.TYPE_CHECKING:
    import hashlib
else:
    hashlib = LazyModule("hashlib")

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


class Credentials:
    """The credentials of one account, complete and free of contradictions."""

    api_key: Secret[str]
    api_secret: Secret[str] | None
    username: Secret[str] | None
    password: Secret[str] | None
    refresh_token: Secret[str] | None
    access_token: Secret[str] | None

    def __init__(self, *, from_env: bool = True, **given: str | None) -> None:
        """Take what is passed. If that is nothing, take all from the environment."""
        from_env = from_env and all(value is None for value in given.values())
        for name in Credentials.__annotations__:
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
        if self.password and not self.username:
            raise CredentialsError("username is missing: user name and password go together")
        if self.username and not (self.password or self.refresh_token):
            raise CredentialsError(
                "password is missing: a user name goes with a password or a refresh token"
            )
        if (self.username or self.refresh_token) and not self.api_secret:
            where = otherwise.format("API_SECRET")
            raise CredentialsError(f"no API secret, to get tokens with: pass api_secret=, {where}")
        for name in Credentials.__annotations__:
            secret: Secret[str] | None = getattr(self, name)
            if secret and not _PLAUSIBLE.get(name, _VISIBLE).fullmatch(secret.value):
                raise CredentialsError(f"{name} contains white space or what no credential has")

    @property
    def can_get_tokens(self) -> bool:
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

    username, password = credentials.username, credentials.password
    forms = [form("refresh_token", refresh_token=one) for one in dict.fromkeys(refresh_tokens)]
    if password:
        forms.append(form("password", username=username, password=password))
    if not (password or credentials.refresh_token):
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
        self._last_failure: tuple[GettyImagesError, bool] | None = None

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
            failure, is_own = self._last_failure
            if not is_own:
                raise copy.copy(failure)
            if not deadline.allows(_WORTHWHILE):
                raise deadline.passed()
        try:
            return (yield from self._obtained(settings, deadline))
        except GettyImagesError as error:
            # Other calls have their own time, and may have no journal.
            is_late = deadline.has_passed or not deadline.allows(0)
            is_own = is_late or isinstance(error, JournalError)
            self._last_failure = copy.copy(error), is_own  # without its frames
            raise

    def _obtained(self, settings: Settings, deadline: Deadline) -> Call[Token]:
        digest = hashlib.sha256(f"{settings.token_url} {self._credentials.subject}".encode())
        key = digest.hexdigest()[:32]
        stored = yield from self._read(key)
        if self._takes(stored):
            return stored
        known = (self._refresh_token, self._credentials.refresh_token)
        candidates = known if stored is None else (stored.refresh_token, *known)
        try:
            token = yield from self._fetched([*filter(None, candidates)], settings, deadline)
        except CredentialsError:  # another process may have just used the refresh token up
            stored = yield from self._read(key)
            if self._takes(stored):
                return stored
            raise
        self._current = token
        text = _stored(token, token.refresh_token or self._refresh_token)
        yield from self._using_store("written", lambda store: store.set(key, text.value))
        if token.refresh_token and token.refresh_token != self._refresh_token:
            rotated = self._refresh_token = token.refresh_token
            if (notify := self._on_refresh_token) is not None:
                yield Callback(lambda: notify(rotated.value))
        return token

    def _read(self, key: str) -> Call[Token | None]:
        return _token_of((yield from self._using_store("read", lambda store: store.get(key))))

    def _takes(self, stored: Token | None) -> typing.TypeGuard[Token]:
        """Whether a stored token can be used. If so, it is used from now on."""
        if stored is None or not stored.is_fresh or stored.value == self._rejected:
            return False
        self._current = stored
        self._refresh_token = stored.refresh_token or self._refresh_token
        return True

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
        text = f"no access token: the token endpoint did not respond: {outcome.reason}"
        return outcome.error(text, may_have_executed=False)
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
