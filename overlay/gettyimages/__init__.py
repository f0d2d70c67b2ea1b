"""A typed client for the Getty Images API, blocking and asynchronous."""

from __future__ import annotations

import importlib
import typing

if typing.TYPE_CHECKING:
    from ._asset_changes import AsyncChangeSets as AsyncChangeSets
    from ._asset_changes import AsyncDeliveredChangeSet as AsyncDeliveredChangeSet
    from ._asset_changes import ChangeSets as ChangeSets
    from ._asset_changes import DeliveredChangeSet as DeliveredChangeSet
    from ._async_client import AsyncGettyImages as AsyncGettyImages
    from ._client import GettyImages as GettyImages
    from ._errors import APIConnectionError as APIConnectionError
    from ._errors import APIError as APIError
    from ._errors import APITimeoutError as APITimeoutError
    from ._errors import AuthenticationError as AuthenticationError
    from ._errors import BadRequestError as BadRequestError
    from ._errors import ChangeSetError as ChangeSetError
    from ._errors import CredentialsError as CredentialsError
    from ._errors import DownloadError as DownloadError
    from ._errors import DownloadOutcomeUnknown as DownloadOutcomeUnknown
    from ._errors import GettyImagesError as GettyImagesError
    from ._errors import NotFoundError as NotFoundError
    from ._errors import PermissionDeniedError as PermissionDeniedError
    from ._errors import RateLimitError as RateLimitError
    from ._errors import RegistrationError as RegistrationError
    from ._errors import ResponseDecodeError as ResponseDecodeError
    from ._errors import ServerError as ServerError
    from ._response import RawResponse as RawResponse
    from ._token_store import TokenStore as TokenStore

_MODULES = {
    "APIConnectionError": "_errors",
    "APIError": "_errors",
    "APITimeoutError": "_errors",
    "AsyncChangeSets": "_asset_changes",
    "AsyncDeliveredChangeSet": "_asset_changes",
    "AsyncGettyImages": "_async_client",
    "AuthenticationError": "_errors",
    "BadRequestError": "_errors",
    "ChangeSetError": "_errors",
    "ChangeSets": "_asset_changes",
    "CredentialsError": "_errors",
    "DeliveredChangeSet": "_asset_changes",
    "DownloadError": "_errors",
    "DownloadOutcomeUnknown": "_errors",
    "GettyImages": "_client",
    "GettyImagesError": "_errors",
    "NotFoundError": "_errors",
    "PermissionDeniedError": "_errors",
    "RateLimitError": "_errors",
    "RawResponse": "_response",
    "RegistrationError": "_errors",
    "ResponseDecodeError": "_errors",
    "ServerError": "_errors",
    "TokenStore": "_token_store",
}

__all__ = [
    "APIConnectionError",
    "APIError",
    "APITimeoutError",
    "AsyncChangeSets",
    "AsyncDeliveredChangeSet",
    "AsyncGettyImages",
    "AuthenticationError",
    "BadRequestError",
    "ChangeSetError",
    "ChangeSets",
    "CredentialsError",
    "DeliveredChangeSet",
    "DownloadError",
    "DownloadOutcomeUnknown",
    "GettyImages",
    "GettyImagesError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "RawResponse",
    "RegistrationError",
    "ResponseDecodeError",
    "ServerError",
    "TokenStore",
]


def __getattr__(name: str) -> object:
    """Load what is exported on first use."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f".{_MODULES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List what is exported, loaded or not."""
    return [*globals(), *__all__]
