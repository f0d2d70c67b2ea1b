"""How names of documents are spelled in Python: those of methods, arguments, fields and classes."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Collection
from itertools import dropwhile
from urllib.parse import unquote_plus

_BUILTINS = frozenset(
    "abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod"
    " compile complex copyright credits delattr dict dir divmod enumerate eval exec exit filter"
    " float format frozenset getattr globals hasattr hash help hex input int isinstance issubclass"
    " iter len license list locals map max memoryview min next object oct open ord pow print"
    " property quit range repr reversed round set setattr slice sorted staticmethod str sum super"
    " tuple type vars zip".split()
)
"""Names of builtins, except `id`: hiding that one is the custom of this field. Written out, since
what `dir(builtins)` says differs from one Python to the next."""

_MODULES = frozenset({"collections", "datetime", "decimal", "models", "types", "typing"})
"""Modules that generated annotations name."""

_IN_CLASSES = _BUILTINS | _MODULES
ARGUMENTS = _IN_CLASSES.union("body content_type extra_query headers self timeout".split())
FIELDS = (_MODULES - {"collections"}) | frozenset(
    # What else the bodies of these classes name, in annotations, a decorator and a call.
    "bool bytes classmethod dataclasses dict float int list object str"
    # What each of them has.
    " additional_properties from_dict raw to_dict to_parts".split()
)
METHODS: frozenset[str] = frozenset()
RESOURCES = (_IN_CLASSES - {"collections"}).union(
    "aclose api build call close functools request with_options with_response".split()
)
"""Names that arguments, fields, methods and resources cannot have: names that generated code uses
where they would hide them, or that the hand-written client has. The classes of resources have no
base class and no names of their own, so that a method may be called `list`."""

MODULES = _IN_CLASSES | {"annotations"}
"""Names that modules cannot have: Python makes a module that is loaded a global of its package."""


LONGEST = 80
"""Characters that a name may have which is also that of a file, so that any disk takes it."""


def words(text: str) -> list[str]:
    """Return the words of a name, e.g. of `orderItemID`, `order-item-id`, `Order Item ID`."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(char if f"a{char}".isidentifier() and char != "_" else " " for char in text)
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    return text.split()


def snake_case(text: str, reserved: frozenset[str] = frozenset()) -> str:
    """Return a name as a Python variable; a reserved one gets an underscore at its end."""
    name = unicodedata.normalize("NFKC", "_".join(words(text)).lower())
    if not name.isidentifier():
        name = f"value_{name}" if name else "value"
    return f"{name}_" if name in reserved or keyword.iskeyword(name) else name


def class_name(text: str) -> str:
    """Return a name as Python spells classes."""
    name = "".join(
        word if word.isupper() else word[:1].upper() + word[1:].lower() for word in words(text)
    )
    if not name.isidentifier():
        name = f"Value{name}"
    name = unicodedata.normalize("NFKC", name)  # as Python itself reads it
    return f"{name}_" if keyword.iskeyword(name) else name


def method_name(operation_id: str) -> str:
    """Return the method of an operation id, without the group that it may begin with."""
    name = re.sub(r"^[A-Z][A-Za-z0-9]*_(?=\w)", "", operation_id)
    return snake_case(shortened(name), METHODS) if words(name) else ""


def module_name(method: str) -> str:
    """Return the module of an operation's method: no name that the module of its resource has."""
    return f"{method}_" if method in MODULES else method


def module_key(name: str) -> str:
    """Return a key that differs for class names whose modules differ on all file systems."""
    return re.sub(r"[\W_]", "", name).lower()


def canonical_path(path: str) -> str:
    """Return a path without the names of its templates: what identifies it."""
    return re.sub(r"\{[^{}]*\}", "{}", path)


def path_query(path: str) -> tuple[str, list[tuple[str, str]]]:
    """Return what is in front of the query of a path, and the names and values of its query."""
    front, _, query = path.partition("?")
    pairs = (pair.partition("=") for pair in query.split("&") if query)
    return front, [(unquote_plus(name), unquote_plus(value)) for name, _, value in pairs]


PREFIX = frozenset({"api", "rest"})
"""The segments that a path may start with and that no resource is called by."""

# Numbers and dates, those of previews as well, such as `v1p1beta1`. Possessive, so that no text
# makes it try many ways.
_VERSION = re.compile(
    r"v?\d++([.-]\d++)*+(p\d++)?+([.-]?(alpha|beta|preview|rc)\.?\d*+)?+", re.IGNORECASE
)


def path_segments(path: str, prefix: Collection[str] = PREFIX) -> list[str]:
    """The segments of a path, without the versions and the prefix that it may start with.

    A prefix with nothing behind it but templates is what the path is about.
    """
    segments = [segment for segment in path_query(path)[0].split("/") if segment]
    bare = list(dropwhile(_VERSION.fullmatch, segments))
    names = {each.casefold() for each in prefix}
    own = list(dropwhile(lambda each: each.casefold() in names or _VERSION.fullmatch(each), bare))
    return own if any("{" not in segment for segment in own) else bare


def shortened(name: str) -> str:
    """Return a name of a bearable length, cut between its words where that is possible."""
    name = snake_case(name)
    if len(name) <= LONGEST:
        return name
    return name[: LONGEST + 1].rpartition("_")[0] or name[:LONGEST]


PLACES = ("path", "query", "header", "cookie")
"""Where parameters go, in the order in which they are named."""


def argument_names(parameters: list[tuple[str, str]]) -> list[str]:
    """Return the Python names of parameters, each given as its place and its name.

    Where parameters of several places share a name, all but the first carry their place too.
    Those that are still equal are numbered.
    """
    named: list[tuple[str, str]] = []
    places: dict[str, str] = {}
    for place, wire in parameters:
        name = snake_case(wire, ARGUMENTS)
        if places.setdefault(name, place) != place:
            name = snake_case(f"{wire} {place}", ARGUMENTS)
        named.append((wire, name))
    return numbered(named)


def numbered(named: list[tuple[str, str]]) -> list[str]:
    """Python names of their own for names of documents, each given with what it is in Python.

    Of those that are equal in Python one has no number: the one that is spelled so in the document,
    or else the first by its spelling. The order in the document makes no difference.
    """
    taken = {name for _, name in named}
    found: dict[int, str] = {}
    for index in sorted(range(len(named)), key=lambda i: (named[i][0] != named[i][1], named[i])):
        name, number = named[index][1], 1
        if name in found.values():
            while name in taken:
                number += 1
                name = f"{named[index][1].rstrip('_')}_{number}"
            taken.add(name)
        found[index] = name
    return [found[index] for index in range(len(named))]
