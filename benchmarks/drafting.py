"""How long `draft-overlay` takes for documents as dirty as the real ones, and how that grows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from .measuring import Row, processes

PROJECT = Path(__file__).parents[1]
_QUERIES = ("page", "page_size", "fields", "start_date", "include_editorial", "phrase")


def rows() -> Iterator[Row]:
    """100, 200 and 400 operations, four to a document, all of them in need of guesses."""
    with tempfile.TemporaryDirectory() as folder:
        last = 0.0
        for count in (100, 200, 400):
            specs = Path(folder) / str(count)
            write_dirty(specs / "sources", operations=count, documents=count // 4)
            taken = _drafted(specs)
            aim = "<= 10 s" if count == 400 else "<= 2.0" if last else ""
            growth = "for half of them" if last else ""
            yield Row(f"draft-overlay, {count} operations", taken, aim, last, growth)
            last = taken


def write_dirty(folder: Path, *, operations: int, documents: int) -> None:
    """Write documents without types, ids and responses, in part about the same operations."""
    folder.mkdir(parents=True)
    for index in range(documents):
        # The last operation is the first one of the next document, in other words.
        own = [*range(index, operations, documents), (index + 1) % operations]
        text = yaml.safe_dump(_document(index, own), sort_keys=False, explicit_start=True)
        (folder / f"dirty-{index:03}.yaml").write_text(f"{text}---\n", "utf-8")


def _document(index: int, numbers: list[int]) -> dict[str, object]:
    return {
        "swagger": "2.0",
        "info": {"title": "Dirty", "version": "1.0.0"},
        "host": "api.gettyimages.com",
        "schemes": ["http"],
        "produces": ["application/json"],
        "consumes": ["application/json"],
        "paths": {
            f"/v3/things-{number % 20}/{number}/{{id}}": {"post": _operation(index, number)}
            for number in numbers
        },
    }


def _operation(index: int, number: int) -> dict[str, object]:
    parameters: list[dict[str, object]] = [
        {"in": "query", "name": name, "description": "Narrows the result"} for name in _QUERIES
    ]
    parameters.append({"in": "path", "name": "id", "description": "Id of the thing"})
    body = {"$ref": "#/definitions/holder"}
    parameters.append({"in": "body", "name": "request", "description": "Details", "schema": body})
    operation: dict[str, object] = {
        "summary": f"Do {number}",
        "parameters": parameters,
        "tags": ["Images"],
    }
    if number % 3:
        operation["responses"] = {200 + index % 2: {"description": "OK"}}
    return operation


def _drafted(specs: Path) -> float:
    """The seconds of CPU of the whole command, the start of the interpreter subtracted."""
    program = (
        "import shutil, sys; from pathlib import Path; from generator.cli import main\n"
        f"shutil.rmtree(Path({str(specs)!r}) / 'overlays', ignore_errors=True)\n"
        "sys.stdout = open('/dev/null', 'w')\n"
        f"raise SystemExit(main(['draft-overlay', '--specs', {str(specs)!r}]))\n"
    )
    return processes(program, runs=1, path=[str(PROJECT)])[0]
