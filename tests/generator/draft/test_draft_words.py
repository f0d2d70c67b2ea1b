"""What names, descriptions and examples let on about types, and how operations are named."""

from __future__ import annotations

import pytest

from generator.draft.naming import operation_id, singular
from generator.draft.type_guesses import body_of, schema_of
from generator.draft.vocabulary import DATE, is_list, type_of
from generator.names import method_name

TEXT, WHOLE, FLAG = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}


@pytest.mark.parametrize(
    ("name", "description", "expected"),
    [
        ("page", "Identifies page to return", WHOLE),
        ("page_size", "", WHOLE),
        ("pageSize", "", WHOLE),
        ("height", "Specifies the pixel height", WHOLE),
        ("batch_size", "Specifies the number of assets to return", WHOLE),
        ("max_results", "", WHOLE),
        ("channel_id", "Specifies the id of the channel", TEXT),
        ("id", "Id of image to download", TEXT),
        ("auto_download", "Specifies whether to auto-download the image", FLAG),
        ("include_editorial", "", FLAG),
        ("is_public", "", FLAG),
        ("anything", "Set to true to see more", FLAG),
        ("anything", "`true` or `false`", FLAG),
        ("anything", "The default is false", FLAG),
        ("anything", "Defaults to `true`.", FLAG),
        ("start_date", "select assets downloaded on or after this date", DATE),
        ("date_from", "", DATE),
        ("created_at", "", DATE),
        ("moment", "In ISO 8601", DATE),
        ("latitude", "", {"type": "number"}),
        ("file_size", "", None),
        ("page_number", "", WHOLE),
        ("number", "", WHOLE),
        ("account_number", "", None),
        ("phoneNumber", "", None),
        ("date_format", "How dates are written", None),
        ("sort_by_date", "", None),
        ("phrase", "Free-text search query", None),
        (
            "sort",
            "One of: newest, oldest or best_match.",
            {**TEXT, "enum": ["newest", "oldest", "best_match"]},
        ),
        ("sort", "Allowed values are `a`, `b`", {**TEXT, "enum": ["a", "b"]}),
        ("sort", "One of the many ways in which results can be sorted, or none", None),
        ("sort", "Such as newest, oldest", None),
    ],
)
def test_names_and_descriptions_suggest_types(
    name: str, description: str, expected: dict[str, object] | None
) -> None:
    found = type_of(name, description)
    assert (found[0] if found else None) == expected


def test_lists_are_told_by_commas_or_by_a_plural() -> None:
    assert is_list("anything", "Comma-separated values")
    assert is_list("fields", "")
    assert is_list("asset_ids", "")
    assert not is_list("status", "A list of words is returned")


@pytest.mark.parametrize(
    ("name", "description", "expected"),
    [
        ("license_models", "The license models to include in the search", True),
        ("age_of_people", "Filters by the age of people", True),
        ("number_of_people", "Filters by the number of people", True),
        ("number_of_people", "How many take part", False),
        ("number_of_downloads", "Filters by the number of downloads", False),
        ("max_results", "Restricts the results", False),
        ("include_facets", "Filters facets", False),
        ("options", "Further options", False),
        ("status", "Filters by status", False),
        ("sales", "Specifies whether to filter sales", False),
    ],
)
def test_plurals_by_which_results_are_chosen_are_lists(
    name: str, description: str, expected: bool
) -> None:
    assert bool(is_list(name, description)) is expected


def test_long_descriptions_take_no_longer_than_short_ones() -> None:
    for hostile in ("one of" + " " * 100_000, "{ " * 50_000, "list of " + "a " * 50_000):
        type_of("x", hostile)
        body_of(hostile, [])


def test_examples_tell_their_schema() -> None:
    example = {"name": "Sky", "ids": [1, 2], "mixed": [1, "a"], "open": None}
    assert schema_of(example) == {
        "type": "object",
        "properties": {
            "name": TEXT,
            "ids": {"type": "array", "items": WHOLE},
            "mixed": {"type": "array"},
            "open": {},
        },
    }


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("Specify JSON containing an array of asset ids to register", "asset_ids"),
        ("A list of keywords.", "keywords"),
        ("List of board members that are to be removed", "board_members"),
    ],
)
def test_a_description_may_tell_what_a_body_lists(description: str, name: str) -> None:
    schema, source = body_of(description, [])
    assert schema["properties"] == {name: {"type": "array", "items": TEXT}}
    assert source


def test_json_in_a_description_is_read_and_the_rest_may_hold_anything() -> None:
    schema, _ = body_of('For example {"a": {"b": true}}, or so', [])
    assert schema["properties"] == {"a": {"type": "object", "properties": {"b": FLAG}}}
    assert body_of("Additional information {not: json}", []) == ({"type": "object"}, "")


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("get", "/v3/boards/{board_id}/comments", "get_board_comments"),
        ("get", "/v3/boards", "get_boards"),
        ("post", "/v3/boards", "create_board"),
        ("get", "/v3/boards/{board_id}", "get_board"),
        ("put", "/v3/boards/{board_id}", "update_board"),
        ("delete", "/v3/boards/{board_id}/comments/{comment_id}", "delete_board_comment"),
        ("post", "/v3/downloads/videos/{id}", "post_downloads_video"),
        ("get", "/v3/search/images", "get_search_images"),
        ("get", "/v3/countries/{id}.json", "get_country_json"),
        ("get", "/", "get_root"),
        ("get", "/{id}", "get_root"),
    ],
)
def test_operation_ids_make_methods_that_read_well(method: str, path: str, name: str) -> None:
    assert method_name(operation_id(path, method, "")) == name
    assert method_name(operation_id(path, method, "Boards")) == name


def test_further_choices_say_more_and_never_run_out() -> None:
    ids = [operation_id("/v3/boards/{board_id}", "get", "Boards", number) for number in range(5)]
    assert ids[:2] == ["Boards_GetBoard", "Boards_GetBoardByBoardId"]
    assert len(set(ids)) == 5


def test_singulars() -> None:
    plurals = ["boards", "countries", "batches", "boxes", "news", "status", "address", "gas", "ids"]
    expected = ["board", "country", "batch", "box", "news", "status", "address", "gas", "ids"]
    assert list(map(singular, plurals)) == expected
