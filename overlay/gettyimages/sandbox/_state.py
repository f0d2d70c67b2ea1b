"""What the sandbox remembers: downloads and their history, registrations, channels, links."""

from __future__ import annotations

import itertools
import secrets
import threading
import zlib
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ._asset_files import File
from ._clock import Clock
from ._options import Options

_CONTENT_TYPES = {"jpg": "image/jpeg", "eps": "application/postscript"}
Notification = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Download:
    """One download of the history."""

    asset_id: str
    date: datetime
    visible_from: float
    product_type: str
    product_id: int
    username: str
    details: Mapping[str, object]
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """What the address of a file stands for."""

    asset_id: str
    file_type: str
    height: int | None
    expiry: float
    signature: str = field(repr=False)


@dataclass(slots=True)
class Channel:
    """A channel: what waits in it, and the change set that is to be confirmed."""

    waiting: deque[Notification] = field(default_factory=deque)
    current_id: int | None = None
    current: list[Notification] = field(default_factory=list)


class State:
    """Everything that requests change. Whoever touches it holds `lock`."""

    def __init__(self, options: Options, clock: Clock) -> None:
        self.lock = threading.RLock()
        self.options = options
        self.clock = clock
        self.created = clock.now()
        self.counts: Counter[str] = Counter()
        self.history: list[Download] = []
        self.registered: list[str] = []
        self.confirmed: list[str] = []
        self.channels: dict[int, Channel] = {}
        self.links: dict[str, Link] = {}
        self.revisions: Counter[str] = Counter()
        self._files: dict[tuple[str, int], File] = {}
        self._change_set_ids = itertools.count(9_000_000_001)
        self._asset_ids = itertools.count(1_200_000_001)
        for channel_id, count in options.channels.items():
            self.notify(channel_id, count)

    def file(self, asset_id: str, file_type: str, height: int | None) -> File:
        """The file of an image."""
        with self.lock:
            key = f"{asset_id}/{file_type}/{height or ''}/{self.revisions[asset_id]}"
            size = self.options.file_sizes.get(asset_id, self.options.file_size)
            if size is None:
                size = 50_000 + zlib.crc32(key.encode()) % 150_000
            if (key, size) not in self._files:
                if len(self._files) > 1000:
                    self._files.clear()
                kind = _CONTENT_TYPES.get(file_type, "application/octet-stream")
                self._files[key, size] = File(key, size, kind)
            return self._files[key, size]

    def link(self, asset_id: str, file_type: str, height: int | None) -> str:
        """A new address of a file: path and query."""
        token, signature = secrets.token_urlsafe(18), secrets.token_urlsafe(24)
        expiry = self.clock.time() + self.options.link_seconds
        with self.lock:
            self.links[token] = Link(asset_id, file_type, height, expiry, signature)
        return f"/files/{token}?signature={signature}"

    def record(self, download: Download) -> None:
        """Use up a download."""
        with self.lock:
            self.counts[download.asset_id] += 1
            self.history.append(download)

    def download(
        self,
        asset_id: str,
        *,
        date: datetime | None = None,
        product_type: str | None = None,
        product_id: int | None = None,
        username: str | None = None,
        details: Mapping[str, object] | None = None,
        height: int | None = None,
    ) -> Download:
        """A download as the history will list it: at once if it has a date, else after the lag."""
        lag = 0 if date else self.options.history_lag
        return Download(
            asset_id,
            date or self.clock.now(),
            self.clock.time() + lag,
            product_type or "easyaccess",
            9001 if product_id is None else product_id,
            username or self.options.username,
            details or {},
            height,
        )

    def notify(self, channel_id: int, count: int) -> list[str]:
        """Put notifications into a channel; returns the ids of their assets."""
        ids = []
        with self.lock:
            channel = self.channels.setdefault(channel_id, Channel())
            for number in range(count):
                asset_id = str(next(self._asset_ids))
                ids.append(asset_id)
                channel.waiting.append(self._notification(asset_id, number))
        return ids

    def _notification(self, asset_id: str, number: int) -> Notification:
        lifecycle = ("New", "Update", "Delete")[number % 3]
        moment = self.created - timedelta(minutes=1) + timedelta(microseconds=number)
        return {
            "id": asset_id,
            "asset_type": "Film" if number % 10 == 9 else "Image",
            "asset_lifecycle": lifecycle,
            "asset_changed_utc_datetime": stamp(moment),
            "uri": None if lifecycle == "Delete" else f"https://example.com/images/{asset_id}",
        }

    def next_change_set(self, channel: Channel, size: int) -> int | None:
        """The id of a channel's current change set, begun if need be; None if it holds nothing."""
        with self.lock:
            if channel.current_id is None and channel.waiting:
                channel.current_id = next(self._change_set_ids)
                count = min(size, len(channel.waiting))
                channel.current = [channel.waiting.popleft() for _ in range(count)]
            return channel.current_id

    def confirm(self, change_set_id: str) -> bool:
        """Confirm a change set; whether there was such a one."""
        with self.lock:
            for channel in self.channels.values():
                if channel.current_id is not None and str(channel.current_id) == change_set_id:
                    self.confirmed.extend(str(item["id"]) for item in channel.current)
                    channel.current_id, channel.current = None, []
                    return True
        return False


def stamp(moment: datetime) -> str:
    """A moment as the API writes it, in UTC."""
    return moment.isoformat().replace("+00:00", "Z")
