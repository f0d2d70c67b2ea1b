"""What runs elsewhere runs here, too: workflows are made of nox sessions and of pinned actions."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[1]
WORKFLOWS = {
    path.name: path.read_text("utf-8") for path in (PROJECT / ".github" / "workflows").glob("*.yml")
}


def sessions() -> set[str]:
    """The names of the sessions of nox."""
    tree = ast.parse((PROJECT / "noxfile.py").read_text("utf-8"))
    return {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list
    }


def test_workflows_run_sessions_that_exist() -> None:
    found = {
        name: set(re.findall(r"python -m nox -s (\w+)|session: \[?(\w+)", text))
        for name, text in WORKFLOWS.items()
    }
    named = {name: {a or b for a, b in pairs} for name, pairs in found.items()}
    assert named == {
        "tests.yml": {"tests", "lowest", "check", "lint", "types", "demo"},
        "watch.yml": {"watch"},
        "release.yml": {"build", "publish"},
    }
    assert set().union(*named.values()) <= sessions()


def test_actions_are_pinned_to_a_commit_with_its_version_beside_it() -> None:
    used = re.findall(r"uses: (.*)", "\n".join(WORKFLOWS.values()))
    assert used
    pinned = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [action for action in used if not pinned.fullmatch(action)] == []


def test_ci_runs_the_second_command_of_the_front_page_and_the_first_is_the_demo() -> None:
    page = (PROJECT / "README.md").read_text("utf-8")
    first, second = re.findall(r"^python3 -m venv .*$", page, re.MULTILINE)
    assert first == f"{second} -s demo"
    assert (PROJECT / ".ci" / "run").read_text("utf-8").splitlines()[-1] == second


def test_every_version_of_python_that_is_named_is_tested() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    (listed,) = re.findall(r"python: \[(.*)\]", WORKFLOWS["tests.yml"])
    assert json.loads(f"[{listed}]") == named


def test_the_pins_of_the_generator_are_renewed_together_and_then_it_generates() -> None:
    groups = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    pins = [re.sub(r"==.*", "", pin).lower() for pin in groups["generator"]]
    (rule,) = json.loads((PROJECT / "renovate.json").read_text("utf-8"))["packageRules"]
    assert rule["matchPackageNames"] == pins
    assert rule["postUpgradeTasks"]["commands"] == ["python3 -m nox -s generate"]
