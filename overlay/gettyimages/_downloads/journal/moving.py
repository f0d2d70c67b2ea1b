"""Moves a journal from a file to a database, or to another file."""

from __future__ import annotations

import contextlib
import os
import typing
from dataclasses import replace

from ..._errors import JournalError
from .journal import GAP, MOVED, SEEN

if typing.TYPE_CHECKING:
    from .journal import Entry, Store
    from .location import Location


def move(source: Location, target: Location) -> int:
    """Move what a journal knows, and leave it where it is, as a copy that nothing saves with.

    What was interrupted is continued by moving it again.

    Returns:
        How many entries were moved.

    Raises:
        JournalError: One of the two cannot be used, or they do not fit together; then nothing has
            been moved.
    """
    path = source.path
    if path is None:
        raise JournalError(f"the journal {source} is a database already: pg_dump moves those")
    with contextlib.closing(target.open()) as to, contextlib.closing(source.open()) as old:
        known = _converted(old, source, to, target)
        _check(old, known, to, f"the journal {source} cannot be moved", str(target))
        old.set_fact(MOVED, str(target))
        # Whoever has it open notices that it was replaced, before anything is sent.
        fresh = path.with_name(f"{path.name}.new")
        fresh.unlink(missing_ok=True)
        old.copy(fresh)
    fresh.replace(path)
    with contextlib.closing(target.open()) as to, contextlib.closing(source.open()) as old:
        for entry in _converted(old, source, to, target):
            with old.locked(entry.key) as is_free:
                if not is_free:
                    raise JournalError(f"{entry.asset}: another process is saving it: try again")
                to.put(entry)
        for name, value in _facts(old, to, "").items():
            to.set_fact(name, value)
    return len(known)


def _converted(old: Store, source: Location, to: Store, target: Location) -> list[Entry]:
    """Return the entries of a journal as another one is to have them."""
    entries = []
    for entry in old.entries():
        changes = dict[str, typing.Any]()
        if entry.path is not None:
            if not to.keeps_links:  # with its file, a link is of little use
                changes |= {"link": None, "link_expires_at": None}
            if "://" not in entry.path:  # else it is an object of a store
                final = source.root / entry.path
                path = final.parent.resolve() / final.name
                changes["path"] = os.path.relpath(path, target.root.resolve())
        entries.append(replace(entry, **changes))
    return entries


def _check(old: Store, known: list[Entry], to: Store, text: str, target: str) -> None:
    moved = old.fact(MOVED)
    if moved not in (None, target):
        raise JournalError(f"{text}: it was moved to {moved} already")
    if any(entry.link for entry in known) and not to.keeps_links:
        raise JournalError(
            f"{text}: it has links that are paid for, and {target} records links only if"
            " GETTYIMAGES_JOURNAL_KEY holds a key"
        )
    for entry in known:
        if to.get(entry.key) not in (None, entry):
            raise JournalError(f"{text}: {target} knows image {entry.asset} as well, and otherwise")
    _facts(old, to, text)


def _facts(old: Store, to: Store, text: str) -> dict[str, str]:
    """Return the facts that the target is to have."""
    facts = {
        name: value
        for name, value in old.facts().items()
        if name == "environment" or name.startswith("budget ")
    }
    for name, value in facts.items():
        if (found := to.fact(name)) not in (None, value):
            raise JournalError(f"{text}: its {name} is {value}, and there it is {found}")
    for name in (GAP, SEEN):
        dates = [one for one in (old.fact(name), to.fact(name)) if one is not None]
        if dates:  # an end of the gap that is not known yet is later than any
            facts[name] = "" if "" in dates else max(dates, key=float)
    return facts
