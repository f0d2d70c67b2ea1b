"""The errors of this package.

GettyImagesError
├── InvalidArgumentError              an argument cannot be right; nothing was sent
├── CredentialsError                  credentials are missing, contradictory or refused
├── APIConnectionError                no response arrived
│   └── APITimeoutError               the call took too long
├── APIError                          the API responded, but not with a success
│   ├── BadRequestError               400
│   ├── AuthenticationError           401
│   ├── PermissionDeniedError         403
│   ├── NotFoundError                 404
│   ├── RateLimitError                429
│   └── ServerError                   500 and above
├── ResponseDecodeError               the call succeeded, but its response cannot be read
├── RegistrationError                 registering a number of assets failed
├── ChangeSetError                    a change set is requested out of turn, or arrives again
├── OutcomeUnknownError               it is not known whether something was paid for
│   └── DownloadOutcomeUnknownError   that is a download: see below
└── DownloadError                     a download failed
    ├── DownloadOutcomeUnknownError   it is not known whether a download was used up
    ├── LinkLostError                 paid for, but the link is lost or has expired
    ├── TransferError                 the file could not be fetched; its link is kept
    ├── ContentError                  the delivery host sent something other than the file
    ├── FileError                     the file could not be written; its link is kept
    │   └── FileConflictError         the file name is taken
    ├── JournalError                  the journal cannot be read or written
    └── DownloadInProgressError       another call or process is saving the same file
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from ._response import DownloadLink, RawResponse


class GettyImagesError(Exception):
    """The base class of all errors of this package.

    Errors can be pickled: a response travels without its headers and body, and a link not at all.
    Some task queues make an error anew as `type(error)(*error.args)`, which is possible too.
    """

    def __init__(self, *args: object, **attributes: object) -> None:
        """Take the text, and values of the attributes that the class declares."""
        super().__init__(*args)
        vars(self).update(attributes)

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""

    def __reduce__(self) -> tuple[object, ...]:
        state = {name: None if name == "link" else value for name, value in vars(self).items()}
        return type(self).__new__, (type(self), *self.args), state


class InvalidArgumentError(GettyImagesError, ValueError, TypeError):
    """An argument has the wrong type, is out of bounds, or cannot be sent. Nothing was sent."""


class CredentialsError(GettyImagesError):
    """Credentials are missing, contradict each other, or the token endpoint refuses them."""


class APIConnectionError(GettyImagesError):
    """No response arrived.

    Attributes:
        may_have_executed: Whether the call may have been carried out all the same.
    """

    may_have_executed: bool = True


class APITimeoutError(APIConnectionError):
    """One step of the call, or the call as a whole, took too long."""


class APIError(GettyImagesError):
    """The API responded, but not with a success.

    Attributes:
        operation: The operation that was called, such as `downloads.get_downloads`.
        status_code: The status code of the response.
        code: The API's own code for the error, such as `ImageNotFound`; None if it sent none.
        message: The API's description of the error; empty if it sent none.
        request_id: The id of the request, for the API's support; None if the server sent none.
        response: The response.
    """

    def __init__(
        self,
        text: str,
        operation: str = "",
        status_code: int = 0,
        code: str | None = None,
        message: str = "",
        request_id: str | None = None,
        *,
        response: RawResponse | None = None,
    ) -> None:
        super().__init__(text, operation, status_code, code, message, request_id)
        self.operation = operation
        self.status_code = status_code
        self.code = code
        self.message = message
        self.request_id = request_id
        self.response = response or RawResponse(status_code, {}, b"")


class BadRequestError(APIError):
    """Status 400: an argument is missing, malformed or out of bounds."""


class AuthenticationError(APIError):
    """Status 401: the API key is missing, or the access token is missing, expired or unknown."""


class PermissionDeniedError(APIError):
    """Status 403: the API key is unknown, or the account may not do this or has reached a limit."""


class NotFoundError(APIError):
    """Status 404: the API does not know what was asked for."""


class RateLimitError(APIError):
    """Status 429: the account is over its limit of requests per second, even after waiting."""


class ServerError(APIError):
    """Status 500 and above: the API failed."""


BY_STATUS_CODE: dict[int, type[APIError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    429: RateLimitError,
}


class ResponseDecodeError(GettyImagesError):
    """The call succeeded, but its response cannot be read.

    Attributes:
        operation: The operation that was called.
        response: The response.
    """

    operation: str = ""
    response: RawResponse = RawResponse(200, {}, b"")


class RegistrationError(GettyImagesError):
    """A batch of registrations failed, or the iterable of ids did. `__cause__` has the reason.

    Attributes:
        batch: The number of the batch that failed, or else of the last one, counted from 1.
        registered: How many ids were registered.
        registered_ids: These ids.
        failed: The ids of the batch that failed; they may be registered. No later batch was sent.
        taken: The ids that were taken from the iterable, and not sent.
    """

    def __init__(
        self,
        batch: int,
        registered_ids: Sequence[str] = (),
        failed: Sequence[str] = (),
        taken: Sequence[str] = (),
        cause: Exception | str = "",
    ) -> None:
        reason = cause if isinstance(cause, str) else f"{type(cause).__name__}: {cause}"
        super().__init__(batch, list(registered_ids), list(failed), list(taken), reason)
        self.batch = batch
        self.registered = len(registered_ids)
        self.registered_ids = list(registered_ids)
        self.failed = list(failed)
        self.taken = list(taken)

    def __str__(self) -> str:
        what, failed = "the iterable of ids failed", self.failed
        if failed:
            ids = f"{len(failed)} ids from {failed[0]!r} to {failed[-1]!r}"
            what = f"batch {self.batch} failed, with {ids}"
        return (
            f"{what}; {self.registered} ids were registered before it, {len(self.taken)} were taken"
            f" and not sent: {self.args[-1]}"
        )


class ChangeSetError(GettyImagesError):
    """A change set is requested before the one before it is confirmed, or arrives again."""


class OutcomeUnknownError(GettyImagesError):
    """A request that is paid for may or may not have been carried out.

    It was not repeated, as that could be paid for twice.

    Attributes:
        since: When the request was sent, in UTC.
        operation: The operation that was called.
        path: The path of the request, which names the asset.
        response: The response, if there was one (status 500 and above).
    """

    since: datetime.datetime = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
    operation: str = ""
    path: str = ""
    response: RawResponse | None = None


class DownloadError(GettyImagesError):
    """A download failed."""


class DownloadOutcomeUnknownError(OutcomeUnknownError, DownloadError):
    """A request that uses up a download may or may not have been carried out.

    It was not repeated. The download history from `since` on shows whether it was carried out.

    Attributes:
        from_earlier_request: Whether an earlier call or run sent it, and this one sent none.
    """

    from_earlier_request: bool = False


class LinkLostError(DownloadError):
    """A file was paid for, but its link is lost or has expired.

    Only another download brings the file: `allow_repurchase=True` pays for one.

    Attributes:
        path: The whole file, if the API sent that to `request_link` instead of a link.
    """

    path: Path | None = None


class TransferError(DownloadError):
    """A file could not be fetched. It is paid for, and the next call uses the same link.

    Attributes:
        link_valid_until: When the link expires, in UTC, if the delivery host refused it.
    """

    link_valid_until: datetime.datetime | None = None


class ContentError(DownloadError):
    """The delivery host sent something other than the file. It was not saved."""


class FileError(DownloadError):
    """A file could not be written. It is paid for, and the next call uses the same link."""


class FileConflictError(FileError):
    """The name of a file is taken."""


class JournalError(DownloadError):
    """The journal of a directory cannot be read or written.

    Attributes:
        link: The link to a file that was paid for and not saved, if the journal does not have it:
            keep it. None if nothing is lost. It is left out when the error is pickled.
    """

    link: DownloadLink | None = None


class DownloadInProgressError(DownloadError):
    """Another call or another process is saving the same file."""
