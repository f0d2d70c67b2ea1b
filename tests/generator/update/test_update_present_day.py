"""The vendor's document of today arrives beside those of 2018, and a client comes out of it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
import yaml
from projects import copied
from runs import run
from vendor import project_of_2018, project_of_today, vendor_document, write_vendor_document

from generator.cli import main
from generator.client import PAGINATION, iterator_name
from generator.document import canonical_path, operations
from generator.draft import draft, guesses
from generator.load import load_file

pytestmark = pytest.mark.slow

IMPORTING = """
import importlib, pkgutil, gettyimages_rest
for module in pkgutil.walk_packages(gettyimages_rest.__path__, "gettyimages_rest."):
    importlib.import_module(module.name)
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of 2018."""
    return project_of_2018(tmp_path_factory.mktemp("of_2018"))


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document of today."""
    return write_vendor_document(tmp_path_factory.mktemp("arrived") / "today.yaml")


@pytest.fixture(scope="module")
def taken_in(
    project: Path, document: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """The specs of the project with the document beside the others, and what the run printed."""
    specs = copied(project, tmp_path_factory.mktemp("taken_in"))
    printed = io.StringIO()
    with redirect_stdout(printed):
        status = main(["update", "--draft", "--specs", str(specs), str(document)])
    assert status == 0
    return specs, printed.getvalue()


@pytest.fixture
def specs(taken_in: tuple[Path, str]) -> Path:
    """The same specs, to be read only."""
    return taken_in[0]


def parameters(specs: Path, path: str, method: str) -> dict[str, dict[str, object]]:
    """The parameters of an operation of the merged spec, by name."""
    return {each["name"]: each for each in merged(specs)["paths"][path][method]["parameters"]}


def merged(specs: Path) -> Any:
    """The merged spec, as the package has it, which is faster to read."""
    package = specs.parent / "generated" / "gettyimages_rest"
    return json.loads((package / "openapi.json").read_text("utf-8"))


def actions(specs: Path) -> list[dict[str, Any]]:
    """The actions of all overlays."""
    texts = [file.read_text("utf-8") for file in sorted((specs / "overlays").iterdir())]
    return [action for text in texts for action in yaml.load(text, yaml.CSafeLoader)["actions"]]


def retired(specs: Path) -> list[dict[str, Any]]:
    """Those of them that are retired."""
    return [action for action in actions(specs) if "x-retired" in action]


def confirmed(specs: Path) -> None:
    """Remove the mark of every guess, as a person does who has looked at it."""
    for file in (specs / "overlays").iterdir():
        lines = file.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if line.strip() != "x-guess: true"]
        file.write_text("".join(kept), "utf-8")


def test_every_operation_arrives_in_a_client_that_can_be_imported(
    specs: Path,
) -> None:
    paths = merged(specs)["paths"]
    for path, item in vendor_document()["paths"].items():
        assert item.keys() <= paths[path].keys(), path
    command = [sys.executable, "-c", IMPORTING]
    subprocess.run(command, cwd=specs.parent / "generated", check=True, timeout=60)


def test_nothing_breaks_for_callers_as_parameters_and_types_of_before_stay(
    taken_in: tuple[Path, str],
) -> None:
    specs, printed = taken_in
    assert "the next version is a minor one" in printed
    assert "MAJOR" not in printed
    history = parameters(specs, "/v3/downloads", "get")
    assert {"start_date", "end_date", "date_from", "date_to"} <= history.keys()
    download = parameters(specs, "/v3/downloads/images/{id}", "post")
    assert {"height", "use_team_credits"} <= download.keys()
    assert download["height"]["schema"] == {"type": "integer", "minimum": 1}
    batch = parameters(specs, "/v3/asset-changes/change-sets", "put")["batch_size"]
    assert batch["schema"] == {"type": "integer", "minimum": 1, "maximum": 2200}


def test_actions_that_no_longer_fit_are_retired_and_tell_what_contradicts_them(
    project: Path, specs: Path
) -> None:
    before = {(action["target"], action["description"]) for action in actions(project)}
    found = retired(specs)
    assert found
    for action in found:
        assert (action["target"], action["description"]) in before
        assert action["x-guess"] is True
    (channel,) = (each for each in found if each["description"].startswith("What a channel is"))
    assert "today.yaml has" in channel["x-retired"]["because"]
    moved = channel["x-retired"]["update"]["Channel"]["properties"]
    assert moved["CreateDateUtc"] == {"type": ["string", "null"]}
    stays = channel["update"]["Channel"]["properties"]["CreateDateUtc"]
    assert "type" not in stays
    assert stays["description"].startswith("When the channel")


def test_check_lists_what_is_retired_and_a_release_wants_it_confirmed(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    specs = copied(specs, tmp_path / "project")
    done = run(capsys, "check", "--specs", specs)
    assert done.status == 0, done.err
    assert done.out.count("retired: ") == len(retired(specs))
    assert "20-parameters.yaml" in run(capsys, "release", "--specs", specs).err
    confirmed(specs)
    assert run(capsys, "build", "--specs", specs).status == 0
    released = run(capsys, "release", "--specs", specs)
    assert released.status == 0, released.err
    assert "retired" not in run(capsys, "check", "--specs", specs).out


def test_nothing_is_left_to_guess_afterwards(specs: Path) -> None:
    again = draft(specs)
    assert (again.files, again.remaining) == ({}, [])


def test_a_document_that_has_all_of_another_is_said_to_and_can_take_its_place(
    taken_in: tuple[Path, str],
) -> None:
    words = "today.yaml has every operation of asset-changes.yaml and downloads.yaml"
    assert words in taken_in[1]


def test_where_it_replaces_the_others_only_its_own_words_hold_and_the_diff_tells_what_breaks(
    project: Path, document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    specs = copied(project, tmp_path / "project")
    options = ["--replaces", "downloads.yaml", "--replaces", "asset-changes.yaml"]
    done = run(capsys, "update", "--draft", "--specs", specs, document, *options)
    assert done.status == 0, done.err
    present = sorted(path.name for path in (specs / "sources").iterdir())
    assert present == ["asset-registrations.yaml", "today.yaml"]
    assert "downloads.yaml: gone" in done.out
    assert "downloads.get_downloads(start_date)" in done.out.partition("MINOR")[0]
    history = parameters(specs, "/v3/downloads", "get")
    assert "date_from" in history
    assert "start_date" not in history
    (gone,) = (each for each in retired(specs) if "'start_date'" in each["target"])
    assert "update" not in gone
    assert run(capsys, "check", "--specs", specs).status == 0


Names = dict[tuple[str, str], tuple[str, str, str]]


def method_names(specs: Path) -> Names:
    """What callers call each operation, and the iterator over its pages, by method and path."""
    (spec,) = load_file(specs / "openapi.yaml")
    return {
        (method, canonical_path(path)): (
            operation.text("x-resource"),
            operation.text("x-method"),
            iterator_name(operation) if PAGINATION in operation else "",
        )
        for path, method, operation in operations(spec)
    }


@pytest.fixture(scope="module")
def replaced(document: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Names, str]:
    """The specs of this project in which the document of today has replaced our own; the names of
    before; and what the run printed.
    """
    specs = project_of_today(tmp_path_factory.mktemp("replaced"))
    before, printed = method_names(specs), io.StringIO()
    options = ["--draft", "--specs", str(specs), "--replaces", "present-day.yaml"]
    with redirect_stdout(printed):
        assert main(["update", *options, str(document)]) == 0
    return specs, before, printed.getvalue()


def test_a_document_without_operation_ids_that_replaces_our_own_keeps_every_name(
    replaced: tuple[Path, Names, str],
) -> None:
    specs, before, _ = replaced
    assert not (specs / "sources" / "present-day.yaml").exists()
    assert len(before) == 50
    assert method_names(specs) == before


def test_the_diff_of_a_replacement_shows_what_callers_lose_and_what_is_kept(
    replaced: tuple[Path, Names, str],
) -> None:
    specs, _, printed = replaced
    assert "present-day.yaml: gone, as the new document replaces it" in printed
    major = printed.partition("MAJOR")[2].partition("MINOR")[0]
    assert "downloads.request_video_download(product_type)" in major
    assert "models.ProductType -> models.ProductTypeForDownloads" in major
    assert "response removed" not in major
    kept = [each["description"] for each in actions(specs) if each.get("x-guess")]
    body = "Released with this body; the document does not specify the response."
    assert kept.count(body) == 8
    assert len(kept) < 100


def test_only_what_requests_send_is_kept_open_for_properties_of_other_names(
    replaced: tuple[Path, Names, str],
) -> None:
    room = "Released with room for properties of other names."
    opened = [each["target"] for each in actions(replaced[0]) if each["description"] == room]
    assert "$.components.schemas.BoardInfo.additionalProperties" in opened
    assert "$.components.schemas.report_usage_batch_request.additionalProperties" in opened
    assert not [target for target in opened if "Result" in target]


def test_overlays_that_do_not_fit_a_replacement_are_retired_and_listed(
    replaced: tuple[Path, Names, str],
) -> None:
    found = retired(replaced[0])
    assert found
    assert all(each["x-guess"] is True and each["x-retired"]["because"] for each in found)
    listed = [guess for guess in guesses(replaced[0]) if guess.effect.startswith("retired: ")]
    assert len(listed) == len(found)
