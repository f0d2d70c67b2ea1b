"""Reads a report in HTML as a parser does: its elements, attributes and texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "input", "wbr"}


@dataclass
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """The elements below it, of a tag and with attributes."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                wanted = attributes.items() <= child.attributes.items()
                if child.tag == (tag or child.tag) and wanted:
                    found.append(child)
                found += child.all(tag, **attributes)
        return found

    @property
    def text(self) -> str:
        """All that is written in it."""
        return "".join(
            child if isinstance(child, str) else child.text for child in self.children
        ).strip()

    @property
    def shape(self) -> list[str]:
        """Its elements and their attributes, without texts and places to break lines."""
        return [f"{item.tag} {item.attributes}" for item in self.all() if item.tag != "wbr"]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def finished(self) -> Element:
        """The whole page, every element of which has been closed."""
        self.close()
        assert self._open == [self.root], self._open[-1].tag
        return self.root


def page(text: str) -> Element:
    """A page, whose elements must be nested properly."""
    reader = _Reader()
    reader.feed(text)
    return reader.finished()
