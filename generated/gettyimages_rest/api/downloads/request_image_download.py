"""Download an image.

Use this endpoint to generate download URLs and related data for images you are authorized
to download.

Most product offerings have enforced periodic download limits such as monthly, weekly, and
daily. When this operation executes, the count of allowed downloads is decremented by one
for the product offering. Once the download limit is reached for a given product offering,
no further downloads may be requested for that product offering until the next download
period.

The download limit for a given download period is covered in your product agreement
established with Getty Images.

You'll need an API key and a [Resource Owner Grant or Implicit
Grant](http://developers.gettyimages.com/en/authorization-faq.html) access token to use this
resource. Please see our [Getting
Started](http://developers.gettyimages.com/en/getting-started.html) page for more
information on how to sign up for an API key.

## Auto Downloads
The `auto_download` request query parameter specifies whether to automatically download the
image.

If the `auto_download` request query parameter is set to _true_, the API will return an HTTP
status code 303 *See Other*. Your client code will need to process this response and
redirect to the URI specified in the *Location* header to enable you to automatically
download the file. The redirection workflow follows the [HTTP 1.1
protocol](https://tools.ietf.org/html/rfc7231#section-6.4.4).

Client Request:

```
https://api.gettyimages.com/v3/downloads/images/[asset_id]?auto_download=true
```

Server Response:

```
HTTP/1.1 303 See Other
Location: https://delivery.gettyimages.com/...
```

If the `auto_download` request query parameter is set to false, the API will return a HTTP
status code 200, along with the URI in the response body which can be used to download the
image.

Client Request:

```
https://api.gettyimages.com/v3/downloads/images/[asset_id]?auto_download=false
```

Server Response:

```
HTTP/1.1 200 OK
{
    "uri": "https://delivery.gettyimages.com/..."
}
```

POST /v3/downloads/images/{id}

Source: downloads.yaml, /paths/~1v3~1downloads~1images~1{id}/post
"""

from __future__ import annotations

import collections.abc
import typing

from ... import _bodies, _decoding, _encoding, models, types


class RequestImageDownloadOptions(typing.TypedDict, total=False):
    """The keywords of `downloads.request_image_download`."""

    auto_download: bool | None
    file_type: str | None
    height: int | None
    product_id: int | None
    product_type: models.ProductType | None
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
    file_type: str | None = None,
    height: int | None = None,
    product_id: int | None = None,
    product_type: models.ProductType | None = None,
    use_team_credits: bool | None = None,
    accept_language: str | None = None,
    download_notes: str | types.Null | None = None,
    project_code: str | types.Null | None = None,
    extra_query: types.Query | None = None,
) -> types.Request:
    """Build the request of `downloads.request_image_download`, where the arguments are explained.

    Raises:
        ValueError: An argument is out of bounds or cannot be sent.
        TypeError: An argument has the wrong type.
    """
    return types.Request(
        method="POST",
        path="/v3/downloads/images/" + _encoding.path("id", _encoding.one("id", id)),
        query=_encoding.extended(
            _encoding.query(
                ("auto_download", _encoding.boolean("auto_download", auto_download), "form"),
                ("file_type", _encoding.one("file_type", file_type), "form"),
                ("height", _encoding.integer("height", height, (1, None)), "form"),
                ("product_id", _encoding.integer("product_id", product_id), "form"),
                ("product_type", _encoding.one("product_type", product_type), "form"),
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
    """Parse the response to `downloads.request_image_download`.

    Raises:
        DecodeError: The response is a success, but not what the documents specify.
        UnexpectedStatus: The response is not one of the successes.
    """
    if _decoding.is_redirect(response):
        return _decoding.redirect(response)
    _decoding.check_success(response)
    return _decoding.json(response, _decoding.model(models.DownloadUri))


OPERATION: typing.Final = types.Operation(
    name="downloads.request_image_download",
    method="POST",
    path="/v3/downloads/images/{id}",
    effect="spends",
    may_be_empty=False,
    returns_body=True,
    identifies_file=("file_type", "height", "product_id", "product_type"),
    security=({"ApiKey": "apiKey", "OAuth2": "oauth2"},),
    bounds={"height": (1, None)},
    parse_response=parse_response,
)
