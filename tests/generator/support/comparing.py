"""Specs to be compared, and edits of them: one for each kind of difference and its opposite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import support
import yaml

from generator import names
from generator.diff import Difference, compare
from generator.document import Map, operations

_HERE = Path(__file__).parent
SHOP = (_HERE / "shop.yaml").read_text("utf-8")


def shop(*edits: tuple[str, str]) -> Map:
    """The spec of the shop, each edit made once, with its Python names."""
    text = SHOP
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    spec = support.nodes(text)
    # Former names are of the generator's own making: it refuses those that it is given.
    found = [
        (node, node.pop(names.FORMER)) for *_, node in operations(spec) if names.FORMER in node
    ]
    names.assign(spec)
    for node, former in found:
        node[names.FORMER] = former
    return spec


@dataclass(frozen=True)
class Case:
    """An edit, what it is, and what it is when it is undone."""

    kind: str
    opposite: str
    edits: tuple[tuple[str, str], ...]
    operation: str
    python: str
    before: str = ""
    after: str = ""
    base: tuple[tuple[str, str], ...] = ()
    """Edits of what it starts from."""


@cache
def compared(case: Case, *, back: bool = False) -> list[Difference]:
    """What an edit makes different, or what undoing it does."""
    specs = shop(*case.base), shop(*case.base, *case.edits)
    return compare(*reversed(specs)) if back else compare(*specs)


def compared_edits(*edits: tuple[str, str]) -> list[Difference]:
    """What edits of the shop make different."""
    return compare(shop(), shop(*edits))


def told(old: Map, new: Map) -> list[tuple[str, str, str]]:
    """Kind, operation and Python name of each difference."""
    return [(item.kind.id, item.operation, item.python) for item in compare(old, new)]


def _cases() -> Iterator[Case]:
    for data in yaml.load((_HERE / "kinds.yaml").read_text("utf-8"), yaml.CSafeLoader):
        for key in ("edits", "base"):
            data[key] = tuple((edit["from"], edit["to"]) for edit in data.get(key, ()))
        yield Case(**data)


CASES = list(_cases())
"""One for each kind. Names of operations change with their ids here, as nothing was released."""

JSON = "content: {application/json: {schema: {$ref: '#/components/schemas/%s'}}}"
_FIRST = "schema: {type: integer, minimum: 1, default: 1}"
_SHARED = f"""
components:
  parameters:
    Page: {{name: page, in: query, {_FIRST}, description: The page.}}
  responses:
    Refused: {{description: Refused., {JSON % "Problem"}}}
  requestBodies:
    Making: {{required: true, {JSON % "NewThing"}}}
  headers:
    Left: {{schema: {{type: integer}}}}
"""
SHARING = (
    (
        f"      - {{name: page, in: query, description: The page., {_FIRST}}}\n",
        "      - $ref: '#/components/parameters/Page'\n",
    ),
    (f"{{description: Refused., {JSON % 'Problem'}}}", "{$ref: '#/components/responses/Refused'}"),
    (
        f"\n        required: true\n        {JSON % 'NewThing'}",
        " {$ref: '#/components/requestBodies/Making'}",
    ),
    (
        "{description: Made., ",
        "{description: Made., headers: {Left: {$ref: '#/components/headers/Left'}}, ",
    ),
    ("\ncomponents:\n", _SHARED),
)
"""What makes components of parts of the shop that have been written out."""

RENAMING = (
    "operationId: Boxes_Label\n",
    "operationId: Boxes_Label\n      x-method: sticker\n"
    "      x-former-names: [{resource: boxes, method: label, since: '2.0.0'}]\n",
)
"""What renames an operation, and keeps its former name."""
