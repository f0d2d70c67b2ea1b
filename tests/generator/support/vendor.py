"""A document as the vendor's of today: OpenAPI 3.0.1, no operation ids, prose that is invented."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from generator.commands import Target, build
from generator.load import load_file
from generator.release.next_release import as_released, prepared, write

ROOT = Path(__file__).parents[3]
SOURCES = ("asset-changes.yaml", "asset-registrations.yaml", "downloads.yaml")
OVERLAYS = ("1*.yaml", "2*.yaml", "3*.yaml", "4*.yaml", "5*.yaml", "6*.yaml", "7*.yaml")
"""Those that the three documents of 2018 need."""


def vendor_document() -> dict[str, Any]:
    """All operations of the facts, which are methods, paths, parameters and schemas."""
    text = Path(__file__).with_name("vendor_facts.yaml").read_text("utf-8")
    facts = yaml.load(text, yaml.CSafeLoader)
    paths: dict[str, dict[str, Any]] = {}
    for label, operation in facts["operations"].items():
        method, _, path = label.partition(" ")
        for status, response in operation["responses"].items():
            response.setdefault("description", f"What status {status} means here.")
        words = {"tags": [path.split("/")[2]], "summary": f"Words about {method.lower()} {path}."}
        paths.setdefault(path, {})[method.lower()] = {**words, **operation}
    return {
        "openapi": "3.0.1",
        "info": {"title": "Getty Images", "version": "v3"},
        "servers": [{"url": "https://api.gettyimages.com"}],
        "paths": paths,
        "components": {"schemas": facts["schemas"]},
    }


def write_vendor_document(path: Path) -> Path:
    """Write it as YAML."""
    text = yaml.dump(vendor_document(), Dumper=yaml.CSafeDumper, sort_keys=False)
    path.write_text(text, "utf-8")
    return path


def project_of_today(folder: Path) -> Path:
    """The specs folder of this project as if it had just been released, its outputs as they are."""
    for part in ("specs", "generated"):
        shutil.copytree(ROOT / part, folder / part)
    _settings(folder)
    specs = folder / "specs"
    (spec,) = load_file(specs / "openapi.yaml")
    (specs / "released.yaml").write_bytes(as_released(spec, "0.2.0"))
    return specs


def project_of_2018(folder: Path) -> Path:
    """The specs folder of a project of the three documents of 2018, which has been released."""
    specs = folder / "specs"
    for part, patterns in (("sources", SOURCES), ("overlays", OVERLAYS)):
        (specs / part).mkdir(parents=True)
        for pattern in patterns:
            for file in (ROOT / "specs" / part).glob(pattern):
                shutil.copy(file, specs / part)
    (folder / "overlay" / "gettyimages").mkdir(parents=True)
    for name in ("CHANGELOG.md", "overlay/gettyimages/_version.py"):
        shutil.copy(ROOT / name, folder / name)
    _settings(folder)
    build(Target(specs))
    write(specs, prepared(specs))
    return specs


def _settings(folder: Path) -> None:
    settings = (ROOT / "pyproject.toml").read_text("utf-8").splitlines(keepends=True)
    kept = (line for line in settings if not line.startswith("callers = "))  # They are not there.
    # A release wants the addresses filled in.
    text = "".join(kept).replace("company.invalid", "company.example")
    (folder / "pyproject.toml").write_text(text, "utf-8")
