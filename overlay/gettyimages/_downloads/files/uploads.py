"""Multipart uploads that a dead process has left in S3, where their parts stay and cost money.

obstore cannot list or abort them, but signs requests with the credentials that it has found. What
it signs is the endpoint of a store and a key after it, so the request stands in an endpoint whose
query goes on with a parameter that takes up the key: S3 ignores those that begin with `x-`.
"""

from __future__ import annotations

import contextlib
import html
import re
import typing
import urllib.request
from datetime import timedelta
from urllib.parse import quote

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

if typing.TYPE_CHECKING:
    from obstore.store import ObjectStore, S3Config

_SECONDS = 30
_MOST_BYTES = 4 * 1024 * 1024


def abort_uploads(store: ObjectStore, key: str) -> None:
    """Abort the uploads of an object that are not complete. What fails is left to the bucket.

    No other process of this journal uploads it meanwhile, as its name is locked.
    """
    if not isinstance(store, S3Store):
        return
    with contextlib.suppress(BaseError, OSError, ValueError):
        bucket = _signed(store, "GET", "k").partition("?")[0].removesuffix("/k")
        address = _signed(store, "GET", key).partition("?")[0]
        for upload in _listed(_sent(store, "GET", f"{bucket}?uploads=&prefix={_quoted(key)}"), key):
            _sent(store, "DELETE", f"{address}?uploadId={_quoted(upload)}")


def _listed(text: str, key: str) -> list[str]:
    """Return the ids of the uploads of a key in a response, whose order differs between servers."""
    found = list[str]()
    for upload in text.split("<Upload>")[1:]:
        of_key = re.search("<Key>(.*?)</Key>", upload, re.DOTALL)
        identifier = re.search("<UploadId>(.*?)</UploadId>", upload)
        if of_key and identifier and html.unescape(of_key[1]) == key:
            found.append(html.unescape(identifier[1]))
    return found


def _sent(store: S3Store, method: typing.Literal["GET", "DELETE"], url: str) -> str:
    """Send a request without a body, and return the text of the response."""
    endpoint = f"{url}&x-signed="
    config: S3Config = {**store.config, "endpoint": endpoint}
    signed = _signed(S3Store(config=config, virtual_hosted_style_request=True), method, "by")
    if not signed.startswith(endpoint):  # AWS_ENDPOINT_URL_S3 prevails: it is another request
        raise ValueError(f"a request to {url} cannot be signed")
    request = urllib.request.Request(signed, method=method)  # noqa: S310 - as the store's
    with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310 - likewise
        return str(response.read(_MOST_BYTES).decode())


def _signed(store: S3Store, method: typing.Literal["GET", "DELETE"], key: str) -> str:
    return obstore.sign(store, method, key, timedelta(seconds=_SECONDS))


def _quoted(text: str) -> str:
    return quote(text, safe="")
