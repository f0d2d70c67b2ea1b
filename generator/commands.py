"""The commands build, merge and check, and the page of the operations that build writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from .amend import read_overlays
from .atomic_writes import write
from .client import Operation, read_client
from .document import Map
from .findings import Finding, refusal, shown
from .load import source_names
from .load.syntax import conflict
from .names import snake_case
from .outputs import MANIFEST, changed_inputs, check_replaceable, manifest, workshop
from .pipeline import Built, build_spec
from .render import TEMPLATES, render
from .yaml_output import to_yaml


@dataclass(frozen=True, slots=True)
class Target:
    """Where a run reads and writes."""

    specs: Path
    out: Path | None = None
    package: str | None = None
    templates: Path = TEMPLATES

    @property
    def spec_file(self) -> Path:
        """Where the merged spec goes."""
        return self.specs / "openapi.yaml"

    def page(self, built: Built) -> Path | None:
        """Where the list of the operations goes, if settings name a place."""
        name = built.settings.api_page
        return self.specs.parent / name if name else None


def merge(specs: Path, output: Path | None = None) -> tuple[Built, Path]:
    """Write the merged spec.

    Raises:
        GeneratorError: A stage refuses its input; nothing has been written.
    """
    built = build_spec(specs)
    path = output or specs / "openapi.yaml"
    write({path: to_yaml(built.spec).encode()})
    return built, path


def build(target: Target) -> tuple[Built, Path]:
    """Write the merged spec, the package, and the page of the operations where settings name one.

    Raises:
        GeneratorError: A stage refuses its input; nothing has been written.
    """
    built = build_spec(target.specs)
    out, package = _destination(target, built)
    check_replaceable(out)
    with workshop(out) as folder:
        files = _make(target, built, package, folder / "package")
        write({**files, out: folder / "package"})
    return built, out


def check(target: Target) -> list[Finding]:
    """Return the inputs that have changed, and the outputs that do not match the inputs.

    Raises:
        GeneratorError: A stage refuses its input.
    """
    built = build_spec(target.specs)
    out, package = _destination(target, built)
    with TemporaryDirectory(prefix="generator-") as temporary:
        made = Path(temporary) / "package"
        files = _make(target, built, package, made)
        for path in sorted(made.rglob("*")):
            if path.is_file():
                files[out / path.relative_to(made)] = path.read_bytes()
    changed = changed_inputs(_text(out / MANIFEST), files[out / MANIFEST].decode())
    inputs = [Finding(_input_path(target, name), "input-changed") for name in changed]
    return [*inputs, *_differences(files, out)]


def unexplained(specs: Path) -> list[Finding]:
    """Return the actions of overlays without a reason or an effect, which the standard allows.

    Raises:
        GeneratorError: An overlay cannot be read.
    """
    findings = []
    for overlay in read_overlays(specs / "overlays", source_names(specs / "sources")):
        for action in overlay.actions:
            if not action.reason.strip():
                findings.append(Finding(action.position, "action-unexplained"))
            if not action.acts and not any(key.startswith("x-") for key in action.node):
                findings.append(Finding(action.position, "action-without-effect"))
    return findings


def _make(target: Target, built: Built, package: str, folder: Path) -> dict[Path, bytes]:
    """Render the package with its manifest into a folder, and return the files beside it."""
    spec = to_yaml(built.spec)
    files = render(built.spec, package, folder, target.templates, built.settings.exceptions)
    text = manifest(target.specs, target.templates, built.settings, spec)
    (folder / MANIFEST).write_text(text, "utf-8")
    built.stages.append(("render", f"{built.operations} operations, {files + 1} files"))
    page = target.page(built)
    texts = {target.spec_file: spec, **({page: api_page(built.spec)} if page else {})}
    return {path: text.encode() for path, text in texts.items()}


def _destination(target: Target, built: Built) -> tuple[Path, str]:
    """Return the folder and the import name of the package."""
    package = target.package or (target.out.name if target.out else built.settings.package)
    if package is None:
        package = f"{snake_case(built.spec.map('info').text('title')).rstrip('_')}_rest"
    if not package.isidentifier() or snake_case(package) != package:
        raise refusal(package, "package-name")
    out = target.out or target.specs.parent / "generated" / package
    page = target.page(built)
    if page and page.resolve().is_relative_to(out.resolve()):
        raise refusal(str(built.settings.api_page), "page-in-package", package=package)
    return out, package


def _differences(files: Mapping[Path, bytes], out: Path) -> Iterator[Finding]:
    """Yield the outputs that differ from what they should be, or should not be there."""
    for path, content in files.items():
        if not path.is_file():
            yield Finding(path, "output-missing")
        elif path.read_bytes() != content:
            whole = conflict(_text(path)) is None
            yield Finding(path, "output-differs" if whole else "output-conflict")
    for path in sorted(out.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path not in files:
            yield Finding(path, "output-extra")


def _input_path(target: Target, name: str) -> str:
    label, _, rest = name.partition("/")
    if label in ("sources", "overlays"):
        return str(target.specs / name)
    if label != "templates":
        return f"the generator's {name}"
    path, here = target.templates / rest, Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


_EFFECTS = {
    "safe": "It changes nothing, so that it may be repeated.",
    "idempotent": "Twice is the same as once, so that it may be repeated.",
    "spends": "Each request costs something. One that may have been carried out is not repeated.",
    "unknown": "It changes something and costs nothing. One that may have been carried out is not"
    " repeated.",
}
_COLUMNS = ("method", "what it does", "request", "effect", "iterator", "document")


def api_page(spec: Map) -> str:
    """Return the page of a valid spec, as Markdown."""
    found = sorted(read_client(spec).operations, key=lambda each: (each.resource, each.method))
    lines = [
        "# The operations",
        "",
        "Written by `python -m generator build`, which overwrites changes. Each operation is a"
        " method of both clients; where an iterator is named, it is the method that fetches page"
        " after page. The effect is what it costs to call the operation, and to repeat a call:",
        "",
        *_table(("effect", "meaning"), ([_code(key), text] for key, text in _EFFECTS.items())),
    ]
    for resource, group in groupby(found, key=lambda each: each.resource):
        lines += ["", f"## {resource}", "", *_table(_COLUMNS, map(_row, group))]
    return "\n".join([*lines, ""])


def _row(operation: Operation) -> list[str]:
    iterator = operation.pagination
    return [
        _code(f"client.{operation.name}"),
        # Neither Markdown nor HTML in it is to be interpreted.
        re.sub(r"([\\`*_~\[\]<>&|$@#:])", r"\\\1", shown(operation.summary)),
        _code(operation.label),
        operation.effect or "unknown",
        _code(f"client.{operation.resource}.{iterator.name}") if iterator else "",
        _code(operation.source.partition(",")[0]) if operation.source else "an overlay",
    ]


def _table(columns: tuple[str, ...], rows: Iterator[list[str]]) -> Iterator[str]:
    for row in (columns, ["---"] * len(columns), *rows):
        yield f"| {' | '.join(row)} |"


def _code(text: str) -> str:
    """Return a text from a document as code in a table, where only a bar needs an escape."""
    from .diff.reports.markdown import code  # not for projects without this page

    return code(text).replace("|", "\\|")
