"""`release`, `pack` and `publish`: from the merged spec to a version on a package index."""

from __future__ import annotations

import argparse
import shlex

from generator.diff.reports import summary
from generator.findings import printable, refusal
from generator.release.distributions import build
from generator.release.next_release import Release, prepared, write


def run_release(options: argparse.Namespace) -> int:
    """Write the next version to all of its places."""
    release = prepared(options.specs, options.bump)
    write(options.specs, release)
    print(printable(_text(release)))
    return 0


def _text(release: Release) -> str:
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
            "Nothing was committed, tagged or pushed. After your review, run:",
            f"    git add {files}",
            f"    git commit -m 'Release {release.version}'",
            f"    git tag v{release.version}",
        ]
    )


def run_pack(options: argparse.Namespace) -> int:
    """Build sdist and wheel, and print their digests."""
    root = options.specs.parent
    for file in build(root, root / "dist"):
        print(printable(f"{file.sha256}  {file.path}"))
    return 0


def run_publish(options: argparse.Namespace) -> int:
    """Upload the released version, install it from the index, and try it."""
    try:
        # Not at the top: its dependencies are installed for publishing only.
        from generator.release.credentials import addresses
        from generator.release.publishing import publish
    except ModuleNotFoundError as error:
        raise refusal("publish", "package-missing", name=error.name) from None
    index, uploaded = addresses(options.index, options.upload_url), list[str]()
    options.state = lambda: _state(uploaded)
    publish(options.specs, index, lambda text: print(printable(text), flush=True), uploaded)
    return 0


def _state(uploaded: list[str]) -> str:
    if not uploaded:
        return "nothing has been uploaded."
    return f"uploaded: {', '.join(uploaded)}. Running the same command again completes it."
