"""What the journal records: what is asked for, and what is known of it."""

from __future__ import annotations

import datetime
import json
import sqlite3
import typing
from dataclasses import dataclass

from .sound import DAMAGED, FIELDS, is_entry

if typing.TYPE_CHECKING:
    from ..plan import Decision

State: typing.TypeAlias = typing.Literal["intent", "linked", "saved", "stranded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An asset, and what of it is asked for."""

    asset: str
    file_type: str | None = None
    height: int | None = None
    product_id: int | None = None
    product_type: str | None = None

    @property
    def key(self) -> str:
        """The same text for the same request, whoever makes it."""
        parts = {
            "asset": self.asset,
            "file_type": self.file_type.lower() if self.file_type else None,
            "height": self.height,
            "product_id": self.product_id,
            "product_type": self.product_type.lower() if self.product_type else None,
        }
        given = {name: value for name, value in parts.items() if value is not None}
        return json.dumps(given, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Owner:
    """A process of some machine."""

    host: str
    pid: int
    start: str


@dataclass(frozen=True, slots=True)
class Placing:
    """A file that is whole, and about to get its name."""

    path: str
    """Relative to the folder of the journal; a number is added where that is taken."""
    size: int
    sha256: str
    content_type: str

    def dumped(self) -> str:
        """As it is recorded."""
        return json.dumps([self.path, self.size, self.sha256, self.content_type])


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the journal knows of an asset, as it was asked for."""

    asset: str
    key: str
    state: State
    """`intent`: a request may or may not have used up a download. `linked`: paid, with a link.
    `saved`: there was a file. `stranded`: paid, and neither link nor file."""
    asked_at: datetime.datetime
    """When it was asked for; of several requests with an open outcome, the first."""
    last_asked_at: datetime.datetime
    """When it was last asked for."""
    link: str | None = None
    """Secret: whoever has it can fetch the file."""
    link_expires_at: float | None = None
    path: str | None = None
    """Name of the file that was saved, relative to the folder of the journal."""
    size: int | None = None
    sha256: str | None = None
    content_type: str | None = None
    charges: int = 0
    """How many downloads are known to have been used up."""
    placing: Placing | None = None
    """The file that was about to get its name, where nobody recorded that it has it."""
    owner: Owner | None = None
    """The process that has it in work, or had until it died."""

    def __repr__(self) -> str:
        link = "no link" if self.link is None else "a link"
        return f"<Entry {self.key}: {self.state}, {link}, path {self.path!r}>"


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Claim:
    """The right of one call to work on an asset, and what it is to do."""

    request: Asked
    entry: Entry | None
    """What the journal knew when it decided."""
    decision: Decision
    token: str
    """Tells this claim from all others; empty if there is nothing to work on."""

    @property
    def key(self) -> str:
        """That of the request."""
        return self.request.key

    def __repr__(self) -> str:
        return f"<Claim {self.key}: {type(self.decision).__name__}>"


def entry_of(row: sqlite3.Row) -> Entry:
    """The entry that a row of `ROWS` stands for.

    Raises:
        sqlite3.DatabaseError: None can be like this.
    """
    if not is_entry(row[:FIELDS]):
        raise sqlite3.DatabaseError(DAMAGED)
    is_open = bool(row["asking"]) or row["open_since"] is not None
    asked_at = row["asked_at"] if row["asked_at"] is not None else 0.0
    # A clock may have been set back in between.
    since = asked_at if row["open_since"] is None else min(row["open_since"], asked_at)
    owner = None if row["host"] is None else Owner(row["host"], row["pid"], row["start"])
    return Entry(
        asset=row["asset"],
        key=row["key"],
        state="intent" if is_open else row["rest"],
        asked_at=_moment(since),
        last_asked_at=_moment(asked_at),
        link=row["link"],
        link_expires_at=row["link_expires_at"],
        path=row["path"],
        size=row["size"],
        sha256=row["sha256"],
        content_type=row["content_type"],
        charges=row["charges"],
        placing=None if row["placing"] is None else Placing(*json.loads(row["placing"])),
        owner=owner,
    )


def _moment(seconds: float) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
