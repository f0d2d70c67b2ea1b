"""The clients: one typed property per resource, and `call`, which a subclass supplies."""

from __future__ import annotations

import abc
import functools
import typing
from collections.abc import Callable, Mapping

if typing.TYPE_CHECKING:
    from . import types
    from .api import artists as _artists
    from .api import asset_changes as _asset_changes
    from .api import asset_licensing as _asset_licensing
    from .api import asset_registrations as _asset_registrations
    from .api import boards as _boards
    from .api import collections as _collections
    from .api import countries as _countries
    from .api import customers as _customers
    from .api import downloads as _downloads
    from .api import events as _events
    from .api import images as _images
    from .api import orders as _orders
    from .api import products as _products
    from .api import purchased_assets as _purchased_assets
    from .api import search as _search
    from .api import usage_batches as _usage_batches
    from .api import videos as _videos

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
    def artists(self) -> _artists.Artists:
        """The operations of `artists`."""
        from .api.artists import Artists

        return Artists(self)

    @functools.cached_property
    def asset_changes(self) -> _asset_changes.AssetChanges:
        """The operations of `asset_changes`."""
        from .api.asset_changes import AssetChanges

        return AssetChanges(self)

    @functools.cached_property
    def asset_licensing(self) -> _asset_licensing.AssetLicensing:
        """The operations of `asset_licensing`."""
        from .api.asset_licensing import AssetLicensing

        return AssetLicensing(self)

    @functools.cached_property
    def asset_registrations(self) -> _asset_registrations.AssetRegistrations:
        """The operations of `asset_registrations`."""
        from .api.asset_registrations import AssetRegistrations

        return AssetRegistrations(self)

    @functools.cached_property
    def boards(self) -> _boards.Boards:
        """The operations of `boards`."""
        from .api.boards import Boards

        return Boards(self)

    @functools.cached_property
    def collections(self) -> _collections.Collections:
        """The operations of `collections`."""
        from .api.collections import Collections

        return Collections(self)

    @functools.cached_property
    def countries(self) -> _countries.Countries:
        """The operations of `countries`."""
        from .api.countries import Countries

        return Countries(self)

    @functools.cached_property
    def customers(self) -> _customers.Customers:
        """The operations of `customers`."""
        from .api.customers import Customers

        return Customers(self)

    @functools.cached_property
    def downloads(self) -> _downloads.Downloads:
        """The operations of `downloads`."""
        from .api.downloads import Downloads

        return Downloads(self)

    @functools.cached_property
    def events(self) -> _events.Events:
        """The operations of `events`."""
        from .api.events import Events

        return Events(self)

    @functools.cached_property
    def images(self) -> _images.Images:
        """The operations of `images`."""
        from .api.images import Images

        return Images(self)

    @functools.cached_property
    def orders(self) -> _orders.Orders:
        """The operations of `orders`."""
        from .api.orders import Orders

        return Orders(self)

    @functools.cached_property
    def products(self) -> _products.Products:
        """The operations of `products`."""
        from .api.products import Products

        return Products(self)

    @functools.cached_property
    def purchased_assets(self) -> _purchased_assets.PurchasedAssets:
        """The operations of `purchased_assets`."""
        from .api.purchased_assets import PurchasedAssets

        return PurchasedAssets(self)

    @functools.cached_property
    def search(self) -> _search.Search:
        """The operations of `search`."""
        from .api.search import Search

        return Search(self)

    @functools.cached_property
    def usage_batches(self) -> _usage_batches.UsageBatches:
        """The operations of `usage_batches`."""
        from .api.usage_batches import UsageBatches

        return UsageBatches(self)

    @functools.cached_property
    def videos(self) -> _videos.Videos:
        """The operations of `videos`."""
        from .api.videos import Videos

        return Videos(self)


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
    def artists(self) -> _artists.AsyncArtists:
        """The operations of `artists`."""
        from .api.artists import AsyncArtists

        return AsyncArtists(self)

    @functools.cached_property
    def asset_changes(self) -> _asset_changes.AsyncAssetChanges:
        """The operations of `asset_changes`."""
        from .api.asset_changes import AsyncAssetChanges

        return AsyncAssetChanges(self)

    @functools.cached_property
    def asset_licensing(self) -> _asset_licensing.AsyncAssetLicensing:
        """The operations of `asset_licensing`."""
        from .api.asset_licensing import AsyncAssetLicensing

        return AsyncAssetLicensing(self)

    @functools.cached_property
    def asset_registrations(self) -> _asset_registrations.AsyncAssetRegistrations:
        """The operations of `asset_registrations`."""
        from .api.asset_registrations import AsyncAssetRegistrations

        return AsyncAssetRegistrations(self)

    @functools.cached_property
    def boards(self) -> _boards.AsyncBoards:
        """The operations of `boards`."""
        from .api.boards import AsyncBoards

        return AsyncBoards(self)

    @functools.cached_property
    def collections(self) -> _collections.AsyncCollections:
        """The operations of `collections`."""
        from .api.collections import AsyncCollections

        return AsyncCollections(self)

    @functools.cached_property
    def countries(self) -> _countries.AsyncCountries:
        """The operations of `countries`."""
        from .api.countries import AsyncCountries

        return AsyncCountries(self)

    @functools.cached_property
    def customers(self) -> _customers.AsyncCustomers:
        """The operations of `customers`."""
        from .api.customers import AsyncCustomers

        return AsyncCustomers(self)

    @functools.cached_property
    def downloads(self) -> _downloads.AsyncDownloads:
        """The operations of `downloads`."""
        from .api.downloads import AsyncDownloads

        return AsyncDownloads(self)

    @functools.cached_property
    def events(self) -> _events.AsyncEvents:
        """The operations of `events`."""
        from .api.events import AsyncEvents

        return AsyncEvents(self)

    @functools.cached_property
    def images(self) -> _images.AsyncImages:
        """The operations of `images`."""
        from .api.images import AsyncImages

        return AsyncImages(self)

    @functools.cached_property
    def orders(self) -> _orders.AsyncOrders:
        """The operations of `orders`."""
        from .api.orders import AsyncOrders

        return AsyncOrders(self)

    @functools.cached_property
    def products(self) -> _products.AsyncProducts:
        """The operations of `products`."""
        from .api.products import AsyncProducts

        return AsyncProducts(self)

    @functools.cached_property
    def purchased_assets(self) -> _purchased_assets.AsyncPurchasedAssets:
        """The operations of `purchased_assets`."""
        from .api.purchased_assets import AsyncPurchasedAssets

        return AsyncPurchasedAssets(self)

    @functools.cached_property
    def search(self) -> _search.AsyncSearch:
        """The operations of `search`."""
        from .api.search import AsyncSearch

        return AsyncSearch(self)

    @functools.cached_property
    def usage_batches(self) -> _usage_batches.AsyncUsageBatches:
        """The operations of `usage_batches`."""
        from .api.usage_batches import AsyncUsageBatches

        return AsyncUsageBatches(self)

    @functools.cached_property
    def videos(self) -> _videos.AsyncVideos:
        """The operations of `videos`."""
        from .api.videos import AsyncVideos

        return AsyncVideos(self)
