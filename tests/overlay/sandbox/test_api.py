"""The sandbox as an API: credentials, operations, state, and requests that do not fit."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import pytest

from gettyimages.sandbox import Sandbox

from ..support.clocks import Clocks
from .support import Caller


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(channels={1: 5}) as running:
        yield running
    assert not running.problems


@pytest.fixture
def call(sandbox: Sandbox) -> Iterator[Caller]:
    caller = Caller(sandbox)
    with caller.http:
        yield caller


def test_every_grant_gives_a_token_that_the_api_takes(sandbox: Sandbox, call: Caller) -> None:
    response = call.password_token().json()
    assert response["expires_in"] == 1800
    again = call.token(grant_type="refresh_token", refresh_token=response["refresh_token"]).json()
    client = call.token(grant_type="client_credentials").json()
    assert "refresh_token" not in client
    for tokens in (response, again, client):
        headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        assert call("GET", "/v3/downloads", headers=headers).status_code == 200
    assert sandbox.token_grants == ("password", "refresh_token", "client_credentials")
    assert sandbox.token_requests == 3


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"grant_type": "client_credentials", "client_secret": "x"}, 401, "invalid_client"),
        ({"grant_type": "password", "username": "x", "password": "y"}, 400, "invalid_grant"),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, 400, "invalid_grant"),
        ({"grant_type": "magic"}, 400, "unsupported_grant_type"),
    ],
)
def test_wrong_credentials_get_no_token(
    call: Caller, form: dict[str, str], status: int, error: str
) -> None:
    response = call.token(**form)
    assert (response.status_code, response.json()["error"]) == (status, error)


def test_credentials_in_the_query_of_a_token_request_are_refused(
    sandbox: Sandbox, call: Caller
) -> None:
    url = sandbox.token_url + "?grant_type=client_credentials"
    assert call.http.post(url, data={"a": "b"}).status_code == 400


def test_the_lifetime_of_a_token_may_come_as_text_and_a_refresh_token_may_change(
    sandbox: Sandbox, call: Caller
) -> None:
    sandbox.expires_in_as_string = sandbox.rotate_refresh_tokens = True
    first = call.password_token().json()
    assert first["expires_in"] == "1800"
    second = call.token(grant_type="refresh_token", refresh_token=first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    used = call.token(grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert used.status_code == 400


def test_tokens_expire(sandbox: Sandbox, call: Caller) -> None:
    headers = call.headers()
    sandbox.advance(1799)
    assert call("GET", "/v3/downloads", headers=headers).status_code == 200
    sandbox.advance(2)
    response = call("GET", "/v3/downloads", headers=headers)
    assert (response.status_code, response.json()) == (401, {"message": "Unauthorized"})
    headers = call.headers()
    sandbox.expire_tokens()
    assert call("GET", "/v3/downloads", headers=headers).status_code == 401


def test_key_and_token_are_required(sandbox: Sandbox) -> None:
    url = sandbox.base_url + "/v3/downloads"
    key = {"Api-Key": sandbox.api_key}
    assert httpx.get(url).json() == {"message": "Unauthorized"}
    assert httpx.get(url, headers={"Api-Key": "x"}).status_code == 403
    missing = httpx.get(url, headers=key)
    assert missing.status_code == 401
    assert missing.json()["ErrorCode"] == "AuthorizationTokenRequired"


def test_tokens_without_a_user_may_be_refused(sandbox: Sandbox, call: Caller) -> None:
    sandbox.user_token_required = True
    headers = {"Authorization": f"Bearer {sandbox.issue_token(user=False)}"}
    assert call("GET", "/v3/downloads", headers=headers).json()["ErrorCode"] == "UserTokenRequired"
    assert call("GET", "/v3/downloads").status_code == 200


def test_registered_assets_are_remembered(sandbox: Sandbox, call: Caller) -> None:
    response = call("POST", "/v3/asset-registrations", json={"asset_ids": ["1", "2"]})
    assert (response.status_code, response.content) == (200, b"")
    assert sandbox.registered == ("1", "2")


def test_a_change_set_stays_until_it_is_confirmed(sandbox: Sandbox, call: Caller) -> None:
    def put(size: int) -> httpx.Response:
        return call("PUT", f"/v3/asset-changes/change-sets?channel_id=1&batch_size={size}")

    first = put(2).json()
    assert put(5).json() == first
    assert len(first["changed_assets"]) == 2
    path = f"/v3/asset-changes/change-sets/{first['change_set_id']}"
    assert sandbox.notification_count(1) == 5
    confirmed = call("DELETE", path)
    assert (confirmed.status_code, confirmed.content) == (200, b"")
    assert call("DELETE", path).status_code == 404
    assert sandbox.notification_count(1) == 3
    assert sandbox.confirmed == tuple(item["id"] for item in first["changed_assets"])
    second = put(10).json()
    assert len(second["changed_assets"]) == 3
    call("DELETE", f"/v3/asset-changes/change-sets/{second['change_set_id']}")
    empty = put(10)
    assert (empty.status_code, empty.content) == (200, b"")
    assert call("PUT", "/v3/asset-changes/change-sets?channel_id=2").status_code == 404


def test_channels_are_listed_and_made(sandbox: Sandbox, call: Caller) -> None:
    ids = sandbox.add_notifications(7, 3)
    sandbox.change_set_status, sandbox.numeric_change_set_ids = 201, True
    channels = call("GET", "/v3/asset-changes/channels").json()
    assert [(item["ChannelId"], item["NotificationCount"]) for item in channels] == [(1, 5), (7, 3)]
    response = call("PUT", "/v3/asset-changes/change-sets?channel_id=7")
    assert response.status_code == 201
    assert isinstance(response.json()["change_set_id"], int)
    assert [item["id"] for item in response.json()["changed_assets"]] == list(ids)


def test_downloads_are_counted_until_the_allowance_is_used_up(
    sandbox: Sandbox, call: Caller
) -> None:
    sandbox.allowance = 2
    path = "/v3/downloads/images/1167612765"
    assert call("POST", path).status_code == 303
    assert call("POST", path, params={"auto_download": "false"}).status_code == 200
    refused = call("POST", path)
    assert (refused.status_code, refused.json()["ErrorCode"]) == (403, "OverageLimitReached")
    assert (sandbox.downloads_used, sandbox.download_counts) == (2, {"1167612765": 2})


def test_a_missing_or_unlicensed_image_is_refused_and_not_counted(
    sandbox: Sandbox, call: Caller
) -> None:
    sandbox.missing, sandbox.unlicensed = {"5"}, {"6"}
    wanted = {"5": 404, "abc": 404, "6": 403, "7%2F8": 404}
    for asset_id, status in wanted.items():
        assert call("POST", f"/v3/downloads/images/{asset_id}").status_code == status
    assert sandbox.downloads_used == 0


def test_the_history_lists_downloads_after_the_lag(sandbox: Sandbox, call: Caller) -> None:
    sandbox.history_lag = 60
    details = {"download_notes": "cover", "project_code": "P1"}
    call("POST", "/v3/downloads/images/8", params={"product_type": "imagepack"}, json=details)
    assert call("GET", "/v3/downloads").json() == {"result_count": 0, "downloads": []}
    sandbox.advance(61)
    [record] = call("GET", "/v3/downloads").json()["downloads"]
    assert (record["id"], record["product_type"]) == ("8", "imagepack")
    assert record["download_details"] == details


def test_the_history_is_filtered_and_paged(sandbox: Sandbox, call: Caller) -> None:
    start = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for day in range(10):
        sandbox.add_history(str(day), date=start + timedelta(days=day))
    sandbox.add_history("99", date=start, username="colleague", product_type="creditpack")

    def ids(**query: str) -> list[str]:
        page = call("GET", "/v3/downloads", params={"start_date": "2026-03-01", **query}).json()
        return [item["id"] for item in page["downloads"]]

    assert ids() == [str(day) for day in reversed(range(10))]
    assert ids(page="2", page_size="4") == ["5", "4", "3", "2"]
    assert ids(page="4", page_size="4") == []
    assert ids(start_date="2026-03-03", end_date="2026-03-04") == ["3", "2"]
    assert ids(start_date="2026-03-03T13:00:00Z", end_date="2026-03-04T12:00:00Z") == ["3"]
    assert ids(company_downloads="true", product_type="creditpack") == ["99"]
    assert ids(product_type="creditpack") == []


def history(call: Caller, **query: str) -> list[str]:
    response = call("GET", "/v3/downloads", params=query)
    assert response.status_code == 200, response.text
    return [item["id"] for item in response.json()["downloads"]]


@pytest.mark.parametrize("known", ["both", "old", "new", "strict-old", "strict-new"])
def test_the_history_knows_its_dates_by_their_old_or_new_names(
    sandbox: Sandbox, call: Caller, known: typing.Any
) -> None:
    sandbox.history_dates = known
    now = datetime.now(UTC)
    for age in (5, 25, 35, 65):
        sandbox.add_history(str(age), date=now - timedelta(days=age))
    last_30_days = ["5", "25"]
    assert history(call) == last_30_days
    old, new = (known == "both" or known.endswith(each) for each in ("old", "new"))
    start, end = (f"{now - timedelta(days=age):%Y-%m-%d}" for age in (40, 20))
    for names, is_known in ((("start_date", "end_date"), old), (("date_from", "date_to"), new)):
        query = dict(zip(names, (start, end), strict=True))
        if not is_known and known.startswith("strict"):
            response = call("GET", "/v3/downloads", params=query)
            assert response.status_code == 400
            assert names[0] in response.json()["ErrorMessage"]
        else:
            assert history(call, **query) == (["25", "35"] if is_known else last_30_days)


def test_a_history_that_knows_both_names_lists_what_is_within_both(
    sandbox: Sandbox, call: Caller
) -> None:
    for day in (1, 3, 5):
        sandbox.add_history(str(day), date=datetime(2026, 3, day, 12, tzinfo=UTC))
    both = {"start_date": "2026-03-02", "date_from": "2026-03-01"}
    assert history(call, **both) == ["5", "3"]
    assert history(call, **both, end_date="2026-03-05", date_to="2026-03-04") == ["3"]


def test_the_new_dates_of_the_history_are_days_unless_their_times_count(
    sandbox: Sandbox, call: Caller
) -> None:
    for hour in (1, 12, 23):
        sandbox.add_history(str(hour), date=datetime(2026, 3, 1, hour, tzinfo=UTC))
    dates = {"date_from": "2026-03-01T11:00:00Z", "date_to": "2026-03-01T13:00:00Z"}
    assert history(call, **dates) == ["23", "12", "1"]
    assert history(call, **dates, use_time="false") == ["23", "12", "1"]
    assert history(call, **dates, use_time="true") == ["12"]


def test_a_window_of_the_history_with_one_new_date_lasts_30_days(
    sandbox: Sandbox, call: Caller
) -> None:
    start = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for day in (0, 29, 31):
        sandbox.add_history(str(day), date=start + timedelta(days=day))
    assert history(call, date_from="2026-03-01") == ["29", "0"]
    assert history(call, date_to="2026-04-01") == ["31", "29"]
    assert history(call, date_from="9999-12-31") == []
    assert history(call, date_to="0001-01-01") == []


def test_the_sandbox_has_one_clock_that_only_advance_moves(
    sandbox: Sandbox, call: Caller, clocks: Clocks
) -> None:
    def dates() -> list[datetime]:
        call("POST", "/v3/downloads/images/1")
        response = call("GET", "/v3/downloads")
        record = response.json()["downloads"][0]["date_downloaded"]
        header = parsedate_to_datetime(response.headers["date"])
        assert abs(header - datetime.fromisoformat(record)) < timedelta(minutes=1)
        return [header, datetime.fromisoformat(record)]

    before = min(dates())
    clocks.advance(25 * 3600)
    clocks.set_time_of_day(0)
    assert max(dates()) - before < timedelta(hours=1)
    sandbox.advance(2 * 3600)
    assert min(dates()) - before >= timedelta(hours=2)
    sandbox.advance(-9 * 3600)
    assert max(dates()) - before < timedelta(hours=-1)


@pytest.mark.parametrize(
    ("method", "path", "message"),
    [
        ("GET", "/v3/downloads?pagesize=3", "'pagesize' is unknown"),
        ("GET", "/v3/downloads?page_size=101", "greater than the maximum of 100"),
        ("GET", "/v3/downloads?page=x", "not of type 'integer'"),
        ("GET", "/v3/downloads?page=1&page=2", "given 2 times"),
        ("GET", "/v3/downloads?company_downloads=yes", "not of type 'boolean'"),
        ("GET", "/v3/downloads?start_date=2026-02-30", "start_date"),
        ("GET", "/v3/downloads?start_date=2026-02-02&end_date=2026-02-01", "after end_date"),
        ("GET", "/v3/downloads?date_from=2026-02-02&date_to=2026-02-01", "(date_to)"),
        ("GET", "/v3/downloads?date_from=2026-02-30", "date_from"),
        ("GET", "/v3/downloads?product_type=gold", "not one of"),
        ("PUT", "/v3/asset-changes/change-sets", "missing: channel_id"),
        ("PUT", "/v3/asset-changes/change-sets?channel_id=one", "channel_id"),
        ("PUT", "/v3/asset-changes/change-sets?channel_id=1&batch_size=0", "minimum"),
        ("POST", "/v3/asset-registrations", "the body is missing"),
        ("POST", "/v3/downloads/images/1?height=tall", "height"),
    ],
)
def test_a_query_that_does_not_fit_the_spec_is_refused(
    call: Caller, method: str, path: str, message: str
) -> None:
    response = call(method, path)
    assert response.status_code == 400
    assert message in response.json()["ErrorMessage"]


@pytest.mark.parametrize(
    ("content", "content_type", "message"),
    [
        (b"{", "application/json", "no JSON"),
        (b"[]", "application/json", "not of type 'object'"),
        (b"{}", "application/json", "'asset_ids' is a required property"),
        (b'{"asset_ids": "1"}', "application/json", "body.asset_ids: '1' is not of type 'array'"),
        (b'{"asset_ids": ["1", 2]}', "application/json; charset=utf-8", "body.asset_ids[1]"),
        (b'{"asset_ids": []}', "text/plain", "expected application/json"),
    ],
)
def test_a_body_that_does_not_fit_the_spec_is_refused(
    sandbox: Sandbox, call: Caller, content: bytes, content_type: str, message: str
) -> None:
    headers = {"Content-Type": content_type}
    response = call("POST", "/v3/asset-registrations", content=content, headers=headers)
    assert response.status_code == 400
    assert message in response.json()["ErrorMessage"]
    assert sandbox.registered == ()


def test_unknown_paths_and_methods_are_refused(call: Caller) -> None:
    assert call("GET", "/v3/elsewhere").json()["ErrorCode"] == "ResourceNotFound"
    response = call("POST", "/v3/downloads")
    assert (response.status_code, response.headers["allow"]) == (405, "GET")
    assert call("GET", "/v3/asset-registrations", content=b"x").status_code == 405


def test_an_undeclared_body_is_refused(call: Caller) -> None:
    assert call("GET", "/v3/downloads", content=b"x").status_code == 400


def test_queries_per_second_are_limited_across_api_and_token_endpoint(
    sandbox: Sandbox, call: Caller
) -> None:
    sandbox.max_queries_per_second = 2
    assert call.token(grant_type="client_credentials").status_code == 200
    assert call("GET", "/v3/downloads").status_code == 200
    response = call("GET", "/v3/downloads")
    assert response.status_code == 429
    assert response.headers["x-error-detail"] == "Account Over Queries Per Second Limit"
    assert "retry-after" not in response.headers


SPEC: dict[str, object] = {
    "openapi": "3.1.0",
    "info": {"title": "t", "version": "1"},
    "components": {
        "schemas": {
            "Board": {
                "type": "object",
                "properties": {
                    "id": {"type": "integer"},
                    "made": {"type": ["string", "null"], "format": "date-time"},
                    "kind": {"enum": ["open", "closed"]},
                    "parent": {"$ref": "#/components/schemas/Board"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
            }
        }
    },
    "paths": {
        "/v3/boards/{board~id}": {
            "parameters": [
                {"name": "board~id", "in": "path", "required": True, "schema": {"type": "integer"}}
            ],
            "get": {
                "parameters": [
                    {
                        "name": "fields",
                        "in": "query",
                        "explode": False,
                        "schema": {"type": "array", "items": {"type": "integer"}},
                    }
                ],
                "responses": {
                    "200": {
                        "description": "",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Board"}}
                        },
                    }
                },
            },
            "delete": {"operationId": "drop", "responses": {"204": {"description": ""}}},
        },
        "/v3/boards/special": {
            "get": {
                "responses": {
                    "200": {
                        "description": "",
                        "content": {"application/json": {"example": {"a": [1]}}},
                    }
                }
            }
        },
    },
}


def test_a_number_has_to_fit_its_format(call: Caller) -> None:
    path = "/v3/search/images?page_size="
    assert call("GET", f"{path}{2**31 - 1}").status_code == 200
    assert call("GET", f"{path}{2**31}").status_code == 400
    assert call("GET", f"{path}{'9' * 5000}").status_code == 400


def test_an_array_and_a_file_may_be_empty(call: Caller) -> None:
    assert call("GET", "/v3/search/images?fields=").status_code == 200
    assert call("GET", "/v3/search/images?fields=id,").status_code == 400
    path, jpeg = "/v3/search/by-image/uploads/a.jpg", {"Content-Type": "image/jpeg"}
    assert call("PUT", path, headers=jpeg, content=b"").status_code == 200
    assert call("PUT", path, content=b"").status_code == 400


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (True, None),
        ({"type": "array", "items": True}, [None]),
        ({"type": "array", "items": {"type": "string"}, "maxItems": 0}, []),
        ({"type": "integer", "minimum": -5, "maximum": -1}, -1),
        ({"type": "integer", "minimum": 0, "exclusiveMaximum": 1}, 0),
        ({"allOf": [{"properties": {"a": {"type": "integer"}}}, {"required": ["a"]}]}, {"a": 1}),
    ],
)
def test_a_sample_fits_its_schema(schema: object, expected: object) -> None:
    content = {"application/json": {"schema": {"type": "object", "properties": {"v": schema}}}}
    get = {"responses": {"200": {"description": "", "content": content}}}
    with Sandbox(spec={**SPEC, "paths": {"/v3/x": {"get": get}}}) as sandbox:
        call = Caller(sandbox)
        with call.http:
            assert call("GET", "/v3/x").json() == {"v": expected}


NUMBERS = {"type": "array", "items": {"type": "integer"}}


@pytest.mark.parametrize(
    ("parameter", "fits", "odd"),
    [
        ({"style": "pipeDelimited", "explode": False, "schema": NUMBERS}, "1|2", "1,2"),
        ({"style": "spaceDelimited", "explode": False, "schema": NUMBERS}, "1 2", "1|2"),
        ({"content": {"application/json": {"schema": NUMBERS}}}, "[1, 2]", "1,2"),
    ],
)
def test_a_query_is_read_in_the_style_of_its_parameter(
    parameter: dict[str, object], fits: str, odd: str
) -> None:
    get = {"parameters": [{"name": "p", "in": "query", **parameter}], "responses": {"204": {}}}
    with Sandbox(spec={**SPEC, "paths": {"/v3/x": {"get": get}}}) as sandbox:
        call = Caller(sandbox)
        with call.http:
            assert call("GET", "/v3/x", params={"p": fits}).status_code == 204
            assert call("GET", "/v3/x", params={"p": odd}).status_code == 400


def test_operations_without_a_handler_get_a_sample_response_from_the_spec() -> None:
    with Sandbox(spec=SPEC) as sandbox:
        call = Caller(sandbox)
        with call.http:
            board = call("GET", "/v3/boards/5?fields=1,2").json()
            assert (board["id"], board["kind"], board["tags"]) == (1, "open", ["text"])
            assert datetime.fromisoformat(board["made"])
            assert board["parent"]["id"] == 1
            assert call("GET", "/v3/boards/five").status_code == 400
            assert call("GET", "/v3/boards/5?fields=1,x").status_code == 400
            assert call("DELETE", "/v3/boards/5").status_code == 204
            assert call("GET", "/v3/boards/special").json() == {"a": [1]}
            assert call("GET", "/v3/downloads").status_code == 404
        assert not sandbox.problems
