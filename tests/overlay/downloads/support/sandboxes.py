"""Clients of a sandbox, in either world and in processes of their own."""

from __future__ import annotations

import typing

from gettyimages.sandbox import Sandbox
from tests.overlay.support.worlds import World

ORDER = "downloads.request_image_download"
"""The operation that uses up a download."""


def options_of(sandbox: Sandbox, **options: object) -> dict[str, typing.Any]:
    """What a client of a sandbox is made with."""
    return {
        "api_key": sandbox.api_key,
        "api_secret": sandbox.api_secret,
        "username": sandbox.username,
        "password": sandbox.password,
        "base_url": sandbox.base_url,
        "token_url": sandbox.token_url,
        **options,
    }


def client_of(world: World, sandbox: Sandbox, **options: object) -> typing.Any:
    """A client of a sandbox."""
    return world.client(**options_of(sandbox, **options))


def orders(sandbox: Sandbox) -> int:
    """How many requests for a download have reached it, carried out or not."""
    return sum(it.method == "POST" and "/downloads/images/" in it.path for it in sandbox.requests)


def lookups(sandbox: Sandbox) -> int:
    """How many requests for the download history have reached it."""
    return sum(it.method == "GET" and it.path == "/v3/downloads" for it in sandbox.requests)


def fetches(sandbox: Sandbox) -> int:
    """How many requests for files have reached it."""
    return sum(it.origin in ("delivery", "mirror") for it in sandbox.requests)
