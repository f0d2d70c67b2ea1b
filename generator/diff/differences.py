"""What a comparison finds: differences, each with its kind, level and place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from itertools import chain

from generator.document import collected
from generator.semver import LEVELS, Level


@dataclass(frozen=True, slots=True)
class Place:
    """A position in one of the two specs."""

    pointer: str
    """A JSON Pointer into the merged spec."""
    document: str
    """The source document and the pointer in it, `shop.yaml#/paths/~1v3~1orders/get`, of
    the nearest operation or component; empty where the spec does not record it."""
    line: str
    """`file:line:column`; empty where it is not known."""

    def described(self, quote: Callable[[str], str]) -> str:
        """Describe it; `quote` escapes a part of it."""
        return ", ".join(quote(part) for part in astuple(self) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of difference."""

    id: str
    level: Level
    meaning: str
    """One sentence, for people."""

    @property
    def title(self) -> str:
        """Its name in a sentence: `argument removed`."""
        return self.id.replace("-", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs, as a caller of the generated client sees it."""

    kind: Kind
    operation: str
    """Such as `GET /v3/orders`; empty if it concerns the whole client."""
    python: str
    """The Python name that it concerns: `orders.get_orders(page_size)`, `models.Page.id`."""
    before: str
    """The old type, value or name, on one line; empty if there was nothing."""
    after: str
    old: Place | None
    """Its place in the old spec, or that of its operation; None without the operation."""
    new: Place | None

    @property
    def level(self) -> Level:
        """The level of version that it requires."""
        return self.kind.level

    @property
    def places(self) -> list[tuple[str, Place]]:
        """Its places: `in` if both sides have the same place, else `old` and `new`."""
        old, new = self.old, self.new
        if old and new and (old.pointer, old.document) == (new.pointer, new.document):
            return [("in", new)]
        return [(side, place) for side, place in (("old", old), ("new", new)) if place]


def ordered(differences: Iterable[Difference]) -> list[Difference]:
    """Return differences sorted: the gravest first, then by operation and Python name."""
    return sorted(differences, key=_order)


def _order(item: Difference) -> tuple[int | str, ...]:
    words = (item.operation, item.python, item.kind.id, item.before, item.after)
    places = (astuple(place) if place else ("", "", "") for place in (item.old, item.new))
    return (LEVELS.index(item.level), *words, *chain.from_iterable(places))


def counted(differences: Iterable[Difference]) -> dict[Level, int]:
    """Return the number of differences of each level, zero included."""
    levels = [difference.level for difference in differences]
    return {level: levels.count(level) for level in LEVELS}


def gravest(differences: Iterable[Difference]) -> Level | None:
    """Return the gravest level among differences; None without differences."""
    return next((level for level, count in counted(differences).items() if count), None)


def by_level(differences: Iterable[Difference]) -> list[tuple[Level, list[Difference]]]:
    """Return the levels that occur, each with its differences in order."""
    return list(collected((each.level, each) for each in ordered(differences)).items())


def by_operation(differences: Iterable[Difference]) -> list[tuple[str, list[Difference]]]:
    """Return the operations concerned, those with the gravest difference first."""
    return list(collected((each.operation, each) for each in ordered(differences)).items())


_MAJOR = """
operation-removed: An operation has been removed.
operation-renamed: The resource or the method of an operation has been renamed.
deprecated-name-removed: A former name of an operation no longer works.
iterator-removed: The iterator over the pages of an operation has been removed.
effect-spends: An operation now spends something that has been paid for.
effect-may-be-repeated: An operation that spent what was paid for may now be repeated.
credential-required: An operation needs a credential or a scope that it did not need before.
token-flow-removed: Tokens can no longer be obtained by an OAuth2 flow.
token-url-changed: Secrets are sent to a different host to obtain tokens.
argument-removed: An argument has been removed.
argument-renamed: The Python name of an argument has changed.
arguments-reordered: The order of the positional arguments has changed.
required-argument-added: There is a new required argument.
argument-required: An optional argument has become required.
argument-type-narrowed: An argument accepts fewer types than before.
argument-type-changed: An argument accepts a different type.
media-type-removed: A media type of a request body is no longer accepted.
response-removed: A method that returned a value now returns None.
response-may-be-empty: A method may now also return None.
response-may-redirect: A method may now return a redirect.
response-type-changed: A method returns a different type.
union-read-otherwise: The same JSON in a response may now be read as a different class.
model-removed: A class of the models package has been removed.
model-renamed: A class of the models package has been renamed.
model-form-changed: A name of the models package has changed from a class to values, or back.
property-removed: A property of a model has been removed.
required-property-added: A model has a new property that its constructor requires.
property-required: An optional property of a model has become required in its constructor.
property-type-narrowed: A property that is only sent accepts fewer types than before.
property-type-changed: A property has a different type.
property-write-only: A property is no longer returned; it can only be sent.
value-rejected: A value of an enumeration is no longer accepted in requests.
null-rejected: A request may no longer contain null where it could before.
default-changed: A request has a different documented default, or no longer has one.
bounds-narrowed: A bound, length or pattern of a request is stricter.
bounds-changed: A constraint on a request has changed, neither clearly stricter nor looser.
server-changed: Requests, including credentials, go to a different server.
"""

_MINOR = """
operation-added: There is a new operation.
deprecated-name-added: An operation can also be called by a deprecated name.
iterator-added: There is a new iterator over the pages of an operation.
operation-deprecated: An operation is now deprecated.
operation-undeprecated: An operation is no longer deprecated.
effect-no-longer-spends: An operation no longer spends something that has been paid for.
effect-changed: An operation may now be repeated after a failure, or may no longer be repeated.
credential-dropped: An operation accepts fewer credentials or scopes, or alternative ones.
token-flow-added: Tokens can be obtained by an additional OAuth2 flow.
argument-added: There is a new optional argument.
argument-optional: A required argument has become optional.
argument-type-widened: An argument accepts more types than before.
argument-deprecated: An argument is now deprecated.
argument-undeprecated: An argument is no longer deprecated.
media-type-added: A request body may have an additional media type.
response-added: A method that returned None now returns a value.
response-never-empty: A method no longer returns None.
response-never-redirects: A method no longer returns a redirect.
status-added: There is an additional success status; the return type is unchanged.
status-removed: A success status has been removed; the return type is unchanged.
model-added: There is a new class in the models package.
property-added: A model has a new property.
property-optional: The constructor of a model no longer requires a property.
property-type-widened: A property that is only sent accepts more types than before.
property-deprecated: A property is now deprecated.
property-undeprecated: A property is no longer deprecated.
property-readable: A property that could only be sent is now also returned.
value-accepted: An additional value of an enumeration is accepted in requests.
response-value-added: An additional value of an enumeration may be returned.
null-accepted: A request may now contain null where it could not before.
default-added: The documents now state a default of a request.
bounds-widened: A bound, length or pattern of a request is looser.
"""

_PATCH = """
argument-sent-otherwise: An argument is sent in a different place or form.
body-sent-otherwise: The request body is sent in a different form.
response-read-otherwise: The form of the response has changed; the return type is unchanged.
response-value-removed: A value of an enumeration is no longer returned.
response-bounds-changed: A constraint on the content of responses has changed.
format-changed: The format of a value has changed; its Python type is unchanged.
property-sent-otherwise: A property has a different name in JSON; its Python name is unchanged.
nullability-changed: Null has become possible or impossible, where None covers both.
error-response-added: An additional error response is documented.
error-response-removed: An error response is no longer documented.
error-response-changed: The description of an error response has changed.
prose-changed: The text of a summary or description has changed.
example-changed: An example has changed.
tags-changed: The tags of an operation have changed.
info-changed: The title, description or version of the API itself has changed.
metadata-changed: Something that callers do not see has changed: operation id, links, `x-` keys.
"""

KINDS = {
    name: Kind(id=name, level=level, meaning=meaning)
    for level, lines in zip(LEVELS, (_MAJOR, _MINOR, _PATCH), strict=True)
    for name, _, meaning in (line.partition(": ") for line in lines.strip().splitlines())
}
"""Every kind, by its id; the gravest first."""
