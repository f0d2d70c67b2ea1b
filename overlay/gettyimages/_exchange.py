"""One call of the API, from its request to its response, without I/O."""

from __future__ import annotations

import time
from collections.abc import Callable

from ._auth import Credentials, Token, Tokens
from ._calls.deadline import Deadline, Stop
from ._calls.outcome import Outcome, is_unclear, may_have_executed, reason_of
from ._calls.request import APIRequest, merged
from ._calls.responses import ServerTime, error_of, needs_user
from ._calls.retries import RateLimit, Retries
from ._calls.steps import Call, Callback, Send, Sleep
from ._errors import (
    APIConnectionError,
    CredentialsError,
    DownloadOutcomeUnknownError,
    OutcomeUnknownError,
)
from ._log import Secret, log, log_call, log_retrying
from ._response import RawResponse
from ._settings import Settings, positive

_DOWNLOADS = "/v3/downloads/"
"""Where the operations are whose requests the download history lists."""

_LOOK_IN_HISTORY = (
    "A download may have been used up, so the request was not repeated. Look in the download"
    " history from {:%Y-%m-%d %H:%M:%S} UTC on before requesting it again"
)
_LOOK_ELSEWHERE = (
    "The request of {:%Y-%m-%d %H:%M:%S} UTC may have been carried out and charged, so it was not"
    " repeated. Find out whether it was before sending it again"
)

_MOST_EXPIRED = 10
"""How many tokens of one call may expire on their way to the API."""


class Exchange:
    """What all calls of a client and its variants share: credentials, token and rate limit."""

    def __init__(self, credentials: Credentials, tokens: Tokens, rate: RateLimit) -> None:
        self._credentials = credentials
        self._tokens = tokens
        self._rate = rate
        self.server_time = ServerTime()

    @property
    def account(self) -> str:
        """A digest that tells accounts apart."""
        return self._credentials.account

    def call(
        self,
        request: APIRequest,
        settings: Settings,
        timeout: float | None = None,
        stop: Stop | None = None,
        before_send: Callable[[], object] = lambda: None,
    ) -> Call[RawResponse]:
        """Call the API. The response is a success or a redirect; everything else is raised.

        A stop ends waiting before the request is sent. `before_send` is called each time before
        that, and may raise. It may wait for a disk only if the call is driven by its own thread.
        """
        started = time.monotonic()
        seconds = settings.timeout if timeout is None else positive("timeout", timeout)
        deadline = Deadline(request.name, seconds, stop)
        retries = Retries(request.effect, settings.max_retries, deadline.allows)
        try:
            response = yield from self._exchanged(request, settings, deadline, retries, before_send)
        except (Exception, GeneratorExit) as error:  # the latter if the caller gives up
            if isinstance(error, APIConnectionError):
                error.may_have_executed = error.may_have_executed or retries.may_have_executed
            name = "cancelled" if isinstance(error, GeneratorExit) else type(error).__name__
            log_call(request.name, f"{name} after", started, retries.count)
            raise
        log_call(request.name, f"{response.status_code} in", started, retries.count)
        if response.status_code >= 400:
            raise error_of(request.name, response, self._tokens.secrets)
        return response

    def _exchanged(
        self,
        request: APIRequest,
        settings: Settings,
        deadline: Deadline,
        retries: Retries,
        before_send: Callable[[], object],
    ) -> Call[RawResponse]:
        is_renewed, expired = False, 0
        while True:
            token = yield from self._token(request, settings, deadline)
            yield from self._rate.slot(deadline, settings.take_slot)
            deadline.remaining()
            before_send()
            retries.begin()
            sent = time.monotonic()
            outcome: Outcome = yield self._send(request, settings, deadline, token)
            is_late = token is not None and token.has_expired and expired < _MOST_EXPIRED
            if isinstance(outcome, RawResponse):
                self.server_time.note(outcome.headers)
                outcome.operation = request.name
                outcome.url = settings.server(request.http.server) + request.http.path
                outcome.elapsed = time.monotonic() - sent
                outcome.attempts = retries.count
                outcome.may_have_executed = retries.may_have_executed
                yield from _report(settings, outcome)
                if outcome.status_code == 401 and token is not None and not needs_user(outcome):
                    self._tokens.reject(token)  # another one may help
                    if self._credentials.can_get_tokens and (is_late or not is_renewed):
                        expired, is_renewed = expired + is_late, is_renewed or not is_late
                        retries.allow_another()
                        continue
            pause = retries.pause(outcome)
            if pause is None:
                return _final(request, retries, outcome)
            log_retrying(request.name, retries.count, reason_of(outcome), pause)
            yield Sleep(pause)

    def _token(
        self, request: APIRequest, settings: Settings, deadline: Deadline
    ) -> Call[Token | None]:
        if request.token == "none":
            return None
        if self._credentials.access_token is not None:
            return Token(self._credentials.access_token, float("inf"), 0.0)
        if self._credentials.can_get_tokens:
            return (yield from self._tokens.get(settings, deadline))
        if request.token == "required":
            raise CredentialsError(
                f"{request.name} acts for a customer, which takes more than an API key: pass"
                " api_secret= as well, and username= and password= for a user, or access_token="
            )
        return None

    def _send(
        self, request: APIRequest, settings: Settings, deadline: Deadline, token: Token | None
    ) -> Send:
        headers = {"User-Agent": settings.user_agent, "Accept-Encoding": "gzip, deflate"}
        if settings.accept_language:
            headers["Accept-Language"] = settings.accept_language
        credentials = {"Api-Key": self._credentials.api_key.value}
        if token is not None:
            credentials["Authorization"] = f"Bearer {token.value.value}"
        http, spends = request.http, request.effect == "spends"
        if spends:  # a stop waits for a request that is paid for, once it has been sent
            deadline = deadline.without_stop()
        return Send(
            http.method,
            settings.server(http.server) + http.target,
            Secret(merged(merged(headers, request.headers), credentials)),
            Secret(http.body.content if http.body else None),
            settings.step_timeout,
            deadline,
            settings.max_response_size,
            # A connection that has been idle may be stale, which would leave the outcome unclear.
            "spending" if spends else "api",
            request.is_file,
        )


def _final(request: APIRequest, retries: Retries, outcome: Outcome) -> RawResponse:
    """Return the response of the last attempt, or raise what its outcome stands for."""
    if request.effect == "spends" and is_unclear(outcome):
        is_download = request.http.path.startswith(_DOWNLOADS)
        unknown = DownloadOutcomeUnknownError if is_download else OutcomeUnknownError
        advice = _LOOK_IN_HISTORY if is_download else _LOOK_ELSEWHERE
        raise unknown(
            f"{request.name}: {reason_of(outcome)}. {advice.format(retries.since)}",
            since=retries.since,
            operation=request.name,
            path=request.http.path,
            response=outcome if isinstance(outcome, RawResponse) else None,
        ) from getattr(outcome, "cause", None)
    if isinstance(outcome, RawResponse):
        return outcome
    plural = "s" if retries.count > 1 else ""
    text = f"{request.name}: {outcome.reason}, after {retries.count} attempt{plural}"
    raise outcome.error(text, may_have_executed=may_have_executed(outcome)) from outcome.cause


def _report(settings: Settings, response: RawResponse) -> Call[None]:
    """Call the user's `on_response`. If it fails, the response must not be lost with it."""
    function = settings.on_response
    if function is None:
        return
    try:
        yield Callback(lambda: function(response))
    except Exception:
        log.exception("on_response failed; the response is not affected")
