"""The commands and their arguments. Imports no stage, so that `--help` takes no time."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from generator.semver import LEVELS

_COMMANDS = {
    "build": ("building", "write the merged spec and the package"),
    "merge": ("building", "write the merged spec only"),
    "check": ("building", "check whether the outputs are up to date"),
    "diff": ("diffing", "report what changes for callers"),
    "explain": ("diffing", "show where an operation comes from"),
    "release": ("releasing", "write the next version to all of its places"),
    "pack": ("releasing", "build sdist and wheel twice, compare and check them"),
    "publish": ("releasing", "upload the released version and try it"),
    "draft-overlay": ("updating", "guess what the documents don't specify, as overlays to review"),
    "update": ("updating", "add or replace documents, and rewrite all outputs"),
    "watch": ("updating", "fetch a document, and update if it has changed"),
}
"""The module of each command, and what the command does."""
_SIDE = "a folder of specs, a merged spec, or any Swagger or OpenAPI document"


def parser() -> argparse.ArgumentParser:
    """Return the parser. It sets `command`, and the `module` of this package that runs it."""
    parser = argparse.ArgumentParser(
        prog="python -m generator",
        description="Builds a typed Python client package from Swagger and OpenAPI documents.",
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    text = "the folder that holds sources/ and, optionally, overlays/ (default: specs)"
    common.add_argument("--specs", type=Path, default=Path("specs"), metavar="DIR", help=text)
    commands: dict[str, argparse.ArgumentParser] = {}
    for name, (module, text) in _COMMANDS.items():
        commands[name] = subparsers.add_parser(name, parents=[common], help=text)
        commands[name].set_defaults(module=module)
    _add_arguments(commands)
    return parser


def _add_arguments(commands: Mapping[str, argparse.ArgumentParser]) -> None:
    for name in ("build", "check"):
        add = commands[name].add_argument
        add("--out", type=Path, metavar="DIR", help="the folder of the package")
        add("--package", metavar="NAME", help="its import name (default: the folder's)")
    add = commands["merge"].add_argument
    add("--output", type=Path, metavar="FILE", help="default: DIR/openapi.yaml")
    add = commands["diff"].add_argument
    add("old", nargs="?", type=Path, metavar="OLD", help=f"{_SIDE} (default: the released spec)")
    text = "the same (default: the result of the documents and overlays of DIR)"
    add("new", nargs="?", type=Path, metavar="NEW", help=text)
    forms = ("text", "markdown", "json", "html")
    add("--format", choices=forms, default="text", help="(default: %(default)s)")
    add("--output", type=Path, metavar="FILE", help="the file of the report")
    text = "end with status 1 if a difference has this level or a graver one"
    add("--fail-on", choices=LEVELS[:-1], help=text)
    text = "resource.method, operation id, or 'METHOD /path'"
    commands["explain"].add_argument("operation", help=text)
    text = "major, minor, patch or a version, for changes made by hand"
    commands["release"].add_argument("--bump", default="", metavar="LEVEL|X.Y.Z", help=text)
    add = commands["publish"].add_argument
    text = (
        "the simple index, e.g. https://packages.example/simple/; credentials are taken from"
        " TWINE_USERNAME and TWINE_PASSWORD, or from netrc"
    )
    add("--index", required=True, metavar="URL", help=text)
    text = "where to upload (default: the index without its last simple/)"
    add("--upload-url", default="", metavar="URL", help=text)
    add = commands["update"].add_argument
    text = "a document, or a folder of documents"
    add("paths", nargs="+", type=Path, metavar="PATH", help=text)
    text = "write overlays with a best guess for what the documents don't specify"
    add("--draft", action="store_true", help=text)
    text = "a source document that the new one takes the place of; may be given several times"
    add("--replaces", action="append", default=[], metavar="OLD", help=text)
    add = commands["watch"].add_argument
    add("url", metavar="URL", help="the address of the document, with https")
    text = "its name among the source documents (default: that of the address)"
    add("--as", dest="name", default="", metavar="NAME", help=text)
