"""Checks the spec against the official schema of OpenAPI 3.1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from openapi_spec_validator.schemas import schema_v31

from generator.findings import kind
from generator.grammar import OPENAPI

from .outline import outline
from .spec import Keys, Problem, Spec, quoted, shown

_Errors: TypeAlias = Iterable[ValidationError]
_EXTRA = "unevaluatedProperties"
_ALTERNATIVES = ("oneOf", "anyOf", "allOf")
_STANDARD = "See https://spec.openapis.org/oas/v3.1.0 for what belongs there."


def check(spec: Spec, known: Sequence[Problem]) -> list[Problem]:
    """Where the spec departs from the official schema, leaving out what is known already."""
    errors = list(_validator().iter_errors(cast(dict[str, Any], outline(spec.root))))
    problems = [_problem(spec, error) for error in errors if error.validator != _EXTRA]
    taken = {problem.at for problem in known}
    fresh = [problem for problem in problems if problem.at not in taken]
    reasons = taken | {problem.at for problem in problems}
    for error in errors:
        if error.validator == _EXTRA:
            fresh += _unexpected(spec, error, reasons)
    return fresh


def _validator() -> Validator:
    """A validator that looks at what is written in many places once only."""
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

    extended = extend(Draft202012Validator, {"$ref": remembered})  # type: ignore[no-untyped-call]
    return cast(Validator, extended(dict(schema_v31)))


def _problem(spec: Spec, error: ValidationError) -> Problem:
    at = tuple(error.absolute_path)
    if error.validator in _ALTERNATIVES and error.context:
        fields = [name for inner in error.context for name in _required(inner)]
        if fields and error.validator != "allOf":
            text = f"expected {' or '.join(fields)} in {_what(spec, at)}, found"
            several = not all(inner.validator == "required" for inner in error.context)
            return Problem(at, f"{text} {'several' if several else 'none'} of them", _STANDARD)
        return _problem(spec, best_match(error.context) or error)
    if error.validator == "pattern" and isinstance(error.instance, str):
        return _misspelled(spec, error, at)
    return Problem(at, f"{_fault(error)} in {_what(spec, at)}", _STANDARD)


def _misspelled(spec: Spec, error: ValidationError, at: Keys) -> Problem:
    text = f"expected a text that matches {error.validator_value}, found {quoted(error.instance)}"
    if "propertyNames" in error.absolute_schema_path:
        return Problem((*at, str(error.instance)), f"{text} as a name", _STANDARD)
    return Problem(at, f"{text} in {_what(spec, at)}", _STANDARD)


def _required(error: ValidationError) -> list[str]:
    return _texts(error.validator_value) if error.validator == "required" else []


def _fault(error: ValidationError) -> str:
    found = error.instance
    values = _texts(error.validator_value)
    if error.validator == "required":
        missing = [name for name in values if error.message.startswith(repr(name))]
        return f"expected the field {', '.join(missing)}, found none"
    if error.validator == "type":
        return f"expected a value of type {' or '.join(values)}, found {kind(found)}"
    if error.validator in ("enum", "const"):
        return f"expected {' or '.join(values)}, found {quoted(found)}"
    if error.validator == "minProperties":
        return "expected at least one entry, found none"
    if error.validator in ("not", *_ALTERNATIVES):
        return "found fields that exclude each other"
    return f"the official schema of OpenAPI 3.1 says: {shown(error.message)}"


def _texts(value: object) -> list[str]:
    return [str(item) for item in (value if isinstance(value, list) else [value])]


def _unexpected(spec: Spec, error: ValidationError, reasons: set[Keys]) -> Iterator[Problem]:
    """The fields that an object should not have.

    The official schema finds every field of an object superfluous that it looks at in another
    light: a `style`, say, where it misses the schema. Once a reason is named that is noise.
    """
    at = tuple(error.absolute_path)
    what = spec.kinds.get(tuple(map(str, at)), "")
    excused = any(other[: len(at)] == at for other in reasons)
    for key in _superfluous(error):
        place = (*at, key)
        if place in reasons or (excused and _is_field(what, key)):
            continue
        text = f"{quoted(key)} is no field of {_what(spec, at)}"
        yield Problem(place, text, spec.remove(place))


def _superfluous(error: ValidationError) -> list[str]:
    keys = error.instance if isinstance(error.instance, dict) else {}
    return [key for key in keys if re.search(rf"(\(|, ){re.escape(repr(key))}[ ,]", error.message)]


def _is_field(what: str, key: str) -> bool:
    """Whether objects of a kind may have a field, whatever else they have."""
    return key == "example" or key in OPENAPI.get(what, {})


def _what(spec: Spec, at: Keys) -> str:
    for length in range(len(at), -1, -1):
        what = spec.kinds.get(tuple(map(str, at[:length])), "")
        if what:
            inner = "".join(f" {quoted(key)} of" for key in reversed(at[length:]))
            place = f" of {spec.describe(at)}" if what != "document" else ""
            return f"{inner.strip()} the {what}{place}".strip()
    return "the document"
