"""Draws documents of a directory at random, one a provider."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import unquote

_METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def drawn(directory: Path, count: int, seed: int) -> list[Path]:
    """Return documents of as many providers, in the order of drawing."""
    documents: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((directory / "api").rglob("*.json")):
        first = path.relative_to(directory / "api").parts[0]
        documents[first.removesuffix(".json")].append(path)
    chance = random.Random(seed)
    providers = chance.sample(sorted(documents), len(documents))
    return [chance.choice(documents[provider]) for provider in providers[:count]]


def operations(document: Path) -> int:
    """Count the operations of a document, by nothing but its JSON.

    Paths that differ only in the names of their templates are the same to a server, so a method
    that both have is one operation.
    """
    root = json.loads(document.read_text("utf-8"))
    found = {
        (re.sub(r"\{[^{}]*\}", "{}", path), key)
        for path, item in (root.get("paths") or {}).items()
        if not path.startswith("x-")
        for key in _followed(root, item or {})
        if key in _METHODS
    }
    return len(found)


def _followed(root: Any, item: Any) -> Any:
    """A path item, with the reference followed that it may be."""
    for part in item["$ref"].split("/")[1:] if "$ref" in item else ():
        root = root[unquote(part).replace("~1", "/").replace("~0", "~")]
    return root if "$ref" in item else item
