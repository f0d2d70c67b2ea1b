"""The files that guesses are written to: what a person has done to them stays."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import indent

import pytest
from drafting import folder, operation, parameter, swagger
from runs import digest, run

from generator.draft import draft, guesses, write
from generator.findings import GeneratorError
from generator.pipeline import build_spec

OK = "responses: {204: {description: OK}}"
FIRST = f"/v3/things: {{get: {{operationId: A, parameters: [{{in: query, name: page}}], {OK}}}}}"
SECOND = (
    f"{FIRST}\n/v3/more: {{get: {{operationId: B, parameters: [{{in: query, name: x}}], {OK}}}}}"
)


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A folder with one guess in it."""
    specs = folder(tmp_path / "api", a=swagger(FIRST))
    write(specs, draft(specs))
    return specs


def sheet(specs: Path) -> Path:
    return specs / "overlays" / "draft-a.yaml"


def indented(text: str) -> str:
    head, actions = text.split("actions:\n")
    return head + "actions:\n" + indent(actions, "  ")


def confirm(specs: Path) -> None:
    text = sheet(specs).read_text("utf-8")
    sheet(specs).write_text(text.replace("  x-guess: true\n", ""), "utf-8")


class TestAgain:
    def test_drafting_again_changes_nothing(self, specs: Path) -> None:
        before = digest(specs)
        again = draft(specs)
        write(specs, again)
        assert (again.files, again.guesses, again.remaining) == ({}, [], [])
        assert digest(specs) == before

    def test_what_is_new_goes_to_the_end_of_the_file(self, specs: Path) -> None:
        before = sheet(specs).read_bytes()
        folder(specs, a=swagger(SECOND))
        drafted = draft(specs)
        write(specs, drafted)
        assert [guess.operation for guess in drafted.guesses] == ["GET /v3/more"]
        assert sheet(specs).read_bytes().startswith(before)
        assert len(guesses(specs)) == 2

    def test_a_confirmed_guess_is_none_any_more_and_stays(self, specs: Path) -> None:
        assert len(guesses(specs)) == 1
        confirm(specs)
        before = digest(specs)
        assert guesses(specs) == []
        assert draft(specs).files == {}
        assert digest(specs) == before

    def test_a_guess_that_was_emptied_and_kept_is_not_made_again(self, tmp_path: Path) -> None:
        paid = f"/v3/downloads/x: {{post: {{operationId: A, {OK}}}}}"
        specs = folder(tmp_path, a=swagger(paid))
        (specs / "generator.toml").write_text("spends = 'downloads'\n")
        write(specs, draft(specs))
        text = sheet(specs).read_text("utf-8")
        assert "update:\n    x-effect: spends\n" in text
        emptied = text.replace("update:\n    x-effect: spends\n", "update: {}\n")
        sheet(specs).write_text(emptied.replace("  x-guess: true\n", ""), "utf-8")
        assert (draft(specs).files, guesses(specs)) == ({}, [])
        assert "x-effect" not in operation(build_spec(specs).spec, "post", "/v3/downloads/x")
        sheet(specs).unlink()
        assert len(draft(specs).guesses) == 1

    def test_what_is_needed_and_refused_remains(self, specs: Path) -> None:
        text = sheet(specs).read_text("utf-8")
        text = text.replace("update:\n    schema:\n      type: integer\n", "update: {}\n")
        assert "update: {}" in text
        sheet(specs).write_text(text, "utf-8")
        drafted = draft(specs)
        assert drafted.files == {}
        assert "expected a type for the query parameter 'page'" in str(drafted.remaining[0])

    def test_what_a_person_has_corrected_stays_corrected(self, specs: Path) -> None:
        text = sheet(specs).read_text("utf-8")
        text = text.replace("type: integer", "type: string  # a token").replace(
            "  x-guess: true\n", ""
        )
        sheet(specs).write_text("# Looked at.\n" + text, "utf-8")
        folder(specs, a=swagger(SECOND))
        write(specs, draft(specs))
        assert sheet(specs).read_text("utf-8").startswith("# Looked at.\n" + text)
        found = parameter(build_spec(specs).spec, "page")
        assert isinstance(found, dict)
        assert found["schema"] == {"type": "string"}

    @pytest.mark.parametrize(
        "edit",
        [
            lambda text: text.replace("\n", "\r\n").encode(),
            lambda text: b"\xef\xbb\xbf" + text.encode(),
            lambda text: text.rstrip("\n").encode(),
            lambda text: indented(text).encode(),
            lambda text: (text + "# the end\n\n").encode(),
            lambda text: (text + "---\n").encode(),
            lambda text: (text + "...\n").encode(),
            lambda text: (text + "x-note: at the end\n").encode(),
        ],
        ids=["crlf", "bom", "no line end", "indented", "comment", "trailing ---", "...", "a field"],
    )
    def test_files_are_continued_or_left_alone_whatever_their_form(
        self, specs: Path, edit: object
    ) -> None:
        assert callable(edit)
        before = edit(sheet(specs).read_text("utf-8"))
        sheet(specs).write_bytes(before)
        build_spec(specs)
        folder(specs, a=swagger(SECOND))
        drafted = draft(specs)
        assert drafted.remaining == []
        write(specs, drafted)
        assert sheet(specs).read_bytes().startswith(before)
        assert len(guesses(specs)) == 2
        build_spec(specs)
        assert draft(specs).files == {}

    def test_a_file_of_that_name_that_amends_something_else_is_left_alone(
        self, tmp_path: Path
    ) -> None:
        specs = folder(tmp_path, a=swagger(FIRST))
        (specs / "overlays").mkdir()
        other = (
            "overlay: 1.1.0\ninfo: {title: T, version: '1'}\nextends: ../sources/a.yaml\n"
            "actions: [{target: $.info, update: {title: New}}]\n"
        )
        sheet(specs).write_text(other)
        drafted = draft(specs)
        assert list(drafted.files) == ["draft-a-2.yaml"]


class TestNames:
    def test_documents_of_one_stem_and_of_odd_names_have_their_guesses(
        self, tmp_path: Path
    ) -> None:
        names = ("a'b\"c.yaml", "a b.yaml", "ü\n:.yaml", "x" * 240 + ".yaml", "-.yaml")
        (tmp_path / "sources").mkdir()
        for index, name in enumerate(names):
            text = swagger(
                f"/v3/{index}: {{get: {{operationId: Get{index}, parameters:"
                f" [{{in: query, name: ids, type: array, collectionFormat: tsv}}], {OK}}}}}"
            )
            (tmp_path / "sources" / name).write_text(text)
        drafted = draft(tmp_path)
        assert drafted.remaining == []
        write(tmp_path, drafted)
        assert draft(tmp_path).files == {}
        assert build_spec(tmp_path).operations == len(names)
        assert all(name.isascii() and len(name) < 120 for name in drafted.files)

    def test_what_documents_say_cannot_break_out_of_the_overlay(self, tmp_path: Path) -> None:
        odd = "it's \\\" 'x' && @.in=='y')] \u2028 \u0085 é 😀 ---\n- target: $"
        specs = tmp_path
        (specs / "sources").mkdir()
        document = {
            "swagger": "2.0",
            "info": {"title": odd, "version": "1"},
            "host": "api.example.com",
            "paths": {
                "/v3/things": {
                    "get": {
                        "operationId": odd,
                        "parameters": [{"in": "query", "name": odd, "description": odd}],
                        "responses": {"200": {"description": odd}},
                    }
                }
            },
        }
        (specs / "sources" / "a.json").write_text(json.dumps(document))
        drafted = draft(specs)
        assert drafted.remaining == []
        write(specs, drafted)
        spec = build_spec(specs).spec
        found = parameter(spec, odd)
        assert isinstance(found, dict)
        assert found["schema"] == {"type": "string"}


class TestWriting:
    def test_a_file_that_has_changed_meanwhile_is_not_overwritten(self, specs: Path) -> None:
        folder(specs, a=swagger(SECOND))
        drafted = draft(specs)
        sheet(specs).write_text("# Somebody was here\n" + sheet(specs).read_text())
        before = digest(specs)
        with pytest.raises(GeneratorError, match="has changed"):
            write(specs, drafted)
        assert digest(specs) == before

    def test_all_files_are_written_or_none(self, tmp_path: Path) -> None:
        specs = folder(tmp_path, a=swagger(FIRST), b=swagger(SECOND.split("\n")[1]))
        drafted = draft(specs)
        assert len(drafted.files) == 2
        (specs / "overlays" / "draft-b.yaml").mkdir(parents=True)
        before = digest(specs)
        with pytest.raises(OSError, match="draft-b"):
            write(specs, drafted)
        assert digest(specs) == before


class TestCommand:
    def test_it_says_what_was_guessed_and_what_comes_next(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        specs = folder(tmp_path / "api", a=swagger(FIRST))
        done = run(capsys, "draft-overlay", "--specs", specs)
        assert done.status == 0
        assert "draft-a.yaml:8" in done.out
        assert "GET /v3/things" in done.out
        assert "  page: schema.type: integer\n    Untyped in the document; integer, " in done.out
        assert "integer, as the name is that of a count" in done.out
        assert "1 to confirm" in done.out
        assert run(capsys, "build", "--specs", specs, "--out", tmp_path / "out").status == 0

    def test_check_lists_the_guesses_and_does_not_fail_for_them(
        self, specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = ("--specs", specs, "--out", tmp_path / "out")
        assert run(capsys, "build", *out).status == 0
        done = run(capsys, "check", *out)
        assert done.status == 0
        assert f"{sheet(specs)}:8:3: not confirmed: GET /v3/things: page: " in done.out
        confirm(specs)
        assert run(capsys, "build", *out).status == 0
        assert "not confirmed" not in run(capsys, "check", *out).out

    def test_what_remains_is_told_and_makes_it_fail(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        odd = f"{FIRST}\n'/v3/{{a': {{get: {{operationId: B, {OK}}}}}"
        specs = folder(tmp_path, a=swagger(odd))
        done = run(capsys, "draft-overlay", "--specs", specs)
        assert done.status == 1
        assert "whose braces do not match" in done.out
        assert "1 problem(s) remain" in done.out
        assert len(guesses(specs)) == 1
        assert run(capsys, "draft-overlay", "--specs", tmp_path / "nowhere").status == 1
