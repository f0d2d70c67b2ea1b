"""The models of the API: what its answers contain and what its requests are made of."""

from __future__ import annotations

import typing
from importlib import import_module as _import_module

if typing.TYPE_CHECKING:
    from .asset_lifecycle import AssetLifecycle as AssetLifecycle
    from .asset_registration_request import AssetRegistrationRequest as AssetRegistrationRequest
    from .asset_type import AssetType as AssetType
    from .change_set import ChangeSet as ChangeSet
    from .changed_asset import ChangedAsset as ChangedAsset
    from .channel import Channel as Channel
    from .download_details import DownloadDetails as DownloadDetails
    from .download_dimensions import DownloadDimensions as DownloadDimensions
    from .download_history_page import DownloadHistoryPage as DownloadHistoryPage
    from .download_record import DownloadRecord as DownloadRecord
    from .download_uri import DownloadUri as DownloadUri
    from .download_user import DownloadUser as DownloadUser
    from .error import Error as Error
    from .product_type import ProductType as ProductType

_MODULES: dict[str, str] = {
    "AssetLifecycle": "asset_lifecycle",
    "AssetRegistrationRequest": "asset_registration_request",
    "AssetType": "asset_type",
    "ChangeSet": "change_set",
    "ChangedAsset": "changed_asset",
    "Channel": "channel",
    "DownloadDetails": "download_details",
    "DownloadDimensions": "download_dimensions",
    "DownloadHistoryPage": "download_history_page",
    "DownloadRecord": "download_record",
    "DownloadUri": "download_uri",
    "DownloadUser": "download_user",
    "Error": "error",
    "ProductType": "product_type",
}

__all__ = [
    "AssetLifecycle",
    "AssetRegistrationRequest",
    "AssetType",
    "ChangeSet",
    "ChangedAsset",
    "Channel",
    "DownloadDetails",
    "DownloadDimensions",
    "DownloadHistoryPage",
    "DownloadRecord",
    "DownloadUri",
    "DownloadUser",
    "Error",
    "ProductType",
]


def __getattr__(name: str) -> object:
    """Load a model on first use."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    model: object = getattr(_import_module(f".{_MODULES[name]}", __name__), name)
    globals()[name] = model
    return model


def __dir__() -> list[str]:
    """List the models, loaded or not."""
    return [*globals(), *__all__]
