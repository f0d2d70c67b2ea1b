"""The examples of the documentation run as written."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from gettyimages.sandbox import Sandbox

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]
DOCS = sorted((PROJECT / "docs").rglob("*.md"))
LINKED = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", PROJECT / "SECURITY.md", *DOCS]
ELSEWHERE = {
    "new-document.md",  # its example needs what the page installs before: `nox -s walkthrough`
    "cookbook.md",  # its recipes need other packages: `nox -s cookbook`
}
_BLOCK = re.MULTILINE | re.DOTALL
BUILT = "api/index.html"
"""`nox -s docs` writes it beside the pages."""
EXAMPLES = {
    page.relative_to(PROJECT).as_posix(): found
    for page in LINKED
    if page.name not in ELSEWHERE
    if (found := re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), _BLOCK))
}
RUNNER = """
import json, os, sys
page, examples = json.load(sys.stdin)
environment = dict(os.environ)
for number, example in enumerate(examples, 1):
    os.environ.clear()
    os.environ.update(environment)
    os.mkdir(str(number))
    os.chdir(str(number))
    exec(compile(example, f"{page}, example {number}", "exec"), {"__name__": "__main__"})
    os.chdir("..")
"""
"""Runs the examples of a page one after the other, each with names and a folder of its own."""


def test_the_documentation_has_examples() -> None:
    assert sum(map(len, EXAMPLES.values())) > 40


def test_the_front_page_states_how_many_operations_there_are() -> None:
    paths = json.loads((PROJECT / "generated/gettyimages_rest/openapi.json").read_text())["paths"]
    count = sum("operationId" in each for path in paths.values() for each in path.values())
    assert f"All {count} operations" in (PROJECT / "README.md").read_text("utf-8")


def test_the_patch_of_the_contributing_page_applies(tmp_path: Path) -> None:
    page = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    patch = re.search(r"^```diff\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert patch is not None
    shutil.copytree(PROJECT / "overlay", tmp_path / "overlay")
    done = subprocess.run(
        ["git", "apply", "-"],
        cwd=tmp_path,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)},
        input=patch[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    changed = re.findall(r"^\+\+\+ b/(.*)$", patch[1], re.MULTILINE)
    assert len(changed) <= 3


def test_the_pages_link_to_files_and_headings_that_exist() -> None:
    broken = []
    for page in LINKED:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
            name, _, heading = target.partition("#")
            if ":" in name or name == BUILT:
                continue
            path = page.parent / name if name else page
            if not path.exists() or (heading and heading not in _headings(path)):
                broken.append(f"{page.name}: {target}")
    assert broken == []


def test_the_site_leads_to_every_page() -> None:
    settings = (PROJECT / "website" / "mkdocs.yml").read_text("utf-8")
    pages = {page.relative_to(PROJECT / "docs").as_posix() for page in DOCS}
    own = {page for page in pages if not page.startswith("decisions/")}
    named = set(re.findall(r"^ +- (?:[^:\n]*: )?(\S+\.md)$", settings, re.MULTILINE))
    # The HTTP API heads the reference, whose other pages are written with the site.
    beside = {page.name.lower() for page in PROJECT.glob("*.md")}
    assert named - beside == own - {"http-api.md"}


def test_the_overlays_that_the_pages_show_are_yaml() -> None:
    shown = [
        text
        for page in LINKED
        for text in re.findall(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), _BLOCK)
    ]
    assert shown
    assert all(isinstance(yaml.safe_load(text), dict | list) for text in shown)


def _headings(page: Path) -> set[str]:
    """Return the headings of a page as links name them."""
    found = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", one.lower()).replace(" ", "-") for one in found}


def test_the_commands_of_the_front_page_run_as_written(tmp_path: Path) -> None:
    page = (PROJECT / "README.md").read_text("utf-8")
    commands = re.findall(r"^gettyimages (.*)$", page, re.MULTILINE)
    assert len(commands) == 2
    sources = os.pathsep.join(str(PROJECT / name) for name in ("generated", "overlay"))
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "gettyimages.cli", *shlex.split(command)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": sources},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert [path.suffix for path in (tmp_path / "sandbox-photos").glob("Getty*")] == [".jpg"]


@pytest.mark.parametrize("page", EXAMPLES)
def test_the_examples_of_a_page_run_as_written(page: str, tmp_path: Path) -> None:
    sources = os.pathsep.join(str(PROJECT / name) for name in ("generated", "overlay"))
    with Sandbox() as sandbox:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", RUNNER],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": sources, **sandbox.env()},
            input=json.dumps([page, EXAMPLES[page]]),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 0, done.stderr
