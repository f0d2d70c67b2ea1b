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

from .._calls.arguments import checked_request, invalid, plain_id, without_call_options
from .._calls.request import check_headers
from .._errors import InvalidArgumentError
from .._link import DownloadLink
from .._settings import positive


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

    def request(self, asset_id: str | int, options: Mapping[str, typing.Any]) -> FileRequest:
        """Return the request for one file.

        Args:
            asset_id: Id of the asset.
            options: The keywords of the generated method, `timeout` and `headers` among them.

        Raises:
            InvalidArgumentError: The id or an identifying parameter cannot be right.
        """
        asset_id, given = plain_id(asset_id), dict(options)
        timeout, headers = given.get("timeout"), given.get("headers")
        if timeout is not None:
            positive("timeout", timeout)
        check_headers(headers)
        call = without_call_options(given)
        request = checked_request(self.build_request, asset_id, **call)
        parameters = dict[str, str]()
        for name, value in parse_qsl(request.query, keep_blank_values=True):
            if name in self.identifying:
                if not value or value.strip() != value or name in parameters:
                    expected = "one value that is not empty, without white space around it"
                    raise invalid(name, expected, given.get(name))
                parameters[name] = value.lower()
        return FileRequest(self.operation, request, asset_id, parameters, timeout, headers)


class FileRequest(typing.NamedTuple):
    """The request for one file."""

    operation: types.Operation[typing.Any]
    request: types.Request
    asset_id: str
    parameters: dict[str, str]
    """The identifying parameters as they are sent."""
    timeout: float | None = None
    headers: Mapping[str, str] | None = None

    @property
    def key(self) -> str:
        """Identifies the file in a journal: the same string for the same request."""
        parts = {"operation": self.operation.name, "asset": self.asset_id, **self.parameters}
        return json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


IMAGE = FileOperation(
    _image.OPERATION,
    _image.build_request,
    frozenset(("file_type", "height", "product_id", "product_type")),
)

_OPERATIONS = (IMAGE,)


def for_link(link: DownloadLink) -> FileRequest:
    """Return the request that a link was paid for with, to find its entry in a journal."""
    if not isinstance(link, DownloadLink):
        raise invalid("link", "a DownloadLink", link)
    for one in _OPERATIONS:
        if one.operation.name == link.operation:
            return one.request(link.asset_id, link.parameters)
    raise InvalidArgumentError(f"link: {link.operation} does not hand over a file")
