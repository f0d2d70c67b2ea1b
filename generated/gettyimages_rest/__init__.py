"""Getty Images API, as its documents describe it: requests, responses and models.

Generated. Changes made by hand are lost: change the documents, the overlays or the templates.
"""

from __future__ import annotations

import importlib
import typing

if typing.TYPE_CHECKING:
    from . import api as api
    from . import errors as errors
    from . import models as models
    from . import types as types
    from .client import AsyncClient as AsyncClient
    from .client import Client as Client
    from .types import NULL as NULL

__all__ = ["NULL", "AsyncClient", "Client", "api", "errors", "models", "types"]


def __getattr__(name: str) -> object:
    """Load what is exported on first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in ("AsyncClient", "Client", "NULL"):
        module = ".types" if name == "NULL" else ".client"
        return getattr(importlib.import_module(module, __name__), name)
    return importlib.import_module(f".{name}", __name__)


def __dir__() -> list[str]:
    """List what is exported, loaded or not."""
    return [*globals(), *__all__]
