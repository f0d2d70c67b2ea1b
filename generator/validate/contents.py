"""Checks what is sent and received: request bodies and media types."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .parameters import TOKEN
from .spec import Problem, Spec, quoted

# Possessive, so that no text makes it try many ways.
_MEDIA_TYPE = re.compile(
    rf'{TOKEN}/{TOKEN}(?:[ \t]*+;[ \t]*+(?:{TOKEN}=(?:{TOKEN}|"[^"\x00-\x1f\x7f]*"))?)*+'
)
_UPDATE = "update: {content: {application/json: {schema: {type: object}}}}"


def check(spec: Spec) -> Iterator[Problem]:
    """Request bodies without content, and media types that are none."""
    for item in spec.of_kind("request body"):
        if not item.node.map("content"):
            found = "an empty `content`" if "content" in item.node else "no `content`"
            yield Problem(
                item.at,
                f"expected a media type for the request body of {spec.describe(item.at)},"
                f" found {found}",
                spec.cure(item.at, _UPDATE),
            )
    for item in spec.of_kind("request body", "response", "parameter", "header"):
        for name in item.node.map("content"):
            if not _MEDIA_TYPE.fullmatch(name):
                at = (*item.at, "content", name)
                yield Problem(
                    at,
                    f"expected a media type such as `application/json` in {spec.describe(at)},"
                    f" found {quoted(name)}",
                    spec.remove(at, "Replace it, by an overlay:"),
                )
