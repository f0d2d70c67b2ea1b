"""The report for browsers: one page without external resources."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.diff.differences import by_operation, counted

from .comparison import MEANINGS, SHARED, WHOLE_CLIENT, Comparison, sentence, shown, verdict

_HERE = Path(__file__).parent
_PIECES = re.compile("[^/._(,]+[/._(,]*|[/._(,]+")
"""What a long name is made of: lines may be broken behind slashes, dots and the like."""


def html(comparison: Comparison) -> str:
    """Return the report as an HTML page, in which texts of documents are always escaped.

    In ASCII, so that the page does not depend on the encoding of a terminal or a pipe.
    """
    style, script = ((_HERE / name).read_text("utf-8") for name in ("page.css", "page.js"))
    template = _environment().get_template("page.html.jinja")
    page = template.render(
        policy=_policy(style, script),
        style=style,
        script=script,
        comparison=comparison,
        counts=counted(comparison.differences),
        meanings=MEANINGS,
        verdict=sentence(verdict(comparison.differences)),
        groups=by_operation(comparison.differences),
        whole_client=WHOLE_CLIENT,
        shared=SHARED,
        kinds={item.kind.id: item.kind for item in comparison.differences},
    )
    return page.encode("ascii", "xmlcharrefreplace").decode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(pieces=_PIECES.findall, shown=shown, sentence=sentence)
    return environment


def _policy(style: str, script: str) -> str:
    """Return a policy that allows our style and script by their hashes, and no other resource."""
    return (
        f"default-src 'none'; style-src {_hashed(style)}; script-src {_hashed(script)};"
        " base-uri 'none'; form-action 'none'"
    )


def _hashed(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
