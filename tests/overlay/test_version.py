"""The version stands in two places, which agree."""

from __future__ import annotations

import tomllib
from pathlib import Path

import gettyimages

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


def test_the_package_and_the_distribution_have_one_version() -> None:
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
    assert project["version"] == gettyimages.__version__
