"""The options of the sandbox, the files that it delivers, and all that it remembers."""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
import itertools
import re
import secrets
import struct
import threading
import time
import zlib
from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from ._faults import Faults

FILES_PATH = "/files/"

# Taken here, so that a test which replaces them in `time` moves the client's clocks only.
_time_of_day, _ticks = time.time, time.monotonic

_MEDIA = importlib.resources.files("gettyimages.sandbox") / "media"
_PICTURE = (_MEDIA / "picture.jpg").read_bytes()  # 240 x 160 pixels
_HEAD, _TAIL = _PICTURE[:20], _PICTURE[20:]  # what fills it up goes in between
_VIDEO = (_MEDIA / "video.mp4").read_bytes()  # 64 x 48 pixels, one second long
_SMALLEST_MEDIA = 4096
_SEGMENT = 2 + 0xFFFF  # the longest comment segment: a marker, and as much as its length counts
_CHUNK = 16 * _SEGMENT  # about 1 MiB
_CONTENT_TYPES = {"jpg": "image/jpeg", "eps": "application/postscript", "mp4": "video/mp4"}
_FIRST_PURCHASED = 1_100_000_000
Notification = dict[str, str | None]


class AssetFile:
    """A file of the delivery host.

    All pictures look alike. They are filled up to their size with comment segments, whose content
    depends on the key. Each segment starts with its number, so that no two parts of a file are
    equal. So do videos, which are filled up with one free box of such segments. A file smaller than
    4096 bytes is neither picture nor video, but filling only.
    """

    def __init__(self, key: str, size: int, content_type: str = "image/jpeg") -> None:
        self.size = size
        self.content_type = content_type
        self.etag = '"' + hashlib.sha256(f"{key}/{size}".encode()).hexdigest()[:32] + '"'
        self._key = key
        self._head = self._tail = b""
        if content_type == "image/jpeg" and size >= _SMALLEST_MEDIA:
            self._head, self._tail = _HEAD, _TAIL
        elif content_type == "video/mp4" and size >= _SMALLEST_MEDIA:
            self._head = _VIDEO + struct.pack(">I4sQ", 1, b"free", size - len(_VIDEO))
        self._padding = size - len(self._head) - len(self._tail)

    @functools.cached_property
    def _filler(self) -> bytes:
        seed = hashlib.sha256(self._key.encode()).digest()
        return hashlib.shake_128(seed).digest(_SEGMENT - 12)

    def _segment(self, number: int) -> bytes:
        """A comment segment; or fill bytes, where there is too little room for one."""
        length = min(_SEGMENT, self._padding - number * _SEGMENT)
        if length < 4:
            return b"\xff" * length
        marker = struct.pack(">BBH", 0xFF, 0xFE, length - 2)
        return (marker + number.to_bytes(8, "big") + self._filler)[:length]

    def read(self, start: int, stop: int) -> bytes:
        """The bytes from one position up to another."""
        after_head, after_padding = len(self._head), len(self._head) + self._padding
        parts = (
            self._head[start:stop],
            self._read_padding(max(0, start - after_head), min(self._padding, stop - after_head)),
            self._tail[max(0, start - after_padding) : max(0, stop - after_padding)],
        )
        return b"".join(filter(None, parts))

    def _read_padding(self, start: int, stop: int) -> bytes:
        if start >= stop:
            return b""
        first, last = start // _SEGMENT, (stop - 1) // _SEGMENT
        segments = b"".join([self._segment(number) for number in range(first, last + 1)])
        return segments[start - first * _SEGMENT : stop - first * _SEGMENT]

    def chunks(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes from one position up to another, in chunks that end with a segment."""
        end = self.size if stop is None else min(stop, self.size)
        while start < end:
            edge = min(end, start + _CHUNK - (start - len(self._head)) % _SEGMENT)
            yield self.read(start, edge)
            start = edge

    def sha256(self) -> str:
        """The hexadecimal SHA-256 of the whole file."""
        digest = hashlib.sha256()
        for chunk in self.chunks():
            digest.update(chunk)
        return digest.hexdigest()


@dataclass(kw_only=True, eq=False, repr=False)
class Options:
    """The options of `Sandbox`, where they are documented."""

    api_key: str = "sandbox-key"
    api_secret: str = "sandbox-secret"
    username: str = "sandbox-user"
    password: str = "sandbox-password"
    token_seconds: float = 1800
    expires_in_as_string: bool = False
    rotate_refresh_tokens: bool = False
    user_token_required: bool = False
    allowance: int | None = None
    search_results: int = 100
    missing: Collection[str] = ()
    unlicensed: Collection[str] = ()
    file_size: int | None = None
    file_sizes: Mapping[str, int] = field(default_factory=dict)
    link_seconds: float = 24 * 3600
    redirect_status: int = 303
    relative_location: bool = False
    delivery_redirects: int = 0
    delivery_redirect_status: int = 302
    history_lag: float = 0
    history_dates: Literal["both", "old", "new", "strict-old", "strict-new"] = "both"
    channels: Mapping[int, int] = field(default_factory=lambda: {1: 25})
    change_set_status: int = 200
    numeric_change_set_ids: bool = False
    max_queries_per_second: float | None = None
    latency: float = 0
    keep_alive_seconds: float = 75
    faults: Faults = field(default_factory=Faults)
    port: int = 0
    spec: Mapping[str, object] | None = None

    def __post_init__(self) -> None:
        """Do what `Sandbox` has to do once it has its options."""


@dataclass(frozen=True, slots=True)
class Download:
    """A download in the history, with its record as the API sends it."""

    date: datetime
    visible_from: float
    record: Mapping[str, Any]


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


@dataclass(slots=True)
class Board:
    """A board: the assets with the dates when they were added, the comments with theirs."""

    id: str
    name: str
    description: str | None
    created: datetime
    updated: datetime
    assets: dict[str, datetime] = field(default_factory=dict)
    comments: dict[str, tuple[str | None, datetime]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Purchase:
    """An asset that was bought. The number of its order is its place among the purchases."""

    asset_id: str
    date: datetime


class State:
    """What requests change. They are served by one thread, while others call `Sandbox`.

    What another thread could see half-done needs the lock.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.time_offset = _time_of_day() - _ticks()
        self.created = self.now()
        self.counts: Counter[str] = Counter()
        self.history: list[Download] = []
        self.registered: list[str] = []
        self.confirmed: list[str] = []
        self.channels: dict[int, Channel] = {}
        self.links: dict[str, Link] = {}  # by path
        self.token_grants: list[str] = []
        self.access_tokens: dict[str, tuple[float, bool]] = {}  # expiry, and whether a user's
        self.refresh_tokens: set[str] = set()
        self.boards: dict[str, Board] = {}
        self.purchases = [
            Purchase(str(_FIRST_PURCHASED + days), self.created - timedelta(days=days))
            for days in (3, 2, 1)
        ]
        self.credits_used = 0
        self.usage_batches: set[str] = set()
        self.revisions: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._cached_file = functools.lru_cache(maxsize=1000)(AssetFile)
        self._change_set_ids = itertools.count(9_000_000_001)
        self._ids = itertools.count(1)
        board = Board(self.new_id(), "Sandbox", None, self.created, self.created)
        self.boards[board.id] = board
        self._asset_ids = itertools.count(1_200_000_001)
        for channel_id, count in options.channels.items():
            self.notify(channel_id, count)

    def time(self) -> float:
        """Seconds since the epoch by the server's only clock, whatever the system's clock does."""
        return _ticks() + self.time_offset

    def now(self) -> datetime:
        """Date and time in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def new_id(self) -> str:
        """The id of a new board or comment."""
        return str(next(self._ids))

    def has_asset(self, asset_id: str) -> bool:
        """Whether there is an asset of an id: every number is one, unless it is to be missing."""
        is_number = re.fullmatch("[0-9]{1,19}", asset_id) is not None
        return is_number and asset_id not in self.options.missing

    def file(self, asset_id: str, file_type: str, height: int | None) -> AssetFile:
        """The file of an image or a video."""
        key = f"{asset_id}/{file_type}/{height or ''}/{self.revisions[asset_id]}"
        size = self.options.file_sizes.get(asset_id, self.options.file_size)
        if size is None:
            size = 50_000 + zlib.crc32(key.encode()) % 150_000
        content_type = _CONTENT_TYPES.get(file_type, "application/octet-stream")
        return self._cached_file(key, size, content_type)

    def issue_token(self, *, user: bool) -> str:
        """A new access token."""
        token = "sandbox-access-" + secrets.token_urlsafe(24)
        self.access_tokens[token] = self.time() + self.options.token_seconds, user
        return token

    def issue_refresh_token(self) -> str:
        """A new refresh token."""
        token = "sandbox-refresh-" + secrets.token_urlsafe(24)
        self.refresh_tokens.add(token)
        return token

    def create_link(self, asset_id: str, file_type: str, height: int | None) -> str:
        """Path and query of a new link to a file."""
        path, signature = FILES_PATH + secrets.token_urlsafe(18), secrets.token_urlsafe(24)
        expiry = self.time() + self.options.link_seconds
        self.links[path] = Link(asset_id, file_type, height, expiry, signature)
        return f"{path}?signature={signature}"

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
        asset_type: str = "Image",
    ) -> None:
        """Put a download into the history, after the lag if it has no date."""
        visible_from = self.time() + (0 if date else self.options.history_lag)
        date, details, height = date or self.now(), details or {}, height or 2000
        name = {"first_name": "Sandy", "middle_name": None, "last_name": "Box"}
        record = {
            "id": asset_id,
            "date_downloaded": utc_text(date),
            "product_type": product_type or "easyaccess",
            "product_id": 9001 if product_id is None else product_id,
            "asset_type": asset_type,
            "thumb_uri": f"https://example.com/thumbs/{asset_id}.jpg",
            "agreement_name": "Sandbox agreement",
            "size_name": "large",
            "license_model": "RoyaltyFree",
            "download_source": "API",
            "download_details": {
                key: details.get(key) for key in ("download_notes", "project_code")
            },
            "user": {"username": username or self.options.username, **name},
            "dimensions": {"width": height * 3 // 2, "height": height, "dpi": 300},
        }
        self.history.append(Download(date, visible_from, record))

    def notify(self, channel_id: int, count: int) -> list[str]:
        """Put notifications into a channel; returns the ids of their assets."""
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

    def unconfirmed(self, channel: Channel) -> list[Notification]:
        """All notifications of a channel that are not confirmed, the oldest first."""
        with self._lock:
            return [*channel.change_set, *channel.queue]

    def current_change_set(self, channel: Channel, size: int) -> int | None:
        """Id of the change set to confirm, which is created if needed; None in an empty channel."""
        with self._lock:
            if channel.change_set_id is None and channel.queue:
                channel.change_set_id = next(self._change_set_ids)
                count = min(size, len(channel.queue))
                channel.change_set = [channel.queue.popleft() for _ in range(count)]
            return channel.change_set_id

    def confirm(self, change_set_id: str) -> bool:
        """Confirm a change set; returns whether it existed."""
        for channel in list(self.channels.values()):
            if channel.change_set and str(channel.change_set_id) == change_set_id:
                with self._lock:
                    self.confirmed.extend(str(item["id"]) for item in channel.change_set)
                    channel.change_set_id, channel.change_set = None, []
                return True
        return False


def utc_text(moment: datetime) -> str:
    """A date and time as the API writes it, in UTC."""
    return moment.isoformat().replace("+00:00", "Z")
