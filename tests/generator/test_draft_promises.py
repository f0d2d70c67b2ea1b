"""Guesses about what operations answer and what they cost."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafting import at, cured, folder, operation, swagger

from generator.document import plain
from generator.draft import draft


def answers(responses: str, method: str = "get") -> str:
    return swagger(f"/v3/things: {{{method}: {{operationId: A, responses: {responses}}}}}")


def test_a_get_that_is_said_to_answer_nothing_answers_any_json(tmp_path: Path) -> None:
    spec = cured(folder(tmp_path, a=answers("{200: {description: OK}}")))
    content = at(spec, "paths", "/v3/things", "get", "responses", "200", "content")
    assert content == {"application/json": {"schema": {}}}


@pytest.mark.parametrize(
    "responses",
    [
        "{204: {description: Nothing}}",
        "{200: {description: OK}, 204: {description: Nothing}}",
        "{302: {description: Elsewhere}}",
        "{200: {description: OK, schema: {type: string}}}",
    ],
)
def test_an_answer_that_is_declared_stays(tmp_path: Path, responses: str) -> None:
    assert draft(folder(tmp_path, a=answers(responses))).guesses == []


def test_what_is_written_may_answer_nothing(tmp_path: Path) -> None:
    assert draft(folder(tmp_path, a=answers("{200: {description: OK}}", "put"))).guesses == []


@pytest.mark.parametrize(
    ("path", "description"),
    [
        ("/v3/downloads/videos", "Download a video."),
        ("/v3/prints", "The count of allowed prints is decremented by one."),
    ],
)
def test_what_seems_to_be_paid_for_spends(tmp_path: Path, path: str, description: str) -> None:
    body = (
        f"{{operationId: A, description: {description}, responses: {{200: {{description: OK}}}}}}"
    )
    spec = cured(folder(tmp_path, a=swagger(f"{path}: {{post: {body}}}")))
    assert operation(spec, "post", path).text("x-effect") == "spends"


def test_an_effect_that_is_known_stays(tmp_path: Path) -> None:
    body = "{operationId: A, x-effect: idempotent, responses: {200: {description: OK}}}"
    specs = folder(tmp_path, a=swagger(f"/v3/downloads/again: {{post: {body}}}"))
    assert draft(specs).guesses == []


def test_operations_that_callers_know_are_left_as_they_are(tmp_path: Path) -> None:
    specs = folder(tmp_path, a=answers("{200: {description: OK}}"))
    released = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths:\n  /v3/things:\n    get:\n"
    released += "      x-resource: things\n      x-method: a\n      responses: {}\n"
    (specs / "released.yaml").write_text(released, "utf-8")
    assert draft(specs).guesses == []
    assert plain(operation(cured(specs)).map("responses")) == {"200": {"description": "OK"}}


def test_the_values_of_a_parameter_are_not_those_of_its_namesake(tmp_path: Path) -> None:
    order = "{name: order, in: query%s}"
    known = order % ", type: string, enum: [newest, oldest]"
    answer = "responses: {204: {description: OK}}"
    paths = f"""
        /v3/photos: {{get: {{operationId: A, parameters: [{known}], {answer}}}}}
        /v3/things: {{get: {{operationId: B, parameters: [{order % ""}], {answer}}}}}
        """
    spec = cured(folder(tmp_path, a=swagger(paths)))
    assert at(spec, "paths", "/v3/things", "get", "parameters", 0, "schema") == {"type": "string"}
