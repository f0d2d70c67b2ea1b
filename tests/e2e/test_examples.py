"""The examples, with the client from a package index, as another project would use them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from .environments import UV, built_wheel, uv_variables
from .indexing import Served, index_server
from .publishing import WHO
from .scratch import PROJECT

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Consumer:
    """The project of examples/consumer, where it was copied to."""

    folder: Path
    index: Served
    environment: dict[str, str]
    """The variables of the developer, who may read the index."""

    @property
    def python(self) -> Path:
        """The interpreter of its own environment."""
        return self.folder / ".venv" / "bin" / "python"

    def run(self, *command: str | Path) -> str:
        """Run a program in the folder; what it prints."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def consumer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consumer]:
    """The consumer, installed with a company's index, and what the demo needs besides."""
    folder = tmp_path_factory.mktemp("consumer")
    shutil.copytree(PROJECT / "examples" / "consumer", folder, dirs_exist_ok=True)
    with index_server(folder / "index") as index:
        shutil.copy(built_wheel(folder), index.folder)
        (folder / "netrc").write_text(WHO.netrc(index.simple))
        (folder / "netrc").chmod(0o600)
        pyproject = folder / "pyproject.toml"
        text = pyproject.read_text("utf-8")
        pyproject.write_text(text.replace("https://packages.example/simple/", index.simple))
        made = Consumer(folder, index, {**uv_variables(), "NETRC": str(folder / "netrc")})
        made.run(*UV, "sync", "--extra", "test", "--refresh-package", "gettyimages-client")
        install = (*UV, "pip", "install", "--python", made.python)
        made.run(*install, "--index", index.simple, "gettyimages-client[cli]")
        yield made


@pytest.mark.slow
def test_the_tests_of_the_consumer_pass(consumer: Consumer) -> None:
    assert "3 passed" in consumer.run(consumer.python, "-m", "pytest", "-p", "no:cacheprovider")


@pytest.mark.slow
def test_the_client_alone_is_taken_from_the_index_of_the_company(consumer: Consumer) -> None:
    locked = (consumer.folder / "uv.lock").read_text("utf-8")
    sources = dict(re.findall(r'name = "(.*)"\nversion = .*\nsource = \{ (.*) \}', locked))
    assert sources.pop("gettyimages-client") == f'registry = "{consumer.index.simple}"'
    assert sources.pop("front-page") == 'editable = "."'
    assert len(sources) > 10
    assert [source for source in sources.values() if consumer.index.url in source] == []


@pytest.mark.slow
def test_the_demo_does_its_jobs_with_the_installed_client(consumer: Consumer) -> None:
    demo = PROJECT / "examples" / "demo.py"
    *lines, first, second, third, fourth, fifth = consumer.run(
        consumer.python, "-I", demo, "pictures"
    ).splitlines()
    assert lines[-1].endswith(
        ": 3 assets registered, 37 notifications confirmed, 5 downloads used up,"
        " 5 of them through a 303:"
    )
    for line in (first, second, third, fourth, fifth):
        assert (consumer.folder / line.partition("  ")[0]).stat().st_size > 1000
