"""A typed client for the Getty Images API, blocking and asynchronous."""

from __future__ import annotations

from ._client import AsyncGettyImages, GettyImages
from ._errors import APIConnectionError, APIError, GettyImagesError

__all__ = [
    "APIConnectionError",
    "APIError",
    "AsyncGettyImages",
    "GettyImages",
    "GettyImagesError",
]
