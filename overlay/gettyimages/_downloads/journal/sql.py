"""The tables of a journal, and every statement that changes them."""

from __future__ import annotations

APPLICATION_ID = 0x47494A31
"""Marks an SQLite file as one of these journals."""

VERSION = 2

SCHEMA = (
    """
CREATE TABLE entries (
    key TEXT PRIMARY KEY,           -- asset and what was asked for
    asset TEXT NOT NULL,
    rest TEXT,                      -- linked, saved or stranded, leaving open requests aside
    charges INTEGER NOT NULL DEFAULT 0, -- downloads that are known to be used up
    open_since REAL,                -- the first request that nobody knows the outcome of
    asked_at REAL,                  -- the last request
    asking INTEGER NOT NULL DEFAULT 0,  -- whether the outcome of the last request is open
    link TEXT,
    link_expires_at REAL,
    path TEXT,                      -- relative to the folder
    size INTEGER,
    sha256 TEXT,
    content_type TEXT,
    placing TEXT                    -- a whole file that is about to get its name
) WITHOUT ROWID
""",
    "CREATE INDEX links ON entries (link_expires_at) WHERE link IS NOT NULL",
    """
CREATE TABLE work (
    key TEXT PRIMARY KEY,
    claim TEXT NOT NULL,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    start TEXT NOT NULL,            -- tells a process from a later one with the same id
    lease_until REAL NOT NULL
) WITHOUT ROWID
""",
    "CREATE TABLE damaged (name TEXT NOT NULL)",  # the journals that this one could not go on with
)

UPGRADES = {
    1: (
        "ALTER TABLE entries ADD COLUMN placing TEXT",
        "CREATE TABLE damaged (name TEXT NOT NULL)",
    )
}
"""What takes tables of a version to the next one."""

COLUMNS = (
    "e.key, e.asset, e.rest, e.charges, e.open_since, e.asked_at, e.asking, e.link,"
    " e.link_expires_at, e.path, e.size, e.sha256, e.content_type, e.placing, w.host, w.pid,"
    " w.start"
)
ROWS = f"SELECT {COLUMNS} FROM entries e LEFT JOIN work w ON w.key = e.key"  # noqa: S608

EXPIRE = """
UPDATE entries SET link = NULL, link_expires_at = NULL,
    rest = CASE rest WHEN 'linked' THEN 'stranded' ELSE rest END
WHERE link IS NOT NULL AND link_expires_at <= ?
"""
ERASE_ALL = """
UPDATE entries SET link = NULL, link_expires_at = NULL,
    rest = CASE rest WHEN 'linked' THEN 'stranded' ELSE rest END
WHERE link IS NOT NULL
"""
DEAD = """
UPDATE entries SET link = NULL, link_expires_at = NULL,
    rest = CASE rest WHEN 'linked' THEN 'stranded' ELSE rest END
WHERE key = ?
"""
INTEND = """
INSERT INTO entries (key, asset, asked_at, asking) VALUES (?, ?, ?, 1)
ON CONFLICT (key) DO UPDATE SET
    open_since = CASE WHEN asking THEN coalesce(open_since, asked_at) ELSE open_since END,
    asked_at = excluded.asked_at, asking = 1
"""
LINK = """
INSERT INTO entries (key, asset, rest, charges, asked_at, link, link_expires_at)
VALUES (?, ?, 'linked', 1, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET
    rest = 'linked', charges = charges + 1, open_since = NULL, asking = 0, placing = NULL,
    link = excluded.link, link_expires_at = excluded.link_expires_at
"""
SAVED = """
UPDATE entries SET rest = 'saved', path = ?, size = ?, sha256 = ?, content_type = ?, placing = NULL
WHERE key = ?
"""
PLACING = "UPDATE entries SET placing = ? WHERE key = ?"
SETTLE = {
    "stranded": "UPDATE entries SET rest = 'stranded', charges = charges + 1, open_since = NULL,"
    " asking = 0 WHERE key = ? AND (asking OR open_since IS NOT NULL)",
    "free": "UPDATE entries SET open_since = NULL, asking = 0 WHERE key = ?",
}
WITHDRAW = "UPDATE entries SET asking = 0 WHERE key = ?"
FORGET = "DELETE FROM entries WHERE key = ? AND rest IS NULL AND NOT asking AND open_since IS NULL"
