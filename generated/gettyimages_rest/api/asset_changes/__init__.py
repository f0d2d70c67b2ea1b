"""The operations of `asset_changes`, blocking and asynchronous."""

from __future__ import annotations

import collections.abc

from ... import models, types
from ...client import AsyncClient, Client


class AssetChanges:
    """The operations of `asset_changes`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_change_set(
        self,
        *,
        channel_id: int,
        batch_size: int | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.ChangeSet | None:
        """Get Asset Change Notifications.

        Args:
            channel_id: Id of the channel whose notifications to return.
            batch_size: Number of assets to return at most. Without it the server decides: 10 in
                older versions of the API, 2200 in newer ones. From `1` to `2200`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            ChangeSet (200): The current change set of the channel. No body when the channel holds
                nothing.
            ChangeSet (201): The same as 200.
            None: The success came without a body.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. The id of the channel or the batch size is not valid
                (InvalidChannelId).
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The access token is not authorised for asset changes.
            NotFoundError: Status 404. There is no such channel.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: asset-changes.yaml, /paths/~1v3~1asset-changes~1change-sets/put
        """
        from . import get_change_set as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                batch_size=batch_size,
                channel_id=channel_id,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def confirm_change_set(
        self,
        change_set_id: int | str,
        *,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Confirm a change set.

        Args:
            change_set_id: Id of the change set, as it says itself.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            None: The change set is confirmed. There is no body.

        Raises:
            InvalidArgumentError: `change_set_id` is empty, `.` or `..`, or an argument is out of
                bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The access token is not authorised for asset changes.
            NotFoundError: Status 404. There is no such change set.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.
        """
        from . import confirm_change_set as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(_operation.build_request, change_set_id, extra_query=extra_query),
            timeout=timeout,
            headers=headers,
        )

    def get_channels(
        self,
        *,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> list[models.Channel]:
        """Get channels.

        Args:
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            list[Channel]: The channels.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.
        """
        from . import get_channels as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(_operation.build_request, extra_query=extra_query),
            timeout=timeout,
            headers=headers,
        )


class AsyncAssetChanges:
    """The operations of `asset_changes`, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def get_change_set(
        self,
        *,
        channel_id: int,
        batch_size: int | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.ChangeSet | None:
        """Get Asset Change Notifications.

        See `AssetChanges.get_change_set`.
        """
        from . import get_change_set as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                batch_size=batch_size,
                channel_id=channel_id,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def confirm_change_set(
        self,
        change_set_id: int | str,
        *,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Confirm a change set.

        See `AssetChanges.confirm_change_set`.
        """
        from . import confirm_change_set as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(_operation.build_request, change_set_id, extra_query=extra_query),
            timeout=timeout,
            headers=headers,
        )

    async def get_channels(
        self,
        *,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> list[models.Channel]:
        """Get channels.

        See `AssetChanges.get_channels`.
        """
        from . import get_channels as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(_operation.build_request, extra_query=extra_query),
            timeout=timeout,
            headers=headers,
        )
