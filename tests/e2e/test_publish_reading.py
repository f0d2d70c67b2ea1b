"""What an index may respond, where it may be, and who one is for it."""

from __future__ import annotations

import netrc
import ssl
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from generator.findings import GeneratorError
from generator.release.credentials import Addresses, Credentials, addresses, credentials
from generator.release.distributions import Distribution, run
from generator.release.index import Index

from ..overlay.support.servers import Reply, Server
from .indexing import PASSWORD
from .publishing import ENCODED, LOGIN, NAME, WHO, client, small_files


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Distribution]:
    """A source distribution and its wheel."""
    return small_files(tmp_path_factory.mktemp("dist"))


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No credentials of this machine."""
    for name in LOGIN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))


class TestReading:
    def refused(self, body: str, kind: str = "text/html", status: int = 200) -> str:
        """The error for a page that is no list of files."""
        with (
            Server(Reply(status, body, content_type=kind)) as index,
            pytest.raises(GeneratorError) as caught,
        ):
            client(index).lacking(NAME, [])
        return str(caught.value)

    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            ("<form action=/login><input type=password></form>", "text/html"),
            ("<a href='/help'>Help</a><script>x()</script>", "text/html; charset=utf-8"),
            ("{}", "application/json"),
            ("{}", "application/vnd.pypi.simple.v1+json"),
            ("[", "application/vnd.pypi.simple.v1+json"),
            ('{"meta": {"api-version": "9.0"}}', "application/vnd.pypi.simple.v1+json"),
            ('<meta name="pypi:repository-version" content="9.0">', "text/html"),
            ("hello", "text/plain"),
        ],
    )
    def test_what_is_no_index_is_told_as_such(self, body: str, kind: str) -> None:
        said = self.refused(body, kind)
        assert "this is not a package index" in said
        assert "--index-url" in said

    def test_an_address_without_an_index_is_told_as_such(self) -> None:
        assert "there is no package index" in self.refused("", status=404)

    def test_a_project_that_is_new_to_an_index_is_no_fault(self, files: list[Distribution]) -> None:
        found = Reply(200, "<a href='/other/'>other</a>", content_type="text/html")
        with Server(Reply(404), found) as index:
            assert client(index).lacking(NAME, files) == files

    def test_a_page_of_json_is_read(self, files: list[Distribution]) -> None:
        entry = {"filename": files[0].name, "url": "x", "hashes": {"sha256": files[0].sha256}}
        body = {"meta": {"api-version": "1.0"}, "name": NAME, "files": [entry]}
        page = Reply(200, body, content_type="application/vnd.pypi.simple.v1+json")
        with Server(page) as index:
            assert client(index).lacking(NAME, files) == [files[1]]

    def test_a_reader_sent_on_to_another_index_for_the_project_has_an_empty_index(
        self, files: list[Distribution]
    ) -> None:
        elsewhere = {"Location": f"https://index.invalid/simple/{NAME}/"}
        with Server(Reply(302, headers=elsewhere)) as index:
            assert client(index).lacking(NAME, files) == files

    def test_a_reader_sent_on_to_a_login_is_told(self) -> None:
        elsewhere = {"Location": "https://login.invalid/?next=x"}
        with (
            Server(Reply(302, headers=elsewhere)) as index,
            pytest.raises(GeneratorError, match=r"it redirects to login\.invalid"),
        ):
            client(index).lacking(NAME, [])

    def test_going_round_in_circles_has_an_end(self) -> None:
        with (
            Server(Reply(302, headers={"Location": "/simple/x/"})) as index,
            pytest.raises(GeneratorError, match="redirects in circles"),
        ):
            client(index).lacking(NAME, [])

    def test_the_password_goes_to_the_index_and_to_no_other_host(
        self, files: list[Distribution]
    ) -> None:
        with Server() as index, Server(Reply(200, files[0].path.read_bytes())) as other:
            link = f"<a href='{other.url}/{files[0].name}'>{files[0].name}</a>"
            index.script(Reply(200, link, content_type="text/html"))
            assert client(index).lacking(NAME, [files[0]]) == []
        assert index.requests[0].header("authorization") == f"Basic {ENCODED}"
        assert other.requests[0].header("authorization") is None

    def test_the_password_is_not_sent_on_when_a_file_is_redirected_to_another_host(
        self, files: list[Distribution]
    ) -> None:
        with Server() as index, Server(Reply(200, files[0].path.read_bytes())) as other:
            page = Reply(200, f"<a href='/x'>{files[0].name}</a>", content_type="text/html")
            index.script(page, Reply(302, headers={"Location": f"{other.url}/x"}))
            assert client(index).lacking(NAME, [files[0]]) == []
        assert index.requests[1].header("authorization") == f"Basic {ENCODED}"
        assert other.requests[0].header("authorization") is None

    def test_a_certificate_that_nobody_trusts_is_told_as_such(self) -> None:
        with _untrusted() as url, pytest.raises(GeneratorError, match="certificate") as caught:
            Index(Addresses(f"{url}/simple/", f"{url}/"), WHO, WHO).lacking(NAME, [])
        assert "REQUESTS_CA_BUNDLE" in str(caught.value)


@contextmanager
def _untrusted() -> Iterator[str]:
    """A server whose certificate is signed by an authority of its own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda request, client_address: None  # type: ignore[method-assign]  # quiet
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class TestAddresses:
    @pytest.mark.parametrize(
        ("index", "upload", "expected"),
        [
            ("https://h/simple/", "", Addresses("https://h/simple/", "https://h/")),
            ("https://h/a/simple", "", Addresses("https://h/a/simple/", "https://h/a/")),
            ("https://h/+s", "https://h/up", Addresses("https://h/+s/", "https://h/up")),
            (
                "http://[::1]:80/simple/",
                "",
                Addresses("http://[::1]:80/simple/", "http://[::1]:80/"),
            ),
        ],
    )
    def test_an_index_takes_uploads_above_its_list(
        self, index: str, upload: str, expected: Addresses
    ) -> None:
        assert addresses(index, upload) == expected

    @pytest.mark.parametrize(
        ("index", "words"),
        [
            ("http://packages.example/simple/", "expected https"),
            ("http://127.0.0.1.example/simple/", "expected https"),
            ("https://packages.example/", "ends with /simple/"),
            ("https://packages.example/simple/?x=1", "no query"),
            ("ftp://packages.example/simple/", "expected the address of an index"),
            ("packages.example/simple/", "expected the address of an index"),
            ("https://h:99999/simple/", "expected the address of an index"),
            ("https://[/simple/", "expected the address of an index"),
            ("https://h/\n/simple/", "expected the address of an index"),
        ],
    )
    def test_an_address_that_will_not_do_is_refused(self, index: str, words: str) -> None:
        with pytest.raises(GeneratorError, match="--index") as caught:
            addresses(index)
        assert words in str(caught.value)

    @pytest.mark.parametrize("scheme", ["http", "https"])
    def test_a_password_in_an_address_is_refused_and_not_repeated(self, scheme: str) -> None:
        with pytest.raises(GeneratorError, match="credentials in an address") as caught:
            addresses(f"{scheme}://me:sesame@packages.example/simple/")
        assert "sesame" not in str(caught.value)


class TestCredentials:
    def test_half_of_them_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TWINE_USERNAME", "me")
        with pytest.raises(GeneratorError, match="TWINE_PASSWORD is not set"):
            credentials("https://h/simple/")
        monkeypatch.delenv("TWINE_USERNAME")
        monkeypatch.setenv("TWINE_PASSWORD", "sesame")
        with pytest.raises(GeneratorError, match="TWINE_USERNAME is not set") as caught:
            credentials("https://h/simple/")
        assert "sesame" not in str(caught.value)

    @pytest.mark.parametrize("password", ["pässword", "a\tb", "a\nb"])
    def test_what_servers_read_in_different_ways_is_refused(
        self, monkeypatch: pytest.MonkeyPatch, password: str
    ) -> None:
        monkeypatch.setenv("TWINE_USERNAME", "me")
        monkeypatch.setenv("TWINE_PASSWORD", password)
        with pytest.raises(GeneratorError, match="the password contains characters") as caught:
            credentials("https://h/simple/")
        assert password not in str(caught.value)

    def test_no_other_program_is_told_them(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        for name, text in LOGIN.items():
            monkeypatch.setenv(name, text)
        assert PASSWORD not in run(
            [sys.executable, "-c", "import os; print(os.environ)"], tmp_path, "restore"
        )
        with pytest.raises(GeneratorError) as caught:
            run(
                [sys.executable, "-c", "import os, sys; sys.exit(str(os.environ))"],
                tmp_path,
                "restore",
            )
        assert PASSWORD not in str(caught.value)

    def test_a_netrc_that_cannot_be_read_is_refused_and_not_repeated(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "netrc").write_text("machine h login me password sesame extra sesame2")
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        with pytest.raises(GeneratorError, match="cannot be read as a netrc file") as caught:
            credentials("https://h/simple/")
        assert "sesame" not in str(caught.value)

    @given(*(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1),) * 2)
    def test_any_password_survives_a_netrc_file(self, username: str, password: str) -> None:
        text = Credentials(username, password, "x").netrc("https://h:8080/simple/")
        with tempfile.NamedTemporaryFile("w", suffix="netrc") as file:
            file.write(text)
            file.flush()
            assert netrc.netrc(file.name).authenticators("h") == (username, "", password)
