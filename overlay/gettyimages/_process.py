"""Forks of the process, and modules that it imports late.

Connections, locks, threads and open journals belong to one process. A child that is made by
`os.fork` must not use its copies of them: responses would go to the wrong process, and a thread
that it does not have may hold a lock. Nor must it close them, as the parent goes on using them.
"""

from __future__ import annotations

import importlib
import os
import weakref

_generation = 0
_objects: weakref.WeakSet[OfProcess] = weakref.WeakSet()
_inherited: list[object] = []
"""What the parent used, kept so that the garbage collector of a child does not close it."""


def generation() -> int:
    """Return how many forks this process descends from: its id would take a system call."""
    return _generation


class OfProcess:
    """An object of which a part belongs to the process."""

    def __init__(self) -> None:
        _objects.add(self)
        self._begin()

    def _begin(self) -> None:
        """Make this part: when the object is made, and once more in each child."""
        raise NotImplementedError


def _begin_anew() -> None:
    global _generation  # noqa: PLW0603 - of the process
    _generation += 1
    for one in [*_objects]:
        _inherited.append(dict(vars(one)))
        one._begin()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)


class LazyModule:
    """Stands for a module, and imports it when one of its names is looked up."""

    def __init__(self, name: str, package: str | None = None) -> None:
        self._name = name
        self._package = package

    def __getattr__(self, name: str) -> object:
        return getattr(importlib.import_module(self._name, self._package), name)
