"""What the sandbox remembers: downloads, their history, registrations, channels and links."""

from __future__ import annotations

import itertools
import secrets
import threading
import time
import zlib
from collections import Counter, deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from ._asset_files import AssetFile
from ._faults import Faults

_CONTENT_TYPES = {"jpg": "image/jpeg", "eps": "application/postscript"}
Notification = dict[str, str | None]


class Options(Protocol):
    """The options of `Sandbox`, where they are documented, that serving a request depends on."""

    api_key: str
    api_secret: str
    username: str
    password: str
    token_seconds: float
    expires_in_as_string: bool
    rotate_refresh_tokens: bool
    user_token_required: bool
    allowance: int | None
    missing: Collection[str]
    unlicensed: Collection[str]
    file_size: int | None
    file_sizes: Mapping[str, int]
    link_seconds: float
    redirect_status: int
    relative_location: bool
    delivery_redirects: int
    delivery_redirect_status: int
    history_lag: float
    channels: Mapping[int, int]
    change_set_status: int
    numeric_change_set_ids: bool
    max_queries_per_second: float | None
    latency: float
    faults: Faults


class Clock:
    """The sandbox's time: it can be moved forward, and ignores changes of the system's clock."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def time(self) -> float:
        """Seconds since the epoch."""
        return time.monotonic() + self._offset

    def now(self) -> datetime:
        """Date and time in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def advance(self, seconds: float) -> None:
        """Move the time forward."""
        self._offset += seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A download in the history."""

    asset_id: str
    date: datetime
    visible_from: float
    product_type: str
    product_id: int
    username: str
    details: Mapping[str, object]
    height: int | None


@dataclass(frozen=True, slots=True)
class Link:
    """The file that a signed URL leads to."""

    asset_id: str
    file_type: str
    height: int | None
    expiry: float
    signature: str = field(repr=False)


@dataclass(slots=True)
class Channel:
    """A channel: its queue, and the change set that has been sent but not confirmed."""

    queue: deque[Notification] = field(default_factory=deque)
    change_set_id: int | None = None
    change_set: list[Notification] = field(default_factory=list)

    @property
    def notifications(self) -> list[Notification]:
        """All that are not confirmed, the oldest first."""
        return [*self.change_set, *self.queue]


class State:
    """What requests change. Hold `lock` to read or change it."""

    def __init__(self, options: Options) -> None:
        self.lock = threading.RLock()
        self.options = options
        self.clock = Clock()
        self.created = self.clock.now()
        self.counts: Counter[str] = Counter()
        self.history: list[Download] = []
        self.registered: list[str] = []
        self.confirmed: list[str] = []
        self.channels: dict[int, Channel] = {}
        self.links: dict[str, Link] = {}
        self.revisions: Counter[str] = Counter()
        self._files: dict[tuple[str, int], AssetFile] = {}
        self._change_set_ids = itertools.count(9_000_000_001)
        self._asset_ids = itertools.count(1_200_000_001)
        for channel_id, count in options.channels.items():
            self.notify(channel_id, count)

    def file(self, asset_id: str, file_type: str, height: int | None) -> AssetFile:
        """The file of an image."""
        with self.lock:
            key = f"{asset_id}/{file_type}/{height or ''}/{self.revisions[asset_id]}"
            size = self.options.file_sizes.get(asset_id, self.options.file_size)
            if size is None:
                size = 50_000 + zlib.crc32(key.encode()) % 150_000
            if (key, size) not in self._files:
                if len(self._files) > 1000:
                    self._files.clear()
                content_type = _CONTENT_TYPES.get(file_type, "application/octet-stream")
                self._files[key, size] = AssetFile(key, size, content_type)
            return self._files[key, size]

    def create_link(self, asset_id: str, file_type: str, height: int | None) -> str:
        """Path and query of a new link to a file."""
        token, signature = secrets.token_urlsafe(18), secrets.token_urlsafe(24)
        expiry = self.clock.time() + self.options.link_seconds
        with self.lock:
            self.links[token] = Link(asset_id, file_type, height, expiry, signature)
        return f"/files/{token}?signature={signature}"

    def add_download(
        self,
        asset_id: str,
        *,
        date: datetime | None = None,
        product_type: str | None = None,
        product_id: int | None = None,
        username: str | None = None,
        details: Mapping[str, object] | None = None,
        height: int | None = None,
    ) -> None:
        """Put a download into the history, after the lag if it has no date."""
        download = Download(
            asset_id=asset_id,
            date=date or self.clock.now(),
            visible_from=self.clock.time() + (0 if date else self.options.history_lag),
            product_type=product_type or "easyaccess",
            product_id=9001 if product_id is None else product_id,
            username=username or self.options.username,
            details=details or {},
            height=height,
        )
        with self.lock:
            self.history.append(download)

    def notify(self, channel_id: int, count: int) -> list[str]:
        """Put notifications into a channel; returns the ids of their assets."""
        with self.lock:
            channel = self.channels.setdefault(channel_id, Channel())
            ids = [str(next(self._asset_ids)) for _ in range(count)]
            channel.queue.extend(map(self._notification, ids, itertools.count()))
        return ids

    def _notification(self, asset_id: str, number: int) -> Notification:
        lifecycle = ("New", "Update", "Delete")[number % 3]
        changed = self.created - timedelta(minutes=1) + timedelta(microseconds=number)
        return {
            "id": asset_id,
            "asset_type": "Film" if number % 10 == 9 else "Image",
            "asset_lifecycle": lifecycle,
            "asset_changed_utc_datetime": utc_text(changed),
            "uri": None if lifecycle == "Delete" else f"https://example.com/images/{asset_id}",
        }

    def current_change_set(self, channel: Channel, size: int) -> int | None:
        """Id of the change set to confirm, which is created if needed; None in an empty channel."""
        with self.lock:
            if channel.change_set_id is None and channel.queue:
                channel.change_set_id = next(self._change_set_ids)
                count = min(size, len(channel.queue))
                channel.change_set = [channel.queue.popleft() for _ in range(count)]
            return channel.change_set_id

    def confirm(self, change_set_id: str) -> bool:
        """Confirm a change set; returns whether it existed."""
        with self.lock:
            for channel in self.channels.values():
                if channel.change_set and str(channel.change_set_id) == change_set_id:
                    self.confirmed.extend(str(item["id"]) for item in channel.change_set)
                    channel.change_set_id, channel.change_set = None, []
                    return True
        return False


def utc_text(moment: datetime) -> str:
    """A date and time as the API writes it, in UTC."""
    return moment.isoformat().replace("+00:00", "Z")
