"""Guesses about what operations return and what they cost."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafting import at, cured, folder, openapi, operation, swagger

from generator.document import plain
from generator.draft import draft


def document(responses: str, method: str = "get") -> str:
    return swagger(f"/v3/things: {{{method}: {{operationId: A, responses: {responses}}}}}")


def test_a_get_that_is_documented_without_content_returns_any_json(tmp_path: Path) -> None:
    spec = cured(folder(tmp_path, a=document("{200: {description: OK}}")))
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
def test_a_response_that_is_declared_stays(tmp_path: Path, responses: str) -> None:
    assert draft(folder(tmp_path, a=document(responses))).guesses == []


CREATED = "{201: {description: Created}}"
OK = "{200: {description: OK}}"


@pytest.mark.parametrize(
    ("method", "said", "responses"),
    [
        ("put", "summary: Get Asset Change Notifications", OK),
        ("put", "summary: Changes, description: '# Changes\n\n  Get what has changed.'", OK),
        ("post", "summary: Download a video", OK),
        ("post", "description: Use this to generate download URLs and more.", OK),
        ("post", "summary: Search by image", OK),
        ("post", "description: Adds it. Returns the list as it is now.", OK),
        ("patch", "description: The response body contains what was changed.", OK),
        ("delete", "description: Responds with the deleted thing.", OK),
        ("post", "summary: Download it", "{200: {description: OK}, 303: {description: Other}}"),
        ("post", "deprecated: false", "{200: {description: OK}, 303: {description: See}}"),
        ("put", "summary: Get it", "{200: {description: As it was}, 201: {description: New}}"),
        ("put", "summary: Prepare it", "{200: {description: The address of the file.}}"),
        ("put", "summary: Prepare it", "{202: {description: 'A job, to be asked for later'}}"),
        ("post", "summary: Add a comment", CREATED),
        ("get", "summary: Things", "{200: {description: OK}, default: {description: Any error}}"),
    ],
)
def test_a_success_that_seems_to_have_a_body_is_any_json(
    tmp_path: Path, method: str, said: str, responses: str
) -> None:
    text = f"/v3/things: {{{method}: {{operationId: A, {said}, responses: {responses}}}}}"
    spec = cured(folder(tmp_path, a=swagger(text)))
    status = next(iter(operation(spec, method).map("responses")))
    content = at(spec, "paths", "/v3/things", method, "responses", status, "content")
    assert content == {"application/json": {"schema": {}}}
    assert ("x-may-be-empty" in operation(spec, method)) == (method != "get")


def test_json_in_the_words_of_a_response_is_its_shape(tmp_path: Path) -> None:
    shown = """{200: {description: 'The license, as {"id": "a", "days": 3}.'}}"""
    spec = cured(folder(tmp_path, a=document(shown, "post")))
    keys = ("content", "application/json", "schema", "properties")
    assert at(spec, "paths", "/v3/things", "post", "responses", "200", *keys) == {
        "id": {"type": "string"},
        "days": {"type": "integer"},
    }


@pytest.mark.parametrize(
    ("method", "said", "responses"),
    [
        ("put", "summary: Change a thing", OK),
        ("post", "summary: Register things", OK),
        ("post", "summary: Get it, description: There will be nothing in the response body.", OK),
        ("post", "description: Generates a link. No content is returned.", OK),
        ("put", "summary: Put a thing", "{200: {description: The thing has been changed}}"),
        ("put", "description: Returns a 404 error if there is none.", OK),
        ("put", "description: Returns immediately.", OK),
        ("put", "summary: Add an asset", CREATED),
        ("post", "summary: Add a thing, description: Returns no content.", CREATED),
        ("post", "summary: Download it", "{204: {description: Nothing}}"),
        ("post", "summary: Go", "{200: {description: No body}, 303: {description: See}}"),
        ("post", "summary: Get it", "{200: {description: OK}, 204: {description: Nothing}}"),
        ("delete", "summary: Delete a thing", OK),
        ("head", "summary: Get a thing", OK),
    ],
)
def test_a_success_that_seems_or_is_declared_to_be_empty_stays_empty(
    tmp_path: Path, method: str, said: str, responses: str
) -> None:
    text = f"/v3/things: {{{method}: {{operationId: A, {said}, responses: {responses}}}}}"
    assert draft(folder(tmp_path, a=swagger(text))).guesses == []


def test_content_that_a_document_declares_as_empty_stays_empty(tmp_path: Path) -> None:
    responses = "{'200': {description: The thing, content: {}}}"
    text = f"/v3/things: {{post: {{operationId: A, summary: Get it, responses: {responses}}}}}"
    assert draft(folder(tmp_path, a=openapi(text))).guesses == []


def effect(specs: Path, method: str, said: str, path: str = "/v3/things") -> str:
    """The effect of an operation, as it is drafted."""
    silent = "" if "responses" in said else "responses: {204: {description: Nothing}}, "
    body = f"{{operationId: A, {silent}{said}}}"
    spec = cured(folder(specs, a=swagger(f"{path}: {{{method}: {body}}}")))
    return operation(spec, method, path).text("x-effect")


@pytest.mark.parametrize(
    ("method", "path", "said"),
    [
        ("post", "/v3/asset-licensing", "summary: Acquire"),
        ("post", "/v3/prints", "description: The count of allowed prints is decremented by one."),
        ("put", "/v3/files", "description: 'This may incur a cost, depending on your plan.'"),
        ("patch", "/v3/files", "description: May result in the deduction of a credit."),
        ("post", "/v3/files", "summary: Buy an extended license with credits"),
        ("delete", "/v3/files", "description: Your card is billed for the rest of the month."),
        ("post", "/v3/files", "summary: Renew, tags: [Purchases]"),
        ("post", "/v3/files", "summary: Renew, description: A fee of 3 applies."),
        ("post", "/v3/files", "description: Free of charge for the first ten files."),
        ("post", "/v3/files", "description: You are not charged unless the file is large."),
        ("post", "/v3/files", "description: If no license exists one is bought."),
        ("post", "/v3/files", "description: This cannot be undone and you are charged."),
        ("post", "/v3/files", "description: 'A not refundable fee, that is.'"),
        ("post", "/v3/files", "description: This is not free of charge."),
        ("post", "/v3/files", "description: It does not come without a cost."),
        ("post", "/v3/files", "description: You are never charged twice."),
        ("post", "/v3/files", "description: No credit is taken for drafts."),
        ("post", "/v3/files", "description: Nothing is charged in case of a failure."),
        ("post", "/v3/files", "description: Orders that were not paid are charged."),
        ("post", "/v3/files", "description: Drafts cost nothing. Each file uses up a credit."),
        ("post", "/v3/files", "responses: {204: {description: OK}, 402: {description: Pay}}"),
        ("get", "/v3/files", "description: Each call is charged to your account."),
        ("get", "/v3/files", "description: Costs you two credits."),
        ("get", "/v3/files", "description: Counts against your daily limit."),
    ],
)
def test_what_seems_to_be_paid_for_spends(
    tmp_path: Path, method: str, path: str, said: str
) -> None:
    assert effect(tmp_path, method, said, path) == "spends"


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("post", "description: Cancels the audit; nothing is charged for it."),
        ("post", "description: Not charged."),
        ("post", "description: This is free of charge."),
        ("put", "description: 'Prepares a file, without any cost or fee.'"),
        ("post", "description: You will never be billed for this."),
        ("post", "description: It doesn't cost a credit."),
        ("post", "description: Does not result in the deduction of a credit."),
        ("post", "description: Credits are not deducted. Fees do not apply."),
        ("post", "description: Recharges the battery. Feed it. Costumes. Discharge."),
        ("post", "summary: Add a comment, description: See https://a.example/pricing/fees"),
        ("get", "summary: Get purchased assets, description: Their license and their price."),
        ("get", "description: The costs and the fees of an order."),
        ("get", "description: Returns credits. This call is never charged."),
        ("delete", "summary: Delete a board"),
    ],
)
def test_what_costs_nothing_by_its_words_has_no_effect_of_its_own(
    tmp_path: Path, method: str, said: str
) -> None:
    assert effect(tmp_path, method, said) == ""


@pytest.mark.parametrize(
    ("method", "path", "said"),
    [
        ("post", "/v3/downloads/videos", "description: Download a video."),
        ("put", "/v3/downloads/videos", "description: Download a video."),
        ("post", "/v3/prints", "description: The count of prints is decremented by one."),
    ],
)
def test_what_the_settings_take_for_paid_spends(
    tmp_path: Path, method: str, path: str, said: str
) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "generator.toml").write_text("spends = '/downloads\\b|decremented'\n")
    assert effect(tmp_path / "without", method, said.replace("decre", ""), path) == ""
    assert effect(tmp_path / "specs", method, said, path) == "spends"


def test_an_effect_that_is_known_stays(tmp_path: Path) -> None:
    body = "{operationId: A, x-effect: idempotent, responses: {200: {description: OK}}}"
    specs = folder(tmp_path, a=swagger(f"/v3/downloads/again: {{post: {body}}}"))
    assert draft(specs).guesses == []


def test_operations_that_callers_know_are_left_as_they_are(tmp_path: Path) -> None:
    specs = folder(tmp_path, a=document("{200: {description: OK}}"))
    released = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths:\n  /v3/things:\n    get:\n"
    released += "      x-resource: things\n      x-method: a\n      responses: {}\n"
    (specs / "released.yaml").write_text(released, "utf-8")
    assert draft(specs).guesses == []
    assert plain(operation(cured(specs)).map("responses")) == {"200": {"description": "OK"}}


def test_the_values_of_a_parameter_are_not_those_of_its_namesake(tmp_path: Path) -> None:
    order = "{name: order, in: query%s}"
    known = order % ", type: string, enum: [newest, oldest]"
    response = "responses: {204: {description: OK}}"
    paths = f"""
        /v3/photos: {{get: {{operationId: A, parameters: [{known}], {response}}}}}
        /v3/things: {{get: {{operationId: B, parameters: [{order % ""}], {response}}}}}
        """
    spec = cured(folder(tmp_path, a=swagger(paths)))
    assert at(spec, "paths", "/v3/things", "get", "parameters", 0, "schema") == {"type": "string"}
