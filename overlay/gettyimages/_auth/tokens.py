"""Keeps the access token of a client: fetched on first need, renewed before it expires."""

from __future__ import annotations

import os
from collections.abc import Callable

from .. import _log
from .._calls.deadline import Deadline
from .._calls.rate import RateLimit
from .._calls.retries import delay, may_repeat
from .._calls.steps import Call, Failure, Renew, Send, do, renew, send, sleep
from .._errors import APIConnectionError, APITimeoutError, CredentialsError, GettyImagesError
from .._response import RawResponse
from .._settings import Settings
from . import token_store as stored
from .credentials import Credentials
from .grants import Token, grants, parse_token, refusal

_WORTHWHILE = 1.0
"""Seconds that a call must have left to try what another one has run out of time with."""


class TokenKeeper:
    """The token of one account. Whoever finds it missing renews it, while the others wait."""

    def __init__(
        self,
        credentials: Credentials,
        rate: RateLimit,
        on_refresh_token: Callable[[str], object] | None,
        store: stored.TokenStore | str | os.PathLike[str] | None,
    ) -> None:
        self._credentials = credentials
        self._rate = rate
        self._on_refresh_token = on_refresh_token
        self._store = stored.FileStore(store) if isinstance(store, str | os.PathLike) else store
        self._refresh_token = credentials.refresh_token
        self._current: Token | None = None
        self._rejected = ""
        self._failures = 0
        self._last_failure: tuple[type[GettyImagesError], str, bool] | None = None

    @property
    def secrets(self) -> list[str]:
        """What must not be shown."""
        current = self._current.value if self._current is not None else None
        return [*filter(None, (current, self._rejected, self._refresh_token))]

    def token(self, settings: Settings, deadline: Deadline) -> Call[Token]:
        """The current token, renewed if need be."""
        current = self._current
        if current is not None and current.is_fresh:
            return current
        failures = self._failures

        def renewal() -> Call[Token]:
            return self._renewal(settings, deadline, failures)

        return (yield from renew(Renew(renewal, deadline.remaining, deadline.passed)))

    def reject(self, token: Token) -> None:
        """Drop a token that the API has refused, unless it has been replaced already."""
        if self._current is token:
            self._rejected = token.value
            self._current = None

    def _renewal(self, settings: Settings, deadline: Deadline, failures: int) -> Call[Token]:
        """Runs while no other call renews. Another one may just have done it, or failed to."""
        current = self._current
        if current is not None and current.is_fresh:
            return current
        if self._failures != failures and self._last_failure is not None:
            kind, text, out_of_time = self._last_failure
            if not out_of_time:
                raise kind(text)  # it failed while this call was waiting for it
            if not deadline.allows(_WORTHWHILE):
                raise deadline.passed()
        try:
            return (yield from self._obtained(settings, deadline))
        except GettyImagesError as error:
            self._last_failure = (type(error), str(error), not deadline.allows(0))
            self._failures += 1
            raise

    def _obtained(self, settings: Settings, deadline: Deadline) -> Call[Token]:
        key = stored.key_for(settings.token_url, self._credentials.subject)
        kept = yield from self._kept(key)
        if kept is not None and kept.is_fresh and kept.value != self._rejected:
            self._current = kept
            self._refresh_token = kept.refresh_token or self._refresh_token
            return kept
        candidates = (
            kept.refresh_token if kept is not None else None,
            self._refresh_token,
            self._credentials.refresh_token,
        )
        token = yield from self._fetched([*filter(None, candidates)], settings, deadline)
        self._current = token
        yield from self._keep(key, token)
        if token.refresh_token and token.refresh_token != self._refresh_token:
            rotated = self._refresh_token = token.refresh_token
            if (notify := self._on_refresh_token) is not None:
                yield from do(lambda: notify(rotated))
        return token

    def _kept(self, key: str) -> Call[Token | None]:
        """What the store holds. It only saves requests: without it a token is fetched."""
        if (store := self._store) is None:
            return None
        try:
            text = yield from do(lambda: store.get(key))
        except Exception as error:
            _log.store_failed("read", error)
            return None
        return stored.read(text) if isinstance(text, str) else None

    def _keep(self, key: str, token: Token) -> Call[None]:
        if (store := self._store) is None:
            return
        text = stored.written(token, token.refresh_token or self._refresh_token)
        try:
            yield from do(lambda: store.set(key, text))
        except Exception as error:
            _log.store_failed("written", error)

    def _fetched(
        self, refresh_tokens: list[str], settings: Settings, deadline: Deadline
    ) -> Call[Token]:
        *others, last = grants(self._credentials, refresh_tokens)
        for grant, form in others:
            try:
                return (yield from self._granted(grant, form, settings, deadline))
            except CredentialsError:
                self._refresh_token = None  # spent or revoked: fall back to what comes next
        return (yield from self._granted(*last, settings, deadline))

    def _granted(
        self, grant: str, form: bytes, settings: Settings, deadline: Deadline
    ) -> Call[Token]:
        retry = 0
        while True:
            yield from paced(self._rate, deadline)
            outcome = yield from send(_request(form, settings, deadline))
            after, final = None, False
            if isinstance(outcome, Failure):
                final = outcome.final
            else:
                after = outcome.headers.get("retry-after")
                if 200 <= outcome.status <= 299:
                    return parse_token(outcome.content)
                final = not may_repeat("idempotent", outcome.status)
                if final and outcome.status < 500:
                    raise refusal(grant, outcome.status, outcome.content)
            retry += 1
            seconds = delay(retry, after)
            if final or retry > settings.max_retries or not deadline.allows(seconds):
                raise _unanswered(outcome)
            yield from sleep(seconds)


def _unanswered(outcome: Failure | RawResponse) -> APIConnectionError:
    """The error for a token endpoint that is not there, or not well."""
    if isinstance(outcome, Failure):
        kind = APITimeoutError if outcome.timed_out else APIConnectionError
        return kind(f"no access token: the token endpoint gave no answer: {outcome.reason}")
    return APIConnectionError(f"no access token: the token endpoint answered {outcome.status}")


def paced(rate: RateLimit, deadline: Deadline) -> Call[None]:
    """Wait for the moment at which the account may send its next request."""
    seconds = rate.reserve(deadline.allows)
    if seconds is None:
        raise deadline.passed()
    yield from sleep(seconds)


def _request(form: bytes, settings: Settings, deadline: Deadline) -> Send:
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
        "Accept-Encoding": "gzip, deflate",
        "User-Agent": settings.user_agent,
    }
    return Send(
        "POST",
        settings.token_url,
        headers,
        form,
        timeout=settings.timeout,
        remaining=deadline.remaining,
        fresh=False,
    )
