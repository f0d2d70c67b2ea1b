"""Modules that are imported when they are first used, such as by a reader of annotations."""

from __future__ import annotations

import importlib


class LazyModule:
    """Stands for a module, and imports it when one of its names is looked up."""

    def __init__(self, name: str, package: str | None = None) -> None:
        self._name = name
        self._package = package

    def __getattr__(self, name: str) -> object:
        return getattr(importlib.import_module(self._name, self._package), name)
