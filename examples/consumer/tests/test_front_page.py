"""The fixture `gettyimages_sandbox` comes with the client; nothing here needs an account."""

from __future__ import annotations

from pathlib import Path

from front_page import save_best

from gettyimages.sandbox import Sandbox, ServerFailure


def test_a_picture_is_paid_for_once(gettyimages_sandbox: Sandbox, tmp_path: Path) -> None:
    with gettyimages_sandbox.client() as client:
        saved = save_best(client, "ostrich", tmp_path)
        assert saved is not None
        assert saved.stat().st_size > 1000
        assert save_best(client, "ostrich", tmp_path) == saved
    assert gettyimages_sandbox.downloads_used == 1


def test_a_search_that_finds_nothing_pays_for_nothing(
    gettyimages_sandbox: Sandbox, tmp_path: Path
) -> None:
    gettyimages_sandbox.search_results = 0
    with gettyimages_sandbox.client() as client:
        assert save_best(client, "ostrich", tmp_path) is None
    assert gettyimages_sandbox.downloads_used == 0


def test_a_server_that_fails_for_a_while_is_asked_again(
    gettyimages_sandbox: Sandbox, tmp_path: Path
) -> None:
    gettyimages_sandbox.faults.add(ServerFailure(status=503, times=2, origin="api"))
    with gettyimages_sandbox.client() as client:
        assert save_best(client, "ostrich", tmp_path)
