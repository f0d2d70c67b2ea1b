"""Runs the command line on little specs folders, and watches what it does to the disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.cli import main

TINY = """\
swagger: "2.0"
info:
  title: Tiny
  description: A tiny API.
  version: 1.0.0
host: api.example.com
schemes:
- https
produces:
- application/json
paths:
  /v3/things/{id}:
    get:
      summary: Get a thing
      operationId: Things_GetThing
      parameters:
      - in: path
        name: id
        required: true
        type: string
      - in: query
        name: page
        type: integer
      responses:
        200:
          description: OK
          schema:
            $ref: '#/definitions/Thing'
definitions:
  Thing:
    type: object
    properties:
      id:
        type: string
---
"""

OVERLAY = """\
overlay: 1.1.0
info: {title: Corrections, version: 1.0.0}
actions:
  - description: Pages begin at one.
    target: $.paths.*.get.parameters[?@.name=='page' && @.in=='query'].schema
    update: {minimum: 1}
"""


def tiny(folder: Path, text: str = TINY, overlay: str = OVERLAY) -> Path:
    """A specs folder with one document and, unless it is empty, one overlay."""
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "tiny.yaml").write_bytes(text.encode())
    if overlay:
        (folder / "overlays").mkdir()
        (folder / "overlays" / "one.yaml").write_bytes(overlay.encode())
    return folder


def digest(folder: Path) -> dict[str, str]:
    """What every file, link and folder below a folder holds."""
    return {str(path.relative_to(folder)): _content(path) for path in sorted(folder.rglob("*"))}


def _content(path: Path) -> str:
    if path.is_symlink():
        return f"link to {path.readlink()}"
    return "folder" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Outcome:
    """What a run of the command line ended with."""

    status: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Outcome:
    """Run the command line in this process."""
    capsys.readouterr()
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return Outcome(status, captured.out, captured.err)


def refused(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str | Path) -> str:
    """Run a command that has to refuse its input without a trace on the disk; what it says."""
    before = digest(root)
    done = run(capsys, *arguments)
    assert done.status == 1, done.out
    assert "Traceback" not in done.err
    assert done.err.endswith("nothing has been changed.\n")
    assert digest(root) == before
    return done.err
