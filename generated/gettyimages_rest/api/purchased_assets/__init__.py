"""The operations of `purchased_assets`, blocking and asynchronous."""

from __future__ import annotations

import collections.abc
import datetime

from ... import models, types
from ...client import AsyncClient, Client


class PurchasedAssets:
    """The operations of `purchased_assets`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list(
        self,
        *,
        page: int | None = None,
        page_size: int | None = None,
        company_purchases: bool | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.PreviousAssetPurchases:
        """List the purchased assets.

        Args:
            page: Number of the page to return, counted from 1. At least `1`. If it is not given,
                the server takes `1`.
            page_size: Number of purchases on a page. At least `1`. If it is not given, the server
                takes `75`.
            company_purchases: Whether to list the purchases of all users of the company, instead of
                those of the user for whom the request is made. If it is not given, the server takes
                false.
            date_from: Only what was purchased on or after this date.
            date_to: Only what was purchased on or before this date.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            PreviousAssetPurchases: The requested page of the purchases.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1purchased-assets/get
        """
        from . import list_ as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                page=page,
                page_size=page_size,
                company_purchases=company_purchases,
                date_from=date_from,
                date_to=date_to,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_list(
        self,
        *,
        page: int | None = None,
        page_size: int | None = None,
        company_purchases: bool | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.Iterator[models.PreviousAssetPurchase]:
        """Iterate over the `previous_purchases` of all pages of `list`.

        Pages are fetched as they are needed. They end with one that is empty or came before, or
        when `result_count` is reached.

        Args:
            page: The first page to fetch; by default 1.
            page_size: The number of items on a page; by default 75.
            Any other: As for `list`, for every page.

        Returns:
            An iterator of PreviousAssetPurchase.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            Any other: As for `list`, while iterating.

        Source: present-day.yaml, /paths/~1v3~1purchased-assets/get
        """
        from . import list_ as _operation

        page = 1 if page is None else page
        page_size = 75 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            page=page,
            page_size=page_size,
            company_purchases=company_purchases,
            date_from=date_from,
            date_to=date_to,
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


class AsyncPurchasedAssets:
    """The operations of `purchased_assets`, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(
        self,
        *,
        page: int | None = None,
        page_size: int | None = None,
        company_purchases: bool | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.PreviousAssetPurchases:
        """List the purchased assets.

        See `PurchasedAssets.list`.
        """
        from . import list_ as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                page=page,
                page_size=page_size,
                company_purchases=company_purchases,
                date_from=date_from,
                date_to=date_to,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_list(
        self,
        *,
        page: int | None = None,
        page_size: int | None = None,
        company_purchases: bool | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.AsyncIterator[models.PreviousAssetPurchase]:
        """Iterate over the `previous_purchases` of all pages of `list`.

        See `PurchasedAssets.iter_list`.
        """
        from . import list_ as _operation

        page = 1 if page is None else page
        page_size = 75 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            page=page,
            page_size=page_size,
            company_purchases=company_purchases,
            date_from=date_from,
            date_to=date_to,
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
