"""`diff`: what it compares, where it writes the report, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runs import TINY, Outcome, digest, refused, run, tiny

from generator.cli import main
from generator.diff.reports import FORMATS
from generator.pipeline import build_spec
from generator.yaml_output import to_yaml

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[3]
EXTRA = """\
      - in: query
        name: sort
        type: string
"""
WIDER = TINY.replace("      responses:", f"{EXTRA}      responses:")
"""The same with an optional parameter more."""

NARROWER = TINY.replace("      - in: query\n        name: page\n        type: integer\n", "")
"""The same with a parameter less."""

Edit = Callable[[str], object]


def release(specs: Path, version: str = "1.4.2") -> Path:
    """Have what the documents of a folder give now released."""
    text = to_yaml(build_spec(specs).spec) + f"x-release: {{version: {version}}}\n"
    (specs / "released.yaml").write_text(text, "utf-8")
    return specs


def change(specs: Path, text: str) -> None:
    """Give a folder another document, and no overlay."""
    (specs / "sources" / "tiny.yaml").write_text(text, "utf-8")


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A folder whose documents give what was released."""
    return release(tiny(tmp_path / "api", overlay=""))


def kinds(done: Outcome) -> list[tuple[str, str, str]]:
    """Level, kind and Python name of each difference of a report in JSON."""
    found = json.loads(done.out)["differences"]
    return [(item["level"], item["kind"], item["python"]) for item in found]


class TestSides:
    def test_what_was_released_is_compared_with_what_the_inputs_give_now(
        self, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        change(specs, WIDER)
        done = run(capsys, "diff", "--specs", specs)
        assert (done.status, done.err) == (0, "")
        assert done.out.startswith(f"Tiny 1.4.2 as released -> {specs / 'sources'} now\n")
        assert "  argument added  things.get_thing(sort)\n" in done.out
        assert done.out.endswith("1 minor: the next version is a minor one.\n")

    def test_a_project_is_called_by_the_name_of_its_distribution(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        specs = release(tiny(tmp_path / "specs"))
        (tmp_path / "pyproject.toml").write_text('[project]\nname = "tiny-client"\n')
        done = run(capsys, "diff", "--specs", specs)
        assert done.out.splitlines()[0] == (
            f"tiny-client 1.4.2 as released -> {specs / 'sources'} and {specs / 'overlays'} now"
        )

    def test_nothing_has_changed_since_the_release(
        self, specs: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        done = run(capsys, "diff", "--specs", specs, "--fail-on", "minor")
        assert done.status == 0
        assert done.out.endswith("\n\nNo differences: no new version is needed.\n")

    def test_a_folder_a_merged_spec_and_a_document_are_all_sides(
        self, specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run(capsys, "merge", "--specs", specs)
        sides = [specs, specs / "openapi.yaml", specs / "released.yaml"]
        sides.append(specs / "sources" / "tiny.yaml")
        wider = tiny(tmp_path / "wider", WIDER, overlay="") / "sources" / "tiny.yaml"
        for side in sides:
            assert kinds(run(capsys, "diff", side, sides[0], "--format", "json")) == []
            assert kinds(run(capsys, "diff", side, wider, "--format", "json")) == [
                ("minor", "argument-added", "things.get_thing(sort)")
            ]

    def test_a_document_keeps_the_names_of_the_release_it_is_compared_with(
        self, specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        nameless = tmp_path / "nameless.yaml"
        nameless.write_text(TINY.replace("      operationId: Things_GetThing\n", ""))
        done = run(capsys, "diff", specs / "released.yaml", nameless, "--format", "json")
        assert [level for level, _, _ in kinds(done) if level == "major"] == []
        other = specs / "sources" / "tiny.yaml"
        done = run(capsys, "diff", other, nameless, "--format", "json")
        assert "operation-renamed" in {kind for _, kind, _ in kinds(done)}

    def test_several_documents_in_one_file_are_one_side(
        self, specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        both = tmp_path / "both.yaml"
        both.write_text(TINY + NARROWER.replace("/v3/things", "/v3/others").replace("Thing", "O"))
        done = run(capsys, "diff", specs, both, "--format", "json")
        assert {kind for _, kind, _ in kinds(done)} >= {"operation-added"}

    def test_exchanging_the_sides_exchanges_added_and_removed(
        self, specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        other = tiny(tmp_path / "other", NARROWER, overlay="")
        forth = json.loads(run(capsys, "diff", specs, other, "--format", "json").out)
        back = json.loads(run(capsys, "diff", other, specs, "--format", "json").out)
        assert [item["kind"] for item in forth["differences"]] == ["argument-removed"]
        assert [item["kind"] for item in back["differences"]] == ["argument-added"]
        assert forth["differences"][0]["old"] == back["differences"][0]["new"]


class TestEnds:
    @pytest.mark.parametrize(
        ("text", "bound", "status"),
        [
            (TINY, "minor", 0),
            (TINY.replace("Get a thing", "Gets a thing"), "minor", 0),
            (WIDER, "minor", 1),
            (WIDER, "major", 0),
            (NARROWER, "minor", 1),
            (NARROWER, "major", 1),
        ],
    )
    def test_with_a_bound_the_status_says_whether_it_was_reached(
        self,
        specs: Path,
        capsys: pytest.CaptureFixture[str],
        text: str,
        bound: str,
        status: int,
    ) -> None:
        change(specs, text)
        done = run(capsys, "diff", "--specs", specs, "--fail-on", bound)
        assert (done.status, done.err) == (status, "")
        assert run(capsys, "diff", "--specs", specs).status == 0

    @pytest.mark.parametrize("form", FORMATS)
    def test_a_report_in_a_file_is_the_one_that_is_printed(
        self, specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
    ) -> None:
        change(specs, NARROWER)
        printed = run(capsys, "diff", "--specs", specs, "--format", form)
        before = digest(tmp_path)
        output = tmp_path / "reports" / "changes"
        done = run(
            capsys, "diff", "--specs", specs, "--format", form, "--output", output,
            "--fail-on", "major",
        )  # fmt: skip
        assert done.status == 1
        assert done.out == f"{output}: 1 major: the next version is a major one.\n"
        assert output.read_text("utf-8") == printed.out
        assert digest(tmp_path).keys() - before.keys() == {"reports", "reports/changes"}

    def test_the_real_command_ends_with_its_status_and_pipes_a_whole_page(
        self, specs: Path
    ) -> None:
        change(specs, NARROWER.replace("Tiny", "語"))
        command = [sys.executable, "-m", "generator", "diff", "--specs", str(specs)]
        done = subprocess.run(
            [*command, "--format", "html", "--fail-on", "major"],
            cwd=PROJECT,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (1, b"")
        assert done.stdout.endswith(b"</html>\n")

    def test_a_terminal_gets_its_lines_wrapped(self, specs: Path) -> None:
        change(specs, NARROWER)
        leader, follower = os.openpty()
        done = subprocess.run(
            [sys.executable, "-m", "generator", "diff", "--specs", str(specs)],
            cwd=PROJECT,
            env={**os.environ, "COLUMNS": "60", "LINES": "25", "TERM": "dumb"},
            stdout=follower,
            check=False,
        )
        os.close(follower)
        with os.fdopen(leader, "rb") as terminal:
            lines = terminal.read1(100_000).decode().splitlines()
        assert done.returncode == 0
        assert "    argument removed  things.get_thing(page)" in map(str.rstrip, lines)
        assert max(map(len, lines)) <= 60

    def test_a_reader_that_has_seen_enough_is_no_failure(self, specs: Path) -> None:
        change(specs, NARROWER)
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [sys.executable, "-m", "generator", "diff", "--specs", str(specs)],
            cwd=PROJECT,
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
        )
        os.close(writer)
        assert (done.returncode, done.stderr) == (0, b"")


class TestRefusals:
    def test_without_a_release_it_says_how_to_name_the_old_side(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        specs = tiny(tmp_path / "api")
        said = refused(capsys, tmp_path, "diff", "--specs", specs)
        assert said.startswith(f"{specs / 'released.yaml'}: nothing has been released yet")
        assert "Give something to compare with" in said

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ("", "the file is empty"),
            ("- 1\n", "mapping"),
            ("a: 1\na: 2\n", "old.yaml:2:1"),
            ("overlay: 1.1.0\n", "this is an overlay"),
            ("openapi: 4.0.0\n", "openapi: '4.0.0'"),
            ("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: 7\n", "old.yaml:3"),
            ("{", "old.yaml"),
            (TINY.replace("type: integer", "type: \x1b[31m"), "old.yaml"),
            (TINY.replace("        type: integer\n", ""), "expected a type"),
        ],
    )
    def test_a_file_that_is_no_document_or_no_valid_one(
        self,
        specs: Path,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        content: str,
        words: str,
    ) -> None:
        old = tmp_path / "old.yaml"
        old.write_text(content)
        for sides in ((old,), (old, specs), (specs, old)):
            said = refused(capsys, tmp_path, "diff", "--specs", specs, *sides)
            assert words in said
            assert "\x1b" not in said

    def test_a_side_that_is_not_there(
        self, specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        said = refused(capsys, tmp_path, "diff", tmp_path / "nowhere.yaml", specs)
        assert said.startswith(f"{tmp_path / 'nowhere.yaml'}: this cannot be read: No such file")
        said = refused(capsys, tmp_path, "diff", tmp_path, specs)
        assert said.startswith(f"{tmp_path / 'sources'}: the folder does not exist")

    @pytest.mark.parametrize(
        "content", ["7\n", "x-release: {version: 1.0.0}\n", "openapi: 3.1.0\npaths: []\n"]
    )
    def test_a_released_spec_that_somebody_has_damaged(
        self, specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
    ) -> None:
        (specs / "released.yaml").write_text(content)
        assert str(specs / "released.yaml") in refused(capsys, tmp_path, "diff", "--specs", specs)

    @pytest.mark.parametrize(
        "name",
        [
            "sources/tiny.yaml",
            "sources/new.json",
            "overlays/x.yaml",
            "released.yaml",
            "openapi.yaml",
        ],
    )
    def test_a_report_where_the_inputs_are(
        self, specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        output = ("--output", specs / name)
        said = refused(capsys, tmp_path, "diff", "--specs", specs, *output)
        assert said.startswith(f"{specs / name}: a report cannot be written here")
        other = tiny(tmp_path / "other") / "sources" / "tiny.yaml"
        said = refused(capsys, tmp_path, "diff", other, specs, "--output", other)
        assert said.startswith(f"{other}: a report cannot be written here")

    def test_a_report_where_something_else_than_a_file_is(
        self, specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        os.mkfifo(tmp_path / "pipe")
        for output in (tmp_path / "pipe", tmp_path, specs):
            done = run(capsys, "diff", "--specs", specs, "--output", output)
            assert done.status == 1
            assert done.err.startswith(f"{output}: a report can only replace a regular file")
        assert (tmp_path / "pipe").is_fifo()

    @given(st.data())
    def test_whatever_a_file_holds_it_is_compared_or_refused(self, data: st.DataObject) -> None:
        lines = TINY.splitlines(keepends=True)
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(lines) - 1))
            scrap = st.sampled_from([*lines, "x: 1\n", "- a\n", "  $ref: '#/x'\n", ": {\n", ""])
            lines[at] = data.draw(scrap)
        with TemporaryDirectory() as folder:
            old, new = Path(folder, "old.yaml"), Path(folder, "new.yaml")
            old.write_text("".join(lines), "utf-8")
            new.write_text(TINY, "utf-8")
            out, err = StringIO(), StringIO()
            with redirect_stdout(out), redirect_stderr(err):
                status = main(["diff", str(old), str(new), "--format", "json"])
        assert status in (0, 1)
        if status:
            assert err.getvalue().endswith("nothing has been changed.\n")
            assert out.getvalue() == ""
        else:
            json.loads(out.getvalue())
