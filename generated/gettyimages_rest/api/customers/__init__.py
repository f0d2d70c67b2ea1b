"""The operations of `customers`, blocking and asynchronous."""

from __future__ import annotations

import collections.abc

from ... import models, types
from ...client import AsyncClient, Client


class Customers:
    """The operations of `customers`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def current(
        self,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.CustomerInfoResponse:
        """Get the current customer.

        Args:
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            CustomerInfoResponse: The customer for whom the request is made.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.
            ServerError: Status 503. The API cannot say this at the moment.

        Source: present-day.yaml, /paths/~1v3~1customers~1current/get
        """
        from . import current as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request, accept_language=accept_language, extra_query=extra_query
            ),
            timeout=timeout,
            headers=headers,
        )


class AsyncCustomers:
    """The operations of `customers`, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def current(
        self,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.CustomerInfoResponse:
        """Get the current customer.

        See `Customers.current`.
        """
        from . import current as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request, accept_language=accept_language, extra_query=extra_query
            ),
            timeout=timeout,
            headers=headers,
        )
