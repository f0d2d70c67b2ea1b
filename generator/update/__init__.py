"""Takes in new documents: everything that follows from them is made, or nothing is changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.atomic_writes import undisturbed, write
from generator.callers import misfits, sharing
from generator.commands import Target, build, check
from generator.compared_specs import released
from generator.diff import compare
from generator.diff.differences import Place
from generator.diff.reports import Comparison
from generator.draft import Drafted, Guess, draft
from generator.draft import write as write_draft
from generator.findings import Finding, GeneratorError
from generator.outputs import check_replaceable, workshop
from generator.pipeline import Built
from generator.released import read_released

from .arrivals import Arrival, arrivals, dropped, extend_instead, replaced_names, supersets


@dataclass(slots=True)
class Update:
    """The results of new documents, made in a copy and not yet written."""

    arrived: list[Arrival]
    built: Built
    comparison: Comparison | None
    """The effect on callers; None if nothing has been released yet."""
    guesses: list[Guess]
    """The drafted overlays."""
    outdated: bool
    """Whether the outputs did not match the inputs, even before."""
    gone: list[str]
    """The source documents that the new one replaces."""
    misfits: list[Finding]
    """The places of hand-written code that do not fit what is generated now."""
    supersets: dict[str, list[str]]
    """The new documents that have every operation of others, with those."""
    dropped: list[str]
    """The operations that the spec had before, released or not, and has no longer."""
    files: dict[Path, bytes | None]
    """What becomes of each file that changes; None for one that goes."""
    package: tuple[Path, Path]
    """The generated package: where it was made, and where it belongs."""

    def write(self) -> None:
        """Put everything in its place, or leave all as it was."""
        made, out = self.package
        with undisturbed(), workshop(out) as folder:
            shutil.copytree(made, folder / "package")
            write({**self.files, out: folder / "package"})


@contextmanager
def prepared(
    specs: Path, paths: Iterable[Path], *, drafting: bool, replaces: Iterable[str] = ()
) -> Iterator[Update | None]:
    """Return the results of new documents, or None if there are none. Writes nothing.

    `paths` are documents, or folders full of them. `replaces` are the names of source documents
    that the new one takes the place of. `drafting` writes overlays with guesses where the documents
    leave things out.

    Raises:
        GeneratorError: What was named is no document or cannot come in, or the documents do not
            generate as they are.
    """
    sources = specs / "sources"
    arrived = arrivals(sources, paths)
    gone = replaced_names(sources, arrived, replaces)
    arrived = [replace(each, same="") if each.same in gone else each for each in arrived]
    if not gone and all(arrival.is_known for arrival in arrived):
        yield None
        return
    with TemporaryDirectory(prefix="generator-") as temporary:
        yield _Trial(specs, Path(temporary), arrived, gone).update(drafting=drafting)


class _Trial:
    """A copy of the specs, in which the new documents are tried."""

    def __init__(self, specs: Path, folder: Path, arrived: list[Arrival], gone: list[str]) -> None:
        self._original = specs
        self._arrived = arrived
        self._copy = folder / specs.name
        self._renamed = _renaming({self._copy: specs})
        read_released(specs)  # What is damaged may be refused in another way, or not be copied.
        try:
            shutil.copytree(specs, self._copy, ignore_dangling_symlinks=True)
        except shutil.Error as error:
            raise GeneratorError(
                Finding(source, "not-copied", reason=reason) for source, _, reason in error.args[0]
            ) from None
        (self._copy / "sources").mkdir(exist_ok=True)
        for arrival in arrived:
            if not arrival.same:
                (self._copy / "sources" / arrival.name).write_bytes(arrival.content)
        for name in gone:
            extend_instead(self._copy, name, arrived[0].name)
            (self._copy / "sources" / name).unlink()
        self._gone = gone
        self._new = {arrival.name for arrival in arrived if not arrival.is_known}
        settings = specs.parent / "pyproject.toml"
        if settings.is_file():
            shutil.copy(settings, folder)

    def update(self, *, drafting: bool) -> Update:
        """Run everything in the copy."""
        outdated = True
        with suppress(GeneratorError):
            outdated = bool(check(Target(self._original)))
        try:
            drafted = draft(self._copy, self._new) if drafting else Drafted()
            if drafted.remaining:
                raise GeneratorError(drafted.remaining)
            write_draft(self._copy, drafted)
            built, package = build(Target(self._copy))
        except GeneratorError as error:
            given = {self._copy / "sources" / each.name: each.given for each in self._arrived}
            renamed = _renaming({**given, self._copy: self._original})
            found = (finding.rewritten(renamed) for finding in error.findings)
            raise GeneratorError(found, "" if drafting else self._hint()) from None
        # The warnings that concern no new document have been there before.
        new = {str(self._copy / "sources" / arrival.name) for arrival in self._arrived}
        concerned = (warning for warning in built.warnings if new & warning.files)
        built.warnings = [warning.rewritten(self._renamed) for warning in concerned]
        out = self._original.parent / package.relative_to(self._copy.parent)
        check_replaceable(out)
        return Update(
            arrived=self._arrived,
            built=built,
            comparison=self._comparison(built),
            guesses=drafted.guesses,
            outdated=outdated,
            gone=self._gone,
            misfits=misfits(self._original, package.parent),
            supersets=supersets(self._copy / "sources", self._new),
            dropped=dropped(self._original / "openapi.yaml", built.spec),
            files=dict(self._changed(built)),
            package=(package, out),
        )

    def _hint(self) -> str:
        """Return whether a draft would help."""
        drafted = draft(self._copy, self._new)
        if not drafted.files:
            return ""
        if drafted.remaining:
            return f"With --draft, {len(drafted.remaining)} of these would remain."
        return "With --draft, overlays with a best guess for each of these are written."

    def _comparison(self, built: Built) -> Comparison | None:
        if not (self._original / "released.yaml").is_file():
            return None
        old = released(self._original)

        def placed(place: Place | None) -> Place | None:
            return replace(place, line=self._renamed(place.line)) if place else None

        differences = [
            replace(each, old=placed(each.old), new=placed(each.new))
            for each in compare(old.spec, built.spec)
        ]
        shared = sharing(self._original, old.spec)
        return Comparison(old.title, "with the new documents", differences, shared)

    def _changed(self, built: Built) -> Iterator[tuple[Path, bytes | None]]:
        """Yield the files of the copy that differ from the original's, and those that go."""
        yield from ((self._original / "sources" / name, None) for name in self._gone)
        page = Target(self._copy).page(built)
        for copy in (*sorted(self._copy.rglob("*")), *([page] if page else [])):
            original = self._original.parent / copy.relative_to(self._copy.parent)
            if copy.is_file():
                content = copy.read_bytes()
                if not original.is_file() or original.read_bytes() != content:
                    yield original, content


def _renaming(places: Mapping[Path, Path]) -> Callable[[str], str]:
    """Return what replaces the paths of copies in a text by those of their originals."""
    pairs = sorted(places.items(), key=lambda pair: -len(str(pair[0])))

    def renamed(text: str) -> str:
        for copy, original in pairs:
            text = text.replace(str(copy), str(original))
        return text

    return renamed
