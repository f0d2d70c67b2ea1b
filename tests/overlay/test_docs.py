"""The examples of the documentation run as written."""

from __future__ import annotations

import os
import re
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
LINKED = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *DOCS]
ELSEWHERE = {
    "new-document.md",  # its example needs what the page installs before: `nox -s walkthrough`
    "cookbook.md",  # its recipes need other packages: `nox -s cookbook`
}
BUILT = "api/index.html"
"""`nox -s docs` writes it beside the pages."""
EXAMPLES = [
    pytest.param(text, id=f"{page.name}-{number}")
    for page in LINKED
    if page.name not in ELSEWHERE
    for number, text in enumerate(
        re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL), 1
    )
]


def test_the_documentation_has_examples() -> None:
    assert len(EXAMPLES) > 8


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
        for text in re.findall(
            r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
        )
    ]
    assert shown
    assert all(isinstance(yaml.safe_load(text), dict | list) for text in shown)


def _headings(page: Path) -> set[str]:
    """Return the headings of a page as links name them."""
    found = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", one.lower()).replace(" ", "-") for one in found}


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs_as_written(example: str, tmp_path: Path) -> None:
    with Sandbox() as sandbox:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", example],
            cwd=tmp_path,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(str(PROJECT / n) for n in ("generated", "overlay")),
                "GETTYIMAGES_API_KEY": sandbox.api_key,
                "GETTYIMAGES_API_SECRET": sandbox.api_secret,
                "GETTYIMAGES_USERNAME": sandbox.username,
                "GETTYIMAGES_PASSWORD": sandbox.password,
                "GETTYIMAGES_BASE_URL": sandbox.base_url,
                "GETTYIMAGES_TOKEN_URL": sandbox.token_url,
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 0, done.stderr
