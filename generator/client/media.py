"""Chooses among the media types that an operation offers the one that the client speaks."""

from __future__ import annotations

from dataclasses import dataclass

from generator.document import Map, Node


@dataclass(frozen=True, slots=True)
class Content:
    """The chosen media type, with those that stand for the same choice."""

    kind: str
    """`json`, `form`, `multipart`, `text` or `binary`."""
    media_types: tuple[str, ...]
    schema: Node


def media_type(text: str) -> str:
    """Return a media type without its parameters."""
    return text.partition(";")[0].strip().lower()


def is_json(text: str) -> bool:
    """Return whether content of a media type is JSON."""
    name = media_type(text)
    return name in ("application/json", "text/json", "*/*", "application/*") or name.endswith(
        "+json"
    )


def kind_of(text: str) -> str:
    """How content of a media type is written."""
    name = media_type(text)
    if is_json(name):
        return "json"
    if name == "application/x-www-form-urlencoded":
        return "form"
    if name == "multipart/form-data":
        return "multipart"
    textual = name.startswith("text/") or name.endswith(("/xml", "+xml"))
    return "text" if textual else "binary"


def _kind(name: str, schema: Map) -> str:
    wild = "*" in name and schema.get("format") == "binary"
    return "binary" if wild else kind_of(name)


_PREFERENCE = ("json", "multipart", "form", "binary", "text")


def preferred(content: Map) -> Content | None:
    """Return the media type to use of those that are offered; None if none is.

    JSON goes before everything else, plain `application/json` before its relatives, and what can
    carry files before what cannot. Several binary types are all kept: the caller says which one.
    """
    offered = dict(content.maps())
    if not offered:
        return None
    kinds = {name: _kind(name, offered[name].map("schema")) for name in offered}
    kind = next(kind for kind in _PREFERENCE if kind in kinds.values())
    names = [name for name in offered if kinds[name] == kind]
    names.sort(key=lambda name: media_type(name) != "application/json")
    chosen = names if kind == "binary" else names[:1]
    shown = tuple("application/json" if "*" in name and kind == "json" else name for name in chosen)
    return Content(kind, shown, offered[names[0]].get("schema"))
