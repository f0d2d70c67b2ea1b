"""A typed client for the Getty Images API, blocking and asynchronous."""

from __future__ import annotations

import importlib
import typing

from . import _version

__version__: str = _version.VERSION

if typing.TYPE_CHECKING:
    from gettyimages_rest.types import NULL as NULL

    from ._auth import TokenStore as TokenStore
    from ._client import AsyncGettyImages as AsyncGettyImages
    from ._client import GettyImages as GettyImages
    from ._downloads.batch import AsyncDownloadBatch as AsyncDownloadBatch
    from ._downloads.batch import DownloadBatch as DownloadBatch
    from ._downloads.open import AsyncOpenedFile as AsyncOpenedFile
    from ._downloads.open import OpenedFile as OpenedFile
    from ._downloads.results import DownloadResult as DownloadResult
    from ._downloads.results import DownloadSummary as DownloadSummary
    from ._downloads.results import SavedFile as SavedFile
    from ._downloads.results import WrittenFile as WrittenFile
    from ._downloads.upkeep import JournalRecord as JournalRecord
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
    from ._errors import DownloadOutcomeUnknownError as DownloadOutcomeUnknownError
    from ._errors import FileConflictError as FileConflictError
    from ._errors import FileError as FileError
    from ._errors import GettyImagesError as GettyImagesError
    from ._errors import InvalidArgumentError as InvalidArgumentError
    from ._errors import JournalError as JournalError
    from ._errors import LinkLostError as LinkLostError
    from ._errors import NotFoundError as NotFoundError
    from ._errors import OutcomeUnknownError as OutcomeUnknownError
    from ._errors import PermissionDeniedError as PermissionDeniedError
    from ._errors import RateLimitError as RateLimitError
    from ._errors import RegistrationError as RegistrationError
    from ._errors import ResponseDecodeError as ResponseDecodeError
    from ._errors import ServerError as ServerError
    from ._errors import TransferError as TransferError
    from ._resources.asset_changes import AsyncChangeSetDelivery as AsyncChangeSetDelivery
    from ._resources.asset_changes import AsyncChangeSets as AsyncChangeSets
    from ._resources.asset_changes import ChangeSetDelivery as ChangeSetDelivery
    from ._resources.asset_changes import ChangeSets as ChangeSets
    from ._resources.asset_registrations import RegistrationProgress as RegistrationProgress
    from ._response import DownloadLink as DownloadLink
    from ._response import RawResponse as RawResponse

# The same names, loaded when they are first used. A test holds the two lists equal.
_EXPORTS = {
    "._auth": "TokenStore",
    "._client": "AsyncGettyImages GettyImages",
    "._downloads.batch": "AsyncDownloadBatch DownloadBatch",
    "._downloads.open": "AsyncOpenedFile OpenedFile",
    "._downloads.results": "DownloadResult DownloadSummary SavedFile WrittenFile",
    "._downloads.upkeep": "JournalRecord",
    "._errors": "APIConnectionError APIError APITimeoutError AuthenticationError BadRequestError"
    " ChangeSetError ContentError CredentialsError DownloadError DownloadInProgressError"
    " DownloadOutcomeUnknownError FileConflictError FileError GettyImagesError"
    " InvalidArgumentError JournalError LinkLostError NotFoundError OutcomeUnknownError"
    " PermissionDeniedError RateLimitError RegistrationError ResponseDecodeError ServerError"
    " TransferError",
    "._resources.asset_changes": "AsyncChangeSetDelivery AsyncChangeSets ChangeSetDelivery"
    " ChangeSets",
    "._resources.asset_registrations": "RegistrationProgress",
    "._response": "DownloadLink RawResponse",
    "gettyimages_rest.types": "NULL",
}
_MODULES = {name: module for module, names in _EXPORTS.items() for name in names.split()}

# Type checkers read the imports above.
__all__ = sorted([*_MODULES, "__version__"])  # noqa: PLE0605  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> object:
    """Load an exported name on first use."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(_MODULES[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the exported names, whether they are loaded or not."""
    return [*globals(), *__all__]
