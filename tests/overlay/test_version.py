"""The version stands in one place, where the build reads it, too."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

import gettyimages

PROJECT = Path(__file__).parents[2]


def test_the_distribution_takes_its_version_from_the_package() -> None:
    assert "version" not in tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    distribution = ProjectMetadata(str(PROJECT), PluginManager())
    assert distribution.version == gettyimages.__version__
