"""Asks a type checker whether callers of one version of a package can live with another."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from calling import caller
from mypy import api

from generator.client import read_client
from generator.document import Map, Position, placed
from generator.findings import GeneratorError
from generator.render import TEMPLATES
from generator.render.opc import write_package
from generator.validate import validate

_NOWHERE = Position("mutant.yaml")


def as_spec(data: Mapping[str, object]) -> Map | None:
    """Plain data as a spec; None if it is not valid."""
    spec = placed(data, _NOWHERE)
    assert isinstance(spec, Map)
    try:
        return None if validate(spec) else spec
    except GeneratorError:
        return None


@dataclass
class Bench:
    """A folder of packages, and programs that are to run with them."""

    folder: Path
    programs: dict[str, str] = field(default_factory=dict)
    packages: list[str] = field(default_factory=list)

    def render(self, spec: Map, name: str) -> None:
        """Render a spec as a package; without formatting it, which takes most of the time."""
        client = read_client(spec)
        write_package(client, TEMPLATES, name, self.folder / name)
        self.packages.append(name)
        spread = {item.spread for item in client.operations if item.spread}
        self.programs[name] = caller(self.folder / name, spread)

    def errors(self, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
        """What a type checker says of callers of the first of each pair that meet the second."""
        programs = {}
        for number, (written_for, run_with) in enumerate(pairs):
            path = self.folder / f"caller_{number}.py"
            path.write_text(self.programs[written_for].replace("PACKAGE", run_with), "utf-8")
            programs[path.name] = (written_for, run_with)
        settings = self.folder / "mypy.ini"
        ignored = ",".join(f"{name}.*" for name in self.packages)
        text = f"strict = True\nmypy_path = {self.folder}\n[mypy-{ignored}]\nignore_errors = True\n"
        settings.write_text(f"[mypy]\n{text}", "utf-8")
        # Nothing is checked twice, so that a cache would be written in vain.
        options = ["--config-file", str(settings), "--cache-dir", os.devnull, "--no-error-summary"]
        out, err, _ = api.run([*options, *(str(self.folder / name) for name in programs)])
        assert not err, err
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for line in out.splitlines():
            if match := re.match(r"(?:.*/)?(caller_\d+\.py):\d+: (error: .*)", line):
                found[programs[match[1]]].append(match[2])
        return found
