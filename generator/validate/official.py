"""Checks the spec against the official schema of OpenAPI 3.1."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from referencing import Registry, Resource

from generator.document import Map, copied_map
from generator.findings import Finding, Keys, quoted
from generator.grammar import OPENAPI, PROSE, walk

from .spec import Spec

_Errors: TypeAlias = Iterable[ValidationError]
_EXTRA = "unevaluatedProperties"
_ALTERNATIVES = ("oneOf", "anyOf", "allOf")
_NOTED = "noted"
_CODES = {
    "type": "value-type",
    "enum": "value-choice",
    "const": "value-choice",
    "minProperties": "entries-missing",
    "not": "fields-exclusive",
    **dict.fromkeys(_ALTERNATIVES, "fields-exclusive"),
}


def _outline(root: Map) -> Map:
    """Return a copy of the spec without what the official schema lets pass in any case.

    That is all there is in schemas, in extensions and in prose, and the names of parameters that
    are not in the path. What is left is the same in many places.
    """
    outline = copied_map(root)
    for what, _, node in walk(OPENAPI, outline):
        if what == "schema":
            node.clear()
        for key in list(node):
            if key.startswith("x-"):
                del node[key]
            elif key in PROSE and isinstance(node[key], str):
                node[key] = ""
        if what == "parameter" and "name" in node and node.get("in") != "path":
            node["name"] = ""
    return outline


def check(spec: Spec, known: Sequence[Finding]) -> list[Finding]:
    """Where the spec departs from the official schema, leaving out what is known already."""
    errors = list(_validator().iter_errors(cast(Any, _outline(spec.root))))
    found = [_finding(spec, error) for error in errors if error.validator != _EXTRA]
    taken = {finding.at for finding in known}
    fresh = [finding for finding in found if finding.at not in taken]
    reasons = taken | {finding.at for finding in found}
    extra = [error for error in errors if error.validator == _EXTRA]
    return fresh + [each for error in extra for each in _unexpected(spec, error, reasons)]


@cache
def _validator() -> Validator:
    """Return a validator that looks at what is written in many places once only.

    It remembers that while the process runs: a draft checks nearly the same spec again and again.
    """
    check_reference = Draft202012Validator.VALIDATORS["$ref"]
    passed: set[tuple[str, str]] = set()

    def remembered(
        validator: Validator, ref: str, instance: object, schema: Mapping[str, object]
    ) -> _Errors:
        key = (ref, repr(instance))
        if key in passed:
            return []
        errors = list(check_reference(validator, ref, instance, schema))
        if not errors:
            passed.add(key)
        return errors

    extended = extend(  # type: ignore[no-untyped-call]
        Draft202012Validator,
        {"$ref": remembered, "required": _required, _EXTRA: _unevaluated, _NOTED: _noted},
    )
    schema = _schema()
    # Looked through once: the library does so again for each reference otherwise.
    registry = (Resource.from_contents(schema) @ Registry()).crawl()
    return cast(Validator, extended(schema, registry=registry))


def _schema() -> dict[str, Any]:
    """Read the official schema out of openapi-spec-validator.

    Importing that package, with all that it imports, takes a sixth of a run.
    """
    package = find_spec("openapi_spec_validator")
    assert package is not None
    assert package.origin is not None
    path = Path(package.origin).with_name("resources") / "schemas" / "v3.1" / "schema.json"
    return cast(dict[str, Any], json.loads(path.read_text("utf-8")))


def _required(_: Validator, names: list[str], instance: object, __: object) -> _Errors:
    """As the library does it, with the name of what is missing as the value of the error."""
    if isinstance(instance, dict):
        for name in names:
            if name not in instance:
                yield ValidationError("", validator_value=[name])


def _unevaluated(
    validator: Validator, _: object, instance: object, schema: Mapping[str, object]
) -> _Errors:
    """As the library does it, with the keys that nothing allows as the value of the error."""
    noted: list[ValidationError] = []
    list(Draft202012Validator.VALIDATORS[_EXTRA](validator, {_NOTED: noted}, instance, schema))
    if noted:
        yield ValidationError("", validator_value=[error.path[0] for error in noted])


def _noted(_: Validator, noted: list[ValidationError], __: object, ___: object) -> _Errors:
    """Return a keyword that refuses everything, and notes where it was asked."""
    noted.append(ValidationError(""))
    return noted[-1:]


def _finding(spec: Spec, error: ValidationError) -> Finding:
    if error.validator in _ALTERNATIVES and error.context:
        missing = [inner for inner in error.context if inner.validator == "required"]
        if missing and error.validator != "allOf":
            code = "field-choice" if missing == error.context else "field-choice-several"
            fields = [name for inner in missing for name in _texts(inner.validator_value)]
            return _departure(spec, error, code, fields=fields)
        return _finding(spec, best_match(error.context) or error)
    values = _texts(error.validator_value)
    found = error.instance
    if error.validator == "pattern" and isinstance(found, str):
        is_name = "propertyNames" in error.absolute_schema_path
        code, below = ("name-pattern", (found,)) if is_name else ("value-pattern", ())
        return _departure(spec, error, code, below, expected=values[0], found=found)
    if error.validator == "required":
        return _departure(spec, error, "field-missing", field=values[0])
    code = _CODES.get(str(error.validator), "standard")
    return _departure(spec, error, code, expected=values, found=found, reason=error.message)


def _departure(
    spec: Spec, error: ValidationError, code: str, below: Keys = (), **values: object
) -> Finding:
    at = tuple(error.absolute_path)
    place = (*at, *below)
    finding = Finding(spec.position(place), code, owner=_what(spec, at), **values)
    return finding.placed(place).advised("see-standard")


def _texts(value: object) -> list[str]:
    return [str(item) for item in (value if isinstance(value, list) else [value])]


def _unexpected(spec: Spec, error: ValidationError, reasons: set[Keys]) -> Iterator[Finding]:
    """Yield the fields that an object should not have.

    The official schema finds every field of an object superfluous that it looks at in another
    light: a `style`, say, where it misses the schema. Once a reason is named that is noise.
    """
    at = tuple(error.absolute_path)
    what = spec.kinds.get(tuple(map(str, at)), "")
    excused = any(other[: len(at)] == at for other in reasons)
    fields = {"example", *OPENAPI.get(what, {})} if excused else set()
    for key in _texts(error.validator_value):
        place = (*at, key)
        if place not in reasons and key not in fields:
            yield spec.finding("field-unknown", place, field=key, owner=_what(spec, at))


def _what(spec: Spec, at: Keys) -> str:
    keys = tuple(map(str, at))
    length = next(each for each in range(len(at), -1, -1) if keys[:each] in spec.kinds)
    what = spec.kinds[keys[:length]]
    inner = "".join(f" {quoted(key)} of" for key in reversed(at[length:]))
    place = f" of {spec.describe(at)}" if what != "document" else ""
    return f"{inner.strip()} the {what}{place}".strip()
