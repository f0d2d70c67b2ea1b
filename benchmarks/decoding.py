"""How long a change set takes to decode, beside `json.loads` on the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from gettyimages_rest.api.asset_changes.get_change_set import parse_response

from .measuring import Row, functions

ASSETS = 2200


class Response:
    """A response with a change set."""

    def __init__(self, content: bytes) -> None:
        self.status_code = 200
        self.headers = {"content-type": "application/json"}
        self.content = content


def change_set() -> bytes:
    """A change set of as many assets as one may hold."""
    assets = [
        {
            "id": str(1_000_000_000 + index),
            "asset_type": "Image",
            "asset_lifecycle": ("New", "Update", "Delete")[index % 3],
            "asset_changed_utc_datetime": f"2026-11-{index % 28 + 1:02}T10:20:30.1234567Z",
            "uri": f"https://api.gettyimages.com/v3/images/{1_000_000_000 + index}",
        }
        for index in range(ASSETS)
    ]
    return json.dumps({"change_set_id": "123456789", "changed_assets": assets}).encode()


def rows() -> Iterator[Row]:
    """The ratio for one full change set."""
    content = change_set()
    response = Response(content)
    decoding, loading = functions(lambda: parse_response(response), lambda: json.loads(content))
    yield Row(f"decode {ASSETS} assets", decoding, "<= 2.5", loading, "json.loads")
