"""The floors of the generator: what is built on what."""

from __future__ import annotations

from pathlib import Path

import generator
from tests.imports import Package, ranks

GENERATOR = Package(Path(generator.__file__ or "").parent)

FLOORS = (
    "__init__ document messages atomic_writes | jsonpath references yaml_scalars"
    " | findings | config grammar semver yaml_output | outputs",
    "load | amend fetching released upgrade",
    "merge names",
    "client",
    "render validate",
    "diff",
    "pipeline",
    "callers commands compared_specs draft explain",
    "release update",
    "cli | __main__",
)
"""From the ground up; what a bar means stands at `Floors`."""


def test_every_module_has_a_floor() -> None:
    assert GENERATOR.units == set(ranks(FLOORS))
    print(GENERATOR.drawn(FLOORS))


def test_a_module_imports_from_lower_floors_alone() -> None:
    assert GENERATOR.upward(FLOORS) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert GENERATOR.circle() == []
