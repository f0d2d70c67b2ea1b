"""`build`, `merge`, `check`, `draft-overlay`: from the documents to the package."""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.commands import Target, build, check, merge, unexplained
from generator.draft import GUESS, Drafted, Guess, draft, guesses, write
from generator.findings import printable
from generator.pipeline import Built
from generator.release.version_places import disagreements


def run_build(options: argparse.Namespace) -> int:
    """Write the merged spec and the package."""
    built, out = build(_target(options))
    report(built, f"{options.specs / 'openapi.yaml'} and {out} are up to date.")
    return 0


def run_merge(options: argparse.Namespace) -> int:
    """Write the merged spec only."""
    built, path = merge(options.specs, options.output)
    report(built, f"{path} is up to date.")
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Compare the outputs with the result of the inputs; list unconfirmed guesses."""
    differing = check(_target(options))
    for guess in guesses(options.specs):
        what = f"{guess.operation}: {guess.effect}" if guess.operation else guess.effect
        print(printable(f"{guess.where}: not confirmed: {what} ({guess.reason})"))
    if differing:
        print("\n".join(map(str, differing)))
        print("Generate again: python -m generator build", file=sys.stderr)
    findings = [*unexplained(options.specs), *disagreements(options.specs)]
    for finding in findings:
        print(finding, file=sys.stderr)
    if differing or findings:
        return 1
    print("The merged spec and the package match the inputs.")
    return 0


def _target(options: argparse.Namespace) -> Target:
    return Target(options.specs, options.out, options.package)


def report(built: Built, result: str) -> None:
    """Print what each stage did, the warnings, and the result."""
    table = Table("stage", "result", box=None, pad_edge=False, header_style="bold")
    for stage, outcome in built.stages:
        table.add_row(stage, Text(outcome))
    console = Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
    console.print(table)
    for warning in built.warnings:
        console.print(Text(f"warning: {warning}"), soft_wrap=True)
    console.print(Text(printable(result)), soft_wrap=True)


def run_draft(options: argparse.Namespace) -> int:
    """Write overlays with guesses for what the documents don't specify."""
    drafted = draft(options.specs)
    write(options.specs, drafted)
    for guess in drafted.guesses:
        print(printable(_text(guess)))
    for finding in drafted.remaining:
        print(f"remains: {finding}")
    print(printable(_next(options, drafted)))
    return 1 if drafted.remaining else 0


def _text(guess: Guess) -> str:
    """Return two lines: the guess with its place, and its reason."""
    what = [f"{guess.overlay}:{guess.where.line}", guess.operation, guess.effect]
    return "  ".join(filter(None, what)) + f"\n    {' '.join(guess.reason.split())}"


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
