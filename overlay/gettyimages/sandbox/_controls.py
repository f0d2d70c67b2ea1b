"""What a sandbox has seen and counted, and what can be done to it while it runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ._app import App
from ._clock import Clock
from ._http import RecordedRequest
from ._options import Options
from ._spec import Spec, shipped
from ._state import State
from ._token_endpoint import Tokens


@dataclass(kw_only=True, eq=False, repr=False)
class Controls(Options):
    __doc__ = Options.__doc__

    def __post_init__(self) -> None:
        self._clock = Clock()
        self._state = State(self, self._clock)
        self._tokens = Tokens(self, self._clock)
        self._app = App(self, Spec(self.spec or shipped()), self._state, self._tokens)

    @property
    def requests(self) -> Sequence[RecordedRequest]:
        """All requests that reached the sandbox, in order; a copy."""
        return tuple(self._app.requests)

    def forget_requests(self) -> None:
        """Drop the records of all requests so far."""
        self._app.requests.clear()

    @property
    def problems(self) -> Sequence[str]:
        """Tracebacks of the sandbox's own failures; there should be none."""
        return tuple(self._app.problems)

    def advance(self, seconds: float) -> None:
        """Let time pass at once, for tokens, links and the lag of the history."""
        self._clock.advance(seconds)

    @property
    def token_requests(self) -> int:
        """How many tokens have been asked for, in vain or not."""
        return len(self._tokens.grants)

    @property
    def token_grants(self) -> Sequence[str]:
        """The grant types of those requests, in order."""
        return tuple(self._tokens.grants)

    def issue_token(self, *, user: bool = True) -> str:
        """An access token as if obtained elsewhere; it stands for the user, or for none."""
        return self._tokens.issue(user=user)

    def issue_refresh_token(self) -> str:
        """A refresh token as if obtained elsewhere."""
        return self._tokens.issue_refresh_token()

    def expire_tokens(self, *, refresh_tokens: bool = False) -> None:
        """Let all access tokens expire now, and all refresh tokens too if told to."""
        self._tokens.expire()
        if refresh_tokens:
            self._tokens.expire_refresh_tokens()

    def expire_links(self) -> None:
        """Let all addresses of files expire now."""
        with self._state.lock:
            self._state.links.clear()

    @property
    def downloads_used(self) -> int:
        """How many downloads have been used up."""
        with self._state.lock:
            return self._state.counts.total()

    @property
    def download_counts(self) -> Mapping[str, int]:
        """How many downloads each image has used up, by its id; a copy."""
        with self._state.lock:
            return dict(self._state.counts)

    def add_history(
        self,
        asset_id: str,
        *,
        date: datetime | None = None,
        product_type: str = "easyaccess",
        username: str | None = None,
    ) -> None:
        """Put a download into the history, without using one up.

        Args:
            asset_id: Id of the asset.
            date: When it was downloaded, with a time zone; None for now, and then the lag holds.
            product_type: Type of the product that was charged.
            username: Who downloaded it; None for the sandbox's user. The downloads of all others
                are listed with `company_downloads=true` only.
        """
        item = self._state.download(
            asset_id, date=date, product_type=product_type, username=username
        )
        with self._state.lock:
            self._state.history.append(item)

    @property
    def registered(self) -> Sequence[str]:
        """Ids of all assets registered, in order; a copy."""
        with self._state.lock:
            return tuple(self._state.registered)

    def add_notifications(self, channel_id: int, count: int) -> Sequence[str]:
        """Put notifications into a channel, which is made if it does not exist.

        Args:
            channel_id: Id of the channel.
            count: How many; 0 makes an empty channel.

        Returns:
            The ids of the assets that they are about.
        """
        return self._state.notify(channel_id, count)

    def waiting(self, channel_id: int) -> int:
        """How many notifications of a channel are not confirmed."""
        with self._state.lock:
            channel = self._state.channels[channel_id]
            return len(channel.waiting) + len(channel.current)

    @property
    def confirmed(self) -> Sequence[str]:
        """Ids of the assets of all confirmed notifications, in order; a copy."""
        with self._state.lock:
            return tuple(self._state.confirmed)

    def content(self, asset_id: str, *, file_type: str = "jpg", height: int | None = None) -> bytes:
        """What a download of an image delivers."""
        file = self._state.file(asset_id, file_type, height)
        return file.read(0, file.size)

    def sha256(self, asset_id: str, *, file_type: str = "jpg", height: int | None = None) -> str:
        """The hexadecimal digest of what a download of an image delivers, whatever its size."""
        return self._state.file(asset_id, file_type, height).sha256()

    def size(self, asset_id: str, *, file_type: str = "jpg", height: int | None = None) -> int:
        """How many bytes a download of an image delivers."""
        return self._state.file(asset_id, file_type, height).size

    def etag(self, asset_id: str, *, file_type: str = "jpg", height: int | None = None) -> str:
        """The `ETag` of what a download of an image delivers, with its quotation marks."""
        return self._state.file(asset_id, file_type, height).etag

    def change_file(self, asset_id: str) -> None:
        """Put another file behind an image and the addresses that were handed out: a new `ETag`."""
        with self._state.lock:
            self._state.revisions[asset_id] += 1
