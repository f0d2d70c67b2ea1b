"""The same input gives the same bytes, wherever, whenever and however it is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from corpora import as_yaml, family
from corpora_forms import form
from runs import OVERLAY, digest

from generator import commands
from generator.commands import Target

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]
SOURCES = {
    **{name: as_yaml(data) for name, data in family(files=6, operations=12).items()},
    "forms-2.yaml": as_yaml(form("2.0")),
    "forms-3.json": json.dumps(form("3.1"), indent=2),
}
PAGES = OVERLAY.replace("$.paths.*.get", "$.paths['/v3/things'].get")


def write(folder: Path, names: list[str] | None = None) -> Path:
    """A specs folder, its files made in an order."""
    specs = folder / "specs"
    (specs / "sources").mkdir(parents=True)
    for name in names or SOURCES:
        (specs / "sources" / name).write_bytes(SOURCES[name].encode())
    (specs / "overlays").mkdir()
    (specs / "overlays" / "one.yaml").write_text(PAGES)
    return specs


def build(specs: Path, **env: str) -> dict[str, str]:
    """Build in a process of its own; the digest of what it made."""
    out = specs.parent / "package"
    command = [sys.executable, "-m", "generator", "build"]
    command += ["--specs", str(specs), "--out", str(out)]
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return made(specs)


def made(specs: Path) -> dict[str, str]:
    spec = digest(specs)["openapi.yaml"]
    return {"specs/openapi.yaml": spec, **digest(specs.parent / "package")}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return build(write(tmp_path_factory.mktemp("first")), PYTHONHASHSEED="0")


def test_another_folder_and_another_hash_seed_give_the_same_bytes(
    tmp_path: Path, first: dict[str, str]
) -> None:
    specs = write(tmp_path / "another" / "folder with blanks")
    assert build(specs, PYTHONHASHSEED="4242") == first


def test_files_made_in_another_order_give_the_same_bytes(
    tmp_path: Path, first: dict[str, str]
) -> None:
    assert build(write(tmp_path, sorted(SOURCES, reverse=True)), PYTHONHASHSEED="7") == first


def test_another_language_time_zone_and_day_give_the_same_bytes(
    tmp_path: Path, first: dict[str, str]
) -> None:
    specs = write(tmp_path)
    past = time.time() - 10_000_000
    for path in specs.rglob("*"):
        os.utime(path, (past, past))
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert build(specs, TZ="Pacific/Kiritimati", PYTHONHASHSEED="random", **ascii_only) == first


def test_another_user_with_other_settings_gets_the_same_bytes(
    tmp_path: Path, first: dict[str, str]
) -> None:
    home = tmp_path / "home"
    (home / ".config" / "ruff").mkdir(parents=True)
    (home / ".config" / "ruff" / "ruff.toml").write_text("line-length = 40\n")
    (tmp_path / "ruff.toml").write_text('line-length = 40\n[format]\nquote-style = "single"\n')
    before = os.umask(0o077)
    try:
        built = build(write(tmp_path), HOME=str(home), XDG_CONFIG_HOME=str(home / ".config"))
    finally:
        os.umask(before)
    assert built == first


def windows(text: bytes) -> bytes:
    return text.replace(b"\n", b"\r\n")


def marked(text: bytes) -> bytes:
    return b"\xef\xbb\xbf" + text


@pytest.mark.parametrize("change", [windows, marked])
def test_other_line_ends_or_a_byte_order_mark_change_nothing_but_the_digests(
    tmp_path: Path, first: dict[str, str], change: Callable[[bytes], bytes]
) -> None:
    specs = write(tmp_path)
    for path in [*(specs / "sources").iterdir(), *(specs / "overlays").iterdir()]:
        path.write_bytes(change(path.read_bytes()))
    commands.build(Target(specs, tmp_path / "package"))
    again = made(specs)
    assert {name for name in again if again[name] != first[name]} == {"generation.json"}
    assert again.keys() == first.keys()


def test_two_builds_in_one_process_give_the_same_bytes(
    tmp_path: Path, first: dict[str, str]
) -> None:
    specs = write(tmp_path)
    for _ in range(2):
        commands.build(Target(specs, tmp_path / "package"))
        assert made(specs) == first


def test_nothing_that_is_written_names_the_folder_or_the_day(tmp_path: Path) -> None:
    specs = write(tmp_path / "quite-a-place")
    commands.build(Target(specs, specs.parent / "package"))
    for path in [specs / "openapi.yaml", *(specs.parent / "package").rglob("*")]:
        text = path.read_text("utf-8") if path.is_file() else ""
        assert "quite-a-place" not in text
        assert time.strftime("%Y-%m-%d") not in text
