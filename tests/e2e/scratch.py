"""Scratch copies of the project, each a git repository of one commit."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

PROJECT = Path(__file__).parents[2]
SECOND_API = PROJECT / "tests" / "e2e" / "second_api"
"""A small project of another API, which has not been generated yet."""
ENVIRONMENT = {
    **os.environ,
    **{f"GIT_{who}_{what}": "scratch" for who in ("AUTHOR", "COMMITTER") for what in ("NAME",)},
    **{f"GIT_{who}_EMAIL": "scratch@localhost" for who in ("AUTHOR", "COMMITTER")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder; what it prints."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    return done.stdout


def project(folder: Path) -> Path:
    """A copy of the project as git sees it, what is not committed included."""
    listed = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    for name in git(PROJECT, *listed).split("\0"):
        if name and (PROJECT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, folder / name)
    for name in ("pyproject.toml", "SECURITY.md"):  # Nothing is released with placeholders.
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(text.replace("company.invalid", "company.example"), "utf-8")
    return committed(folder)


def without_present_day(specs: Path) -> None:
    """Remove the document of the API of today and what completes it, so that others can arrive."""
    (specs / "sources" / "present-day.yaml").unlink()
    (specs / "overlays" / "80-present-day.yaml").unlink()


def without_callers(folder: Path) -> None:
    """Have updates and releases of a project check no hand-written code, which takes its time."""
    path = folder / "pyproject.toml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("callers = ")]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), "utf-8")


def committed(folder: Path) -> Path:
    """The folder, with all that is in it committed."""
    if not (folder / ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "--allow-empty", "-qm", "As it is")
    return folder
