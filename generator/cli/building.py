"""`build`, `merge` and `check`: from the documents to the package."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.commands import Target, build, check, merge
from generator.draft import guesses
from generator.findings import printable
from generator.release.agreement import disagreements

from .groups import Commands
from .showing import report


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the commands to the command line."""
    package = argparse.ArgumentParser(add_help=False)
    package.add_argument("--out", type=Path, metavar="DIR", help="the folder of the package")
    package.add_argument(
        "--package", metavar="NAME", help="its import name (default: the folder's)"
    )
    building = commands.add_parser(
        "build", parents=[common, package], help="write merged spec and package"
    )
    building.set_defaults(run=_build)
    merging = commands.add_parser("merge", parents=[common], help="write the merged spec only")
    merging.add_argument("--output", type=Path, metavar="FILE", help="default: DIR/openapi.yaml")
    merging.set_defaults(run=_merge)
    checking = commands.add_parser(
        "check", parents=[common, package], help="are the outputs up to date?"
    )
    checking.set_defaults(run=_check)


def _build(options: argparse.Namespace) -> int:
    built, out = build(_target(options))
    report(built, f"{options.specs / 'openapi.yaml'} and {out} are up to date.")
    return 0


def _merge(options: argparse.Namespace) -> int:
    built, path = merge(options.specs, options.output)
    report(built, f"{path} is up to date.")
    return 0


def _check(options: argparse.Namespace) -> int:
    differing = check(_target(options))
    for guess in guesses(options.specs):
        what = f"{guess.operation}: {guess.effect}" if guess.operation else guess.effect
        print(printable(f"{guess.where}: not confirmed: {what} ({guess.reason})"))
    if differing:
        print(printable("\n".join(differing)))
        print("Generate again: python -m generator build", file=sys.stderr)
    disagreeing = disagreements(options.specs)
    for finding in disagreeing:
        print(finding, file=sys.stderr)
    if differing or disagreeing:
        return 1
    print("The merged spec and the package are exactly what the inputs give.")
    return 0


def _target(options: argparse.Namespace) -> Target:
    return Target(options.specs, options.out, options.package)
