"""The examples of the documentation run as written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gettyimages.sandbox import Sandbox

PROJECT = Path(__file__).parents[2]
WALKED = PROJECT / "docs" / "new-document.md"
"""Its example needs what the page installs before: `nox -s walkthrough` runs it."""
PAGES = [PROJECT / "README.md", *sorted({*(PROJECT / "docs").glob("*.md")} - {WALKED})]
EXAMPLES = [
    pytest.param(text, id=f"{page.name}-{number}")
    for page in PAGES
    for number, text in enumerate(
        re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL), 1
    )
]


def test_the_documentation_has_examples() -> None:
    assert len(EXAMPLES) > 8


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
