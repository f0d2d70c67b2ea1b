"""Operation ids made from method and path, for readable Python methods."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection

from generator.document import canonical_path, templates
from generator.names import LONGEST, PREFIX, path_segments, words

_VERBS = {"get": "get", "put": "update", "delete": "delete", "patch": "patch", "head": "head"}
_ROOM = 10
"""For a number, and for words that turn out to be two."""


def _method_words(path: str, method: str, prefix: Collection[str]) -> list[str]:
    """Return the words of a method's name: `get thing notes` for GET /things/{thing_id}/notes."""
    segments = path_segments(path, prefix)
    nouns: list[str] = []
    for index, segment in enumerate(segments):
        bare = [word.lower() for word in words(canonical_path(segment))]
        follows = index + 1 < len(segments) and "{" in segments[index + 1]
        if bare and (follows or "{" in segment):
            bare[-1] = singular(bare[-1])
        nouns += bare
    last = segments[-1] if segments else ""
    verb = _VERBS.get(method, method)
    if method == "post" and nouns and "{" not in last and singular(nouns[-1]) != nouns[-1]:
        verb, nouns[-1] = "create", singular(nouns[-1])
    query = words(canonical_path(path.partition("?")[2]))
    return [verb, *(nouns or ["root"]), *(word.lower() for word in query)]


def operation_id(
    path: str, method: str, group: str, number: int = 0, prefix: Collection[str] = PREFIX
) -> str:
    """Return an operation id: the first choice or, for higher numbers, a longer one.

    It begins with the group, as in `Boards_GetBoard`, if there is one. `prefix` are the segments
    that paths may start with and that are left out.
    """
    spelled = _method_words(path, method, prefix)
    if number:
        names = [word for name in templates(path) for word in words(name)]
        spelled += ["by", *names] if names else []
    if number > (1 if templates(path) else 0):
        # A method's name is cut where it is too long, and two are told apart by what is at the end.
        while len("_".join(spelled)) > LONGEST - _ROOM and len(spelled) > 1:
            spelled.pop()
        spelled.append(str(number + 1))
    name = "".join(word[:1].upper() + word[1:] for word in spelled)
    return f"{group}_{name}" if group else name


def free_id(
    path: str, method: str, group: str, prefix: Collection[str], is_free: Callable[[str], bool]
) -> str:
    """Return the first choice of an operation id that is free."""
    ids = (operation_id(path, method, group, number, prefix) for number in itertools.count())
    return next(filter(is_free, ids))


def group_of(resource: str) -> str:
    """Return the prefix of a resource's operation ids, as older documents write it."""
    name = "".join(word.capitalize() for word in words(resource) if word.isascii())
    return name if name[:1].isalpha() else ""


def singular(word: str) -> str:
    """Return the probable singular of an English noun."""
    if len(word) < 4 or word.endswith(("ss", "us", "is", "news", "series")) or word[-1] != "s":
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("xes", "ches", "shes", "sses", "zes")):
        return word[:-2]
    return word[:-1]
