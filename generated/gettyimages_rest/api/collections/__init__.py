"""The operations of `collections`, blocking and asynchronous."""

from __future__ import annotations

import collections.abc

from ... import models, types
from ...client import AsyncClient, Client


class Collections:
    """The operations of `collections`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list(
        self,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.CollectionsList:
        """List the collections.

        Args:
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            CollectionsList: The collections.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1collections/get
        """
        from . import list_ as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request, accept_language=accept_language, extra_query=extra_query
            ),
            timeout=timeout,
            headers=headers,
        )


class AsyncCollections:
    """The operations of `collections`, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(
        self,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.CollectionsList:
        """List the collections.

        See `Collections.list`.
        """
        from . import list_ as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request, accept_language=accept_language, extra_query=extra_query
            ),
            timeout=timeout,
            headers=headers,
        )
