"""The operations that hand over a file, and requests for one file.

An operation of another kind of asset is added by one more `FileOperation`.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from gettyimages_rest import types
from gettyimages_rest.api.downloads import request_image_download as _image

from .._errors import GettyImagesError

if typing.TYPE_CHECKING:
    from .._link import DownloadLink


class FileOperation(typing.NamedTuple):
    """An operation that spends a download and hands over a file.

    Attributes:
        operation: The generated operation.
        build_request: Its generated `build_request`, which takes the id of the asset first.
        identifying: The query parameters that make another file of the same asset.
    """

    operation: types.Operation[typing.Any]
    build_request: Callable[..., types.Request]
    identifying: frozenset[str]

    def request(self, asset_id: str, options: Mapping[str, typing.Any]) -> FileRequest:
        """Return the request for one file.

        Args:
            asset_id: Id of the asset.
            options: The keywords of the generated method, `timeout` and `headers` among them.

        Raises:
            GettyImagesError: The id is empty, or is not a string.
        """
        if not isinstance(asset_id, str) or asset_id.strip() in ("", ".", ".."):
            raise GettyImagesError(f"an id must be a string that is not empty, found {asset_id!r}")
        given = dict(options)
        timeout, headers = given.pop("timeout", None), given.pop("headers", None)
        request = self.build_request(asset_id, **given)
        sent = sorted(parse_qsl(request.query))
        parameters = {name: value.lower() for name, value in sent if name in self.identifying}
        return FileRequest(self.operation, request, asset_id, parameters, timeout, headers)


class FileRequest(typing.NamedTuple):
    """The request for one file."""

    operation: types.Operation[typing.Any]
    request: types.Request
    asset_id: str
    parameters: Mapping[str, str]
    """The identifying parameters as they are sent."""
    timeout: float | None = None
    headers: Mapping[str, str] | None = None

    @property
    def key(self) -> str:
        """Identifies the file in a journal: the same string for the same request."""
        parts = {"operation": self.operation.name, "asset": self.asset_id, **self.parameters}
        return json.dumps(parts, sort_keys=True, separators=(",", ":"))


IMAGE = FileOperation(
    _image.OPERATION,
    _image.build_request,
    frozenset(("file_type", "height", "product_id", "product_type")),
)

_OPERATIONS = (IMAGE,)


def for_link(link: DownloadLink) -> FileRequest:
    """Return the request that a link was paid for with, to find its entry in a journal."""
    for one in _OPERATIONS:
        if one.operation.name == link.operation:
            request = one.build_request(link.asset_id)
            return FileRequest(one.operation, request, link.asset_id, link.parameters)
    raise GettyImagesError(f"{link.operation} does not hand over a file")
