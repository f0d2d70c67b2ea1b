"""The pages of the reference of the client, which mkdocstrings fills with the docstrings."""

from __future__ import annotations

import pkgutil
import typing
from collections.abc import Iterable
from pathlib import Path

import gettyimages
import gettyimages_rest.api
from gettyimages import GettyImages, GettyImagesError, fleet, models, sandbox

# The docstring of both clients, which they take from their base by an assignment.
_CLIENT = """
::: gettyimages._client._Account
    options:
      members: false
      show_root_heading: false
      show_root_toc_entry: false
      show_signature: false
"""
_OWN_ONLY = "    options:\n      inherited_members: false\n"
_RESOURCE = "    options:\n      merge_init_into_class: false\n"
_ERRORS = _OWN_ONLY + "      show_bases: true\n"
_MODELS = f"""{_OWN_ONLY}      show_signature: false
      filters: ["!^_", "!^(REQUIRED|additional_properties|raw|from_dict|to_dict)$"]
"""
Nav: typing.TypeAlias = list[str | dict[str, typing.Any]]


def write(pages: Path) -> Nav:
    """Write a page for each resource, and some for the rest; returns their navigation."""
    folder = pages / "reference"
    folder.mkdir()
    exported = [getattr(gettyimages, name) for name in gettyimages.__all__]
    public = [it for it in exported if isinstance(it, type)]
    errors = [it for it in public if issubclass(it, GettyImagesError)]
    clients = [GettyImages, gettyimages.AsyncGettyImages]
    others = [it for it in public if it not in [*errors, *clients]]
    parts = {
        "client": ("The client", _names(clients), ""),
        "errors": ("Errors", _names(errors), _ERRORS),
        "results": ("Results and options", _names(others), ""),
        "models": ("Models", [f"gettyimages_rest.models.{it}" for it in models.__all__], _MODELS),
        "fleet": ("The fleet", [f"gettyimages.fleet.{it}" for it in vars(fleet)["__all__"]], ""),
        "sandbox": (
            "The sandbox",
            [f"gettyimages.sandbox.{it}" for it in vars(sandbox)["__all__"]],
            _OWN_ONLY,
        ),
    }
    for name, (title, identifiers, options) in parts.items():
        _page(
            folder / f"{name}.md", title, identifiers, options, _CLIENT if name == "client" else ""
        )
    resources = [it.name for it in pkgutil.iter_modules(gettyimages_rest.api.__path__)]
    with GettyImages(api_key="k", access_token="t", from_env=False) as client:
        for name in resources:
            # The class that the client has, which may extend the generated one.
            found = _names([type(getattr(client, name))])
            _page(folder / f"resource-{name}.md", f"`client.{name}`", found, _RESOURCE)
    nav: Nav = [{title: f"reference/{name}.md"} for name, (title, _, _) in parts.items()]
    nav.insert(1, {"Resources": [{name: f"reference/resource-{name}.md"} for name in resources]})
    return nav


def _names(classes: Iterable[type]) -> list[str]:
    return [f"{it.__module__}.{it.__qualname__}" for it in classes]


def _page(
    path: Path, title: str, identifiers: Iterable[str], options: str, before: str = ""
) -> None:
    blocks = "".join(f"\n::: {name}\n{options}" for name in identifiers)
    path.write_text(f"# {title}\n{before}{blocks}", "utf-8")
