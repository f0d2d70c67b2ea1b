"""The command `gettyimages fleet download`."""

from __future__ import annotations

import json
import re
import signal
import typing
from pathlib import Path

import pytest

from gettyimages.sandbox import Sandbox, SlowBody
from tests.overlay.cli.running import Command, interrupt, until
from tests.overlay.downloads.support.batches import assert_whole

from .conftest import KEY

pytestmark = pytest.mark.slow

FLEET = ("fleet", "download", "--from", "ids.txt", "--to", "photos")
OWN = (*FLEET, "--journal", "journal.sqlite", "--workers", "2")


def with_ids(folder: Path, first: int, count: int) -> list[str]:
    """Write the file of ids."""
    ids = [str(number) for number in range(first, first + count)]
    (folder / "ids.txt").write_text("\n".join(["id", *ids, ids[0]]))
    return ids


@pytest.fixture
def command(shared: Sandbox, tmp_path: Path) -> Command:
    return Command(tmp_path, {**shared.env(), "GETTYIMAGES_JOURNAL_KEY": KEY})


def test_a_terminal_shows_how_far_all_are(
    command: Command, shared: Sandbox, tmp_path: Path
) -> None:
    ids = with_ids(tmp_path, 1000, 120)
    shared.missing = ids[:1]
    with command.at_terminal(*OWN) as terminal:
        terminal.until(
            lambda text: re.search(r"(?m)^total .*\d+/121 .*saved, \d failed, .*/s", text)
        )
        assert terminal.ended() == 1
    shared.missing = []
    assert all(
        len(line) <= 80 for line in terminal.lines if not line.startswith(("saved", "failed"))
    )
    assert terminal.lines[-1].startswith("119 saved, 1 failed; 119 downloads used, 2.4 MB in ")
    assert terminal.text.count("saved ") >= 119
    assert_whole(shared, tmp_path / "photos")


def test_signals_stop_the_workers_and_the_same_command_goes_on(
    command: Command, shared: Sandbox, tmp_path: Path
) -> None:
    ids = with_ids(tmp_path, 20_000, 60)
    fault = SlowBody(bytes_per_second=20_000)
    shared.faults.add(fault)

    def paid() -> int:
        return len(shared.download_counts.keys() & {*ids})

    process = command.start(*OWN, "--concurrency", "2")
    until(lambda: paid() > 0)
    finished = interrupt(process, signal.SIGTERM)
    assert finished.status == 143
    assert "run the same command again, which pays for none of them again" in finished.err
    before = paid()
    with command.at_terminal(*OWN, "--concurrency", "2") as terminal:
        until(lambda: paid() > before)
        terminal.type("\x03")  # to the whole group, workers too
        assert terminal.ended() == 130
    assert "interrupted: " in terminal.text
    shared.faults.clear()
    assert paid() < len(ids)
    assert command(*OWN).status == 0
    assert {asset: shared.download_counts[asset] for asset in ids} == dict.fromkeys(ids, 1)


def test_the_workers_of_a_scheduler_do_it_and_results_are_lines_of_json(
    command: Command, cluster: typing.Any, shared: Sandbox, journal: str, tmp_path: Path
) -> None:
    ids = with_ids(tmp_path, 90_000, 10)
    place = ("--scheduler", cluster.scheduler.address, "--journal", journal, "--json")
    for outcome in ("saved", "skipped"):
        finished = command(*FLEET, *place)
        assert finished.status == 0, finished.err
        rows = [json.loads(line) for line in finished.out.splitlines()]
        assert sorted(row["id"] for row in rows) == ids
        assert {row["outcome"] for row in rows} == {outcome}
        assert f"10 {'saved' if outcome == 'saved' else 'there already'}; " in finished.err
    assert_whole(shared, tmp_path / "photos")


@pytest.mark.parametrize(
    ("arguments", "status", "text"),
    [
        (
            ("--scheduler", "tcp://h:1", "--sandbox"),
            2,
            "--sandbox is for processes of this machine",
        ),
        (("--scheduler", "nowhere"), 5, "the scheduler nowhere cannot be reached"),
        (("--workers", "0"), 2, "0 is not in the range"),
        (("--concurrency", "0"), 2, "concurrency must be an integer from 1"),
    ],
)
def test_what_cannot_work_is_one_sentence(
    command: Command, tmp_path: Path, arguments: tuple[str, ...], status: int, text: str
) -> None:
    with_ids(tmp_path, 1, 1)
    finished = command(*FLEET, "--journal", "journal.sqlite", *arguments)
    assert (finished.status, finished.out) == (status, "")
    assert text in finished.err
    assert "Traceback" not in finished.err


def test_without_the_extra_it_says_what_to_install(command: Command, tmp_path: Path) -> None:
    with_ids(tmp_path, 1, 1)
    (tmp_path / "distributed.py").write_text(
        "raise ModuleNotFoundError('No module', name='distributed')"
    )
    command.variables["PYTHONPATH"] = f"{tmp_path}:{command.environment['PYTHONPATH']}"
    finished = command(*OWN)
    assert finished.status == 1
    assert finished.err == (
        "gettyimages: gettyimages.fleet needs distributed, which is not installed:"
        " pip install 'gettyimages-client[fleet]'\n"
    )
