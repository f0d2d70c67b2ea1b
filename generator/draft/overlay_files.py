"""The overlay files of guesses: their existing content stays, byte for byte."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePath
from typing import Literal

from generator.amend import Action, Overlay
from generator.amend.overlays import BEFORE, UPGRADE, file_text, overlay_of
from generator.amend.queries import Query
from generator.document import Map, Position, placed, plain
from generator.findings import GeneratorError
from generator.load.syntax import parse
from generator.merge.occurrences import text_of
from generator.merge.proposed_overlays import overlay as proposed
from generator.yaml_output import to_yaml

from .proposals import GUESS, RETIRED, Guess, Proposal, Stage, Step, key_of, marked
from .retiring import Retirement

_ENDINGS: Mapping[Stage, str] = {"written": ".written", "source": ".source", "merged": ""}
_TITLES: Mapping[Stage, str] = {
    "written": "Guesses about {} as it is written",
    "source": "Guesses that make {} agree with the others",
    "merged": "Guesses about what {} doesn't specify",
}
_HEAD = f"""\
# Drafted: each action that has the line `{GUESS}: true` is a guess. Look at it, correct it where it
# is wrong, and remove that line. Nothing is released before.
"""
_INDEX = re.compile(r"\[(?:\d+)\]")

Outcome = Literal["added", "known", "deferred"]


@dataclass
class Sheet:
    """One overlay file: what it holds, what guesses add to it, and what is retired in it."""

    path: Path
    document: str
    stage: Stage
    before: list[Overlay] = field(default_factory=list)
    """Its overlays; empty if the file is new."""
    steps: list[Step] = field(default_factory=list)
    retired: dict[Position, Action] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)
    """The prefixes of the targets that guesses of this round move."""

    @cached_property
    def held(self) -> str:
        """The text of the file on the disk; empty if there is no file."""
        return self.path.read_bytes().decode("utf-8") if self.path.exists() else ""

    @cached_property
    def indent(self) -> str | None:
        """The indentation of its actions; None if none can be appended."""
        if len(self.before) == 1:
            return _indent(self.held)
        return None if self.before else ""

    @cached_property
    def keys(self) -> set[str]:
        """The keys of its actions and of all that is added."""
        return {key_of(each.node) for overlay in self.before for each in overlay.actions}

    def takes(self, document: str, stage: Stage) -> bool:
        """Return whether guesses about a document can be added to it."""
        fits = self.stage == stage and (stage == "merged" or self.document == document)
        return fits and self.indent is not None

    def _content(self) -> dict[str, object]:
        """Return a whole overlay of the additions."""
        title = _TITLES[self.stage].format(self.document or "the merged spec")
        early = {BEFORE: UPGRADE} if self.stage == "written" else {}
        return proposed(
            title, self.steps, None if self.stage == "merged" else self.document, **early
        )

    def overlays(self) -> list[Overlay]:
        """Return its overlays with what is retired and added."""
        found: list[Overlay] = []
        for overlay in self.before:
            actions = (self.retired.get(each.position, each) for each in overlay.actions)
            found.append(replace(overlay, actions=tuple(actions)))
        if not self.steps:
            return found
        root = placed(self._content(), Position(str(self.path)))
        assert isinstance(root, Map)
        new, _ = overlay_of(self.path.name, root, [self.document])
        return [replace(each, actions=(*each.actions, *new.actions)) for each in found] or [new]

    def text(self) -> str:
        """Return the text of the file, with the additions at its end."""
        if not self.before:
            return _HEAD + to_yaml(self._content())
        nodes = {place: action.node for place, action in self.retired.items()}
        text = rewritten(self.held, self.path, nodes) if nodes else self.held
        return appended(text, self.steps, self.indent or "") if self.steps else text


def appended(text: str, actions: Sequence[object], indent: str) -> str:
    """Return a file with more actions at the end of its list."""
    lines = to_yaml(list(actions)).splitlines(keepends=True)
    more = "".join(f"{indent}{line}" for line in lines)
    if "\r\n" in text:
        more = more.replace("\n", "\r\n")
    between = "" if text.endswith("\n") or not text else "\n"
    return text + between + more


class Sheets:
    """All overlay files of a folder, with what is added to them."""

    def __init__(self, folder: Path, overlays: Sequence[Overlay], sources: set[str]) -> None:
        self._folder = folder
        self._sources = sorted(sources)
        self._sheets: dict[str, Sheet] = {}
        self._owners: dict[Position, Overlay] = {}
        self._refused: set[tuple[Stage, str | None, str]] = set()
        for overlay in overlays:
            sheet = Sheet(folder / overlay.name, overlay.document or "", _stage(overlay))
            self._sheets.setdefault(overlay.name, sheet).before.append(overlay)
            for action in overlay.actions:
                self._owners[action.position] = overlay
                if action.node.get("update") == {} and action.target.text != "$":
                    self._refused.add((_stage(overlay), overlay.document, action.target.text))

    def overlays(self, stage: Stage) -> list[Overlay]:
        """Return the overlays of a stage by file name, additions included."""
        found = (each for name in sorted(self._sheets) for each in self._sheets[name].overlays())
        return [each for each in found if _stage(each) == stage]

    def retire(self, retirements: Sequence[Retirement]) -> bool:
        """Put retired actions in the place of what they were. Returns whether there are any."""
        # A guess of this run that does not fit is a fault, and refused.
        known = [each for each in retirements if each.action.position in self._owners]
        for each in known:
            owner = self._owners[each.action.position]
            self._sheets[owner.name].retired[each.action.position] = each.action
            self.add([Proposal(owner.document or "", each.restored, _stage(owner))])
        return bool(known)

    def agreeing(self) -> set[str]:
        """The files whose guesses make documents agree with others."""
        return {
            name for name, each in self._sheets.items() if each.steps and each.stage == "source"
        }

    def begin_round(self) -> None:
        """Forget which places have moved: the next guesses take it into account."""
        for sheet in self._sheets.values():
            sheet.moved.clear()

    def add(self, proposals: Sequence[Proposal]) -> Outcome:
        """Add the steps of proposals that are new.

        Deferred is what would look in vain for something that a guess of the same round has
        renamed or removed, or that stands elsewhere in its list since.
        """
        outcome: Outcome = "known"
        for each in proposals:
            sheet = self._sheet(each.document, each.stage)
            moved = tuple(sheet.moved)
            if any(_target(step).startswith(moved) for step in each.steps):
                return "deferred" if outcome == "known" else outcome
            if self._is_refused(each) or not all(_survives(step) for step in each.steps):
                continue
            fresh = [step for step in each.steps if _is_fresh(step, sheet)]
            # A removal and its replacement belong together; anything else is done once.
            together = any("remove" in step for step in fresh)
            for step in each.steps if together else fresh:
                if _target(step) == "$" and step not in fresh:
                    continue
                sheet.keys.add(key_of(step))
                sheet.steps.append(step)
                sheet.moved.update(_moving(step))
            outcome = "added" if fresh else outcome
        return outcome

    def _is_refused(self, proposal: Proposal) -> bool:
        """Return whether a person has emptied and kept an action with the same effect."""
        document = None if proposal.stage == "merged" else proposal.document
        about = {(proposal.stage, document, _target(step)) for step in proposal.steps}
        return bool(about & self._refused)

    def changed(self) -> dict[str, Sheet]:
        """Return each file that changes, by its name."""
        return {name: each for name, each in self._sheets.items() if each.steps or each.retired}

    def guesses(self, texts: Mapping[str, str]) -> Iterator[Guess]:
        """Yield the guesses in the new texts of files, and the actions that are retired there."""
        for name, text in sorted(texts.items()):
            sheet = self._sheets[name]
            for index, root in enumerate(parse(text, str(sheet.path))):
                overlay, _ = overlay_of(name, root, self._sources)
                old = sheet.before[index].actions if index < len(sheet.before) else ()
                stays = {action.index for action in old if action.position not in sheet.retired}
                yield from (guess for guess in marked([overlay]) if guess.action not in stays)

    def _sheet(self, document: str, stage: Stage) -> Sheet:
        """Return the first file, of those for a document, that its guesses can be added to."""
        sheets = (
            self._sheets.setdefault(name, Sheet(self._folder / name, document, stage))
            for name in _names(document, stage)
        )
        return next(each for each in sheets if each.takes(document, stage))


def _names(document: str, stage: Stage) -> Iterator[str]:
    stem = PurePath(document).stem if document else "overlays"
    stem = re.sub(r"[^A-Za-z0-9._-]+", "_", stem)[:80].strip("._") or "document"
    for number in itertools.count(1):
        more = f"-{number}" if number > 1 else ""
        yield f"draft-{stem}{_ENDINGS[stage]}{more}.yaml"


def _stage(overlay: Overlay) -> Stage:
    if overlay.before_upgrade:
        return "written"
    return "merged" if overlay.document is None else "source"


def _target(step: Step) -> str:
    return str(step["target"])


def _indent(text: str) -> str | None:
    """Return the indentation of the actions of a file; None if none can be appended."""
    probe: dict[str, object] = {"target": "$", "update": {"x": ["'", "\n"]}}
    (root,) = parse(text, "")
    expected = text_of([{**root, "actions": [*root.seq("actions"), probe]}])
    for indent in ("", "  ", "    "):
        if text_of(_parsed(appended(text, [probe], indent))) == expected:
            return indent
    return None


def _parsed(text: str) -> list[Map]:
    try:
        return parse(text, "")
    except GeneratorError:
        return []


def _survives(step: Step) -> bool:
    """Return whether an action survives being written and read again."""
    content = {"x": [step]}
    try:
        Query(_target(step), Position("")).check()
        if "\\" not in text_of(content):
            return True  # nothing but printable ASCII
        return text_of(_parsed(to_yaml(content))) == text_of([content])
    except (ValueError, RecursionError, GeneratorError):
        return False


def _is_fresh(step: Step, sheet: Sheet) -> bool:
    """Return whether a step is new. Behind an index, another item stands each time."""
    is_indexed = "remove" in step and _INDEX.search(_target(step))
    return key_of(step) not in sheet.keys or bool(is_indexed)


def _moving(step: Step) -> Iterator[str]:
    """Return the prefixes of the targets that a step moves."""
    value, target = step.get("update"), _target(step)
    if "remove" in step:
        yield target
        holder = target.rpartition("[")[0]
        yield from (f"{holder}[{digit}" for digit in "0123456789")
    elif isinstance(value, dict) and {"name", "in", "$ref"} & value.keys():
        yield target


_ITEM = re.compile(r"( *)- +\S")


def rewritten(text: str, file: Path, changed: Mapping[Position, Map]) -> str:
    """The text of an overlay file in which fields of some actions are gone and others added.

    As little as possible changes: lines go and are added, else the action is written anew, else
    the file.
    """
    roots = parse(text, str(file))
    old = [action for root in roots for action in root.seq("actions").maps()]
    expected: list[dict[str, object]] = []
    for root in roots:
        actions = [changed.get(each.position, each) for each in root.seq("actions").maps()]
        expected.append({**root, "actions": actions})
    for edit in (_edit, _replace):
        lines = text.splitlines(keepends=True)
        for action in sorted(old, key=lambda each: each.position, reverse=True):
            if new := changed.get(action.position):
                edit(lines, action, new)
        edited = "".join(lines)
        if text_of(_parsed(edited)) == text_of(expected):
            return edited
    return file_text(file, expected)


def _edit(lines: list[str], old: Map, new: Map) -> None:
    """Remove the lines of fields that are gone, and add those of new ones behind all others."""
    added = {key: plain(new[key]) for key in new if key not in old or key == RETIRED}
    first, column = old.position.line - 1, old.position.column - 1
    _insert(lines, _end(lines, first, column - 1), " " * column, to_yaml(added))
    for key in sorted(_gone(old, new), reverse=True):
        del lines[key.line - 1 : _end(lines, key.line - 1, key.column - 1)]


def _gone(old: Map, new: Map) -> Iterator[Position]:
    """Where the fields begin that an action or a part of it has no longer."""
    for key, value in old.items():
        there = new.get(key)
        if key not in new or key == RETIRED:
            yield old.position_of(key)
        elif isinstance(value, Map) and isinstance(there, Map):
            yield from _gone(value, there)


def _replace(lines: list[str], old: Map, new: Map) -> None:
    """Replace the item of a list, and no more than that."""
    first = old.position.line - 1
    if match := _ITEM.match(lines[first]):
        end = _end(lines, first, len(match[1]))
        _insert(lines, end, match[1], to_yaml([plain(new)]))
        del lines[first:end]


def _end(lines: list[str], first: int, indent: int) -> int:
    """Behind the last line of what begins in a line and is indented so far."""
    end = first + 1
    for number in range(first + 1, len(lines)):
        content = lines[number].strip()
        if content and not content.startswith("#"):
            if len(lines[number]) - len(lines[number].lstrip(" ")) <= indent:
                break
            end = number + 1
    return end


def _insert(lines: list[str], at: int, indent: str, text: str) -> None:
    newline = "\r\n" if lines[0].endswith("\r\n") else "\n"
    if not lines[at - 1].endswith("\n"):
        lines[at - 1] += newline
    new = (f"{indent}{line}" if line else "" for line in text.splitlines())
    lines[at:at] = [line + newline for line in new]
