"""A journal in a real Postgres: shared by machines, its claims end with their connections."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from gettyimages import InvalidArgumentError, JournalError, LinkLostError
from gettyimages._downloads.journal import postgres
from gettyimages._downloads.journal.journal import Entry, take_slot
from gettyimages._downloads.journal.postgres import PostgresStore
from gettyimages.sandbox import Sandbox
from tests.overlay.downloads.support.databases import end_sessions, execute, new_database
from tests.overlay.downloads.support.delivery_host import DeliveryHost
from tests.overlay.downloads.support.processes import ENVIRONMENT, HANG, stopped_at
from tests.overlay.downloads.support.sandboxes import client_of, orders
from tests.overlay.support.servers import Origins
from tests.overlay.support.worlds import World

pytestmark = pytest.mark.slow

LINK = "https://delivery.example/file?signature=zq7marker"
KEY = '{"asset":"1"}'


@pytest.fixture
def database() -> str:
    """An empty database."""
    return new_database()


def entry(**changes: object) -> Entry:
    return Entry(key=KEY, asset="1", **changes)  # type: ignore[arg-type]  # each test has its own


class TestFromOutside:
    def test_two_machines_pay_once_for_what_both_save(
        self, world: World, sandbox: Sandbox, database: str, tmp_path: Path
    ) -> None:
        client, other = client_of(world, sandbox), client_of(world, sandbox)
        saved = world.do(client.downloads.save_image, "1", tmp_path, journal=database)
        again = world.do(other.downloads.save_image, "1", tmp_path, journal=database)
        assert (saved.skipped, again.skipped, again.path) == (False, True, saved.path)
        assert orders(sandbox) == 1
        assert [path.name for path in tmp_path.iterdir()] == [saved.path.name]

    def test_a_machine_that_does_not_have_the_file_is_not_charged_again_silently(
        self, world: World, sandbox: Sandbox, database: str, tmp_path: Path
    ) -> None:
        client = client_of(world, sandbox)
        saved = world.do(client.downloads.save_image, "1", tmp_path / "a", journal=database)
        saved.path.unlink()
        with pytest.raises(LinkLostError):
            world.do(client.downloads.save_image, "1", tmp_path / "b", journal=database)
        assert orders(sandbox) == 1

    def test_a_batch_reports_and_resolves_as_with_a_file(
        self, world: World, sandbox: Sandbox, database: str, tmp_path: Path
    ) -> None:
        client = client_of(world, sandbox)
        batch = client.downloads.save_images(["1", "2"], tmp_path, journal=database)
        assert world.do(batch.run).saved == 2
        records = world.do(client.downloads.journal_report, tmp_path, journal=database)
        assert {(one.id, one.state) for one in records} == {("1", "saved"), ("2", "saved")}
        assert all(one.path.is_file() for one in records)

    def test_a_dry_run_leaves_the_database_as_it_is(
        self, world: World, sandbox: Sandbox, database: str, tmp_path: Path
    ) -> None:
        client = client_of(world, sandbox)
        batch = client.downloads.save_images(["1"], tmp_path, journal=database, dry_run=True)
        world.do(batch.run)
        assert orders(sandbox) == 0
        assert execute(database, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'") == []

    def test_another_environment_is_refused(
        self, world: World, sandbox: Sandbox, database: str, tmp_path: Path
    ) -> None:
        world.do(client_of(world, sandbox).downloads.save_image, "1", tmp_path, journal=database)
        client = world.client(api_key="k", access_token="t")
        with pytest.raises(JournalError, match="belongs to sandbox"):
            world.do(client.downloads.save_image, "2", tmp_path, journal=database)

    def test_a_process_that_is_killed_frees_its_claim_at_once(
        self, database: str, tmp_path: Path
    ) -> None:
        options = {"journal": database}
        with Origins() as origins, DeliveryHost() as host:
            with stopped_at("the paid request", origins, host, tmp_path, options=options) as child:
                child.kill()
            with contextlib.closing(PostgresStore(database)) as store:
                (found,) = store.entries()
                assert found.unknown_since is not None
                with store.locked(found.key) as is_mine:
                    assert is_mine


class TestClaims:
    def test_only_one_session_and_one_thread_of_it_can_hold_a_lock(self, database: str) -> None:
        one, two = PostgresStore(database), PostgresStore(database)
        with one.locked(KEY) as first, one.locked(KEY) as again, two.locked(KEY) as other:
            assert (first, again, other) == (True, False, False)
        with two.locked(KEY) as later:
            assert later
        one.close()
        two.close()

    def test_a_connection_that_is_lost_is_made_again_and_the_claim_goes_on(
        self, database: str
    ) -> None:
        store = PostgresStore(database)
        store.put(entry(downloads=1))
        with store.locked(KEY):
            end_sessions(database)
            store.put(entry(downloads=2))
            other = PostgresStore(database)
            with other.locked(KEY) as is_theirs:
                assert not is_theirs
        assert other.get(KEY) == entry(downloads=2)
        store.close()
        other.close()

    @pytest.mark.parametrize("is_released", [False, True])
    def test_a_claim_that_another_process_has_had_meanwhile_is_lost(
        self, database: str, is_released: bool
    ) -> None:
        store, other = PostgresStore(database), PostgresStore(database)
        with store.locked(KEY):
            end_sessions(database)
            with other.locked(KEY) as is_theirs:
                assert is_theirs
                other.put(entry(downloads=1))
                if not is_released:
                    with pytest.raises(JournalError, match="another process has claimed"):
                        store.put(entry(downloads=7))
            for _ in range(2):
                with pytest.raises(JournalError, match="another process has claimed"):
                    store.put(entry(downloads=7))
        assert other.get(KEY) == entry(downloads=1)
        store.close()
        other.close()

    def test_a_connection_that_is_lost_before_the_entry_is_read_keeps_the_claim(
        self, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store, other = PostgresStore(database), PostgresStore(database)
        store.put(entry(downloads=1))

        def get(key: str) -> Entry | None:
            end_sessions(database)
            return PostgresStore.get(store, key)

        with monkeypatch.context() as patch:
            patch.setattr(store, "get", get)
            with store.locked(KEY) as is_mine, other.locked(KEY) as is_theirs:
                assert (is_mine, is_theirs) == (True, False)
                store.put(entry(downloads=2))
        with other.locked(KEY) as later:
            assert later
        store.close()
        other.close()

    def test_a_claim_of_an_entry_that_cannot_be_read_is_released(
        self, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GETTYIMAGES_JOURNAL_KEY", Fernet.generate_key().decode())
        other = PostgresStore(database)
        other.put(entry(link=LINK, link_expires_at=9e9))
        monkeypatch.setenv("GETTYIMAGES_JOURNAL_KEY", Fernet.generate_key().decode())
        store = PostgresStore(database)
        with pytest.raises(JournalError, match="another key"), store.locked(KEY):
            raise AssertionError
        with other.locked(KEY) as is_theirs:
            assert is_theirs
        store.close()
        other.close()

    def test_a_journal_in_another_schema_of_the_database_has_claims_of_its_own(
        self, database: str
    ) -> None:
        execute(database, "CREATE SCHEMA other")
        one = PostgresStore(database)
        two = PostgresStore(f"{database}&options=-csearch_path%3Dother")
        with one.locked(KEY) as first, two.locked(KEY) as second:
            assert first
            assert second
        one.put(entry(downloads=1))
        assert two.get(KEY) is None
        one.close()
        two.close()


class TestSecrets:
    def test_a_link_is_left_out_where_there_is_no_key(self, database: str) -> None:
        store = PostgresStore(database)
        store.put(entry(downloads=1, link=LINK, link_expires_at=5.0))
        assert store.get(KEY) == entry(downloads=1)
        store.close()

    def test_a_link_is_encrypted_with_the_key_of_the_environment(
        self, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GETTYIMAGES_JOURNAL_KEY", Fernet.generate_key().decode())
        store = PostgresStore(database)
        known = entry(downloads=1, link=LINK, link_expires_at=5.0)
        store.put(known)
        assert store.get(KEY) == known
        assert "zq7marker" not in str(execute(database, "SELECT * FROM gettyimages_entries"))
        store.close()
        monkeypatch.setenv("GETTYIMAGES_JOURNAL_KEY", Fernet.generate_key().decode())
        other = PostgresStore(database)
        with pytest.raises(JournalError, match="another key than that of GETTYIMAGES_JOURNAL_KEY"):
            other.get(KEY)
        other.close()

    def test_a_link_of_another_key_is_no_obstacle_to_other_files(
        self,
        world: World,
        sandbox: Sandbox,
        database: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("GETTYIMAGES_JOURNAL_KEY", Fernet.generate_key().decode())
        store = PostgresStore(database)
        store.put(entry(link=LINK, link_expires_at=9e9))
        store.close()
        monkeypatch.setenv("GETTYIMAGES_JOURNAL_KEY", Fernet.generate_key().decode())
        old = tmp_path / f".gettyimages-{'0' * 24}.part"  # whose entry is looked for
        old.touch()
        os.utime(old, (0, 0))
        client = client_of(world, sandbox)
        assert world.do(client.downloads.save_image, "2", tmp_path, journal=database).download_used

    @pytest.mark.parametrize(
        "address",
        [
            "postgresql://me:zq7marker@h/d",
            "postgresql://h/d?password=zq7marker",
            "postgresql://h/d?sslkey=me.key&sslpassword=zq7marker",
        ],
    )
    def test_a_password_in_the_address_is_refused(self, address: str, tmp_path: Path) -> None:
        with pytest.raises(InvalidArgumentError, match="set PGPASSWORD") as caught:
            PostgresStore(address)
        assert "zq7marker" not in str(caught.value)


class TestDatabases:
    def test_one_without_an_encoding_keeps_text(self, database: str) -> None:
        execute(
            database, "CREATE DATABASE plain TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'"
        )
        address = re.sub("journal_[0-9]+", "plain", database)
        saved = entry(path="Bräu.jpg", size=1, sha256="0" * 64, content_type="image/jpeg")
        for _ in range(2):
            store = PostgresStore(address)
            store.put(saved)
            assert store.get(KEY) == saved
            store.close()

    def test_one_with_another_isolation_level_keeps_one_rate(self, database: str) -> None:
        execute(
            database,
            f"ALTER DATABASE {database.partition('?')[0].rpartition('/')[2]}"
            " SET default_transaction_isolation = 'serializable'",
        )
        stores = [PostgresStore(database) for _ in range(3)]
        with ThreadPoolExecutor(3) as threads:
            taken = threads.map(
                lambda store: [take_slot(store, 1.0, lambda _: True) for _ in range(40)], stores
            )
        assert None not in itertools.chain(*taken)
        for store in stores:
            store.close()

    def test_one_that_answers_before_it_writes_is_waited_for(self, database: str) -> None:
        execute(
            database,
            f"ALTER DATABASE {database.partition('?')[0].rpartition('/')[2]}"
            " SET synchronous_commit = off",
        )
        with contextlib.closing(PostgresStore(database)) as store:
            assert store._rows("SHOW synchronous_commit") == [("on",)]


class TestProblems:
    @pytest.mark.parametrize("address", ["postgresql://[", "postgresql://h/d?nonsense=1"])
    def test_what_is_no_address_is_refused(self, address: str) -> None:
        with pytest.raises(InvalidArgumentError, match="postgresql://host/database"):
            PostgresStore(address)

    def test_a_database_that_is_not_there_is_a_clear_error_and_costs_nothing(
        self, world: World, sandbox: Sandbox, database: str, tmp_path: Path
    ) -> None:
        client, missing = client_of(world, sandbox), database.replace("journal_", "missing_")
        with pytest.raises(JournalError, match=r"cannot be used: .*does not exist"):
            world.do(client.downloads.save_image, "1", tmp_path, journal=missing)
        assert orders(sandbox) == 0

    @pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="nothing can be suspended here")
    def test_a_database_that_hangs_is_given_up(
        self, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(postgres, "_SILENCE", 0.5)
        store = PostgresStore(database)
        ((backend,),) = store._rows("SELECT pg_backend_pid()")
        os.kill(backend, signal.SIGSTOP)
        with ThreadPoolExecutor(1) as thread:
            try:  # another session responds
                assert thread.submit(store.fact, "version").result(HANG) == "1"
            finally:
                os.kill(backend, signal.SIGCONT)
        store.close()

    def test_a_journal_of_a_newer_version_is_left_alone(self, database: str) -> None:
        PostgresStore(database).close()
        execute(database, "UPDATE gettyimages_facts SET value = '2' WHERE name = 'version'")
        with pytest.raises(JournalError, match="has version 2"):
            PostgresStore(database)

    def test_what_cannot_be_right_is_refused_by_the_database(self, database: str) -> None:
        store = PostgresStore(database)
        for wrong in (entry(downloads=-1), entry(path="a"), entry(transfer="{")):
            with pytest.raises(JournalError, match="cannot be used"):
                store.put(wrong)
        assert store.entries() == []
        store.close()

    def test_it_cannot_be_copied_to_a_file(self, database: str, tmp_path: Path) -> None:
        with (
            contextlib.closing(PostgresStore(database)) as store,
            pytest.raises(JournalError, match="pg_dump"),
        ):
            store.copy(tmp_path / "copy")

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
    def test_a_forked_process_has_a_connection_of_its_own(self, database: str) -> None:
        code = (
            "import os, sys\n"
            "from gettyimages._downloads.journal.journal import Entry\n"
            "from gettyimages._downloads.journal.postgres import PostgresStore\n"
            f"store, entry = PostgresStore({database!r}), Entry(key='1', asset='1')\n"
            "with store.locked('1'):\n"
            "    if os.fork() == 0:\n"
            "        with store.locked('1') as is_mine:\n"
            "            os._exit(is_mine)\n"
            "    assert os.wait()[1] == 0\n"
            "    if os.fork() == 0:\n"
            "        sys.exit()\n"
            "    assert os.wait()[1] == 0\n"
            "    store.put(entry)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **ENVIRONMENT}, capture_output=True, text=True, timeout=HANG,
            check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")

    def test_without_the_extra_it_says_what_to_install(self, tmp_path: Path) -> None:
        code = (
            "import sys\n"
            "sys.modules['psycopg'] = None\n"
            "from gettyimages import GettyImages\n"
            "client = GettyImages(api_key='k', access_token='t')\n"
            f"client.downloads.save_image('1', {str(tmp_path)!r}, journal='postgresql://h/d')\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=ENVIRONMENT, capture_output=True, text=True, timeout=HANG, check=False,
        )  # fmt: skip
        assert "pip install 'gettyimages-client[fleet]'" in done.stderr
