"""What the commands do in a working tree in which a merge of git has left conflicts."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from projects import released
from runs import TINY, refused, run, tiny

PAGE = Path(__file__).parents[3] / "docs" / "teams.md"
pytestmark = pytest.mark.slow


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git with an identity of its own."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    command = ["git", *who, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def changed(capsys: pytest.CaptureFixture[str], folder: Path, branch: str, *commands: str) -> None:
    """Add an operation on a branch, run commands, and commit."""
    assert git(folder, "checkout", "-q", "-b", branch, "main").returncode == 0
    document = TINY.replace("/v3/things", f"/v3/{branch}").replace("GetThing", f"Get{branch}")
    (folder / "specs" / "sources" / f"{branch}.yaml").write_text(document)
    for command in commands:
        assert run(capsys, command, "--specs", folder / "specs").status == 0
    assert git(folder, "add", "-A").returncode == 0
    assert git(folder, "commit", "-qm", branch).returncode == 0


def merged(capsys: pytest.CaptureFixture[str], folder: Path, *commands: str) -> list[str]:
    """Two branches, merged: the files that are in conflict."""
    released(folder)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    assert git(folder, "commit", "-qm", "As it was").returncode == 0
    for branch in ("anna", "ben"):
        changed(capsys, folder, branch, *commands)
    assert git(folder, "merge", "-q", "anna").returncode == 1
    return git(folder, "diff", "--name-only", "--diff-filter=U").stdout.split()


def test_check_names_conflicts_of_a_merge_and_build_repairs_the_outputs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    conflicts = merged(capsys, tmp_path, "build", "release")
    outputs = [name for name in conflicts if name.startswith(("generated/", "specs/openapi"))]
    assert {"specs/openapi.yaml", "generated/tiny_rest/generation.json"} <= {*outputs}
    specs = tmp_path / "specs"

    # The last release is nothing that a build could write: a person takes one of the two.
    for command in ("build", "check"):
        error = refused(capsys, specs, command, "--specs", specs)
        assert "released.yaml:" in error
        assert f"git checkout --ours {specs / 'released.yaml'}" in error
    assert git(tmp_path, "checkout", "--theirs", "specs/released.yaml").returncode == 0

    done = run(capsys, "check", "--specs", specs)
    assert done.status == 1
    for name in outputs:
        line = next(line for line in done.out.splitlines() if name in line)
        assert line.endswith("has conflict markers of a merge")
    assert "has changed" not in done.out
    assert "python -m generator build" in done.err

    commands = re.findall(r"^python -m generator (\w+)", PAGE.read_text("utf-8"), re.MULTILINE)
    assert commands == ["build", "check", "diff"]
    for command in commands:
        done = run(capsys, command, "--specs", specs)
        assert done.status == 0, done.err
    assert "GET /v3/ben/{id}" in done.out  # The other branch was released, with what it added.
    spec = (specs / "openapi.yaml").read_text()
    assert "/v3/anna/{id}" in spec
    assert "/v3/ben/{id}" in spec


@pytest.mark.parametrize("name", ["sources/tiny.yaml", "overlays/one.yaml"])
def test_conflicts_in_what_people_write_are_refused_with_their_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    specs = tiny(tmp_path / "specs")
    with (specs / name).open("a") as file:
        file.write("<<<<<<< HEAD\nx-a: 1\n=======\nx-a: 2\n>>>>>>> anna\n")
    line = len((specs / name).read_text().splitlines()) - 4
    error = refused(capsys, specs, "build", "--specs", specs)
    assert f"{name}:{line}:1: the file has conflict markers of a merge" in error
