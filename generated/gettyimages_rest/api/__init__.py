"""The resources of the API, a package each, loaded when it is first used."""

import typing
from importlib import import_module as _import_module

if typing.TYPE_CHECKING:
    from . import artists as artists
    from . import asset_changes as asset_changes
    from . import asset_licensing as asset_licensing
    from . import asset_registrations as asset_registrations
    from . import boards as boards
    from . import collections as collections
    from . import countries as countries
    from . import customers as customers
    from . import downloads as downloads
    from . import events as events
    from . import images as images
    from . import orders as orders
    from . import products as products
    from . import purchased_assets as purchased_assets
    from . import search as search
    from . import usage_batches as usage_batches
    from . import videos as videos

_RESOURCES: tuple[str, ...] = (
    "artists",
    "asset_changes",
    "asset_licensing",
    "asset_registrations",
    "boards",
    "collections",
    "countries",
    "customers",
    "downloads",
    "events",
    "images",
    "orders",
    "products",
    "purchased_assets",
    "search",
    "usage_batches",
    "videos",
)


def __getattr__(name: str) -> object:
    """Load a resource on first use."""
    if name not in _RESOURCES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _import_module(f".{name}", __name__)
