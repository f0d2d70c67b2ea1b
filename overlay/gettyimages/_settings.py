"""The settings of a client, apart from its credentials. A new setting is added here alone."""

from __future__ import annotations

import os
import sys
import typing
from collections.abc import Callable
from urllib.parse import urlsplit

from ._calls.arguments import check_callable, checked_url, invalid, is_loopback
from ._calls.retries import TakeSlot
from ._errors import InvalidArgumentError
from ._response import RawResponse
from ._version import VERSION

BASE_URL = "https://api.gettyimages.com"
TOKEN_URL = "https://authentication.gettyimages.com/oauth2/token"  # an address, no secret
_LONGEST = 10_000_000


class CallOptions(typing.TypedDict, total=False):
    """The settings that `with_options` can change. `GettyImages` describes them."""

    timeout: float
    step_timeout: float
    max_retries: int
    max_response_size: int
    accept_language: str | None
    app_name: str | None
    on_response: Callable[[RawResponse], object] | None


class ClientOptions(CallOptions, total=False):
    """The settings that a client is made with."""

    base_url: str | None
    token_url: str | None
    environment: str | None
    stop_timeout: float


class Settings:
    """The settings of a client or of a variant of it, checked and complete."""

    def __init__(self, **options: typing.Unpack[ClientOptions]) -> None:
        base_url = options.get("base_url") or os.environ.get("GETTYIMAGES_BASE_URL")
        token_url = options.get("token_url") or os.environ.get("GETTYIMAGES_TOKEN_URL")
        base = checked_url("base_url", base_url or BASE_URL)
        if base.path.strip("/") or base.query or base.fragment:
            raise InvalidArgumentError("base_url must be a scheme and a host only: https://host")
        self.base_url = f"{base.scheme}://{base.netloc}"
        self.token_url = token_url or TOKEN_URL
        endpoint = checked_url("token_url", self.token_url)
        if endpoint.query or endpoint.fragment:
            raise InvalidArgumentError("token_url must have no query: https://host/path")
        self.timeout = positive("timeout", options.get("timeout", 120.0))
        self.step_timeout = positive("step_timeout", options.get("step_timeout", 30.0))
        self.stop_timeout = positive("stop_timeout", options.get("stop_timeout", 30.0))
        self.max_retries = _at_least(0, "max_retries", options.get("max_retries", 3))
        size = options.get("max_response_size", 4 * 1024 * 1024)
        self.max_response_size = _at_least(1, "max_response_size", size)
        self.accept_language = _header("accept_language", options.get("accept_language"))
        self.app_name = _header("app_name", options.get("app_name"))
        self.on_response = options.get("on_response")
        check_callable("on_response", self.on_response)
        python = ".".join(map(str, sys.version_info[:3]))
        own = f"gettyimages-client/{VERSION} Python/{python}"
        self.user_agent = f"{self.app_name} {own}" if self.app_name else own
        self.take_slot: TakeSlot | None = None
        """Set while files are saved with a journal that is shared, which has the rate for all."""
        self._options = options
        given = options.get("environment")
        if given is not None and not (isinstance(given, str) and given and given.isprintable()):
            raise InvalidArgumentError(f"environment must be a printable name, found {given!r}")

    @property
    def environment(self) -> str:
        """What a journal belongs to: the host of the API, if it has no name of its own."""
        host = urlsplit(self.base_url).hostname or ""
        return self._options.get("environment") or ("sandbox" if is_loopback(host) else host)

    def server(self, own: str | None) -> str:
        """The server of an operation that may have its own, which no other `base_url` leads to."""
        return own if own and self.base_url == BASE_URL else self.base_url

    def replaced(self, **changes: typing.Unpack[CallOptions]) -> Settings:
        """Return the settings with some of them changed; None leaves one as it is."""
        given = {name: value for name, value in changes.items() if value is not None}
        resolved = {"base_url": self.base_url, "token_url": self.token_url}
        return Settings(**typing.cast("ClientOptions", {**self._options, **resolved, **given}))


def positive(name: str, seconds: float) -> float:
    """Return seconds that are above zero and can be waited for without an overflow."""
    if not isinstance(seconds, int | float) or not 0 < seconds <= _LONGEST:
        raise invalid(name, f"above 0 and at most {_LONGEST}", seconds)
    return seconds


def _at_least(least: int, name: str, value: int) -> int:
    if not isinstance(value, int) or value < least:
        raise invalid(name, f"at least {least}", value)
    return value


def _header(name: str, value: str | None) -> str | None:
    is_text = isinstance(value, str) and value.isascii() and value.isprintable()
    if value is not None and not is_text:
        raise invalid(name, "printable ASCII, as it is sent as a header", value)
    return value
