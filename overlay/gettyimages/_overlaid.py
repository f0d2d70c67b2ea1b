"""Tells which module of this package to remove when the generated client has lost its resource."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ._errors import GettyImagesError


@contextmanager
def overlay_of(resource: str, module: str) -> Iterator[None]:
    """Import what is written by hand for a resource.

    Raises:
        GettyImagesError: It builds on something that the API's documents no longer describe.
    """
    try:
        yield
    except ImportError as error:
        raise GettyImagesError(
            f"{resource}: the generated client lacks what gettyimages/{module} builds on"
            f" ({error}). Remove or mend that module; all other resources work as before."
        ) from error
