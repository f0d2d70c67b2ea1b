"""The commands and their arguments. Imports no stage, so that `--help` takes no time."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from generator.semver import LEVELS

_SIDE = "a folder of specs, a merged spec, or any Swagger or OpenAPI document"

_Command: TypeAlias = Callable[..., Callable[..., object]]
"""Adds a command to the parser; returns the function that adds an argument to the command."""


def parser() -> argparse.ArgumentParser:
    """Return the parser. It sets `command`, and the `module` of this package that runs it."""
    parser = argparse.ArgumentParser(
        prog="python -m generator",
        description="Builds a typed Python client package from Swagger and OpenAPI documents.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    text = "the folder that holds sources/ and, optionally, overlays/ (default: specs)"
    common.add_argument("--specs", type=Path, default=Path("specs"), metavar="DIR", help=text)

    def command(module: str, name: str, text: str) -> Callable[..., object]:
        added = commands.add_parser(name, parents=[common], help=text)
        added.set_defaults(module=module)
        return added.add_argument

    for add_group in (_add_building, _add_diffing, _add_releasing, _add_updating):
        add_group(command)
    return parser


def _add_building(command: _Command) -> None:
    build = command("building", "build", "write the merged spec and the package")
    add = command("building", "merge", "write the merged spec only")
    add("--output", type=Path, metavar="FILE", help="default: DIR/openapi.yaml")
    check = command("building", "check", "check whether the outputs are up to date")
    for add in (build, check):
        add("--out", type=Path, metavar="DIR", help="the folder of the package")
        add("--package", metavar="NAME", help="its import name (default: the folder's)")


def _add_diffing(command: _Command) -> None:
    add = command("diffing", "diff", "report what changes for callers")
    add("old", nargs="?", type=Path, metavar="OLD", help=f"{_SIDE} (default: the released spec)")
    text = "the same (default: the result of the documents and overlays of DIR)"
    add("new", nargs="?", type=Path, metavar="NEW", help=text)
    forms = ("text", "markdown", "json", "html")
    add("--format", choices=forms, default="text", help="(default: %(default)s)")
    add("--output", type=Path, metavar="FILE", help="the file of the report")
    text = "end with status 1 if a difference has this level or a graver one"
    add("--fail-on", choices=LEVELS[:-1], help=text)
    add = command("diffing", "explain", "show where an operation comes from")
    add("operation", help="resource.method, operation id, or 'METHOD /path'")


def _add_releasing(command: _Command) -> None:
    add = command("releasing", "release", "write the next version to all of its places")
    text = "major, minor, patch or a version, for changes made by hand"
    add("--bump", default="", metavar="LEVEL|X.Y.Z", help=text)
    command("releasing", "pack", "build sdist and wheel twice, compare and check them")
    add = command("releasing", "publish", "upload the released version and try it")
    text = (
        "the simple index, e.g. https://packages.example/simple/; credentials are taken from"
        " TWINE_USERNAME and TWINE_PASSWORD, or from netrc"
    )
    add("--index", required=True, metavar="URL", help=text)
    text = "where to upload (default: the index without its last simple/)"
    add("--upload-url", default="", metavar="URL", help=text)


def _add_updating(command: _Command) -> None:
    text = "guess what the documents don't specify, as overlays to review"
    command("updating", "draft-overlay", text)
    add = command("updating", "update", "add or replace documents, and rewrite all outputs")
    text = "a document, or a folder of documents"
    add("paths", nargs="+", type=Path, metavar="PATH", help=text)
    text = "write overlays with a best guess for what the documents don't specify"
    add("--draft", action="store_true", help=text)
    text = "a source document that the new one takes the place of; may be given several times"
    add("--replaces", action="append", default=[], metavar="OLD", help=text)
    add = command("updating", "watch", "fetch a document, and update if it has changed")
    add("url", metavar="URL", help="the address of the document, with https")
    text = "its name among the source documents (default: that of the address)"
    add("--as", dest="name", default="", metavar="NAME", help=text)
