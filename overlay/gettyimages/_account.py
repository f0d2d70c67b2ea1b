"""What both clients are made of: settings, credentials and the rules of the exchange."""

from __future__ import annotations

import os
import threading
import typing
from collections.abc import Callable

from ._auth.credentials import Credentials
from ._auth.tokens import TokenKeeper
from ._calls.rate import RateLimit
from ._calls.urls import checked_proxy
from ._exchange import Exchanger
from ._response import RawResponse
from ._settings import Settings, positive

if typing.TYPE_CHECKING:
    import ssl

    import httpx

    from ._auth.token_store import TokenStore


class Account:
    """An account at Getty Images. What is not given is read from the environment.

    Args:
        api_key: The key of your application (`GETTYIMAGES_API_KEY`).
        api_secret: Its secret, to get access tokens with (`GETTYIMAGES_API_SECRET`).
        username: The user to act for (`GETTYIMAGES_USERNAME`).
        password: The user's password (`GETTYIMAGES_PASSWORD`).
        refresh_token: A token to get access tokens with instead (`GETTYIMAGES_REFRESH_TOKEN`).
        access_token: A token obtained elsewhere (`GETTYIMAGES_ACCESS_TOKEN`). It cannot be renewed.
        on_refresh_token: Called with a refresh token that replaces the one before.
        token_store: Keeps the access token from run to run: the path of a file, which only its
            owner can read, or an object with `get` and `set`.
        base_url: Scheme and host of the API (`GETTYIMAGES_BASE_URL`).
        token_url: The token endpoint (`GETTYIMAGES_TOKEN_URL`).
        timeout: Seconds that each step may take: connecting, sending, each read.
        total_timeout: Seconds that a call may take in all: waiting, tokens and retries included.
        max_retries: How often a request is sent again, where that is harmless.
        max_rate: Requests per second that your contract allows, token requests included. None
            for no limit.
        accept_language: The language of texts in answers, such as `de`.
        app_name: The name of your application, for the User-Agent header.
        proxy: The URL of a proxy for all requests; by default the environment's for https.
        verify: The certificates to trust: an SSL context, the path of a file, or False for none.
        transport: An httpx transport that takes the place of all connections.
        on_response: Called with every answer of the API, for metrics.

    Raises:
        CredentialsError: Credentials are missing, or contradict each other.
        GettyImagesError: A value is out of bounds.
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        api_secret: str | None = None,
        username: str | None = None,
        password: str | None = None,
        refresh_token: str | None = None,
        access_token: str | None = None,
        on_refresh_token: Callable[[str], object] | None = None,
        token_store: TokenStore | str | os.PathLike[str] | None = None,
        base_url: str | None = None,
        token_url: str | None = None,
        timeout: float = 30.0,
        total_timeout: float = 120.0,
        max_retries: int = 3,
        max_rate: float | None = None,
        accept_language: str | None = None,
        app_name: str | None = None,
        proxy: str | None = None,
        verify: ssl.SSLContext | str | bool = True,
        transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None = None,
        on_response: Callable[[RawResponse], object] | None = None,
    ) -> None:
        credentials = Credentials(
            api_key=api_key,
            api_secret=api_secret,
            username=username,
            password=password,
            refresh_token=refresh_token,
            access_token=access_token,
        )
        self._settings = Settings(
            base_url=base_url,
            token_url=token_url,
            timeout=timeout,
            total_timeout=total_timeout,
            max_retries=max_retries,
            accept_language=accept_language,
            app_name=app_name,
            on_response=on_response,
        )
        rate = RateLimit(positive("max_rate", max_rate) if max_rate is not None else None)
        keeper = TokenKeeper(credentials, rate, on_refresh_token, token_store)
        self._exchanger = Exchanger(credentials, keeper, rate)
        self._wires = Wires(checked_proxy(proxy), verify, transport)

    def with_options(
        self,
        *,
        timeout: float | None = None,
        total_timeout: float | None = None,
        max_retries: int | None = None,
        accept_language: str | None = None,
        app_name: str | None = None,
        on_response: Callable[[RawResponse], object] | None = None,
    ) -> typing.Self:
        """A variant of this client that shares its connections, token and rate limit.

        Args:
            timeout: Seconds that each step may take.
            total_timeout: Seconds that a call may take in all.
            max_retries: How often a request is sent again, where that is harmless.
            accept_language: The language of texts in answers.
            app_name: The name of your application.
            on_response: Called with every answer of the API.

        Returns:
            The variant. What is not given is as it is here; closing either closes both.
        """
        old = self._settings
        variant = object.__new__(type(self))
        # Resources are made anew: they know the client that they belong to.
        variant.__dict__.update(
            {name: value for name, value in vars(self).items() if name.startswith("_")}
        )
        variant._settings = Settings(
            base_url=old.base_url,
            token_url=old.token_url,
            timeout=old.timeout if timeout is None else timeout,
            total_timeout=old.total_timeout if total_timeout is None else total_timeout,
            max_retries=old.max_retries if max_retries is None else max_retries,
            accept_language=accept_language or old.accept_language,
            app_name=app_name or old.app_name,
            on_response=on_response or old.on_response,
        )
        return variant

    def __reduce__(self) -> typing.NoReturn:
        raise TypeError(
            "a client can be neither pickled nor copied: it holds credentials."
            " with_options() makes a variant of it"
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._settings.base_url}>"


class Wires:
    """What the user said of the wire, and the driver made of it, shared by all variants."""

    def __init__(
        self,
        proxy: str | None,
        verify: ssl.SSLContext | str | bool,
        transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None,
    ) -> None:
        self.proxy = proxy
        self.verify = verify
        self.transport = transport
        self.driver: object = None
        self.closed = False
        self.lock = threading.Lock()

    def __repr__(self) -> str:
        return "<Wires>"  # a proxy's URL may hold a password
