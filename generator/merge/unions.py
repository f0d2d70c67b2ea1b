"""Makes one operation of two that a server cannot tell apart, since their paths are one to it.

Their union takes all that either takes, and returns all that either returns: what only one of them
has is optional, a type is either of both, a bound is the wider one. Texts stand side by side.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.document import Map, Node, Seq, copied, copied_map
from generator.grammar import PROSE

from .equality import BOUNDS, default, is_narrower, meaning, media_type, normal_text, rough
from .fold import united
from .occurrences import Home, Side, object_of, parameter_name, text_of

_ALIKE = ("servers", "x-effect")
_STYLE = ("style", "explode", "allowReserved", "allowEmptyValue")
_ASIDE = {*PROSE, *BOUNDS, "default", "example", "examples"}


class NoUnionError(Exception):
    """No operation is what both are; the message is the field in which they differ."""


class Unions:
    """Makes unions of what stands in a document."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def operation(self, one: Map, other: Map) -> Map:
        """Return the union of two operations; its name and form are those of the first.

        Raises:
            NoUnionError: They contradict each other, so that no operation stands for both.
        """
        _demand(one, other, _ALIKE, "operation")
        result = _both(one, other)
        tagged = [Side(self._home, each.seq("tags"), ()) for each in (one, other)]
        result["tags"], _ = united(tagged)
        result["parameters"] = self._parameters(one, other)
        if "requestBody" in one and "requestBody" in other:
            result["requestBody"] = self._either(one.map("requestBody"), other.map("requestBody"))
        elif "requestBody" in result:
            result["requestBody"] = self._optional(result.map("requestBody"))
        self._put_responses(result, one.map("responses"), other.map("responses"))
        options = {rough(each): each for node in (one, other) for each in self._security(node)}
        if len(options) > min(len(self._security(each)) for each in (one, other)):
            result["security"] = Seq(options.values(), position=one.position)
        for key in ("tags", "parameters", "responses"):
            if not result[key] and key not in one:
                del result[key]
        return result

    def _security(self, operation: Map) -> Sequence[Node]:
        """The alternatives of credentials; an empty one if it takes none."""
        holder = operation if "security" in operation else self._home.root
        return holder.seq("security") or [Map(position=operation.position)]

    def _parameters(self, one: Map, other: Map) -> Seq:
        first, second = self._named(one), self._named(other)
        found = (
            self._either(first[name], second[name], _STYLE)
            if name in first and name in second
            else self._optional({**second, **first}[name])
            for name in {**first, **second}
        )
        return Seq(found, position=one.position_of("parameters"))

    def _named(self, operation: Map) -> dict[tuple[str, ...], Map]:
        listed = reversed(list(operation.seq("parameters").maps()))
        named = {parameter_name(Side(self._home, each, ())): each for each in listed}
        return dict(reversed(named.items()))

    def _either(self, one: Map, other: Map, alike: Sequence[str] = ()) -> Map:
        """The union of two parameters (in which some fields must be alike), bodies or responses."""
        if rough(one) == rough(other):
            return copied_map(one)
        one, other = self._reached(one), self._reached(other)
        _demand(one, other, alike, "parameter")
        if alike and ("content" in one) != ("content" in other):
            raise NoUnionError("content")
        result = self._valued(one, other)
        for key in {"headers", "links"} & result.keys():
            result[key] = _both(one.map(key), other.map(key))
        return result

    def _valued(self, one: Map, other: Map) -> Map:
        """The union of two objects that have a schema, or one for each media type."""
        result = _both(one, other)
        if "schema" in result:
            result["schema"] = self._schema(one.get("schema"), other.get("schema"))
        if "content" in result:
            result["content"] = self._content(one.map("content"), other.map("content"))
        return result

    def _optional(self, node: Map) -> Map:
        """A parameter or a body that only one of the operations has."""
        found = object_of(self._home, node)
        if found is None or found.get("required") is not True or found.get("in") == "path":
            return copied_map(node)
        result = copied_map(found)
        del result["required"]
        return result

    def _put_responses(self, result: Map, one: Map, other: Map) -> None:
        """Put those of both; in a success of both, one may have a body where the other has none."""
        result["responses"] = responses = _both(one, other)
        for status in sorted(one.keys() & other.keys()):
            if not status.startswith("x-"):
                pair = one.map(status), other.map(status)
                responses[status] = self._either(*pair)
                full = {bool((object_of(self._home, each) or each).get("content")) for each in pair}
                if status.startswith("2") and len(full) > 1:
                    result["x-may-be-empty"] = True

    def _content(self, one: Map, other: Map) -> Map:
        result, names = copied_map(one), {media_type(name): name for name in one}
        for name, media in other.maps():
            known = names.get(media_type(name))
            if known is None:
                result.put(name, copied(media))
            elif rough(one[known]) != rough(media):
                _demand(one.map(known), media, ("encoding",), "media type")
                result[known] = self._valued(one.map(known), media)
        return result

    def _schema(self, one: Node, other: Node) -> Node:
        """A schema that lets pass whatever either does; what says nothing is no type at all."""
        if rough(one) == rough(other) or not other or other is True:
            return copied(one)
        if not one or one is True:
            return copied(other)
        if isinstance(one, Map) and isinstance(other, Map) and _form(one) == _form(other):
            return _wider(one, other)
        options = {rough(each): copied(each) for node in (one, other) for each in _options(node)}
        position = one.position if isinstance(one, Map) else self._home.root.position
        return Map({"anyOf": Seq(options.values(), position=position)}, position=position)

    def _reached(self, node: Map) -> Map:
        found = object_of(self._home, node)
        if found is None:
            raise NoUnionError("$ref")
        return found


def _demand(one: Map, other: Map, keys: Sequence[str], what: str) -> None:
    for key in keys:
        first, second = (each.get(key, default(what, key, each)) for each in (one, other))
        if meaning(first) != meaning(second):
            raise NoUnionError(key)


def _both(one: Map, other: Map) -> Map:
    """All fields of two objects: texts together, of other fields those of the first."""
    result = copied_map(one)
    for key, value in other.items():
        if key not in one:
            result.put(key, copied(value), other.position_of(key))
        elif key in PROSE:
            result[key] = _texts(one.text(key), other.text(key), key)
    for key in ("required", "deprecated"):
        if isinstance(result.get(key), bool) and not (one.get(key) is other.get(key) is True):
            del result[key]
    return result


def _texts(one: str, other: str, key: str) -> str:
    if normal_text(other) in normal_text(one):
        return one
    if normal_text(one) in normal_text(other):
        return other
    return ("\n\n" if key == "description" else "; ").join((one.strip(), other.strip()))


def _form(schema: Map) -> str:
    return text_of(meaning({key: schema[key] for key in schema if key not in _ASIDE}))


def _wider(one: Map, other: Map) -> Map:
    """One of two schemas that differ in their bounds and prose alone, with the wider bounds."""
    result = _both(one, other)
    for key in {*BOUNDS, "default"} & result.keys():
        first, second = one.get(key), other.get(key)
        if is_narrower(key, first, second):
            result[key] = second
        elif first != second and not is_narrower(key, second, first):
            del result[key]
    return result


def _options(schema: Node) -> Sequence[Node]:
    alone = isinstance(schema, Map) and schema.keys() == {"anyOf"}
    return schema.seq("anyOf") if alone and isinstance(schema, Map) else [schema]
