"""The clients: one typed property per resource, and `call`, which a subclass supplies."""

from __future__ import annotations

import abc
import functools
import typing
from collections.abc import Callable, Mapping

if typing.TYPE_CHECKING:
    from . import types
    from .api import asset_changes as _asset_changes
    from .api import asset_registrations as _asset_registrations
    from .api import downloads as _downloads

T = typing.TypeVar("T")
P = typing.ParamSpec("P")


class Client(abc.ABC):
    """Every resource of the API."""

    @abc.abstractmethod
    def call(
        self,
        operation: types.Operation[T],
        request: types.Request,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> T:
        """Send the request of an operation and parse the answer.

        Args:
            operation: What is called.
            request: What its `build_request` made of the arguments.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the request.

        Returns:
            What the operation's `parse_response` makes of the answer.
        """

    def build(
        self, build_request: Callable[P, types.Request], /, *args: P.args, **kwargs: P.kwargs
    ) -> types.Request:
        """Build the request of a method. A subclass may raise errors of its own instead.

        Raises:
            ValueError: An argument is out of bounds or cannot be sent.
            TypeError: An argument has the wrong type.
        """
        return build_request(*args, **kwargs)

    @functools.cached_property
    def asset_changes(self) -> _asset_changes.AssetChanges:
        """The operations of `asset_changes`."""
        from .api.asset_changes import AssetChanges

        return AssetChanges(self)

    @functools.cached_property
    def asset_registrations(self) -> _asset_registrations.AssetRegistrations:
        """The operations of `asset_registrations`."""
        from .api.asset_registrations import AssetRegistrations

        return AssetRegistrations(self)

    @functools.cached_property
    def downloads(self) -> _downloads.Downloads:
        """The operations of `downloads`."""
        from .api.downloads import Downloads

        return Downloads(self)


class AsyncClient(abc.ABC):
    """Every resource of the API, to be awaited."""

    @abc.abstractmethod
    async def call(
        self,
        operation: types.Operation[T],
        request: types.Request,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> T:
        """Send the request of an operation and parse the answer.

        Args:
            operation: What is called.
            request: What its `build_request` made of the arguments.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the request.

        Returns:
            What the operation's `parse_response` makes of the answer.
        """

    def build(
        self, build_request: Callable[P, types.Request], /, *args: P.args, **kwargs: P.kwargs
    ) -> types.Request:
        """Build the request of a method. A subclass may raise errors of its own instead.

        Raises:
            ValueError: An argument is out of bounds or cannot be sent.
            TypeError: An argument has the wrong type.
        """
        return build_request(*args, **kwargs)

    @functools.cached_property
    def asset_changes(self) -> _asset_changes.AsyncAssetChanges:
        """The operations of `asset_changes`."""
        from .api.asset_changes import AsyncAssetChanges

        return AsyncAssetChanges(self)

    @functools.cached_property
    def asset_registrations(self) -> _asset_registrations.AsyncAssetRegistrations:
        """The operations of `asset_registrations`."""
        from .api.asset_registrations import AsyncAssetRegistrations

        return AsyncAssetRegistrations(self)

    @functools.cached_property
    def downloads(self) -> _downloads.AsyncDownloads:
        """The operations of `downloads`."""
        from .api.downloads import AsyncDownloads

        return AsyncDownloads(self)
