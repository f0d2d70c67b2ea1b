"""The operations of `asset_registrations`, blocking and asynchronous."""

from __future__ import annotations

import collections.abc

from ... import types
from ...client import AsyncClient, Client


class AssetRegistrations:
    """The operations of `asset_registrations`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def register(
        self,
        *,
        asset_ids: collections.abc.Sequence[str],
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Register Assets.

        Args:
            asset_ids: Ids of assets that the customer has stored in a system of its own.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            None: The assets are registered. There is no body.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. There is no access token, or it is not valid
                (AuthorizationTokenRequired).
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.
            ServerError: Status 500. The assets could not be registered (AssetRegistrationFailed).

        Source: asset-registrations.yaml, /paths/~1v3~1asset-registrations/post
        """
        from . import register as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                accept_language=accept_language,
                asset_ids=asset_ids,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )


class AsyncAssetRegistrations:
    """The operations of `asset_registrations`, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def register(
        self,
        *,
        asset_ids: collections.abc.Sequence[str],
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Register Assets.

        See `AssetRegistrations.register`.
        """
        from . import register as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                accept_language=accept_language,
                asset_ids=asset_ids,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )
