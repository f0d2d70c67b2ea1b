"""Mutants: specs that have been changed at random, in any of the ways there are."""

from __future__ import annotations

import copy
import random

import mutating_operations
import mutating_schemas
from mutating import MUTATIONS, Data

SOURCES = (mutating_operations, mutating_schemas)
"""The modules that add to the mutations by being imported."""


def mutated(spec: Data, chance: random.Random, times: int = 1) -> tuple[Data, list[str]]:
    """A changed copy, and the names of what was done to it."""
    spec = copy.deepcopy(spec)
    done: list[str] = []
    while len(done) < times:
        name = chance.choice(sorted(MUTATIONS))
        if MUTATIONS[name](chance, spec):
            done.append(name)
    return spec, done
