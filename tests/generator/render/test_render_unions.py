"""Which of several types a response is taken for."""

from __future__ import annotations

import datetime
import logging
from pathlib import Path
from typing import Any

import pytest
from rendering import HEAD, Package, rendered

SPEC = (
    HEAD
    + """
paths: {}
components:
  schemas:
    Holder:
      type: object
      properties:
        pet: {$ref: '#/components/schemas/Pet'}
        friend: {oneOf: [{$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Robot'}], discriminator: {propertyName: species, mapping: {canine: Dog}}}
        vehicle: {$ref: '#/components/schemas/Vehicle'}
        fleet: {type: array, items: {$ref: '#/components/schemas/Vehicle'}}
        owned: {oneOf: [{$ref: '#/components/schemas/Vehicle'}, {$ref: '#/components/schemas/Asset'}, {type: string}]}
        alone: {oneOf: [{$ref: '#/components/schemas/Circle'}], discriminator: {propertyName: kind, mapping: {round: Circle}}}
        same: {oneOf: [{$ref: '#/components/schemas/First'}, {$ref: '#/components/schemas/Second'}]}
        guise: {oneOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Asset'}]}
        shape: {oneOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]}
        fit: {anyOf: [{$ref: '#/components/schemas/Image'}, {$ref: '#/components/schemas/Video'}, {$ref: '#/components/schemas/Asset'}]}
        typed: {anyOf: [{$ref: '#/components/schemas/Counted'}, {$ref: '#/components/schemas/Named'}]}
        wide: {anyOf: [{$ref: '#/components/schemas/Asset'}, {type: array, items: {$ref: '#/components/schemas/Asset'}}, {type: string}, {type: 'null'}]}
        reply: {oneOf: [{$ref: '#/components/schemas/Failed'}, {$ref: '#/components/schemas/Done'}]}
        level: {oneOf: [{$ref: '#/components/schemas/Low'}, {$ref: '#/components/schemas/High'}]}
        id: {oneOf: [{type: integer}, {type: string}]}
        weight: {oneOf: [{type: string}, {type: number}]}
        nested: {anyOf: [{type: array, items: {type: [string, integer]}}, {type: string}, {type: object, additionalProperties: {type: [string, number]}}]}
        lists: {oneOf: [{type: array, items: {type: string}}, {type: array, items: {type: number}}, {type: array, items: {type: [boolean, 'null']}}]}
        maps: {oneOf: [{type: object, additionalProperties: {type: string}}, {type: object, additionalProperties: {type: array, items: {type: integer}}}]}
        depth: {oneOf: [{type: array, items: {type: array, items: {type: string}}}, {type: array, items: {type: array, items: {type: number}}}]}
        days: {oneOf: [{type: array, items: {type: string, format: date}}, {type: array, items: {type: string}}]}
        day: {anyOf: [{type: string, format: date}, {type: string}]}
        when: {anyOf: [{type: string}, {type: string, format: date-time}]}
        size: {oneOf: [{enum: [s, m]}, {type: integer}]}
        single: {oneOf: [{$ref: '#/components/schemas/Asset'}]}
        hole: {oneOf: [{}, {type: string}]}
        inline: {oneOf: [{type: object, properties: {a: {type: integer}}}, {type: object, properties: {b: {type: integer}}}]}
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Bird'}]
      discriminator: {propertyName: petType, mapping: {meow: '#/components/schemas/Cat', purr: Cat, bark: '#/components/schemas/Dog'}}
    Cat: {type: object, properties: {petType: {type: string}, name: {type: string}}}
    Dog: {type: object, properties: {petType: {type: string}, name: {type: string}}}
    Bird: {type: object, properties: {petType: {type: string}, name: {type: string}}}
    Robot: {type: object, required: [species], properties: {species: {type: string}, name: {type: string}}}
    Vehicle: {type: object, required: [kind], properties: {kind: {type: string}, wheels: {type: integer}}, discriminator: {propertyName: kind, mapping: {lorry: '#/components/schemas/Truck', Van: Van}}}
    Car: {allOf: [{$ref: '#/components/schemas/Vehicle'}, {type: object, properties: {doors: {type: integer}}}]}
    Convertible: {allOf: [{$ref: '#/components/schemas/Car'}, {type: object, properties: {roof: {type: string}}}]}
    Truck: {allOf: [{$ref: '#/components/schemas/Vehicle'}, {type: object, properties: {load: {type: number}}}]}
    Van: {type: object, required: [kind], properties: {kind: {type: string}, seats: {type: integer}}}
    Failed: {type: object, required: [ok], properties: {ok: {const: false}, note: {type: string}}}
    Done: {type: object, required: [ok], properties: {ok: {type: boolean, enum: [true]}, note: {type: string}}}
    Low: {type: object, required: [level], properties: {level: {const: 1}}}
    High: {type: object, required: [level], properties: {level: {const: 2}}}
    Circle: {type: object, properties: {kind: {const: circle}, size: {type: integer}}}
    Square: {type: object, properties: {kind: {type: string, enum: [square]}, size: {type: integer}}}
    Image: {type: object, required: [id, width], properties: {id: {type: string}, width: {type: integer}}}
    Video: {type: object, required: [id, length], properties: {id: {type: string}, length: {type: integer}}}
    Asset: {type: object, required: [id], properties: {id: {type: string}}}
    First: {type: object, properties: {version: {const: v1}, a: {type: string}}}
    Second: {type: object, properties: {version: {const: v1}, b: {type: string}}}
    Counted: {type: object, properties: {value: {type: integer}}}
    Named: {type: object, properties: {value: {type: string}}}
"""  # noqa: E501 - one operation or schema per line
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return rendered(SPEC, tmp_path_factory.mktemp("unions"))


@pytest.fixture(scope="module")
def models(package: Package) -> Any:
    return package.module("models")


@pytest.mark.parametrize(
    ("field", "sent", "expected"),
    [
        ("pet", {"petType": "bark", "name": "x"}, "Dog"),
        ("pet", {"petType": "purr"}, "Cat"),
        ("pet", {"petType": "meow"}, "Cat"),
        ("pet", {"petType": "Bird"}, "Bird"),
        ("friend", {"species": "canine", "name": "x"}, "Dog"),
        ("friend", {"species": "Robot"}, "Robot"),
        ("friend", {"petType": "bark"}, "Dog"),
        ("vehicle", {"kind": "Car", "doors": 2}, "Car"),
        ("vehicle", {"kind": "Convertible", "roof": "x"}, "Convertible"),
        ("vehicle", {"kind": "lorry"}, "Truck"),
        ("vehicle", {"kind": "Vehicle"}, "Vehicle"),
        ("vehicle", {"kind": "Van"}, "Van"),
        ("owned", {"kind": "lorry"}, "Truck"),
        ("owned", {"id": "1"}, "Asset"),
        ("alone", {"kind": "round"}, "Circle"),
        ("same", {"version": "v1", "b": "x"}, "Second"),
        ("guise", {"kind": "circle", "id": "1"}, "Circle"),
        ("guise", {"kind": "other", "id": "1"}, "Asset"),
        ("shape", {"kind": "square", "size": 1}, "Square"),
        ("shape", {"kind": "circle", "size": 1}, "Circle"),
        ("reply", {"ok": True, "note": "x"}, "Done"),
        ("reply", {"ok": False, "note": "x"}, "Failed"),
        ("level", {"level": 1}, "Low"),
        ("level", {"level": 2}, "High"),
        ("fit", {"id": "1", "width": 2}, "Image"),
        ("fit", {"id": "1", "length": 2}, "Video"),
        ("fit", {"id": "1"}, "Asset"),
        ("typed", {"value": "text"}, "Named"),
        ("typed", {"value": 5}, "Counted"),
        ("wide", {"id": "1"}, "Asset"),
        ("single", {"id": "1"}, "Asset"),
        ("inline", {"a": 1}, "HolderInlineOption1"),
        ("inline", {"b": 1}, "HolderInlineOption2"),
    ],
)
def test_of_several_models_the_one_that_fits_best_is_taken(
    models: Any, caplog: pytest.LogCaptureFixture, field: str, sent: object, expected: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        made = getattr(models.Holder.from_dict({field: sent}), field)
    assert type(made).__name__ == expected
    assert made.raw == sent
    assert not caplog.records  # the models that were only tried out say nothing


@pytest.mark.parametrize(
    ("field", "sent", "expected"),
    [
        ("id", 5, 5),
        ("id", "5", "5"),
        ("id", 5.0, 5),
        ("wide", "x", "x"),
        ("wide", None, None),
        ("nested", ["a", 1], ["a", 1]),
        ("nested", {"x": 1.5, "y": "z"}, {"x": 1.5, "y": "z"}),
        ("nested", "x", "x"),
        ("nested", {"x": 1}, {"x": 1.0}),
        ("weight", 1, 1.0),
        ("weight", 1.5, 1.5),
        ("weight", "1", "1"),
        ("lists", [1.5], [1.5]),
        ("lists", [1, 2.5], [1.0, 2.5]),
        ("lists", ["a", 1.5], ["a", "1.5"]),
        ("lists", [True, None], [True, None]),
        ("lists", ["a", None], ["a"]),
        ("maps", {"a": [1]}, {"a": [1]}),
        ("maps", {"a": "1"}, {"a": "1"}),
        ("depth", [["a"]], [["a"]]),
        ("depth", [[], [1.5]], [[], [1.5]]),
        ("days", ["2020-02-03"], [datetime.date(2020, 2, 3)]),
        ("days", ["2020-02-03", "soon"], ["2020-02-03", "soon"]),
        ("day", "soon", "soon"),
        ("day", "20200203", "20200203"),
        ("days", ["20200203"], ["20200203"]),
        ("when", "20200203", "20200203"),
        ("when", "20200203T040506", "20200203T040506"),
        (
            "when",
            "2020-02-03T04:05:06Z",
            datetime.datetime(2020, 2, 3, 4, 5, 6, tzinfo=datetime.UTC),
        ),
        ("size", "xl", "xl"),
        ("size", 3, 3),
        ("hole", {"a": None}, {"a": None}),
    ],
)
def test_values_keep_the_type_that_they_came_in(
    models: Any, field: str, sent: object, expected: object
) -> None:
    made = getattr(models.Holder.from_dict({field: sent}), field)
    assert made == expected
    assert type(made) is type(expected)


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("pet", {"petType": "other", "name": "x"}),
        ("pet", {"petType": ["bark"]}),
        ("friend", {"species": "Dog"}),
        ("vehicle", {"kind": "tram", "wheels": 8}),
        ("vehicle", {"wheels": 4}),
        ("shape", {"kind": "star", "size": 1}),
        ("alone", {"kind": "circle"}),
        ("level", {"level": 3}),
    ],
)
def test_an_object_of_an_unknown_kind_stays_a_mapping_and_is_reported_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, field: str, sent: object
) -> None:
    models = rendered(SPEC, tmp_path).module("models")
    with caplog.at_level(logging.DEBUG):
        made = [getattr(models.Holder.from_dict({field: sent}), field) for _ in range(2)]
    assert made == [sent, sent]
    assert len(caplog.records) == 1


def test_one_object_of_an_unknown_kind_costs_no_other_in_a_list(models: Any) -> None:
    made = models.Holder.from_dict({"fleet": [{"kind": "Car"}, {"kind": "tram"}]}).fleet
    assert [type(item).__name__ for item in made] == ["Car", "dict"]


def test_unions_name_each_type_once(models: Any) -> None:
    annotations = models.Holder.__annotations__
    assert annotations["id"] == "int | str | None"
    assert annotations["wide"] == "models.Asset | list[models.Asset] | str | None"
    assert annotations["nested"] == "list[int | str] | dict[str, float | str] | str | None"
    assert annotations["single"] == "models.Asset | None"
    assert annotations["alone"] == "models.Circle | dict[str, types.JSON] | None"
    assert annotations["vehicle"] == (
        "models.Vehicle | models.Car | models.Truck | models.Convertible | models.Van"
        " | dict[str, types.JSON] | None"
    )
    assert annotations["hole"] == "types.JSON"


def test_a_required_null_of_the_model_taken_is_reported(
    models: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        made = models.Holder.from_dict({"fit": {"id": "1", "width": None}}).fit
    assert (type(made).__name__, made.width) == ("Image", None)
    (record,) = caplog.records
    assert "Image.width is required" in record.getMessage()


def test_an_odd_field_of_the_model_taken_is_reported_once(
    models: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        data = {"fit": {"id": "1", "width": "wide"}}
        made = [models.Holder.from_dict(data).fit for _ in range(2)][-1]
    assert (type(made).__name__, made.width) == ("Image", None)
    assert [record.getMessage()[:11] for record in caplog.records] == ["Image.width"]
