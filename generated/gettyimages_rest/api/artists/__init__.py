"""The operations of `artists`, blocking and asynchronous."""

from __future__ import annotations

import collections.abc

from ... import models, types
from ...client import AsyncClient, Client


class Artists:
    """The operations of `artists`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def images(
        self,
        *,
        artist_name: str | None = None,
        fields: collections.abc.Sequence[models.ArtistsImageSearchFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """List the images of an artist.

        Args:
            artist_name: Name of the artist.
            fields: Fields of each image in the response. A name that ends in `_set` stands for
                several fields. Known items: `id`, `allowed_use`, `alternative_ids`, `artist`,
                `asset_family`, `asset_type`, `call_for_image`, `caption`, `collection_id`,
                `collection_code`, `collection_name`, `comp`, `comp_webp`, `copyright`,
                `date_created`, `date_submitted`, `detail_set`, `display_set`, `editorial_segments`,
                `event_ids`, `graphical_style`, `high_res_comp_webp`, `keywords`, `license_model`,
                `max_dimensions`, `mid_res_comp_webp`, `orientation`, `preview`, `product_types`,
                `quality_rank`, ....
            page: Number of the page to return, counted from 1. At least `1`. If it is not given,
                the server takes `1`.
            page_size: Number of images on a page. At least `1`. If it is not given, the server
                takes `10`.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            JSON: The requested page of the images.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1artists~1images/get
        """
        from . import images as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                artist_name=artist_name,
                fields=fields,
                page=page,
                page_size=page_size,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def videos(
        self,
        *,
        artist_name: str | None = None,
        fields: collections.abc.Sequence[models.ArtistsVideoSearchFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """List the videos of an artist.

        Args:
            artist_name: Name of the artist.
            fields: Fields of each video in the response. A name that ends in `_set` stands for
                several fields. Known items: `id`, `allowed_use`, `alternative_ids`, `artist`,
                `asset_family`, `asset_type`, `call_for_image`, `caption`, `clip_length`,
                `collection_id`, `collection_code`, `collection_name`, `comp`, `copyright`,
                `date_created`, `date_submitted`, `detail_set`, `display_set`, `editorial_segments`,
                `event_ids`, `graphical_style`, `keywords`, `license_model`, `max_dimensions`,
                `orientation`, `preview`, `product_types`, `quality_rank`, `referral_destinations`,
                `summary_set`, ....
            page: Number of the page to return, counted from 1. At least `1`. If it is not given,
                the server takes `1`.
            page_size: Number of videos on a page. At least `1`. If it is not given, the server
                takes `10`.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            JSON: The requested page of the videos.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1artists~1videos/get
        """
        from . import videos as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                artist_name=artist_name,
                fields=fields,
                page=page,
                page_size=page_size,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )


class AsyncArtists:
    """The operations of `artists`, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def images(
        self,
        *,
        artist_name: str | None = None,
        fields: collections.abc.Sequence[models.ArtistsImageSearchFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """List the images of an artist.

        See `Artists.images`.
        """
        from . import images as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                artist_name=artist_name,
                fields=fields,
                page=page,
                page_size=page_size,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def videos(
        self,
        *,
        artist_name: str | None = None,
        fields: collections.abc.Sequence[models.ArtistsVideoSearchFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """List the videos of an artist.

        See `Artists.videos`.
        """
        from . import videos as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                artist_name=artist_name,
                fields=fields,
                page=page,
                page_size=page_size,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )
