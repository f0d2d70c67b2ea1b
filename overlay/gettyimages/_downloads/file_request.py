"""The operations that hand over a file, the keywords of their methods, and requests for one file.

An operation of another kind of asset is added by one more `FileOperation`.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from gettyimages_rest import types
from gettyimages_rest.api.downloads import request_image_download as _image
from gettyimages_rest.api.downloads import request_video_download as _video

from .._calls.arguments import (
    check_names,
    checked_request,
    invalid,
    plain_id,
    without_call_options,
)
from .._calls.request import check_headers
from .._errors import InvalidArgumentError
from .._link import DownloadLink
from .._settings import positive
from .options import BatchOptions, OpenLinkOptions, SaveOptions, SavingOptions, StrPath, separated


class FileOperation(typing.NamedTuple):
    """An operation that spends a download and hands over a file.

    Attributes:
        operation: The generated operation.
        build_request: Its generated `build_request`, which takes the id of the asset first.
        keywords: The keywords of its generated method.
    """

    operation: types.Operation[typing.Any]
    build_request: Callable[..., types.Request]
    keywords: type

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
        if call.get("auto_download") is None:  # its default is not the same for each operation
            call["auto_download"] = True
        request = checked_request(self.build_request, asset_id, **call)
        parameters = dict[str, str]()
        for name, value in parse_qsl(request.query, keep_blank_values=True):
            if name in self.operation.identifies_file:
                if not value or value.strip() != value or name in parameters:
                    expected = "one value that is not empty, without white space around it"
                    raise invalid(name, expected, given.get(name))
                parameters[name] = value.lower()
        return FileRequest(self.operation, request, asset_id, parameters, timeout, headers)

    def linking(
        self, method: str, asset_id: str | int, given: Mapping[str, typing.Any]
    ) -> FileRequest:
        """Return the request of a method that has no further keywords."""
        check_names(method, given, self.keywords)
        return self.request(asset_id, given)

    def saving(
        self, method: str, asset_id: str | int, directory: StrPath, given: Mapping[str, typing.Any]
    ) -> tuple[FileRequest, SaveOptions]:
        """Return the request of a method that saves one file, and how to save it."""
        own = (self.keywords, SavingOptions)
        options, sent = separated(method, given, *own, directory=directory)
        return self.request(asset_id, sent), options

    def opening(
        self, method: str, asset_id: str | int, given: Mapping[str, typing.Any]
    ) -> tuple[FileRequest, int]:
        """Return the request of a method that reads a file, and the most bytes it may have."""
        options, sent = separated(method, given, self.keywords, OpenLinkOptions)
        return self.request(asset_id, sent), options.max_file_size


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
    def kind(self) -> str:
        """The kind of the asset, as the path of the operation has it, such as `images`."""
        return self.operation.path.split("/")[-2]

    @property
    def key(self) -> str:
        """Identifies the file in a journal: the same string for the same request."""
        parts = {"operation": self.operation.name, "asset": self.asset_id, **self.parameters}
        return json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


IMAGE = FileOperation(_image.OPERATION, _image.build_request, _image.RequestImageDownloadOptions)


class SaveImageOptions(_image.RequestImageDownloadOptions, SavingOptions, total=False):
    """The keywords of `downloads.save_image`, where they are explained."""


class SaveImagesOptions(_image.RequestImageDownloadOptions, BatchOptions, total=False):
    """The keywords of `downloads.save_images`, where they are explained."""


class OpenImageOptions(_image.RequestImageDownloadOptions, OpenLinkOptions, total=False):
    """The keywords of `downloads.open_image`, where they are explained."""


VIDEO = FileOperation(_video.OPERATION, _video.build_request, _video.RequestVideoDownloadOptions)


class SaveVideoOptions(_video.RequestVideoDownloadOptions, SavingOptions, total=False):
    """The keywords of `downloads.save_video`, where they are explained."""


class SaveVideosOptions(_video.RequestVideoDownloadOptions, BatchOptions, total=False):
    """The keywords of `downloads.save_videos`, where they are explained."""


class OpenVideoOptions(_video.RequestVideoDownloadOptions, OpenLinkOptions, total=False):
    """The keywords of `downloads.open_video`, where they are explained."""


_OPERATIONS = (IMAGE, VIDEO)


def for_link(link: DownloadLink) -> FileRequest:
    """Return the request that a link was paid for with, to find its entry in a journal."""
    if not isinstance(link, DownloadLink):
        raise invalid("link", "a DownloadLink", link)
    for one in _OPERATIONS:
        if one.operation.name == link.operation:
            return one.request(link.asset_id, link.parameters)
    raise InvalidArgumentError(f"link: {link.operation} does not hand over a file")
