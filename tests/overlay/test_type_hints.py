"""The annotations of every public class can be read while a program runs."""

from __future__ import annotations

import typing

import gettyimages
import gettyimages.cli
import gettyimages.models
import gettyimages.sandbox
import gettyimages.testing
import gettyimages_rest
from gettyimages import AsyncGettyImages, GettyImages
from tests.type_hints import public_classes, public_modules, unreadable

CLIENTS = (GettyImages, AsyncGettyImages)


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


def test_those_of_the_client_and_of_its_resources() -> None:
    packages = (gettyimages.cli, gettyimages.models, gettyimages.sandbox, gettyimages.testing)
    classes = set().union(*(public_classes(each) for each in (gettyimages, *packages)))
    assert {"GettyImages", "Sandbox", "NotFoundError", "SavedFile"} <= _names(classes)
    assert unreadable(classes) == {}
    members = [vars(base) for client in CLIENTS for base in client.__mro__]
    getters = [value.func for each in members for value in each.values() if hasattr(value, "func")]
    resources = {typing.get_type_hints(getter)["return"] for getter in getters}
    assert {"Downloads", "AsyncDownloads", "AssetRegistrations"} <= _names(resources)
    assert unreadable(resources) == {}


def _names(classes: set[type]) -> set[str]:
    return {each.__name__ for each in classes}
