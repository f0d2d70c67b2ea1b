"""A document is fetched from its address, and taken in if it has changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import MORE, copied, generated, released
from runs import TINY, refused, run

from generator.fetching import fetched
from tests.overlay.support.servers import Reply, Server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been released."""
    return released(tmp_path_factory.mktemp("project"))


@pytest.fixture
def specs(tmp_path: Path, made: Path) -> Path:
    """A copy of it."""
    return copied(made, tmp_path)


def test_a_changed_document_is_taken_in_and_described_for_a_pull_request(
    specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    untyped = MORE.replace("        name: page\n        type: integer\n", "        name: page\n")
    (specs / "overlays" / "one.yaml").unlink()
    generated(specs)
    with Server(Reply(302, headers={"Location": "/v2/tiny.yaml"}), Reply(200, untyped)) as server:
        done = run(capsys, "watch", f"{server.url}/tiny.yaml?key=secret", "--specs", specs)
    assert done.status == 0, done.err
    assert (specs / "sources" / "tiny.yaml").read_text() == untyped
    assert "uid" in (specs / "openapi.yaml").read_text()
    described = (specs.parent / "dist" / "watch" / "changes.md").read_text("utf-8")
    assert "`models.Thing.id`" in described
    assert "minimum" not in described  # an earlier change, which is not released yet
    assert "- `specs/overlays/draft-tiny.yaml`: confirm 1 guess(es)" in described.splitlines()[-1]
    assert "secret" not in done.out + done.err
    assert server.requests[1].path == "/v2/tiny.yaml"


def test_a_document_that_is_already_there_changes_nothing(
    specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in specs.rglob("*.yaml")}
    with Server(Reply(200, TINY)) as server:
        done = run(capsys, "watch", f"{server.url}/spec", "--as", "tiny.yaml", "--specs", specs)
    assert done.status == 0, done.err
    assert "already there; nothing has been changed" in done.out
    assert {path: path.read_bytes() for path in specs.rglob("*.yaml")} == before
    assert not (specs.parent / "dist" / "watch" / "changes.md").exists()


def test_a_document_may_be_as_many_redirects_away_as_the_message_says(tmp_path: Path) -> None:
    away = Reply(302, headers={"Location": "/x"})
    with Server(*[away] * 5, Reply(200, TINY)) as server:
        assert fetched(f"{server.url}/tiny.yaml", tmp_path).read_text() == TINY


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(404, "no"), "the server responded 404"),
        (Reply(200, "x" * 20_000_001), "the document is larger than 20 MB"),
        (Reply(302, headers={"Location": "http://specs.example/"}), "expected an https address"),
        (Reply(302, headers={"Location": "file:///etc/passwd"}), "expected an https address"),
        (Reply(302, headers={"Location": "/x"}), "the server redirects more than 5 times"),
        (Reply(200, "<html>Log in</html>"), "tiny.yaml:1:1: "),
        (Reply(200, "- !!python/object/apply:os.system [ls]"), "tiny.yaml:1:"),
    ],
)
def test_what_is_no_document_is_refused_and_nothing_is_changed(
    specs: Path, capsys: pytest.CaptureFixture[str], reply: Reply, words: str
) -> None:
    with Server(reply) as server:
        said = refused(capsys, specs, "watch", f"{server.url}/tiny.yaml", "--specs", specs)
    assert words in said


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://specs.example/tiny.yaml", "expected an https address"),
        ("https://me:secret@specs.example/tiny.yaml", "expected an https address"),
        ("ftp://specs.example/tiny.yaml", "expected an https address"),
        ("tiny.yaml", "expected an https address"),
        ("https://[/tiny.yaml", "expected an https address"),
        ("https://specs.example/v3", "found 'v3'"),
        ("https://127.0.0.1:9/tiny.yaml", "cannot be fetched: "),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(
    specs: Path, capsys: pytest.CaptureFixture[str], address: str, words: str
) -> None:
    said = refused(capsys, specs, "watch", address, "--specs", specs)
    assert words in said
    assert "secret" not in said
