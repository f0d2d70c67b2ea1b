"""The operations of `usage_batches`, blocking and asynchronous."""

from __future__ import annotations

import collections.abc

from ... import models, types
from ...client import AsyncClient, Client


class UsageBatches:
    """The operations of `usage_batches`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def report(
        self,
        id: str,
        *,
        asset_usages: collections.abc.Sequence[
            models.AssetUsage | collections.abc.Mapping[str, object]
        ]
        | types.Null
        | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.ReportUsageBatchResponse:
        """Report the use of assets.

        Args:
            id: Id of the image.
            asset_usages: The uses.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            ReportUsageBatchResponse: What was processed, and the assets that are not valid.

        Raises:
            InvalidArgumentError: `id` is empty, `.` or `..`, or an argument is out of bounds or
                cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            APIError: Status 409. The batch contradicts one that was reported before.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1usage-batches~1{id}/put
        """
        from . import report as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request, id, asset_usages=asset_usages, extra_query=extra_query
            ),
            timeout=timeout,
            headers=headers,
        )


class AsyncUsageBatches:
    """The operations of `usage_batches`, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def report(
        self,
        id: str,
        *,
        asset_usages: collections.abc.Sequence[
            models.AssetUsage | collections.abc.Mapping[str, object]
        ]
        | types.Null
        | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.ReportUsageBatchResponse:
        """Report the use of assets.

        See `UsageBatches.report`.
        """
        from . import report as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request, id, asset_usages=asset_usages, extra_query=extra_query
            ),
            timeout=timeout,
            headers=headers,
        )
