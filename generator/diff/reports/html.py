"""The report for browsers: one page without external resources."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.diff.differences import Difference, Place
from generator.semver import Level

from .comparison import (
    MEANINGS,
    SHARED,
    WHOLE_CLIENT,
    Comparison,
    by_operation,
    counted,
    sentence,
    shown,
    title,
    verdict,
)

_HERE = Path(__file__).parent
_LONGEST = 2000
_PIECES = re.compile("[^/._(,]+[/._(,]*|[/._(,]+")
"""What a long name is made of: lines may be broken behind slashes, dots and the like."""


@dataclass(frozen=True, slots=True)
class _Side:
    name: str
    value: str
    place: str
    origins: list[str]


@dataclass(frozen=True, slots=True)
class _Change:
    level: Level
    kind: str
    title: str
    python: str
    sides: tuple[_Side, _Side]

    @property
    def has_values(self) -> bool:
        """Whether at least one side has a value; otherwise the places are shown only."""
        return any(side.value for side in self.sides)


@dataclass(frozen=True, slots=True)
class _Group:
    """An operation with its changes, the gravest of them first."""

    title: str
    verb: str
    path: str
    level: Level
    changes: list[_Change]
    shared: list[str]


@dataclass(frozen=True, slots=True)
class _Kind:
    id: str
    level: Level
    title: str
    meaning: str


def html(comparison: Comparison) -> str:
    """Return the report as an HTML page, in which texts of documents are always escaped.

    In ASCII, so that the page does not depend on the encoding of a terminal or a pipe.
    """
    style, script = (_asset(name) for name in ("page.css", "page.js"))
    counts = counted(comparison.differences)
    template = _environment().get_template("page.html.jinja")
    page = template.render(
        policy=_policy(style, script),
        style=style,
        script=script,
        old=shown(comparison.old),
        new=shown(comparison.new),
        counts=counts,
        meanings=MEANINGS,
        verdict=sentence(verdict(counts)),
        groups=[
            _group(name, found, comparison.shared(name, found))
            for name, found in by_operation(comparison.differences)
        ],
        shared=SHARED,
        kinds=_kinds(comparison),
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
    environment.filters["pieces"] = _PIECES.findall
    return environment


def _asset(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Return a policy that allows our style and script by their hashes, and no other resource."""
    return (
        f"default-src 'none'; style-src {_hashed(style)}; script-src {_hashed(script)};"
        " base-uri 'none'; form-action 'none'"
    )


def _hashed(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _group(operation: str, differences: list[Difference], shared: Sequence[str]) -> _Group:
    name = shown(operation) or WHOLE_CLIENT
    verb, _, path = name.partition(" ") if operation else ("", "", name)
    changes = [_change(difference) for difference in differences]
    return _Group(
        name, verb if path else "", path or name, changes[0].level, changes, [*map(shown, shared)]
    )


def _change(difference: Difference) -> _Change:
    return _Change(
        level=difference.level,
        kind=difference.kind.id,
        title=sentence(title(difference.kind)),
        python=shown(difference.python),
        sides=(
            _side("Before", difference.before, difference.old),
            _side("After", difference.after, difference.new),
        ),
    )


def _side(name: str, value: str, place: Place | None) -> _Side:
    origins = (place.document, place.line) if place else ()
    return _Side(
        name=name,
        value=shown(value, _LONGEST),
        place=shown(place.pointer) if place else "",
        origins=[shown(origin) for origin in origins if origin],
    )


def _kinds(comparison: Comparison) -> list[_Kind]:
    found = {difference.kind.id: difference.kind for difference in comparison.differences}
    return [
        _Kind(kind.id, kind.level, sentence(title(kind)), kind.meaning)
        for _, kind in sorted(found.items())
    ]
