"""`draft-overlay`: overlays with guesses for what the documents don't specify."""

from __future__ import annotations

import argparse

from generator.draft import GUESS, Drafted, draft, write
from generator.findings import printable


def run_draft_overlay(options: argparse.Namespace) -> int:
    """Write overlays with guesses for what the documents don't specify."""
    drafted = draft(options.specs)
    write(options.specs, drafted)
    for guess in drafted.guesses:
        what = [f"{guess.overlay}:{guess.where.line}", guess.operation, guess.effect]
        print(printable("  ".join(filter(None, what))))
        print(printable(f"    {' '.join(guess.reason.split())}"))
    for finding in drafted.remaining:
        print(f"remains: {finding}")
    print(printable(_next(options, drafted)))
    return 1 if drafted.remaining else 0


def _next(options: argparse.Namespace, drafted: Drafted) -> str:
    unconfirmed = len(drafted.guesses) + len(drafted.earlier)
    new = f"{len(drafted.guesses)} new guess(es) in {len(drafted.files)} file(s)."
    if drafted.remaining:
        cure = "Correct them in the documents or by your own overlays, and run the command again."
        return f"{new} {len(drafted.remaining)} problem(s) remain that cannot be guessed. {cure}"
    if not unconfirmed:
        return f"{new} Nothing is left to guess. Next: python -m generator build"
    folder = options.specs / "overlays"
    return (
        f"{new} {unconfirmed} to confirm: look at each in {folder}, correct it where it is wrong,"
        f" and remove its line `{GUESS}: true`. The client can be built before:"
        " python -m generator build"
    )
