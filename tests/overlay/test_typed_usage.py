"""The user code that the type checkers read uses every public name."""

from __future__ import annotations

import ast
from pathlib import Path

import gettyimages


def test_every_public_name_is_used() -> None:
    tree = ast.parse((Path(__file__).parent / "typed_usage.py").read_text("utf-8"))
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert set(gettyimages.__all__) - used == set()
