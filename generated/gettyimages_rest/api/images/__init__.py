"""The operations of `images`, blocking and asynchronous."""

from __future__ import annotations

import collections.abc

from ... import models, types
from ...client import AsyncClient, Client


class Images:
    """The operations of `images`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_many(
        self,
        *,
        ids: collections.abc.Sequence[str] | None = None,
        fields: collections.abc.Sequence[models.ImageDetailFieldValues] | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.ImagesDetailResults:
        """Get the metadata of images.

        Args:
            ids: Ids of the images.
            fields: Fields of each image in the response. A name that ends in `_set` stands for
                several fields. Known items: `allowed_use`, `alternative_ids`, `artist`,
                `artist_title`, `asset_family`, `call_for_image`, `caption`, `city`,
                `collection_code`, `collection_id`, `collection_name`, `color_type`, `comp`,
                `comp_webp`, `copyright`, `country`, `credit_line`, `date_camera_shot`,
                `date_created`, `date_submitted`, `detail_set`, `display_set`, `download_sizes`,
                `download_product`, `downloads`, `editorial_segments`, `editorial_source`,
                `entity_details`, `event_ids`, `graphical_style`, ....
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            ImagesDetailResults: The images found, and the ids of the others.

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

        Source: present-day.yaml, /paths/~1v3~1images/get
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
        fields: collections.abc.Sequence[models.ImageDetailFieldValues] | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.ImagesDetailResults:
        """Get the metadata of an image.

        Args:
            id: Id of the image.
            fields: Fields of each image in the response. A name that ends in `_set` stands for
                several fields. Known items: `allowed_use`, `alternative_ids`, `artist`,
                `artist_title`, `asset_family`, `call_for_image`, `caption`, `city`,
                `collection_code`, `collection_id`, `collection_name`, `color_type`, `comp`,
                `comp_webp`, `copyright`, `country`, `credit_line`, `date_camera_shot`,
                `date_created`, `date_submitted`, `detail_set`, `display_set`, `download_sizes`,
                `download_product`, `downloads`, `editorial_segments`, `editorial_source`,
                `entity_details`, `event_ids`, `graphical_style`, ....
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            ImagesDetailResults: The image, as the only one of a list.

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

        Source: present-day.yaml, /paths/~1v3~1images~1{id}/get
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
        """List the downloads of an image.

        Args:
            id: Id of the image.
            company_downloads: Whether to list the downloads of all users of the company, instead of
                those of the user for whom the request is made.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            AssetDownloadHistoryResults: The downloads of the image.

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

        Source: present-day.yaml, /paths/~1v3~1images~1{id}~1downloadhistory/get
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
        fields: collections.abc.Sequence[models.ImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.ImageSearchItemSearchResults:
        """List the images of the same series.

        Args:
            id: Id of the image.
            fields: Fields of each image in the response. A name that ends in `_set` stands for
                several fields. Known items: `accessrestriction`, `allowed_use`, `alternative_ids`,
                `artist`, `asset_family`, `call_for_image`, `caption`, `collection_code`,
                `collection_id`, `collection_name`, `color_type`, `comp`, `comp_webp`, `copyright`,
                `date_camera_shot`, `date_created`, `date_submitted`, `detail_set`, `display_set`,
                `download_product`, `download_sizes`, `editorial_segments`, `editorial_source`,
                `entity_details`, `event_ids`, `graphical_style`, `id`, `istock_collection`,
                `keywords`, `largest_downloads`, ....
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
            ImageSearchItemSearchResults: The requested page of the images.

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

        Source: present-day.yaml, /paths/~1v3~1images~1{id}~1same-series/get
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

    def iter_same_series(
        self,
        id: str,
        *,
        fields: collections.abc.Sequence[models.ImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.Iterator[models.ImageSearchItem]:
        """Iterate over the `images` of all pages of `same_series`.

        Pages are fetched as they are needed. They end with one that is empty or came before, or
        when `result_count` is reached. An item with the `id` of an earlier one is left out.

        Args:
            page: The first page to fetch; by default 1.
            page_size: The number of items on a page; by default 30.
            Any other: As for `same_series`, for every page.

        Returns:
            An iterator of ImageSearchItem.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            Any other: As for `same_series`, while iterating.

        Source: present-day.yaml, /paths/~1v3~1images~1{id}~1same-series/get
        """
        from . import same_series as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            id,
            fields=fields,
            page=page,
            page_size=page_size,
            accept_language=accept_language,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    def similar(
        self,
        id: str,
        *,
        fields: collections.abc.Sequence[models.ImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.ImageSearchItemSearchResults:
        """List similar images.

        Args:
            id: Id of the image.
            fields: Fields of each image in the response. A name that ends in `_set` stands for
                several fields. Known items: `accessrestriction`, `allowed_use`, `alternative_ids`,
                `artist`, `asset_family`, `call_for_image`, `caption`, `collection_code`,
                `collection_id`, `collection_name`, `color_type`, `comp`, `comp_webp`, `copyright`,
                `date_camera_shot`, `date_created`, `date_submitted`, `detail_set`, `display_set`,
                `download_product`, `download_sizes`, `editorial_segments`, `editorial_source`,
                `entity_details`, `event_ids`, `graphical_style`, `id`, `istock_collection`,
                `keywords`, `largest_downloads`, ....
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
            ImageSearchItemSearchResults: The requested page of the images.

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

        Source: present-day.yaml, /paths/~1v3~1images~1{id}~1similar/get
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

    def iter_similar(
        self,
        id: str,
        *,
        fields: collections.abc.Sequence[models.ImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.Iterator[models.ImageSearchItem]:
        """Iterate over the `images` of all pages of `similar`.

        Pages are fetched as they are needed. They end with one that is empty or came before, or
        when `result_count` is reached. An item with the `id` of an earlier one is left out.

        Args:
            page: The first page to fetch; by default 1.
            page_size: The number of items on a page; by default 30.
            Any other: As for `similar`, for every page.

        Returns:
            An iterator of ImageSearchItem.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            Any other: As for `similar`, while iterating.

        Source: present-day.yaml, /paths/~1v3~1images~1{id}~1similar/get
        """
        from . import similar as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            id,
            fields=fields,
            page=page,
            page_size=page_size,
            accept_language=accept_language,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )


class AsyncImages:
    """The operations of `images`, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def get_many(
        self,
        *,
        ids: collections.abc.Sequence[str] | None = None,
        fields: collections.abc.Sequence[models.ImageDetailFieldValues] | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.ImagesDetailResults:
        """Get the metadata of images.

        See `Images.get_many`.
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
        fields: collections.abc.Sequence[models.ImageDetailFieldValues] | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.ImagesDetailResults:
        """Get the metadata of an image.

        See `Images.get`.
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
        """List the downloads of an image.

        See `Images.download_history`.
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
        fields: collections.abc.Sequence[models.ImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.ImageSearchItemSearchResults:
        """List the images of the same series.

        See `Images.same_series`.
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

    def iter_same_series(
        self,
        id: str,
        *,
        fields: collections.abc.Sequence[models.ImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.AsyncIterator[models.ImageSearchItem]:
        """Iterate over the `images` of all pages of `same_series`.

        See `Images.iter_same_series`.
        """
        from . import same_series as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            id,
            fields=fields,
            page=page,
            page_size=page_size,
            accept_language=accept_language,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate_async(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    async def similar(
        self,
        id: str,
        *,
        fields: collections.abc.Sequence[models.ImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.ImageSearchItemSearchResults:
        """List similar images.

        See `Images.similar`.
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

    def iter_similar(
        self,
        id: str,
        *,
        fields: collections.abc.Sequence[models.ImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.AsyncIterator[models.ImageSearchItem]:
        """Iterate over the `images` of all pages of `similar`.

        See `Images.iter_similar`.
        """
        from . import similar as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            id,
            fields=fields,
            page=page,
            page_size=page_size,
            accept_language=accept_language,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate_async(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )
