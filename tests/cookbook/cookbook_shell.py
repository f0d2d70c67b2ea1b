"""The commands of the documentation run as they stand there: `nox -s cookbook`."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from gettyimages.sandbox import Sandbox

PROJECT = Path(__file__).parents[2]
PAGES = [*(PROJECT / "docs").glob("*.md"), *(PROJECT / "docs" / "how-to").glob("*.md")]
ELSEWHERE = {
    "corpus.md",  # its commands take hours
    "teams.md",  # tests/generator/cli/test_git_merges.py runs them in a repository
}
BLOCKS = {
    page.name: re.findall(r"^```sh\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    for page in sorted(PAGES)
    if page.name not in ELSEWHERE
}
WAITING = ("sandbox", "--follow")
"""What runs until Ctrl-C."""


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """The environment of a shell whose user has some files already."""
    (tmp_path / "ids.txt").write_text("1001\n1002\n")
    (tmp_path / "stored.txt").write_text("1001\n1002\n")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    # With its log, each command prints something soon.
    return {"PATH": path, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8", "GETTYIMAGES_LOG": "info"}


@pytest.mark.parametrize("page", [name for name, blocks in BLOCKS.items() if blocks])
def test_the_commands_of_a_page_run_as_written(
    page: str, shell: dict[str, str], tmp_path: Path
) -> None:
    with Sandbox(file_size=20_000, channels={1: 200}) as sandbox, sandbox.client() as client:
        next(iter(client.asset_changes.change_sets(1)))  # so that there is one to confirm
        client.downloads.save_image("1000", tmp_path / "photos")
        for line in "".join(BLOCKS[page]).replace("\\\n", "").splitlines():
            if line.startswith("pip install"):
                check_installable(line)
            elif not line.startswith("export"):
                run(line, shell | sandbox.env(), tmp_path)


def check_installable(line: str) -> None:
    """Names the package, and extras that it has."""
    requirement = Requirement(line.split()[-1].strip("'"))
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert requirement.name == project["name"]
    assert requirement.extras <= project["optional-dependencies"].keys()


def run(line: str, environment: dict[str, str], folder: Path) -> None:
    """Run a command to its end, or to its first lines and Ctrl-C."""
    waits = any(word in line.split() for word in WAITING) or ".sandbox" in line
    with subprocess.Popen(
        ["/bin/sh", "-c", f"exec {line}"],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        guard = threading.Timer(60, process.kill)
        guard.start()
        if waits:
            assert process.stdout is not None
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(environment["GETTYIMAGES_PASSWORD"] + "\n")
        guard.cancel()
    assert process.returncode in ((0, 130) if waits else (0,)), f"{line}\n{rest}"


def test_the_pages_have_commands() -> None:
    assert sum(map(len, BLOCKS.values())) > 6
