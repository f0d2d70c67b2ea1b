"""The user code that the type checkers read uses every public name, and every keyword."""

from __future__ import annotations

import ast
import inspect
import typing
from pathlib import Path

import pytest

import gettyimages
from gettyimages import fleet

TREE = ast.parse((Path(__file__).parent / "typed_usage.py").read_text("utf-8"))


def test_every_public_name_is_used() -> None:
    used = {node.id for node in ast.walk(TREE) if isinstance(node, ast.Name)}
    assert set(gettyimages.__all__) - used == set()


@pytest.mark.parametrize(
    ("function", "owner"),
    [
        ("by_every_keyword", gettyimages.GettyImages),
        ("by_every_keyword_later", gettyimages.AsyncGettyImages),
        ("fleet_by_every_keyword", None),
    ],
)
def test_methods_that_take_options_of_operations_are_called_by_every_keyword(
    function: str, owner: type[gettyimages.GettyImages | gettyimages.AsyncGettyImages] | None
) -> None:
    declared = dict(_of_fleets() if owner is None else _of_resources(owner))
    assert declared
    called = _called(function)
    missing = {name: wanted - called.get(name, set()) for name, wanted in declared.items()}
    assert {name: keywords for name, keywords in missing.items() if keywords} == {}


def _of_resources(
    owner: type[gettyimages.GettyImages | gettyimages.AsyncGettyImages],
) -> typing.Iterator[tuple[str, set[str]]]:
    """Methods written by hand, and the keywords of their options."""
    client = owner(api_key="unused", from_env=False)
    for resource in ("downloads", "asset_changes", "asset_registrations"):
        for name, method in inspect.getmembers(type(getattr(client, resource)), inspect.isroutine):
            if not name.startswith("_") and method.__module__.startswith("gettyimages."):
                yield from _keywords(name, method)


def _of_fleets() -> typing.Iterator[tuple[str, set[str]]]:
    for function in (fleet.save_images, fleet.save_videos):
        yield from _keywords(function.__name__, function)


def _keywords(name: str, function: object) -> typing.Iterator[tuple[str, set[str]]]:
    options = typing.get_type_hints(function).get("options")
    for declared in typing.get_args(options):
        if "extra_query" in declared.__annotations__:
            yield name, {*declared.__annotations__}


def _called(function: str) -> dict[str, set[str]]:
    """The keywords by which a function of the user code calls each method."""
    dictionaries: dict[str, set[str]] = {}
    for node in TREE.body:
        if isinstance(node, ast.ClassDef):
            own = {
                ast.unparse(each.target) for each in node.body if isinstance(each, ast.AnnAssign)
            }
            dictionaries[node.name] = own.union(
                *(dictionaries.get(ast.unparse(base), set()) for base in node.bases)
            )
    (caller,) = (node for node in TREE.body if getattr(node, "name", "") == function)
    arguments = {
        node.arg: dictionaries.get(ast.unparse(node.annotation), set())
        for node in ast.walk(caller)
        if isinstance(node, ast.arg) and node.annotation is not None
    }
    called: dict[str, set[str]] = {}
    for call in ast.walk(caller):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            for keyword in call.keywords:
                given = {keyword.arg} if keyword.arg else arguments[ast.unparse(keyword.value)]
                called.setdefault(call.func.attr, set()).update(given)
    return called
