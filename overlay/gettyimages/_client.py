"""The clients: `GettyImages`, which blocks, and `AsyncGettyImages`, to be awaited."""

from __future__ import annotations

import collections
import contextlib
import functools
import os
import threading
import typing
import weakref
from collections.abc import Awaitable, Callable, Iterator, Mapping
from types import SimpleNamespace

from gettyimages_rest import AsyncClient, Client, types

from ._auth import Credentials, Tokens, TokenStore
from ._calls.arguments import check_callable, check_names, checked_proxy
from ._calls.request import APIRequest, P, Query, checked_request, custom_request, operation_request
from ._calls.responses import parsed
from ._calls.retries import RateLimit
from ._errors import GettyImagesError, InvalidArgumentError
from ._exchange import Exchange
from ._log import Secret, ShortTraceback, log_to_stderr
from ._process import LazyModule, OfProcess
from ._response import RawResponse
from ._settings import CallOptions, ClientOptions, Settings, positive

if typing.TYPE_CHECKING:
    import ssl

    import httpx

    from ._downloads import engine as _engines
    from ._downloads import resource as _downloads
    from ._downloads.journal import location as _location
    from ._resources import asset_changes as _changes
    from ._resources import asset_registrations as _registrations
    from ._transport import asynchronous as _asynchronous
    from ._transport import blocking as _blocking
else:
    ssl, httpx = LazyModule("ssl"), LazyModule("httpx")
    _asynchronous = LazyModule("._transport.asynchronous", __package__)
    _blocking = LazyModule("._transport.blocking", __package__)
    _engines = LazyModule("._downloads.engine", __package__)
    _location = LazyModule("._downloads.journal.location", __package__)
    _downloads = LazyModule("._downloads.resource", __package__)
    _changes = LazyModule("._resources.asset_changes", __package__)
    _registrations = LazyModule("._resources.asset_registrations", __package__)

T = typing.TypeVar("T")
D = typing.TypeVar("D")


def _arguments_hidden(init: Callable[P, None]) -> Callable[P, None]:
    """Keep the arguments, which hold secrets, out of the traceback of an error."""

    @functools.wraps(init)
    def hiding(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            with ShortTraceback():
                init(*args, **kwargs)
        finally:
            del args, kwargs

    return hiding


class _Account(typing.Generic[D]):
    """A client of one account. If no credential is passed, all are read from the environment.

    Args:
        api_key: The key of your application (`GETTYIMAGES_API_KEY`).
        api_secret: Its secret, to get access tokens with (`GETTYIMAGES_API_SECRET`).
        username: The user to act for (`GETTYIMAGES_USERNAME`).
        password: The user's password (`GETTYIMAGES_PASSWORD`).
        refresh_token: A token to get access tokens with instead (`GETTYIMAGES_REFRESH_TOKEN`). With
            `username`, a journal recognises the user after the token has been replaced.
        access_token: A token obtained elsewhere (`GETTYIMAGES_ACCESS_TOKEN`). It cannot be renewed.
        from_env: Whether all of them may be read from the environment, if none is passed.
        on_refresh_token: Called with each refresh token that replaces the one before.
        token_store: Keeps the access token from run to run: the path of a file, which only its
            owner can read, or an object with `get` and `set`.
        max_requests_per_second: The rate of your contract, for tokens too. None for no limit.
        proxy: The URL of a proxy for https; by default the environment's. Plain http uses none.
        verify: The certificates to trust: an SSL context, the path of a file, or False for all.
        transport: An httpx transport in place of all connections, of `proxy` and of `verify`: a
            `BaseTransport`, or an `AsyncBaseTransport` for `AsyncGettyImages`.
        file_transport: An `httpx.BaseTransport` for files alone, without `proxy` and `verify`.
            `AsyncGettyImages` needs it beside `transport=`, as it fetches files in threads.
        base_url: Scheme and host of the API (`GETTYIMAGES_BASE_URL`).
        token_url: The token endpoint (`GETTYIMAGES_TOKEN_URL`).
        environment: What journals of downloads belong to; a journal of another environment is
            refused. By default the host of the API, and `sandbox` for all servers on this machine.
        timeout: Seconds that a call may take in all: waiting, tokens and retries included.
        step_timeout: Seconds that each step may take: connecting, sending, each read.
        stop_timeout: Seconds that Ctrl-C, a cancellation or `close()` waits at most for a request
            that uses up a download, until its link is recorded.
        max_retries: How often a request is sent again where that is harmless.
        max_response_size: The most bytes of a response of the API, decompressed; not for files.
        accept_language: The language of texts in responses, such as `de`.
        app_name: The name of your application, for the User-Agent header.
        on_response: Called with every response of the API, for metrics.

    Raises:
        CredentialsError: Credentials are missing or empty, or contradict each other.
        InvalidArgumentError: An argument has the wrong type or value, or contradicts another.
    """

    _new_driver: Callable[..., D]

    @_arguments_hidden
    def __init__(
        self,
        *,
        api_key: str | None = None,
        api_secret: str | None = None,
        username: str | None = None,
        password: str | None = None,
        refresh_token: str | None = None,
        access_token: str | None = None,
        from_env: bool = True,
        on_refresh_token: Callable[[str], object] | None = None,
        token_store: TokenStore | str | os.PathLike[str] | None = None,
        max_requests_per_second: float | None = None,
        proxy: str | None = None,
        verify: ssl.SSLContext | str | os.PathLike[str] | bool = True,
        transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None = None,
        file_transport: httpx.BaseTransport | None = None,
        **options: typing.Unpack[ClientOptions],
    ) -> None:
        check_names(type(self).__name__, options, ClientOptions)
        check_callable("on_refresh_token", on_refresh_token)
        credentials = Credentials(
            api_key=api_key,
            api_secret=api_secret,
            username=username,
            password=password,
            refresh_token=refresh_token,
            access_token=access_token,
            from_env=from_env,
        )
        self._settings = Settings(**options)
        self._received = collections.deque[RawResponse](maxlen=0)
        log_to_stderr()
        if max_requests_per_second is not None:
            positive("max_requests_per_second", max_requests_per_second)
        rate = RateLimit(max_requests_per_second)
        tokens = Tokens(credentials, rate, on_refresh_token, token_store)
        self._exchange = Exchange(credentials, tokens, rate)
        if transport is not None and (proxy is not None or verify is not True):
            text = "proxy= and verify= have no effect on transport=: configure the transport itself"
            raise InvalidArgumentError(text)
        hidden_proxy, make = Secret(checked_proxy(proxy)), self._new_driver
        self._network = _Network(lambda: make(hidden_proxy, verify, transport, file_transport))

    def with_options(self, **options: typing.Unpack[CallOptions]) -> typing.Self:
        """Return a variant of this client that shares its connections, token and rate limit.

        Closing either closes both.

        Args:
            **options: What is to change, as for the client itself: `timeout`, `step_timeout`,
                `max_retries`, `max_response_size`, `accept_language`, `app_name`, `on_response`.
        """
        check_names("with_options", options, CallOptions)
        variant = object.__new__(type(self))
        # Resources are made anew, as they know the client that they belong to.
        shared = {name: value for name, value in vars(self).items() if name.startswith("_")}
        variant.__dict__.update(shared)
        variant._settings = self._settings.replaced(**options)
        return variant

    def build(
        self, build_request: Callable[P, types.Request], /, *args: P.args, **kwargs: P.kwargs
    ) -> types.Request:
        """Build the request of a method, with `InvalidArgumentError` for what cannot be sent."""
        return checked_request(build_request, *args, **kwargs)

    def _recording(
        self, method: Callable[P, object]
    ) -> tuple[typing.Self, Callable[P, typing.Any]]:
        """Return a variant that keeps its last response, and a generated method that uses it."""
        function, resource = getattr(method, "__func__", None), getattr(method, "__self__", None)
        is_generated = getattr(function, "__module__", "").startswith("gettyimages_rest.")
        # What iterates over pages is generated too, but sends any number of requests.
        iterates = "Iterator[" in str(getattr(function, "__annotations__", {}).get("return"))
        is_ours = is_generated and getattr(resource, "_client", None) is self
        if function is None or iterates or not is_ours:
            text = "method must be one of this client that sends a single request, such as"
            raise InvalidArgumentError(f"{text} downloads.get_downloads, found {method!r:.100}")
        variant = self.with_options()
        variant._received = collections.deque(maxlen=1)
        return variant, functools.partial(function, SimpleNamespace(_client=variant))

    def __reduce__(self) -> typing.NoReturn:
        raise InvalidArgumentError("a client cannot be pickled or copied: it holds credentials")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._settings.base_url}>"


class _Network(OfProcess, typing.Generic[D]):
    """The driver of a client and all its variants, made when it is first used."""

    def __init__(self, make: Callable[[], D]) -> None:
        self._make = make
        self.driver: D | None = None
        self._is_closed = False
        self._iterators = weakref.WeakSet[typing.Any]()
        super().__init__()

    def _begin(self) -> None:
        self._lock = threading.RLock()  # `close` may come from a signal handler

    def get(self) -> D:
        with self._lock:
            if self._is_closed:
                raise GettyImagesError("the client is closed: make a new one")
            if self.driver is None:
                self.driver = self._make()
            return self.driver

    def stop_on_close(self, iterator: _changes.ChangeSets | _changes.AsyncChangeSets) -> None:
        with self._lock:
            self._iterators.add(iterator)

    def close(self) -> D | None:
        """Refuse later calls, end all iterators, and return what is to be closed."""
        with self._lock:
            self._is_closed = True
            iterators = [*self._iterators]
        for iterator in iterators:
            iterator.stop()
        return self.driver


class GettyImages(_Account["_blocking.Driver"], Client):
    __doc__ = _Account.__doc__

    @functools.cached_property
    def asset_changes(self) -> _changes.AssetChanges:
        """Notifications of new, updated and deleted assets."""
        with _extension("asset_changes", "_resources/asset_changes.py"):
            return _changes.AssetChanges(self, self._network.stop_on_close, _sole_reader)

    @functools.cached_property
    def asset_registrations(self) -> _registrations.AssetRegistrations:
        """The assets that the account has stored."""
        with _extension("asset_registrations", "_resources/asset_registrations.py"):
            return _registrations.AssetRegistrations(self)

    @functools.cached_property
    def downloads(self) -> _downloads.Downloads:
        """Downloads, and the download history."""
        with _extension("downloads", "_downloads/resource.py"):
            return _downloads.Downloads(self, self._engine)

    def call(
        self,
        operation: types.Operation[T],
        request: types.Request,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> T:
        """Send the request of an operation and return the parsed response.

        Args:
            operation: The operation.
            request: Its request, as its `build_request` returns it.
            timeout: Seconds that the call may take in all; by default the client's.
            headers: Headers to send besides those of the request.

        Raises:
            GettyImagesError: One of its subclasses, as `gettyimages` lists them.
        """
        api_request = operation_request(operation, request, headers)
        return parsed(operation, self._send(api_request, timeout))

    def with_response(
        self, method: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, RawResponse]:
        """Call a method of the API, and return its result and the response.

            page, response = client.with_response(client.downloads.get_downloads, page=2)

        Args:
            method: A method of this client for one operation of the API.
            *args: Its arguments.
            **kwargs: Its keywords.

        Raises:
            InvalidArgumentError: The method is not one of the API, but one that is built on it.
            GettyImagesError: As for the method.
        """
        variant, call = self._recording(method)
        return call(*args, **kwargs), variant._received[-1]

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        json: object = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> RawResponse:
        """Call an operation that the spec does not know, by the same rules as all others.

        Args:
            method: The HTTP method. After a failure only GET, HEAD, PUT and DELETE are repeated.
            path: The path from its first slash, such as `/v3/countries`.
            query: Parameters; a list repeats its name.
            json: The body.
            headers: Headers to send besides those of the client.
            timeout: Seconds that the call may take in all; by default the client's.

        Returns:
            The response, if it is a success or a redirect, which is not followed.

        Raises:
            GettyImagesError: One of its subclasses, as `gettyimages` lists them.
        """
        return self._send(custom_request(method, path, query, json, headers), timeout)

    def close(self) -> None:
        """Refuse later calls, and close all connections.

        Waits for requests that use up a download and are under way, at most `stop_timeout`.
        """
        if (driver := self._network.close()) is not None:
            driver.close(self._settings.stop_timeout)

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _send(self, request: APIRequest, timeout: float | None) -> RawResponse:
        with ShortTraceback():
            call = self._exchange.call(request, self._settings, timeout)
            response = self._network.get().run(call)
        self._received.append(response)
        return response

    @staticmethod
    def _new_driver(*network: typing.Any) -> _blocking.Driver:
        return _blocking.Driver(*network)

    def _engine(self) -> _engines.Engine:
        return _engines.Engine(self._exchange, self._settings, self._network.get())


class AsyncGettyImages(_Account["_asynchronous.AsyncDriver"], AsyncClient):
    __doc__ = _Account.__doc__

    @functools.cached_property
    def asset_changes(self) -> _changes.AsyncAssetChanges:
        """Notifications of new, updated and deleted assets."""
        with _extension("asset_changes", "_resources/asset_changes.py"):
            return _changes.AsyncAssetChanges(self, self._network.stop_on_close, _sole_reader)

    @functools.cached_property
    def asset_registrations(self) -> _registrations.AsyncAssetRegistrations:
        """The assets that the account has stored."""
        with _extension("asset_registrations", "_resources/asset_registrations.py"):
            return _registrations.AsyncAssetRegistrations(self)

    @functools.cached_property
    def downloads(self) -> _downloads.AsyncDownloads:
        """Downloads, and the download history."""
        with _extension("downloads", "_downloads/resource.py"):
            return _downloads.AsyncDownloads(self, self._engine)

    async def call(
        self,
        operation: types.Operation[T],
        request: types.Request,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> T:
        """Send the request of an operation and parse the response: see `GettyImages.call`."""
        api_request = operation_request(operation, request, headers)
        return parsed(operation, await self._send(api_request, timeout))

    async def with_response(
        self, method: Callable[P, Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, RawResponse]:
        """Call a method of the API, and return its response: see `GettyImages.with_response`."""
        variant, call = self._recording(method)
        return await call(*args, **kwargs), variant._received[-1]

    async def request(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        json: object = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> RawResponse:
        """Call an operation that the spec does not know: see `GettyImages.request`."""
        return await self._send(custom_request(method, path, query, json, headers), timeout)

    async def close(self) -> None:
        """Refuse later calls, and close all connections: see `GettyImages.close`."""
        if self._network.driver is not None:
            self._network.driver.check_loop()
        if (driver := self._network.close()) is not None:
            await driver.close(self._settings.stop_timeout)

    aclose = close

    async def __aenter__(self) -> typing.Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _send(self, request: APIRequest, timeout: float | None) -> RawResponse:
        with ShortTraceback():
            call = self._exchange.call(request, self._settings, timeout)
            response = await self._network.get().run(call)
        self._received.append(response)
        return response

    @staticmethod
    def _new_driver(*network: typing.Any) -> _asynchronous.AsyncDriver:
        return _asynchronous.AsyncDriver(*network)

    def _engine(self) -> _engines.Engine:
        driver = self._network.get()
        driver.check_loop()
        return _engines.Engine(self._exchange, self._settings, driver)


@contextlib.contextmanager
def _extension(resource: str, module: str) -> Iterator[None]:
    """Import what extends a resource. The API's documents may no longer describe what it needs."""
    try:
        yield
    except ImportError as error:
        raise GettyImagesError(
            f"{resource}: the generated client lacks what gettyimages/{module} builds on"
            f" ({error}). Remove or correct that module; all other resources work as before."
        ) from error


def _sole_reader(channel_id: int, journal: str | os.PathLike[str]) -> _changes.Reader:
    return _location.SoleReader(channel_id, journal)
