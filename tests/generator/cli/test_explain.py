"""Explaining an operation: where it was written, and what overlays made of it and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from runs import TINY, run, tiny

from generator.explain import explain
from generator.findings import GeneratorError
from generator.pipeline import build_spec
from generator.yaml_output import to_yaml

OVERLAYS = """\
overlay: 1.1.0
info: {title: Corrections, version: 1.0.0}
actions:
  - description: Pages begin at one.
    target: $.paths.*.get.parameters[?@.name=='page'].schema
    update: {minimum: 1}
  - description: Its name was wrong.
    target: $.paths.*.get
    update: {summary: Fetch a thing}
  - description: Nobody reads it.
    target: $.components.schemas.Thing.properties.id.type
    remove: true
  - target: $.components.schemas.Thing.properties.id
    update: {type: integer}
  - description: Something else altogether.
    target: $.components
    update: {schemas: {Other: {type: object, properties: {a: {type: string}}}}}
"""


@pytest.fixture
def told(tmp_path: Path) -> str:
    return explain(build_spec(tiny(tmp_path / "specs", overlay=OVERLAYS)), "things.get_thing")


def test_the_documents_and_the_places_in_them_are_told(told: str) -> None:
    lines = told.splitlines()
    assert lines[0] == "things.get_thing: GET /v3/things/{id}"
    assert lines[1] == "  the operation: tiny.yaml, /paths/~1v3~1things~1{id}/get"
    assert lines[2] == "  schemas Thing: tiny.yaml, /definitions/Thing"


def test_its_effect_is_told(told: str, tmp_path: Path) -> None:
    assert "\n  effect: safe\n" in told
    text = TINY.replace("    get:", "    post:")
    built = build_spec(tiny(tmp_path / "unknown", text, overlay=""))
    assert "\n  effect: unknown\n" in explain(built, "things.get_thing")


def test_every_action_is_told_with_its_place_its_reason_and_what_it_changed(
    told: str, tmp_path: Path
) -> None:
    overlay = tmp_path / "specs" / "overlays" / "one.yaml"
    assert f"{overlay}:4:5 (one.yaml#/actions/0)\n  reason: Pages begin at one.\n" in told
    parameter = "/paths/~1v3~1things~1{id}/get/parameters/1/schema/minimum"
    assert f"  added {parameter}: 1\n" in told
    summary = "/paths/~1v3~1things~1{id}/get/summary"
    assert f'  changed {summary}: "Get a thing" -> "Fetch a thing"\n' in told


def test_what_changed_in_components_that_it_reaches_is_told(told: str) -> None:
    at = "/components/schemas/Thing/properties/id/type"
    assert f'  removed {at}: "string"\n' in told
    assert f"  reason: not given\n  added {at}: " in told


def test_what_does_not_concern_it_is_left_out(told: str) -> None:
    assert "altogether" not in told
    assert "Other" not in told


def test_an_operation_is_found_by_its_name_its_id_or_its_path(tmp_path: Path) -> None:
    built = build_spec(tiny(tmp_path / "specs", overlay=""))
    responses = {
        explain(built, wanted)
        for wanted in (
            "things.get_thing",
            "Things_GetThing",
            "GET /v3/things/{id}",
            "get /v3/things/{id}",
        )
    }
    assert len(responses) == 1
    assert responses.pop().endswith("No overlay has changed it.")


@pytest.mark.parametrize("wanted", ["", "things", "GET /v3/things", "POST /v3/things/{id}", "."])
def test_an_operation_that_is_not_there_is_refused_with_the_names_of_all(
    tmp_path: Path, wanted: str
) -> None:
    built = build_spec(tiny(tmp_path / "specs", overlay=""))
    with pytest.raises(GeneratorError) as caught:
        explain(built, wanted)
    assert "things.get_thing" in caught.value.findings[0].cure


def test_repeats_are_counted(tmp_path: Path) -> None:
    specs = tiny(tmp_path / "specs", overlay="")
    for name in ("two.yaml", "three.yaml"):
        (specs / "sources" / name).write_text(TINY)
    told = explain(build_spec(specs), "things.get_thing")
    # The first document by its file's name.
    assert "  the operation: three.yaml, /paths/~1v3~1things~1{id}/get, repeated 2 times" in told


def test_an_operation_that_an_overlay_added_is_explained(tmp_path: Path) -> None:
    added = """\
overlay: 1.1.0
info: {title: More, version: 1.0.0}
actions:
  - description: Without it nothing can be deleted.
    target: $.paths
    update:
      /v3/things/{id}/all:
        delete:
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          responses: {'204': {description: Gone}}
"""
    built = build_spec(tiny(tmp_path / "specs", overlay=added))
    told = explain(built, "DELETE /v3/things/{id}/all")
    assert "  the operation: by overlay\n" in told
    assert "reason: Without it nothing can be deleted." in told


def test_former_names_are_told_and_found(tmp_path: Path) -> None:
    specs = tiny(tmp_path / "specs", overlay="")
    text = to_yaml(build_spec(specs).spec)
    (specs / "released.yaml").write_text(f"{text}x-release: {{version: 0.1.0}}\n")
    (specs / "overlays").mkdir()
    rename = OVERLAYS.split("actions:")[0] + "actions:\n  - {target: $.paths.*.get, update: "
    (specs / "overlays" / "one.yaml").write_text(rename + "{x-resource: items}}\n")
    told = explain(build_spec(specs), "things.get_thing").splitlines()
    assert told[0] == "items.get_thing: GET /v3/things/{id}"
    assert told[1] == "  formerly: things.get_thing, deprecated since 0.2.0"


def test_changes_to_a_document_before_merging_are_told(tmp_path: Path) -> None:
    overlay = OVERLAYS.replace("actions:", "extends: ../sources/tiny.yaml\nactions:")
    built = build_spec(tiny(tmp_path / "specs", overlay=overlay))
    assert "reason: Its name was wrong." in explain(built, "things.get_thing")


def test_a_name_with_a_slash_or_a_percent_sign_is_resolved(tmp_path: Path) -> None:
    text = TINY.replace("definitions/Thing", "definitions/a~1b%25c").replace("  Thing:", "  a/b%c:")
    told = explain(build_spec(tiny(tmp_path / "specs", text, "")), "things.get_thing")
    assert "tiny.yaml, /definitions/a~1b%c" in told


def test_what_only_an_example_refers_to_is_left_out(tmp_path: Path) -> None:
    example = "    example: {$ref: '#/components/schemas/Other'}\n"
    other = "  Other:\n    type: object\n    properties:\n      id:\n        type: string\n"
    text = TINY.replace("---\n", "") + example + other
    told = explain(build_spec(tiny(tmp_path / "specs", text, "")), "things.get_thing")
    assert "schemas Thing: " in told
    assert "Other" not in told


def test_long_values_are_shortened_and_odd_characters_shown_by_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = '"\\e[31m' + "x" * 500 + '"'
    overlay = OVERLAYS.replace("summary: Fetch a thing", f"summary: {long}")
    specs = tiny(tmp_path / "specs", overlay=overlay)
    done = run(capsys, "explain", "things.get_thing", "--specs", specs)
    assert done.status == 0
    assert "x..." in done.out
    assert "x" * 200 not in done.out
    assert "\x1b" not in done.out
