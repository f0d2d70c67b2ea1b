"""The command line: `python -m generator COMMAND`; a module here for each group of commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.findings import Finding, GeneratorError

from .arguments import parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its status: 0 for success, 1 for errors or differences."""
    options = parser().parse_args(arguments)
    specs: Path = options.specs
    options.specs = specs if specs.name not in ("", "..") else specs.resolve()
    try:
        return _run(options)
    except GeneratorError as error:
        findings = error.findings
    except OSError as error:
        reason = error.strerror or error
        findings = [Finding(str(error.filename or "."), "disk", reason=reason)]
    except KeyboardInterrupt:
        print("interrupted; nothing has been changed.", file=sys.stderr)
        return 130
    except RecursionError:
        findings = [Finding(options.specs, "nested-too-deeply")]
    for finding in findings:
        print(finding, file=sys.stderr)
    print(f"{len(findings)} error(s); nothing has been changed.", file=sys.stderr)
    return 1


def _run(options: argparse.Namespace) -> int:
    """Run a command. Only what it needs is imported."""
    match options.command:
        case "build":
            from .building import run_build as run
        case "merge":
            from .building import run_merge as run
        case "check":
            from .building import run_check as run
        case "diff":
            from .diffing import run_diff as run
        case "explain":
            from .explaining import run_explain as run
        case "release":
            from .releasing import run_release as run
        case "pack":
            from .releasing import run_pack as run
        case "publish":
            from .releasing import run_publish as run
        case "draft-overlay":
            from .drafting import run_draft as run
        case "watch":
            from .watching import run_watch as run
        case _:
            from .updating import run_update as run
    return run(options)
