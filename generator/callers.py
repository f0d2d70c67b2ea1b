"""Hand-written code that calls the generated package: where it does not fit, what it takes over."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from .config import read_settings
from .document import Map, Position, operations
from .findings import Finding, GeneratorError, refusal
from .names import class_name, module_name

_OPTIONS = (
    *("--output=json", "--follow-imports=silent", "--no-incremental", f"--cache-dir={os.devnull}"),
    *("--no-error-summary", "--hide-error-context", "--no-warn-unused-ignores"),
)
_LONGEST_SECONDS = 900.0


def misfits(specs: Path, generated: Path) -> list[Finding]:
    """The places of hand-written code that do not fit a generated package.

    The setting `callers` of a folder of specs names the code; `generated` is where the package is.

    Raises:
        GeneratorError: There is no type checker, or what it is to read is not there.
    """
    root, callers = specs.parent, read_settings(specs).callers.split()
    if not callers:
        return []
    if missing := [name for name in callers if not (root / name).exists()]:
        raise GeneratorError(Finding(root / name, "caller-missing") for name in missing)
    if find_spec("mypy") is None:
        raise refusal("mypy", "checker-missing")
    # What MYPYPATH names goes before what the project's settings name.
    variables = {**os.environ, "MYPYPATH": str(generated.resolve())}
    command = [sys.executable, "-m", "mypy", *_OPTIONS, *callers]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            cwd=root,
            env=variables,
            capture_output=True,
            text=True,
            timeout=_LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refusal("`mypy ...`", "program-endless", seconds=_LONGEST_SECONDS) from None
    found = list(_findings(root, done.stdout))
    if done.returncode and not found:
        output = "".join(f"\n    {line}" for line in (done.stderr or done.stdout).splitlines()[:12])
        raise refusal("`mypy ...`", "program-failed", status=done.returncode, output=output)
    return found


def _findings(root: Path, output: str) -> Iterator[Finding]:
    for entry in (json.loads(line) for line in output.splitlines() if line.startswith("{")):
        if entry["severity"] == "error":
            place = Position(str(root / entry["file"]), entry["line"], max(entry["column"] + 1, 1))
            yield Finding(place, "caller-misfit", reason=entry["message"])


def sharing(specs: Path, spec: Map) -> dict[str, list[str]]:
    """Return the hand-written methods with `**options: Unpack[...Options]`, each with its place.

    They are found by the label of the operation whose options they take. The setting `callers` of a
    folder of specs names the code, which was written for the spec that is given.
    """
    callers = read_settings(specs).callers.split()
    modules = [module for name in callers for module in _modules(specs.parent / name)]
    generated: dict[str, str] = {}
    for path, verb, operation in operations(spec):
        module = module_name(operation.text("x-method"))
        place = f"api.{operation.text('x-resource')}.{module}.{class_name(module)}Options"
        generated[place] = f"{verb.upper()} {path}"
    bases: dict[str, set[str]] = defaultdict(set)
    for own in modules:
        for node in own.tree.body:
            if isinstance(node, ast.ClassDef):
                bases[node.name].update(name for base in node.bases for name in own.names(base))

    def labels(name: str, within: frozenset[str] = frozenset()) -> set[str]:
        """Return the labels of the operations whose options a class has or inherits."""
        *_, last = parts = name.split(".")
        above = bases[last] if last not in within else set[str]()
        inherited = (labels(base, within | {last}) for base in above)
        place = ".".join(parts[-4:])
        return set[str]().union(*inherited) or ({generated[place]} if place in generated else set())

    found: dict[str, list[str]] = defaultdict(list)
    for own in modules:
        for method, names in own.methods():
            for label in sorted(set().union(*map(labels, names))):
                found[label].append(method)
    return dict(found)


class _Module:
    """One module of hand-written code."""

    def __init__(self, path: Path, tree: ast.Module) -> None:
        self.path, self.tree = path, tree
        self.imported: dict[str, str] = {}
        """What names that are imported stand for."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                front = f"{node.module or ''}." if isinstance(node, ast.ImportFrom) else ""
                for name in node.names:
                    self.imported[name.asname or name.name] = front + name.name

    def names(self, node: ast.AST) -> Iterator[str]:
        """Yield the dotted names in an expression, as they are without `as`."""
        for part in ast.walk(node):
            if isinstance(part, ast.Name | ast.Attribute):
                first, _, rest = ast.unparse(part).partition(".")
                first = self.imported.get(first, first)
                yield f"{first}.{rest}" if rest else first

    def methods(self) -> Iterator[tuple[str, Iterator[str]]]:
        """Yield each method with typed `**options`, and the dotted names in their type."""
        for within, node in _functions(self.tree):
            if node.args.kwarg and (taken := node.args.kwarg.annotation):
                yield f"{within}{node.name} ({self.path}:{node.lineno})", self.names(taken)


def _functions(
    node: ast.Module | ast.ClassDef, within: str = ""
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield the functions and methods of a module, each with the class that it is in."""
    for child in node.body:
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield within, child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{within}{child.name}.")


def _modules(path: Path) -> Iterator[_Module]:
    for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
        try:
            if b"Options" in (content := file.read_bytes()):
                yield _Module(file, ast.parse(content))
        except (OSError, SyntaxError, ValueError):
            continue  # the type checker names what cannot be read
