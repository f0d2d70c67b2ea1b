"""Forty dirty documents go from dropped-in to an importable client without a line by hand."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from corpora import operations_of, write
from corpora_dirty import dirty
from corpora_modern import modern
from runs import digest, run

from generator.draft import draft, guesses
from generator.draft import write as write_draft
from generator.pipeline import build_spec

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[3]


def identified(operations: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Operations by what identifies them, whatever the templates of their paths are called."""
    return {(method, re.sub(r"\{\w+\}", "{}", path)) for method, path in operations}


def operations_in(package: Path) -> set[tuple[str, str]]:
    """Method and path of every operation of a package."""
    return operations_of([json.loads((package / "openapi.json").read_text("utf-8"))])


def test_nothing_of_the_project_is_left_to_guess(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "specs", tmp_path / "specs")
    drafted = draft(tmp_path / "specs")
    assert (drafted.files, drafted.remaining) == ({}, [])


def test_forty_documents_beside_the_project_become_a_client(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    specs = tmp_path / "specs"
    shutil.copytree(PROJECT / "specs", specs)
    before = operations_in(PROJECT / "generated" / "gettyimages_rest")
    sources = dirty()
    write(specs, sources)
    assert run(capsys, "draft-overlay", "--specs", specs).status == 0
    out = tmp_path / "dirty_rest"
    assert run(capsys, "build", "--specs", specs, "--out", out).status == 0
    wanted = before | operations_of(sources.values())
    # The project and the documents may call the template of a path differently.
    assert identified(operations_in(out)) == identified(wanted)
    command = [sys.executable, "-c", "import dirty_rest; print(*dir(dirty_rest.Client))"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert {"boards", "saved_searches", "usage_batches", "downloads"} <= set(done.stdout.split())
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "dirty_rest"]
    env = {**os.environ, "MYPY_CACHE_DIR": str(tmp_path / "cache")}
    done = subprocess.run(
        command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_drafting_again_changes_nothing_for_forty_documents(tmp_path: Path) -> None:
    specs = write(tmp_path, dirty(seed=7))
    write_draft(specs, draft(specs))
    before = digest(specs)
    again = draft(specs)
    assert (again.files, again.guesses, again.remaining) == ({}, [], [])
    assert digest(specs) == before
    assert len(guesses(specs)) > 300


def test_an_api_without_operation_ids_gets_one_for_each(tmp_path: Path) -> None:
    specs = write(tmp_path, {"v3.json": modern()})
    drafted = draft(specs)
    assert sum("has no operation id" in guess.reason for guess in drafted.guesses) == 70
    write_draft(specs, drafted)
    built = build_spec(specs)
    ids = {
        item.text("operationId")
        for _, each in built.spec.map("paths").maps()
        for _, item in each.maps()
    }
    assert len(ids) == 70
