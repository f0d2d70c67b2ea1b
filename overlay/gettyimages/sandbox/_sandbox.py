"""The sandbox: its options, what it has counted, and how to start, stop and change it."""

from __future__ import annotations

import asyncio
import typing
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from gettyimages import AsyncGettyImages, GettyImages

from ._app import App
from ._endpoints import TOKEN_PATH
from ._http import OriginName, RecordedRequest, SandboxError, Server
from ._spec import Spec, shipped_spec
from ._state import Options, State


class Sandbox(Options):
    """A server on this machine that behaves like the Getty Images API. It costs nothing.

    It listens on loopback only, on four ports: the API, the token endpoint, and two delivery hosts.
    A context manager, also for `async with`: it runs in a thread of its own inside the block. What
    it has counted can be read after the block as well. Every option is an attribute too, and may be
    changed while the sandbox runs.

    Args:
        api_key: The only valid API key.
        api_secret: Its secret.
        username: Name of the only user.
        password: The user's password.
        token_seconds: Seconds for which an access token is valid.
        expires_in_as_string: Whether a token's lifetime is sent as a string, e.g. `"1800"`.
        rotate_refresh_tokens: Whether a refresh token is replaced each time it is used.
        user_token_required: Whether tokens of the client credentials grant are refused with 403.
        allowance: Downloads that may be used up in total; None for no limit.
        search_results: How many items each search finds, on all of its pages.
        missing: Ids of assets that do not exist. All other numeric ids do.
        unlicensed: Ids of images and videos that the customer may not download (403).
        file_size: Size of every file in bytes; None for sizes between 50 and 200 KB.
        file_sizes: Sizes in bytes of the files of single assets, by id.
        link_seconds: Seconds for which a link to a file is valid.
        redirect_status: Status of the redirect that a download gets: 301, 302, 303, 307 or 308.
        relative_location: Whether that redirect is to a path on the API's own origin.
        delivery_redirects: Further redirects before a file is sent, each to another origin.
        delivery_redirect_status: Status of those redirects.
        history_lag: Seconds until a download appears in the history.
        history_dates: The dates that the history knows: `old` (`start_date`, `end_date`), `new`
            (`date_from`, `date_to`, `use_time`) or `both`. With `strict-old` and `strict-new` the
            others are refused (400) instead of ignored. Without a start it lists 30 days.
        channels: How many notifications each channel holds at first, by the channel's id.
        change_set_status: Status of a response with a change set: 200 or 201.
        numeric_change_set_ids: Whether ids of change sets are sent as numbers instead of strings.
        max_queries_per_second: Requests in any second above which API and token endpoint respond
            with 429; None for no limit.
        latency: Seconds by which every response is delayed, on every origin.
        keep_alive_seconds: Seconds after which an idle connection, made from then on, is closed.
        faults: What goes wrong; `faults.add` adds to it at any time.
        port: Port of the API; the other three servers take the next three. 0 for any ports.
        spec: The OpenAPI 3.1 document to serve; None for the one that the client is made from.

    Raises:
        SandboxError: A port is taken.
        ValueError: A fault can never apply.
    """

    def __post_init__(self) -> None:
        self._state = State(self)
        spec = Spec(self.spec) if self.spec else shipped_spec()
        self._app = App(spec, self._state)
        self.faults.check_with([*spec.kinds("[0-9]+" if self.spec is None else ".+")])
        self._server: Server | None = None

    def __enter__(self) -> typing.Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> typing.Self:
        self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        with ThreadPoolExecutor(1) as executor:  # the loop's own may be busy
            await asyncio.get_running_loop().run_in_executor(executor, self.close)

    def __repr__(self) -> str:
        url = self._app.origins.get("api")
        return f"<Sandbox at {url}>" if url else "<Sandbox, not started>"

    def start(self) -> None:
        """Start the server; the `with` statement does it."""
        if self._server is None:
            self._server = Server(self._app, self.port, lambda: self.keep_alive_seconds)
            self._app.origins = self._server.urls

    def close(self) -> None:
        """Stop the server and close all connections; the end of the `with` block does it."""
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
        return self._url("token") + TOKEN_PATH

    @property
    def delivery_url(self) -> str:
        """URL of the host that delivers files."""
        return self._url("delivery")

    def _url(self, origin: OriginName) -> str:
        if not self._app.origins:
            raise SandboxError("the sandbox has not been started: use it in a with statement")
        return self._app.origins[origin]

    def client(self, **changes: typing.Any) -> GettyImages:
        """A client of this sandbox, made with `client_options(**changes)`."""
        return GettyImages(**self.client_options(**changes))

    def async_client(self, **changes: typing.Any) -> AsyncGettyImages:
        """An asynchronous client of this sandbox, made with `client_options(**changes)`."""
        return AsyncGettyImages(**self.client_options(**changes))

    def client_options(self, **changes: typing.Any) -> dict[str, typing.Any]:
        """The arguments for a client of this sandbox: URLs and credentials, and any changes.

        With `access_token` or `refresh_token`, user name and password are omitted.
        """
        options: dict[str, typing.Any] = {
            "api_key": self.api_key,
            "api_secret": self.api_secret,
            "base_url": self.base_url,
            "token_url": self.token_url,
        }
        if not changes.keys() & {"access_token", "refresh_token"}:
            options |= {"username": self.username, "password": self.password}
        return options | changes

    def env(self) -> dict[str, str]:
        """Environment variables for a client of this sandbox in another process."""
        options = self.client_options()
        return {f"GETTYIMAGES_{name.upper()}": value for name, value in options.items()}

    @property
    def requests(self) -> Sequence[RecordedRequest]:
        """All requests that reached the sandbox, in order; a copy."""
        return tuple(self._app.requests)

    def forget_requests(self) -> None:
        """Delete the records of all requests so far."""
        self._app.requests.clear()

    @property
    def problems(self) -> Sequence[str]:
        """Tracebacks of the sandbox's own failures; normally empty."""
        return tuple(self._app.problems)

    def advance(self, seconds: float) -> None:
        """Move the server's one clock: of tokens, links, the history and the header `Date`."""
        self._state.time_offset += seconds

    @property
    def token_requests(self) -> int:
        """Number of requests for a token, successful or not."""
        return len(self._state.token_grants)

    @property
    def token_grants(self) -> Sequence[str]:
        """The grant types of those requests, in order."""
        return tuple(self._state.token_grants)

    def issue_token(self, *, user: bool = True) -> str:
        """Issue an access token without a request, for the user or for the application alone."""
        return self._state.issue_token(user=user)

    def issue_refresh_token(self) -> str:
        """Issue a refresh token without a request."""
        return self._state.issue_refresh_token()

    def expire_tokens(self, *, refresh_tokens: bool = False) -> None:
        """Let all access tokens expire now, and optionally all refresh tokens."""
        self._state.access_tokens.clear()
        if refresh_tokens:
            self._state.refresh_tokens.clear()

    def expire_links(self) -> None:
        """Let all links to files expire now."""
        self._state.links.clear()

    @property
    def downloads_used(self) -> int:
        """Number of downloads used up."""
        return self._state.counts.total()

    @property
    def download_counts(self) -> Mapping[str, int]:
        """Number of downloads used up by each asset, by its id; a copy."""
        return dict(self._state.counts)

    @property
    def credits_used(self) -> int:
        """Number of credits used up by licenses."""
        return self._state.credits_used

    def add_history(
        self,
        asset_id: str,
        *,
        date: datetime | None = None,
        product_type: str = "easyaccess",
        username: str | None = None,
        asset_type: str = "Image",
    ) -> None:
        """Put a download into the history without using one up.

        Args:
            asset_id: Id of the asset.
            date: When it was downloaded, with a time zone; None for now, after `history_lag`.
            product_type: Type of the product that was charged.
            username: None for the sandbox's user. Downloads of other users are listed only with
                `company_downloads=true`.
            asset_type: `Image`, or `Film` for a video.
        """
        self._state.add_download(
            asset_id, date=date, product_type=product_type, username=username, asset_type=asset_type
        )

    @property
    def registered(self) -> Sequence[str]:
        """Ids of all registered assets, in order; a copy."""
        return tuple(self._state.registered)

    def add_notifications(self, channel_id: int, count: int) -> Sequence[str]:
        """Put notifications into a channel, which is created if needed; returns the assets' ids."""
        return self._state.notify(channel_id, count)

    def notification_count(self, channel_id: int) -> int:
        """Number of notifications in a channel that are not confirmed."""
        return len(self._state.unconfirmed(self._state.channels[channel_id]))

    @property
    def confirmed(self) -> Sequence[str]:
        """Ids of the assets of all confirmed notifications, in order; a copy."""
        return tuple(self._state.confirmed)

    def content(self, asset_id: str, *, file_type: str = "jpg", height: int | None = None) -> bytes:
        """The file that a download delivers; that of a video has the file type `mp4`."""
        file = self._state.file(asset_id, file_type, height)
        return file.read(0, file.size)

    def sha256(self, asset_id: str, *, file_type: str = "jpg", height: int | None = None) -> str:
        """The hexadecimal SHA-256 of that file, whatever its size."""
        return self._state.file(asset_id, file_type, height).sha256()

    def size(self, asset_id: str, *, file_type: str = "jpg", height: int | None = None) -> int:
        """The size of that file in bytes."""
        return self._state.file(asset_id, file_type, height).size

    def etag(self, asset_id: str, *, file_type: str = "jpg", height: int | None = None) -> str:
        """The `ETag` of that file, with its quotation marks."""
        return self._state.file(asset_id, file_type, height).etag

    def change_file(self, asset_id: str) -> None:
        """Replace the file of an asset, also behind existing links; its `ETag` changes."""
        self._state.revisions[asset_id] += 1
