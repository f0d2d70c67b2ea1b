"""The annotations of every public class can be read while a program runs."""

from __future__ import annotations

import gettyimages_rest
from tests.type_hints import public_classes, public_modules, unreadable


def test_those_of_the_generated_package() -> None:
    classes = set().union(*map(public_classes, public_modules(gettyimages_rest)))
    assert {
        "Client",
        "AsyncDownloads",
        "DownloadUri",
        "GetDownloadsOptions",
        "Operation",
    } <= _names(classes)
    assert unreadable(classes) == {}


def _names(classes: set[type]) -> set[str]:
    return {each.__name__ for each in classes}
