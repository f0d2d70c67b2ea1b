"""Small folders whose documents leave much open, and what drafting makes of them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

from generator.document import Map, Node, plain
from generator.draft import draft, guesses, write
from generator.pipeline import build_spec


def folder(specs: Path, **documents: str) -> Path:
    """A specs folder of some documents, each given as the text of its YAML."""
    (specs / "sources").mkdir(parents=True, exist_ok=True)
    for name, text in documents.items():
        (specs / "sources" / f"{name}.yaml").write_text(text, "utf-8")
    return specs


def swagger(paths: str, more: str = "") -> str:
    """A Swagger 2.0 document with the paths given as YAML."""
    head = (
        "swagger: '2.0'\ninfo: {title: Things, version: '1'}\nhost: api.example.com\n"
        "schemes: [https]\nconsumes: [application/json]\nproduces: [application/json]\n"
    )
    return head + dedent(more) + "paths:\n" + indent(dedent(paths).strip("\n"), "  ") + "\n"


def openapi(paths: str, more: str = "", version: str = "3.0.1") -> str:
    """An OpenAPI document with the paths given as YAML."""
    head = (
        f"openapi: {version}\ninfo: {{title: Things, version: '1'}}\n"
        "servers: [{url: 'https://api.example.com'}]\n"
    )
    return head + dedent(more) + "paths:\n" + indent(dedent(paths).strip("\n"), "  ") + "\n"


def cured(specs: Path) -> Map:
    """The merged spec once all guesses are written; nothing may remain, nor be guessed again."""
    drafted = draft(specs)
    assert drafted.remaining == []
    write(specs, drafted)
    again = draft(specs)
    assert (again.files, again.remaining) == ({}, [])
    assert again.earlier == guesses(specs)
    return build_spec(specs).spec


def at(root: Map, *keys: str | int) -> object:
    """The plain data under some keys."""
    node: Node = root
    for key in keys:
        assert isinstance(node, dict | list)
        node = node[key]  # type: ignore[index]  # keys as the test knows them
    return plain(node)


def operation(root: Map, method: str = "get", path: str = "/v3/things") -> Map:
    """An operation of a spec."""
    return root.map("paths").map(path).map(method)


def parameter(root: Map, name: str, method: str = "get", path: str = "/v3/things") -> object:
    """A parameter of an operation, as plain data."""
    listed = operation(root, method, path).seq("parameters")
    (found,) = [plain(item) for item in listed.maps() if item.text("name") == name]
    return found
