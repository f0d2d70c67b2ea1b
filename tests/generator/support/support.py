"""Small things the generator's tests share."""

from __future__ import annotations

from textwrap import dedent

from generator.document import Map
from generator.load.syntax import parse


def nodes(text: str, file: str = "x.yaml") -> Map:
    """A YAML text as nodes that know their positions."""
    (root,) = parse(dedent(text), file)
    return root
