"""The blocking client."""

from __future__ import annotations

import functools
import typing
from collections.abc import Mapping

from gettyimages_rest import Client, types

from ._account import Account
from ._calls.request import Query, wanted_operation, wanted_request
from ._calls.responses import parsed
from ._errors import GettyImagesError
from ._overlaid import overlay_of
from ._response import RawResponse

if typing.TYPE_CHECKING:
    from ._downloads.resource import Downloads
    from ._resources.asset_changes import AssetChanges
    from ._resources.asset_registrations import AssetRegistrations
    from ._transport.blocking import Driver

T = typing.TypeVar("T")


class GettyImages(Account, Client):
    __doc__ = Account.__doc__

    @functools.cached_property
    def asset_changes(self) -> AssetChanges:
        """Notifications of new, updated and deleted assets."""
        with overlay_of("asset_changes", "_resources/asset_changes.py"):
            from ._resources.asset_changes import AssetChanges
        return AssetChanges(self)

    @functools.cached_property
    def asset_registrations(self) -> AssetRegistrations:
        """The assets that the account has stored."""
        with overlay_of("asset_registrations", "_resources/asset_registrations.py"):
            from ._resources.asset_registrations import AssetRegistrations
        return AssetRegistrations(self)

    @functools.cached_property
    def downloads(self) -> Downloads:
        """Downloads, and what has been downloaded."""
        with overlay_of("downloads", "_downloads/resource.py"):
            from ._downloads.resource import Downloads
        return Downloads(self)

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
            timeout: Seconds that the call may take in all; by default the client's total timeout.
            headers: Headers to send besides those of the request.

        Returns:
            What the operation's `parse_response` makes of the answer.

        Raises:
            GettyImagesError: One of its subclasses, as `gettyimages` lists them.
        """
        wanted = wanted_operation(operation, request, headers)
        response = self._driver().run(self._exchanger.call(wanted, self._settings, timeout))
        return parsed(operation, response)

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        json: object = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> RawResponse:
        """Call an operation that the spec does not know, by the same rules as all others.

        Args:
            method: The HTTP method. After a failure only GET, HEAD, PUT and DELETE are repeated.
            path: The path from its first slash, such as `/v3/countries`.
            query: Parameters; a list repeats its name.
            json: The body.
            headers: Headers to send besides those of the client.
            timeout: Seconds that the call may take in all; by default the client's total timeout.

        Returns:
            The answer, if it is a success or a redirect, which is not followed.

        Raises:
            GettyImagesError: One of its subclasses, as `gettyimages` lists them.
        """
        wanted = wanted_request(method, path, query, json, headers)
        return self._driver().run(self._exchanger.call(wanted, self._settings, timeout))

    def close(self) -> None:
        """Close all connections; later calls are refused."""
        wires = self._wires
        with wires.lock:
            wires.closed = True
            driver, wires.driver = wires.driver, None
        if driver is not None:
            typing.cast("Driver", driver).close()

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _driver(self) -> Driver:
        wires = self._wires
        with wires.lock:
            if wires.closed:
                raise GettyImagesError("the client is closed: make a new one")
            if wires.driver is None:
                from ._transport.blocking import Driver

                wires.driver = Driver(wires.proxy, wires.verify, wires.transport)
            return typing.cast("Driver", wires.driver)
