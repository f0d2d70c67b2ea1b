"""Renders the merged spec as a package, in a folder of its own, and verifies the result."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from ruff import find_ruff_bin

from generator.client import Client, read_client
from generator.document import Map
from generator.findings import Finding, GeneratorError, refusal

TEMPLATES = Path(__file__).parents[2] / "templates"

_RUFF = (
    ["check", "--fix-only", "--select", "F401,I001", "--ignore-noqa"],
    ["format", "--line-length", "100", "--config", "format.skip-magic-trailing-comma = true"],
    # Syntax errors, undefined names, and what does not compile: `break` outside a loop, etc.
    ["check", "--select", "F63,F7,F82", "--ignore-noqa", "--output-format", "concise"],
)


def render(
    spec: Map,
    package: str,
    folder: Path,
    templates: Path = TEMPLATES,
    exceptions: Mapping[str, str] | None = None,
) -> int:
    """Write the package of a valid spec into a folder that does not exist yet.

    Args:
        spec: The merged spec.
        package: The import name.
        folder: Where to write.
        templates: What shapes the package.
        exceptions: What docstrings say is raised: see `Settings`.

    Returns:
        The number of files.

    Raises:
        GeneratorError: The operations rendered are not exactly those of the spec, or a rendered
            file is not valid Python.
    """
    # Not at the top: openapi-python-client takes longer to import than most commands to run.
    from .opc import write_package

    client = read_client(spec)
    write_package(client, templates, package, folder, exceptions)
    ruff = find_ruff_bin()
    for arguments in _RUFF:
        # Isolated: no setting of the machine or of a parent folder affects the bytes.
        command = [ruff, *arguments, "--isolated", "--no-cache"]
        command += ["--target-version", "py311", "--quiet", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            reason = done.stderr.strip() or done.stdout.strip()
            raise refusal(folder, "render-not-python", reason=reason)
    _verify(client, folder)
    return sum(path.is_file() for path in folder.rglob("*"))


def _verify(client: Client, folder: Path) -> None:
    expected = {f"{operation.resource}/{operation.module}" for operation in client.operations}
    former = [name for operation in client.operations for name in operation.former_names]
    expected |= {f"{name.resource}/{name.module}" for name in former}
    rendered = {
        path.relative_to(folder / "api").with_suffix("").as_posix()
        for path in (folder / "api").glob("*/*.py")
        if path.name != "__init__.py"
    }
    missing, extra = expected - rendered, rendered - expected
    findings = [Finding(folder, "render-operation-missing", name=name) for name in missing]
    findings += [Finding(folder, "render-operation-extra", name=name) for name in extra]
    if findings:
        raise GeneratorError(findings)


__all__ = ["TEMPLATES", "render"]
