"""A change of an operation's options names the hand-written methods that take them too."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from runs import TINY, run, tiny

from generator.callers import sharing
from generator.document import Map
from generator.pipeline import build_spec
from generator.yaml_output import to_yaml

PROJECT = Path(__file__).parents[2]
METHODS = """\
import typing
from tiny_rest.api.things import get_thing as _thing
from tiny_rest.api.things.get_thing import GetThingOptions as Options
from elsewhere import OtherOptions

class SaveOptions(_thing.GetThingOptions, total=False):
    name: str

class Things:
    def save(self, id: str, **options: typing.Unpack[SaveOptions]) -> None: ...
    async def load(self, **options: typing.Unpack[Options]) -> None: ...
    def other(self, **options: typing.Unpack[OtherOptions]) -> None: ...
    def helper(self, options: SaveOptions) -> None: ...
"""
MORE = """\
import typing
from .methods import SaveOptions

class SaveAllOptions(SaveOptions, total=False): ...
class SaveOptions(typing.TypedDict): ...

def save_all(**options: typing.Unpack[SaveAllOptions]) -> None: ...
"""


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A folder that was released, with hand-written code beside it."""
    specs = tiny(tmp_path / "api", overlay="")
    (specs / "generator.toml").write_text('package = "tiny_rest"\ncallers = "own absent"\n')
    text = to_yaml(build_spec(specs).spec) + "x-release: {version: 1.4.2}\n"
    (specs / "released.yaml").write_text(text, "utf-8")
    own = specs.parent / "own"
    own.mkdir()
    (own / "methods.py").write_text(METHODS)
    (own / "a_more.py").write_text(MORE)
    (own / "broken.py").write_text("def (")
    return specs


def named(specs: Path) -> list[str]:
    """The methods that take the options of the operation, with their places."""
    own = specs.parent / "own"
    return [
        f"save_all ({own / 'a_more.py'}:7)",
        f"Things.save ({own / 'methods.py'}:10)",
        f"Things.load ({own / 'methods.py'}:11)",
    ]


def test_methods_that_take_the_options_are_found_also_through_subclasses(specs: Path) -> None:
    assert sharing(specs, build_spec(specs).spec) == {"GET /v3/things/{id}": named(specs)}


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_each_report_names_them_when_an_option_changes(
    specs: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    (specs / "sources" / "tiny.yaml").write_text(TINY.replace("name: page", "name: page_number"))
    done = run(capsys, "diff", "--specs", specs, "--format", form)
    out = json.dumps(json.loads(done.out)["shared"]) if form == "json" else done.out
    plain = re.sub("<wbr>|`", "", out)
    assert all(name in plain for name in named(specs))


@pytest.mark.parametrize("form", ["text", "json"])
def test_they_are_not_named_when_no_option_changes(
    specs: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    (specs / "sources" / "tiny.yaml").write_text(TINY.replace("Get a thing", "Get one thing"))
    done = run(capsys, "diff", "--specs", specs, "--format", form)
    assert "prose" in done.out
    assert "methods.py" not in done.out


def test_the_methods_of_this_client_that_share_the_options_of_a_download_are_named() -> None:
    spec: Map = build_spec(PROJECT / "specs").spec
    found = sharing(PROJECT / "specs", spec)["POST /v3/downloads/images/{id}"]
    # The awaited methods are made from these, but for the one that takes another kind of file.
    names = {method.partition(" ")[0].rpartition(".")[2] for method in found}
    assert {"save_image", "save_images", "open_image", "save_image_to", "request_link"} <= names
    assert "AsyncDownloads.save_image_to" in " ".join(found)
    file, line = found[0].rstrip(")").rpartition("(")[2].rsplit(":", 1)
    assert "def " in Path(file).read_text("utf-8").splitlines()[int(line) - 1]
