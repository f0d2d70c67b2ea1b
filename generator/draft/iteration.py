"""Runs stage after stage: guesses and checks again, until no guess resolves what remains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from generator import atomic_writes, names
from generator.amend import read_overlays
from generator.config import read_settings
from generator.document import Document, Map, canonical_path, collected, copied_map, operations
from generator.findings import Finding, GeneratorError, refusal, together
from generator.grammar import OPENAPI, misshapen
from generator.load import load_documents, load_file, refuse_misshapen, source_names
from generator.merge import MergeError, merge
from generator.names import by_identity
from generator.pipeline import amend_documents, upgraded
from generator.released import read_released
from generator.validate import faults, is_unused, official
from generator.validate.spec import Spec

from .context import Context, Folder
from .contradictions import Agreement
from .cures import better, cure
from .overlay_files import Sheets
from .proposals import Guess, Proposal, Stage, marked
from .retiring import overtaken
from .source_cures import proposals, shapes
from .type_guesses import Evidence

_MOST = 25
"""Rounds of one stage. Each round resolves all that it can, which may reveal further problems."""

_LOSS = "draft-loses"
"""The code of the finding that guesses would lose operations."""

_TRIES = 3
"""How often the same problem is resolved before it is left to a person."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The guesses, and the problems that cannot be resolved by guessing."""

    files: dict[str, str] = field(default_factory=dict)
    """The new text of each overlay file that changes, by its name."""
    read: dict[str, str] = field(default_factory=dict)
    """What each of those files held; nothing for a new one."""
    guesses: list[Guess] = field(default_factory=list)
    """The new guesses."""
    remaining: list[Finding] = field(default_factory=list)
    """The problems that no overlay can resolve, or that cannot be guessed."""
    earlier: list[Guess] = field(default_factory=list)
    """The earlier guesses that have not been confirmed."""


def draft(specs: Path, arrived: Collection[str] | None = None) -> Drafted:
    """Return guesses for all problems that prevent generation from a specs folder.

    `arrived` are the names of documents that are new. What callers know of the operations that
    these repeat is kept, and actions of overlays that no longer fit are retired.
    """
    try:
        run = _Run(specs, arrived)
    except GeneratorError as error:
        return Drafted(remaining=error.findings)
    try:
        remaining = run.remaining()
    except GeneratorError as error:
        remaining = error.findings
    if any(finding.code == _LOSS for finding in remaining):  # Not one of the guesses is written.
        return Drafted(remaining=remaining, earlier=run.earlier)
    changed = run.sheets.changed()
    texts = {name: sheet.text() for name, sheet in changed.items()}
    read = {name: sheet.held for name, sheet in changed.items()}
    return Drafted(texts, read, list(run.sheets.guesses(texts)), remaining, run.earlier)


class _Run:
    """One run over one folder. Problems that remain at a stage are raised as its error."""

    def __init__(self, specs: Path, arrived: Collection[str] | None) -> None:
        settings = read_settings(specs)
        sources = source_names(specs / "sources")
        overlays = read_overlays(specs / "overlays", sources)
        try:
            self._sources, _ = load_documents(specs / "sources", sources)
        except GeneratorError:  # Some cannot be read: what is wrong with the others is told, too.
            early = {each.document for each in overlays if each.before_upgrade}
            self._sources, _ = load_documents(specs / "sources", early)
        self._released = read_released(specs)
        before = [self._released] if self._released else []
        with suppress(GeneratorError):
            before = [*load_file(specs / "openapi.yaml"), *before]
        forms = {document.name: document.version for document in self._sources}
        self._retires = arrived is not None
        new = frozenset(arrived or ())
        self._folder = Folder(by_identity(self._released), tuple(before), forms, settings, new)
        self._evidence: Evidence | None = None
        self._tries: Counter[tuple[object, ...]] = Counter()
        self._operations: dict[tuple[Stage, str, int], dict[tuple[str, str], str]] = {}
        self.earlier = list(marked(overlays))
        self.sheets = Sheets(specs / "overlays", overlays, sources)

    def remaining(self) -> list[Finding]:
        """Add guesses until there are no more, and return the problems that remain."""
        named = collected((source.name, source) for source in self._sources).values()
        # Those that fail are refused together.
        documents = [each for found in together(self._upgraded, named) for each in found]
        return self._validated(self._merged(documents))

    def _upgraded(self, written: Sequence[Document]) -> list[Document]:
        """Return documents of one name as OpenAPI 3.1."""
        rounds = 0
        while True:
            rounds += 1
            sources = self._amended(written, "written")
            cures = shapes
            try:
                refuse_misshapen(sources)
                cures = proposals
                return upgraded(sources)[0]
            except GeneratorError:
                found = (each for source in sources for each in cures(source))
                if not self._add_each(found) or rounds == _MOST:
                    raise

    def _amended(self, documents: Sequence[Document], stage: Stage) -> list[Document]:
        """Begin a round: copies of documents, amended. Actions that fit no longer are retired."""
        self.sheets.begin_round()
        while self._retires:
            overlays, arrived = self.sheets.overlays(stage), self._folder.arrived
            if not self.sheets.retire(overtaken(_copies(documents), overlays, arrived)):
                break
        amended = _copies(documents)
        amend_documents(amended, self.sheets.overlays(stage))
        self._keep_operations(stage, amended)
        return amended

    def _keep_operations(self, stage: Stage, amended: Sequence[Document]) -> None:
        """Refuse guesses by which fewer operations are left than there were without them."""
        for index, each in enumerate(amended):
            found = {
                (canonical_path(path), method): f"{method.upper()} {path}"
                for path, method, _ in operations(each.root)
            }
            before = self._operations.setdefault((stage, each.name, index), found)
            if len(found) < len(before):
                lost = sorted(before[key] for key in before.keys() - found.keys())
                raise refusal(each.root.position, _LOSS, lost=lost)

    def _merged(self, documents: Sequence[Document]) -> Map:
        self._folder.repeated = self._repeated(documents)
        rounds = 0
        while True:
            rounds += 1
            amended = self._amended(documents, "source")
            try:
                return merge(amended, self._folder.settings).spec
            except MergeError as error:
                found = Agreement(amended, self._folder).proposals(error.contradictions)
                if not self._add_each(found) or rounds == _MOST:
                    raise

    def _repeated(self, documents: Sequence[Document]) -> set[tuple[str, str]]:
        """Which operations a new document has, and an older one or an overlay, too."""
        new, old = set[tuple[str, str]](), set[tuple[str, str]]()
        for document in documents:
            found = new if document.name in self._folder.arrived else old
            found.update(by_identity(document.root))
        for root in self._folder.before:
            for identity, operation in by_identity(root).items():
                if not operation.map("x-source").text("document"):
                    old.add(identity)
        return new & old

    def _validated(self, merged: Map) -> list[Finding]:
        left: list[Finding] = []
        for _ in range(_MOST):
            root = self._amended([Document("", merged)], "merged")[0].root
            context = self._context(root)
            if found := misshapen(OPENAPI, root):
                return found
            problems = faults(context.spec)
            moved, left = self._cured(context, problems)
            moved |= self._add_each(better(context))
            if moved:
                continue
            refused = official.check(context.spec, problems)
            more = [each for each in refused if not is_unused(context.spec, each)]
            moved, others = self._cured(context, more)
            left += others
            if not moved:
                break
        return left

    def _add_each(self, proposals: Iterable[Proposal]) -> bool:
        """Add guesses, each by itself; return whether any was new."""
        return "added" in [self.sheets.add([each]) for each in [*proposals]]

    def _context(self, root: Map) -> Context:
        nameless = {
            (path, method)
            for path, method, operation in operations(root)
            if not operation.text("operationId").strip()
            and "x-method" not in operation
            and (canonical_path(path), method) not in self._folder.released
        }
        names.assign(root, self._released, self._folder.settings.prefixes)
        spec = Spec(root)
        self._evidence = self._evidence or Evidence(spec)
        new = self._folder.arrived | self.sheets.agreeing()
        return Context(spec, self._evidence, self._folder, new, nameless)

    def _cured(self, context: Context, problems: Sequence[Finding]) -> tuple[bool, list[Finding]]:
        """Add guesses for problems; return whether any was added, and the problems left."""
        moved = False
        left: list[Finding] = []
        for problem in problems:
            key = (problem.code, problem.at, problem.problem)
            outcome = self.sheets.add(cure(context, problem) if self._tries[key] < _TRIES else [])
            self._tries[key] += outcome == "added"
            moved |= outcome == "added"
            if outcome == "known":
                left.append(problem)
        return moved, left


def _copies(documents: Sequence[Document]) -> list[Document]:
    return [Document(document.name, copied_map(document.root)) for document in documents]


def write(specs: Path, drafted: Drafted) -> None:
    """Write the drafted overlays into a specs folder.

    Raises:
        GeneratorError: A file has changed since the draft was made. Nothing has been written.
    """
    contents = {specs / "overlays" / name: text.encode() for name, text in drafted.files.items()}
    there = {path: path.read_bytes() if path.exists() else b"" for path in contents}
    if changed := [path for path in there if there[path] != drafted.read[path.name].encode()]:
        raise GeneratorError(Finding(path, "draft-outdated") for path in changed)
    atomic_writes.write(contents)
