"""Writes the overlay that makes one document agree with another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import quote

from generator.document import METHODS, Node, Seq, plain
from generator.findings import Keys
from generator.jsonpath import jsonpath

from .occurrences import MISSING, Home, Side

Action: TypeAlias = dict[str, object]


def agreeing(reference: Side, other: Side) -> list[Action]:
    """Return the actions that make the document of the second side agree with the first side."""
    if beside := _from_path_to_operation(reference, other):
        return beside
    is_member = isinstance(other.at[-1], int)
    if is_member and other.at[-2] != "parameters":
        around = (replace(side, at=side.at[:-1]) for side in (reference, other))
        return agreeing(*(replace(side, node=side.home.at(side.at)) for side in around))
    new, old, home = reference.node, other.node, other.home
    fresh = old is MISSING or home.at(other.at) is MISSING
    replaceable = type(new) is type(old) and isinstance(new, str | int | float)
    actions: list[Action] = []
    if new is MISSING or not (fresh or replaceable):
        actions.append({"target": jsonpath(home.root, other.at), "remove": True})
    if new is not MISSING:
        value = Seq([new], position=other.position) if is_member else new
        actions.append(_updating(home, other.at[:-1] if is_member else other.at, value))
    return actions


def replaced(other: Side) -> Keys:
    """Return the keys of the node that `agreeing` replaces: a whole list for most members."""
    at = other.at
    while isinstance(at[-1], int) and at[-2] != "parameters":
        at = at[:-1]
    return at


def _from_path_to_operation(reference: Side, other: Side) -> list[Action]:
    """Return actions for one operation if the other document specifies it for the path."""
    method = str(reference.at[2]) if len(reference.at) > 2 else ""
    if other.at[0] != "paths" or other.at[2:3] != ("parameters",) or method not in METHODS:
        return []
    if reference.node is MISSING and len(reference.at) == 5:
        return _removing_from_path(reference, other)
    whole = reference.home.at(reference.at[:5])
    value = Seq([] if whole is MISSING else [whole], position=other.position)
    return [_updating(other.home, (*other.at[:2], method, "parameters"), value)]


def _removing_from_path(reference: Side, other: Side) -> list[Action]:
    """Remove a parameter of a path, and give it to those operations that are to keep it."""
    path = str(other.at[1])
    actions: list[Action] = [{"target": jsonpath(other.home.root, other.at), "remove": True}]
    kept = Seq([other.node] if other.node is not MISSING else [], position=other.position)
    here = reference.home.root.map("paths").map(path)
    for method, _ in other.home.root.map("paths").map(path).maps():
        if method in METHODS and method not in here:
            actions.append(_updating(other.home, ("paths", path, method, "parameters"), kept))
    return actions


def _updating(home: Home, at: Keys, value: Node) -> Action:
    """Return an update of the nearest thing around a place that is there."""
    *around, last = at
    update = {str(last): plain(value)}
    while around and home.at(tuple(around)) is MISSING:
        update = {str(around.pop()): update}
    return {"target": jsonpath(home.root, around), "update": update}


def overlay(title: str, actions: Iterable[Action], document: str | None, **more: object) -> Action:
    """Return a whole overlay, for one source document or, for None, the merged spec."""
    info = {"title": title, "version": "1.0.0"}
    extended = {"extends": extends(document)} if document else {}
    return {"overlay": "1.1.0", "info": info, **extended, **more, "actions": [*actions]}


def extends(document: str) -> str:
    """How an overlay names the source document that it amends."""
    return f"../sources/{quote(document)}"
