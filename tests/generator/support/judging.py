"""Has a type checker judge what a comparison says of changes made at random."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from breaking import Bench, as_spec
from mutants import mutated
from mutating import Data
from opposites import swapped

from generator.diff import Difference, compare, gravest
from generator.document import Map
from generator.findings import GeneratorError


@dataclass
class Verdict:
    """What came of a number of mutants."""

    mutants: int = 0
    refused: int = 0
    """Mutants that are no valid spec."""
    broken: int = 0
    """Directions in which callers break."""
    cautious: int = 0
    """Directions that are major although no caller breaks: the server may well refuse them."""
    kinds: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.mutants} mutants, {self.refused} refused; callers break in {self.broken}"
            f" directions, {self.cautious} more are major; {len(self.kinds)} kinds: "
            + ", ".join(f"{kind} {count}" for kind, count in sorted(self.kinds.items()))
        )


def judge(base: Data, folder: Path, *, seed: int, mutants: int, times: int = 1) -> Verdict:
    """Compare a spec with mutants of it, both ways, and check callers of each against the other.

    Args:
        base: The spec, as plain data.
        folder: An empty folder.
        seed: Decides the mutants.
        mutants: How many.
        times: How many changes make a mutant.
    """
    chance = random.Random(seed)
    verdict = Verdict()
    bench = Bench(folder)
    start = as_spec(base)
    assert start is not None
    bench.render(start, "base")
    made: dict[str, tuple[Map, list[str]]] = {}
    while len(made) < mutants:
        data, done = mutated(base, chance, times)
        spec = as_spec(data)
        name = f"mutant_{len(made)}"
        if spec is None or not _rendered(bench, spec, name):
            verdict.refused += 1
        else:
            made[name] = spec, done
    verdict.mutants = len(made)
    _judge(verdict, bench, start, made)
    return verdict


def _rendered(bench: Bench, spec: Map, name: str) -> bool:
    try:
        bench.render(spec, name)
    except GeneratorError:
        shutil.rmtree(bench.folder / name, ignore_errors=True)
        return False
    return True


def _judge(
    verdict: Verdict, bench: Bench, start: Map, made: dict[str, tuple[Map, list[str]]]
) -> None:
    own = [(name, name) for name in ("base", *made)]
    errors = bench.errors(
        [*own, *(pair for name in made for pair in (("base", name), (name, "base")))]
    )
    verdict.faults += [f"{pair} {errors[pair]}" for pair in own if errors.get(pair)]
    for name, (spec, done) in made.items():
        there, back = compare(start, spec), compare(spec, start)
        if swapped(there) != swapped(back, turned=True):
            verdict.faults.append(f"{done}: {_words(there)} is not the opposite of {_words(back)}")
        for pair, found in ((("base", name), there), ((name, "base"), back)):
            verdict.kinds.update(item.kind.id for item in found)
            if errors.get(pair):
                verdict.broken += 1
                if gravest(found) != "major":
                    verdict.faults.append(
                        f"{done} {pair}: {errors[pair][:2]}, told {_words(found)}"
                    )
            elif gravest(found) == "major":
                verdict.cautious += 1


def _words(differences: list[Difference]) -> list[str]:
    return [f"{item.kind.id} {item.python} {item.before}>{item.after}" for item in differences]
