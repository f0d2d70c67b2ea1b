"""The operations of `events`, blocking and asynchronous."""

from __future__ import annotations

import collections.abc

from ... import models, types
from ...client import AsyncClient, Client


class Events:
    """The operations of `events`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get_many(
        self,
        *,
        ids: collections.abc.Sequence[int] | None = None,
        fields: collections.abc.Sequence[models.EventDetailFieldValues] | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """Get the metadata of events.

        Args:
            ids: Ids of the events.
            fields: Fields of each event in the response. Known items: `id`, `child_event_count`,
                `editorial_segments`, `hero_image`, `image_count`, `location`, `name`, `start_date`,
                `type`.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            JSON: The events found.

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

        Source: present-day.yaml, /paths/~1v3~1events/get
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
        id: int,
        *,
        fields: collections.abc.Sequence[models.EventDetailFieldValues] | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """Get the metadata of an event.

        Args:
            id: Id of the event.
            fields: Fields of each event in the response. Known items: `id`, `child_event_count`,
                `editorial_segments`, `hero_image`, `image_count`, `location`, `name`, `start_date`,
                `type`.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            JSON: The event.

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

        Source: present-day.yaml, /paths/~1v3~1events~1{id}/get
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


class AsyncEvents:
    """The operations of `events`, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def get_many(
        self,
        *,
        ids: collections.abc.Sequence[int] | None = None,
        fields: collections.abc.Sequence[models.EventDetailFieldValues] | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """Get the metadata of events.

        See `Events.get_many`.
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
        id: int,
        *,
        fields: collections.abc.Sequence[models.EventDetailFieldValues] | None = None,
        accept_language: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> types.JSON:
        """Get the metadata of an event.

        See `Events.get`.
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
