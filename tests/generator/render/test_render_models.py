"""How generated models read and write JSON."""

from __future__ import annotations

import copy
import datetime
import json
import logging
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rendering import HEAD, Package, rendered

SPEC = (
    HEAD
    + """
paths: {}
components:
  schemas:
    Everything:
      type: object
      required: [id]
      properties:
        id: {type: string, readOnly: true}
        count: {type: [integer, 'null']}
        share: {type: number, nullable: true}
        open: {type: boolean}
        made: {type: string, format: date-time}
        day: {type: string, format: date}
        secret: {type: string, format: password}
        hidden: {anyOf: [{type: string, format: password}, {type: 'null'}]}
        hiddens: {type: array, items: {type: string, format: password}}
        by-user: {type: object, additionalProperties: {$ref: '#/components/schemas/Secret'}}
        kind: {$ref: '#/components/schemas/Kind'}
        level: {oneOf: [{$ref: '#/components/schemas/Level'}, {type: 'null'}]}
        mixed: {enum: [a, 1, null]}
        constant: {const: 7}
        names: {type: array, items: {type: string}}
        grid: {type: array, items: {type: array, items: {type: integer}}}
        parts: {type: array, items: {anyOf: [{$ref: '#/components/schemas/Part'}, {type: ['null']}]}}
        by-name: {type: object, additionalProperties: {$ref: '#/components/schemas/Part'}}
        loose: {type: object}
        closed: {type: object, additionalProperties: false}
        pair: {type: array, prefixItems: [{type: string}, {type: integer}]}
        untyped: {items: {type: string}}
        either: {type: [string, integer]}
        when: {anyOf: [{type: string, format: date-time}, {type: string, format: date}, {type: 'null'}]}
        part: {allOf: [{$ref: '#/components/schemas/Part'}], description: Only annotated., nullable: true}
        inline: {type: object, properties: {x: {type: integer}}}
        data: {type: string, format: binary}
        anything: {}
        alias: {$ref: '#/components/schemas/Alias'}
        many: {$ref: '#/components/schemas/Many'}
        table: {$ref: '#/components/schemas/Table'}
        word: {$ref: '#/components/schemas/Word'}
    Required: {type: object, required: [a, b], properties: {a: {type: string}, b: {type: integer}}}
    Kind: {type: string, enum: [x, y, null], description: A kind.}
    Level: {type: integer, enum: [1, 2]}
    Part: {type: object, properties: {n: {type: integer}, parent: {$ref: '#/components/schemas/Whole'}}}
    Whole: {type: object, properties: {first: {$ref: '#/components/schemas/Part'}, self: {$ref: '#/components/schemas/Whole'}}}
    Alias: {$ref: '#/components/schemas/Part'}
    Many: {type: array, items: {$ref: '#/components/schemas/Alias'}}
    Table: {type: object, additionalProperties: {$ref: '#/components/schemas/Many'}}
    Word: {type: string}
    Secret: {type: string, format: password}
    Nest: {type: object, additionalProperties: {$ref: '#/components/schemas/Nest'}}
    Chain: {type: array, items: {$ref: '#/components/schemas/Chain'}}
    Loop: {$ref: '#/components/schemas/Pool'}
    Pool: {$ref: '#/components/schemas/Loop'}
    Cycle: {allOf: [{$ref: '#/components/schemas/Cycle'}], properties: {a: {type: string}}}
    Knot: {type: object, properties: {inner: {allOf: [{$ref: '#/components/schemas/Knot'}, {properties: {extra: {type: integer}}}]}}}
    Bag: {type: object, additionalProperties: {allOf: [{$ref: '#/components/schemas/Bag'}, {minProperties: 1}]}}
    Rows: {type: array, items: {allOf: [{$ref: '#/components/schemas/Rows'}, {minItems: 1}]}}
    Bags: {type: object, properties: {bag: {$ref: '#/components/schemas/Bag'}, rows: {$ref: '#/components/schemas/Rows'}}}
    First: {allOf: [{$ref: '#/components/schemas/Second'}], properties: {a: {type: integer}}}
    Second: {allOf: [{$ref: '#/components/schemas/First'}], properties: {b: {type: integer}}}
    Base: {type: object, required: [a], properties: {a: {type: string}}, description: The base.}
    Derived:
      allOf:
        - {$ref: '#/components/schemas/Base'}
        - {type: object, required: [b], properties: {b: {type: integer}}}
      properties: {c: {type: boolean}}
    Refined: {type: object, properties: {a: {type: string}, again: {$ref: '#/components/schemas/Refined'}}, anyOf: [{required: [a]}, {required: [again]}]}
    Upload: {type: object, properties: {file: {type: string, format: binary}, files: {type: array, items: {type: string, format: binary}}}}
    Odd: {type: object, properties: {a: {type: integer}, b: {type: integer}, part: {$ref: '#/components/schemas/Part'}, names: {type: array, items: {type: string}}}}
"""  # noqa: E501 - one operation or schema per line
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return rendered(SPEC, tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def models(package: Package) -> Any:
    return package.module("models")


@pytest.fixture
def fresh(package: Package) -> Iterator[None]:
    """No warning has been logged yet."""
    reported = package.module("_decoding")._reported
    reported.clear()
    yield
    reported.clear()


WHOLE = {
    "id": "1",
    "count": 2,
    "share": 0.5,
    "open": False,
    "made": "2026-01-02T03:04:05Z",
    "day": "2026-01-02",
    "secret": "s3cret",
    "kind": "z",
    "level": 3,
    "mixed": "a",
    "constant": 7,
    "names": ["a"],
    "grid": [[1], []],
    "parts": [{"n": 1}],
    "by-name": {"x": {"n": 2}},
    "loose": {"a": [1]},
    "closed": {"b": 1},
    "pair": ["a", 1],
    "untyped": ["a"],
    "either": 5,
    "when": "2026-01-02",
    "part": {"n": 3, "parent": {"first": {"n": 4}}},
    "inline": {"x": 1},
    "data": "grün",
    "anything": [1],
    "alias": {"n": 5},
    "many": [{"n": 6}],
    "table": {"t": [{"n": 7}]},
    "word": "w",
    "new": {"a": 1},
}


def attribute(field: str) -> str:
    return {"by-name": "by_name"}.get(field, field)


def test_a_model_reads_every_kind_of_value(models: Any) -> None:
    made = models.Everything.from_dict(WHOLE)
    part = models.Part
    assert (made.id, made.count, made.share, made.open) == ("1", 2, 0.5, False)
    assert made.made == datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    assert type(made.day) is datetime.date
    assert type(made.when) is datetime.date
    assert (made.kind, made.level, made.mixed, made.constant) == ("z", 3, "a", 7)
    assert (made.names, made.grid, made.parts) == (["a"], [[1], []], [part(n=1)])
    assert (made.by_name, made.loose, made.closed) == ({"x": part(n=2)}, {"a": [1]}, {"b": 1})
    assert (made.pair, made.untyped, made.either) == (["a", 1], ["a"], 5)
    assert made.part == part(n=3, parent=models.Whole(first=part(n=4)))
    assert (made.inline.x, made.data, made.anything) == (1, "grün".encode(), [1])
    assert (made.alias, made.many) == (part(n=5), [part(n=6)])
    assert (made.table, made.word) == ({"t": [part(n=7)]}, "w")
    assert made.additional_properties == {"new": {"a": 1}}
    assert made.raw is WHOLE


def test_what_was_read_is_written_again(models: Any) -> None:
    made = models.Everything.from_dict(WHOLE)
    assert made.to_dict() == WHOLE
    assert models.Everything.from_dict(made.to_dict()) == made


def test_absent_and_null_are_the_same(models: Any) -> None:
    nulls = dict.fromkeys(WHOLE, None)
    del nulls["new"]
    assert models.Everything.from_dict(nulls) == models.Everything.from_dict({})
    assert models.Everything.from_dict(nulls).to_dict() == {}
    made = models.Everything.from_dict({})
    assert made.id is made.parts is made.anything is None


def test_nulls_in_lists_and_mappings_are_left_out_where_no_document_allows_them(
    models: Any,
) -> None:
    made = models.Everything.from_dict(
        {"parts": [None, {"n": 1}], "names": ["a", None], "by-name": {"x": None}, "grid": [None]}
    )
    assert made.parts == [None, models.Part(n=1)]  # documented
    assert (made.names, made.by_name, made.grid) == (["a"], {}, [])


@pytest.mark.parametrize(
    ("field", "sent", "read"),
    [
        ("id", 12, "12"),
        ("id", 1.5, "1.5"),
        ("count", "12", 12),
        ("count", "-12", -12),
        ("count", 12.0, 12),
        ("share", 12, 12.0),
        ("share", "-1.25", -1.25),
        ("open", "true", True),
        ("open", "False", False),
        ("kind", 5, "5"),
        ("level", "2", 2),
        ("names", ["a", 1], ["a", "1"]),
    ],
)
def test_scalars_of_another_type_are_converted(
    models: Any, field: str, sent: object, read: object
) -> None:
    value = getattr(models.Everything.from_dict({field: sent}), attribute(field))
    assert value == read
    assert type(value) is type(read)


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("id", True),
        ("id", []),
        ("count", "1.5"),
        ("count", "007"),
        ("count", "-0"),
        ("count", "١٢"),
        ("count", 1.5),
        ("count", True),
        ("count", float("inf")),
        ("count", "9" * 30),
        ("share", "1e999"),
        ("share", "0.12345678901234567890"),
        ("share", 2**60 + 1),
        ("share", True),
        ("open", 1),
        ("open", "yes"),
        ("made", "yesterday"),
        ("made", 5),
        ("day", "2026-13-01"),
        ("day", {}),
        ("when", "soon"),
        ("names", "abc"),
        ("names", [[]]),
        ("parts", {}),
        ("parts", [1]),
        ("by-name", []),
        ("part", "x"),
        ("data", "\ud800"),
        ("either", []),
        ("grid", [["x"]]),
    ],
)
@pytest.mark.usefixtures("fresh")
def test_odd_values_become_none_with_one_warning_that_shows_no_value(
    models: Any, caplog: pytest.LogCaptureFixture, field: str, sent: object
) -> None:
    data = {"id": "1", field: sent, "word": "kept"}
    with caplog.at_level(logging.DEBUG):
        made = [models.Everything.from_dict(data) for _ in range(3)][-1]
    assert getattr(made, attribute(field)) is None
    assert made.word == "kept"
    assert made.raw == data
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.name.startswith("rendered_")
    assert record.getMessage() == (
        f"Everything.{field} is not of the documented type; it is None, see `raw`"
    )


def test_models_take_keywords_only_and_have_no_other_attributes(models: Any) -> None:
    with pytest.raises(TypeError):
        models.Part(1)
    with pytest.raises(TypeError, match="required keyword-only"):
        models.Required(a="x")
    made = models.Required(a="x", b=1)
    with pytest.raises(AttributeError):
        made.other = 1
    assert not hasattr(made, "__dict__")


def test_read_only_fields_need_not_be_given(models: Any) -> None:
    assert models.Everything(word="w").to_dict() == {"word": "w"}


def test_models_are_equal_by_field_and_not_by_what_the_server_sent(models: Any) -> None:
    assert models.Part.from_dict({"n": "1"}) == models.Part(n=1)
    assert models.Part(n=1) != models.Part(n=2)
    assert models.Part(n=1) != models.Odd(a=1)
    assert models.Part.from_dict({"x": 1}) != models.Part()


def test_repr_shows_fields_but_no_secrets(models: Any) -> None:
    made = models.Everything.from_dict({"id": "1", "secret": "s3cret"})
    assert "id='1'" in repr(made)
    assert "s3cret" not in repr(made)
    assert made.secret == "s3cret"


@pytest.mark.parametrize(
    "data", [{"hidden": "s3cret"}, {"hiddens": ["s3cret"]}, {"by-user": {"x": "s3cret"}}]
)
def test_repr_shows_no_secrets_that_may_be_null_or_are_many(
    models: Any, data: dict[str, object]
) -> None:
    made = models.Everything.from_dict({"id": "1", **data})
    assert "s3cret" not in repr(made)
    assert made.to_dict() == {"id": "1", **data}


def test_repr_shows_unknown_properties_by_their_names_only(models: Any) -> None:
    unknown = {"Uri": "s3cret", "new": [{"a": "s3cret"}]}
    part = models.Part.from_dict({"n": 1, **unknown})
    for made in (part, models.Part(n=1, additional_properties=unknown)):
        assert (
            repr(made) == "Part(n=1, parent=None, additional_properties={'Uri': ..., 'new': ...})"
        )
    whole = models.Everything.from_dict({"word": "w", "part": {"n": 1, **unknown}})
    assert repr(part) in repr(whole)
    assert repr(models.Part(n=1)) == "Part(n=1, parent=None, additional_properties={})"
    assert "s3cret" not in repr(whole)


def test_models_can_be_copied_and_pickled(models: Any) -> None:
    made = models.Everything.from_dict(WHOLE)
    assert copy.deepcopy(made) == made
    assert pickle.loads(pickle.dumps(made)) == made
    assert copy.copy(models.Part(n=1)) == models.Part(n=1)


def test_all_of_brings_the_fields_of_its_parts_together(models: Any) -> None:
    made = models.Derived(a="x", b=1, c=True)
    assert made.to_dict() == {"a": "x", "b": 1, "c": True}
    with pytest.raises(TypeError, match="'a' and 'b'"):
        models.Derived()


REFINED = (
    HEAD
    + """
paths: {}
components:
  schemas:
    Animal:
      type: object
      required: [name]
      properties:
        name: {type: string}
        age: {type: [number, 'null']}
        kind: {type: string}
        owner: {type: object, properties: {id: {type: integer}}}
        home: {$ref: '#/components/schemas/Home'}
        twin: {$ref: '#/components/schemas/Home'}
        stays: {type: array, items: {$ref: '#/components/schemas/Home'}}
        names: {type: object, additionalProperties: {type: object, properties: {given: {type: string}}}}
        parent: {$ref: '#/components/schemas/Animal'}
    Home: {type: object, properties: {street: {type: string}}}
    Cat:
      allOf:
      - $ref: '#/components/schemas/Animal'
      - type: object
        properties:
          name: {description: What the cat hears to.}
          age: {type: [integer, 'null'], minimum: 0}
          kind: {enum: [tabby, tiger]}
          owner: {properties: {phone: {type: string}}}
          home: {properties: {floor: {type: integer}}}
          twin: {$ref: '#/components/schemas/Home', description: The other one.}
          stays: {items: {properties: {until: {type: string, format: date}}}}
          names: {additionalProperties: {properties: {nick: {type: string}}}}
          parent: {$ref: '#/components/schemas/Cat'}
"""  # noqa: E501 - one property per line
)


def test_what_refines_a_property_keeps_its_type_and_adds_to_its_object(tmp_path: Path) -> None:
    cat = rendered(REFINED, tmp_path).module("models").Cat
    types = cat.__annotations__
    assert (types["name"], types["age"], types["kind"]) == (
        *("str", "int | None", "models.CatKind | None"),
    )
    assert (types["twin"], types["parent"]) == ("models.Home | None", "models.Cat | None")
    made = cat.from_dict(
        {
            "owner": {"id": 1, "phone": "x"},
            "home": {"street": "s", "floor": 3},
            "stays": [{"street": "t", "until": "2026-01-02"}],
            "names": {"x": {"given": "a", "nick": "b"}},
            "parent": {"parent": {"owner": {"id": 2, "phone": "y"}}},
        }
    )
    assert (made.owner.id, made.owner.phone) == (1, "x")
    assert (made.home.street, made.home.floor) == ("s", 3)
    assert (made.stays[0].street, made.stays[0].until) == ("t", datetime.date(2026, 1, 2))
    assert (made.names["x"].given, made.names["x"].nick) == ("a", "b")
    assert (made.parent.parent.owner.id, made.parent.parent.owner.phone) == (2, "y")


BESIDE_REFERENCES = (
    HEAD
    + """
paths:
  /orders:
    post:
      operationId: order
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses: {'204': {description: OK}}
components:
  schemas:
    Id: {type: string, readOnly: true}
    Text: {type: string}
    Size: {type: integer, minimum: 1}
    Base: {type: object, properties: {note: {type: string}}}
    Order:
      $ref: '#/components/schemas/Base'
      required: [id, made, key, size]
      properties:
        id: {$ref: '#/components/schemas/Id'}
        made: {$ref: '#/components/schemas/Text', readOnly: true}
        key: {$ref: '#/components/schemas/Text', writeOnly: true, format: password}
        size: {$ref: '#/components/schemas/Size', maximum: 5}
"""  # noqa: E501 - one schema per line
)


def test_what_stands_beside_a_reference_or_behind_it_counts(tmp_path: Path) -> None:
    package = rendered(BESIDE_REFERENCES, tmp_path)
    order = package.module("models").Order
    assert order.REQUIRED == ("key", "size")
    assert order.__annotations__["key"] == "str | None"
    assert "s3cret" not in repr(order(key="s3cret", size=1))
    body = package.request("orders.order", key="k", size=5, note="n").body
    assert json.loads(body.content) == {"key": "k", "size": 5, "note": "n"}
    with pytest.raises(ValueError, match="size must be from 1 to 5"):
        package.request("orders.order", key="k", size=6)
    for name in ("id", "made"):
        with pytest.raises(TypeError, match=name):
            package.request("orders.order", key="k", size=5, **{name: "x"})


def test_parts_that_contain_themselves_and_the_whole_come_to_an_end(tmp_path: Path) -> None:
    schemas = """
paths: {}
components:
  schemas:
    Left: {type: object, properties: {link: {$ref: '#/components/schemas/Left'}, l: {type: string}, all: {$ref: '#/components/schemas/Both'}}}
    Right: {type: object, properties: {link: {$ref: '#/components/schemas/Right'}, r: {type: string}, all: {$ref: '#/components/schemas/Right'}}}
    Both: {allOf: [{$ref: '#/components/schemas/Left'}, {$ref: '#/components/schemas/Right'}, {properties: {link: {properties: {b: {type: string}}}}}]}
"""  # noqa: E501 - one schema per line
    both = rendered(HEAD + schemas, tmp_path).module("models").Both
    inner = both.from_dict({"link": {"link": {"link": {"l": "x", "r": "y"}}, "b": "z"}}).link
    assert (inner.b, inner.link.link.l, inner.link.link.r) == ("z", "x", "y")


def test_a_summary_beside_a_reference_makes_no_other_class(tmp_path: Path) -> None:
    schemas = """
paths: {}
components:
  schemas:
    Part: {type: object, properties: {n: {type: integer}}}
    Base: {type: object, properties: {part: {$ref: '#/components/schemas/Part'}}}
    Told: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {part: {$ref: '#/components/schemas/Part', summary: One.}}}]}
"""  # noqa: E501 - one schema per line
    models = rendered(HEAD + schemas, tmp_path).module("models")
    assert models.__all__ == ["Base", "Part", "Told"]
    assert models.Told.from_dict({"part": {"n": 1}}).part == models.Part(n=1)


def test_models_may_contain_themselves(models: Any) -> None:
    data = {"self": {"self": {"first": {"parent": {"first": {"n": 1}}}}}}
    made = models.Whole.from_dict(data)
    assert made.self.self.first.parent.first.n == 1
    assert made.to_dict() == data
    again = {"a": "x", "again": {"a": "y"}}
    assert models.Refined.from_dict(again).again == models.Refined(a="y")
    assert models.Cycle(a="x").to_dict() == {"a": "x"}
    knot = models.Knot.from_dict({"inner": {"inner": {"extra": 1}}})
    assert knot.inner.inner.extra == 1
    bags = models.Bags.from_dict({"bag": {"a": {"b": {}}}, "rows": [[[]]]})
    assert (bags.bag, bags.rows) == ({"a": {"b": {}}}, [[[]]])
    assert models.First(a=1, b=2).to_dict() == {"b": 2, "a": 1}


def test_classes_are_made_of_objects_and_enumerations_only(models: Any) -> None:
    names = {"Everything", "Required", "Part", "Whole", "Base", "Derived", "Refined", "Upload"}
    names |= {"Knot", "KnotInner", "Bags", "First", "Second"}
    names |= {"Odd", "Cycle", "Kind", "Level", "EverythingInline"}
    assert set(models.__all__) == names
    assert set(dir(models)) >= names
    with pytest.raises(AttributeError, match="Word"):
        models.Word  # noqa: B018
    assert models.__all__ == sorted(names)


def test_files_stay_files_in_parts(models: Any, package: Package) -> None:
    file = package.module("types").File(b"\xff", "x.jpg", "image/jpeg")
    made = models.Upload(file=file, files=[b"\xff", file])
    assert made.to_parts() == {"file": file, "files": [b"\xff", file]}


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.sampled_from(["2026-01-02", "2026-01-02T03:04:05Z", "1", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from([*WHOLE, "n", "first", "self", "parent"])


@given(data=st.dictionaries(FIELDS | st.text(), json_values, max_size=8))
def test_no_json_object_is_refused(models: Any, data: dict[str, object]) -> None:
    for name in ("Everything", "Whole", "Odd", "Derived"):
        made = getattr(models, name).from_dict(data)
        assert made.raw is data
        unknown = set(made.additional_properties)
        assert unknown <= set(data)


parts = st.fixed_dictionaries({}, optional={"n": st.integers()})
well_typed = st.fixed_dictionaries(
    {},
    optional={
        "id": st.text(),
        "count": st.integers(),
        "share": st.floats(allow_nan=False, allow_infinity=False),
        "open": st.booleans(),
        "day": st.dates().map(datetime.date.isoformat),
        "kind": st.text(),
        "names": st.lists(st.text()),
        "grid": st.lists(st.lists(st.integers())),
        "parts": st.lists(parts),
        "by-name": st.dictionaries(st.text(), parts),
        "either": st.text() | st.integers(),
        "part": parts,
        "new": st.text() | st.integers() | st.lists(st.booleans()),
    },
)


@given(data=well_typed)
def test_well_typed_data_survives_reading_and_writing(models: Any, data: dict[str, object]) -> None:
    made = models.Everything.from_dict(data)
    assert made.to_dict() == data
    assert models.Everything.from_dict(made.to_dict()) == made
