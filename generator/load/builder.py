"""Builds documents from the events of a parser, and bounds what they may grow to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from generator.document import Map, Node, Position, Scalar, Seq, copied
from generator.findings import Finding, GeneratorError

MAX_DEPTH = 100
MAX_ALIASED = 100_000
TEXT = 100
"""How many characters of text count as one node more."""
MAX_FINDINGS = 1000

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class _Part:
    """A node, and what an alias to it would add to a document."""

    node: Node
    size: int = 1
    """In nodes; long text counts as several."""
    height: int = 0
    text: str | None = None
    """A scalar as it was written, for use as a key."""
    unfinished: bool = False
    key: str | None = None
    """The key that waits for its value, where the node is an unfinished mapping."""


class Builder:
    """Collects the documents of one file. Its own stack prevents a stack overflow.

    Args:
        here: Says where the parser is.
    """

    def __init__(self, here: Callable[[], Position]) -> None:
        self._here = here
        self._documents: list[Map] = []
        self._findings: list[Finding] = []
        self._open: list[_Part] = []
        self._anchors: dict[str, _Part] = {}
        self._aliased = 0
        self._root: Node = None
        self._root_at: Position | None = None

    @property
    def wants_key(self) -> bool:
        """Return whether the next node is the key of a mapping."""
        if not self._open:
            return False
        part = self._open[-1]
        return part.key is None and type(part.node) is Map

    def begin(self) -> None:
        """A document begins."""
        self._root = None
        self._anchors = {}

    def end(self) -> None:
        """The document ends. An empty one is forgotten."""
        if isinstance(self._root, Map):
            self._documents.append(self._root)
        elif self._root is not None:
            where = self._root_at or self._here()
            self.note(Finding(where, "root-not-mapping", found=self._root))

    def documents(self) -> list[Map]:
        """Return all the documents.

        Raises:
            GeneratorError: Something was reported.
        """
        if self._findings:
            raise GeneratorError(self._findings)
        return self._documents

    def report(self, code: str, /, **values: object) -> None:
        """Note something wrong where the parser is, and go on to find more."""
        self.note(Finding(self._here(), code, **values))

    def note(self, finding: Finding) -> None:
        """Note something wrong, and go on to find more."""
        self._findings.append(finding)
        if len(self._findings) >= MAX_FINDINGS:
            self.refuse("findings-too-many", most=MAX_FINDINGS)

    def refuse(self, code: str, /, **values: object) -> NoReturn:
        """Stop at something wrong where the parser is.

        Raises:
            GeneratorError: Always, with all that was noted.
        """
        self.stop(Finding(self._here(), code, **values))

    def stop(self, finding: Finding) -> NoReturn:
        """Stop at something wrong.

        Raises:
            GeneratorError: Always, with all that was noted.
        """
        raise GeneratorError([*self._findings, finding])

    def open(self, node: Map | Seq, anchor: str | None = None) -> None:
        """A mapping or a sequence begins; what follows, until it is closed, is in it."""
        if self.wants_key:
            self.refuse("key-not-text", found=node)
        if len(self._open) >= MAX_DEPTH:
            self._too_deep()
        part = _Part(node, unfinished=True)
        if anchor is not None:
            self._anchors[anchor] = part
        self._open.append(part)

    def close(self) -> None:
        """The innermost open mapping or sequence ends."""
        part = self._open.pop()
        part.unfinished = False
        self._attach(part.node, part.size, part.height + 1)
        part.height += 1

    def key(self, text: str, anchor: str | None = None) -> None:
        """A key of the innermost mapping."""
        part = self._open[-1]
        node = part.node
        assert isinstance(node, Map)
        self._whole(text)
        first = node.key_positions.get(text)
        if first is not None:
            self.report("key-twice", key=_short(text), first=first)
        else:
            node.key_positions[text] = self._here()
        part.key = text
        part.size += len(text) // TEXT
        if anchor is not None:
            self._anchors[anchor] = _Part(text, 1 + len(text) // TEXT, text=text)

    def scalar(self, value: Scalar, text: str, anchor: str | None = None) -> None:
        """A scalar that is no key: its value, and how it was written."""
        if isinstance(value, str):
            self._whole(value)
        size = 1 + len(text) // TEXT
        if anchor is not None:
            self._anchors[anchor] = _Part(value, size, text=text)
        self._attach(value, size, 0)

    def alias(self, name: str) -> None:
        """A reference to an earlier node, which is copied."""
        part = self._anchors.get(name)
        name = name[:60]
        if part is None:
            self.refuse("alias-unknown", name=name)
        if part.unfinished:
            self.refuse("alias-endless", name=name)
        self._aliased += part.size
        if self._aliased > MAX_ALIASED:
            size = MAX_ALIASED * TEXT // 1_000_000
            self.refuse("aliases-too-many", most=MAX_ALIASED, size=size)
        if self.wants_key:
            self._aliased_key(name, part)
            return
        if len(self._open) + part.height > MAX_DEPTH:
            self._too_deep()
        self._attach(copied(part.node), part.size, part.height)

    def _aliased_key(self, name: str, part: _Part) -> None:
        if part.text is None:
            self.refuse("key-alias", name=name, found=part.node)
        self.key(part.text)

    def _attach(self, node: Node, size: int, height: int) -> None:
        if not self._open:
            self._root = node
            self._root_at = node.position if isinstance(node, Map | Seq) else self._here()
            return
        part = self._open[-1]
        part.size += size
        part.height = max(part.height, height)
        if isinstance(part.node, Seq):
            part.node.append(node)
        elif isinstance(part.node, Map) and part.key is not None:
            part.node[part.key] = node
            part.key = None

    def _whole(self, text: str) -> None:
        if not text.isascii() and (half := _SURROGATE.search(text)):
            self.report("string-half-character", char=ord(half.group()))

    def _too_deep(self) -> NoReturn:
        self.refuse("levels-too-many", most=MAX_DEPTH)


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")
