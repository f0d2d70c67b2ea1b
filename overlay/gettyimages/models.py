"""The models of the API, as in `gettyimages_rest.models`."""

from __future__ import annotations

import typing

from gettyimages_rest import models as _models

if typing.TYPE_CHECKING:
    from gettyimages_rest.models import *  # noqa: F403 - the generated list of models

__all__ = _models.__all__  # pyright: ignore[reportUnsupportedDunderAll] - the generated list


def __getattr__(name: str) -> object:
    """Load a model on first use."""
    return getattr(_models, name)


def __dir__() -> list[str]:
    """List the models."""
    return [*__all__]
