"""The Python names of resources, methods, arguments, fields and classes.

Names are public API. An operation keeps the name it had in the released spec, unless an overlay
says otherwise by `x-resource` or `x-method`; then the old one goes on working for a while.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from itertools import dropwhile
from urllib.parse import unquote_plus

from .document import Map, Node, Seq, canonical_path, operations, placed
from .findings import Finding, GeneratorError, refusal
from .jsonpath import jsonpath
from .released import RELEASE, released_version
from .semver import following, parsed

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
    # The members that each of these classes has.
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


def is_proper(name: str, reserved: frozenset[str]) -> bool:
    """Return whether Python, the package and any disk can use a name as it is."""
    return name == snake_case(name, reserved) and len(name) <= LONGEST


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


def own_names(spelled: list[str], reserved: frozenset[str] = ARGUMENTS) -> list[str]:
    """Return a distinct Python name for each name of a document; by default, names of arguments."""
    return numbered([(text, snake_case(text, reserved)) for text in spelled])


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


def assign(
    spec: Map, released: Map | None = None, prefix: Collection[str] = PREFIX
) -> list[Finding]:
    """Write its resource and its method on every operation, as `x-resource` and `x-method`.

    An overlay's word wins, then the released spec's, then what follows from path and operation id.
    A released name that gives way to another is written down as `x-former-names`. `prefix` are the
    segments that paths may start with and that name no resource.

    Returns:
        Notes on new operations that were about to be called like a released one.

    Raises:
        GeneratorError: Former names were written by hand, or the released spec makes no sense.
    """
    if findings := list(_written_by_hand(spec)):
        raise GeneratorError(findings)
    known = by_identity(released)
    newcomers: list[tuple[str, str, Map]] = []
    for path, method, operation in operations(spec):
        before = known.get((canonical_path(path), method))
        if before is None and "x-method" not in operation:
            newcomers.append((path, method, operation))
        for key, name in (
            ("x-resource", _resource(path, prefix)),
            ("x-method", _method(path, method, operation, prefix)),
        ):
            if key not in operation:
                earlier = before.text(key) if before else ""
                operation.put(key, earlier or name, operation.position)
    if released is None:
        return []
    notes = list(_give_way(spec, newcomers, _owners(spec, released)))
    record(spec, released)
    return notes


def _resource(path: str, prefix: Collection[str]) -> str:
    literal = [segment for segment in path_segments(path, prefix) if "{" not in segment]
    return snake_case(shortened(literal[0] if literal else "root"), RESOURCES)


def _method(path: str, method: str, operation: Map, prefix: Collection[str]) -> str:
    if name := method_name(operation.text("operationId")):
        return name
    words = (method, *path_segments(path, prefix), path.partition("?")[2])
    return snake_case(shortened(" ".join(words)), METHODS)


def _owners(spec: Map, released: Map) -> dict[tuple[str, str], str]:
    """Return the names that released operations have, or had and may still be called by."""
    known = by_identity(released)
    owners: dict[tuple[str, str], str] = {}
    for path, method, operation in operations(spec):
        if before := known.get((canonical_path(path), method)):
            former = names_before(operation, before, released)
            names = [name_of(operation), *((each.resource, each.method) for each in former)]
            for resource, name in names:
                owners.setdefault((resource, name.rstrip("_")), f"{method.upper()} {path}")
    return owners


def _give_way(
    spec: Map, newcomers: list[tuple[str, str, Map]], owners: dict[tuple[str, str], str]
) -> Iterator[Finding]:
    """Call new operations by method and whole path where their names are those of released ones."""
    for path, method, operation in newcomers:
        resource, name = name_of(operation)
        if owner := owners.get((resource, name.rstrip("_"))):
            own = snake_case(shortened(f"{method} {path}"), METHODS)
            operation.put("x-method", own, operation.position)
            target = jsonpath(spec, ("paths", path, method))
            values = {"operation": f"{method.upper()} {path}", "owner": owner, "target": target}
            values |= {"name": f"{resource}.{own}", "wanted": f"{resource}.{name}", "method": own}
            yield Finding(operation.position, "name-gives-way", **values)


def _written_by_hand(spec: Map) -> Iterator[Finding]:
    for path, method, operation in operations(spec):
        if FORMER in operation:
            target = jsonpath(spec, ("paths", path, method, FORMER))
            values = {"key": FORMER, "operation": f"{method.upper()} {path}", "target": target}
            yield Finding(operation.position_of(FORMER), "former-names-by-hand", **values)


FORMER = "x-former-names"
"""The key of an operation that lists them: `[{resource: r, method: m, since: '2.0.0'}]`."""


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that an operation had before."""

    resource: str
    method: str
    since: str
    """The version that deprecated it."""

    @property
    def module(self) -> str:
        """The name of the module that the operation had."""
        return module_name(self.method)

    def __str__(self) -> str:
        return f"{self.resource}.{self.method}"


def by_identity(root: Map | None) -> dict[tuple[str, str], Map]:
    """The operations of a spec by what identifies them: canonical path and method."""
    found = operations(root) if root else ()
    return {(canonical_path(path), method): operation for path, method, operation in found}


def former_names(operation: Map) -> list[FormerName]:
    """Return the former names of an operation.

    Raises:
        GeneratorError: What is listed is no name, or has no version.
    """
    listed = operation.get(FORMER, Seq(position=operation.position))
    if not isinstance(listed, Seq):
        raise _unreadable(operation, listed)
    names = []
    for item in listed:
        if not isinstance(item, Map) or parsed(item.text("since")) is None:
            raise _unreadable(operation, item)
        names.append(FormerName(item.text("resource"), item.text("method"), item.text("since")))
    return names


def record(spec: Map, released: Map) -> None:
    """Write down the names that released operations had, where they have others now.

    Former names that have been released go on, until `retire`. A name that another operation has
    now is no former name.
    """
    before = by_identity(released)
    named = [name_of(operation) for _, _, operation in operations(spec)]
    taken = {(resource, module_name(method)) for resource, method in named}
    for identity, operation in by_identity(spec).items():
        kept = []
        for name in names_before(operation, before.get(identity), released):
            key = (name.resource, name.module)
            proper = is_proper(name.resource, RESOURCES) and is_proper(name.method, METHODS)
            if proper and key not in taken:
                taken.add(key)
                kept.append(name)
        put_former_names(operation, kept)


def names_before(operation: Map, before: Map | None, released: Map) -> list[FormerName]:
    """Return the released name of an operation, if it has another now, and all former ones."""
    if before is None:
        return []
    old = name_of(before)
    if not all(old) or old == name_of(operation):
        return former_names(before)
    return [FormerName(*old, _next_major(released)), *former_names(before)]


def name_of(operation: Map) -> tuple[str, str]:
    """Return the resource and the method that an operation is called by."""
    return operation.text("x-resource"), operation.text("x-method")


def put_former_names(operation: Map, names: list[FormerName]) -> None:
    """Have an operation list these former names and no others."""
    operation.pop(FORMER, None)
    if names:
        listed = placed([asdict(name) for name in names], operation.position)
        operation.put(FORMER, listed, operation.position)


def _next_major(released: Map) -> str:
    """Return the version that a change of a name requires."""
    found = released_version(released)
    version = parsed(found)
    if version is None:
        raise refusal(released.position_of(RELEASE), "former-names-undated", found=found or "none")
    return str(following(version, "major"))


def _unreadable(operation: Map, found: Node) -> GeneratorError:
    position = found.position if isinstance(found, Map) else operation.position_of(FORMER)
    return refusal(position, "former-names-unreadable", key=FORMER, found=found)
