"""Runs stage after stage: guesses and checks again, until no guess resolves what remains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator import names
from generator.amend import amend, read_overlays
from generator.config import Settings, read_settings
from generator.document import Document, Map, copied_map, operations
from generator.findings import Finding, GeneratorError
from generator.grammar import OPENAPI, misshapen
from generator.load import load_documents, load_file, refuse_misshapen, source_names
from generator.merge import MergeError, merge
from generator.pipeline import amend_sources, upgraded
from generator.released import read_released
from generator.validate import faults, is_unused, official
from generator.validate.spec import Spec

from .context import Context, Folder
from .contradictions import Agreement
from .cures import better, cure
from .evidence import Evidence
from .guess_marks import Guess, marked
from .overlay_files import Sheets
from .source_cures import proposals

_MOST = 25
"""Rounds of one stage. Each round resolves all that it can, which may reveal further problems."""

_TRIES = 3
"""How often the same problem is resolved before it is left to a person."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The guesses, and the problems that cannot be resolved by guessing."""

    files: dict[str, str] = field(default_factory=dict)
    """The new text of each overlay file that changes, by its name."""
    guesses: list[Guess] = field(default_factory=list)
    """The new guesses."""
    remaining: list[Finding] = field(default_factory=list)
    """The problems that no overlay can resolve, or that cannot be guessed."""
    earlier: list[Guess] = field(default_factory=list)
    """The earlier guesses that have not been confirmed."""


def draft(specs: Path) -> Drafted:
    """Return guesses for all problems that prevent generation from a specs folder."""
    try:
        run = _Run(specs)
    except GeneratorError as error:
        return Drafted(remaining=error.findings)
    try:
        remaining = run.remaining()
    except GeneratorError as error:
        remaining = error.findings
    texts = run.sheets.texts()
    return Drafted(texts, run.sheets.guesses(texts), remaining, run.earlier)


class _Run:
    """One run over one folder. Problems that remain at a stage are raised as its error."""

    def __init__(self, specs: Path) -> None:
        self._settings: Settings = read_settings(specs)
        sources = source_names(specs / "sources")
        overlays = read_overlays(specs / "overlays", sources)
        early = {each.document for each in overlays if each.before_upgrade}
        self._sources, _ = load_documents(specs / "sources", early)
        released = read_released(specs)
        before = [*_load_if_there(specs / "openapi.yaml"), *([released] if released else [])]
        forms = {document.name: document.version for document in self._sources}
        self._folder = Folder(released, tuple(before), forms, self._settings.spends)
        self._evidence: Evidence | None = None
        self._tries: Counter[tuple[object, ...]] = Counter()
        self.earlier = list(marked(overlays))
        self.sheets = Sheets(specs / "overlays", overlays, sources)

    def remaining(self) -> list[Finding]:
        """Add guesses until there are no more, and return the problems that remain."""
        return self._validated(self._merged(self._upgraded()))

    def _upgraded(self) -> list[Document]:
        """Return all documents as OpenAPI 3.1. Those that fail are refused together."""
        documents: list[Document] = []
        errors: list[Finding] = []
        for name in dict.fromkeys(source.name for source in self._sources):
            try:
                documents += self._upgraded_one(name)
            except GeneratorError as error:
                errors += error.findings
        if errors:
            raise GeneratorError(errors)
        return documents

    def _upgraded_one(self, name: str) -> list[Document]:
        rounds = 0
        while True:
            rounds += 1
            self.sheets.begin_round()
            overlays = [each for each in self.sheets.overlays("written") if each.document == name]
            sources = _copies([source for source in self._sources if source.name == name])
            amend_sources(sources, overlays)
            refuse_misshapen(sources)
            try:
                return upgraded(sources)[0]
            except GeneratorError:
                found = [each for source in sources for each in proposals(source)]
                added = "added" in {self.sheets.add([each]) for each in found}
                if not added or rounds == _MOST:
                    raise

    def _merged(self, documents: Sequence[Document]) -> Map:
        rounds = 0
        while True:
            rounds += 1
            self.sheets.begin_round()
            amended = _copies(documents)
            amend_sources(amended, self.sheets.overlays("source"))
            try:
                return merge(amended, self._settings).spec
            except MergeError as error:
                agreement = Agreement(amended, self._folder)
                found = list(agreement.proposals(error.contradictions))
                added = "added" in {self.sheets.add([each]) for each in found}
                if not added or rounds == _MOST:
                    raise

    def _validated(self, merged: Map) -> list[Finding]:
        left: list[Finding] = []
        for _ in range(_MOST):
            self.sheets.begin_round()
            root = copied_map(merged)
            amend([root], self.sheets.overlays("merged"))
            context = self._context(root)
            if found := misshapen(OPENAPI, root):
                return found
            problems = faults(context.spec)
            moved, left = self._cured(context, problems)
            moved |= "added" in {self.sheets.add([each]) for each in better(context)}
            if moved:
                continue
            refused = official.check(context.spec, problems)
            more = [each for each in refused if not is_unused(context.spec, each)]
            moved, others = self._cured(context, more)
            left += others
            if not moved:
                break
        return left

    def _context(self, root: Map) -> Context:
        released = self._folder.released
        nameless = {
            (path, method)
            for path, method, operation in operations(root)
            if not operation.text("operationId").strip() and "x-method" not in operation
        }
        names.assign(root, released)
        spec = Spec(root)
        self._evidence = self._evidence or Evidence(spec)
        context = Context(spec, self._evidence, self._folder)
        context.nameless = {each for each in nameless if not context.is_released(*each)}
        return context

    def _cured(self, context: Context, problems: Sequence[Finding]) -> tuple[bool, list[Finding]]:
        """Add guesses for problems; return whether any was added, and the problems left."""
        moved = False
        left: list[Finding] = []
        for problem in problems:
            key = (problem.code, problem.at, problem.problem)
            found = cure(context, problem) if self._tries[key] < _TRIES else []
            outcome = self.sheets.add(found)
            self._tries[key] += outcome == "added"
            moved |= outcome == "added"
            if outcome == "known":
                left.append(problem)
        return moved, left


def _load_if_there(path: Path) -> list[Map]:
    """Return the documents of a file; an empty list if it cannot be read."""
    try:
        return load_file(path) if path.is_file() else []
    except GeneratorError:
        return []


def _copies(documents: Sequence[Document]) -> list[Document]:
    return [Document(document.name, copied_map(document.root)) for document in documents]
