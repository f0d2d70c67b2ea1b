"""`login`: what is kept of it, where, and what is shown."""

from __future__ import annotations

import json
import stat
import urllib.parse
from pathlib import Path

import pytest

from gettyimages.sandbox import Sandbox, ServerFailure

from .running import Command

pytestmark = pytest.mark.slow


@pytest.fixture
def customer(stranger: Command, sandbox: Sandbox) -> Command:
    """The command with the key and secret of an application, and without a user."""
    found = sandbox.env()
    del found["GETTYIMAGES_USERNAME"], found["GETTYIMAGES_PASSWORD"]
    stranger.variables |= found
    sandbox.user_token_required = True
    return stranger


def kept(command: Command) -> Path:
    return command.folder / "home" / ".config" / "gettyimages" / "logins.json"


def test_a_login_keeps_the_refresh_token_and_neither_password_nor_secret(
    customer: Command, sandbox: Sandbox
) -> None:
    before = customer("history")
    assert before.status in (1, 3)
    with customer.at_terminal("login") as terminal:
        terminal.until("User name:")
        terminal.type(f"{sandbox.username}\n")
        terminal.until("Password:")
        terminal.type(f"{sandbox.password}\n")
        assert terminal.ended() == 0
    assert sandbox.password.encode() not in terminal.raw
    text = kept(customer).read_text("utf-8")
    (login,) = json.loads(text).values()
    assert login["username"] == sandbox.username
    token = login["refresh_token"]
    assert token
    assert token.encode() not in terminal.raw
    assert sandbox.password not in text
    assert sandbox.api_secret not in text
    assert stat.S_IMODE(kept(customer).stat().st_mode) == 0o600
    assert customer("history").status == 0
    grants = [body["grant_type"] for body in _token_requests(sandbox)]
    assert grants[-1] == "refresh_token"


def _token_requests(sandbox: Sandbox) -> list[dict[str, str]]:
    return [
        dict(urllib.parse.parse_qsl(request.body.decode()))
        for request in sandbox.requests
        if request.origin == "token"
    ]


def test_a_refresh_token_that_is_replaced_is_kept(customer: Command, sandbox: Sandbox) -> None:
    sandbox.rotate_refresh_tokens = True
    done = customer("login", "--username", sandbox.username, typed=f"{sandbox.password}\n")
    assert done.status == 0, done.err
    first = kept(customer).read_text("utf-8")
    assert [customer("history").status for _ in range(2)] == [0, 0]
    assert kept(customer).read_text("utf-8") != first


def test_what_was_paid_for_is_looked_up_with_the_refresh_token_that_came_after(
    customer: Command, sandbox: Sandbox
) -> None:
    sandbox.rotate_refresh_tokens = True
    customer("login", "--username", sandbox.username, typed=f"{sandbox.password}\n")
    sandbox.faults.add(
        ServerFailure(after_effect=True, operation="downloads.request_image_download", times=1)
    )
    assert customer("download", "1").out.startswith("outcome_unknown\t1\t")
    assert customer("download", "1").out.startswith("link_lost\t1\t")


@pytest.mark.parametrize("content", ["[]", '{"%s": "a token"}', '{"%s": {"username": 1}}'])
def test_an_entry_that_is_not_a_login_is_ignored(
    customer: Command, sandbox: Sandbox, content: str
) -> None:
    without = customer("history")
    customer("login", "--username", sandbox.username, typed=f"{sandbox.password}\n")
    (name,) = json.loads(kept(customer).read_text("utf-8"))
    kept(customer).write_text(content.replace("%s", name))
    assert customer("history") == without


def test_a_login_of_one_key_is_not_used_with_another(customer: Command, sandbox: Sandbox) -> None:
    customer("login", "--username", sandbox.username, typed=f"{sandbox.password}\n")
    sandbox.forget_requests()
    customer.variables["GETTYIMAGES_API_KEY"] = "another-key"
    assert customer("history").status == 3
    assert all("refresh_token" not in body for body in _token_requests(sandbox))


def test_a_refused_password_is_not_kept(customer: Command, sandbox: Sandbox) -> None:
    done = customer("login", "--username", sandbox.username, typed="not-the-password\n")
    assert done.status == 3
    assert "not-the-password" not in done.err
    assert not kept(customer).exists()


def test_a_login_can_be_forgotten(customer: Command, sandbox: Sandbox) -> None:
    customer("login", "--username", sandbox.username, typed=f"{sandbox.password}\n")
    assert customer("login", "--forget").status == 0
    assert json.loads(kept(customer).read_text("utf-8")) == {}


def test_the_keyring_of_the_system_is_preferred(customer: Command, sandbox: Sandbox) -> None:
    store = customer.folder / "keyring.json"
    (customer.folder / "keyring.py").write_text(
        f"import json, pathlib\n"
        f"path = pathlib.Path({str(store)!r})\n"
        "class Backend:\n"
        "    priority = 5\n"
        "    def get_password(self, *key): return json.loads(path.read_text())['/'.join(key)]\n"
        "    def set_password(self, service, name, text):\n"
        "        path.write_text(json.dumps({f'{service}/{name}': text}))\n"
        "    def delete_password(self, *key): path.unlink()\n"
        "def get_keyring(): return Backend()\n"
    )
    done = customer("login", "--username", sandbox.username, typed=f"{sandbox.password}\n")
    assert done.out == "in the keyring of the system\n"
    (login,) = json.loads(kept(customer).read_text("utf-8")).values()
    assert login == {"username": sandbox.username, "refresh_token": None}
    (token,) = json.loads(store.read_text("utf-8")).values()
    assert token not in kept(customer).read_text("utf-8")
    assert customer("history").status == 0
    assert customer("login", "--forget").status == 0
    assert not store.exists()
