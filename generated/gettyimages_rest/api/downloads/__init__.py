"""The operations of `downloads`, blocking and asynchronous."""

from __future__ import annotations

import collections.abc
import datetime

from ... import models, types
from ...client import AsyncClient, Client


class Downloads:
    """The operations of `downloads`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_downloads(
        self,
        *,
        company_downloads: bool | None = None,
        end_date: datetime.date | datetime.datetime | str | None = None,
        page: int | None = None,
        page_size: int | None = None,
        product_type: models.ProductType | None = None,
        start_date: datetime.date | datetime.datetime | str | None = None,
        date_from: datetime.date | datetime.datetime | str | None = None,
        date_to: datetime.date | datetime.datetime | str | None = None,
        use_time: bool | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.DownloadHistoryPage:
        """Get Downloads.

        Args:
            company_downloads: Whether to list the downloads of all users of the company. Without
                it, or when false, only those of the user for whom the request is made. If it is not
                given, the server takes false.
            end_date: List only what was downloaded on or before this date, in ISO 8601: a date such
                as `2018-03-31`, or a date and time. Newer versions of the API know it as `date_to`
                only.
            page: Number of the page to return, counted from 1. At least `1`. If it is not given,
                the server takes `1`.
            page_size: Number of downloads on a page. From `1` to `100`. If it is not given, the
                server takes `30`.
            product_type: List only what was charged to products of this type. Known values:
                `easyaccess`, `editorialsubscription`, `imagepack`, `premiumaccess`,
                `royaltyfreesubscription`, `creditpack`, `aigen`.
            start_date: List only what was downloaded on or after this date, in ISO 8601: a date
                such as `2018-03-01`, or a date and time. Newer versions of the API know it as
                `date_from` only.
            date_from: List only what was downloaded on or after this date, in ISO 8601: what
                `start_date` is called in newer versions of the API, which ignore its time unless
                `use_time` is true. Without it, they list what was downloaded in the 30 days before
                `date_to`.
            date_to: List only what was downloaded on or before this date, in ISO 8601: what
                `end_date` is called in newer versions of the API, which ignore its time unless
                `use_time` is true. Without it, they list up to today, or to 30 days after
                `date_from` if that is earlier.
            use_time: Whether the times in `date_from` and `date_to` count, and not only their days.
                If it is not given, the server takes false.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            DownloadHistoryPage: The requested page of the history of downloads.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. There is no access token, or it is not valid
                (AuthorizationTokenRequired).
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: downloads.yaml, /paths/~1v3~1downloads/get
        """
        from . import get_downloads as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                company_downloads=company_downloads,
                end_date=end_date,
                page=page,
                page_size=page_size,
                product_type=product_type,
                start_date=start_date,
                date_from=date_from,
                date_to=date_to,
                use_time=use_time,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def history(
        self,
        *,
        company_downloads: bool | None = None,
        end_date: datetime.date | datetime.datetime | str | None = None,
        page: int | None = None,
        page_size: int | None = None,
        product_type: models.ProductType | None = None,
        start_date: datetime.date | datetime.datetime | str | None = None,
        date_from: datetime.date | datetime.datetime | str | None = None,
        date_to: datetime.date | datetime.datetime | str | None = None,
        use_time: bool | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.Iterator[models.DownloadRecord]:
        """Iterate over the `downloads` of all pages of `get_downloads`.

        Pages are fetched as they are needed. They end with one that is empty or came before, or
        when `result_count` is reached.

        Args:
            page: The first page to fetch; by default 1.
            page_size: The number of items on a page; by default 30.
            Any other: As for `get_downloads`, for every page.

        Returns:
            An iterator of DownloadRecord.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            Any other: As for `get_downloads`, while iterating.

        Source: downloads.yaml, /paths/~1v3~1downloads/get
        """
        from . import get_downloads as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            company_downloads=company_downloads,
            end_date=end_date,
            page=page,
            page_size=page_size,
            product_type=product_type,
            start_date=start_date,
            date_from=date_from,
            date_to=date_to,
            use_time=use_time,
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

    def request_image_download(
        self,
        id: str,
        *,
        auto_download: bool | None = None,
        file_type: str | None = None,
        height: int | None = None,
        product_id: int | None = None,
        product_type: models.ProductType | None = None,
        use_team_credits: bool | None = None,
        accept_language: str | None = None,
        download_notes: str | types.Null | None = None,
        project_code: str | types.Null | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.DownloadUri | types.Redirect:
        """Download an image.

        Each call spends something that has been paid for: one that may have worked is not to be
        repeated.

        Args:
            id: Id of the image to download.
            auto_download: Whether to respond with a redirect to the file (true, as without it) or
                with the address of the file as JSON (false). Either way one download is used up. If
                it is not given, the server takes true.
            file_type: File type wanted, as a file extension of three letters; usually `jpg` or
                `eps`.
            height: Height of the image wanted, in pixels. At least `1`.
            product_id: Id of the product to charge, among the customer's products of the type that
                `product_type` names.
            product_type: Type of the product to charge the download to. Known values: `easyaccess`,
                `editorialsubscription`, `imagepack`, `premiumaccess`, `royaltyfreesubscription`,
                `creditpack`, `aigen`.
            use_team_credits: Whether to pay with credits of the team. Only newer versions of the
                API know it. If it is not given, the server takes false.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            download_notes: Free text about the download.
            project_code: Code of the project that the download is for.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            DownloadUri: With `auto_download=false`, the address of the file. One download is used
                up.
            Redirect: With `auto_download=true`, or without it: a redirect to the file. One download
                is used up.

        Raises:
            InvalidArgumentError: `id` is empty, `.` or `..`, or an argument is out of bounds or
                cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing or not valid
                (MissingRequiredQueryParameters).
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The download limit is reached (OverageLimitReached),
                or the image is not licensed to the customer.
            NotFoundError: Status 404. There is no such image (ImageNotFound).
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: downloads.yaml, /paths/~1v3~1downloads~1images~1{id}/post
        """
        from . import request_image_download as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                id,
                auto_download=auto_download,
                file_type=file_type,
                height=height,
                product_id=product_id,
                product_type=product_type,
                use_team_credits=use_team_credits,
                accept_language=accept_language,
                download_notes=download_notes,
                project_code=project_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def request_video_download(
        self,
        id: str,
        *,
        auto_download: bool | None = None,
        product_id: int | None = None,
        product_type: models.ProductType | None = None,
        size: str | None = None,
        use_team_credits: bool | None = None,
        accept_language: str | None = None,
        download_notes: str | types.Null | None = None,
        project_code: str | types.Null | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.DownloadUri | types.Redirect:
        """Download a video.

        Each call spends something that has been paid for: one that may have worked is not to be
        repeated.

        Args:
            id: Id of the video.
            auto_download: Whether to respond with a redirect to the file (true) or with the address
                of the file as JSON (false, as without it). Either way one download is used up. If
                it is not given, the server takes false.
            product_id: Id of the product to charge, among the customer's products of the type that
                `product_type` names.
            product_type: Type of the product to charge the download to. Known values: `easyaccess`,
                `editorialsubscription`, `imagepack`, `premiumaccess`, `royaltyfreesubscription`,
                `creditpack`, `aigen`.
            size: Name of the size to download.
            use_team_credits: Whether to pay with credits of the team.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            download_notes: Free text about the download.
            project_code: Code of the project that the download is for.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            DownloadUri: With `auto_download=false`, or without it: the address of the file. One
                download is used up.
            Redirect: With `auto_download=true`: a redirect to the file. One download is used up.

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

        Source: present-day.yaml, /paths/~1v3~1downloads~1videos~1{id}/post
        """
        from . import request_video_download as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                id,
                auto_download=auto_download,
                product_id=product_id,
                product_type=product_type,
                size=size,
                use_team_credits=use_team_credits,
                accept_language=accept_language,
                download_notes=download_notes,
                project_code=project_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )


class AsyncDownloads:
    """The operations of `downloads`, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def get_downloads(
        self,
        *,
        company_downloads: bool | None = None,
        end_date: datetime.date | datetime.datetime | str | None = None,
        page: int | None = None,
        page_size: int | None = None,
        product_type: models.ProductType | None = None,
        start_date: datetime.date | datetime.datetime | str | None = None,
        date_from: datetime.date | datetime.datetime | str | None = None,
        date_to: datetime.date | datetime.datetime | str | None = None,
        use_time: bool | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.DownloadHistoryPage:
        """Get Downloads.

        See `Downloads.get_downloads`.
        """
        from . import get_downloads as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                company_downloads=company_downloads,
                end_date=end_date,
                page=page,
                page_size=page_size,
                product_type=product_type,
                start_date=start_date,
                date_from=date_from,
                date_to=date_to,
                use_time=use_time,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def history(
        self,
        *,
        company_downloads: bool | None = None,
        end_date: datetime.date | datetime.datetime | str | None = None,
        page: int | None = None,
        page_size: int | None = None,
        product_type: models.ProductType | None = None,
        start_date: datetime.date | datetime.datetime | str | None = None,
        date_from: datetime.date | datetime.datetime | str | None = None,
        date_to: datetime.date | datetime.datetime | str | None = None,
        use_time: bool | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.AsyncIterator[models.DownloadRecord]:
        """Iterate over the `downloads` of all pages of `get_downloads`.

        See `Downloads.history`.
        """
        from . import get_downloads as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            company_downloads=company_downloads,
            end_date=end_date,
            page=page,
            page_size=page_size,
            product_type=product_type,
            start_date=start_date,
            date_from=date_from,
            date_to=date_to,
            use_time=use_time,
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

    async def request_image_download(
        self,
        id: str,
        *,
        auto_download: bool | None = None,
        file_type: str | None = None,
        height: int | None = None,
        product_id: int | None = None,
        product_type: models.ProductType | None = None,
        use_team_credits: bool | None = None,
        accept_language: str | None = None,
        download_notes: str | types.Null | None = None,
        project_code: str | types.Null | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.DownloadUri | types.Redirect:
        """Download an image.

        See `Downloads.request_image_download`.
        """
        from . import request_image_download as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                id,
                auto_download=auto_download,
                file_type=file_type,
                height=height,
                product_id=product_id,
                product_type=product_type,
                use_team_credits=use_team_credits,
                accept_language=accept_language,
                download_notes=download_notes,
                project_code=project_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def request_video_download(
        self,
        id: str,
        *,
        auto_download: bool | None = None,
        product_id: int | None = None,
        product_type: models.ProductType | None = None,
        size: str | None = None,
        use_team_credits: bool | None = None,
        accept_language: str | None = None,
        download_notes: str | types.Null | None = None,
        project_code: str | types.Null | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.DownloadUri | types.Redirect:
        """Download a video.

        See `Downloads.request_video_download`.
        """
        from . import request_video_download as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                id,
                auto_download=auto_download,
                product_id=product_id,
                product_type=product_type,
                size=size,
                use_team_credits=use_team_credits,
                accept_language=accept_language,
                download_notes=download_notes,
                project_code=project_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )
