"""The command line: `python -m generator COMMAND`; a module here for each group of commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.findings import Finding, GeneratorError

from . import building, diffing, drafting, explaining, releasing, updating

_GROUPS = (building, diffing, explaining, releasing, drafting, updating)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 if it did what was asked, 1 if it found something wrong."""
    options = _parser().parse_args(arguments)
    specs: Path = options.specs
    options.specs = specs if specs.name not in ("", "..") else specs.resolve()
    try:
        return int(options.run(options))
    except GeneratorError as error:
        findings = error.findings
    except OSError as error:
        cure = "Check the path, its permissions and the space on the disk."
        findings = [Finding(str(error.filename or "."), f"{error.strerror or error}", cure)]
    except KeyboardInterrupt:
        print("interrupted; nothing has been changed.", file=sys.stderr)
        return 130
    except RecursionError:
        cure = "Look for schemas or references that contain themselves many times over."
        findings = [Finding(str(options.specs), "the documents are nested too deeply", cure)]
    for finding in findings:
        print(finding, file=sys.stderr)
    print(f"{len(findings)} error(s); nothing has been changed.", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m generator",
        description="Builds a typed Python client package from Swagger and OpenAPI documents.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--specs",
        type=Path,
        default=Path("specs"),
        metavar="DIR",
        help="the folder that holds sources/ and, optionally, overlays/ (default: specs)",
    )
    for group in _GROUPS:
        group.add(commands, common)
    return parser
