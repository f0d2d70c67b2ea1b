"""Files saved by many processes, on one machine or on many, with one journal: `save_images`.

    from gettyimages.fleet import save_images

    with save_images(ids, "photos", journal="postgresql://host/database") as batch:
        for result in batch: ...
        print(batch.summary)

Dask spreads the ids. It repeats the work of a worker that dies, which the journal makes safe: each
file is paid for once. It needs the extra `fleet`: `pip install 'gettyimages-client[fleet]'`.
"""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from ._driver import FleetBatch as FleetBatch
    from ._driver import FleetOptions as FleetOptions
    from ._driver import FleetVideoOptions as FleetVideoOptions
    from ._driver import save_images as save_images
    from ._driver import save_videos as save_videos

if not typing.TYPE_CHECKING:
    __all__ = ["FleetBatch", "FleetOptions", "FleetVideoOptions", "save_images", "save_videos"]

    def __getattr__(name: str) -> object:
        """Import the fleet when it is first used, or fail with the command that installs it."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        try:
            import distributed  # noqa: F401
        except ModuleNotFoundError:
            raise ModuleNotFoundError(
                "gettyimages.fleet needs distributed, which is not installed: "
                "pip install 'gettyimages-client[fleet]'",
                name="distributed",
            ) from None
        from . import _driver

        return getattr(_driver, name)
