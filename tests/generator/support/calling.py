"""Writes programs that call all of a rendered package, as type checkers would meet them.

All is read from the code of the package itself: what each program demands is what it promises.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_HEAD = """\
from __future__ import annotations
import collections.abc
import datetime
import typing
from PACKAGE import models, types, Client
"""


@dataclass
class Model:
    """A class of the models package: its fields with their types, and which have to be given."""

    name: str
    fields: dict[str, str] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    is_alias: bool = False


def caller(folder: Path, besides: Iterable[str] = ()) -> str:
    """A program that calls each method, makes each model and reads each that is returned.

    Args:
        folder: The package.
        besides: Models that no signature names, but that callers may make.
    """
    models = {model.name: model for model in map(_model, sorted((folder / "models").glob("*.py")))}
    lines: list[str] = []
    sent: set[str] = set(besides)
    returned: set[str] = set()
    for path in sorted((folder / "api").glob("*/__init__.py")):
        resource = path.parent.name
        for number, method in enumerate(_methods(path)):
            lines += _call(f"{resource}_{number}", resource, method, _options(path, method))
            sent |= {name for argument in _typed(method) for name in _named(argument[1])}
            returned |= set(_named(ast.unparse(method.returns) if method.returns else ""))
    returned = _closed(returned, models)
    for name in sorted(_closed(sent | returned, models)):
        lines += _made(models[name])
        lines += _read(models[name]) if name in returned else []
    return _HEAD + "\n".join(lines) + "\n"


def parsed(path: Path) -> ast.Module:
    """The module of a resource, with what is imported by another name under its own."""
    text = path.read_text("utf-8")
    renaming = re.compile(r"^(?:from \S+ )?import (\S+) as (_\w+)\n", re.MULTILINE)
    for name, alias in renaming.findall(text):
        text = re.sub(rf"\b{alias}\b", name, renaming.sub("", text))
    return ast.parse(text)


def _methods(path: Path) -> Iterator[ast.FunctionDef]:
    module = parsed(path)
    blocking = next(node for node in module.body if isinstance(node, ast.ClassDef))
    for node in blocking.body:
        if isinstance(node, ast.FunctionDef) and node.name != "__init__":
            yield node


def _typed(method: ast.FunctionDef) -> list[tuple[str, str, bool, bool]]:
    """Name, type, whether it has to be given, whether by position, of each argument."""
    positional = [
        (item.arg, ast.unparse(item.annotation), True, True)
        for item in method.args.args[1:]
        if item.annotation
    ]
    keywords = [
        (item.arg, ast.unparse(item.annotation), default is None, False)
        for item, default in zip(method.args.kwonlyargs, method.args.kw_defaults, strict=True)
        if item.annotation
    ]
    return positional + keywords


def _call(label: str, resource: str, method: ast.FunctionDef, options: str) -> list[str]:
    arguments = _typed(method)
    returns = ast.unparse(method.returns) if method.returns else "None"
    given = ", ".join(f"v_{name}: {kind}" for name, kind, _, _ in arguments)
    keep = "" if returns == "None" else f"result: {returns} = "
    call = f"client.{resource}.{method.name}"
    by_position = [name for name, _, _, positional in arguments if positional]
    required = [name for name, _, needed, positional in arguments if needed and not positional]
    every = [name for name, _, _, positional in arguments if not positional]
    names = [name for name, _, _, _ in arguments]
    values = [f"v_{name}" for name in by_position]
    return [
        f"def call_{label}(client: Client, {given}) -> None:",
        f"    {keep}{call}({', '.join([*values, *_keywords(every)])})",
        f"    {call}({', '.join(_keywords(names))})",
        f"    {call}({', '.join([*values, *_keywords(required)])})",
        f"    from {options} as Options",
        f"    least: Options = {{{_entries(required)}}}",
        f"    most: Options = {{{_entries(every)}}}",
        f"    {call}({', '.join([*values, '**least'])})",
        f"    {call}({', '.join([*values, '**most'])})",
    ]


def _keywords(names: Iterable[str]) -> list[str]:
    return [f"{name}=v_{name}" for name in names]


def _entries(names: Iterable[str]) -> str:
    return ", ".join(f"{name!r}: v_{name}" for name in names)


def _options(path: Path, method: ast.FunctionDef) -> str:
    """Where the dictionary type of a method's keywords is imported from."""
    imported = next(node for node in ast.walk(method) if isinstance(node, ast.ImportFrom))
    module = imported.names[0].name
    resource = imported.module or path.parent.name  # a former name imports from elsewhere
    tree = ast.parse((path.parents[1] / resource / f"{module}.py").read_text("utf-8"))
    name = next(node.name for node in tree.body if isinstance(node, ast.ClassDef))
    return f"PACKAGE.api.{resource}.{module} import {name}"


def _model(path: Path) -> Model:
    tree = ast.parse(path.read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            return _dataclass(node)
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "typing.TypeAlias":
            return Model(ast.unparse(node.target), is_alias=True)
    return Model("")


def _dataclass(node: ast.ClassDef) -> Model:
    model = Model(node.name)
    for item in node.body:
        if not isinstance(item, ast.AnnAssign):
            continue
        kind = ast.unparse(item.annotation)
        name = ast.unparse(item.target)
        if kind == "typing.ClassVar" or name in ("additional_properties", "raw"):
            continue
        model.fields[name] = kind
        default = ast.unparse(item.value) if item.value else ""
        if not default or (default.startswith("dataclasses") and "default=" not in default):
            model.required.add(name)
    return model


def _made(model: Model) -> list[str]:
    name = model.name
    if model.is_alias:
        return [f"def make_{name}(value: models.{name}) -> None:", "    print(value)"]
    given = ", ".join(f"v_{field}: {kind}" for field, kind in model.fields.items())
    return [
        f"def make_{name}({given}) -> None:",
        f"    models.{name}({', '.join(_keywords(model.fields))})",
        f"    models.{name}({', '.join(_keywords(sorted(model.required)))})",
    ]


def _read(model: Model) -> list[str]:
    lines = [f"def read_{model.name}(value: models.{model.name}) -> None:", "    print(value)"]
    for number, (name, kind) in enumerate(model.fields.items()):
        lines.append(f"    f_{number}: {kind} = value.{name}")
    return [] if model.is_alias else lines


def _named(annotation: str) -> Iterator[str]:
    if annotation:
        for node in ast.walk(ast.parse(annotation, mode="eval")):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "models":
                yield node.attr


def _closed(names: set[str], models: dict[str, Model]) -> set[str]:
    """Models with all that their fields name."""
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting |= {inner for kind in models[name].fields.values() for inner in _named(kind)}
    return found
