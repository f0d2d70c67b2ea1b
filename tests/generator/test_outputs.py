"""Writing outputs: what is replaced, what is refused, and what a run that dies leaves behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from runs import TINY, digest, refused, run, tiny

from generator import commands
from generator.atomic_writes import replaced
from generator.commands import Target
from generator.outputs import workshop

pytestmark = pytest.mark.slow


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    return tiny(tmp_path / "specs")


class TestDestinations:
    def test_a_folder_with_other_files_is_not_replaced(
        self, tmp_path: Path, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "work.py").write_text("x = 1\n")
        said = refused(capsys, tmp_path, "build", "--specs", specs, "--out", tmp_path / "mine")
        assert f"{tmp_path / 'mine'}: expected an empty folder or a generated package" in said
        assert "--out" in said

    def test_the_folder_of_the_specs_is_not_replaced(
        self, tmp_path: Path, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        refused(capsys, tmp_path, "build", "--specs", specs, "--out", specs)
        refused(capsys, tmp_path, "build", "--specs", specs, "--out", specs / "sources")

    def test_a_file_or_a_link_is_not_replaced(
        self, tmp_path: Path, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "file").write_text("x")
        (tmp_path / "empty").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "empty")
        (tmp_path / "lost").symlink_to(tmp_path / "nowhere")
        for name in ("file", "link", "lost"):
            said = refused(capsys, tmp_path, "build", "--specs", specs, "--out", tmp_path / name)
            assert f"{tmp_path / name}: expected a folder" in said

    def test_a_place_below_a_file_is_refused(
        self, tmp_path: Path, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "file").write_text("x")
        refused(capsys, tmp_path, "build", "--specs", specs, "--out", tmp_path / "file" / "p")

    def test_an_empty_folder_and_folders_that_are_missing_are_filled(
        self, tmp_path: Path, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "empty").mkdir()
        for out in (tmp_path / "empty", tmp_path / "a" / "b" / "c"):
            assert run(capsys, "build", "--specs", specs, "--out", out).status == 0
            assert (out / "client.py").is_file()

    @pytest.mark.parametrize("name", ["a-b", "1a", "class", "A", "a.b", "../a", "", " ", "a b"])
    def test_what_cannot_be_the_name_of_a_package_is_refused(
        self, tmp_path: Path, specs: Path, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        out = ("--out", tmp_path / "fine", f"--package={name}")
        done = run(capsys, "build", "--specs", specs, *out)
        if name == "":
            assert done.status == 0  # nothing was said: the folder's name is taken
        else:
            assert done.status == 1
            assert "not a valid name of a Python package" in done.err
            assert not (tmp_path / "fine").exists()

    def test_a_folder_whose_name_is_no_package_needs_a_name(
        self, tmp_path: Path, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / "my-client"
        said = refused(capsys, tmp_path, "build", "--specs", specs, "--out", out)
        assert "--package" in said
        done = run(capsys, "build", "--specs", specs, "--out", out, "--package", "mine")
        assert done.status == 0

    def test_a_place_that_cannot_be_written_is_refused(
        self, tmp_path: Path, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "file").write_text("no folder")
        out = tmp_path / "file" / "p"
        said = refused(capsys, tmp_path, "build", "--specs", specs, "--out", out)
        assert "file" in said

    def test_if_the_merged_spec_cannot_be_written_the_package_stays_as_it_was(
        self, tmp_path: Path, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (specs / "openapi.yaml").mkdir()
        (specs / "openapi.yaml" / "x").write_text("x")
        refused(capsys, tmp_path, "build", "--specs", specs, "--out", tmp_path / "p")
        (specs / "openapi.yaml" / "x").rename(tmp_path / "x")
        (specs / "openapi.yaml").rmdir()
        assert run(capsys, "build", "--specs", specs, "--out", tmp_path / "p").status == 0
        (specs / "openapi.yaml").unlink()
        (specs / "openapi.yaml").mkdir()
        (specs / "sources" / "tiny.yaml").write_text(TINY.replace("Get a", "Fetch a"))
        refused(capsys, tmp_path, "build", "--specs", specs, "--out", tmp_path / "p")

    def test_files_of_an_earlier_package_are_gone_afterwards(
        self, tmp_path: Path, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ("build", "--specs", specs, "--out", tmp_path / "p")
        run(capsys, *arguments)
        (tmp_path / "p" / "old.py").write_text("")
        (specs / "sources" / "tiny.yaml").write_text(TINY.replace("/v3/things/", "/v3/others/"))
        assert run(capsys, *arguments).status == 0
        assert not (tmp_path / "p" / "old.py").exists()
        assert [path.name for path in (tmp_path / "p" / "api").iterdir() if path.is_dir()] == [
            "others"
        ]


class TestWorkshops:
    def test_what_was_made_is_removed_when_it_fails(self, tmp_path: Path) -> None:
        out = tmp_path / "a" / "b" / "package"

        def interrupted() -> None:
            with workshop(out) as folder:
                (folder / "x").write_text("x")
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert list(tmp_path.iterdir()) == []

    def test_ctrl_c_while_outputs_are_moved_comes_too_late(
        self, specs: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        commands.build(Target(specs))
        before = digest(specs.parent)
        (specs / "sources" / "tiny.yaml").write_text(TINY.replace("Get a", "Get the"))

        def interrupted(real: Callable[..., object]) -> Callable[..., object]:
            def call(source: Path, target: Path) -> object:
                done = real(source, target)
                if Path(target).name in ("replaced", "tiny_rest", "openapi.yaml"):
                    signal.raise_signal(signal.SIGINT)
                return done

            return call

        for name in ("rename", "replace"):
            monkeypatch.setattr(os, name, interrupted(getattr(os, name)))
        commands.build(Target(specs))
        monkeypatch.undo()
        assert commands.check(Target(specs)) == []
        assert digest(specs.parent).keys() == before.keys()

    def test_files_that_dead_runs_left_beside_their_places_are_removed_after_a_while(
        self, tmp_path: Path
    ) -> None:
        hours = time.time() - 3 * 3600
        left = [tmp_path / ".a.yaml-x.tmp", tmp_path / ".b.yaml-x.tmp", tmp_path / ".a.yaml-y.tmp"]
        for folder in left[:2]:
            folder.mkdir()
            (folder / "a.yaml").write_text("x")
        left[2].write_text("x")
        for path in left:
            os.utime(path, (hours, hours))
        (tmp_path / ".a.yaml-new.tmp").mkdir()
        with replaced({tmp_path / "a.yaml": b"a"}):
            pass
        assert sorted(path.name for path in tmp_path.iterdir()) == [
            ".a.yaml-new.tmp",
            ".b.yaml-x.tmp",
            "a.yaml",
        ]

    def test_a_failure_restores_a_folder_with_a_file_in_it_that_was_to_be_replaced(
        self, tmp_path: Path
    ) -> None:
        package = tmp_path / "package"
        for folder in (package, tmp_path / "made"):
            folder.mkdir()
            (folder / "client.py").write_text(f"# {folder.name}\n")
        (package / "list.md").write_text("# By hand\n")
        before = digest(package)
        with (
            pytest.raises(OSError, match="list"),
            replaced({package / "list.md": b"# Generated\n", package: tmp_path / "made"}),
        ):
            pass
        assert digest(package) == before

    def test_what_dead_runs_left_is_removed_after_a_while(self, tmp_path: Path) -> None:
        old, new, other = (tmp_path / f".{name}.tmp" for name in ("p-1", "p-2", "q-1"))
        for folder in (old, new, other):
            folder.mkdir()
        hours = time.time() - 7200
        os.utime(old, (hours, hours))
        os.utime(other, (hours, hours))
        with workshop(tmp_path / "p"):
            pass
        assert sorted(path.name for path in tmp_path.iterdir()) == [".p-2.tmp", ".q-1.tmp"]


# A run that kills itself before (or after) its n-th move of a file or folder.
_DYING = """
import os, signal, sys
from pathlib import Path
from generator.cli import main
moment, late, *arguments = sys.argv[1:]
count = 0
def dying(original):
    def move(self, target):
        global count
        if ".renamed" in str(self) + str(target):
            return original(self, target)
        count += 1
        last = count == int(moment)
        if last and late == "0":
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(self, target)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return move
Path.rename = dying(Path.rename)
Path.replace = dying(Path.replace)
sys.exit(main(arguments))
"""


class TestKilledRuns:
    @pytest.mark.parametrize("late", ["0", "1"])
    @pytest.mark.parametrize("moment", [1, 2, 3])
    def test_each_output_is_old_or_new_or_missing_and_the_next_run_restores(
        self, tmp_path: Path, moment: int, late: str
    ) -> None:
        target = Target(tiny(tmp_path / "specs"), tmp_path / "package")
        assert target.out
        commands.build(target)
        old = (digest(target.out), target.spec_file.read_bytes())
        source = target.specs / "sources" / "tiny.yaml"
        source.write_text(TINY.replace("Get a thing", "Fetch a thing"))
        arguments = ("build", "--specs", target.specs, "--out", target.out)
        command = [sys.executable, "-c", _DYING, str(moment), late, *map(str, arguments)]
        killed = subprocess.run(
            command, cwd=Path(__file__).parents[2], capture_output=True, check=False
        )
        assert killed.returncode == -signal.SIGKILL
        left = (digest(target.out), target.spec_file.read_bytes())
        told = commands.check(target)
        commands.build(target)
        new = (digest(target.out), target.spec_file.read_bytes())
        assert left[0] in (old[0], new[0], {})
        assert left[1] in (old[1], new[1])
        assert (told == []) == (left == new)
        assert commands.check(target) == []

    def test_a_run_killed_at_any_time_leaves_nothing_torn(self, tmp_path: Path) -> None:
        target = Target(tiny(tmp_path / "specs"), tmp_path / "package")
        assert target.out
        arguments = ("build", "--specs", target.specs, "--out", target.out)
        command = [sys.executable, "-m", "generator", *map(str, arguments)]
        for delay in (0.3, 0.7, 1.0, 1.3):
            with subprocess.Popen(
                command,
                cwd=Path(__file__).parents[2],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            ) as running:
                time.sleep(delay)
                running.kill()
            assert not target.out.exists() or (target.out / "generation.json").is_file()
            if commands.check(target) == []:
                break
        commands.build(target)
        assert commands.check(target) == []
