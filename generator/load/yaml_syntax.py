"""Reads YAML from the events of PyYAML's parser, with libyaml where it is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from generator.document import Map, Position, Scalar, Seq
from generator.findings import Finding, Phrase
from generator.yaml_scalars import CORE, ScalarError, plain_scalar, tagged_scalar

from .builder import Builder

_FAST: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCALAR_TAGS = {CORE + name for name in ("str", "int", "float", "bool", "null")}
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_OTHER_BREAKS = "\x85\u2028\u2029"
_PRIVATE_ESCAPE = re.compile(r"\\U000([fF][0-9a-fA-F]{4})")
# The messages of libyaml and PyYAML, which have no error codes, with our codes.
_CODES = {
    r"mapping values are not allowed": "yaml-colon",
    r"could not find expected ':'": "yaml-no-colon",
    r"found a tab character|found character '\\t'": "yaml-tab",
    r"found character.* cannot start any token": "yaml-reserved",
    r"found unexpected end of stream": "yaml-open-quote",
    r"found unexpected document indicator": "yaml-open-quote-at-end",
    r"expected ',' or '\]'": "yaml-open-list",
    r"expected ',' or '\}'": "yaml-open-mapping",
    r"block sequence entries are not allowed|sequence entries are not allowed": "yaml-item",
    r"did not find expected '-' indicator": "yaml-list-end",
    r"did not find expected key|expected <block end>": "yaml-mapping-end",
    r"unknown escape character|hexa?decimal|Unicode character escape": "yaml-unknown-escape",
    r"undefined tag handle": "yaml-unknown-tag",
    r"while scanning an (?:anchor|alias)": "yaml-anchor",
    r"expected (?:the )?node content": "yaml-value",
    r"found unexpected ':'": "yaml-colon-space",
    r"<document start>": "yaml-more",
}


def read_yaml(text: str, file: str) -> list[Map]:
    """Return the documents of a YAML text that are not empty.

    Raises:
        GeneratorError: The text is not valid YAML, or holds what JSON cannot express.
    """
    stand_ins = _stand_ins(text)
    text = text.translate(stand_ins) if stand_ins else text
    restored = {ord(char): chr(code) for code, char in stand_ins.items()}
    try:
        return _Reader(file, restored, _FAST).read(text)
    except _EscapeError:
        # libyaml refuses "\ud83d\ude00", which JSON writers produce; the other parser does not.
        return _Reader(file, restored, yaml.SafeLoader).read(text)


def _stand_ins(text: str) -> dict[int, str]:
    """Unused characters in place of those that only YAML 1.1, as PyYAML reads it, calls breaks."""
    if not any(char in text for char in _OTHER_BREAKS):
        return {}
    used = set(text) | {chr(int(code, 16)) for code in _PRIVATE_ESCAPE.findall(text)}
    free = (chr(code) for code in range(0xF0000, 0xFFFFE) if chr(code) not in used)
    return {ord(char): other for char, other in zip(_OTHER_BREAKS, free, strict=False)}


class _EscapeError(Exception):
    """libyaml met an escape that it does not take for a character."""


class _Reader:
    """Hands the parser's events to a builder."""

    def __init__(self, file: str, restored: dict[int, str], loader: type) -> None:
        self._file = file
        self._start = Position(file)
        self._restored = restored
        self._loader = loader
        self._builder = Builder(self._here)
        self._event: yaml.Event | None = None

    def read(self, text: str) -> list[Map]:
        for event in self._events(text):
            self._event = event
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._builder.close()
            elif isinstance(event, yaml.AliasEvent):
                self._builder.alias(event.anchor or "")
            elif isinstance(event, yaml.DocumentStartEvent):
                self._builder.begin()
        return self._builder.documents()

    def _here(self) -> Position:
        mark = self._event.start_mark if self._event else None
        return Position(self._file, mark.line + 1, mark.column + 1) if mark else self._start

    def _events(self, text: str) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(text, Loader=self._loader)
        except yaml.YAMLError as error:
            if self._loader is not yaml.SafeLoader and "Unicode character escape" in str(error):
                raise _EscapeError from None
            self._builder.note(_explained(error, self._here()))
        except (ValueError, OverflowError):
            # Python's own conversions, where a parser did not check an escape beforehand.
            self._builder.report("yaml-escape")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        text: str = event.value
        if self._restored:
            text = text.translate(self._restored)
        if not text.isascii():
            text = _PAIR.sub(
                lambda pair: str(pair[0].encode("utf-16", "surrogatepass"), "utf-16"), text
            )
        tag: str | None = event.tag
        if tag is not None and tag not in _SCALAR_TAGS:
            self._refuse_tag(tag)
        plain = tag is None and not event.style
        if not self._builder.wants_key:
            self._builder.scalar(self._value(text, tag, plain), text, event.anchor)
            return
        if plain and text == "<<":
            self._builder.report("merge-key")
        self._builder.key(text, event.anchor)

    def _value(self, text: str, tag: str | None, plain: bool) -> Scalar:
        try:
            if plain:
                return plain_scalar(text)
            return tagged_scalar(tag.removeprefix(CORE), text) if tag in _SCALAR_TAGS else text
        except ScalarError as error:
            self._builder.report(error.code, **error.values)
            return None

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        mapping = isinstance(event, yaml.MappingStartEvent)
        if event.tag not in (None, CORE + ("map" if mapping else "seq")):
            self._refuse_tag(event.tag)
        here = self._here()
        self._builder.open(Map(position=here) if mapping else Seq(position=here), event.anchor)

    def _refuse_tag(self, tag: str) -> None:
        self._builder.report("tag", tag=tag.replace(CORE, "!!", 1)[:60])


def _explained(error: yaml.YAMLError, reached: Position) -> Finding:
    """Return a finding for an error of the YAML parser, at its place or where parsing stopped."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Finding(reached, "yaml", reason=_one_line(str(error)), since="")
    mark = error.problem_mark or error.context_mark
    where = Position(reached.file, mark.line + 1, mark.column + 1) if mark else reached
    original = _one_line(f"{error.context or ''} {error.problem or ''}")
    found = (code for pattern, code in _CODES.items() if re.search(pattern, original))
    begun = error.context_mark
    since: Phrase | str = ""
    if begun and begun.line + 1 != where.line:
        since = Phrase("yaml-since", {"line": begun.line + 1, "column": begun.column + 1})
    return Finding(where, next(found, "yaml"), reason=original, since=since)


def _one_line(text: str) -> str:
    return " ".join(text.split())
