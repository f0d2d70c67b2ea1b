"""Downloads go right or are reported, whatever goes wrong; and no credential leaves home."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from gettyimages.sandbox import Faults, Sandbox, Truncated

from .torture.faulting import Trial
from .torture.watching import Cookies, check_no_credentials
from .worlds import World


@pytest.mark.usefixtures("at_once")
def test_every_file_is_right_or_reported_when_responses_are_faulty(
    world: World, tmp_path: Path
) -> None:
    figures = Trial(world, tmp_path / "photos", assets=50, seed=7).run()
    print(f"\n{world.kind.__name__}, {figures}")
    assert figures.faulty > figures.responses * 0.2


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("relative", [False, True], ids=["absolute", "relative"])
def test_no_credential_reaches_a_delivery_host(
    world: World, tmp_path: Path, status: int, relative: bool
) -> None:
    sandbox = Sandbox(
        redirect_status=status,
        relative_location=relative,
        delivery_redirects=3,
        delivery_redirect_status=status,
        faults=Faults(Cookies(), Truncated(operation="delivery", times=1, skip=3)),
    )
    with sandbox:
        client = world.client(
            api_key=sandbox.api_key,
            api_secret=sandbox.api_secret,
            username=sandbox.username,
            password=sandbox.password,
            base_url=sandbox.base_url,
            token_url=sandbox.token_url,
        )
        saved = world.do(client.downloads.save_image, "11", tmp_path)
        asked = world.do(client.downloads.save_image, "12", tmp_path, auto_download=False)
        for asset, file in (("11", saved), ("12", asked)):
            digest = hashlib.sha256(Path(file.path).read_bytes()).hexdigest()
            assert digest == sandbox.sha256(asset)
        assert check_no_credentials(sandbox) > 8  # redirects, and one resumed transfer
        assert {it.origin for it in sandbox.requests} >= {"api", "delivery", "mirror"}
        assert not sandbox.problems
