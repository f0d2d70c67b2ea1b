"""Publishing to a real index on loopback: what works, what fails, and how a rerun completes it."""

from __future__ import annotations

import hashlib
import html
import os
import shutil
import ssl
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import trustme

from generator.commands import Target
from generator.commands import build as generate
from generator.findings import GeneratorError
from generator.release.credentials import Credentials, credentials
from generator.release.distributions import Distribution, build, build_commit
from generator.release.next_release import prepared, write

from ..overlay.support.servers import Recorded, Reply, Server
from .indexing import PASSWORD, USERNAME, Served, index_server
from .publishing import ENCODED, LOGIN, NAME, WHO, client, refusal, small_files, upload
from .scratch import PROJECT, SECOND_API, committed, git, project, without_callers

pytestmark = pytest.mark.slow

NOWHERE = "http://127.0.0.1:9/simple/"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, with its next release."""
    folder = project(tmp_path_factory.mktemp("checkout"))
    without_callers(folder)
    specs = folder / "specs"
    try:
        release = prepared(specs)
    except GeneratorError:  # Nothing has changed since the last one.
        release = prepared(specs, "patch")
    write(specs, release)
    return committed(folder)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project that is released: what is refused takes a second there."""
    folder = tmp_path_factory.mktemp("small") / "api"
    specs = shutil.copytree(SECOND_API, folder) / "specs"
    generate(Target(specs))
    write(specs, prepared(specs))
    return committed(folder)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Distribution]:
    """A source distribution and its wheel."""
    return small_files(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An index that runs for all tests."""
    with index_server(tmp_path_factory.mktemp("index")) as served:
        yield served


@pytest.fixture
def served(running: Served) -> Served:
    """The same index, emptied."""
    for file in running.folder.iterdir():
        file.unlink()
    return running


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No credentials of this machine."""
    for name in LOGIN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))


def generator(
    folder: Path, *arguments: str, status: int = 0, login: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a command in a checkout, with an end that was expected, and no secret in what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **(LOGIN if login else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == status, said
    assert "Traceback" not in said
    assert PASSWORD not in said
    assert ENCODED not in said
    return done


@pytest.mark.slow
class TestWhole:
    def test_what_is_published_can_be_installed_and_works(
        self, checkout: Path, served: Served
    ) -> None:
        done = generator(checkout, "publish", "--index", served.simple, login=True)
        sdist, wheel = sorted((checkout / "dist").iterdir(), reverse=True)
        assert f"{sdist.name}: uploaded" in done.stdout
        assert f"{wheel.name}: uploaded" in done.stdout
        assert f"from {served.url}/packages/{wheel.name}" in done.stdout
        assert f"sha256 {hashlib.sha256(wheel.read_bytes()).hexdigest()}" in done.stdout
        assert f"{wheel.name}: its sandbox responded to" in done.stdout
        assert served.files() == sorted([sdist.name, wheel.name])

    def test_a_client_that_does_not_work_is_not_uploaded(
        self, small: Path, served: Served, tmp_path: Path
    ) -> None:
        copy = cloned(small, tmp_path)
        (copy / "caller.py").write_text("raise SystemExit('no such method')")
        committed(copy)
        done = generator(copy, "publish", "--index", served.simple, status=1, login=True)
        assert "no such method" in done.stderr
        assert "The wheel in `dist` does not work" in done.stderr
        assert done.stderr.endswith("nothing has been uploaded.\n")
        assert served.files() == []

    def test_a_tree_with_changes_is_refused(self, small: Path, tmp_path: Path) -> None:
        copy = cloned(small, tmp_path)
        (copy / "extra.txt").write_text("not committed")
        done = generator(copy, "publish", "--index", NOWHERE, status=1)
        assert "found changes: extra.txt" in done.stderr
        assert done.stderr.endswith("nothing has been uploaded.\n")

    def test_an_index_that_is_not_there_is_told_before_anything_is_built(
        self, small: Path, tmp_path: Path
    ) -> None:
        copy = cloned(small, tmp_path)
        done = generator(copy, "publish", "--index", NOWHERE, status=1, login=True)
        assert "the index cannot be reached: Connection refused" in done.stderr
        assert not (copy / "dist").exists()

    def test_a_client_that_differs_from_what_was_released_is_refused(
        self, small: Path, tmp_path: Path
    ) -> None:
        copy = cloned(small, tmp_path)
        overlay = copy / "specs" / "overlays" / "90-more.yaml"
        action = "- {target: $.info, update: {description: Other words.}, description: x}"
        overlay.write_text(
            f"overlay: 1.1.0\ninfo: {{title: T, version: '1'}}\nactions:\n{action}\n"
        )
        generate(Target(copy / "specs"))
        committed(copy)
        done = generator(copy, "publish", "--index", NOWHERE, status=1)
        assert "the merged spec differs from the released one" in done.stderr
        assert "nox -s release" in done.stderr

    def test_a_trial_that_is_missing_is_refused_before_anything_is_built(
        self, small: Path, tmp_path: Path
    ) -> None:
        copy = cloned(small, tmp_path)
        (copy / "caller.py").unlink()
        committed(copy)
        done = generator(copy, "publish", "--index", NOWHERE, status=1)
        assert "caller.py: the setting 'trial' names this file, which does not exist" in done.stderr
        assert not (copy / "dist").exists()

    def test_what_is_committed_is_built_and_nothing_else_of_the_folder(
        self, small: Path, tmp_path: Path
    ) -> None:
        copy = cloned(small, tmp_path)
        expected = [file.sha256 for file in build(copy, tmp_path / "dist")]
        (copy / ".git" / "info" / "exclude").write_text("secret.txt\n")
        (copy / "secret.txt").write_text("what git ignores on this machine only")
        made = build_commit(copy, tmp_path / "dist")
        assert [file.sha256 for file in made] == expected


def cloned(checkout: Path, folder: Path) -> Path:
    """Another checkout of the same commit."""
    git(folder, "clone", "-q", str(checkout), "copy")
    return folder / "copy"


class TestUploading:
    @pytest.mark.parametrize("algorithm", ["sha256", "md5", "off"])
    def test_files_that_are_there_are_accepted_whatever_digest_the_index_tells(
        self, tmp_path: Path, files: list[Distribution], algorithm: str
    ) -> None:
        with index_server(tmp_path / "index", "--hash-algo", algorithm) as served:
            upload(client(served), files)
            assert served.files() == sorted(file.name for file in files)
            assert client(served).lacking(NAME, files) == []

    def test_an_index_that_says_that_it_has_the_same_file_is_believed_after_a_look(
        self, served: Served, files: list[Distribution]
    ) -> None:
        client(served).upload(NAME, files[0])
        client(served).upload(NAME, files[0])
        assert served.files() == [files[0].name]

    @pytest.mark.parametrize("algorithm", ["sha256", "off"])
    def test_other_content_under_a_name_is_refused_before_anything_is_uploaded(
        self, tmp_path: Path, files: list[Distribution], algorithm: str
    ) -> None:
        with index_server(tmp_path / "index", "--hash-algo", algorithm) as served:
            for content in (b"x", files[1].path.read_bytes() + b"x"):
                (served.folder / files[1].name).write_bytes(content)
                said = refusal(client(served), files)
                assert f"the index has another {files[1].name}" in said
                assert "release another version" in said
                assert served.files() == [files[1].name]

    def test_a_wrong_password_is_told_as_such(
        self, served: Served, files: list[Distribution]
    ) -> None:
        said = refusal(client(served, Credentials(USERNAME, "wrong", "a test")), files)
        assert "403 Forbidden: it refuses the credentials of publisher (from a test)" in said
        assert "Check name and password in a test" in said

    def test_no_credentials_are_told_as_such(
        self, served: Served, files: list[Distribution]
    ) -> None:
        said = refusal(client(served, None), files)
        assert "401 Unauthorized: it refuses requests without credentials" in said
        assert "TWINE_USERNAME" in said

    def test_the_password_is_in_no_argument_of_a_program(
        self, served: Served, files: list[Distribution], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        commands: list[str] = []
        original = subprocess.run

        def recording(words: list[str], **options: typing.Any) -> typing.Any:
            commands.append(repr(words))
            return original(words, **options)

        monkeypatch.setattr("subprocess.run", recording)
        upload(client(served), files)
        assert len(commands) == 2
        assert all("'uv', 'publish'" in command for command in commands)
        assert not [c for c in commands if PASSWORD in c or quote(PASSWORD) in c or ENCODED in c]

    def test_a_private_authority_is_trusted_for_uploads_too(
        self, files: list[Distribution], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        links = [f"<a href='{file.name}#sha256={file.sha256}'>{file.name}</a>" for file in files]
        posts = []

        def reply(request: Recorded) -> Reply:
            if request.method == "POST":
                posts.append(request)
            return Reply(200, "".join(links[: len(posts)]), content_type="text/html")

        with Server(reply, tls=context) as index:
            upload(client(index), files)
        assert [
            file.path.read_bytes() in post.body for file, post in zip(files, posts, strict=True)
        ] == [True] * 2

    def test_netrc_is_read_where_the_environment_says_nothing(
        self,
        served: Served,
        files: list[Distribution],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        (tmp_path / "netrc").write_text(WHO.netrc(served.simple))
        (tmp_path / "netrc").chmod(0o600)
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        who = credentials(served.simple)
        assert who
        assert (who.username, who.password) == (USERNAME, PASSWORD)
        assert PASSWORD not in repr(who)
        upload(client(served, who), files)
        assert served.files() == sorted(file.name for file in files)

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (200, "does not list the files"),
            (401, "401 Unauthorized"),
            (403, "403 Forbidden"),
            (404, "404 Not Found"),
            (301, "Redirected URL is not in the same realm"),
            (400, "400 Bad Request"),
            (413, "413 Payload Too Large"),
            (429, "429 Too Many Requests"),
            (502, "502 Bad Gateway"),
            (599, "599"),
        ],
    )
    def test_every_response_to_an_upload_but_the_file_in_the_list_is_an_error(
        self,
        files: list[Distribution],
        status: int,
        words: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("time.sleep", lambda seconds: None)
        page = Reply(200, b"<html></html>", content_type="text/html")
        headers = {"Location": "http://127.0.0.1:9/"} if status == 301 else {}
        reply = Reply(status, f"{PASSWORD} {html.escape(PASSWORD)} {ENCODED}", headers=headers)
        with Server(lambda request: reply if request.method == "POST" else page) as index:
            said = refusal(client(index), files)
        assert words in said
        assert "--upload-url" in said or index.url in said
        assert html.escape(PASSWORD) not in said
        assert ENCODED not in said
        (sent, *_) = [request for request in index.requests if request.method == "POST"]
        assert sent.header("authorization") == f"Basic {ENCODED}"


class TestMetadata:
    def test_a_distribution_without_a_description_is_refused(
        self, small: Path, tmp_path: Path
    ) -> None:
        copy = cloned(small, tmp_path)
        pyproject = copy / "pyproject.toml"
        pyproject.write_text(pyproject.read_text().replace('readme = "README.md"\n', ""))
        with pytest.raises(GeneratorError, match="it has no description"):
            build(copy, tmp_path / "dist")
