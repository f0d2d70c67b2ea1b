"""Finds a picture for the front page, and saves it."""

from __future__ import annotations

from pathlib import Path

from gettyimages import GettyImages


def save_best(client: GettyImages, phrase: str, directory: Path) -> Path | None:
    """Save the first creative image that fits a phrase; None if there is none.

    A second call for the same image uses up no second download.
    """
    for image in client.search.iter_creative_images(phrase=phrase):
        if image.id:
            return client.downloads.save_image(image.id, directory).path
    return None
