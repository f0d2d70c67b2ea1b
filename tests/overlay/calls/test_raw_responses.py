"""The response of a typed call, and what it offers."""

from __future__ import annotations

import pytest

from gettyimages import GettyImagesError, InvalidArgumentError, NotFoundError, RawResponse

from ..support.servers import MARK, Reply
from ..support.serving import Served

PAGE = {"result_count": 0, "downloads": []}


def test_a_typed_call_returns_its_response_too(served: Served) -> None:
    served.respond(Reply(200, PAGE, headers={"X-Request-Id": "r1"}))
    client = served.client
    page, response = served.world.do(
        client.with_response, client.downloads.get_downloads, page=2, headers={"X-Mine": "1"}
    )
    assert page.result_count == 0
    assert (response.status_code, response.json()) == (200, PAGE)
    assert response.request_id == "r1"
    assert served.parameters("page") == ["2"]
    assert served.requests[0].header("x-mine") == "1"


def test_positional_arguments_and_inherited_methods_are_passed_on(served: Served) -> None:
    client = served.client
    served.respond(Reply(303, headers={"Location": f"https://delivery.example/?s={MARK}"}), {})
    redirect, response = served.world.do(
        client.with_response, client.downloads.request_image_download, "77", height=5
    )
    assert (redirect.status_code, response.status_code) == (303, 303)
    nothing, response = served.world.do(
        client.with_response, client.asset_registrations.register, asset_ids=["1"]
    )
    assert (nothing, response.json()) == (None, {})
    assert served.called[0] == "POST /v3/downloads/images/77"


def test_errors_are_those_of_the_method(served: Served) -> None:
    client = served.client
    served.respond(404)
    with pytest.raises(NotFoundError):
        served.world.do(client.with_response, client.downloads.get_downloads)
    with pytest.raises(InvalidArgumentError, match="page must be at least 1"):
        served.world.do(client.with_response, client.downloads.get_downloads, page=0)
    assert len(served.requests) == 1


def test_only_methods_of_this_client_that_send_one_request_are_accepted(served: Served) -> None:
    client = served.client
    for method in (
        client.downloads.save_image,
        client.downloads.history,
        client.search.iter_creative_images,
        client.asset_registrations.register_all,
        served.make().downloads.get_downloads,
        client.request,
        print,
        5,
    ):
        with pytest.raises(InvalidArgumentError, match="method must be one of this client"):
            served.world.do(client.with_response, method)
    assert not served.requests


def test_a_variant_calls_with_its_own_options(served: Served) -> None:
    served.respond(PAGE)
    variant = served.client.with_options(app_name="Mine")
    _, response = served.world.do(variant.with_response, variant.downloads.get_downloads)
    assert (served.requests[0].header("user-agent") or "").startswith("Mine ")
    assert response.operation == "downloads.get_downloads"


@pytest.mark.parametrize(
    ("content", "content_type", "text"),
    [
        (b"\xc3\xbc", None, "ü"),
        (b"\xc3\xbc", "text/plain", "ü"),
        (b"\xfc", "text/plain; charset=iso-8859-1", "ü"),
        (b"\xfc", 'text/plain; charset="latin-1"', "ü"),
        (b"\xfc", "text/plain", "\ufffd"),
        (b"\xc3\xbc", "text/plain; charset=nonsense", "ü"),
        (b"", None, ""),
    ],
)
def test_the_text_of_a_response_is_decoded_by_its_charset(
    served: Served, content: bytes, content_type: str | None, text: str
) -> None:
    served.respond(Reply(200, content, content_type=content_type))
    response = served.world.do(served.client.request, "GET", "/v3/x")
    assert response.text == text


@pytest.mark.parametrize("body", [b"", b"<html>" + MARK.encode(), b"[" * 100_000])
def test_a_body_that_is_not_json_is_a_value_error_that_does_not_show_it(
    served: Served, body: bytes
) -> None:
    served.respond(Reply(200, body))
    response: RawResponse = served.world.do(served.client.request, "GET", "/v3/x")
    with pytest.raises(ValueError, match="GET /v3/x: the body of the response is not JSON") as no:
        response.json()
    assert MARK not in repr(vars(no.value))
    assert not isinstance(no.value, GettyImagesError)
