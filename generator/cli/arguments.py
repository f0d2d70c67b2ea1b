"""The arguments of every command. Imports no stage, so that `--help` takes no time."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.semver import LEVELS

_SIDE = "a folder of specs, a merged spec, or any Swagger or OpenAPI document"


def parser() -> argparse.ArgumentParser:
    """Return the parser. The name of the command is in `command`."""
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

    def command(name: str, text: str, *more: argparse.ArgumentParser) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[common, *more], help=text)

    command("build", "write the merged spec and the package", package)
    merging = command("merge", "write the merged spec only")
    merging.add_argument("--output", type=Path, metavar="FILE", help="default: DIR/openapi.yaml")
    command("check", "check whether the outputs are up to date", package)
    _add_diff_arguments(command("diff", "report what changes for callers"))
    explaining = command("explain", "show where an operation comes from")
    explaining.add_argument("operation", help="resource.method, operation id, or 'METHOD /path'")
    _add_release_arguments(command("release", "write the next version to all of its places"))
    command("pack", "build sdist and wheel twice, compare and check them")
    _add_publish_arguments(command("publish", "upload the released version and try it"))
    command("draft-overlay", "guess what the documents don't specify, as overlays to review")
    _add_update_arguments(command("update", "add or replace documents, and rewrite all outputs"))
    _add_watch_arguments(command("watch", "fetch a document, and update if it has changed"))
    return parser


def _add_diff_arguments(diffing: argparse.ArgumentParser) -> None:
    diffing.add_argument(
        "old", nargs="?", type=Path, metavar="OLD", help=f"{_SIDE} (default: the released spec)"
    )
    diffing.add_argument(
        "new",
        nargs="?",
        type=Path,
        metavar="NEW",
        help="the same (default: the result of the documents and overlays of DIR)",
    )
    diffing.add_argument(
        "--format",
        choices=("text", "markdown", "json", "html"),
        default="text",
        help="(default: %(default)s)",
    )
    diffing.add_argument("--output", type=Path, metavar="FILE", help="the file of the report")
    diffing.add_argument(
        "--fail-on",
        choices=LEVELS[:-1],
        help="end with status 1 if a difference has this level or a graver one",
    )


def _add_publish_arguments(publishing: argparse.ArgumentParser) -> None:
    publishing.add_argument(
        "--index",
        required=True,
        metavar="URL",
        help="the simple index, e.g. https://packages.example/simple/; credentials are taken from"
        " TWINE_USERNAME and TWINE_PASSWORD, or from netrc",
    )
    publishing.add_argument(
        "--upload-url",
        default="",
        metavar="URL",
        help="where to upload (default: the index without its last simple/)",
    )


def _add_release_arguments(releasing: argparse.ArgumentParser) -> None:
    releasing.add_argument(
        "--bump",
        default="",
        metavar="LEVEL|X.Y.Z",
        help="major, minor, patch or a version, for changes made by hand",
    )


def _add_update_arguments(updating: argparse.ArgumentParser) -> None:
    updating.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a document, or a folder of documents"
    )
    updating.add_argument(
        "--draft",
        action="store_true",
        help="write overlays with a best guess for what the documents don't specify",
    )
    updating.add_argument(
        "--replaces",
        action="append",
        default=[],
        metavar="OLD",
        help="a source document that the new one takes the place of; may be given several times",
    )


def _add_watch_arguments(watching: argparse.ArgumentParser) -> None:
    watching.add_argument("url", metavar="URL", help="the address of the document, with https")
    watching.add_argument(
        "--as",
        dest="name",
        default="",
        metavar="NAME",
        help="its name among the source documents (default: that of the address)",
    )
