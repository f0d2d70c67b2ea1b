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
from generator.merge.proposed_overlays import extends
from generator.yaml_output import to_yaml

from .proposals import GUESS, RETIRED, Guess, Proposal, Stage, Step, marked
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
    """One overlay file, existing or new."""

    name: str
    document: str
    stage: Stage
    path: Path
    indent: str = ""
    before: Overlay | None = None
    steps: list[Step] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    @property
    def overlay(self) -> Overlay:
        """Return the overlay with all additions."""
        first = self.before.actions if self.before else ()
        where = Position(str(self.path))
        added = []
        for index, step in enumerate(self.steps, len(first)):
            node = placed(step.action(), where)
            assert isinstance(node, Map)
            copy = Query(node.text("copy"), where) if "copy" in node else None
            added.append(Action(index, node, Query(node.text("target"), where), copy))
        if self.before:
            return replace(self.before, actions=(*first, *added))
        document = None if self.stage == "merged" else self.document
        early = self.stage == "written"
        return Overlay(self.name, document, tuple(added), before_upgrade=early)

    def written(self, text: str) -> str:
        """Return the whole text of the file, with the additions at its end."""
        actions = [step.action() for step in self.steps]
        if self.before:
            return appended(text, actions, self.indent)
        head = {"title": _TITLES[self.stage].format(self.document or "the overlays")}
        content: dict[str, object] = {"overlay": "1.1.0", "info": {**head, "version": "1.0.0"}}
        if self.stage != "merged":
            content["extends"] = extends(self.document)
        if self.stage == "written":
            content[BEFORE] = UPGRADE
        return _HEAD + to_yaml({**content, "actions": actions})


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
        self._retired: dict[str, dict[Position, Map]] = {}
        self._sheets: dict[tuple[str, Stage], Sheet] = {}
        self._moved: dict[str, set[str]] = {}
        self._refused = {
            (_stage(overlay), overlay.document, action.target.text)
            for overlay in overlays
            for action in overlay.actions
            if action.node.get("update") == {} and action.target.text != "$"
        }

    def overlays(self, stage: Stage) -> list[Overlay]:
        """Return the overlays of a stage by file name, additions included."""
        changed = {sheet.name: sheet for sheet in self._unique() if sheet.steps}
        kept = [each for each in self._overlays if each.name not in changed]
        kept += [sheet.overlay for sheet in changed.values()]
        return [each for each in sorted(kept, key=lambda each: each.name) if _stage(each) == stage]

    def retire(self, retirements: Sequence[Retirement]) -> bool:
        """Put retired actions in the place of what they were. Returns whether there are any."""
        there = {
            (overlay.name, action.position): overlay
            for overlay in self._overlays
            for action in overlay.actions
        }
        # A guess of this run that does not fit is a fault, and refused.
        known = [each for each in retirements if (each.overlay, each.action.position) in there]
        for each in known:
            place = each.action.position
            self._retired.setdefault(each.overlay, {})[place] = each.action.node
            self._overlays = [_with(overlay, each) for overlay in self._overlays]
            for sheet in self._unique():
                if sheet.before:
                    sheet.before = _with(sheet.before, each)
            owner = there[each.overlay, place]
            self.add([Proposal(owner.document or "", each.restored, _stage(owner))])
        return bool(known)

    def agreeing(self) -> set[str]:
        """The files whose guesses make documents agree with others."""
        return {each.name for each in self._unique() if each.stage == "source" and each.steps}

    def begin_round(self) -> None:
        """Forget which places have moved: the next guesses take it into account."""
        self._moved.clear()

    def add(self, proposals: Sequence[Proposal]) -> Outcome:
        """Add the steps of proposals that are new.

        Deferred is what would look in vain for something that a guess of the same round has
        renamed or removed, or that stands elsewhere in its list since.
        """
        outcome: Outcome = "known"
        for each in proposals:
            if any(self._is_moved(each, step) for step in each.steps):
                return "deferred" if outcome == "known" else outcome
            if self._is_refused(each) or not all(_survives(step) for step in each.steps):
                continue
            sheet = self._sheet(each.document, each.stage)
            fresh = [step for step in each.steps if _is_fresh(step, sheet)]
            # A removal and its replacement belong together; anything else is done once.
            together = any("remove" in step.effect for step in fresh)
            for step in each.steps if together else fresh:
                if step.target == "$" and step not in fresh:
                    continue
                sheet.keys.add(step.key)
                sheet.steps.append(step)
                self._moved.setdefault(sheet.name, set()).update(_moving(step))
            outcome = "added" if fresh else outcome
        return outcome

    def _is_moved(self, proposal: Proposal, step: Step) -> bool:
        """Return whether a step targets or passes through a place that this round has moved."""
        moved = self._moved.get(self._sheet(proposal.document, proposal.stage).name, set())
        return any(step.target[:length] in moved for length in range(len(step.target) + 1))

    def _is_refused(self, proposal: Proposal) -> bool:
        """Return whether a person has emptied and kept an action with the same effect."""
        document = None if proposal.stage == "merged" else proposal.document
        about = {(proposal.stage, document, step.target) for step in proposal.steps}
        return bool(about & self._refused)

    def texts(self) -> dict[str, str]:
        """Return the new text of each file that changes."""
        texts = {
            name: rewritten(self._read(name), name, actions)
            for name, actions in self._retired.items()
        }
        for sheet in self._unique():
            if sheet.steps:
                texts[sheet.name] = sheet.written(texts.get(sheet.name) or self._read(sheet.name))
        return texts

    def read(self, names: Iterable[str]) -> dict[str, str]:
        """What the files of some names hold on the disk; nothing where there is none."""
        return {name: self._read(name) for name in names}

    def _read(self, name: str) -> str:
        path = self._folder / name
        return path.read_bytes().decode("utf-8") if path.exists() else ""

    def guesses(self, texts: Mapping[str, str]) -> list[Guess]:
        """Return the guesses that the texts add, and the actions that are retired in them."""
        return [guess for name in sorted(texts) for guess in self._guesses(name, texts[name])]

    def _guesses(self, name: str, text: str) -> Iterator[Guess]:
        before = [overlay for overlay in self._overlays if overlay.name == name]
        retired = self._retired.get(name, {})
        for index, root in enumerate(parse(text, str(self._folder / name))):
            overlay, _ = overlay_of(name, root, self._sources)
            old = before[index].actions if index < len(before) else ()
            stays = {action.index for action in old if action.position not in retired}
            yield from (guess for guess in marked([overlay]) if guess.action not in stays)

    def _unique(self) -> list[Sheet]:
        return list({id(sheet): sheet for sheet in self._sheets.values()}.values())

    def _sheet(self, document: str, stage: Stage) -> Sheet:
        if (document, stage) not in self._sheets:
            self._sheets[document, stage] = next(
                sheet
                for name in self._names(document, stage)
                for sheet in self._fit(name, document, stage)
            )
        return self._sheets[document, stage]

    def _names(self, document: str, stage: Stage) -> Iterator[str]:
        stem = PurePath(document).stem if document else "overlays"
        stem = re.sub(r"[^A-Za-z0-9._-]+", "_", stem)[:80].strip("._") or "document"
        for number in itertools.count(1):
            more = f"-{number}" if number > 1 else ""
            yield f"draft-{stem}{_ENDINGS[stage]}{more}.yaml"

    def _fit(self, name: str, document: str, stage: Stage) -> Iterator[Sheet]:
        """Return the file of a name, if these guesses can be added to it."""
        path = self._folder / name
        for sheet in self._unique():
            if sheet.name == name:
                if sheet.stage == stage and (stage == "merged" or sheet.document == document):
                    yield sheet
                return
        there = [overlay for overlay in self._overlays if overlay.name == name]
        if not there:
            yield Sheet(name, document, stage, path)
        elif len(there) == 1 and _stage(there[0]) == stage:
            if there[0].document not in (None, document):
                return
            if (indent := _indent(self._read(name))) is not None:
                keys = {_key(action) for action in there[0].actions}
                yield Sheet(name, document, stage, path, indent, there[0], keys=keys)


def _with(overlay: Overlay, retirement: Retirement) -> Overlay:
    """An overlay in which an action is retired, if it is its own."""
    new, name = retirement.action, retirement.overlay
    if overlay.name != name:
        return overlay
    actions = (new if each.position == new.position else each for each in overlay.actions)
    return replace(overlay, actions=tuple(actions))


def _stage(overlay: Overlay) -> Stage:
    if overlay.before_upgrade:
        return "written"
    return "merged" if overlay.document is None else "source"


def _key(action: Action) -> str:
    effect = {
        key: plain(action.node[key]) for key in ("update", "remove", "copy") if key in action.node
    }
    return Step(action.target.text, effect, "").key


def _indent(text: str) -> str | None:
    """Return the indentation of the actions of a file; None if none can be appended."""
    probe: dict[str, object] = {"target": "$", "update": {"x": ["'", "\n"]}}
    before = _parsed(text)
    for indent in ("", "  ", "    "):
        after = _parsed(appended(text, [probe], indent))
        if len(before) == len(after) == 1:
            listed = before[0].get("actions")
            expected = {
                **before[0],
                "actions": [*(listed if isinstance(listed, list) else []), probe],
            }
            if text_of(after[0]) == text_of(expected):
                return indent
    return None


def _parsed(text: str) -> list[dict[str, object]]:
    try:
        roots = parse(text, "")
    except GeneratorError:
        return []
    return [{key: plain(value) for key, value in root.items()} for root in roots]


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
    return step.key not in sheet.keys or (
        "remove" in step.effect and bool(_INDEX.search(step.target))
    )


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


def rewritten(text: str, name: str, actions: Mapping[Position, Map]) -> str:
    """The text of an overlay file in which fields of some actions are gone and others added.

    As little as possible changes: lines go and are added, else the action is written anew, else
    the file.
    """
    roots = parse(text, "")
    changed = {(place.line, place.column): node for place, node in actions.items()}
    expected = [_with_changes(root, changed) for root in roots]
    old = [action for root in roots for action in root.seq("actions").maps()]
    for edit in (_edit, _replace):
        lines = text.splitlines(keepends=True)
        for action in sorted(old, key=lambda each: each.position, reverse=True):
            place = action.position
            if new := changed.get((place.line, place.column)):
                edit(lines, action, new)
        edited = "".join(lines)
        if text_of(_parsed(edited)) == text_of(expected):
            return edited
    if name.endswith(".json"):
        return json.dumps(expected[0], indent=2, ensure_ascii=False) + "\n"
    return "---\n".join(map(to_yaml, expected))


def _with_changes(root: Map, changed: Mapping[tuple[int, int], Map]) -> object:
    new: list[object] = [
        plain(
            changed.get((action.position.line, action.position.column), action)
            if isinstance(action, Map)
            else action
        )
        for action in root.seq("actions")
    ]
    return {**{key: plain(value) for key, value in root.items()}, "actions": new}


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
