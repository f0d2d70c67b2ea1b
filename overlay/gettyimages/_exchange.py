"""One call of the API, from its request to its answer, without I/O.

The parts of the chain, each in a module of its own: the deadline, credentials, the rate limit,
retries, what a failure means, what a body means, and the log.
"""

from __future__ import annotations

import datetime
import time

from . import _log
from ._auth.credentials import Credentials
from ._auth.grants import Token
from ._auth.tokens import TokenKeeper, paced
from ._calls.attempts import Attempts, after_answer, after_failure, unknown
from ._calls.deadline import Deadline
from ._calls.rate import RateLimit
from ._calls.request import Wanted, merged
from ._calls.responses import failure
from ._calls.retries import is_ambiguous
from ._calls.steps import Call, Failure, Send, do, send, sleep
from ._errors import CredentialsError
from ._response import RawResponse
from ._settings import Settings, positive


class Exchanger:
    """What all calls of a client and its variants share: credentials, token and rate limit."""

    def __init__(
        self,
        credentials: Credentials,
        keeper: TokenKeeper,
        rate: RateLimit,
    ) -> None:
        self._credentials = credentials
        self._keeper = keeper
        self._rate = rate

    def call(self, wanted: Wanted, settings: Settings, seconds: float | None) -> Call[RawResponse]:
        """Call the API: a success or a redirect comes back, everything else is raised.

        Raises:
            GettyImagesError: One of its subclasses, as their module tells.
        """
        started = time.monotonic()
        attempts = Attempts()
        try:
            response = yield from self._answered(wanted, settings, seconds, attempts)
        except (Exception, GeneratorExit) as error:  # the latter when the caller gives up
            _log.failed(wanted.name, error, started, attempts.count)
            raise
        _log.done(wanted.name, response.status, started, attempts.count)
        if response.status >= 400:
            raise failure(wanted.name, response, self._secrets())
        return response

    def _answered(
        self, wanted: Wanted, settings: Settings, seconds: float | None, attempts: Attempts
    ) -> Call[RawResponse]:
        total = settings.total_timeout if seconds is None else positive("timeout", seconds)
        deadline = Deadline(wanted.name, total)
        while True:
            token = yield from self._token(wanted, settings, deadline)
            yield from paced(self._rate, deadline)
            attempts.count += 1
            attempts.since = datetime.datetime.now(datetime.UTC)
            request = self._request(wanted, settings, deadline, token)
            outcome = yield from send(request)
            if isinstance(outcome, Failure):
                attempts.doubtful = attempts.doubtful or outcome.sent
                seconds = after_failure(wanted, settings, deadline, attempts, outcome)
            else:
                response = outcome
                response.attempts = attempts.count
                response.doubtful = attempts.doubtful
                yield from _reported(settings, response)
                if self._renewable(response, token, attempts):
                    continue
                if is_ambiguous(wanted.effect, response.status, response.headers):
                    raise unknown(
                        wanted, attempts, f"the API answered with {response.status}", response
                    )
                pause = after_answer(wanted, settings, deadline, attempts, response)
                if pause is None:
                    return response
                attempts.doubtful = attempts.doubtful or response.status != 429
                seconds = pause
            _log.repeating(wanted.name, attempts.count, seconds)
            yield from sleep(seconds)

    def _token(self, wanted: Wanted, settings: Settings, deadline: Deadline) -> Call[Token | None]:
        if wanted.token == "none":
            return None
        if self._credentials.access_token is not None:
            return Token(self._credentials.access_token, float("inf"), None)
        if self._credentials.can_get_tokens:
            return (yield from self._keeper.token(settings, deadline))
        if wanted.token == "required":
            raise CredentialsError(
                f"{wanted.name} acts for a customer, which an API key alone cannot: give"
                " api_secret= too, and username= and password= if it is to act for a user, or an"
                " access_token="
            )
        return None

    def _renewable(self, response: RawResponse, token: Token | None, attempts: Attempts) -> bool:
        """After a 401: whether another token may help. The call is repeated once only."""
        if response.status != 401 or token is None or attempts.renewed:
            return False
        if not self._credentials.can_get_tokens:
            return False
        attempts.renewed = True
        self._keeper.reject(token)
        return True

    def _request(
        self, wanted: Wanted, settings: Settings, deadline: Deadline, token: Token | None
    ) -> Send:
        headers = {"User-Agent": settings.user_agent, "Accept-Encoding": "gzip, deflate"}
        if settings.accept_language:
            headers["Accept-Language"] = settings.accept_language
        credentials = {"Api-Key": self._credentials.api_key}
        if token is not None:
            credentials["Authorization"] = f"Bearer {token.value}"
        return Send(
            wanted.method,
            settings.base_url + wanted.target,
            merged(headers, wanted.headers, credentials),
            wanted.content,
            timeout=settings.timeout,
            remaining=deadline.remaining,
            # On a connection of its own nothing that went before can cast doubt on it.
            fresh=wanted.effect == "spends",
        )

    def _secrets(self) -> list[str]:
        """What a server might say back, and nobody else should."""
        return [*self._credentials.secrets, *self._keeper.secrets]


def _reported(settings: Settings, response: RawResponse) -> Call[None]:
    """Tell the user's function of an answer. If it fails, the answer must not be lost with it."""
    if settings.on_response is None:
        return
    function = settings.on_response
    try:
        yield from do(lambda: function(response))
    except Exception:
        _log.hook_failed()
