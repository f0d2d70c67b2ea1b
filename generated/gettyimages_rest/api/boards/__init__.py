"""The operations of `boards`, blocking and asynchronous."""

from __future__ import annotations

import collections.abc

from ... import models, types
from ...client import AsyncClient, Client


class Boards:
    """The operations of `boards`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def list(
        self,
        *,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.BoardSortOrder | None = None,
        board_relationship: models.BoardRelationship | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.BoardList:
        """List the boards.

        Args:
            page: Number of the page to return, counted from 1. At least `1`. If it is not given,
                the server takes `1`.
            page_size: Number of boards on a page. At least `1`. If it is not given, the server
                takes `30`.
            sort_order: How the items of all pages are sorted. Known values:
                `date_last_updated_descending`, `date_last_updated_ascending`, `name_ascending`,
                `name_decending`.
            board_relationship: Only boards to which the user has this relationship. Known values:
                `owned`, `invited`.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            BoardList: The requested page of the boards.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1boards/get
        """
        from . import list_ as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                page=page,
                page_size=page_size,
                sort_order=sort_order,
                board_relationship=board_relationship,
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
        sort_order: models.BoardSortOrder | None = None,
        board_relationship: models.BoardRelationship | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.Iterator[models.BoardListBoard]:
        """Iterate over the `boards` of all pages of `list`.

        Pages are fetched as they are needed. They end with one that is empty or came before, or
        when `board_count` is reached. An item with the `id` of an earlier one is left out.

        Args:
            page: The first page to fetch; by default 1.
            page_size: The number of items on a page; by default 30.
            Any other: As for `list`, for every page.

        Returns:
            An iterator of BoardListBoard.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            Any other: As for `list`, while iterating.

        Source: present-day.yaml, /paths/~1v3~1boards/get
        """
        from . import list_ as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            page=page,
            page_size=page_size,
            sort_order=sort_order,
            board_relationship=board_relationship,
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

    def create(
        self,
        *,
        name: str,
        accept_language: str | None = None,
        description: str | types.Null | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.BoardCreated:
        """Create a board.

        Args:
            name: Name of the board.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            description: Description of the board.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            BoardCreated: The board is created.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1boards/post
        """
        from . import create as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                accept_language=accept_language,
                name=name,
                description=description,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def get(
        self,
        board_id: str,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.BoardDetail:
        """Get a board.

        Args:
            board_id: Id of the board.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            BoardDetail: The board, with its assets.

        Raises:
            InvalidArgumentError: `board_id` is empty, `.` or `..`, or an argument is out of bounds
                or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1boards~1{board_id}/get
        """
        from . import get as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def update(
        self,
        board_id: str,
        *,
        name: str,
        accept_language: str | None = None,
        description: str | types.Null | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Change the name and description of a board.

        Args:
            board_id: Id of the board.
            name: Name of the board.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            description: Description of the board.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            None (200): The board is changed. There is no body.
            None (204): The board is changed. There is no body.

        Raises:
            InvalidArgumentError: `board_id` is empty, `.` or `..`, or an argument is out of bounds
                or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1boards~1{board_id}/put
        """
        from . import update as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                accept_language=accept_language,
                name=name,
                description=description,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def delete(
        self,
        board_id: str,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Delete a board.

        Args:
            board_id: Id of the board.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            None (200): The board is deleted. There is no body.
            None (204): The board is deleted. There is no body.

        Raises:
            InvalidArgumentError: `board_id` is empty, `.` or `..`, or an argument is out of bounds
                or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1boards~1{board_id}/delete
        """
        from . import delete as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def add_assets(
        self,
        board_id: str,
        *,
        body: collections.abc.Sequence[models.BoardAsset | collections.abc.Mapping[str, object]],
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.AddBoardAssetsResult:
        """Add assets to a board.

        Args:
            board_id: Id of the board.
            body: The assets to add.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            AddBoardAssetsResult: The assets that were added, and the ids of those that were not.

        Raises:
            InvalidArgumentError: `board_id` is empty, `.` or `..`, or an argument is out of bounds
                or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1boards~1{board_id}~1assets/put
        """
        from . import add_assets as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                accept_language=accept_language,
                body=body,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def remove_assets(
        self,
        board_id: str,
        *,
        asset_ids: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Remove assets from a board.

        Args:
            board_id: Id of the board.
            asset_ids: Ids of the assets.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            None: The assets are removed. There is no body.

        Raises:
            InvalidArgumentError: `board_id` is empty, `.` or `..`, or an argument is out of bounds
                or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1boards~1{board_id}~1assets/delete
        """
        from . import remove_assets as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                asset_ids=asset_ids,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def add_asset(
        self,
        board_id: str,
        asset_id: str,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Add an asset to a board.

        Args:
            board_id: Id of the board.
            asset_id: Id of the asset.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            None: The asset is added. There is no body.

        Raises:
            InvalidArgumentError: `board_id` or `asset_id` is empty, `.` or `..`, or an argument is
                out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1boards~1{board_id}~1assets~1{asset_id}/put
        """
        from . import add_asset as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                asset_id,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def remove_asset(
        self,
        board_id: str,
        asset_id: str,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Remove an asset from a board.

        Args:
            board_id: Id of the board.
            asset_id: Id of the asset.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            None: The asset is removed. There is no body.

        Raises:
            InvalidArgumentError: `board_id` or `asset_id` is empty, `.` or `..`, or an argument is
                out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1boards~1{board_id}~1assets~1{asset_id}/delete
        """
        from . import remove_asset as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                asset_id,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def list_comments(
        self,
        board_id: str,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.CommentsList:
        """List the comments on a board.

        Args:
            board_id: Id of the board.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            CommentsList: The comments.

        Raises:
            InvalidArgumentError: `board_id` is empty, `.` or `..`, or an argument is out of bounds
                or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1boards~1{board_id}~1comments/get
        """
        from . import list_comments as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def add_comment(
        self,
        board_id: str,
        *,
        accept_language: str | None = None,
        text: str | types.Null | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.CommentCreated:
        """Add a comment to a board.

        Args:
            board_id: Id of the board.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            text: The text.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            CommentCreated: The comment is added.

        Raises:
            InvalidArgumentError: `board_id` is empty, `.` or `..`, or an argument is out of bounds
                or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1boards~1{board_id}~1comments/post
        """
        from . import add_comment as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                accept_language=accept_language,
                text=text,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def delete_comment(
        self,
        board_id: str,
        comment_id: str,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Delete a comment on a board.

        Args:
            board_id: Id of the board.
            comment_id: Id of the comment.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            None (200): The comment is deleted. There is no body.
            None (204): The comment is deleted. There is no body.

        Raises:
            InvalidArgumentError: `board_id` or `comment_id` is empty, `.` or `..`, or an argument
                is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1boards~1{board_id}~1comments~1{comment_id}/delete
        """
        from . import delete_comment as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                comment_id,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )


class AsyncBoards:
    """The operations of `boards`, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def list(
        self,
        *,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.BoardSortOrder | None = None,
        board_relationship: models.BoardRelationship | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.BoardList:
        """List the boards.

        See `Boards.list`.
        """
        from . import list_ as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                page=page,
                page_size=page_size,
                sort_order=sort_order,
                board_relationship=board_relationship,
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
        sort_order: models.BoardSortOrder | None = None,
        board_relationship: models.BoardRelationship | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.AsyncIterator[models.BoardListBoard]:
        """Iterate over the `boards` of all pages of `list`.

        See `Boards.iter_list`.
        """
        from . import list_ as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            page=page,
            page_size=page_size,
            sort_order=sort_order,
            board_relationship=board_relationship,
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

    async def create(
        self,
        *,
        name: str,
        accept_language: str | None = None,
        description: str | types.Null | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.BoardCreated:
        """Create a board.

        See `Boards.create`.
        """
        from . import create as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                accept_language=accept_language,
                name=name,
                description=description,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def get(
        self,
        board_id: str,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.BoardDetail:
        """Get a board.

        See `Boards.get`.
        """
        from . import get as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def update(
        self,
        board_id: str,
        *,
        name: str,
        accept_language: str | None = None,
        description: str | types.Null | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Change the name and description of a board.

        See `Boards.update`.
        """
        from . import update as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                accept_language=accept_language,
                name=name,
                description=description,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def delete(
        self,
        board_id: str,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Delete a board.

        See `Boards.delete`.
        """
        from . import delete as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def add_assets(
        self,
        board_id: str,
        *,
        body: collections.abc.Sequence[models.BoardAsset | collections.abc.Mapping[str, object]],
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.AddBoardAssetsResult:
        """Add assets to a board.

        See `Boards.add_assets`.
        """
        from . import add_assets as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                accept_language=accept_language,
                body=body,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def remove_assets(
        self,
        board_id: str,
        *,
        asset_ids: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Remove assets from a board.

        See `Boards.remove_assets`.
        """
        from . import remove_assets as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                asset_ids=asset_ids,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def add_asset(
        self,
        board_id: str,
        asset_id: str,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Add an asset to a board.

        See `Boards.add_asset`.
        """
        from . import add_asset as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                asset_id,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def remove_asset(
        self,
        board_id: str,
        asset_id: str,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Remove an asset from a board.

        See `Boards.remove_asset`.
        """
        from . import remove_asset as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                asset_id,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def list_comments(
        self,
        board_id: str,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.CommentsList:
        """List the comments on a board.

        See `Boards.list_comments`.
        """
        from . import list_comments as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def add_comment(
        self,
        board_id: str,
        *,
        accept_language: str | None = None,
        text: str | types.Null | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.CommentCreated:
        """Add a comment to a board.

        See `Boards.add_comment`.
        """
        from . import add_comment as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                accept_language=accept_language,
                text=text,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    async def delete_comment(
        self,
        board_id: str,
        comment_id: str,
        *,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Delete a comment on a board.

        See `Boards.delete_comment`.
        """
        from . import delete_comment as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                board_id,
                comment_id,
                accept_language=accept_language,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )
