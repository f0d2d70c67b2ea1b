"""The page that lists every operation: what it has, and that it is an output like others."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from projects import copied
from runs import TINY, digest, refused, run, tiny

from generator.cli import main
from generator.commands import Target, api_page, check
from generator.pipeline import build_spec

SETTINGS = 'api_page = "docs/list.md"\n'
PAGED = """\
overlay: 1.1.0
info: {title: Effects and pages, version: 1.0.0}
actions:
  - description: It is paid for, and its items come in pages.
    target: $.paths.*.get
    update: {x-effect: spends, x-pagination: {page: page, items: parts, name: each}}
  - description: What a thing consists of.
    target: $.components.schemas.Thing.properties
    update: {parts: {type: array, items: {type: string}}}
"""
NASTY = "a | b <script>`x` [y](javascript:z) *c*"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A specs folder whose settings name a page, with its outputs."""
    specs = tiny(tmp_path_factory.mktemp("built") / "specs", overlay=PAGED)
    (specs / "generator.toml").write_text(SETTINGS)
    assert main(["build", "--specs", str(specs)]) == 0
    return specs


@pytest.fixture
def specs(built: Path, tmp_path: Path) -> Path:
    """The same in a copy."""
    return copied(built, tmp_path / "project")


def page(specs: Path) -> Path:
    return specs.parent / "docs" / "list.md"


def test_an_operation_stands_with_its_names_its_request_its_effect_and_its_document(
    built: Path,
) -> None:
    text = page(built).read_text("utf-8")
    assert (
        "## things\n\n"
        "| method | what it does | request | effect | iterator | document |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| `client.things.get_thing` | Get a thing. | `GET /v3/things/{id}` | spends |"
        " `client.things.each` | `tiny.yaml` |\n"
    ) in text


def test_without_the_setting_there_is_no_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "build", "--specs", tiny(tmp_path / "specs")).status == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["generated", "specs"]


def test_a_page_that_is_changed_or_missing_is_reported_by_check(specs: Path) -> None:
    page(specs).write_text("# Mine\n")
    (finding,) = check(Target(specs))
    assert str(finding) == f"{page(specs)}: differs from the result of the inputs"
    page(specs).unlink()
    (finding,) = check(Target(specs))
    assert str(finding) == f"{page(specs)}: is missing"


def test_an_update_that_fails_leaves_it_and_one_that_works_rewrites_it(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "tiny.yaml"
    document.write_text(TINY.replace("Thing'\ndefinitions", "Gone'\ndefinitions"))
    refused(capsys, specs.parent, "update", "--specs", specs, document)
    document.write_text(TINY.replace("summary: Get a thing", "summary: Fetch a thing"))
    assert run(capsys, "update", "--specs", specs, document).status == 0
    assert "Fetch a thing." in page(specs).read_text("utf-8")
    assert check(Target(specs)) == []
    before = digest(specs.parent)
    assert run(capsys, "build", "--specs", specs).status == 0
    assert digest(specs.parent) == before


@pytest.mark.parametrize("name", ["/tmp/list.md", "../list.md", "list", "openapi.yaml", ""])
def test_a_place_outside_the_project_or_of_another_kind_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    specs = tiny(tmp_path / "specs")
    (specs / "generator.toml").write_text(f'api_page = "{name}"\n')
    assert "the setting 'api_page' must be a Markdown file" in refused(
        capsys, tmp_path, "build", "--specs", specs
    )


def test_a_place_within_the_package_is_refused(
    specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (specs / "generator.toml").write_text('api_page = "generated/tiny_rest/list.md"\n')
    said = refused(capsys, specs.parent, "build", "--specs", specs)
    assert "names a file of the package tiny_rest, which is replaced as a whole" in said


def test_the_words_of_a_document_are_shown_as_they_are(tmp_path: Path) -> None:
    text = TINY.replace("summary: Get a thing", f"summary: '{NASTY}'")
    spec = build_spec(tiny(tmp_path / "specs", text.replace("/v3/things", "/v3/th|ngs"))).spec
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(api_page(spec))
    cells = [token for token in tokens if token.type == "inline"]
    (words,) = (cell for cell in cells if cell.content.startswith("a "))
    assert {child.type for child in words.children or ()} == {"text"}
    assert "".join(child.content for child in words.children or ()) == f"{NASTY}."
    assert "GET /v3/th|ngs/{id}" in [
        child.content for cell in cells for child in cell.children or ()
    ]
