"""Builds documents from the events of a parser, and bounds what they may grow to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from generator.document import Map, Node, Position, Scalar, Seq, copied
from generator.findings import Finding, GeneratorError, kind

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
    """Collects the documents of one file. Has a stack of its own, so that none can overflow.

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
        """Whether what comes next is the key of a mapping."""
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
            self.report(
                f"a document must be a mapping at its top, not {kind(self._root)}",
                "Write `key: value` lines at the top level, or remove the file.",
                self._root_at,
            )

    def documents(self) -> list[Map]:
        """All the documents.

        Raises:
            GeneratorError: Something was reported.
        """
        if self._findings:
            raise GeneratorError(self._findings)
        return self._documents

    def report(self, problem: str, cure: str, where: Position | None = None) -> None:
        """Note something wrong, by default where the parser is, and go on to find more."""
        self._findings.append(Finding(where or self._here(), problem, cure))
        if len(self._findings) >= MAX_FINDINGS:
            self.refuse(
                f"this is the {MAX_FINDINGS}th thing wrong with the file; the rest was not read",
                "Correct what is reported, then run again.",
            )

    def refuse(self, problem: str, cure: str, where: Position | None = None) -> NoReturn:
        """Stop at something wrong.

        Raises:
            GeneratorError: Always, with all that was reported.
        """
        raise GeneratorError([*self._findings, Finding(where or self._here(), problem, cure)])

    def open(self, node: Map | Seq, anchor: str | None = None) -> None:
        """A mapping or a sequence begins; what follows, until it is closed, is in it."""
        if self.wants_key:
            self.refuse(
                f"a key must be a string, not {kind(node)}",
                "Quote the key. Text that begins with `{` or `[` needs quotes.",
            )
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
            self.report(
                f"the key {_short(text)} is already at {first}; every key of a mapping must differ,"
                " as text, from the others",
                "Remove one of the two, or merge their values.",
            )
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
            self.refuse(
                f"the alias *{name} refers to an anchor &{name} that is not before it",
                f"Define &{name} first, or quote the text if `*` is meant as a character.",
            )
        if part.unfinished:
            self.refuse(
                f"the alias *{name} stands within what it refers to, which would never end",
                "Write out what is meant, or use a `$ref`.",
            )
        self._aliased += part.size
        if self._aliased > MAX_ALIASED:
            self.refuse(
                f"the aliases of this file stand for more than {MAX_ALIASED} nodes,"
                f" or {MAX_ALIASED * TEXT // 1_000_000} MB of text",
                "Use `$ref` to share large parts.",
            )
        if self.wants_key:
            self._aliased_key(name, part)
            return
        if len(self._open) + part.height > MAX_DEPTH:
            self._too_deep()
        self._attach(copied(part.node), part.size, part.height)

    def _aliased_key(self, name: str, part: _Part) -> None:
        if part.text is None:
            self.refuse(
                f"a key must be a string, but *{name} is {kind(part.node)}",
                "Write out the key.",
            )
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
            self.report(
                f"a string holds half a surrogate pair, \\u{ord(half.group()):04x}",
                "Write the whole character, or delete this half.",
            )

    def _too_deep(self) -> NoReturn:
        self.refuse(
            f"the document is nested more than {MAX_DEPTH} levels deep",
            "Move inner parts into components and refer to them with `$ref`.",
        )


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")
