"""`build`, `merge`, `check`: from the documents to the package."""

from __future__ import annotations

import argparse
import sys

from generator.commands import Target, build, check, merge, unexplained
from generator.findings import printable
from generator.pipeline import Built
from generator.release.version_places import disagreements


def run_build(options: argparse.Namespace) -> int:
    """Write the merged spec and the package."""
    built, out = build(Target(options.specs, options.out, options.package))
    report(built, f"{options.specs / 'openapi.yaml'} and {out} are up to date.")
    return 0


def run_merge(options: argparse.Namespace) -> int:
    """Write the merged spec only."""
    built, path = merge(options.specs, options.output)
    report(built, f"{path} is up to date.")
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Compare the outputs with the result of the inputs; list unconfirmed guesses."""
    from generator.draft import guesses  # which a build does without

    differing = check(Target(options.specs, options.out, options.package))
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


def report(built: Built, result: str) -> None:
    """Print what each stage did, the warnings, and the result."""
    rows = [("stage", "result"), *built.stages]
    width = max(len(stage) for stage, _ in rows)
    for stage, outcome in rows:
        print(printable(f"{stage:<{width}}  {outcome}"))
    for warning in built.warnings:
        print(printable(f"warning: {warning}"))
    print(printable(result))
