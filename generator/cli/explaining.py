"""`explain`: where an operation comes from."""

from __future__ import annotations

import argparse

from generator.explain import explain
from generator.findings import printable
from generator.pipeline import build_spec

from .groups import Commands


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "explain", parents=[common], help="where does an operation come from?"
    )
    parser.add_argument("operation", help="resource.method, operation id, or 'METHOD /path'")
    parser.set_defaults(run=_explain)


def _explain(options: argparse.Namespace) -> int:
    print(printable(explain(build_spec(options.specs), options.operation)))
    return 0
