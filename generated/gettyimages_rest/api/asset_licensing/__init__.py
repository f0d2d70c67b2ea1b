"""The operations of `asset_licensing`, blocking and asynchronous."""

from __future__ import annotations

import collections.abc

from ... import models, types
from ...client import AsyncClient, Client


class AssetLicensing:
    """The operations of `asset_licensing`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def acquire(
        self,
        asset_id: str,
        *,
        extended_licenses: collections.abc.Sequence[models.ExtendedLicenses],
        accept_language: str | None = None,
        use_team_credits: bool | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.AssetLicensingResponse:
        """Acquire extended licenses for an asset.

        Each call spends something that has been paid for: one that may have worked is not to be
        repeated.

        Args:
            asset_id: Id of the asset.
            extended_licenses: The licenses to acquire. Known items: `multiseat`, `unlimited`,
                `resale`, `indemnification`.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            use_team_credits: Whether to pay with credits of the team.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            AssetLicensingResponse: The licenses that were acquired, and the credits used.

        Raises:
            InvalidArgumentError: `asset_id` is empty, `.` or `..`, or an argument is out of bounds
                or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            APIError: Status 402. The customer's credits do not suffice.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1asset-licensing~1{assetId}/post
        """
        from . import acquire as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                asset_id,
                accept_language=accept_language,
                extended_licenses=extended_licenses,
                use_team_credits=use_team_credits,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )


class AsyncAssetLicensing:
    """The operations of `asset_licensing`, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def acquire(
        self,
        asset_id: str,
        *,
        extended_licenses: collections.abc.Sequence[models.ExtendedLicenses],
        accept_language: str | None = None,
        use_team_credits: bool | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.AssetLicensingResponse:
        """Acquire extended licenses for an asset.

        See `AssetLicensing.acquire`.
        """
        from . import acquire as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                asset_id,
                accept_language=accept_language,
                extended_licenses=extended_licenses,
                use_team_credits=use_team_credits,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )
