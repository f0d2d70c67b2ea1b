"""The kinds of differences that are told apart, each with its level."""

from __future__ import annotations

from generator.semver import Level

from .differences import Kind

_MAJOR = """
operation-removed: An operation is gone.
operation-renamed: The resource or the method of an operation has another name.
deprecated-name-removed: A former name of an operation no longer works.
effect-spends: An operation now spends something that has been paid for.
credential-required: An operation needs a credential or a scope that it did not need before.
argument-removed: An argument is gone.
argument-renamed: An argument has another Python name.
arguments-reordered: The positional arguments stand in another order.
required-argument-added: There is a new argument that has to be given.
argument-required: An argument that could be left out has to be given.
argument-type-narrowed: An argument takes fewer types than before.
argument-type-changed: An argument takes another type.
media-type-removed: A media type that a body could have is no longer taken.
answer-removed: A method that returned something returns None.
answer-may-be-empty: A method may now return None besides what it returned.
answer-may-redirect: A method may now return a redirect.
answer-type-changed: A method returns another type.
model-removed: A class of the models package is gone.
model-renamed: A class of the models package has another name.
model-form-changed: A name of the models package stood for a class and stands for values, or back.
property-removed: A property of a model is gone.
required-property-added: A model has a new property that its constructor demands.
property-required: The constructor of a model demands a property that could be left out.
property-type-narrowed: A property that is only sent takes fewer types than before.
property-type-changed: A property has another type.
property-write-only: A property is no longer returned; it can only be sent.
value-rejected: A value of an enumeration is no longer taken in requests.
bounds-narrowed: A request may hold less: a bound, length, pattern or format is stricter.
bounds-changed: What a request may hold is limited otherwise, neither plainly more nor less.
server-changed: Requests, and credentials with them, go to another server.
"""

_MINOR = """
operation-added: There is a new operation.
deprecated-name-added: An operation answers to a further name, which is deprecated.
operation-deprecated: The API means to withdraw an operation.
operation-undeprecated: An operation is no longer deprecated.
effect-no-longer-spends: An operation no longer spends what has been paid for.
effect-changed: An operation may now be repeated after a failure, or no longer.
credential-dropped: An operation can be called with fewer credentials or scopes, or with others too.
argument-added: There is a new argument that may be left out.
argument-optional: An argument that had to be given can be left out.
argument-type-widened: An argument takes more types than before.
argument-deprecated: The API means to withdraw an argument.
argument-undeprecated: An argument is no longer deprecated.
media-type-added: A body may have a further media type.
answer-added: A method that returned None returns something.
answer-never-empty: A method no longer returns None.
answer-never-redirects: A method no longer returns a redirect.
status-added: There is a further success status; what the method returns stays.
status-removed: A success status is gone; what the method returns stays.
model-added: There is a new class in the models package.
property-added: A model has a new property.
property-optional: The constructor of a model no longer demands a property.
property-type-widened: A property that is only sent takes more types than before.
property-deprecated: The API means to withdraw a property.
property-undeprecated: A property is no longer deprecated.
property-readable: A property that could only be sent is returned too.
value-accepted: A further value of an enumeration is taken in requests.
answer-value-added: A further value of an enumeration is returned.
bounds-widened: A request may hold more than before.
default-changed: Without an argument or property, the server takes another value.
"""

_PATCH = """
argument-sent-otherwise: An argument goes to another place of the request, or is written otherwise.
body-sent-otherwise: The body is sent in another form.
answer-read-otherwise: The answer is asked for, or comes, in another form; what is returned stays.
answer-value-removed: A value of an enumeration is no longer returned.
answer-bounds-changed: What answers hold is limited otherwise.
property-sent-otherwise: A property has another name in requests and answers; in Python it stays.
nullability-changed: The documents allow null where they did not, or back; None covers both.
error-response-added: A further failure is documented.
error-response-removed: A failure is no longer documented.
error-response-changed: A failure is described otherwise.
prose-changed: A summary or a description reads otherwise.
example-changed: An example is another one.
tags-changed: An operation has other tags.
info-changed: Title, description or version of the API itself read otherwise.
metadata-changed: Something that callers do not see is another: operation id, links, `x-` keys.
"""


def level(kind: str) -> Level:
    """The level of a kind, given by its id."""
    return KINDS[kind].level


def _kinds() -> dict[str, Kind]:
    kinds = {}
    for level, lines in (("major", _MAJOR), ("minor", _MINOR), ("patch", _PATCH)):
        for line in lines.strip().splitlines():
            name, _, meaning = line.partition(": ")
            kinds[name] = Kind(id=name, level=level, meaning=meaning)  # type: ignore[arg-type]  # one of the three
    return kinds


KINDS: dict[str, Kind] = _kinds()
"""Every kind, by its id; the gravest first."""
