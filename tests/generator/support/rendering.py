"""Renders small specs, imports what comes out and records what its methods would send."""

from __future__ import annotations

import importlib
import itertools
import sys
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from types import ModuleType
from typing import Any

import support

from generator import names
from generator.document import Map
from generator.render import render

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Package:
    """A rendered package that can be imported."""

    name: str
    folder: Path
    spec: Map

    def module(self, name: str = "") -> ModuleType:
        """A module of the package."""
        return importlib.import_module(f"{self.name}.{name}" if name else self.name)

    def request(self, operation: str, /, *args: object, **keywords: object) -> Any:
        """The request that a method, given as `resource.method`, hands to the client."""
        return self.call(operation, *args, **keywords)[1]

    def call(self, operation: str, /, *args: object, **keywords: object) -> tuple[Any, ...]:
        """Operation, request, timeout and headers that a method hands to the client."""
        calls: list[tuple[Any, ...]] = []

        class Client(self.module().Client):  # type: ignore[misc]  # made at run time
            def call(self, *given: object, timeout: object, headers: object) -> None:
                calls.append((*given, timeout, headers))

        resource, method = operation.split(".")
        getattr(getattr(Client(), resource), method)(*args, **keywords)
        return calls[0]

    def parsed(
        self, operation: str, content: bytes | str = b"", status: int = 200, **headers: str
    ) -> Any:
        """What an operation makes of a response."""
        resource, method = operation.split(".")
        module = self.module(f"api.{resource}.{method}")
        raw = content.encode() if isinstance(content, str) else content
        return module.parse_response(Response(status, raw, headers))


class Response:
    """A response, as clients show it to the generated code."""

    def __init__(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.status_code = status
        self.content = content
        self.headers = Message()
        for name, value in headers.items():
            self.headers[name.replace("_", "-")] = value


def rendered(
    text: str | Map,
    folder: Path,
    released: Map | None = None,
    exceptions: dict[str, str] | None = None,
) -> Package:
    """Render a spec, given as the text of its YAML, under a name of its own."""
    spec = support.nodes(text) if isinstance(text, str) else text
    names.assign(spec, released)
    name = f"rendered_{next(_numbers)}"
    render(spec, name, folder / name, exceptions=exceptions)
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    return Package(name, folder / name, spec)


HEAD = "openapi: 3.1.0\ninfo: {title: Tests, version: '1'}\n"
