"""Checks what is sent and received: request bodies and media types."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.findings import Finding

from .parameters import TOKEN
from .spec import Spec

# Possessive, so that no text makes it try many ways.
_MEDIA_TYPE = re.compile(
    rf'{TOKEN}/{TOKEN}(?:[ \t]*+;[ \t]*+(?:{TOKEN}=(?:{TOKEN}|"[^"\x00-\x1f\x7f]*"))?)*+'
)


def check(spec: Spec) -> Iterator[Finding]:
    """Yield findings about request bodies without content, and invalid media types."""
    for item in spec.of_kind("request body"):
        if not item.node.map("content"):
            found = "an empty `content`" if "content" in item.node else "no `content`"
            owner = spec.describe(item.at)
            yield spec.finding("body-empty", item.at, owner=owner, found=found)
    for item in spec.of_kind("request body", "response", "parameter", "header"):
        for name in item.node.map("content"):
            if not _MEDIA_TYPE.fullmatch(name):
                at = (*item.at, "content", name)
                yield spec.finding("media-type", at, owner=spec.describe(at), name=name)
