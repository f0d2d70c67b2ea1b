"""Which certificates are trusted."""

from __future__ import annotations

import ssl
import typing
from pathlib import Path

import pytest
import trustme

from gettyimages import APIConnectionError, GettyImagesError, InvalidArgumentError

from ..support.servers import ACCESS_TOKEN, API_KEY, Origins, Reply, Server
from ..support.worlds import World

pytestmark = pytest.mark.usefixtures("at_once")
GOOD = Reply(200, {"result_count": 1})


class Secured(typing.NamedTuple):
    origins: Origins
    authority: trustme.CA


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secured(authority: trustme.CA) -> typing.Iterator[Secured]:
    """Both origins over https, with certificates of a private authority."""
    certificate = authority.issue_cert("127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    with Origins(context) as origins:
        origins.api.script(GOOD)
        yield Secured(origins, authority)


def test_a_private_authority_is_trusted_by_file_or_by_context(
    world: World, secured: Secured, tmp_path: Path
) -> None:
    file = tmp_path / "ca.pem"
    secured.authority.cert_pem.write_to_path(str(file))
    context = ssl.create_default_context()
    secured.authority.configure_trust(context)
    for verify in (file, str(file), context, False):
        client = world.client(**secured.origins.options(verify=verify))
        assert world.do(client.downloads.get_downloads).result_count == 1
        assert world.do(client.downloads.request_image_download, "1") is not None


def test_a_scheme_in_capitals_is_held_to_the_same_certificates(
    world: World, secured: Secured, tmp_path: Path
) -> None:
    file = tmp_path / "ca.pem"
    secured.authority.cert_pem.write_to_path(str(file))
    options = secured.origins.options(verify=file)
    options["token_url"] = options["token_url"].replace("https://", "HTTPS://")
    location = f"{secured.origins.api.url}/1.jpg".replace("https://", "HTTPS://")
    secured.origins.api.script(
        Reply(303, headers={"Location": location}),
        Reply(200, b"\xff\xd8", content_type="image/jpeg"),
    )
    client = world.client(**options)
    assert world.do(client.downloads.save_image, "1", tmp_path).size == 2


def test_an_untrusted_certificate_is_an_error_without_retries(
    world: World, secured: Secured
) -> None:
    client = world.client(**secured.origins.options())
    with pytest.raises(APIConnectionError, match=r"certificate is not trusted: .*certificate"):
        world.do(client.downloads.get_downloads)
    client = world.client(**secured.origins.options(access_token=ACCESS_TOKEN))
    with pytest.raises(APIConnectionError, match="certificate is not trusted"):
        world.do(client.downloads.request_image_download, "1")
    assert secured.origins.tokens.connections == 1
    assert secured.origins.api.connections == 1


def test_a_certificate_of_another_host_is_an_error(
    world: World, authority: trustme.CA, tmp_path: Path
) -> None:
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("other.example").configure_cert(context)
    with Server(GOOD, tls=context) as api:
        options = {"api_key": API_KEY, "access_token": ACCESS_TOKEN, "base_url": api.url}
        client = world.client(**options, verify=str(file))
        with pytest.raises(APIConnectionError, match="certificate is not trusted"):
            world.do(client.downloads.get_downloads)
        assert not api.requests


def test_a_file_without_certificates_is_an_error(world: World, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_text("nothing")
    for verify in (str(tmp_path / "missing.pem"), str(other)):
        client = world.client(api_key=API_KEY, access_token=ACCESS_TOKEN, verify=verify)
        with pytest.raises(GettyImagesError, match="verify: the certificates cannot be read"):
            world.do(client.downloads.get_downloads)


@pytest.mark.parametrize("verify", [1.5, b"ca.pem"])
def test_what_is_no_certificate_is_refused(world: World, verify: object) -> None:
    client = world.client(api_key=API_KEY, access_token=ACCESS_TOKEN, verify=verify)
    with pytest.raises(InvalidArgumentError, match=r"^verify: the certificates cannot be read"):
        world.do(client.downloads.get_downloads)


def test_https_to_a_server_of_plain_http_is_a_connection_error(
    world: World, origins: Origins
) -> None:
    url = origins.api.url.replace("http:", "https:")
    client = world.client(
        **origins.options(base_url=url, access_token=ACCESS_TOKEN, max_retries=0, step_timeout=0.5)
    )
    with pytest.raises(APIConnectionError, match="connecti"):
        world.do(client.downloads.get_downloads)


def test_a_certificate_that_is_not_trusted_is_the_cause_of_the_error(
    world: World, secured: Secured
) -> None:
    client = world.client(**secured.origins.options(max_retries=0))
    with pytest.raises(APIConnectionError) as caught:
        world.do(client.downloads.get_downloads)
    cause = caught.value.__cause__
    assert type(cause) is ssl.SSLCertVerificationError
    assert str(cause.strerror) in str(caught.value)
    assert cause.__traceback__ is None
