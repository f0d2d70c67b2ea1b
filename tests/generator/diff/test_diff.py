"""What a comparison tells: once for each operation, in the right place, and nothing for nothing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from comparing import CASES, JSON, RENAMING, SHARING, compared_edits, shop, told
from corpora import many, write
from mutating_schemas import rename_component
from opposites import swapped
from shuffling import shuffled

from generator.diff import KINDS, compare, gravest
from generator.document import Map, Position, placed, plain
from generator.pipeline import build_spec
from generator.semver import LEVELS

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def own() -> Map:
    return build_spec(PROJECT / "specs").spec


def test_nothing_differs_between_a_spec_and_itself(own: Map) -> None:
    assert compare(own, own) == []
    assert compare(shop(), shop()) == []


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_keys_and_components_makes_no_difference(own: Map, seed: int) -> None:
    for spec in (own, shop()):
        other = shuffled(spec, random.Random(seed))
        assert compare(spec, other) == []
        assert compare(other, spec) == []


def test_a_class_within_two_others_is_called_the_same_in_any_order() -> None:
    named = "    Named: {type: object, properties: {"
    inner = (named, f"{named}more: {{type: object, properties: {{a: {{type: string}}}}}}, ")
    spec = shop(inner)
    other = shop(inner)
    schemas = other.map("components").map("schemas")
    for name in sorted(schemas, reverse=True):
        schemas[name] = schemas.pop(name)
    assert list(schemas) != list(spec.map("components").map("schemas"))
    assert compare(spec, other) == []


def test_the_order_of_documents_makes_no_difference(tmp_path: Path) -> None:
    sources = many(operations=24, documents=6)
    turned = {f"z{99 - number}.yaml": data for number, data in enumerate(sources.values())}
    old = build_spec(write(tmp_path / "old", sources)).spec
    new = build_spec(write(tmp_path / "new", turned)).spec
    assert plain(old) != plain(new)
    assert compare(old, new) == []


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("schemas", "Name"),
        ("parameters", "Page"),
        ("responses", "Refused"),
        ("requestBodies", "Making"),
        ("headers", "Left"),
        ("securitySchemes", "Key"),
    ],
)
def test_what_a_component_without_a_class_is_called_makes_no_difference(
    kind: str, name: str
) -> None:
    old = shop(*SHARING)
    data = plain(old)
    assert isinstance(data, dict)
    assert rename_component(data, kind, name, "Renamed")
    for holder in (data, data["paths"]["/v1/things/{id}"]["delete"]):
        if kind == "securitySchemes":
            holder["security"] = [
                {key.replace("Key", "Renamed"): scopes for key, scopes in option.items()}
                for option in holder["security"]
            ]
    new = placed(data, Position("new.yaml"))
    assert isinstance(new, Map)
    assert "Renamed" in new.map("components").map(kind)
    assert compare(old, new) == []
    assert compare(new, old) == []


def test_it_makes_no_difference_whether_a_component_is_shared_or_written_out() -> None:
    assert compare(shop(), shop(*SHARING[:3], SHARING[4])) == []


def test_a_component_that_changes_is_told_of_once_for_each_operation_it_concerns() -> None:
    found = compared_edits(("unit: {type: string, enum: [mm, in]}", "unit: {type: string}"))
    told_of = [item.operation for item in found if item.python == "models.Size.unit"]
    assert sorted(told_of) == [
        "GET /v1/things",
        "GET /v1/things/{id}",
        "PATCH /v1/things/{id}",
        "POST /v1/things",
        "PUT /v1/boxes/{box}/things/{id}",
    ]


def test_a_component_that_concerns_no_operation_is_not_told_of() -> None:
    extra = (
        "    Name: {type",
        "    Spare: {type: object, properties: {a: {type: string}}}\n    Name: {type",
    )
    other = ("Spare: {type: object, properties: {a: {type: string}}}", "Spare: {type: integer}")
    assert compare(shop(), shop(extra)) == []
    assert compare(shop(extra), shop(extra, other)) == []


def test_a_bound_is_major_where_it_is_sent_and_patch_where_it_is_returned() -> None:
    found = compared_edits(
        ("properties: {width: {type: integer}", "properties: {width: {type: integer, minimum: 1}")
    )
    levels = {item.operation: (item.kind.id, item.level) for item in found}
    assert levels["POST /v1/things"] == ("bounds-narrowed", "major")
    assert levels["GET /v1/things"] == ("response-bounds-changed", "patch")


def test_what_only_failures_hold_is_told_of_as_a_failure() -> None:
    found = compared_edits(("code: {type: string}", "code: {type: string}, more: {type: string}"))
    assert [(item.kind.id, item.operation) for item in found] == [
        ("error-response-changed", "GET /v1/things")
    ]


def test_a_class_that_only_failures_hold_can_be_imported_all_the_same() -> None:
    renamed = (JSON % "Problem", JSON % "Trouble"), ("    Problem: {", "    Trouble: {")
    assert told(shop(), shop(*renamed)) == [("model-renamed", "GET /v1/things", "models.Problem")]


def test_a_class_that_others_are_made_of_can_be_imported_all_the_same() -> None:
    renamed = ("[{$ref: '#/components/schemas/Named'}", "[{$ref: '#/components/schemas/Title'}")
    found = told(shop(), shop(renamed, ("    Named: {", "    Title: {")))
    assert {(kind, name) for kind, _, name in found} == {("model-renamed", "models.Named")}


def test_an_operation_that_is_new_is_one_difference() -> None:
    before = "  /v1/boxes/{box}/label:\n"
    schema = "schema: {type: object, properties: {a: {type: string}}}"
    responses = f"{{'200': {{description: A page., content: {{application/json: {{{schema}}}}}}}}}"
    added = (before, f"  /v1/pages:\n    get:\n      responses: {responses}\n{before}")
    assert told(shop(), shop(added)) == [("operation-added", "GET /v1/pages", "pages.get_pages")]


def test_a_renaming_is_major_even_if_the_former_name_works() -> None:
    assert told(shop(), shop(RENAMING)) == [
        ("operation-renamed", "GET /v1/boxes/{box}/label", "boxes.label")
    ]


def test_classes_that_are_named_after_a_method_are_renamed_with_it() -> None:
    found = told(shop(), shop(("operationId: Things_Get\n", "x-method: fetch\n")))
    assert ("model-renamed", "GET /v1/things/{id}", "models.ThingsGetPart") in found


def test_a_former_name_that_is_the_name_again_has_not_gone() -> None:
    assert told(shop(RENAMING), shop()) == [
        ("operation-renamed", "GET /v1/boxes/{box}/label", "boxes.sticker")
    ]


def test_a_parameter_with_another_name_in_both_is_removed_and_added() -> None:
    found = told(shop(), shop(("{name: page, in", "{name: sheet, in")))
    assert found == [
        ("argument-removed", "GET /v1/things", "things.list(page)"),
        ("argument-added", "GET /v1/things", "things.list(sheet)"),
    ]


def test_another_path_is_another_operation() -> None:
    found = told(shop(), shop(("/v1/boxes/{box}/label", "/v2/boxes/{box}/label")))
    assert {kind for kind, _, _ in found} == {"operation-removed", "operation-added"}


def test_text_that_has_to_be_a_date_is_of_another_type() -> None:
    found = told(
        shop(),
        shop(
            (
                "in: header, schema: {type: string, maxLength: 40}",
                "in: header, schema: {type: string, format: date}",
            )
        ),
    )
    assert ("argument-type-changed", "GET /v1/things", "things.list(x_trace)") in found


def test_a_property_that_may_hold_more_is_minor_only_where_it_is_not_returned() -> None:
    wider = ("width: {type: integer}", "width: {type: number}")
    assert {item.kind.id for item in compared_edits(wider)} == {"property-type-changed"}
    wider = ("count: {type: integer", "count: {type: number")
    assert {item.kind.id for item in compared_edits(wider)} == {"property-type-widened"}


def test_a_constructor_of_a_body_that_is_given_by_arguments_is_looked_at_too() -> None:
    found = compared_edits(
        (
            "extras: {type: array, items: {type: number}}",
            "extras: {type: array, items: {type: [number, string]}}",
        )
    )
    assert [(item.kind.id, item.python) for item in found] == [
        ("property-type-changed", "models.NewThing.extras"),
        ("argument-type-widened", "things.create(extras)"),
    ]


def test_differences_say_where_they_stand_on_both_sides(own: Map) -> None:
    data = plain(own)
    assert isinstance(data, dict)
    parameter = data["paths"]["/v3/downloads"]["get"]["parameters"][4]
    parameter["schema"]["maximum"] = 50
    new = placed(data, Position("new.yaml", 7, 3))
    assert isinstance(new, Map)
    (found,) = compare(own, new)
    assert found.old is not None
    assert found.new is not None
    assert found.operation == "GET /v3/downloads"
    assert (found.before, found.after) == ("maximum 100", "maximum 50")
    assert found.old.pointer == found.new.pointer == "/paths/~1v3~1downloads/get/parameters/4"
    assert found.old.document == "downloads.yaml#/paths/~1v3~1downloads/get"
    assert found.old.line.startswith(str(PROJECT / "specs"))
    assert found.new.line == "new.yaml:7:3"


def test_what_is_new_stands_in_its_operation_on_the_old_side() -> None:
    found = compared_edits(
        (
            "{name: page, in",
            "{name: zone, in: query, schema: {type: string}}\n      - {name: page, in",
        )
    )
    (item,) = found
    assert item.old is not None
    assert item.new is not None
    assert item.old.pointer == "/paths/~1v1~1things/get"
    assert item.new.pointer == "/paths/~1v1~1things/get/parameters/0"


def test_a_new_operation_stands_nowhere_in_the_old_spec() -> None:
    found = compare(shop(*CASES[0].edits), shop())
    assert [(item.old, item.new is None) for item in found] == [(None, False)]


def test_the_gravest_come_first_and_sum_up_the_whole() -> None:
    found = compare(
        shop(),
        shop(
            ("summary: List things", "summary: List all things"),
            ("{name: page, in", "{name: sheet, in"),
            ("maxLength: 40", "maxLength: 50"),
        ),
    )
    levels = [LEVELS.index(item.level) for item in found]
    assert levels == sorted(levels)
    assert gravest(found) == "major"
    assert gravest([item for item in found if item.level != "major"]) == "minor"
    assert gravest([]) is None


def test_what_is_shown_is_short_and_on_one_line() -> None:
    found = compared_edits(("description: All of them.", f"description: 'More\r\n\r\n{'x' * 900}'"))
    assert [item.kind.id for item in found] == ["prose-changed"]
    assert all(len(text) <= 80 and "\n" not in text for text in (found[0].before, found[0].after))


def test_every_kind_says_in_one_sentence_what_it_is() -> None:
    assert all(kind.meaning.endswith(".") and kind.meaning[0].isupper() for kind in KINDS.values())
    assert all(name == kind.id for name, kind in KINDS.items())


def test_the_release_that_a_spec_belongs_to_makes_no_difference() -> None:
    released = shop(("info: {title: Shop", "x-release: {version: 1.0.0}\ninfo: {title: Shop"))
    assert compare(released, shop()) == []


def test_examples_beside_a_schema_are_told_of() -> None:
    page = JSON % "Page"
    found = compared_edits((page, page.replace("{schema", "{example: {things: []}, schema")))
    assert [(item.kind.id, item.operation) for item in found] == [
        ("example-changed", "GET /v1/things")
    ]


def test_a_media_type_that_is_not_used_is_told_of_as_what_callers_do_not_see() -> None:
    body = JSON % "NewThing"
    found = compared_edits((body, body.replace("{application", "{text/plain: {}, application")))
    assert [(item.kind.id, item.operation) for item in found] == [
        ("metadata-changed", "POST /v1/things")
    ]


def test_a_property_of_a_failure_may_be_called_like_a_keyword() -> None:
    old = ("code: {type: string}", "example: {type: string}")
    new = ("code: {type: string}", "example: {type: integer}")
    assert told(shop(old), shop(new)) == [
        ("error-response-changed", "GET /v1/things", "things.list")
    ]


def test_schemas_that_fork_at_every_step_are_compared_in_time() -> None:
    form = "    Step{0}: {{type: object, properties: {{a: {{$ref: {1}}}, b: {{$ref: {1}}}}}}}\n"
    steps = "".join(
        form.format(number, f"'#/components/schemas/Step{number + 1}'") for number in range(60)
    )
    last = "    Step60: {type: object, properties: {a: {type: string}}}\n"
    base = ("    Name: {type", f"{steps}{last}    Name: {{type")
    failing = (JSON % "Problem", JSON % "Step0")
    edit = (last, last.replace("string", "integer"))
    assert told(shop(base, failing), shop(base, failing, edit)) == [
        ("error-response-changed", "GET /v1/things", "things.list")
    ]


def test_a_method_that_only_redirected_and_now_returns_none_is_major() -> None:
    gone = "'204': {description: Gone.}"
    redirecting = shop((gone, f"{gone}, '303': {{description: See.}}"))
    assert told(redirecting, shop()) == [
        ("response-removed", "DELETE /v1/things/{id}", "things.delete"),
        ("response-never-redirects", "DELETE /v1/things/{id}", "things.delete"),
    ]
    assert gravest(compare(shop(), redirecting)) == "major"


def test_a_body_that_is_written_out_is_compared_alike_in_both_directions() -> None:
    body = JSON % "NewThing"
    schema = "{type: object, properties: {name: {type: string}}}"
    inline = f"content: {{application/json: {{schema: {schema}}}}}"
    old, new = shop(), shop((body, inline), ("minLength: 1", "minLength: 2"))
    assert swapped(compare(old, new)) == swapped(compare(new, old), turned=True)


def test_a_bound_of_a_body_made_of_parts_is_told_although_its_properties_are_arguments() -> None:
    parts = "[{$ref: '#/components/schemas/NewThing'}, {type: object}]"
    body = (JSON % "NewThing", JSON % "Composed")
    composed = ("    Name: {type", f"    Composed: {{allOf: {parts}}}\n    Name: {{type")
    bounded = (composed[0], composed[1].replace("{allOf", "{minProperties: 2, allOf"))
    assert told(shop(body, composed), shop(body, bounded)) == [
        ("bounds-narrowed", "POST /v1/things", "models.Composed")
    ]
