"""The sandbox as its users hold it."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import dataclass

from ._controls import Controls
from ._server import SandboxError, Server
from ._token_endpoint import PATH

if typing.TYPE_CHECKING:
    from gettyimages import AsyncGettyImages, GettyImages


@dataclass(kw_only=True, eq=False, repr=False)
class Sandbox(Controls):
    """A server on this machine that behaves like the Getty Images API. It costs nothing.

    It listens on loopback only, on four ports: the API, the token endpoint, and two delivery hosts.
    A context manager: it runs in a thread of its own from `with` to the end of its block. What it
    has counted can be read after that too. Takes the options of `Options` as keywords.

    Raises:
        SandboxError: A port is taken.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        self._server: Server | None = None

    def __enter__(self) -> typing.Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Sandbox at {self._app.origins.get('api', 'no address: it does not run')}>"

    def start(self) -> None:
        """Start to listen; the `with` statement does it.

        Raises:
            SandboxError: A port is taken.
        """
        if self._server is None:
            self._server = Server(self._app, self.port, lambda: self.keep_alive_seconds)
            self._app.origins = self._server.urls

    def close(self) -> None:
        """Stop, and drop all connections; the end of the `with` block does it."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    @property
    def base_url(self) -> str:
        """URL of the API."""
        return self._url("api")

    @property
    def token_url(self) -> str:
        """URL of the token endpoint."""
        return self._url("token") + PATH

    @property
    def delivery_url(self) -> str:
        """URL of the host that delivers files."""
        return self._url("delivery")

    def _url(self, origin: typing.Literal["api", "token", "delivery"]) -> str:
        if not self._app.origins:
            raise SandboxError("the sandbox does not run: use it in a with statement")
        return self._app.origins[origin]

    def client(self, **options: object) -> GettyImages:
        """A client of this sandbox, with credentials.

        Args:
            options: Arguments of `GettyImages` that replace or complete those; an access or refresh
                token takes the place of user name and password.
        """
        from gettyimages import GettyImages

        make = typing.cast("typing.Callable[..., GettyImages]", GettyImages)
        return make(**self._client_options(options))

    def async_client(self, **options: object) -> AsyncGettyImages:
        """A client of this sandbox, to be awaited, with credentials.

        Args:
            options: Arguments of `AsyncGettyImages`, as for `client`.
        """
        from gettyimages import AsyncGettyImages

        make = typing.cast("typing.Callable[..., AsyncGettyImages]", AsyncGettyImages)
        return make(**self._client_options(options))

    def _client_options(self, given: Mapping[str, object]) -> dict[str, object]:
        options: dict[str, object] = {
            "api_key": self.api_key,
            "api_secret": self.api_secret,
            "base_url": self.base_url,
            "token_url": self.token_url,
        }
        if not given.keys() & {"access_token", "refresh_token"}:
            options |= {"username": self.username, "password": self.password}
        return options | dict(given)
