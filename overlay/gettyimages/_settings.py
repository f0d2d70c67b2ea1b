"""What a client can be told, beside its credentials."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from ._calls.urls import checked_endpoint, checked_origin
from ._errors import GettyImagesError
from ._response import RawResponse
from ._version import VERSION

BASE_URL = "https://api.gettyimages.com"
_MOST = 1e7
TOKEN_URL = "https://authentication.gettyimages.com/oauth2/token"  # no secret


class Settings:
    """The settings of a client or of a variant of it."""

    __slots__ = (
        "accept_language",
        "app_name",
        "base_url",
        "max_retries",
        "on_response",
        "timeout",
        "token_url",
        "total_timeout",
        "user_agent",
    )

    def __init__(
        self,
        *,
        base_url: str | None,
        token_url: str | None,
        timeout: float,
        total_timeout: float,
        max_retries: int,
        accept_language: str | None,
        app_name: str | None,
        on_response: Callable[[RawResponse], object] | None,
    ) -> None:
        """Check what is given; the two URLs come from the environment if they are not.

        Raises:
            GettyImagesError: A value is out of bounds.
        """
        environment = os.environ
        self.base_url = checked_origin(
            "base_url", base_url or environment.get("GETTYIMAGES_BASE_URL") or BASE_URL
        )
        self.token_url = checked_endpoint(
            "token_url", token_url or environment.get("GETTYIMAGES_TOKEN_URL") or TOKEN_URL
        )
        self.timeout = positive("timeout", timeout)
        self.total_timeout = positive("total_timeout", total_timeout)
        if max_retries < 0:
            raise GettyImagesError(f"max_retries must not be negative, found {max_retries}")
        self.max_retries = max_retries
        self.accept_language = _header("accept_language", accept_language)
        self.app_name = _header("app_name", app_name)
        self.on_response = on_response
        self.user_agent = _user_agent(self.app_name)


def positive(name: str, seconds: float) -> float:
    """A number above zero, and not so large that waiting for it would overflow.

    Raises:
        GettyImagesError: It is none.
    """
    if not 0 < seconds <= _MOST:
        raise GettyImagesError(f"{name} must be above 0 and at most {_MOST:.0f}, found {seconds}")
    return seconds


def _header(name: str, value: str | None) -> str | None:
    if value is not None and not (value.isascii() and value.isprintable()):
        raise GettyImagesError(f"{name} must be printable ASCII: it is sent as a header")
    return value


def _user_agent(app_name: str | None) -> str:
    python = ".".join(map(str, sys.version_info[:3]))
    own = f"gettyimages-client/{VERSION} Python/{python}"
    return f"{app_name} {own}" if app_name else own
