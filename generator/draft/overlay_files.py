"""The overlay files of guesses: their existing content stays, byte for byte."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Literal

from generator.amend import Action, Overlay
from generator.amend.overlays import BEFORE, UPGRADE, overlay_of
from generator.amend.queries import Query
from generator.document import Map, Position, placed, plain
from generator.findings import GeneratorError
from generator.load.syntax import parse
from generator.merge.occurrences import text_of
from generator.merge.proposed_overlays import overlay as proposed
from generator.yaml_output import to_yaml

from .proposals import EFFECTS, GUESS, RETIRED, Guess, Proposal, Stage, Step, marked
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


@dataclass(slots=True)
class Sheet:
    """One overlay file that guesses are added to."""

    path: Path
    document: str
    stage: Stage
    indent: str | None = None
    """The indentation of its actions; None if it is new."""
    keys: set[str] = field(default_factory=set)
    steps: list[Step] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)
    """The prefixes of the targets that guesses of this round move."""

    def content(self) -> dict[str, object]:
        """Return a whole overlay of the additions."""
        title = _TITLES[self.stage].format(self.document or "the overlays")
        actions = [step.action() for step in self.steps]
        early = {BEFORE: UPGRADE} if self.stage == "written" else {}
        return proposed(title, actions, None if self.stage == "merged" else self.document, **early)

    def completed(self, before: Overlay | None) -> Overlay:
        """Return the overlay with all additions."""
        root = placed(self.content(), Position(str(self.path)))
        assert isinstance(root, Map)
        new, _ = overlay_of(self.path.name, root, [self.document])
        return replace(before, actions=(*before.actions, *new.actions)) if before else new

    def written(self, text: str) -> str:
        """Return the whole text of the file, with the additions at its end."""
        if self.indent is None:
            return _HEAD + to_yaml(self.content())
        return appended(text, [step.action() for step in self.steps], self.indent)


def appended(text: str, actions: Sequence[object], indent: str) -> str:
    """Return a file with more actions at the end of its list."""
    lines = to_yaml(list(actions)).splitlines(keepends=True)
    more = "".join(f"{indent}{line}" for line in lines)
    if "\r\n" in text:
        more = more.replace("\n", "\r\n")
    between = "" if text.endswith("\n") or not text else "\n"
    return text + between + more


class Sheets:
    """All overlays of a folder, with the additions to them."""

    def __init__(self, folder: Path, overlays: Sequence[Overlay], sources: set[str]) -> None:
        self._folder = folder
        self._overlays = list(overlays)
        self._sources = sorted(sources)
        self._retired: dict[Position, Action] = {}
        self._sheets: dict[str, Sheet | None] = {}
        """By file name; None for a file that no action can be appended to."""
        self._refused = {
            (_stage(overlay), overlay.document, action.target.text)
            for overlay in overlays
            for action in overlay.actions
            if action.node.get("update") == {} and action.target.text != "$"
        }

    def _changed(self) -> list[Sheet]:
        return [sheet for sheet in self._sheets.values() if sheet and sheet.steps]

    def overlays(self, stage: Stage) -> list[Overlay]:
        """Return the overlays of a stage by file name, additions included."""
        there = {overlay.name: self._current(overlay) for overlay in self._overlays}
        changed = {sheet.path.name: sheet for sheet in self._changed()}
        found = [self._current(each) for each in self._overlays if each.name not in changed]
        found += [sheet.completed(there.get(name)) for name, sheet in changed.items()]
        return [each for each in sorted(found, key=lambda each: each.name) if _stage(each) == stage]

    def _current(self, overlay: Overlay) -> Overlay:
        actions = (self._retired.get(each.position, each) for each in overlay.actions)
        return replace(overlay, actions=tuple(actions))

    def retire(self, retirements: Sequence[Retirement]) -> bool:
        """Put retired actions in the place of what they were. Returns whether there are any."""
        there = {
            action.position: overlay for overlay in self._overlays for action in overlay.actions
        }
        # A guess of this run that does not fit is a fault, and refused.
        known = [each for each in retirements if each.action.position in there]
        for each in known:
            owner = there[each.action.position]
            self._retired[each.action.position] = each.action
            self.add([Proposal(owner.document or "", each.restored, _stage(owner))])
        return bool(known)

    def agreeing(self) -> set[str]:
        """The files whose guesses make documents agree with others."""
        return {sheet.path.name for sheet in self._changed() if sheet.stage == "source"}

    def begin_round(self) -> None:
        """Forget which places have moved: the next guesses take it into account."""
        for sheet in self._changed():
            sheet.moved.clear()

    def add(self, proposals: Sequence[Proposal]) -> Outcome:
        """Add the steps of proposals that are new.

        Deferred is what would look in vain for something that a guess of the same round has
        renamed or removed, or that stands elsewhere in its list since.
        """
        outcome: Outcome = "known"
        for each in proposals:
            sheet = self._sheet(each.document, each.stage)
            if any(_is_moved(step.target, sheet.moved) for step in each.steps):
                return "deferred" if outcome == "known" else outcome
            if self._is_refused(each) or not all(_survives(step) for step in each.steps):
                continue
            fresh = [step for step in each.steps if _is_fresh(step, sheet)]
            # A removal and its replacement belong together; anything else is done once.
            together = any("remove" in step.effect for step in fresh)
            for step in each.steps if together else fresh:
                if step.target == "$" and step not in fresh:
                    continue
                sheet.keys.add(step.key)
                sheet.steps.append(step)
                sheet.moved.update(_moving(step))
            outcome = "added" if fresh else outcome
        return outcome

    def _is_refused(self, proposal: Proposal) -> bool:
        """Return whether a person has emptied and kept an action with the same effect."""
        document = None if proposal.stage == "merged" else proposal.document
        about = {(proposal.stage, document, step.target) for step in proposal.steps}
        return bool(about & self._refused)

    def texts(self) -> dict[str, str]:
        """Return the new text of each file that changes."""
        nodes = {place: action.node for place, action in self._retired.items()}
        texts = {
            path.name: rewritten(_held(path), path, nodes)
            for path in dict.fromkeys(Path(place.file) for place in self._retired)
        }
        for sheet in self._changed():
            name = sheet.path.name
            texts[name] = sheet.written(texts.get(name) or _held(sheet.path))
        return texts

    def read(self, names: Iterable[str]) -> dict[str, str]:
        """What the files of some names hold on the disk; nothing where there is none."""
        return {name: _held(self._folder / name) for name in names}

    def guesses(self, texts: Mapping[str, str]) -> Iterator[Guess]:
        """Yield the guesses that the texts add, and the actions that are retired in them."""
        for name in sorted(texts):
            before = [overlay for overlay in self._overlays if overlay.name == name]
            for index, root in enumerate(parse(texts[name], str(self._folder / name))):
                overlay, _ = overlay_of(name, root, self._sources)
                old = before[index].actions if index < len(before) else ()
                stays = {action.index for action in old if action.position not in self._retired}
                yield from (guess for guess in marked([overlay]) if guess.action not in stays)

    def _sheet(self, document: str, stage: Stage) -> Sheet:
        """Return the first file, of those for a document, that its guesses can be added to."""
        files = (self._opened(name, document, stage) for name in _names(document, stage))
        return next(
            sheet
            for sheet in files
            if sheet and sheet.stage == stage and (stage == "merged" or sheet.document == document)
        )

    def _opened(self, name: str, document: str, stage: Stage) -> Sheet | None:
        if name not in self._sheets:
            path = self._folder / name
            there = [overlay for overlay in self._overlays if overlay.name == name]
            if not there:
                self._sheets[name] = Sheet(path, document, stage)
            elif len(there) > 1 or (indent := _indent(_held(path))) is None:
                self._sheets[name] = None
            else:
                keys = {_key(action) for action in there[0].actions}
                document, stage = there[0].document or document, _stage(there[0])
                self._sheets[name] = Sheet(path, document, stage, indent, keys)
        return self._sheets[name]


def _names(document: str, stage: Stage) -> Iterator[str]:
    stem = PurePath(document).stem if document else "overlays"
    stem = re.sub(r"[^A-Za-z0-9._-]+", "_", stem)[:80].strip("._") or "document"
    for number in itertools.count(1):
        more = f"-{number}" if number > 1 else ""
        yield f"draft-{stem}{_ENDINGS[stage]}{more}.yaml"


def _held(path: Path) -> str:
    return path.read_bytes().decode("utf-8") if path.exists() else ""


def _is_moved(target: str, moved: set[str]) -> bool:
    """Return whether a target is or passes through a place that has moved."""
    return any(target[:length] in moved for length in range(len(target) + 1))


def _stage(overlay: Overlay) -> Stage:
    if overlay.before_upgrade:
        return "written"
    return "merged" if overlay.document is None else "source"


def _key(action: Action) -> str:
    effect = {key: plain(action.node[key]) for key in EFFECTS if key in action.node}
    return Step(action.target.text, effect, "").key


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
    content = {"x": [step.action()]}
    try:
        Query(step.target, Position("")).check()
        if "\\" not in text_of(content):
            return True  # nothing but printable ASCII
        return text_of(_parsed(to_yaml(content))) == text_of([content])
    except (ValueError, RecursionError, GeneratorError):
        return False


def _is_fresh(step: Step, sheet: Sheet) -> bool:
    """Return whether a step is new. Behind an index, another item stands each time."""
    is_indexed = "remove" in step.effect and _INDEX.search(step.target)
    return step.key not in sheet.keys or bool(is_indexed)


def _moving(step: Step) -> Iterator[str]:
    """Return the prefixes of the targets that a step moves."""
    value = step.effect.get("update")
    if "remove" in step.effect:
        yield step.target
        holder = step.target.rpartition("[")[0]
        yield from (f"{holder}[{digit}" for digit in "0123456789")
    elif isinstance(value, dict) and {"name", "in", "$ref"} & value.keys():
        yield step.target


_ITEM = re.compile(r"( *)- +\S")


def rewritten(text: str, file: Path, changed: Mapping[Position, Map]) -> str:
    """The text of an overlay file in which fields of some actions are gone and others added.

    As little as possible changes: lines go and are added, else the action is written anew, else
    the file.
    """
    roots = parse(text, str(file))
    old = [action for root in roots for action in root.seq("actions").maps()]
    expected = [_with_changes(root, changed) for root in roots]
    for edit in (_edit, _replace):
        lines = text.splitlines(keepends=True)
        for action in sorted(old, key=lambda each: each.position, reverse=True):
            if new := changed.get(action.position):
                edit(lines, action, new)
        edited = "".join(lines)
        if text_of(_parsed(edited)) == text_of(expected):
            return edited
    if file.suffix == ".json":
        return json.dumps(expected[0], indent=2, ensure_ascii=False) + "\n"
    return "---\n".join(map(to_yaml, expected))


def _with_changes(root: Map, changed: Mapping[Position, Map]) -> dict[str, object]:
    actions = [changed.get(each.position, each) for each in root.seq("actions").maps()]
    return {**root, "actions": actions}


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
