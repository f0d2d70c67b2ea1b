"""Calls the sandbox of an installed client: what `publish` runs to try a version.

    python trial.py

Prints in the end what happened.
"""

from __future__ import annotations

from importlib.metadata import version

import gettyimages
from gettyimages.sandbox import Sandbox

assert gettyimages.__version__ == version("gettyimages-client")

with Sandbox() as sandbox, sandbox.client() as client:
    client.asset_registrations.register_all(["1", "2"])
    changes = 0
    for change_set in client.asset_changes.change_sets(channel_id=1):
        changes += len(change_set.changed_assets or ())
        change_set.confirm()
    saved = client.downloads.save_image("1", "photos")
    records = [record.id for record in client.downloads.history()]
    assert changes, "there were no changes"
    assert saved.path.stat().st_size, saved
    assert records, "the history is empty"
    print(f"its sandbox responded to {len(sandbox.requests)} requests")
