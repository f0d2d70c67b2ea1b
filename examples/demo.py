"""Does a day's work with the installed client, against a sandbox: `nox -s demo` runs it.

    python demo.py [DIRECTORY]

Pictures are saved in the directory, by default `pictures`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

from gettyimages import GettyImages
from gettyimages.sandbox import Sandbox

COMMANDS = (
    "register 1167612765 1167612766",
    "changes 1 --to {pictures}/changes.jsonl --confirm",
    "search ostrich --limit 5",
    "download 1167612765 1167612766 --to {pictures} --height 1024",
    "history --limit 5",
)


def run_commands(pictures: Path) -> None:
    """Run the command `gettyimages`, as someone who writes no Python would."""
    for command in COMMANDS:
        words = command.format(pictures=pictures).split()
        print(f"\n$ gettyimages {' '.join(words)}", flush=True)
        subprocess.run([sys.executable, "-m", "gettyimages.cli", *words], check=True)


def use_library(client: GettyImages, pictures: Path) -> None:
    """Do the same from Python."""
    registered = client.asset_registrations.register_all(["1167612767"])
    print(f"registered: {registered}")
    for change_set in client.asset_changes.change_sets(channel_id=2):
        print(f"change set {change_set.change_set_id}: {len(change_set.changed_assets or ())}")
        change_set.confirm()
    found = client.search.iter_creative_images(phrase="ostrich")
    ids = [image.id for image in islice(found, 3) if image.id]
    for run in ("first", "second"):
        done = client.downloads.save_images(ids, pictures, max_downloads=3).run()
        print(f"{run} run: {done.saved} saved, {done.skipped} there, {done.downloads_used} used up")


def main(pictures: Path) -> None:
    """Do the jobs, and sum them up."""
    pictures.mkdir(parents=True, exist_ok=True)
    with Sandbox(channels={1: 25, 2: 12}) as sandbox:
        os.environ |= sandbox.env()
        run_commands(pictures)
        print("\n>>> from gettyimages import GettyImages")
        with GettyImages() as client:
            use_library(client, pictures)
        redirected = sum(request.status == 303 for request in sandbox.requests)
        print(
            f"\n{len(sandbox.requests)} requests: {len(sandbox.registered)} assets registered,"
            f" {len(sandbox.confirmed)} notifications confirmed,"
            f" {sandbox.downloads_used} downloads used up, {redirected} of them through a 303:"
        )
    for path in sorted(pictures.glob("*.jpg")):
        print(f"{path}  {path.stat().st_size:,} bytes")


main(Path(sys.argv[1] if len(sys.argv) > 1 else "pictures"))
