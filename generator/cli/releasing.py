"""`release`, `pack` and `publish`: from the merged spec to a version on a package index."""

from __future__ import annotations

import argparse
import shlex
import sys

from generator.diff.reports import summary
from generator.findings import Finding, GeneratorError, printable
from generator.release.distributions import build
from generator.release.making import Release, prepared, write

from .groups import Commands

_NEEDS_MORE = "Run it by nox, or install the dependency group `publish`."


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the commands to the command line."""
    releasing = commands.add_parser(
        "release", parents=[common], help="write the next version to all of its places"
    )
    releasing.add_argument(
        "--bump",
        default="",
        metavar="LEVEL|X.Y.Z",
        help="major, minor, patch or a version, for what was changed by hand",
    )
    releasing.set_defaults(run=_release)
    packing = commands.add_parser(
        "pack", parents=[common], help="build sdist and wheel twice, compare and check them"
    )
    packing.set_defaults(run=_pack)
    publishing = commands.add_parser(
        "publish", parents=[common], help="upload the released version and try it"
    )
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
    publishing.set_defaults(run=_publish)


def _release(options: argparse.Namespace) -> int:
    release = prepared(options.specs, options.bump)
    write(options.specs, release)
    print(printable(_told(release)))
    return 0


def _told(release: Release) -> str:
    files = shlex.join(map(str, release.files))
    since = f", after {release.before}" if release.before else ", the first release"
    lines = [f"{release.name} {release.version}{since}"]
    if release.before:
        lines.append(f"{summary(release.differences)}.")
    return "\n".join(
        [
            *lines,
            "Written:",
            *(f"    {path}" for path in release.files),
            "Nothing was committed, tagged or pushed. When you have looked at it:",
            f"    git add {files}",
            f"    git commit -m 'Release {release.version}'",
            f"    git tag v{release.version}",
        ]
    )


def _pack(options: argparse.Namespace) -> int:
    root = options.specs.parent
    for file in build(root, root / "dist"):
        print(printable(f"{file.sha256}  {file.path}"))
    return 0


def _publish(options: argparse.Namespace) -> int:
    try:
        # Not at the top: what else this needs is installed for publishing only.
        from generator.release.addresses import addresses
        from generator.release.publishing import Publication
    except ModuleNotFoundError as error:
        problem = f"expected the package {error.name}, which is not installed"
        raise GeneratorError([Finding("publish", problem, _NEEDS_MORE)]) from None
    publication = Publication(options.specs, addresses(options.index, options.upload_url), _say)
    try:
        publication.publish()
    except KeyboardInterrupt:
        print(_state("interrupted", publication.uploaded), file=sys.stderr)
        return 130
    except GeneratorError as error:
        findings = error.findings
    except OSError as error:
        cure = "Check the path, its permissions and the space on the disk."
        findings = [Finding(str(error.filename or "."), f"{error.strerror or error}", cure)]
    else:
        return 0
    for finding in findings:
        print(finding, file=sys.stderr)
    print(_state(f"{len(findings)} error(s)", publication.uploaded), file=sys.stderr)
    return 1


def _state(what: str, uploaded: list[str]) -> str:
    if not uploaded:
        return f"{what}; nothing has been uploaded."
    files = ", ".join(uploaded)
    return f"{what}; uploaded: {files}. Running the same command again completes it."


def _say(text: str) -> None:
    print(printable(text), flush=True)
