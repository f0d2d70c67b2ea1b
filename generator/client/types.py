"""The types of the generated client: how each is written, read and checked.

A new scalar type is an entry of `FORMATS`, a decoder in `templates/_decoding.py`, a spelling in
`templates/_encoding.py`, and its module in `_IMPORTS` and among the names that `names.py`
reserves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from itertools import chain


@dataclass(frozen=True, slots=True)
class Type:
    """A type. Two are equal if callers can tell no difference, whatever the order of a union."""

    kind: str
    """`list`, `dict`, `union`, `model`, `values` (an enumeration), `nullable`, or the name of a
    scalar type."""
    name: str = ""
    """The name of the class, if it has one."""
    members: frozenset[Type] = frozenset()
    """What a list or dictionary holds, the alternatives of a union, or what may be null."""
    given: str = field(default="", compare=False)
    """Its annotation as the type of an argument, which takes more than responses contain."""
    returned: str = field(default="", compare=False)
    """Its annotation as the type of a response."""
    held: str = field(default="", compare=False)
    """Its annotation as the type of a field, but for the None that each field may be."""
    decoder: str = field(default="", compare=False)
    """What turns the JSON of a response into it."""
    field_decoder: str = field(default="", compare=False)
    """What turns the JSON of a field into it."""
    check: str = field(default="", compare=False)
    """The function of `_encoding` that checks an argument; empty if nothing is checked."""
    exact: str = field(default="", compare=False)
    """The Python type of its JSON, if any value of that type is of this type as it stands."""
    options: tuple[Type, ...] = field(default=(), compare=False)
    """The members in their order."""
    ranked: tuple[Type, ...] = field(default=(), compare=False)
    """The members of a union in the order in which reading tries them, where no tag decides."""
    tag: str = field(default="", compare=False)
    """The property whose value identifies the member of a union; empty without such a property."""
    tagged: tuple[tuple[str | int, Type], ...] = field(default=(), compare=False)
    """Each known value of that property, with the member that it stands for."""

    @property
    def alternatives(self) -> frozenset[Type]:
        """The members of a union, or the type itself."""
        if self.kind == "nullable":
            return self.options[0].alternatives | {NONE}
        return self.members if self.kind == "union" else frozenset({self})

    def classes(self) -> set[str]:
        """Return the names of the classes that it is made of."""
        return ({self.name} - {""}).union(*(member.classes() for member in self.members))


def _type(kind: str, annotation: str, decoder: str) -> Type:
    """Return a type that is written and read alike wherever it stands."""
    return Type(
        kind,
        given=annotation,
        returned=annotation,
        held=annotation,
        decoder=f"_decoding.{decoder}",
        field_decoder=f"_decoding.{decoder}",
    )


def _json(name: str, decoder: str, check: str) -> Type:
    """Return a scalar type that JSON has too."""
    return replace(_type(name, name, decoder), check=check, exact=name)


def _spelled(name: str, decoder: str) -> Type:
    """Return a scalar type that JSON spells as text; arguments may be such text."""
    return replace(_type(name, name, decoder), given=f"{name} | str", check="one")


STRING = _json("str", "text", "one")
DATE = _spelled("datetime.date", "date")
FILE = replace(
    _type("file", "bytes", "binary"),
    given="bytes | types.Readable",
    held="bytes | types.File",
    field_decoder="_decoding.file",
)
ANYTHING = replace(_type("any", "types.JSON", "anything"), given="object")
NONE = Type("none", returned="None")
REDIRECT = Type("redirect", returned="types.Redirect")

_SCALARS = {
    "string": STRING,
    "integer": _json("int", "integer", "integer"),
    "number": _json("float", "number", "number"),
    "boolean": _json("bool", "boolean", "boolean"),
}
FORMATS = {
    "binary": FILE,
    "date": DATE,
    "date-time": _spelled("datetime.datetime", "date_time"),
    "decimal": _spelled("decimal.Decimal", "decimal_number"),
}
"""The type of a string, by its format."""


def scalar(kind: object, form: object = None) -> Type:
    """Return the type of a scalar schema, by its type and format."""
    if kind == "string" and isinstance(form, str):
        return FORMATS.get(form, STRING)
    return _SCALARS.get(str(kind), ANYTHING)


def array(items: Type) -> Type:
    """Return a list."""
    return _around("list", "collections.abc.Sequence[{}]", "list[{}]", "array({})", items, "array")


def mapping(values: Type) -> Type:
    """Return a dictionary."""
    given = "collections.abc.Mapping[str, {}]"
    return _around("dict", given, "dict[str, {}]", "mapping({})", values)


def _around(
    kind: str, given: str, annotation: str, decoder: str, inner: Type, check: str = ""
) -> Type:
    return Type(
        kind,
        members=frozenset({inner}),
        given=given.format(inner.given),
        returned=annotation.format(inner.returned),
        held=annotation.format(inner.held),
        decoder=f"_decoding.{decoder.format(inner.decoder)}",
        field_decoder=f"_decoding.{decoder.format(inner.field_decoder)}",
        check=check,
        options=(inner,),
    )


def nullable(inner: Type) -> Type:
    """What may be null, where null is kept: as a whole response, in a list or in a dictionary."""
    if inner == ANYTHING:
        return inner
    return _around("nullable", "{} | types.Null | None", "{} | None", "nullable({})", inner)


def class_type(name: str) -> Type:
    """Return a model."""
    annotation = f"models.{name}"
    given = f"{annotation} | collections.abc.Mapping[str, object]"
    return replace(_type("model", annotation, f"model({annotation})"), given=given, name=name)


def enumeration(name: str, base: Type) -> Type:
    """Return an enumeration of strings or of integers."""
    known = _type("values", f"models.{name}", base.decoder.removeprefix("_decoding."))
    inner = frozenset({base})
    return replace(known, name=name, members=inner, check="one", exact=base.exact, options=(base,))


def union(
    types: Iterable[Type], tag: str = "", tagged: Iterable[tuple[str | int, Type]] = ()
) -> Type:
    """Any of several types; anything if one of them is.

    With a tag it is also a plain dictionary: what an object of an unknown kind is read as.
    """
    tagged = tuple(tagged)
    read = dict.fromkeys(
        option
        for each in types
        for option in (each.options if each.kind == "union" and not each.tag else (each,))
    )
    alone = [each.options if each.kind == "union" else (each,) for each in read]
    found = dict.fromkeys(chain.from_iterable(alone))
    if ANYTHING in found or (len(found) < 2 and not tag):
        return ANYTHING if ANYTHING in found or not found else next(iter(found))
    if tag:
        found |= {mapping(ANYTHING): None}
    known = {each for _, each in tagged}
    ranked = sorted((each for each in read if each not in known), key=_rank)
    return Type(
        "union",
        members=frozenset(found),
        given=alternatives(option.given for option in found),
        returned=alternatives(option.returned for option in found),
        held=alternatives(option.held for option in found),
        decoder=_choice(ranked, tag, tagged, "decoder"),
        field_decoder=_choice(ranked, tag, tagged, "field_decoder"),
        check="clean",
        options=tuple(found),
        ranked=tuple(ranked),
        tag=tag,
        tagged=tagged,
    )


def _choice(
    ranked: list[Type], tag: str, tagged: tuple[tuple[str | int, Type], ...], kind: str
) -> str:
    """The decoder of a union: by the value of its tag, or by what fits."""
    decoders = [str(getattr(each, kind)) for each in ranked]
    if not tag:
        return f"_decoding.one_of({', '.join(decoders)})"
    table = ", ".join(f"{value!r}: {getattr(each, kind)}" for value, each in tagged)
    return f"_decoding.tagged({', '.join([repr(tag), f'{{{table}}}', *decoders])})"


def _rank(option: Type) -> int:
    """Which types are tried first: dates are dates with times too, and text may say anything."""
    return 0 if option == DATE else 2 if option in (STRING, FILE) or option.kind == "values" else 1


def alternatives(annotations: Iterable[str]) -> str:
    """The union of annotations, some of them unions, each named once; plain text comes last."""
    names: dict[str, None] = {}
    for annotation in annotations:
        depth, start = 0, 0
        for index, char in enumerate(f"{annotation}|"):
            depth += (char in "([") - (char in ")]")
            if char == "|" and depth == 0:
                names[annotation[start:index].strip()] = None
                start = index + 1
    return " | ".join(sorted(names, key="str".__eq__))


_IMPORTS = {
    "collections.abc": "import collections.abc",
    "datetime": "import datetime",
    "decimal": "import decimal",
    "models": "from ... import models",
    "types": "from ... import types",
}
_BUILTINS = "bool|bytes|dict|float|int|list|object|str"
_NAMED = re.compile(rf"(?<![\w.])(?:{_BUILTINS}|{'|'.join(map(re.escape, _IMPORTS))})\b")
"""What annotations name: builtins and modules. No argument has one of these names."""


def apart(annotation: str, methods: Collection[str]) -> str:
    """An annotation that means the same in a class with these methods, which hide other names."""
    return _NAMED.sub(lambda found: _apart(found[0], methods), annotation)


def imports(annotations: Iterable[str], methods: Collection[str] = ()) -> set[str]:
    """Return the imports of what annotations name, in a class with these methods."""
    lines = set()
    for name in _NAMED.findall(" ".join(annotations)):
        own = _apart(name, methods)
        if own != name:
            lines.add(f"{_IMPORTS.get(name, f'from builtins import {name}')} as {own}")
        elif name in _IMPORTS:
            lines.add(_IMPORTS[name])
    return lines


def _apart(name: str, methods: Collection[str]) -> str:
    return f"_{name.replace('.', '_')}" if name.split(".")[0] in methods else name
