"""What saving files costs, beside curl and beside the vendor's samples; and what a journal costs.

Both sides write to the same disk and wait until it has everything: what counts is a file that a
power cut does not take away.
"""

from __future__ import annotations

import datetime
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .measuring import Row
from .sandboxed import sandbox

_ONE = 1_000_000_000
_MANY, _SMALL = 200, 1_000_000
_LATENCY = 0.05

_SAVE = """
import sys
from gettyimages import GettyImages
with GettyImages() as client:
    client.downloads.save_image(*sys.argv[1:3])
"""
_LINK = """
import sys
from gettyimages import GettyImages
with GettyImages() as client:
    print(client.downloads.request_image_download(sys.argv[1], auto_download=False).uri)
"""
_CURL = 'curl --silent --show-error --fail --output "$0/file.jpg" "$1" && sync "$0/file.jpg" "$0"'
_SAVE_MANY = """
import sys
from gettyimages import GettyImages
first, count = map(int, sys.argv[2:4])
ids = [str(number) for number in range(first, first + count)]
with GettyImages() as client:
    for result in client.downloads.save_images(ids, sys.argv[1], concurrency=8):
        assert result.outcome == "saved", result
"""
_SAMPLE = """
import os, sys, requests
env = os.environ
form = {"grant_type": "password", "client_id": env["GETTYIMAGES_API_KEY"],
        "client_secret": env["GETTYIMAGES_API_SECRET"],
        "username": env["GETTYIMAGES_USERNAME"], "password": env["GETTYIMAGES_PASSWORD"]}
token = requests.post(env["GETTYIMAGES_TOKEN_URL"], data=form).json()["access_token"]
headers = {"Api-Key": env["GETTYIMAGES_API_KEY"], "Authorization": "Bearer " + token}
first, count = map(int, sys.argv[2:4])
for number in range(first, first + count):
    url = env["GETTYIMAGES_BASE_URL"] + f"/v3/downloads/images/{number}"
    response = requests.post(url, params={"auto_download": "false"}, headers=headers)
    with open(os.path.join(sys.argv[1], f"{number}.jpg"), "wb") as file:
        file.write(requests.get(response.json()["uri"]).content)
        file.flush()
        os.fsync(file.fileno())
"""


def rows() -> Iterator[Row]:
    """Ratios for one large file and for many small ones, and the cost of the journal."""
    yield from _large()
    yield from _small()
    yield Row("the journal, a file of a batch at concurrency 8", journal_cost(), "<= 3 ms")
    yield Row("the journal, a file on its own", journal_cost(threads=1), "")


def _large(runs: int = 5) -> Iterator[Row]:
    if shutil.which("curl") is None:
        yield Row("a file of 1 GB", 0.0, "", 0.0, "skipped, as curl is not there")
        return
    times: dict[str, list[tuple[float, float]]] = {"base": [], "ours": [], "curl": []}
    with sandbox(file_size=_ONE) as environment:
        for run in range(runs + 1):
            for name in ("ours", "base", "curl") if run % 2 else ("curl", "base", "ours"):
                command = _command(name, str(1000 + 10 * run), environment)
                taken = _timed(command, environment)
                if run:  # the first run compiles and warms up
                    times[name].append(taken)
    for place, clock in enumerate(("wall", "CPU")):
        medians = {k: statistics.median(v[place] for v in taken) for k, taken in times.items()}
        ours = medians["ours"] - medians["base"]
        aim = "<= 1.2" if clock == "wall" else "<= 2.0"
        yield Row(f"a file of 1 GB, synced, {clock}", ours, aim, medians["curl"], "curl -o")


def _command(name: str, asset: str, environment: Mapping[str, str]) -> list[str]:
    if name == "curl":
        link = [sys.executable, "-c", _LINK, asset]
        uri = subprocess.run(link, env=environment, capture_output=True, text=True, check=True)
        return ["sh", "-c", _CURL, "FOLDER", uri.stdout.strip()]
    if name == "base":
        return [sys.executable, "-c", ""]
    return [sys.executable, "-c", _SAVE, asset, "FOLDER"]


def _small(runs: int = 3) -> Iterator[Row]:
    if importlib.util.find_spec("requests") is None:
        yield Row("200 files of 1 MB", 0.0, "", 0.0, "skipped, as requests is not there")
        return
    programs = {"ours": _SAVE_MANY, "sample": _SAMPLE}
    times: dict[str, list[float]] = {name: [] for name in programs}
    with sandbox(file_size=_SMALL, latency=_LATENCY) as environment:
        for run in range(runs):
            for name in programs if run % 2 else reversed(programs):
                first = 1_000_000 * (run + 1)
                first += 0 if name == "ours" else 500_000
                command = [sys.executable, "-c", programs[name], "FOLDER", str(first), str(_MANY)]
                times[name].append(_timed(command, environment)[0])
    ours, theirs = (statistics.median(taken) for taken in times.values())
    name = "a loop of requests.post and requests.get"
    yield Row("200 files of 1 MB, 50 ms latency, synced, wall", ours, "<= 0.167", theirs, name)


def _timed(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Wall and CPU time of a process that writes into a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.sync()  # what others wrote is not this one's to wait for
        filled = [folder if part == "FOLDER" else part for part in command]
        start = time.perf_counter()
        with subprocess.Popen(filled, env=environment) as process:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command[:2])
    return wall, usage.ru_utime + usage.ru_stime


def journal_cost(files: int = 200, threads: int = 8, runs: int = 5) -> float:
    """Seconds that all calls of the journal take for one file of a batch, on the wall clock."""
    from gettyimages._calls.responses import ServerTime
    from gettyimages._downloads.file_request import IMAGE
    from gettyimages._downloads.journal.journal import Journal
    from gettyimages._downloads.journal.sqlite import NAME, SqliteStore

    expires_at = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)

    def save(journal: Journal, number: int) -> None:
        with journal.claimed(IMAGE.request(str(number), {})) as claim:
            claim.intend()
            claim.link(f"https://delivery.example/{number}?{'s' * 200}", expires_at)
            claim.placing(f"GettyImages-{number}.jpg", _SMALL, "0" * 64, "image/jpeg", "new")
            claim.placed()

    times = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(threads) as pool:
            start = time.perf_counter()
            journal = Journal(SqliteStore(Path(folder) / NAME), Path(folder), ServerTime())
            for done in [pool.submit(save, journal, number) for number in range(files)]:
                done.result()
            journal.close()
            times.append(time.perf_counter() - start)
    return statistics.median(times) / files
