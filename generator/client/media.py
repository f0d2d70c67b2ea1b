"""Chooses among the media types that an operation offers the one that the client speaks."""

from __future__ import annotations

from dataclasses import dataclass

from generator.document import Map, Node

from .flat_schemas import is_binary


@dataclass(frozen=True, slots=True)
class Content:
    """The chosen media type, with those that stand for the same choice."""

    kind: str
    """`json`, `form`, `multipart`, `text` or `binary`."""
    media_types: tuple[str, ...]
    schema: Node
    encoding: Map
    """How the documents describe the properties of a form to be written."""
    choices: tuple[tuple[str, Node], ...] = ()
    """Media types of JSON that differ in meaning, the preferred one first, with their schemas."""


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


_PREFERENCE = ("json", "multipart", "form", "binary", "text")


def preferred(content: Map) -> Content | None:
    """Return the media type to use of those that are offered; None if none is.

    JSON goes before everything else, plain `application/json` before its relatives, and what can
    carry files before what cannot. Several binary types are all kept: the caller chooses one.
    """
    offered = dict(content.maps())
    if not offered:
        return None
    kinds = {
        name: "binary" if "*" in name and is_binary(media.map("schema")) else kind_of(name)
        for name, media in offered.items()
    }
    kind = next(kind for kind in _PREFERENCE if kind in kinds.values())
    names = [name for name in offered if kinds[name] == kind]
    names.sort(key=lambda name: media_type(name) != "application/json")
    chosen = names if kind == "binary" else names[:1]
    shown = tuple("application/json" if "*" in name and kind == "json" else name for name in chosen)
    used = offered[names[0]]
    meant = {media_type(name): name for name in reversed(names) if "*" not in name}
    meant.pop("text/json", None)  # as application/json
    choices = tuple((name, offered[name].get("schema")) for name in reversed(meant.values()))
    several = choices if kind == "json" and len(choices) > 1 else ()
    return Content(kind, shown, used.get("schema"), used.map("encoding"), several)


def style(parameter: Map) -> str:
    """How the arrays and objects of a parameter, or of a property of a form, are written."""
    by_default = "simple" if parameter.text("in") in ("path", "header") else "form"
    found = parameter.text("style") or by_default
    explode = parameter.get("explode")
    exploded = found == "form" if explode is None else explode is True
    if exploded and found in ("spaceDelimited", "pipeDelimited"):
        return "form"  # nothing is left to delimit
    if parameter.get("allowReserved") is True and found == "form":
        return "reserved" if exploded else "reserved-csv"
    if found == "form":
        return "form" if exploded else "csv"
    return f"{found}*" if exploded and found in ("simple", "label", "matrix") else found


def encodings(content: Content) -> dict[str, str]:
    """The properties of a form that have a style, or a media type, that is not the usual one."""
    found = {}
    for name, node in content.encoding.maps():
        kind = node.text("contentType")
        if content.kind == "form":
            is_styled = bool({"style", "explode", "allowReserved"} & node.keys())
            found[name] = "json" if is_json(kind) and not is_styled else style(node)
        elif content.kind == "multipart":
            is_one = "/" in kind and not set(kind) & set("*,")
            found[name] = kind if is_one else style(node)
    return {name: value for name, value in found.items() if value != "form"}
