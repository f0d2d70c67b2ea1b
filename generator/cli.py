"""The command line: `python -m generator build | merge | check | explain`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .commands import Target, build, check, merge
from .explain import explain
from .findings import Finding, GeneratorError, printable
from .pipeline import Built, build_spec


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 if it did what was asked, 1 if it found something wrong."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
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


def _run(options: argparse.Namespace) -> int:
    specs: Path = options.specs if options.specs.name not in ("", "..") else options.specs.resolve()
    if options.command == "build":
        built, out = build(Target(specs, options.out, options.package))
        _report(built, f"{specs / 'openapi.yaml'} and {out} are up to date.")
    elif options.command == "merge":
        built, path = merge(specs, options.output)
        _report(built, f"{path} is up to date.")
    elif options.command == "explain":
        print(printable(explain(build_spec(specs), options.operation)))
    elif differing := check(Target(specs, options.out, options.package)):
        print(printable("\n".join(differing)))
        print("Generate again: python -m generator build", file=sys.stderr)
        return 1
    else:
        print("The merged spec and the package are exactly what the inputs give.")
    return 0


def _report(built: Built, result: str) -> None:
    table = Table("stage", "result", box=None, pad_edge=False, header_style="bold")
    for stage, outcome in built.stages:
        table.add_row(stage, Text(outcome))
    console = Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
    console.print(table)
    for warning in built.warnings:
        console.print(Text(f"warning: {warning}"), soft_wrap=True)
    console.print(Text(printable(result)), soft_wrap=True)


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
    package = argparse.ArgumentParser(add_help=False)
    package.add_argument("--out", type=Path, metavar="DIR", help="the folder of the package")
    package.add_argument(
        "--package", metavar="NAME", help="its import name (default: the folder's)"
    )
    commands.add_parser("build", parents=[common, package], help="write merged spec and package")
    merging = commands.add_parser("merge", parents=[common], help="write the merged spec only")
    merging.add_argument("--output", type=Path, metavar="FILE", help="default: DIR/openapi.yaml")
    commands.add_parser("check", parents=[common, package], help="are the outputs up to date?")
    explaining = commands.add_parser(
        "explain", parents=[common], help="where does an operation come from?"
    )
    explaining.add_argument("operation", help="resource.method, operation id, or 'METHOD /path'")
    return parser
