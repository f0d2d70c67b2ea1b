"""The sandbox as a server: starting, stopping, the command line, the fixture, and its manners."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import inspect
import logging
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from gettyimages import sandbox as package
from gettyimages.sandbox import Sandbox, SandboxError, Stall

from .support import Caller

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[3]
PATHS = os.pathsep.join(str(PROJECT / name) for name in ("overlay", "generated"))
LAST_LINE = "Stop it with Ctrl-C.\n"
ENVIRONMENT = {**os.environ, "PYTHONPATH": PATHS}


def test_it_starts_and_stops_at_once_and_leaves_nothing() -> None:
    threads = threading.active_count()
    start = time.monotonic()
    with Sandbox() as sandbox:
        urls = (sandbox.base_url, sandbox.token_url, sandbox.delivery_url)
        assert httpx.get(urls[0]).status_code == 401
        assert all(responds(sandbox, url) for url in urls)
    assert time.monotonic() - start < 60
    assert threading.active_count() == threads
    assert len(set(urls)) == 3
    assert not any(responds(sandbox, url) for url in urls)


def responds(sandbox: Sandbox, url: str) -> bool:
    """Whether a sandbox responds at an address. Once it has stopped, the port may be another's."""
    before = len(sandbox.requests)
    with contextlib.suppress(httpx.HTTPError):
        httpx.get(url)
    return len(sandbox.requests) > before


def test_it_listens_on_loopback_only() -> None:
    with Sandbox() as sandbox:
        assert all(
            url.startswith("http://127.0.0.1:")
            for url in (sandbox.base_url, sandbox.token_url, sandbox.delivery_url)
        )


def test_it_can_be_used_in_a_with_statement_only_but_read_after_it() -> None:
    sandbox = Sandbox()
    with pytest.raises(SandboxError, match="has not been started"):
        _ = sandbox.base_url
    assert "not started" in repr(sandbox)
    with sandbox:
        assert sandbox.base_url in repr(sandbox)
        call = Caller(sandbox)
        with call.http:
            call("POST", "/v3/downloads/images/1")
    assert sandbox.downloads_used == 1


def test_several_run_side_by_side_and_share_nothing() -> None:
    with Sandbox() as one, Sandbox() as other:
        call = Caller(one)
        with call.http:
            call("POST", "/v3/downloads/images/1")
            assert httpx.get(other.base_url, headers=call.headers()).status_code == 404
        assert (one.downloads_used, other.downloads_used) == (1, 0)


def test_it_stops_while_clients_wait() -> None:
    with Sandbox(file_size=1 << 40) as sandbox:
        call = Caller(sandbox)
        link = call.link("1")
        reader = httpx.stream("GET", link)
        response = reader.__enter__()
        sandbox.faults.add(Stall(origin="delivery", at=100))
        stalled = httpx.stream("GET", call.link("2"))
        stalled.__enter__()
        half = socket.create_connection(("127.0.0.1", httpx.URL(sandbox.base_url).port or 0))
        half.sendall(b"GET / HTTP/1.1\r\n")
        sandbox.latency = 3600
        thread = threading.Thread(target=lambda: _swallow(sandbox.base_url))
        thread.start()
        time.sleep(0.2)
        start = time.monotonic()
    assert time.monotonic() - start < 60
    thread.join(5)
    assert not thread.is_alive()
    with pytest.raises(httpx.HTTPError):
        for _ in response.iter_raw():
            pass
    for opened in (reader, stalled):
        opened.__exit__(None, None, None)
    half.close()
    call.http.close()


def _swallow(url: str) -> None:
    with pytest.raises(httpx.HTTPError):
        httpx.get(url, timeout=60)


def test_it_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    levels = {name: logging.getLogger(name).level for name in ("uvicorn", "uvicorn.error", "")}
    caplog.set_level(logging.DEBUG)
    levels[""] = logging.DEBUG
    with Sandbox() as sandbox:
        port = httpx.URL(sandbox.base_url).port or 0
        with socket.create_connection(("127.0.0.1", port)) as raw:
            raw.sendall(b"nonsense\r\n\r\n")
            assert raw.recv(100).startswith(b"HTTP/1.1 400")
        httpx.get(sandbox.base_url)
    noise = [record for record in caplog.records if not record.name.startswith("httpcore")]
    assert {record.name for record in noise} <= {"httpx", "asyncio"}
    assert levels == {name: logging.getLogger(name).level for name in levels}


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SandboxError, match=f"127.0.0.1:{port}"), Sandbox(port=port):
            pass


def test_the_ports_can_be_chosen() -> None:
    port = free_ports()
    with Sandbox(port=port) as sandbox:
        assert sandbox.base_url.endswith(f":{port}")
        assert sandbox.token_url.endswith(f":{port + 1}/oauth2/token")
        assert sandbox.delivery_url.endswith(f":{port + 2}")


def free_ports() -> int:
    """The first of four free ports in a row, which no system gives to those that ask for any."""
    first = 10_000 + os.getpid() % 2_500 * 4  # other workers look for such ports too
    for port in range(first, 30_000, 4):
        try:
            for number in range(4):
                socket.create_server(("127.0.0.1", port + number)).close()
        except OSError:
            continue
        return port
    pytest.skip("no four free ports in a row")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_runs_until_it_is_stopped(number: int) -> None:
    command = [sys.executable, "-m", "gettyimages.sandbox", "--allowance", "3"]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=-1, stderr=-1, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        url = process.stdout.readline().split()[1]
        lines = list(iter(process.stdout.readline, LAST_LINE))
        process.send_signal(number)
        assert process.wait(10) == 0
        assert process.stderr.read() == ""
    assert url.startswith("http://127.0.0.1:")
    text = "".join(lines)
    assert "GETTYIMAGES_API_KEY=sandbox-key" in text
    assert 'curl -H "Api-Key: sandbox-key"' in text


def test_the_examples_of_the_command_work() -> None:
    command = [sys.executable, "-m", "gettyimages.sandbox"]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=-1, text=True) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, LAST_LINE)
        script = "".join(lines).partition("Try it:\n")[2]
        try:
            command = ["sh", "-ec", script]
            done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=20)
        except FileNotFoundError:
            pytest.skip("no shell")
        finally:
            process.terminate()
    if "curl: not found" in done.stderr:
        pytest.skip("no curl")
    assert '{"result_count":0,"downloads":[]}' in done.stdout
    assert "303" in done.stdout


def test_the_command_names_the_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "gettyimages.sandbox", "--port", port]
        done = subprocess.run(command, check=False, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith(f"cannot bind 127.0.0.1:{port}: ")
    assert "Traceback" not in done.stderr


def test_the_command_names_the_extra_to_install() -> None:
    code = """\
        import runpy, sys
        sys.modules["uvicorn"] = None
        sys.argv = ["gettyimages.sandbox"]
        runpy.run_module("gettyimages.sandbox", run_name="__main__", alter_sys=True)
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    done = subprocess.run(command, check=False, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == (
        "gettyimages.sandbox needs uvicorn, which is not installed: "
        "pip install 'gettyimages-client[sandbox]'\n"
    )


def test_the_plugin_of_pytest_imports_nothing_until_the_fixture_is_used(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        textwrap.dedent(
            """
            import sys

            HEAVY = ("starlette", "uvicorn", "jsonschema", "gettyimages_rest", "httpx")

            def test_before():
                assert not [name for name in HEAVY if name in sys.modules]
                assert "gettyimages.testing" in sys.modules

            def test_with(gettyimages_sandbox):
                assert gettyimages_sandbox.base_url.startswith("http://127.0.0.1:")
                assert "uvicorn" in sys.modules

            def test_again(gettyimages_sandbox):
                assert gettyimages_sandbox.downloads_used == 0
            """
        )
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "gettyimages.testing", str(tmp_path)]
    command += ["-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:anyio"]
    environment = {**ENVIRONMENT, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(
        command,
        check=False,
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout


def test_a_client_has_credentials_that_can_be_replaced() -> None:
    with Sandbox() as sandbox:
        with sandbox.client() as client:
            client.asset_registrations.register(asset_ids=["1"])
        token = sandbox.issue_token()
        with sandbox.client(access_token=token, max_retries=0) as client:
            client.asset_registrations.register(asset_ids=["2"])
        assert sandbox.registered == ("1", "2")
        assert sandbox.token_grants == ("password",)


def test_a_client_in_another_process_finds_the_sandbox_by_environment_variables() -> None:
    program = "from gettyimages import GettyImages; GettyImages().downloads.get_downloads()"
    with Sandbox(api_key="mine", password="p w") as sandbox:
        variables = sandbox.env()
        assert {*variables} == {
            "GETTYIMAGES_API_KEY",
            "GETTYIMAGES_API_SECRET",
            "GETTYIMAGES_USERNAME",
            "GETTYIMAGES_PASSWORD",
            "GETTYIMAGES_BASE_URL",
            "GETTYIMAGES_TOKEN_URL",
        }
        environment = {**ENVIRONMENT, **variables}
        subprocess.run([sys.executable, "-c", program], env=environment, check=True, timeout=60)
        assert sandbox.token_grants == ("password",)
        assert sandbox.requests[-1].operation == "Downloads_GetDownloads"


def test_it_can_be_used_in_an_asynchronous_with_statement_while_the_executor_is_busy() -> None:
    async def use() -> Sandbox:
        loop, free = asyncio.get_running_loop(), threading.Event()
        loop.set_default_executor(ThreadPoolExecutor(1))
        busy = loop.run_in_executor(None, free.wait)
        async with Sandbox() as sandbox, sandbox.async_client() as client:
            await client.downloads.get_downloads()
        free.set()
        await busy
        return sandbox

    sandbox = asyncio.run(use())
    assert not responds(sandbox, sandbox.base_url)


def test_the_event_loop_runs_while_the_sandbox_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    stopping, seen = threading.Event(), threading.Event()
    close = Sandbox.close

    def closed_once_the_loop_has_run(sandbox: Sandbox) -> None:
        stopping.set()
        assert seen.wait(60)
        close(sandbox)

    monkeypatch.setattr(Sandbox, "close", closed_once_the_loop_has_run)

    async def use() -> None:
        async def see() -> None:
            while not stopping.is_set():
                await asyncio.sleep(0.01)
            seen.set()

        seeing = asyncio.create_task(see())
        async with Sandbox():
            pass
        await seeing

    asyncio.run(use())


def test_every_origin_of_the_documentation_has_a_port_of_its_own(tmp_path: Path) -> None:
    page = (PROJECT / "docs" / "sandbox.md").read_text("utf-8")
    named = {name for name in ("api", "token", "delivery", "mirror") if f"(`{name}`)" in page}
    with Sandbox(delivery_redirects=1, file_size=9) as sandbox, sandbox.client() as client:
        client.downloads.save_image("1", tmp_path)
        hosts = {request.origin: request.headers["host"] for request in sandbox.requests}
    assert named == {*hosts}
    assert len({*hosts.values()}) == 4


def test_a_page_of_another_origin_may_use_it_as_the_api_reference_does() -> None:
    page = {"Origin": "http://127.0.0.1:8000"}
    asking = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "api-key"}
    with Sandbox() as sandbox:
        for url in (sandbox.base_url, sandbox.token_url, sandbox.delivery_url):
            preflight = httpx.options(url, headers=page | asking)
            assert preflight.status_code == 200
            assert preflight.headers["Access-Control-Allow-Origin"] == "*"
            assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
            assert preflight.headers["Access-Control-Allow-Headers"] == "api-key"
        assert not sandbox.requests
        response = httpx.get(sandbox.base_url, headers=page)
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Origin" not in httpx.get(sandbox.base_url).headers


def test_the_exported_names_are_those_that_type_checkers_see() -> None:
    tree = ast.parse(inspect.getsource(package))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    seen = {name.asname for node in imports if node.module != "__future__" for name in node.names}
    # Type checkers read the imports instead.
    exported = vars(package)["__all__"]
    assert seen - {None} == set(exported)
    assert all(getattr(package, name).__name__ == name for name in exported)
