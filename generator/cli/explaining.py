"""`explain`: shows where an operation comes from."""

from __future__ import annotations

import argparse

from generator.explain import explain
from generator.findings import printable
from generator.pipeline import build_spec


def run_explain(options: argparse.Namespace) -> int:
    """Print where an operation comes from."""
    print(printable(explain(build_spec(options.specs), options.operation)))
    return 0
