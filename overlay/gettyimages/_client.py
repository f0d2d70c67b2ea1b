"""The clients: the generated resources, with httpx beneath."""

from __future__ import annotations

import threading
import typing
from collections.abc import Mapping

from gettyimages_rest import AsyncClient, Client, types

from ._errors import APIConnectionError
from ._exchange import Answer, origin, refuse_failures, request_headers

if typing.TYPE_CHECKING:
    import httpx

T = typing.TypeVar("T")

BASE_URL = "https://api.gettyimages.com"


class GettyImages(Client):
    """The Getty Images API.

    Args:
        api_key: The key of your account.
        access_token: A token to act for a customer, as most operations do.
        base_url: Scheme and host of the API; https, or http on this machine.
        timeout: Seconds to wait for the server at each step, unless a call says otherwise.
    """

    def __init__(
        self,
        *,
        api_key: str,
        access_token: str | None = None,
        base_url: str = BASE_URL,
        timeout: float = 60.0,
    ) -> None:
        self._origin = origin(base_url, api_key, access_token)
        self._timeout = timeout
        self._lock = threading.Lock()
        self._http: httpx.Client | None = None

    def call(
        self,
        operation: types.Operation[T],
        request: types.Request,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> T:
        """Send the request of an operation and parse the answer.

        Raises:
            APIError: The API answered, but not with a success.
            APIConnectionError: No answer came.
        """
        import httpx

        try:
            response = self._connected().request(
                request.method,
                self._origin.base_url + request.target,
                headers=request_headers(self._origin, request, headers),
                content=request.body.content if request.body else None,
                timeout=self._timeout if timeout is None else timeout,
            )
        except httpx.TransportError as error:
            raise APIConnectionError(f"{operation.name}: {type(error).__name__}") from None
        answer = Answer(response.status_code, response.headers, response.content)
        refuse_failures(operation, answer)
        return operation.parse_response(answer)

    def close(self) -> None:
        """Close the connections. The client opens new ones when it is used again."""
        with self._lock:
            if self._http is not None:
                self._http.close()
                self._http = None

    def _connected(self) -> httpx.Client:
        import httpx

        with self._lock:
            if self._http is None:
                # A redirect is an answer here. A proxy of the environment must not read plain http.
                self._http = httpx.Client(follow_redirects=False, trust_env=self._origin.encrypted)
            return self._http

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> typing.NoReturn:
        raise TypeError("a client cannot be pickled: it holds credentials")


class AsyncGettyImages(AsyncClient):
    """The Getty Images API, to be awaited.

    Args:
        api_key: The key of your account.
        access_token: A token to act for a customer, as most operations do.
        base_url: Scheme and host of the API; https, or http on this machine.
        timeout: Seconds to wait for the server at each step, unless a call says otherwise.
    """

    def __init__(
        self,
        *,
        api_key: str,
        access_token: str | None = None,
        base_url: str = BASE_URL,
        timeout: float = 60.0,
    ) -> None:
        self._origin = origin(base_url, api_key, access_token)
        self._timeout = timeout
        self._http: httpx.AsyncClient | None = None

    async def call(
        self,
        operation: types.Operation[T],
        request: types.Request,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> T:
        """Send the request of an operation and parse the answer.

        Raises:
            APIError: The API answered, but not with a success.
            APIConnectionError: No answer came.
        """
        import httpx

        try:
            response = await self._connected().request(
                request.method,
                self._origin.base_url + request.target,
                headers=request_headers(self._origin, request, headers),
                content=request.body.content if request.body else None,
                timeout=self._timeout if timeout is None else timeout,
            )
        except httpx.TransportError as error:
            raise APIConnectionError(f"{operation.name}: {type(error).__name__}") from None
        answer = Answer(response.status_code, response.headers, response.content)
        refuse_failures(operation, answer)
        return operation.parse_response(answer)

    async def aclose(self) -> None:
        """Close the connections. The client opens new ones when it is used again."""
        if self._http is not None:
            http, self._http = self._http, None
            await http.aclose()

    def _connected(self) -> httpx.AsyncClient:
        import httpx

        if self._http is None:
            # A redirect is an answer here. A proxy of the environment must not read plain http.
            self._http = httpx.AsyncClient(follow_redirects=False, trust_env=self._origin.encrypted)
        return self._http

    async def __aenter__(self) -> typing.Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __reduce__(self) -> typing.NoReturn:
        raise TypeError("a client cannot be pickled: it holds credentials")
