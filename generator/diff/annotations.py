"""Writes types as the generated client does."""

from __future__ import annotations

from generator.client.prose import alternatives
from generator.client.shapes import Lowered
from generator.render.views import Operation, Views

from .shapes import key_of

_SCALARS = {"integer": "int", "number": "float", "boolean": "bool", "string": "str"}
_DATES = {"date": "datetime.date", "date-time": "datetime.datetime"}


class Annotations:
    """Writes the lowered types of one spec."""

    def __init__(self, classes: dict[str, Lowered], views: Views) -> None:
        self._classes = classes
        self._views = views

    def argument(self, lowered: object) -> str:
        """The type of an argument, but for the None of one that may be left out."""
        return self._text(lowered, "object", True, "bytes")

    def field(self, lowered: object) -> str:
        """The type of a field of a model."""
        text = self._text(lowered, "types.JSON", False, "bytes | types.File")
        return text if text == "types.JSON" else f"{text} | None"

    def answer(self, operation: Operation, answers: list[object]) -> str:
        """What a method returns, from the lowered types of its bodies."""
        types = [self._text(lowered, "types.JSON", False, "bytes") for lowered in answers]
        types += ["types.Redirect"] if operation.redirect else []
        if may_be_none(operation):
            types.append("None")
        return alternatives(types)

    def _text(self, lowered: object, anything: str, given: bool, file: str) -> str:
        schema = lowered if isinstance(lowered, dict) else {}
        if options := schema.get("anyOf"):
            return alternatives(self._text(item, anything, given, file) for item in options)
        if "$ref" in schema:
            return self._named(key_of(schema), anything, given, file)
        kind, form = str(schema.get("type")), str(schema.get("format"))
        if kind == "array":
            inner = self._text(schema.get("items"), anything, given, file)
            return f"{'collections.abc.Sequence' if given else 'list'}[{inner}]"
        if form == "binary":
            return file
        if form in _DATES:
            return _DATES[form] + (" | str" if given else "")
        return _SCALARS.get(kind, anything)

    def _named(self, key: str, anything: str, given: bool, file: str) -> str:
        model = self._views.models[key]
        if model.mapping:
            values = self._classes[key]["additionalProperties"]
            inner = self._text(values, anything, given, file)
            return f"{'collections.abc.Mapping' if given else 'dict'}[str, {inner}]"
        name = f"models.{model.name}"
        mapping = " | collections.abc.Mapping[str, object]" if given and not model.values else ""
        return name + mapping


def may_be_none(operation: Operation) -> bool:
    """Whether a method may return None."""
    bodies = len(operation.bodies)
    nothing = not bodies and not operation.redirect
    return nothing or operation.may_be_empty or bodies < len(operation.outcomes)
