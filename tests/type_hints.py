"""Whether annotations can be read while a program runs, as frameworks do."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Iterable, Iterator
from types import ModuleType


def public_modules(package: ModuleType) -> list[ModuleType]:
    """A package, and the public modules inside it."""
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    names = [info.name for info in found if "._" not in info.name]
    return [package, *map(importlib.import_module, names)]


def public_classes(module: ModuleType) -> set[type]:
    """The public classes that a module defines or exports."""
    names = getattr(module, "__all__", None) or vars(module)
    found = [getattr(module, name) for name in names if not name.startswith("_")]
    return {each for each in found if inspect.isclass(each) and _is_of(module, each)}


def _is_of(module: ModuleType, each: type) -> bool:
    return each.__module__.partition(".")[0] == module.__name__.partition(".")[0]


def unreadable(classes: Iterable[type]) -> dict[str, str]:
    """What cannot be read of classes and of their public methods and properties, and why."""
    found = {}
    for each in classes:
        for name, annotated in _annotated(each):
            try:
                typing.get_type_hints(annotated)
            except (NameError, TypeError, AttributeError) as error:
                found[f"{each.__module__}.{each.__qualname__}{name}"] = repr(error)
    return found


def _annotated(each: type) -> Iterator[tuple[str, typing.Any]]:
    yield "", each
    for name in dir(each):
        if name == "__init__" or not name.startswith("_"):
            value = inspect.getattr_static(each, name)
            for attribute in ("__func__", "fget", "func"):  # class methods and properties
                value = getattr(value, attribute, value)
            if inspect.isfunction(value):
                yield f".{name}", value
