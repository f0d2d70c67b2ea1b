"""Credentials and settings of a client: arguments, the environment, and contradictions."""

from __future__ import annotations

import copy
import pickle
import typing

import pytest

from gettyimages import CredentialsError, GettyImagesError

from ..support import secrecy
from ..support.servers import (
    ACCESS_TOKEN,
    API_KEY,
    API_SECRET,
    MARK,
    PASSWORD,
    PROXY_PASSWORD,
    REFRESH_TOKEN,
    USERNAME,
    Origins,
)
from ..support.worlds import World


def refused(world: World, **options: typing.Any) -> str:
    """The message of the error when a client is made."""
    with pytest.raises(GettyImagesError) as caught:
        world.client(**options)
    secrecy.look_at_error(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "no API key: pass api_key=, or set the environment variable GETTYIMAGES_API_KEY"),
        ({"api_secret": API_SECRET}, "no API key"),
        ({"api_key": API_KEY, "username": USERNAME}, "password is missing"),
        ({"api_key": API_KEY, "password": PASSWORD}, "username is missing"),
        ({"api_key": API_KEY, "username": USERNAME, "password": PASSWORD}, "no API secret"),
        ({"api_key": API_KEY, "refresh_token": REFRESH_TOKEN}, "no API secret"),
        (
            {"api_key": API_KEY, "access_token": ACCESS_TOKEN, "refresh_token": REFRESH_TOKEN},
            "cannot be combined",
        ),
        (
            {"api_key": API_KEY, "access_token": ACCESS_TOKEN, "username": "u", "password": "p"},
            "cannot be combined",
        ),
        ({"api_key": f"{API_KEY}\n"}, "api_key contains white space"),
        ({"api_key": API_KEY, "access_token": f" {ACCESS_TOKEN}"}, "access_token contains white"),
        ({"api_key": API_KEY, "api_secret": f"{API_SECRET}ü"}, "api_secret contains"),
        (
            {
                "api_key": API_KEY,
                "api_secret": API_SECRET,
                "username": USERNAME,
                "password": f"{PASSWORD}\udcff",
            },
            "password contains",
        ),
    ],
)
def test_missing_or_contradictory_credentials_are_refused_in_plain_words(
    world: World, options: dict[str, str], words: str
) -> None:
    assert words in refused(world, **options)
    with pytest.raises(CredentialsError):
        world.client(**options)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"base_url": "http://api.example"}, "base_url must start with https://"),
        ({"base_url": "http://127.0.0.1.example"}, "base_url must start with https://"),
        ({"base_url": "http://0.0.0.0"}, "base_url must start with https://"),
        ({"base_url": "ftp://api.example"}, "found ftp"),
        ({"base_url": "api.example"}, "base_url must have a host"),
        ({"base_url": "https://api.example/v3"}, "base_url must be a scheme and a host only"),
        ({"base_url": f"https://api.example?x={MARK}"}, "base_url must be a scheme and a host"),
        ({"base_url": "https://api.example#x"}, "base_url must be a scheme and a host only"),
        ({"base_url": f"https://me:{MARK}@api.example"}, "must not hold a user name"),
        ({"base_url": "https://api.example\\@evil.example"}, "base_url must"),
        ({"base_url": "https://"}, "base_url must have a host"),
        ({"base_url": "https://api.example:port"}, "base_url is not a valid URL"),
        ({"base_url": "https://api.example\n"}, "base_url must have a host"),
        ({"token_url": "http://api.example/token"}, "token_url must start with https://"),
        ({"token_url": "https://api.example/token?x=1"}, "token_url must have no query"),
        ({"token_url": f"https://{MARK}@api.example/token"}, "must not hold a user name"),
        ({"timeout": 0}, "timeout must be above 0"),
        ({"timeout": -1}, "timeout must be above 0"),
        ({"timeout": float("nan")}, "timeout must be above 0"),
        ({"timeout": float("inf")}, "timeout must be above 0"),
        ({"max_requests_per_second": 0}, "max_requests_per_second must be above 0"),
        ({"max_retries": -1}, "max_retries must be at least 0"),
        ({"app_name": "a\r\nb"}, "app_name must be printable ASCII"),
        ({"accept_language": "dé"}, "accept_language must be printable ASCII"),
        ({"token_url": " https://api.example/token"}, "token_url must have a host"),
        ({"proxy": f" http://me:{PROXY_PASSWORD}@proxy"}, "proxy must be a URL"),
        ({"proxy": f"nothing://me:{PROXY_PASSWORD}@proxy"}, "proxy must be a URL"),
        ({"proxy": f"http://me:{PROXY_PASSWORD}@proxy:port"}, "proxy must be a URL"),
    ],
)
def test_settings_out_of_bounds_are_refused_before_anything_is_sent(
    world: World, options: dict[str, object], words: str
) -> None:
    assert words in refused(world, api_key=API_KEY, **options)


@pytest.mark.parametrize(
    "url", ["http://localhost:1", "http://127.0.0.1", "http://[::1]:8", "https://api.example/"]
)
def test_loopback_and_https_addresses_are_accepted(world: World, url: str) -> None:
    client = world.client(api_key=API_KEY, base_url=url)
    assert repr(client) == f"<{world.kind.__name__} {url.rstrip('/')}>"


@pytest.mark.parametrize("url", ["https://api.example?", "https://api.example/#"])
def test_an_empty_query_is_not_kept(world: World, url: str) -> None:
    assert repr(world.client(api_key=API_KEY, base_url=url)).endswith(" https://api.example>")


def test_credentials_and_addresses_are_read_from_the_environment(
    world: World, origins: Origins, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = {
        "API_KEY": API_KEY,
        "API_SECRET": API_SECRET,
        "USERNAME": USERNAME,
        "PASSWORD": PASSWORD,
        "BASE_URL": origins.api.url,
        "TOKEN_URL": origins.tokens.url + "/t",
    }
    for name, value in environment.items():
        monkeypatch.setenv(f"GETTYIMAGES_{name}", value)
    world.do(world.client().downloads.get_downloads)
    [asked] = origins.tokens.requests
    assert (asked.target, asked.form["grant_type"]) == ("/t", "password")
    assert asked.form["username"] == USERNAME
    assert asked.form["password"] == PASSWORD


def test_a_refresh_token_is_read_from_the_environment(
    world: World, origins: Origins, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_environment(monkeypatch, refresh_token=REFRESH_TOKEN)
    world.do(world.client(**origins.options(**NOTHING)).downloads.get_downloads)
    assert origins.tokens.requests[0].form["refresh_token"] == REFRESH_TOKEN


def test_an_access_token_is_read_from_the_environment(
    world: World, origins: Origins, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_environment(monkeypatch, access_token=ACCESS_TOKEN)
    world.do(world.client(**origins.options(**NOTHING)).downloads.get_downloads)
    assert origins.api.requests[0].header("authorization") == f"Bearer {ACCESS_TOKEN}"
    assert not origins.tokens.requests


@pytest.mark.parametrize(
    ("given", "grant"),
    [
        ({"access_token": ACCESS_TOKEN}, None),
        ({"username": "me", "password": PASSWORD}, "password"),
        ({"refresh_token": REFRESH_TOKEN}, "refresh_token"),
    ],
)
def test_credentials_in_arguments_are_not_mixed_with_those_of_the_environment(
    world: World,
    origins: Origins,
    monkeypatch: pytest.MonkeyPatch,
    given: dict[str, str],
    grant: str | None,
) -> None:
    monkeypatch.setenv("GETTYIMAGES_USERNAME", "somebody else")
    monkeypatch.setenv("GETTYIMAGES_PASSWORD", f"{MARK}-else")
    monkeypatch.setenv("GETTYIMAGES_ACCESS_TOKEN", f"{MARK}-else")
    if grant == "password":
        monkeypatch.setenv("GETTYIMAGES_REFRESH_TOKEN", f"{MARK}-else")
    world.do(world.client(**origins.options(**given)).downloads.get_downloads)
    grants = [request.form for request in origins.tokens.requests]
    assert [form["grant_type"] for form in grants] == ([grant] if grant else [])
    assert all("somebody else" not in form.values() for form in grants)


CREDENTIALS = {
    "api_key": API_KEY,
    "api_secret": API_SECRET,
    "username": USERNAME,
    "password": PASSWORD,
    "refresh_token": REFRESH_TOKEN,
    "access_token": ACCESS_TOKEN,
}
NOTHING = {"api_key": None, "api_secret": None}
"""What `Origins.options` takes to leave out its credentials."""


def set_environment(monkeypatch: pytest.MonkeyPatch, **more: str) -> None:
    """Have a key and its secret in the environment, and these credentials."""
    for name, value in {"api_key": API_KEY, "api_secret": API_SECRET, **more}.items():
        monkeypatch.setenv(f"GETTYIMAGES_{name.upper()}", value)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"username": "bob"}, "no API key: pass api_key=, as credentials are not taken from the"),
        ({"api_key": API_KEY, "username": "bob"}, "password is missing"),
        ({"api_key": API_KEY, "password": PASSWORD}, "username is missing"),
        ({"api_key": API_KEY, "username": "bob", "password": "p"}, "no API secret"),
        ({"api_secret": API_SECRET}, "no API key"),
        ({"refresh_token": REFRESH_TOKEN}, "no API key"),
        ({"access_token": ACCESS_TOKEN}, "no API key"),
        ({"from_env": False}, "no API key"),
        *[({"api_key": API_KEY, name: ""}, f"{name} is empty") for name in CREDENTIALS],
    ],
)
def test_any_credential_that_is_passed_keeps_all_of_the_environment_out(
    world: World, monkeypatch: pytest.MonkeyPatch, given: dict[str, object], words: str
) -> None:
    set_environment(monkeypatch, username="alice", password=f"{MARK}-alice")
    assert words in refused(world, **given)


def test_a_key_and_a_secret_that_are_passed_take_no_user_from_the_environment(
    world: World, origins: Origins, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_environment(monkeypatch, username="alice", password=f"{MARK}-alice")
    world.do(world.client(**origins.options()).downloads.get_downloads)
    [asked] = origins.tokens.requests
    assert asked.form["grant_type"] == "client_credentials"


def test_settings_are_read_from_the_environment_beside_credentials_that_are_passed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GETTYIMAGES_BASE_URL", "https://api.example")
    for options in ({"api_key": API_KEY}, {"api_key": API_KEY, "from_env": False}):
        assert "https://api.example" in repr(world.client(**options))


def test_a_contradictory_environment_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_environment(monkeypatch, access_token=ACCESS_TOKEN, username=USERNAME, password=PASSWORD)
    assert "cannot be combined" in refused(world)


def test_an_api_key_alone_is_refused_where_a_token_is_needed_before_anything_is_sent(
    world: World, origins: Origins
) -> None:
    client = world.client(**origins.options(api_secret=None))
    with pytest.raises(CredentialsError, match=r"downloads\.get_downloads acts for a customer"):
        world.do(client.downloads.get_downloads)
    assert not origins.api.requests
    assert not origins.tokens.requests


def test_an_api_key_alone_is_enough_for_requests_that_the_spec_does_not_know(
    world: World, origins: Origins
) -> None:
    client = world.client(**origins.options(api_secret=None))
    world.do(client.request, "GET", "/v3/countries")
    [request] = origins.api.requests
    assert request.header("api-key") == API_KEY
    assert request.header("authorization") is None


@pytest.mark.parametrize("take", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_client_refuses_to_be_pickled_or_copied(
    world: World, take: typing.Callable[[object], object]
) -> None:
    client = world.client(api_key=API_KEY)
    with pytest.raises(TypeError, match="cannot be pickled or copied"):
        take(client)
    with pytest.raises(TypeError, match="cannot be pickled or copied"):
        take(client.with_options(step_timeout=1))


def test_passwords_and_user_names_may_hold_anything_that_can_be_typed(
    world: World, origins: Origins
) -> None:
    names = {"username": "jürgen@example.com", "password": f"{MARK} ü+&=%\t"}
    world.do(world.client(**origins.options(**names)).downloads.get_downloads)
    assert origins.tokens.requests[0].form.items() >= names.items()
