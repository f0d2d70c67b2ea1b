"""The operations of `videos`, blocking and asynchronous."""

from __future__ import annotations

import collections.abc

from ... import models, types
from ...client import AsyncClient, Client


class Videos:
    """The operations of `videos`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_many(
        self,
        *,
        ids: collections.abc.Sequence[str] | None = None,
        fields: collections.abc.Sequence[models.VideoDetailFieldValues] | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """Get the metadata of videos.

        Args:
            ids: Ids of the videos.
            fields: Fields of each video in the response. A name that ends in `_set` stands for
                several fields. Known items: `id`, `allowed_use`, `artist`, `asset_family`,
                `call_for_image`, `caption`, `city`, `clip_length`, `collection_code`,
                `collection_id`, `collection_name`, `color_type`, `comp`, `copyright`, `country`,
                `date_created`, `date_submitted`, `detail_set`, `display_set`, `download_sizes`,
                `download_product`, `downloads`, `editorial_segments`, `entity_details`, `era`,
                `event_ids`, `is_ai_editable`, `istock_collection`, `istock_licenses`, `key_frames`,
                ....
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            JSON: The videos found.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.
            ServerError: Status 500. The API failed.

        Source: present-day.yaml, /paths/~1v3~1videos/get
        """
        from . import get_many as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                ids=ids,
                fields=fields,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def get(
        self,
        id: str,
        *,
        fields: collections.abc.Sequence[models.VideoDetailFieldValues] | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """Get the metadata of a video.

        Args:
            id: Id of the video.
            fields: Fields of each video in the response. A name that ends in `_set` stands for
                several fields. Known items: `id`, `allowed_use`, `artist`, `asset_family`,
                `call_for_image`, `caption`, `city`, `clip_length`, `collection_code`,
                `collection_id`, `collection_name`, `color_type`, `comp`, `copyright`, `country`,
                `date_created`, `date_submitted`, `detail_set`, `display_set`, `download_sizes`,
                `download_product`, `downloads`, `editorial_segments`, `entity_details`, `era`,
                `event_ids`, `is_ai_editable`, `istock_collection`, `istock_licenses`, `key_frames`,
                ....
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            JSON: The video.

        Raises:
            InvalidArgumentError: `id` is empty, `.` or `..`, or an argument is out of bounds or
                cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.
            ServerError: Status 500. The API failed.

        Source: present-day.yaml, /paths/~1v3~1videos~1{id}/get
        """
        from . import get as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                id,
                fields=fields,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def download_history(
        self,
        id: str,
        *,
        company_downloads: bool | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.AssetDownloadHistoryResults:
        """List the downloads of a video.

        Args:
            id: Id of the video.
            company_downloads: Whether to list the downloads of all users of the company, instead of
                those of the user for whom the request is made.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            AssetDownloadHistoryResults: The downloads of the video.

        Raises:
            InvalidArgumentError: `id` is empty, `.` or `..`, or an argument is out of bounds or
                cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.
            ServerError: Status 500. The API failed.

        Source: present-day.yaml, /paths/~1v3~1videos~1{id}~1downloadhistory/get
        """
        from . import download_history as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                id,
                company_downloads=company_downloads,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def same_series(
        self,
        id: str,
        *,
        fields: collections.abc.Sequence[models.AssociatedVideoDetailFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """List the videos of the same series.

        Args:
            id: Id of the video.
            fields: Fields of each video in the response. A name that ends in `_set` stands for
                several fields. Known items: `allowed_use`, `artist`, `aspect_ratio`,
                `asset_family`, `call_for_image`, `caption`, `clip_length`, `collection_code`,
                `collection_id`, `collection_name`, `color_type`, `comp`, `copyright`,
                `date_created`, `date_submitted`, `detail_set`, `display_set`, `download_product`,
                `download_sizes`, `editorial_segments`, `entity_details`, `era`, `event_ids`, `id`,
                `istock_collection`, `keywords`, `largest_downloads`, `license_model`,
                `mastered_to`, `orientation`, ....
            page: Number of the page to return, counted from 1. At least `1`. If it is not given,
                the server takes `1`.
            page_size: Number of items on a page. At least `1`. If it is not given, the server takes
                `30`.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            JSON: The requested page of the videos.

        Raises:
            InvalidArgumentError: `id` is empty, `.` or `..`, or an argument is out of bounds or
                cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.
            ServerError: Status 500. The API failed.

        Source: present-day.yaml, /paths/~1v3~1videos~1{id}~1same-series/get
        """
        from . import same_series as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                id,
                fields=fields,
                page=page,
                page_size=page_size,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def similar(
        self,
        id: str,
        *,
        fields: collections.abc.Sequence[models.AssociatedVideoDetailFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """List similar videos.

        Args:
            id: Id of the video.
            fields: Fields of each video in the response. A name that ends in `_set` stands for
                several fields. Known items: `allowed_use`, `artist`, `aspect_ratio`,
                `asset_family`, `call_for_image`, `caption`, `clip_length`, `collection_code`,
                `collection_id`, `collection_name`, `color_type`, `comp`, `copyright`,
                `date_created`, `date_submitted`, `detail_set`, `display_set`, `download_product`,
                `download_sizes`, `editorial_segments`, `entity_details`, `era`, `event_ids`, `id`,
                `istock_collection`, `keywords`, `largest_downloads`, `license_model`,
                `mastered_to`, `orientation`, ....
            page: Number of the page to return, counted from 1. At least `1`. If it is not given,
                the server takes `1`.
            page_size: Number of items on a page. At least `1`. If it is not given, the server takes
                `30`.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            JSON: The requested page of the videos.

        Raises:
            InvalidArgumentError: `id` is empty, `.` or `..`, or an argument is out of bounds or
                cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.
            ServerError: Status 500. The API failed.

        Source: present-day.yaml, /paths/~1v3~1videos~1{id}~1similar/get
        """
        from . import similar as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                id,
                fields=fields,
                page=page,
                page_size=page_size,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )


class AsyncVideos:
    """The operations of `videos`, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def get_many(
        self,
        *,
        ids: collections.abc.Sequence[str] | None = None,
        fields: collections.abc.Sequence[models.VideoDetailFieldValues] | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """Get the metadata of videos.

        See `Videos.get_many`.
        """
        from . import get_many as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                ids=ids,
                fields=fields,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def get(
        self,
        id: str,
        *,
        fields: collections.abc.Sequence[models.VideoDetailFieldValues] | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """Get the metadata of a video.

        See `Videos.get`.
        """
        from . import get as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                id,
                fields=fields,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def download_history(
        self,
        id: str,
        *,
        company_downloads: bool | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.AssetDownloadHistoryResults:
        """List the downloads of a video.

        See `Videos.download_history`.
        """
        from . import download_history as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                id,
                company_downloads=company_downloads,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def same_series(
        self,
        id: str,
        *,
        fields: collections.abc.Sequence[models.AssociatedVideoDetailFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """List the videos of the same series.

        See `Videos.same_series`.
        """
        from . import same_series as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                id,
                fields=fields,
                page=page,
                page_size=page_size,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def similar(
        self,
        id: str,
        *,
        fields: collections.abc.Sequence[models.AssociatedVideoDetailFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """List similar videos.

        See `Videos.similar`.
        """
        from . import similar as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                id,
                fields=fields,
                page=page,
                page_size=page_size,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )
