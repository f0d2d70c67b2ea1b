"""Builds the documentation as a site, which needs no other host.

The pages of docs/ are copied, completed with pages of the reference and those beside docs/, and
rendered by Zensical. The reference of the HTTP API is a page of Scalar's beside them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from . import api, reference

PROJECT = Path(__file__).parents[1]
_OWN = Path(__file__).parent


def build(target: Path) -> None:
    """Write the site to a folder, which is replaced.

    Raises:
        subprocess.CalledProcessError: Zensical has refused a page or a link, and printed why.
    """
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "docs"
        shutil.copytree(PROJECT / "docs", pages)
        shutil.copy(_OWN / "style.css", pages)
        _add_pages_of_the_project(pages)
        _write_settings(Path(folder) / "mkdocs.yml", pages)
        command = [sys.executable, "-m", "zensical", "build", "--strict", "-f", "mkdocs.yml"]
        subprocess.run(command, cwd=folder, check=True)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(Path(folder) / "site", target)
    api.write(target / "api", PROJECT / "specs" / "openapi.yaml")


def _add_pages_of_the_project(pages: Path) -> None:
    """Copy the pages beside docs/ into it, and let links lead there."""
    beside = [path.name for path in PROJECT.glob("*.md")]
    for name in beside:
        shutil.copy(PROJECT / name, pages / name.lower())
    for page in pages.rglob("*.md"):
        text = page.read_text("utf-8").replace("](docs/", "](")
        for name in beside:
            text = re.sub(rf"\]\((\.\./)?{re.escape(name)}", f"]({name.lower()}", text)
        page.write_text(text, "utf-8")


def _write_settings(path: Path, pages: Path) -> None:
    settings = yaml.safe_load((_OWN / "mkdocs.yml").read_text("utf-8"))
    decisions = sorted((pages / "decisions").glob("*.md"), reverse=True)  # README.md, the latest...
    lists: dict[str, reference.Nav] = {
        "Reference": [{"The HTTP API": "http-api.md"}, *reference.write(pages)],
        "Decisions": [f"decisions/{page.name}" for page in decisions],
    }
    _fill(settings["nav"], lists)
    python = settings["plugins"][1]["mkdocstrings"]["handlers"]["python"]
    python["paths"] = [str(PROJECT / name) for name in python["paths"]]
    path.write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")


def _fill(nav: reference.Nav, lists: dict[str, reference.Nav]) -> None:
    """Fill the sections of the navigation that are empty."""
    for item in nav:
        if isinstance(item, dict):
            for title, section in item.items():
                if section == []:
                    item[title] = lists[title]
                elif isinstance(section, list):
                    _fill(section, lists)
