"""The commands in a pipe: what they print, and with which status they end."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

import gettyimages
from gettyimages.sandbox import Sandbox, ServerFailure
from tests.overlay.downloads.support import object_stores

from ..support.servers import Reply, Server
from .running import Command, until

pytestmark = pytest.mark.slow

EVENING = {"id": "1", "date_downloaded": "2026-11-01T23:30:00-05:00"}


def objects(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_images_are_saved_and_a_second_run_uses_up_no_download(
    command: Command, sandbox: Sandbox
) -> None:
    first = command("download", "1001", "1002", "--to", "photos")
    assert first.status == 0
    assert sorted(line.split("\t")[:2] for line in first.out.splitlines()) == [
        ["saved", "1001"],
        ["saved", "1002"],
    ]
    assert first.err.startswith("2 saved; 2 downloads used, 40.0 kB in ")
    path = command.folder / first.out.splitlines()[0].split("\t")[2]
    assert path.stat().st_size == 20_000
    second = command("download", "1001", "1002", "--to", "photos", "--json")
    assert [row["outcome"] for row in objects(second.out)] == ["skipped", "skipped"]
    assert sandbox.downloads_used == 2


@pytest.mark.parametrize("source", ["ids.csv", "-"])
def test_ids_are_read_from_the_first_column_of_a_file_or_of_stdin(
    command: Command, sandbox: Sandbox, source: str
) -> None:
    text = "\ufeffid,outcome\n1001,failed\n\n# later:\n1002 # the cover\n"
    (command.folder / "ids.csv").write_text(text, "utf-8")
    done = command("download", "--from", source, "--height", "100", typed=text)
    assert done.status == 0, done.err
    assert sandbox.download_counts == {"1001": 1, "1002": 1}


def test_ids_from_a_pipe_are_taken_as_they_come(command: Command, sandbox: Sandbox) -> None:
    with command.start("download", "--from", "-", stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write("1001\n")
        process.stdin.flush()
        until(lambda: sandbox.downloads_used == 1)
        process.communicate("1002\n", timeout=60)
    assert (process.returncode, sandbox.downloads_used) == (0, 2)


def test_ids_that_are_not_in_utf_8_are_refused(command: Command) -> None:
    (command.folder / "ids.txt").write_bytes(b"1001\n\xff\n")
    for name in ("download", "register"):
        done = command(name, "--from", "ids.txt")
        assert done.status == 2
        assert done.err == "gettyimages: the file of ids is not in UTF-8; convert it.\n"


def test_what_is_not_saved_is_in_the_report_which_can_be_passed_to_the_next_run(
    command: Command, sandbox: Sandbox
) -> None:
    sandbox.missing = ["1002"]
    done = command("download", "1001", "1002", "1003", "--report", "failures.csv")
    assert done.status == 1
    with (command.folder / "failures.csv").open(newline="", encoding="utf-8") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["id"], row["outcome"], row["error"]) == ("1002", "failed", "NotFoundError")
    sandbox.missing = []
    done = command("download", "--from", "failures.csv", "--report", "failures.csv")
    assert (done.status, sandbox.downloads_used) == (0, 3)
    assert (command.folder / "failures.csv").read_text("utf-8").count("\n") == 1


def test_an_id_that_is_no_text_keeps_no_other_from_the_report(
    command: Command, sandbox: Sandbox
) -> None:
    ended = command("download", "\udcff", "7", "--max-downloads", "0", "--report", "left.csv")
    assert (ended.status, "Traceback" in ended.err) == (1, False)
    lines = (command.folder / "left.csv").read_text("utf-8").splitlines()
    assert sorted(line.partition(",")[0] for line in lines) == ["7", "\\udcff", "id"]


def test_a_report_that_cannot_be_written_is_noticed_before_anything_is_paid(
    command: Command, sandbox: Sandbox
) -> None:
    done = command("download", "1001", "--report", "missing/failures.csv")
    assert (done.status, sandbox.downloads_used) == (1, 0)
    assert "missing/failures.csv: No such file or directory" in done.err


def test_a_report_in_place_of_the_ids_keeps_those_that_an_error_has_left(
    command: Command, sandbox: Sandbox
) -> None:
    ids = [str(number) for number in range(1000, 1040)]
    file = command.folder / "ids.csv"
    file.write_text("".join(f"{asset}\n" for asset in ids), "utf-8")
    arguments = ("download", "--from", "ids.csv", "--report", "ids.csv")
    refused = {**command.variables, "GETTYIMAGES_PASSWORD": "wrong"}
    assert Command(command.folder, refused)(*arguments).status == 3
    with file.open(newline="", encoding="utf-8") as stream:
        assert sorted(row["id"] for row in csv.DictReader(stream)) == ids
    assert command(*arguments).status == 0
    assert sandbox.downloads_used == 40
    assert file.read_text("utf-8").count("\n") == 1


def test_an_error_that_ends_a_run_costs_no_results(command: Command, sandbox: Sandbox) -> None:
    operation = "downloads.request_image_download"
    refused = ServerFailure(status=401, asset="1001", operation=operation)
    unknown = ServerFailure(asset="1003", operation=operation, after_effect=True)
    for fault in (refused, unknown):
        sandbox.faults.add(fault)
    arguments = ("download", "--from", "-", "--report", "failures.csv")
    with command.start(*arguments, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        for asset, is_done in (
            ("1001", lambda: sandbox.faults.times_applied(refused) == 2),
            ("1002", (command.folder / "GettyImages-1002.jpg").exists),
            ("1003", lambda: sandbox.faults.times_applied(unknown) == 1),
        ):
            process.stdin.write(f"{asset}\n")
            process.stdin.flush()  # no result is read before the next id
            until(is_done)
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 3
    rows = sorted(line.split("\t")[:2] for line in out.splitlines())
    assert rows == [["failed", "1001"], ["outcome_unknown", "1003"], ["saved", "1002"]]
    with (command.folder / "failures.csv").open(newline="", encoding="utf-8") as stream:
        assert sorted(row["id"] for row in csv.DictReader(stream)) == ["1001", "1003"]


def test_what_may_be_paid_for_ends_with_status_4_and_is_paid_again_only_on_request(
    command: Command, sandbox: Sandbox
) -> None:
    sandbox.faults.add(
        ServerFailure(after_effect=True, operation="downloads.request_image_download", times=1)
    )
    unknown, lost = command("download", "1"), command("download", "1")
    assert (unknown.status, lost.status) == (4, 4)
    assert unknown.out.startswith("outcome_unknown\t1\t")
    assert lost.out.startswith("link_lost\t1\t")
    assert "--allow-repurchase pays for it again" in lost.out
    assert sandbox.downloads_used == 1
    assert command("download", "1", "--allow-repurchase").status == 0
    assert sandbox.downloads_used == 2


def test_max_downloads_and_a_dry_run_hold(command: Command, sandbox: Sandbox) -> None:
    dry = command("download", "1", "2", "3", "--dry-run")
    assert (dry.status, sandbox.downloads_used) == (0, 0)
    assert dry.err == "3 would be saved; 3 downloads would be used.\n"
    done = command("download", "1", "2", "3", "--max-downloads", "1", "--concurrency", "1")
    assert (done.status, sandbox.downloads_used) == (1, 1)
    assert done.err.startswith("1 saved, 2 not requested; 1 download used")


def test_the_journal_shows_what_is_paid_and_what_the_next_run_would_do(
    command: Command, sandbox: Sandbox
) -> None:
    command("download", "1001", "1002")
    (command.folder / "GettyImages-1002.jpg").unlink()
    done = command("journal", ".")
    lines = [line.split("\t") for line in done.out.splitlines()]
    assert [line[:2] for line in lines] == [["1001", "saved"], ["1002", "paid"]]
    assert lines[0][4] == "leaves it as it is"
    assert lines[1][4].startswith("fetches it by its link, at no cost, until ")
    assert done.err.startswith("1 paid, 1 saved in ")
    rows = objects(command("journal", ".", "--json").out)
    assert [(row["id"], row["state"]) for row in rows] == [("1001", "saved"), ("1002", "paid")]


def test_a_journal_is_moved_and_named_from_then_on(command: Command, sandbox: Sandbox) -> None:
    command("download", "1001")
    moved = command("journal", "move", ".", "--to", "../all.sqlite")
    assert (moved.status, moved.out) == (0, "1\t../all.sqlite\n")
    assert moved.err == "moved; pass --journal ../all.sqlite from now on.\n"
    refused = command("download", "1001")
    assert refused.status == 1
    assert "was moved: pass --journal '../all.sqlite'" in refused.err
    again = command("download", "1001", "--journal", "../all.sqlite")
    assert again.err.startswith("1 there already")
    assert command("journal", "show", ".", "--journal", "../all.sqlite").out.startswith(
        "1001\tsaved"
    )
    assert sandbox.downloads_used == 1


def test_runs_share_a_budget(command: Command, sandbox: Sandbox) -> None:
    for ids in (["1", "2"], ["3", "4"]):
        command("download", *ids, "--max-downloads", "3", "--budget", "november")
    assert sandbox.downloads_used == 3
    refused = command("download", "5", "--journal", "postgresql://host", "--max-downloads", "1")
    assert (refused.status, "--budget 2026-11" in refused.err) == (2, True)


def test_images_are_saved_in_an_object_store(command: Command) -> None:
    store = object_stores.server()
    command.variables |= store.environment
    target = f"{object_stores.Bucket(store).url}/photos"
    done = command("download", "1001", "--to", target, "--journal", "journal.sqlite")
    assert (done.status, done.out) == (0, f"saved\t1001\t{target}/GettyImages-1001.jpg\n")
    (row,) = objects(command("journal", target, "--journal", "journal.sqlite", "--json").out)
    assert (row["state"], row["url"]) == ("saved", f"{target}/GettyImages-1001.jpg")
    refused = command("download", "1001", "--to", target)
    assert (refused.status, "need a journal that is not beside them" in refused.err) == (2, True)


def test_the_history_is_listed_between_two_days(command: Command, sandbox: Sandbox) -> None:
    command("download", "1001", "1002", "--concurrency", "1")
    done = command("history", "--json", "--limit", "1")
    assert [row["id"] for row in objects(done.out)] == ["1002"]
    assert command("history", "--since", "2001-01-01").out.count("\n") == 2
    none = command("history", "--since", "2001-01-01", "--until", "2001-01-02")
    assert none == (0, "", "nothing was downloaded in that time.\n")


def test_days_and_times_are_in_utc_whatever_the_api_sends(command: Command) -> None:
    with Server(Reply(200, {"result_count": 1, "downloads": [EVENING]})) as server:
        command.variables["GETTYIMAGES_BASE_URL"] = server.url
        done = command("history", "--since", "2026-11-02", "--until", "2026-11-02")
        assert command("history", "--until", "2026-11-01").out == ""
    assert done.out.startswith("1\t2026-11-02 04:30:00\t")


def test_what_a_search_finds_can_be_downloaded(
    command: Command, sandbox: Sandbox, tmp_path: Path
) -> None:
    found = command("search", "ostrich", "--limit", "3")
    assert found.status == 0
    ids = [line.split("\t")[0] for line in found.out.splitlines()]
    assert len({*ids}) == 3
    saved = command("download", "--from", "-", "--to", str(tmp_path / "found"), typed=found.out)
    assert saved.status == 0
    assert {*sandbox.download_counts} == {*ids}


@pytest.mark.parametrize("options", [("--editorial",), ("--videos",), ("--editorial", "--videos")])
def test_editorial_images_and_videos_can_be_searched(
    command: Command, options: tuple[str, ...]
) -> None:
    found = command("search", "ostrich", "--limit", "2", "--json", *options)
    items = [json.loads(line) for line in found.out.splitlines()]
    family = "editorial" if "--editorial" in options else "creative"
    assert [item["asset_family"] for item in items] == [family] * 2
    assert all(("clip_length" in item) == ("--videos" in options) for item in items)


def test_an_image_is_shown_field_by_field(command: Command, sandbox: Sandbox) -> None:
    assert "title\tImage 123\n" in command("info", "123").out
    assert json.loads(command("info", "123", "--json").out)["id"] == "123"
    sandbox.missing = frozenset({"9"})
    missing = command("info", "9")
    assert missing.status != 0
    assert missing.out == ""


def test_assets_are_registered(command: Command, sandbox: Sandbox) -> None:
    done = command("register", "--from", "-", "--json", typed="1\n2\n3\n")
    assert (done.status, done.out) == (0, '{"registered": 3}\n')
    assert sandbox.registered == ("1", "2", "3")


def test_channels_and_operations_are_listed(command: Command) -> None:
    assert command("channels").out == "1\t25\tCreative\tImage\tAll\n"
    assert objects(command("channels", "--json").out)[0]["NotificationCount"] == 25
    names = [row["operation"] for row in objects(command("api", "--json").out)]
    assert {"downloads.get_downloads", "asset_changes.get_channels"} <= set(names)


def test_each_command_can_be_tried_without_an_account(stranger: Command) -> None:
    for arguments in (
        ["download", "1"],
        ["history"],
        ["register", "1"],
        ["changes", "1"],
        ["channels"],
        ["login"],
    ):
        done = stranger(*arguments, "--sandbox")
        assert done.status == 0, (arguments, done)
    assert [*(stranger.folder / "home").iterdir()] == []


def test_a_sandbox_serves_commands_of_other_shells(stranger: Command) -> None:
    process = stranger.start("sandbox", "--json")
    assert process.stdout is not None
    stranger.variables |= json.loads(process.stdout.readline())
    assert stranger("download", "1").status == 0
    assert len(stranger("history").out.splitlines()) == 1
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 143


def test_wrong_arguments_end_with_status_2_and_say_what_is_right(command: Command) -> None:
    for arguments, text in (
        (["download"], "Pass ids, or a file of them by --from"),
        (["download", "1", "--from", "-"], "Pass ids, or a file of them by --from"),
        (["download", "1", "--height", "tall"], "'tall' is not a valid integer"),
        (["download", "1", "--height", "-5"], "height"),
        (["download", "1", "--concurrency", "0"], "concurrency must be an integer from 1"),
        (["download", "--from", "missing.txt"], "No such file"),
        (["changes", "1", "--confirm"], "--confirm needs --to FILE"),
        (["changes", "1", "--to", "/dev/null", "--confirm"], "a regular file"),
        (["journal", "missing"], "does not exist"),
        (["history", "--since", "yesterday"], "does not match the format"),
        (["sandbox", "--latency", "-1"], "-1.0 is not in the range x>=0"),
        (["dowload", "1"], "No such command 'dowload'"),
    ):
        done = command(*arguments)
        assert done.status == 2, (arguments, done)
        assert text in done.err
        assert done.out == ""


def test_without_credentials_it_says_what_to_set(stranger: Command, sandbox: Sandbox) -> None:
    done = stranger("download", "1")
    assert (done.status, done.out) == (3, "")
    assert done.err == (
        "gettyimages: there is no API key; set GETTYIMAGES_API_KEY and GETTYIMAGES_API_SECRET and"
        " run `gettyimages login`, or add --sandbox to try it without an account.\n"
    )
    stranger.variables |= {**sandbox.env(), "GETTYIMAGES_PASSWORD": "wrong-password"}
    for arguments in (["channels"], ["register", "1"], ["download", "1", "2", "3"]):
        done = stranger(*arguments)
        assert done.status == 3, arguments
        assert "wrong-password" not in done.err
        assert done.err.count("\n") == 1


def test_a_key_that_is_no_text_is_refused_like_any_other(command: Command) -> None:
    command.variables["GETTYIMAGES_API_KEY"] = "key\udcff"
    done = command("channels")
    assert (done.status, done.out) == (3, "")
    assert done.err.startswith("gettyimages: api_key contains white space or what no credential")


def test_a_server_that_cannot_be_reached_ends_with_status_5(command: Command) -> None:
    command.variables["GETTYIMAGES_BASE_URL"] = "http://127.0.0.1:9"
    done = command("channels")
    assert done.status == 5
    assert done.err.endswith("; check the network, and try it later.\n")


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    root = Path(gettyimages.__file__ or "").parents[2]
    code = (
        f"import sys; sys.path[:0] = [{str(root / 'overlay')!r}, {str(root / 'generated')!r}];"
        "from gettyimages.cli import main; main(['--help'])"
    )
    command = [sys.executable, "-I", "-S", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        "gettyimages: the command line needs click, which is not installed:"
        " pip install 'gettyimages-client[cli]'\n"
    )


def test_without_the_extra_of_the_sandbox_it_says_what_to_install(stranger: Command) -> None:
    text = "raise ModuleNotFoundError('not there', name='starlette')\n"
    (stranger.folder / "starlette.py").write_text(text)
    assert stranger("history", "--sandbox") == (
        1,
        "",
        "gettyimages: gettyimages.sandbox needs starlette, which is not installed:"
        " pip install 'gettyimages-client[sandbox]'\n",
    )


def test_a_reader_that_leaves_a_download_parks_what_is_paid(
    command: Command, sandbox: Sandbox
) -> None:
    ids = [str(number) for number in range(1000, 1040)]
    with command.start("download", *ids, "--concurrency", "1") as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr is not None
        assert "run the same command again" in process.stderr.read()
    assert process.returncode == 141
    used = sandbox.downloads_used
    assert used < 40
    assert command("download", *ids).status == 0
    assert sandbox.downloads_used == 40


def loaded_by(command: Command, *arguments: str) -> set[str]:
    """The modules that a command loads."""
    code = (
        "import sys\nfrom gettyimages.cli import main\n"
        "try: main()\n"
        "except SystemExit: print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=command.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {*done.stdout.split()}


def test_help_loads_nothing_that_is_slow(command: Command) -> None:
    done = command("--help")
    assert done.status == 0
    loaded = loaded_by(command, "download", "--help")
    assert "click" in loaded
    assert not {"rich.table", "rich.progress", "httpx", "gettyimages._client"} & loaded


def test_a_command_in_a_pipe_loads_nothing_that_draws(command: Command) -> None:
    loaded = loaded_by(command, "history")
    assert "httpx" in loaded
    assert not {"rich.console", "pygments"} & loaded


def test_a_shell_can_complete_commands_and_options(command: Command) -> None:
    command.variables |= {
        "_GETTYIMAGES_COMPLETE": "bash_complete",
        "COMP_WORDS": "gettyimages download --max",
        "COMP_CWORD": "2",
    }
    assert command().out == "plain,--max-downloads\n"


def test_a_reader_that_leaves_ends_a_command_quietly(command: Command, sandbox: Sandbox) -> None:
    for number in range(3000):
        sandbox.add_history(str(number))
    with command.start("history", "--json") as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert process.returncode == 141


def test_no_stream_has_to_be_open(command: Command, sandbox: Sandbox) -> None:
    (command.folder / "ids.txt").write_text("1\n", "utf-8")
    for redirections in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
        run = [sys.executable, "-m", "gettyimages.cli", "download", "--from", "ids.txt"]
        done = subprocess.run(
            ["sh", "-c", f'exec "$@" {redirections}', "sh", *run],
            cwd=command.folder,
            env=command.environment,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, redirections
    assert sandbox.downloads_used == 1


def test_what_the_api_sends_does_nothing_to_a_terminal(command: Command, sandbox: Sandbox) -> None:
    nasty = "\x1b]0;owned\x07\x7f\x9b31m\u202egnp[bold]x[/bold]"
    sandbox.add_history("77", product_type=nasty)
    for done in (command("history"), command("history", "--json")):
        assert done.status == 0
        assert not {"\x1b", "\x07", "\x7f", "\x9b", "\u202e"} & {*done.out}
    with command.at_terminal("history", width=120) as terminal:
        assert terminal.ended() == 0
    assert b"\x1b]" not in terminal.raw
    assert "[bold]x[/bold]" in terminal.text
