"""Runs the commands of docs/new-document.md in a scratch copy, and writes their output there.

    python -m tests.e2e.arrival.walkthrough

Every line of the page that starts with `$ ` in a block `console` is run as it stands there; what
follows it, up to the next one, is replaced by what it prints. A block after a line that ends with
"file `NAME`:" is written to that file first. The company's index is a pypiserver on loopback.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from tests.e2e.indexing import Served, index_server
from tests.e2e.scratch import ENVIRONMENT, git, project, without_callers, without_present_day

PROJECT = Path(__file__).parents[3]
PAGE = PROJECT / "docs" / "new-document.md"
LONGEST = 40
SHOWN_INDEX = "127.0.0.1:8080"
_NOISE = (
    "nox > Creating",
    "nox > Reusing",
    "nox > uv ",
    "nox > python -m pip",
    "WARNING: Location",
)
"""What begins lines that say something of this machine alone."""
_BLOCK = re.compile(r"(?P<before>[^\n]*)\n\n```(?P<kind>\w+)\n(?P<text>.*?)```", re.DOTALL)
_FILE = re.compile(r"file `([\w.-]+)`:$")


class Walk:
    """One walk through the page, in a scratch copy."""

    def __init__(self, folder: Path, index: Served) -> None:
        self.project = folder / "gettyimages-client"
        self.index = index
        self._host = index.url.removeprefix("http://")
        self.failed: list[str] = []
        project(self.project)
        without_present_day(self.project / "specs")
        without_callers(self.project)  # They need the API of today.
        build = [sys.executable, "-m", "generator", "build"]
        subprocess.run(build, cwd=self.project, check=True, stdout=subprocess.DEVNULL)
        git(self.project, "commit", "-qa", "--amend", "--no-edit")
        shutil.copytree(
            Path(__file__).parent, folder / "arrived", ignore=shutil.ignore_patterns("*.py", "__*")
        )

    def page(self, text: str) -> str:
        """The page with what the commands print now."""
        return _BLOCK.sub(self._block, text)

    def _block(self, match: re.Match[str]) -> str:
        named = _FILE.search(match["before"])
        if named:
            (self.project / named[1]).write_text(match["text"], "utf-8")
        if match["kind"] != "console":
            return match[0]
        lines = [line for command in _commands(match["text"]) for line in self._run(command)]
        return f"{match['before']}\n\n```console\n" + "\n".join(lines) + "\n```"

    def _run(self, command: str) -> Iterator[str]:
        yield f"$ {command}"
        real = command.replace(SHOWN_INDEX, self._host)
        done = subprocess.run(
            ["bash", "-c", real],
            cwd=self.project,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=900,
        )
        sys.stdout.write(f"$ {real}\n{done.stdout}[{done.returncode}]\n")
        sys.stdout.flush()
        yield from _shown(self._harmless(done.stdout))
        if done.returncode:
            self.failed.append(command)
            yield f"[exit status {done.returncode}]"

    def _harmless(self, text: str) -> str:
        """The output without what is only true of this run on this machine."""
        text = re.sub(r"\x1b\[[0-9;]*m", "", text)
        text = text.replace(self._host, SHOWN_INDEX).replace(str(self.project), ".")
        text = text.replace(str(self.project.parent), "..")
        return re.sub(r"\b[0-9a-f]{40}\b", lambda found: found[0][:7], text)

    def _environment(self) -> dict[str, str]:
        return {
            **ENVIRONMENT,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "COLUMNS": "110",
            "NO_COLOR": "1",
            "TWINE_USERNAME": self.index.username,
            "TWINE_PASSWORD": self.index.password,
            "PIP_PASSWORD": quote(self.index.password, safe=""),
        }


def _commands(text: str) -> Iterator[str]:
    return (line[2:] for line in text.splitlines() if line.startswith("$ "))


def _shown(text: str) -> Iterator[str]:
    lines = [line.rstrip() for line in text.strip("\n").splitlines()]
    lines = [line for line in lines if not line.startswith(_NOISE)]
    if len(lines) > LONGEST:
        cut = len(lines) - LONGEST
        lines = [*lines[: LONGEST // 2], f"... {cut} more lines ...", *lines[-LONGEST // 2 :]]
    yield from lines


def main() -> int:
    """Walk through the page and write it anew; 1 if a command failed that should not."""
    text = PAGE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder, index_server(Path(folder) / "index") as index:
        walk = Walk(Path(folder), index)
        PAGE.write_text(walk.page(text), "utf-8")
    expected = re.findall(r"^\$ (.*?)  # refused$", text, re.MULTILINE)
    unexpected = [command for command in walk.failed if not command.endswith("# refused")]
    if unexpected or len(expected) != len(walk.failed):
        print(f"failed: {unexpected}; expected to be refused: {expected}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
