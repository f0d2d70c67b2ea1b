"""The operations that hand over a file, and requests for one file.

An operation of another kind of asset is added by one more `FileOperation`.
"""

from __future__ import annotations

import json
import re
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

_OTHER_FORM = re.compile(r"[+-].*|0[0-9].*|[0-9]+\.[0-9]*|[0-9.]+e.*", re.IGNORECASE | re.DOTALL)
"""A number in another form than the one in which numbers are sent."""


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
            InvalidArgumentError: The id or an identifying parameter cannot be right. What a server
                may take for another spelling of the same file would be paid for twice.
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
                is_padded, is_repeated = value.strip() != value, name in parameters
                if not value or is_padded or is_repeated or _OTHER_FORM.fullmatch(value):
                    raise InvalidArgumentError(
                        f"{name} must be one value, without white space around it, and a number"
                        f" must be digits alone, such as 100: found {given.get(name)!r}"
                    )
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
