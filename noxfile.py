"""The project's commands: `nox` runs the checks and tests, `nox -s generate` regenerates."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import nox

nox.needs_version = ">=2024.4.15"
nox.options.default_venv_backend = "venv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["check", "lint", "types", "tests"]

PROJECT = nox.project.load_toml("pyproject.toml")


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
def check(session: nox.Session) -> None:
    """Fail if the merged spec or the package is not what the inputs give."""
    install(session, "generator")
    session.run("python", "-m", "generator", "check", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and format."""
    install(session, "generator")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types, with two checkers."""
    install(session, "generator", "types", "test")
    session.run("mypy", "generator", "overlay/gettyimages", "generated/gettyimages_rest")
    session.run("mypy", "tests", "benchmarks")
    # By itself it would take the environment in .venv, which has nox only.
    session.run("basedpyright", "--level", "error", "--pythonpath", f"{session.bin}/python")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the test suite."""
    install(session, "generator", "types", "test")
    session.run("pytest", *(session.posargs or ["-n", "2"]))


@nox.session
def build(session: nox.Session) -> None:
    """Build wheel and sdist twice, compare them, and check their metadata."""
    session.install("--quiet", "build", "twine")
    epoch = session.run("git", "log", "-1", "--format=%ct", external=True, silent=True)
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch or 0).strip()}
    digests = []
    for folder in (Path(session.create_tmp()) / "again", Path("dist")):
        for old in folder.glob("*"):
            old.unlink()
        session.run("python", "-m", "build", "--outdir", str(folder), env=env, silent=True)
        files = sorted(folder.glob("*"))
        digests.append(
            [(file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files]
        )
    if digests[0] != digests[1]:
        session.error(f"two builds differ: {digests[0]} and {digests[1]}")
    session.run("twine", "check", "--strict", *map(str, sorted(Path("dist").glob("*"))))
    for name, digest in digests[1]:
        session.log(f"{digest}  dist/{name}")


@nox.session
def benchmark(session: nox.Session) -> None:
    """Measure speed, against named peers, and print a table."""
    install(session, "generator", "benchmark")
    session.install("--quiet", "--force-reinstall", "--no-deps", ".")
    session.run("python", "-m", "benchmarks", *session.posargs)


@nox.session
def torture(session: nox.Session) -> None:
    """Kill, confuse and fill up downloads for as long as it takes; the suite has short versions."""
    install(session, "generator", "test")
    folder = Path("tests/overlay/torture")
    session.run(
        "pytest",
        "-s",
        "-n",
        "0",
        *(session.posargs or map(str, sorted(folder.glob("torture_*.py")))),
    )
