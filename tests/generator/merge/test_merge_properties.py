"""What holds for merging whatever the documents say."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merging import cured, merged, texts, written

from generator.document import METHODS, plain
from generator.findings import GeneratorError

pytestmark = pytest.mark.slow
FEW = settings(max_examples=settings().max_examples // 2)

Json = dict[str, Any]

_WORDS = st.sampled_from(["a", "b", "it's", 'say "x"', "back\\slash", "é", "1e3", "no", "a~1/b"])
_TEXTS = st.sampled_from(["one", "two words", "é\u2002accents", "and a longer text of it"])
_SCHEMES = {"key": {"type": "apiKey", "in": "header", "name": "K"}}
_COMPONENTS = {
    "schemas": {
        "Leaf": {"type": "string", "description": "A leaf."},
        "Tree": {
            "type": "object",
            "required": ["left", "v"],
            "properties": {
                "left": {"$ref": "#/components/schemas/Tree"},
                "v": {"$ref": "#/components/schemas/Leaf"},
            },
        },
    },
    "securitySchemes": _SCHEMES,
}

schemas = st.recursive(
    st.one_of(
        st.fixed_dictionaries(
            {"type": st.sampled_from(["string", "integer", "boolean"])},
            optional={
                "description": _TEXTS,
                "format": _WORDS,
                "enum": st.lists(_WORDS, min_size=1),
            },
        ),
        st.sampled_from(["Leaf", "Tree", "holder"]).map(
            lambda name: {"$ref": f"#/components/schemas/{name}"}
        ),
    ),
    lambda inner: st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("object"), "properties": st.dictionaries(_WORDS, inner, max_size=3)},
            optional={"required": st.lists(_WORDS, max_size=2), "additionalProperties": inner},
        ),
        st.fixed_dictionaries({"type": st.just("array"), "items": inner}),
        st.fixed_dictionaries({"oneOf": st.lists(inner, min_size=1, max_size=3)}),
    ),
    max_leaves=5,
)
contents = st.dictionaries(
    st.sampled_from(["application/json", "text/plain; charset=utf-8"]),
    st.fixed_dictionaries({"schema": schemas}),
    min_size=1,
    max_size=2,
)
parameters = st.lists(
    st.fixed_dictionaries(
        {"name": _WORDS, "in": st.sampled_from(["query", "header"]), "schema": schemas},
        optional={"required": st.booleans(), "explode": st.booleans(), "description": _TEXTS},
    ),
    max_size=3,
    unique_by=lambda one: (str(one["in"]), str(one["name"]).lower()),
)
operations = st.fixed_dictionaries(
    {
        "responses": st.dictionaries(
            st.sampled_from(["200", "303", "default"]),
            st.fixed_dictionaries({"description": _TEXTS}, optional={"content": contents}),
            min_size=1,
        )
    },
    optional={
        "summary": _TEXTS,
        "description": _TEXTS,
        "tags": st.lists(_WORDS, max_size=2, unique=True),
        "deprecated": st.booleans(),
        "parameters": parameters,
        "requestBody": st.fixed_dictionaries(
            {"content": contents}, optional={"required": st.booleans()}
        ),
        "security": st.sampled_from([[], [{"key": []}], [{"key": []}, {}]]),
    },
)
collections = st.dictionaries(
    st.tuples(st.sampled_from(["/a", "/a/b", "/it's"]), st.sampled_from(["get", "put", "post"])),
    operations,
    min_size=1,
    max_size=4,
)
Collection = dict[tuple[str, str], Json]


def root(collection: Collection) -> Json:
    paths: Json = {}
    for (path, method), operation in collection.items():
        paths.setdefault(path, {})[method] = operation
    head = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}
    return {**head, "paths": paths, "components": _COMPONENTS}


def shuffled(draw: st.DataObject, value: object) -> object:
    """The same, with keys in another order and other white space in prose."""
    if isinstance(value, dict):
        keys = draw.draw(st.permutations(list(value)))
        return {key: shuffled(draw, value[key]) for key in keys}
    if isinstance(value, list):
        return [shuffled(draw, item) for item in value]
    if value in ("two words", "and a longer text of it", "A leaf."):
        return f" {value} \r\n".replace(" ", "  ")
    return "e\u0301 accents" if value == "é\u2002accents" and draw.draw(st.booleans()) else value


@FEW
@given(collections)
def test_a_document_merged_with_itself_says_nothing_new(collection: Collection) -> None:
    alone = merged(written("a.yaml", root(collection)))
    twice = merged(*(written(name, root(collection)) for name in ("a.yaml", "b.yaml", "c.yaml")))
    assert plain(twice.spec) == plain(alone.spec)
    assert twice.warnings == alone.warnings == []
    assert twice.collapsed == 2 * (len(collection) + 3)


@FEW
@given(collections, st.data())
def test_a_copy_in_another_order_and_other_white_space_says_nothing_new(
    collection: Collection, data: st.DataObject
) -> None:
    original = written("a.yaml", root(collection))
    copy = shuffled(data, deepcopy(root(collection)))
    assert isinstance(copy, dict)
    for operation in (op for item in copy["paths"].values() for op in item.values()):
        if "parameters" in operation:
            operation["parameters"] = data.draw(st.permutations(operation["parameters"]))
    result = merged(original, written("b.yaml", copy))
    assert "é" not in texts(result.warnings)
    assert texts(result.warnings) == ""
    assert json.dumps(plain(result.spec)) == json.dumps(plain(merged(original).spec))


@FEW
@given(collections, st.data())
def test_overlapping_parts_of_a_collection_merge_to_all_of_it(
    collection: Collection, data: st.DataObject
) -> None:
    keys = sorted(collection)
    parts = data.draw(st.lists(st.sets(st.sampled_from(keys), min_size=1), min_size=1, max_size=5))
    parts.append(set(keys) - set().union(*parts))
    documents = [
        written(f"{n}.yaml", root({key: collection[key] for key in keys if key in part}))
        for n, part in enumerate(parts)
    ]
    result = merged(*data.draw(st.permutations(documents)))
    assert json.dumps(plain(result.spec)) == json.dumps(
        plain(merged(written("a.yaml", root(collection))).spec)
    )
    assert result.warnings == []


def places(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The keys to everything within a value."""
    items: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    found = [(*at, key) for key, _ in items]
    return found + [place for key, item in items for place in places(item, (*at, key))]


def mutate(draw: st.DataObject, data: Json) -> tuple[str | int, ...]:
    """Change one thing of an operation, to another of its kind or to nothing."""
    place = draw.draw(st.sampled_from([p for p in places(data["paths"]) if len(p) > 2]))
    parent: Any = data["paths"]
    for key in place[:-1]:
        parent = parent[key]
    value = parent[place[-1]]
    if isinstance(value, bool):
        parent[place[-1]] = not value
    elif isinstance(value, str) and (
        place[-1] in ("name", "in", "description")
        or (place[-1] != "$ref" and draw.draw(st.booleans()))
    ):
        parent[place[-1]] = value + "z"
    else:
        del parent[place[-1]]
    return place


@FEW
@given(collections, st.data())
def test_one_change_is_never_passed_over_and_every_conflict_has_its_cure(
    collection: Collection, data: st.DataObject
) -> None:
    before = root(collection)
    after = deepcopy(before)
    place = mutate(data, after)
    documents = [written("a.yaml", before), written("b.yaml", after)]
    if data.draw(st.booleans()):
        documents = [written("a.yaml", after), written("b.yaml", before)]
    try:
        result = merged(*documents)
    except GeneratorError as error:
        told = texts(error.findings)
        assert f"{str(place[1]).upper()} {place[0]}" in told
        assert "a.yaml:" in told
        assert "b.yaml:" in told
        again = merged(*cured(documents, error.findings))
        assert again.collapsed
        return
    if result.warnings:
        assert f"{str(place[1]).upper()} {place[0]}" in texts(result.warnings)
        return
    assert harmless(place, before, after)


def harmless(place: tuple[str | int, ...], before: Json, after: Json) -> bool:
    """Whether a change is one that no caller can notice."""
    one: Any = before["paths"]
    for key in place[:-1]:
        one = one[key]
    value = one[place[-1]]
    idle = value in ([], {}, False) or (place[-1] == "explode" and value in (True, False))
    repeated = place[-2] in ("enum", "required") and one.count(value) > 1
    first = place[-1] == "additionalProperties" and value == {}
    return bool(idle or repeated or first)


@FEW
@given(st.lists(collections, min_size=2, max_size=4), st.data())
def test_any_documents_merge_the_same_in_any_order_or_are_refused_alike(
    several: list[Collection], data: st.DataObject
) -> None:
    documents = [written(f"{n}.yaml", root(one)) for n, one in enumerate(several)]
    order = data.draw(st.permutations(documents))

    def outcome(given: list[Any]) -> str:
        try:
            result = merged(*given)
        except GeneratorError as error:
            return texts(error.findings)
        return json.dumps(plain(result.spec)) + texts(result.warnings)

    assert outcome(documents) == outcome(list(order))


@FEW
@given(collections, collections)
def test_documents_that_have_nothing_in_common_are_cured_in_a_few_rounds(
    one: Collection, two: Collection
) -> None:
    documents = [written("a.yaml", root(one)), written("b.yaml", root(two))]
    for _ in range(4):
        try:
            result = merged(*documents)
        except GeneratorError as error:
            documents = cured(documents, error.findings)
            continue
        assert {path for path, _ in {**one, **two}} == set(result.spec.map("paths"))
        assert all(
            method in METHODS for _, item in result.spec.map("paths").maps() for method in item
        )
        return
    raise AssertionError("still not cured")
