"""A typed client for the Getty Images API, blocking and asynchronous."""

from __future__ import annotations

import importlib
import typing

from ._version import VERSION as __version__  # noqa: N811 - the name that tools look for

if typing.TYPE_CHECKING:
    from ._async_client import AsyncGettyImages as AsyncGettyImages
    from ._auth.token_store import TokenStore as TokenStore
    from ._client import GettyImages as GettyImages
    from ._downloads.async_batch import AsyncBatch as AsyncBatch
    from ._downloads.batch import Batch as Batch
    from ._downloads.open import AsyncOpenedImage as AsyncOpenedImage
    from ._downloads.open import OpenedImage as OpenedImage
    from ._downloads.redirect import DownloadLink as DownloadLink
    from ._downloads.results import BatchResult as BatchResult
    from ._downloads.results import BatchSummary as BatchSummary
    from ._downloads.save import SavedFile as SavedFile
    from ._errors import APIConnectionError as APIConnectionError
    from ._errors import APIError as APIError
    from ._errors import APITimeoutError as APITimeoutError
    from ._errors import AuthenticationError as AuthenticationError
    from ._errors import BadRequestError as BadRequestError
    from ._errors import ChangeSetError as ChangeSetError
    from ._errors import ContentError as ContentError
    from ._errors import CredentialsError as CredentialsError
    from ._errors import DownloadError as DownloadError
    from ._errors import DownloadInProgressError as DownloadInProgressError
    from ._errors import DownloadOutcomeUnknown as DownloadOutcomeUnknown
    from ._errors import FileConflictError as FileConflictError
    from ._errors import FileError as FileError
    from ._errors import GettyImagesError as GettyImagesError
    from ._errors import JournalError as JournalError
    from ._errors import NotFoundError as NotFoundError
    from ._errors import PermissionDeniedError as PermissionDeniedError
    from ._errors import RateLimitError as RateLimitError
    from ._errors import RegistrationError as RegistrationError
    from ._errors import ResponseDecodeError as ResponseDecodeError
    from ._errors import ServerError as ServerError
    from ._errors import StrandedError as StrandedError
    from ._errors import TransferError as TransferError
    from ._errors import UnsettledError as UnsettledError
    from ._resources.asset_changes import AsyncChangeSets as AsyncChangeSets
    from ._resources.asset_changes import AsyncDeliveredChangeSet as AsyncDeliveredChangeSet
    from ._resources.asset_changes import ChangeSets as ChangeSets
    from ._resources.asset_changes import DeliveredChangeSet as DeliveredChangeSet
    from ._response import RawResponse as RawResponse

_MODULES = {
    "APIConnectionError": "_errors",
    "APIError": "_errors",
    "APITimeoutError": "_errors",
    "AsyncBatch": "_downloads.async_batch",
    "AsyncChangeSets": "_resources.asset_changes",
    "AsyncDeliveredChangeSet": "_resources.asset_changes",
    "AsyncGettyImages": "_async_client",
    "AsyncOpenedImage": "_downloads.open",
    "AuthenticationError": "_errors",
    "BadRequestError": "_errors",
    "Batch": "_downloads.batch",
    "BatchResult": "_downloads.results",
    "BatchSummary": "_downloads.results",
    "ChangeSetError": "_errors",
    "ChangeSets": "_resources.asset_changes",
    "ContentError": "_errors",
    "CredentialsError": "_errors",
    "DeliveredChangeSet": "_resources.asset_changes",
    "DownloadError": "_errors",
    "DownloadInProgressError": "_errors",
    "DownloadLink": "_downloads.redirect",
    "DownloadOutcomeUnknown": "_errors",
    "FileConflictError": "_errors",
    "FileError": "_errors",
    "GettyImages": "_client",
    "GettyImagesError": "_errors",
    "JournalError": "_errors",
    "NotFoundError": "_errors",
    "OpenedImage": "_downloads.open",
    "PermissionDeniedError": "_errors",
    "RateLimitError": "_errors",
    "RawResponse": "_response",
    "RegistrationError": "_errors",
    "ResponseDecodeError": "_errors",
    "SavedFile": "_downloads.save",
    "ServerError": "_errors",
    "StrandedError": "_errors",
    "TokenStore": "_auth.token_store",
    "TransferError": "_errors",
    "UnsettledError": "_errors",
}

__all__ = [
    "APIConnectionError",
    "APIError",
    "APITimeoutError",
    "AsyncBatch",
    "AsyncChangeSets",
    "AsyncDeliveredChangeSet",
    "AsyncGettyImages",
    "AsyncOpenedImage",
    "AuthenticationError",
    "BadRequestError",
    "Batch",
    "BatchResult",
    "BatchSummary",
    "ChangeSetError",
    "ChangeSets",
    "ContentError",
    "CredentialsError",
    "DeliveredChangeSet",
    "DownloadError",
    "DownloadInProgressError",
    "DownloadLink",
    "DownloadOutcomeUnknown",
    "FileConflictError",
    "FileError",
    "GettyImages",
    "GettyImagesError",
    "JournalError",
    "NotFoundError",
    "OpenedImage",
    "PermissionDeniedError",
    "RateLimitError",
    "RawResponse",
    "RegistrationError",
    "ResponseDecodeError",
    "SavedFile",
    "ServerError",
    "StrandedError",
    "TokenStore",
    "TransferError",
    "UnsettledError",
    "__version__",
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
