"""The project's own overlays: that they say why, and describe what they add."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.amend import Action, Overlay, read_overlays
from generator.document import Map
from generator.grammar import OPENAPI, walk

SPECS = Path(__file__).parents[3] / "specs"


@pytest.fixture(scope="module")
def overlays() -> list[Overlay]:
    return read_overlays(SPECS / "overlays", [path.name for path in (SPECS / "sources").iterdir()])


def test_every_action_gives_its_reason(overlays: list[Overlay]) -> None:
    silent = [a.position for overlay in overlays for a in overlay.actions if not a.reason]
    assert overlays
    assert silent == []


def test_every_schema_and_property_that_is_added_is_described(overlays: list[Overlay]) -> None:
    added = [named for overlay in overlays for a in overlay.actions for named in _added(a)]
    assert len(added) > 40
    assert [name for name, schema in added if not schema.text("description")] == []


def _added(action: Action) -> Iterator[tuple[str, Map]]:
    update = action.node.map("update")
    whole = action.target.text == "$.components.schemas"
    for name, schema in (update if whole else update.map("components").map("schemas")).maps():
        yield name, schema
        for _, _, node in walk(OPENAPI, schema, "schema"):
            yield from node.map("properties").maps()
