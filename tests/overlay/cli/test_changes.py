"""`changes` and `confirm`: a change set is confirmed once it is safe, and by nothing else."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest

from gettyimages.sandbox import Sandbox

from .running import Command, interrupt, until

pytestmark = pytest.mark.slow


def ids_in(command: Command, name: str = "changes.jsonl") -> list[str]:
    path = command.folder / name
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [json.loads(line)["id"] for line in lines]


def test_what_is_printed_is_confirmed_only_by_confirm(command: Command, sandbox: Sandbox) -> None:
    first, again = command("changes", "1", "--json"), command("changes", "1", "--json")
    assert first.out == again.out
    assert sandbox.confirmed == ()
    rows = [json.loads(line) for line in first.out.splitlines()]
    (name,) = {row["change_set_id"] for row in rows}
    assert f"`gettyimages confirm {name}`" in first.err
    assert command("confirm", name).status == 0
    assert [*sandbox.confirmed] == [row["id"] for row in rows]
    unknown = command("confirm", name)
    assert unknown.status == 1
    assert "404" in unknown.err


def test_change_sets_are_confirmed_once_they_are_in_the_file(
    command: Command, sandbox: Sandbox
) -> None:
    done = command("changes", "1", "--to", "changes.jsonl", "--confirm")
    assert done.status == 0
    assert ids_in(command) == [*sandbox.confirmed]
    assert (len(sandbox.confirmed), sandbox.notification_count(1)) == (25, 0)
    sandbox.add_notifications(1, 2)
    command("changes", "1", "--to", "changes.jsonl", "--confirm")
    assert ids_in(command) == [*sandbox.confirmed]


def test_a_file_without_confirm_leaves_them_unconfirmed(command: Command, sandbox: Sandbox) -> None:
    assert command("changes", "1", "--to", "changes.jsonl").status == 0
    assert len(ids_in(command)) > 0
    assert sandbox.confirmed == ()


def test_a_line_that_was_cut_off_is_removed_and_its_change_set_comes_again(
    command: Command, sandbox: Sandbox
) -> None:
    (command.folder / "changes.jsonl").write_text('{"change_set_id": "1", "id"', "utf-8")
    assert command("changes", "1", "--to", "changes.jsonl", "--confirm").status == 0
    assert ids_in(command) == [*sandbox.confirmed]


def test_a_file_that_is_something_else_is_left_alone(command: Command, sandbox: Sandbox) -> None:
    (command.folder / "letter.txt").write_text("Dear Sir", "utf-8")
    assert command("changes", "1", "--to", "letter.txt", "--confirm").status == 2
    assert (command.folder / "letter.txt").read_text("utf-8") == "Dear Sir"
    assert sandbox.confirmed == ()


def test_a_full_disk_confirms_nothing(command: Command, sandbox: Sandbox) -> None:
    (command.folder / "limited.py").write_text(
        "import resource, signal, sys\n"
        "sys.dont_write_bytecode = True\n"  # it would be cut off
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "from gettyimages.cli import main; main()\n"
    )
    done = subprocess.run(
        [sys.executable, "limited.py", "changes", "1", "--to", "changes.jsonl", "--confirm"],
        cwd=command.folder,
        env=command.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "File too large; check the path and the space on the disk." in done.stderr
    assert sandbox.confirmed == ()
    assert command("changes", "1", "--to", "changes.jsonl", "--confirm").status == 0
    assert ids_in(command) == [*sandbox.confirmed]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_following_goes_on_until_a_signal(
    command: Command, sandbox: Sandbox, number: signal.Signals
) -> None:
    process = command.start(
        "changes", "1", "--follow", "--poll", "1", "--to", "changes.jsonl", "--confirm"
    )
    until(lambda: sandbox.notification_count(1) == 0)
    sandbox.add_notifications(1, 3)
    until(lambda: sandbox.notification_count(1) == 0)
    done = interrupt(process, number)
    assert done.status == 128 + number
    assert ids_in(command) == [*sandbox.confirmed]
    assert done.err.startswith("28 notifications of ")


def test_following_into_a_pipe_goes_on_once_another_process_confirms(
    command: Command, sandbox: Sandbox
) -> None:
    expected = command("changes", "1", "--json").out
    process = command.start("changes", "1", "--follow", "--poll", "1", "--json")
    assert process.stdout is not None
    assert [process.stdout.readline() for _ in expected.splitlines()] == expected.splitlines(True)
    name = json.loads(expected.splitlines()[0])["change_set_id"]
    assert command("confirm", name).status == 0
    sandbox.add_notifications(1, 1)
    assert json.loads(process.stdout.readline())["change_set_id"] != name
    assert interrupt(process, signal.SIGTERM).status == 143
    assert len(sandbox.confirmed) == len(expected.splitlines())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_that_comes_while_an_object_is_removed_ends_the_command_too(
    command: Command, number: signal.Signals
) -> None:
    """Python drops the error that a handler raises in a finalizer."""
    code = (
        "import os, sys, time\n"
        "from gettyimages.cli._printing import run\n"
        "class Removed:\n"
        "    def __del__(self):\n"
        f"        os.kill(os.getpid(), {number:d})\n"
        "        time.sleep(0)\n"
        "def follow():\n"
        "    Removed()\n"
        "    time.sleep(60)\n"
        "sys.exit(run(follow))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=command.environment,
        capture_output=True,
        timeout=50,
        check=False,
    )
    assert (done.returncode, done.stderr) == (128 + number, b"")
