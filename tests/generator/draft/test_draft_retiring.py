"""Actions of overlays that new documents have overtaken are retired where a person sees them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from drafting import folder, openapi, swagger

from generator.document import plain
from generator.draft import draft, guesses, write
from generator.pipeline import build_spec

OLD = swagger(
    """
    /v3/things/{id}:
      get:
        operationId: Things_GetThing
        parameters:
        - {name: id, in: path, required: true, type: string}
        - {name: size, in: query}
        responses: {'200': {description: OK}}
    """
)
PATHS = """
/v3/things/{id}:
  get:
    parameters:
    - {name: id, in: path, required: true, schema: {type: string}}
    - {name: size, in: query, schema: SCHEMA}
    responses: {'200': {description: OK}}
"""
HEAD = "overlay: 1.1.0\ninfo: {title: Corrections, version: 1.0.0}\n"
TARGET = "$.paths['/v3/things/{id}'].get.parameters[?@.name=='size']"


def new(schema: str = "{type: string}") -> str:
    """A document of today, which repeats the operation."""
    return openapi(PATHS.replace("SCHEMA", schema))


def drafted(specs: Path, overlay: str, document: str, name: str = "one.yaml") -> str:
    """What becomes of an overlay for the old document once the new one is there, too."""
    folder(specs, old=OLD)
    (specs / "overlays").mkdir()
    (specs / "overlays" / name).write_bytes(overlay.encode())
    (specs / "openapi.yaml").write_text(yaml.safe_dump(plain(build_spec(specs).spec)))
    return arrived(specs, document, name)


def arrived(specs: Path, document: str, name: str = "one.yaml") -> str:
    """The same of an overlay that is there."""
    folder(specs, new=document)
    made = draft(specs, {"new.yaml"})
    assert made.remaining == []
    write(specs, made)
    build_spec(specs)
    again = draft(specs, {"new.yaml"})
    assert (again.files, again.remaining) == ({}, [])
    return (specs / "overlays" / name).read_bytes().decode()


def action(text: str, index: int = 0) -> dict[str, Any]:
    """One action of an overlay."""
    found: dict[str, Any] = yaml.safe_load(text)["actions"][index]
    return found


def size(specs: Path) -> object:
    """The schema of the parameter in the merged spec."""
    spec = build_spec(specs).spec
    listed = spec.map("paths").map("/v3/things/{id}").map("get").seq("parameters")
    return next(plain(each["schema"]) for each in listed.maps() if each.text("name") == "size")


TYPED = f"""{HEAD}actions:
# Sizes
- description: A number.
  target: {TARGET}
  update:  # in pixels
    description: How large.
    schema:
      type: integer

# The end
- description: Last.
  target: $.info
  update: {{description: Of things}}
"""


class TestWhatIsRetired:
    def test_the_part_that_is_contradicted_moves_and_the_rest_stays_in_force(
        self, tmp_path: Path
    ) -> None:
        found = action(drafted(tmp_path, TYPED, new("{type: string, nullable: true}")))
        assert found["update"] == {"description": "How large."}
        assert found["x-retired"]["update"] == {"schema": {"type": "integer"}}
        assert 'new.yaml has ["string", "null"]' in found["x-retired"]["because"]
        assert size(tmp_path) == {"type": "integer"}

    def test_what_a_document_says_itself_now_is_superfluous(self, tmp_path: Path) -> None:
        overlay = f"{HEAD}actions:\n- description: A number.\n  target: {TARGET}\n"
        overlay += "  update: {schema: {type: integer}}\n"
        found = action(drafted(tmp_path, overlay, new("{type: integer}")))
        assert "update" not in found
        assert found["x-retired"]["because"] == "The documents say so themselves now: new.yaml."

    @pytest.mark.parametrize(
        ("effect", "key"),
        [
            ("remove: true", "remove"),
            ("update: {type: integer}", "update"),
            ("copy: $.info", "copy"),
        ],
    )
    def test_a_target_that_is_gone_may_match_nothing(
        self, tmp_path: Path, effect: str, key: str
    ) -> None:
        old = OLD.replace("{name: size, in: query}", "{name: size, in: query, type: string}")
        folder(tmp_path, old=old)
        (tmp_path / "overlays").mkdir()
        text = (
            f"{HEAD}actions:\n- description: Not so.\n  target: {TARGET}.schema.title\n  {effect}\n"
        )
        (tmp_path / "overlays" / "one.yaml").write_text(text)
        found = action(arrived(tmp_path, new()))
        assert found["target"] == f"{TARGET}.schema.title"
        assert found["x-retired"][key] == yaml.safe_load(effect)[key]
        assert key not in found

    def test_of_several_targets_those_that_it_fits_keep_what_moves(self, tmp_path: Path) -> None:
        overlay = f"""{HEAD}actions:
- description: All of these are numbers.
  target: $.paths.*.get.parameters[?@.in=='query']
  update: {{schema: {{type: integer, title: Number}}}}
"""
        more = OLD + (
            "  /v3/others:\n    get:\n      operationId: Others_GetOthers\n      parameters:\n"
            "      - {name: count, in: query}\n      responses: {'200': {description: OK}}\n"
        )
        folder(tmp_path, old=more)
        (tmp_path / "overlays").mkdir()
        (tmp_path / "overlays" / "one.yaml").write_text(overlay)
        found = action(arrived(tmp_path, new("{type: string, nullable: true}")))
        assert found["x-retired"]["update"] == {"schema": {"type": "integer"}}
        others = build_spec(tmp_path).spec.map("paths").map("/v3/others").map("get")
        (count,) = others.seq("parameters").maps()
        assert count.map("schema").get("type") == "integer"

    def test_what_all_of_several_targets_list_themselves_is_not_added_to_them_again(
        self, tmp_path: Path
    ) -> None:
        listed = "{name: page, in: query, schema: {type: integer}}"
        paths = "".join(
            f"/v3/{name}:\n  get:\n    parameters: [{listed}]\n"
            "    responses: {'200': {description: OK}}\n"
            for name in ("things", "others")
        )
        folder(tmp_path, new=openapi(paths))
        (tmp_path / "overlays").mkdir()
        overlay = f"""{HEAD}extends: ../sources/new.yaml
actions:
- description: They have pages.
  target: $.paths.*.get
  update: {{summary: Page by page, parameters: [{listed}]}}
"""
        (tmp_path / "overlays" / "one.yaml").write_text(overlay)
        made = draft(tmp_path, {"new.yaml"})
        assert list(action(made.files["one.yaml"])["x-retired"]["update"]) == ["parameters"]
        guessed = [guess.overlay for guess in made.guesses if "parameters" in guess.effect]
        assert guessed == ["one.yaml"]

    def test_a_draft_without_new_documents_retires_nothing(self, tmp_path: Path) -> None:
        folder(tmp_path, old=OLD, new=new("{type: string, nullable: true}"))
        (tmp_path / "overlays").mkdir()
        (tmp_path / "overlays" / "one.yaml").write_text(TYPED)
        found = draft(tmp_path)
        assert "one.yaml" not in found.files
        assert [each.code for each in found.remaining] == ["action-mixes"]


class TestBounds:
    @pytest.mark.parametrize(("ours", "theirs"), [(10, 50), (50, 10)])
    def test_the_wider_bound_holds(self, tmp_path: Path, ours: int, theirs: int) -> None:
        overlay = f"{HEAD}actions:\n- description: A number.\n  target: {TARGET}\n"
        overlay += f"  update: {{schema: {{type: integer, maximum: {ours}}}}}\n"
        drafted(tmp_path, overlay, new(f"{{type: integer, maximum: {theirs}}}"))
        assert size(tmp_path) == {"type": "integer", "maximum": 50}

    def test_so_it_does_where_two_documents_have_different_ones(self, tmp_path: Path) -> None:
        old = OLD.replace("in: query}", "in: query, type: integer, minimum: 5, maximum: 10}")
        folder(tmp_path, old=old)
        (tmp_path / "openapi.yaml").write_text(yaml.safe_dump(plain(build_spec(tmp_path).spec)))
        (tmp_path / "overlays").mkdir()
        (tmp_path / "overlays" / "one.yaml").write_text(
            f"{HEAD}actions:\n- {{description: x, target: $.info, update: {{title: T}}}}\n"
        )
        arrived(tmp_path, new("{type: integer, minimum: 1, maximum: 9}"))
        assert size(tmp_path) == {"type": "integer", "minimum": 1, "maximum": 10}


class TestTheFile:
    def test_comments_and_all_other_actions_stay_as_they_are_written(self, tmp_path: Path) -> None:
        text = drafted(tmp_path, TYPED, new("{type: string, nullable: true}"))
        kept = TYPED.replace("    schema:\n      type: integer\n", "").splitlines()
        assert [line for line in text.splitlines() if line in kept] == kept

    @pytest.mark.parametrize("changed", ["\r\n", "flow"])
    def test_it_may_be_written_in_another_way(self, tmp_path: Path, changed: str) -> None:
        overlay = TYPED.replace("\n", "\r\n") if changed == "\r\n" else _flow()
        text = drafted(tmp_path, overlay, new("{type: string, nullable: true}"))
        assert action(text)["x-retired"]["update"] == {"schema": {"type": "integer"}}
        assert action(text, 1) == action(TYPED, 1)
        assert ("\n" in text.replace("\r\n", "")) == (changed == "flow")

    def test_it_may_be_json(self, tmp_path: Path) -> None:
        content = json.dumps(yaml.safe_load(TYPED))
        document = new("{type: string, nullable: true}")
        text = drafted(tmp_path, content, document, "one.json")
        found = json.loads(text)["actions"][0]
        assert found["x-retired"]["update"] == {"schema": {"type": "integer"}}

    def test_it_is_listed_as_a_guess_with_what_contradicts_it(self, tmp_path: Path) -> None:
        drafted(tmp_path, TYPED, new("{type: string, nullable: true}"))
        (found,) = (each for each in guesses(tmp_path) if each.overlay == "one.yaml")
        assert found.effect == "retired: size: schema.type: integer"
        assert found.operation == "GET /v3/things/{id}"
        assert found.reason.startswith("new.yaml has")


def _flow() -> str:
    actions = yaml.safe_load(TYPED)["actions"]
    return f"{HEAD}actions: {json.dumps(actions)}\n"
