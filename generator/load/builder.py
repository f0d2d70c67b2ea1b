"""Builds documents from the events of a parser, and bounds what they may grow to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NoReturn

from generator.document import Map, Node, Position, Scalar, Seq, copied
from generator.findings import Finding, GeneratorError, quoted

_MAX_DEPTH = 100
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
    key: str | None = None
    """The key that waits for its value, where the node is an unfinished mapping."""


class Builder:
    """Collects the documents of one file, on its own stack; `here` tells where the parser is."""

    def __init__(self, here: Callable[[], Position]) -> None:
        self._here = here
        self._documents: list[Map] = []
        self._findings: list[Finding] = []
        self._open: list[_Part] = []
        self._anchors: dict[str | None, _Part] = {}  # None: the last without an anchor
        self._aliased = 0

    @property
    def wants_key(self) -> bool:
        """Return whether the next node is the key of a mapping."""
        return bool(self._open) and self._open[-1].key is None and type(self._open[-1].node) is Map

    def begin(self) -> None:
        """Another document begins: the anchors of the one before are not known in it."""
        self._anchors = {}

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
        raise GeneratorError([*self._findings, Finding(self._here(), code, **values)])

    def open(self, node: Map | Seq, anchor: str | None = None) -> None:
        """A mapping or a sequence begins; what follows, until it is closed, is in it."""
        if self.wants_key:
            self.refuse("key-not-text", found=node)
        self._bound(len(self._open) + 1)
        part = _Part(node)
        self._anchors[anchor] = part
        self._open.append(part)

    def close(self) -> None:
        """The innermost open mapping or sequence ends."""
        part = self._open.pop()
        part.height += 1
        self._attach(part)

    def key(self, text: str, anchor: str | None = None) -> None:
        """A key of the innermost mapping."""
        part = self._open[-1]
        node = part.node
        assert isinstance(node, Map)
        self._whole(text)
        if first := node.key_positions.get(text):
            self.report("key-twice", key=quoted(text), first=first)
        else:
            node.key_positions[text] = self._here()
        part.key = text
        part.size += len(text) // TEXT
        self._anchors[anchor] = _Part(text, 1 + len(text) // TEXT, text=text)

    def scalar(self, value: Scalar, text: str, anchor: str | None = None) -> None:
        """A scalar that is no key: its value, and how it was written."""
        if isinstance(value, str):
            self._whole(value)
        part = _Part(value, 1 + len(text) // TEXT, text=text)
        self._anchors[anchor] = part
        self._attach(part)

    def alias(self, name: str) -> None:
        """A reference to an earlier node, which is copied."""
        part = self._anchors.get(name)
        name = name[:60]
        if part is None:
            self.refuse("alias-unknown", name=name)
        if any(part is each for each in self._open):
            self.refuse("alias-endless", name=name)
        self._aliased += part.size
        if self._aliased > MAX_ALIASED:
            size = MAX_ALIASED * TEXT // 1_000_000
            self.refuse("aliases-too-many", most=MAX_ALIASED, size=size)
        if not self.wants_key:
            self._bound(len(self._open) + part.height)
            self._attach(replace(part, node=copied(part.node)))
        elif part.text is None:
            self.refuse("key-alias", name=name, found=part.node)
        else:
            self.key(part.text)

    def _attach(self, part: _Part) -> None:
        node = part.node
        if self._open:
            holder = self._open[-1]
            holder.size += part.size
            holder.height = max(holder.height, part.height)
            if isinstance(holder.node, Seq):
                holder.node.append(node)
            elif isinstance(holder.node, Map) and holder.key is not None:
                holder.node[holder.key] = node
                holder.key = None
        elif isinstance(node, Map):
            self._documents.append(node)
        elif node is not None:
            where = node.position if isinstance(node, Seq) else self._here()
            self.note(Finding(where, "root-not-mapping", found=node))

    def _whole(self, text: str) -> None:
        if not text.isascii() and (half := _SURROGATE.search(text)):
            self.report("string-half-character", char=ord(half.group()))

    def _bound(self, depth: int) -> None:
        if depth > _MAX_DEPTH:
            self.refuse("levels-too-many", most=_MAX_DEPTH)
