"""Download a video.

Hands over the address of the file of a video. Each execution uses up one download of the
product that is charged.

POST /v3/downloads/videos/{id}

Source: present-day.yaml, /paths/~1v3~1downloads~1videos~1{id}/post
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _bodies, _decoding, _encoding, models, types


class RequestVideoDownloadOptions(typing.TypedDict, total=False):
    """The keywords of `downloads.request_video_download`."""

    auto_download: bool | None
    product_id: int | None
    product_type: models.ProductType | None
    size: str | None
    use_team_credits: bool | None
    accept_language: str | None
    download_notes: str | types.Null | None
    project_code: str | types.Null | None
    extra_query: types.Query | None
    timeout: float | None
    headers: collections.abc.Mapping[str, str] | None


def build_request(
    id: str,
    *,
    auto_download: bool | None = None,
    product_id: int | None = None,
    product_type: models.ProductType | None = None,
    size: str | None = None,
    use_team_credits: bool | None = None,
    accept_language: str | None = None,
    download_notes: str | types.Null | None = None,
    project_code: str | types.Null | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `downloads.request_video_download`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="POST",
        path="/v3/downloads/videos/" + _encoding.path("id", _encoding.one("id", id)),
        query=_encoding.extended(
            _encoding.query(
                ("auto_download", _encoding.boolean("auto_download", auto_download), "form"),
                ("product_id", _encoding.integer("product_id", product_id), "form"),
                ("product_type", _encoding.one("product_type", product_type), "form"),
                ("size", _encoding.one("size", size), "form"),
                (
                    "use_team_credits",
                    _encoding.boolean("use_team_credits", use_team_credits),
                    "form",
                ),
            ),
            extra_query,
        ),
        headers=_encoding.headers(
            ("Accept", "application/json", "simple"), ("Accept-Language", accept_language, "simple")
        ),
        body=_bodies.json_properties(
            {
                "download_notes": download_notes
                if download_notes is types.NULL
                else _encoding.one("download_notes", download_notes),
                "project_code": project_code
                if project_code is types.NULL
                else _encoding.one("project_code", project_code),
            },
            "application/json",
            required=False,
        ),
    )


def parse_response(response: types.Response) -> models.DownloadUri | types.Redirect:
    """Parse the response to `downloads.request_video_download`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    if _decoding.is_redirect(response):
        return _decoding.redirect(response)
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.DownloadUri))


OPERATION: typing.Final = types.Operation(
    name="downloads.request_video_download",
    method="POST",
    path="/v3/downloads/videos/{id}",
    effect="spends",
    may_be_empty=False,
    returns_body=True,
    identifies_file=("product_id", "product_type", "size"),
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={},
    parse_response=parse_response,
)
