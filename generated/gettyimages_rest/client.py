"""The clients: one typed property per resource, and `call`, which a subclass supplies."""

from __future__ import annotations

import abc
import functools
import typing
from collections.abc import Callable, Mapping

from . import api, types

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
        """Send the request of an operation and parse the response.

        Args:
            operation: What is called.
            request: What its `build_request` made of the arguments.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the request.

        Returns:
            What the operation's `parse_response` makes of the response.
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
    def artists(self) -> api.artists.Artists:
        """The operations of `artists`."""
        return api.artists.Artists(self)

    @functools.cached_property
    def asset_changes(self) -> api.asset_changes.AssetChanges:
        """The operations of `asset_changes`."""
        return api.asset_changes.AssetChanges(self)

    @functools.cached_property
    def asset_licensing(self) -> api.asset_licensing.AssetLicensing:
        """The operations of `asset_licensing`."""
        return api.asset_licensing.AssetLicensing(self)

    @functools.cached_property
    def asset_registrations(self) -> api.asset_registrations.AssetRegistrations:
        """The operations of `asset_registrations`."""
        return api.asset_registrations.AssetRegistrations(self)

    @functools.cached_property
    def boards(self) -> api.boards.Boards:
        """The operations of `boards`."""
        return api.boards.Boards(self)

    @functools.cached_property
    def collections(self) -> api.collections.Collections:
        """The operations of `collections`."""
        return api.collections.Collections(self)

    @functools.cached_property
    def countries(self) -> api.countries.Countries:
        """The operations of `countries`."""
        return api.countries.Countries(self)

    @functools.cached_property
    def customers(self) -> api.customers.Customers:
        """The operations of `customers`."""
        return api.customers.Customers(self)

    @functools.cached_property
    def downloads(self) -> api.downloads.Downloads:
        """The operations of `downloads`."""
        return api.downloads.Downloads(self)

    @functools.cached_property
    def events(self) -> api.events.Events:
        """The operations of `events`."""
        return api.events.Events(self)

    @functools.cached_property
    def images(self) -> api.images.Images:
        """The operations of `images`."""
        return api.images.Images(self)

    @functools.cached_property
    def orders(self) -> api.orders.Orders:
        """The operations of `orders`."""
        return api.orders.Orders(self)

    @functools.cached_property
    def products(self) -> api.products.Products:
        """The operations of `products`."""
        return api.products.Products(self)

    @functools.cached_property
    def purchased_assets(self) -> api.purchased_assets.PurchasedAssets:
        """The operations of `purchased_assets`."""
        return api.purchased_assets.PurchasedAssets(self)

    @functools.cached_property
    def search(self) -> api.search.Search:
        """The operations of `search`."""
        return api.search.Search(self)

    @functools.cached_property
    def usage_batches(self) -> api.usage_batches.UsageBatches:
        """The operations of `usage_batches`."""
        return api.usage_batches.UsageBatches(self)

    @functools.cached_property
    def videos(self) -> api.videos.Videos:
        """The operations of `videos`."""
        return api.videos.Videos(self)


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
        """Send the request of an operation and parse the response.

        Args:
            operation: What is called.
            request: What its `build_request` made of the arguments.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the request.

        Returns:
            What the operation's `parse_response` makes of the response.
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
    def artists(self) -> api.artists.AsyncArtists:
        """The operations of `artists`."""
        return api.artists.AsyncArtists(self)

    @functools.cached_property
    def asset_changes(self) -> api.asset_changes.AsyncAssetChanges:
        """The operations of `asset_changes`."""
        return api.asset_changes.AsyncAssetChanges(self)

    @functools.cached_property
    def asset_licensing(self) -> api.asset_licensing.AsyncAssetLicensing:
        """The operations of `asset_licensing`."""
        return api.asset_licensing.AsyncAssetLicensing(self)

    @functools.cached_property
    def asset_registrations(self) -> api.asset_registrations.AsyncAssetRegistrations:
        """The operations of `asset_registrations`."""
        return api.asset_registrations.AsyncAssetRegistrations(self)

    @functools.cached_property
    def boards(self) -> api.boards.AsyncBoards:
        """The operations of `boards`."""
        return api.boards.AsyncBoards(self)

    @functools.cached_property
    def collections(self) -> api.collections.AsyncCollections:
        """The operations of `collections`."""
        return api.collections.AsyncCollections(self)

    @functools.cached_property
    def countries(self) -> api.countries.AsyncCountries:
        """The operations of `countries`."""
        return api.countries.AsyncCountries(self)

    @functools.cached_property
    def customers(self) -> api.customers.AsyncCustomers:
        """The operations of `customers`."""
        return api.customers.AsyncCustomers(self)

    @functools.cached_property
    def downloads(self) -> api.downloads.AsyncDownloads:
        """The operations of `downloads`."""
        return api.downloads.AsyncDownloads(self)

    @functools.cached_property
    def events(self) -> api.events.AsyncEvents:
        """The operations of `events`."""
        return api.events.AsyncEvents(self)

    @functools.cached_property
    def images(self) -> api.images.AsyncImages:
        """The operations of `images`."""
        return api.images.AsyncImages(self)

    @functools.cached_property
    def orders(self) -> api.orders.AsyncOrders:
        """The operations of `orders`."""
        return api.orders.AsyncOrders(self)

    @functools.cached_property
    def products(self) -> api.products.AsyncProducts:
        """The operations of `products`."""
        return api.products.AsyncProducts(self)

    @functools.cached_property
    def purchased_assets(self) -> api.purchased_assets.AsyncPurchasedAssets:
        """The operations of `purchased_assets`."""
        return api.purchased_assets.AsyncPurchasedAssets(self)

    @functools.cached_property
    def search(self) -> api.search.AsyncSearch:
        """The operations of `search`."""
        return api.search.AsyncSearch(self)

    @functools.cached_property
    def usage_batches(self) -> api.usage_batches.AsyncUsageBatches:
        """The operations of `usage_batches`."""
        return api.usage_batches.AsyncUsageBatches(self)

    @functools.cached_property
    def videos(self) -> api.videos.AsyncVideos:
        """The operations of `videos`."""
        return api.videos.AsyncVideos(self)
