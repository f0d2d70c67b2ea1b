"""The command line: what the commands do, and what they say."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from runs import OVERLAY, TINY, digest, run, tiny

from generator import commands
from generator.commands import Target
from generator.render import TEMPLATES

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[3]


def module(*arguments: str | Path, cwd: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


class TestBuilding:
    def test_the_real_command_builds_checks_and_explains(self, tmp_path: Path) -> None:
        specs = tiny(tmp_path / "specs")
        out = ("--specs", specs, "--out", tmp_path / "tiny_client")
        built = module("build", *out)
        assert (built.returncode, built.stderr) == (0, "")
        words = ["load", "1 documents", "1 operations", "1 actions", "render", "files"]
        assert [word for word in words if word not in built.stdout] == []
        assert module("check", *out).returncode == 0
        explained = module("explain", "things.get_thing", "--specs", specs)
        assert "tiny.yaml, /paths/~1v3~1things~1{id}/get" in explained.stdout

    def test_what_is_built_can_be_imported_under_the_name_of_its_folder(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        specs = tiny(tmp_path / "specs")
        assert run(capsys, "build", "--specs", specs, "--out", tmp_path / "tiny").status == 0
        code = (
            "from tiny.api.things.get_thing import build_request as b;"
            " r = b('a/b', page=2); print(r.method, r.path, r.query)"
        )
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert done.stdout.startswith("GET /v3/things/a%2Fb")
        assert "page" in done.stdout

    def test_without_options_the_package_is_named_after_the_title_and_lies_beside_the_specs(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        done = run(capsys, "build", "--specs", tiny(tmp_path / "api"))
        assert done.status == 0
        assert (tmp_path / "generated" / "tiny_rest" / "py.typed").is_file()

    def test_settings_beside_the_sources_name_title_version_and_package(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        specs = tiny(tmp_path / "api")
        toml = 'title = "Ours"\nversion = "9"\ndescription = "D"\npackage = "ours"\n'
        (specs / "generator.toml").write_text(toml)
        done = run(capsys, "build", "--specs", specs)
        assert done.status == 0
        assert "warning" not in done.out
        assert (tmp_path / "generated" / "ours" / "client.py").is_file()
        spec = (specs / "openapi.yaml").read_text("utf-8")
        assert "title: Ours\n" in spec
        assert "version: '9'\n" in spec

    def test_the_settings_of_a_project_hold_for_its_folder_of_specs(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        tiny(tmp_path / "specs")
        (tmp_path / "pyproject.toml").write_text('[tool.generator]\npackage = "mine"\n')
        assert run(capsys, "build", "--specs", tmp_path / "specs").status == 0
        assert (tmp_path / "generated" / "mine").is_dir()

    def test_a_setting_that_shapes_no_output_leaves_the_outputs_current(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        specs = tiny(tmp_path / "api")
        assert run(capsys, "build", "--specs", specs).status == 0
        (specs / "generator.toml").write_text('trial = "trial.py"\nspends = "paid"\n')
        assert run(capsys, "check", "--specs", specs).status == 0
        (specs / "generator.toml").write_text('title = "Other"\n')
        assert run(capsys, "check", "--specs", specs).status == 1

    def test_the_folder_in_which_one_stands_may_be_named_by_a_dot(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tiny(tmp_path / "specs"))
        (tmp_path / "pyproject.toml").write_text('[tool.generator]\npackage = "mine"\n')
        assert run(capsys, "build", "--specs", ".").status == 0
        assert (tmp_path / "generated" / "mine").is_dir()
        assert run(capsys, "check", "--specs", ".").status == 0

    def test_an_option_goes_before_a_setting(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        specs = tiny(tmp_path / "api")
        (specs / "generator.toml").write_text('package = "ours"\n')
        assert run(capsys, "build", "--specs", specs, "--package", "other").status == 0
        assert (tmp_path / "generated" / "other").is_dir()

    def test_building_again_changes_nothing(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        specs = tiny(tmp_path / "specs")
        run(capsys, "build", "--specs", specs)
        before = digest(tmp_path)
        assert run(capsys, "build", "--specs", specs).status == 0
        assert digest(tmp_path) == before

    def test_merging_writes_the_merged_spec_alone(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        specs = tiny(tmp_path / "specs")
        before = digest(tmp_path)
        assert run(capsys, "merge", "--specs", specs, "--output", tmp_path / "m.yaml").status == 0
        assert digest(tmp_path).keys() - before.keys() == {"m.yaml"}
        assert run(capsys, "merge", "--specs", specs).status == 0
        assert (specs / "openapi.yaml").read_bytes() == (tmp_path / "m.yaml").read_bytes()

    def test_every_warning_is_told_once(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        specs = tiny(tmp_path / "specs", TINY.replace("- https", "- http"))
        done = run(capsys, "merge", "--specs", specs)
        warnings = [line for line in done.out.splitlines() if line.startswith("warning:")]
        assert len(warnings) == len(set(warnings))
        assert any("tiny.yaml:7:1: the API is called over https only" in line for line in warnings)

    def test_a_terminal_that_knows_few_characters_is_shown_the_numbers_of_the_others(
        self, tmp_path: Path
    ) -> None:
        specs = tiny(tmp_path / "späcs", TINY.replace("/{id}:", "/{id}/é:"))
        environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
        for command in (["merge"], ["explain", "things.get_thing"], ["check", "--package", "é"]):
            done = subprocess.run(
                [sys.executable, "-m", "generator", *command, "--specs", str(specs)],
                cwd=PROJECT,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == (command[0] == "check"), done.stderr
            assert "\\xe" in done.stdout
            assert "Traceback" not in done.stderr

    def test_a_reader_that_leaves_early_changes_nothing_but_what_is_read(
        self, tmp_path: Path
    ) -> None:
        specs = tiny(tmp_path / "specs")
        ends = os.pipe()
        os.close(ends[0])
        for command in (["build"], ["check"], ["diff", specs, specs], ["explain", "a.b"]):
            done = subprocess.run(
                [sys.executable, "-m", "generator", *map(str, command), "--specs", str(specs)],
                cwd=PROJECT,
                stdout=ends[1],
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
            assert done.returncode == (command[0] == "explain"), done.stderr
            assert "Broken pipe" not in done.stderr
        assert (tmp_path / "generated" / "tiny_rest" / "client.py").is_file()
        os.close(ends[1])

    def test_ctrl_c_ends_with_one_line_even_before_everything_is_loaded(self) -> None:
        code = """
import runpy, signal, sys
class Impatient:
    def find_spec(self, name, path=None, target=None):
        if name == "generator.cli":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Impatient())
runpy.run_module("generator", run_name="__main__", alter_sys=True)
"""
        command = [sys.executable, "-c", code, "check"]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (130, "interrupted; nothing has been changed.\n")

    def test_the_help_loads_no_stage_and_no_library(self) -> None:
        code = """
import sys
sys.argv[1:] = ["--help"]
try:
    from generator.cli import main
    main()
finally:
    heavy = {"yaml", "jinja2", "rich", "jsonschema", "openapi_python_client", "generator.pipeline"}
    assert not heavy & {*sys.modules}, heavy & {*sys.modules}
"""
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert "draft-overlay" in done.stdout

    def test_an_unknown_command_is_refused_with_the_usage(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as caught:
            run(capsys, "destroy")
        assert caught.value.code == 2
        assert "usage:" in capsys.readouterr().err


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Target:
    """What a run has made, templates included."""
    target = target_in(tmp_path_factory.mktemp("made"))
    shutil.copytree(TEMPLATES, target.templates)
    tiny(target.specs)
    commands.build(target)
    return target


@pytest.fixture
def built(made: Target, tmp_path: Path) -> Target:
    """The same, in a folder of its own."""
    shutil.copytree(made.specs.parent, tmp_path, dirs_exist_ok=True)
    return target_in(tmp_path)


def target_in(folder: Path) -> Target:
    return Target(folder / "specs", folder / "tiny", None, folder / "templates")


def verdicts(target: Target) -> str:
    before = digest(target.specs.parent)
    told = commands.check(target)
    assert digest(target.specs.parent) == before
    return "\n".join(map(str, told))


class TestChecking:
    def test_what_was_just_built_is_fine(self, built: Target) -> None:
        assert verdicts(built) == ""

    @pytest.mark.parametrize(
        "file", ["client.py", "api/things/get_thing.py", "models/thing.py", "generation.json"]
    )
    def test_a_changed_byte_in_the_package_is_told(self, built: Target, file: str) -> None:
        assert built.out
        path = built.out / file
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        assert f"{path}: differs from the result of the inputs" in verdicts(built)

    def test_files_that_are_missing_or_too_many_are_told(self, built: Target) -> None:
        assert built.out
        (built.out / "types.py").unlink()
        (built.out / "extra.py").write_text("")
        told = verdicts(built)
        assert f"{built.out / 'types.py'}: is missing" in told
        assert f"{built.out / 'extra.py'}: does not belong here" in told

    def test_what_python_caches_is_not_told(self, built: Target) -> None:
        assert built.out
        (built.out / "__pycache__").mkdir()
        (built.out / "__pycache__" / "x.pyc").write_text("")
        assert verdicts(built) == ""

    def test_what_a_run_that_was_killed_has_left_is_no_input(self, built: Target) -> None:
        for place in ("sources", "overlays"):
            left = built.specs / place / ".new.yaml-x1.tmp" / "new.yaml"
            left.parent.mkdir()
            left.write_text(TINY)
        assert verdicts(built) == ""

    def test_a_package_that_is_not_there_is_told(self, built: Target) -> None:
        assert built.out
        shutil.rmtree(built.out)
        assert f"{built.out / 'client.py'}: is missing" in verdicts(built)

    def test_a_changed_or_missing_merged_spec_is_told(self, built: Target) -> None:
        built.spec_file.write_text(built.spec_file.read_text("utf-8") + "# more\n", "utf-8")
        assert verdicts(built) == f"{built.spec_file}: differs from the result of the inputs"
        built.spec_file.unlink()
        assert verdicts(built) == f"{built.spec_file}: is missing"

    @pytest.mark.parametrize(
        "file",
        ["specs/sources/tiny.yaml", "specs/overlays/one.yaml", "templates/client.py.jinja"],
    )
    def test_an_input_that_changed_is_told_even_if_nothing_else_does(
        self, built: Target, file: str
    ) -> None:
        path = built.specs.parent / file
        comment = "{# a comment #}" if file.endswith("jinja") else "# a comment\n"
        path.write_bytes(comment.encode() + path.read_bytes())
        told = verdicts(built).splitlines()
        assert told[0] == f"{path}: has changed since the package was generated"
        assert len(told) == 2
        assert "generation.json: differs from the result of the inputs" in told[1]

    def test_an_input_that_was_added_or_removed_is_told(self, built: Target) -> None:
        (built.specs / "overlays" / "one.yaml").unlink()
        shutil.copy(built.specs / "sources" / "tiny.yaml", built.specs / "sources" / "two.yaml")
        told = verdicts(built)
        assert f"{built.specs / 'overlays' / 'one.yaml'}: has changed" in told
        assert f"{built.specs / 'sources' / 'two.yaml'}: has changed" in told

    def test_changed_settings_are_told(self, built: Target) -> None:
        (built.specs / "generator.toml").write_text('title = "New"\n')
        assert "settings: has changed since the package was generated" in verdicts(built)

    def test_a_template_that_gives_something_else_is_told_with_what_it_gives(
        self, built: Target
    ) -> None:
        path = built.templates / "errors.py.jinja"
        path.write_text(path.read_text("utf-8") + "\nMORE = 1\n", "utf-8")
        assert built.out
        told = verdicts(built)
        assert f"{path}: has changed" in told
        assert f"{built.out / 'errors.py'}: differs from the result of the inputs" in told

    def test_a_manifest_that_is_none_is_told(self, built: Target) -> None:
        assert built.out
        for text in ("", "[]", "{", '{"inputs": []}', '{"inputs": {}, "tools": 1}'):
            (built.out / "generation.json").write_text(text)
            assert "generation.json: differs from the result of the inputs" in verdicts(built)

    def test_the_command_ends_with_status_1_and_names_what_differs(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        specs = tiny(tmp_path / "specs")
        assert run(capsys, "build", "--specs", specs).status == 0
        assert run(capsys, "check", "--specs", specs).status == 0
        source = specs / "sources" / "tiny.yaml"
        source.write_text(TINY.replace("Get a thing", "Get the thing"))
        done = run(capsys, "check", "--specs", specs)
        assert done.status == 1
        assert f"{source}: has changed" in done.out
        assert "get_thing.py: differs from the result of the inputs" in done.out
        assert "python -m generator build" in done.err

    def test_checking_demands_a_reason_and_an_effect_of_each_action(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        silent = "  - {target: $.info, update: {x-a: 1}}\n  - {target: $.a, description: What}\n"
        specs = tiny(tmp_path / "specs", overlay=OVERLAY + silent)
        assert run(capsys, "build", "--specs", specs).status == 0
        done = run(capsys, "check", "--specs", specs)
        assert done.status == 1
        assert "one.yaml:7:5: the action has no reason" in done.err
        assert "one.yaml:8:5: the action has no effect" in done.err
        (specs / "overlays" / "one.yaml").write_text(OVERLAY)
        assert run(capsys, "build", "--specs", specs).status == 0
        assert run(capsys, "check", "--specs", specs).status == 0

    def test_checking_before_anything_was_built_leaves_no_trace(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        specs = tiny(tmp_path / "specs")
        before = digest(tmp_path)
        done = run(capsys, "check", "--specs", specs)
        assert done.status == 1
        assert f"{specs / 'openapi.yaml'}: is missing" in done.out
        assert digest(tmp_path) == before

    def test_the_real_command_fails_on_a_changed_template_of_the_project(
        self, tmp_path: Path
    ) -> None:
        for name in ("generator", "templates"):
            shutil.copytree(PROJECT / name, tmp_path / name)
        tiny(tmp_path / "specs", overlay=OVERLAY)
        assert module("build", cwd=tmp_path).returncode == 0
        assert module("check", cwd=tmp_path).returncode == 0
        template = tmp_path / "templates" / "types.py"
        template.write_bytes(template.read_bytes().replace(b"request", b"Request", 1))
        done = module("check", cwd=tmp_path)
        assert done.returncode == 1
        assert "templates/types.py: has changed" in done.stdout
