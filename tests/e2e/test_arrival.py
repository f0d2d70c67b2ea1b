"""Five documents arrive: what docs/new-document.md shows, without publishing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from .scratch import without_callers, without_present_day

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "new-document.md").read_text("utf-8")
PROGRAM, OVERLAY = (
    re.search(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    for kind in ("python", "yaml")
)


def run(*arguments: str, folder: Path = PROJECT, path: str = "") -> str:
    """Run Python with some arguments; what it prints."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def specs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's specs, with the five documents taken in; to be read only."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(PROJECT / "specs", folder / "specs")
    without_present_day(folder / "specs")
    shutil.copy(PROJECT / "pyproject.toml", folder)
    without_callers(folder)  # They are not there.
    documents = sorted(map(str, (PROJECT / "tests" / "e2e" / "arrival").glob("*.yaml")))
    assert len(documents) == 5
    run("-m", "generator", "build", "--specs", str(folder / "specs"))
    run("-m", "generator", "update", *documents, "--draft", "--specs", str(folder / "specs"))
    return folder / "specs"


@pytest.mark.slow
def test_five_documents_become_resources_that_can_be_called(specs: Path, tmp_path: Path) -> None:
    assert PROGRAM is not None
    assert OVERLAY is not None
    specs = shutil.copytree(specs.parent, tmp_path / "project") / "specs"
    (specs / "overlays" / "70-video-downloads.yaml").write_text(OVERLAY[1], "utf-8")
    run("-m", "generator", "build", "--specs", str(specs))
    told = run("-m", "generator", "diff", "--specs", str(specs), "--fail-on", "major")
    assert "17 minor, 16 patch: the next version is a minor one." in told
    path = os.pathsep.join(map(str, (specs.parent / "generated", PROJECT / "overlay")))
    printed = run("-W", "error", "-c", PROGRAM[1], folder=specs.parent, path=path).splitlines()
    assert re.fullmatch(r"\d+\.\d+\.\d+", printed[0])
    assert printed[-1].startswith("DownloadUri(")


@pytest.mark.slow
def test_the_page_about_guesses_shows_those_that_are_drafted(specs: Path) -> None:
    page = (PROJECT / "docs" / "drafting.md").read_text("utf-8")
    texts = {path.name: path.read_text("utf-8") for path in (specs / "overlays").glob("draft-*")}
    count = sum(text.count("\n  x-guess: true\n") for text in texts.values())
    assert f"\n{count} new guess(es) in {len(texts)} file(s). {count} to confirm: " in page
    shown = re.findall(r"^(draft-\S+):(\d+)  .*\n    (.*)$", page, re.MULTILINE)
    assert len(shown) == 3
    for name, line, reason in shown:
        (action, *_) = yaml.safe_load("\n".join(texts[name].splitlines()[int(line) - 1 :]))
        assert action["description"] == reason


@pytest.mark.slow
def test_drafting_again_has_nothing_to_add(specs: Path) -> None:
    before = {path: path.read_bytes() for path in (specs / "overlays").iterdir()}
    told = run("-m", "generator", "draft-overlay", "--specs", str(specs))
    assert told.startswith("0 new guess(es)")
    assert {path: path.read_bytes() for path in (specs / "overlays").iterdir()} == before
