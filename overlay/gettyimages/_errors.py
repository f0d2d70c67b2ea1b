"""What goes wrong when calling the API.

GettyImagesError
├── CredentialsError              credentials are missing, contradict each other or are refused
├── APIConnectionError            no answer came
│   └── APITimeoutError           it took too long
├── APIError                      the API answered, but not with a success
│   ├── BadRequestError           400
│   ├── AuthenticationError       401
│   ├── PermissionDeniedError     403
│   ├── NotFoundError             404
│   ├── RateLimitError            429
│   └── ServerError               500 and above
├── ResponseDecodeError           the call succeeded, but its answer cannot be read
├── RegistrationError             a batch of registrations failed
├── ChangeSetError                change sets are taken out of turn, or come again
└── DownloadError                 a download failed
    ├── DownloadOutcomeUnknown    nobody can say yet whether a download was used up
    ├── UnsettledError            so it is with an earlier run's request
    ├── StrandedError             paid for, but the link is lost or has expired
    ├── TransferError             the file could not be fetched; its link is kept
    ├── ContentError              what came is not what was announced
    ├── FileError                 the file could not be written; its link is kept
    │   └── FileConflictError     its name is taken
    ├── JournalError              the journal cannot be read or written
    └── DownloadInProgressError   another process is at it
"""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from ._downloads.redirect import DownloadLink
    from ._response import RawResponse


class GettyImagesError(Exception):
    """The root of all errors of this package."""

    def __reduce__(self) -> tuple[object, ...]:
        """Errors travel between processes, answers do not: only their status goes along."""
        return _restored, (type(self), self.args, vars(self))


class CredentialsError(GettyImagesError):
    """Credentials are missing, contradict each other or are refused by the token endpoint."""


class APIConnectionError(GettyImagesError):
    """No answer came.

    Attributes:
        doubtful: Whether the call may have been carried out all the same.
    """

    def __init__(self, text: str, *, doubtful: bool = True) -> None:
        super().__init__(text)
        self.doubtful = doubtful


class APITimeoutError(APIConnectionError):
    """It took too long: a step of the exchange, or the call as a whole."""


class APIError(GettyImagesError):
    """The API answered, but not with a success.

    Attributes:
        operation: The operation that was called, e.g. `downloads.get_downloads`.
        status: The status code of the answer.
        code: The API's own code for the error, e.g. `ImageNotFound`; None if it gave none.
        message: What the API said in words; empty if it said nothing.
        response: The answer itself.
    """

    def __init__(
        self,
        operation: str,
        response: RawResponse,
        code: str | None,
        message: str,
        advice: str = "",
    ) -> None:
        parts = [f"{operation}: the API answered with status {response.status}", code, message]
        text = ": ".join(filter(None, parts))
        super().__init__(f"{text}. {advice}" if advice else text)
        self.operation = operation
        self.status = response.status
        self.code = code
        self.message = message
        self.response = response


class BadRequestError(APIError):
    """Status 400: an argument is missing, malformed or out of bounds."""


class AuthenticationError(APIError):
    """Status 401: the API key or the access token is missing, expired or unknown."""


class PermissionDeniedError(APIError):
    """Status 403: the account may not do this, or has reached a limit."""


class NotFoundError(APIError):
    """Status 404: there is no such thing."""


class RateLimitError(APIError):
    """Status 429: the account is over its limit of requests per second, even after waiting."""


class ServerError(APIError):
    """Status 500 and above: the API failed."""


class ResponseDecodeError(GettyImagesError):
    """The call succeeded, but its answer cannot be read.

    Attributes:
        operation: The operation that was called.
        response: The answer itself.
    """

    def __init__(self, operation: str, response: RawResponse, problem: str) -> None:
        super().__init__(f"{operation}: the call itself succeeded, but {problem}")
        self.operation = operation
        self.response = response


class RegistrationError(GettyImagesError):
    """A batch of registrations failed. Its cause says why.

    Attributes:
        batch: The number of the batch, counted from 1.
        registered: How many ids were registered before.
        failed: The ids of the batch that failed. No later batch was sent.
    """

    def __init__(self, batch: int, registered: int, failed: Sequence[str]) -> None:
        super().__init__(
            f"batch {batch} failed, with {len(failed)} ids from {failed[0]!r} to {failed[-1]!r};"
            f" {registered} ids were registered before it"
        )
        self.batch = batch
        self.registered = registered
        self.failed = list(failed)


class ChangeSetError(GettyImagesError):
    """Change sets are taken out of turn, or come again after they were confirmed."""


class DownloadError(GettyImagesError):
    """A download failed."""


class DownloadOutcomeUnknown(DownloadError):
    """A request that uses up a download got no clear answer: it may have been carried out.

    It has not been repeated, since that could be paid for twice. Whether a download was used up
    is seen in the download history.

    Attributes:
        operation: The operation that was called.
        path: The path of the request, which names the asset.
        since: When the request was sent, in UTC: look in the history from here on.
        response: The answer, where there was one (a status of 500 and above).
    """

    def __init__(
        self,
        operation: str,
        path: str,
        since: datetime.datetime,
        problem: str,
        response: RawResponse | None = None,
    ) -> None:
        super().__init__(
            f"{operation}: {problem}. The download may have been used up, so the request was not"
            f" repeated. Look in the download history from {since:%Y-%m-%d %H:%M:%S} UTC on before"
            " asking again."
        )
        self.operation = operation
        self.path = path
        self.since = since
        self.response = response


class UnsettledError(DownloadError):
    """An earlier request got no clear answer, and nothing settles whether it was paid for."""


class StrandedError(DownloadError):
    """A file was paid for, but its link is lost or has expired: it has to be paid for again.

    `allow_second_download=True` does that.
    """


class TransferError(DownloadError):
    """A file could not be fetched. It is paid for, and another call uses the same link."""


class ContentError(DownloadError):
    """The delivery host sent something else than was announced. It has not been saved."""


class FileError(DownloadError):
    """A file could not be written. It is paid for, and another call uses the same link."""


class FileConflictError(FileError):
    """The name of a file is taken."""


class JournalError(DownloadError):
    """The journal of a folder cannot be read or written.

    Attributes:
        link: The link to a file that was paid for and not saved, where the journal does not have
            it: keep it. None where nothing is lost. It does not travel between processes.
    """

    def __init__(self, text: str, *, link: DownloadLink | None = None) -> None:
        super().__init__(text)
        self.link = link

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, (type(self), self.args, {**vars(self), "link": None})


class DownloadInProgressError(DownloadError):
    """Another call or another process is at work on the same file."""


def _restored(
    kind: type[GettyImagesError], args: tuple[object, ...], state: dict[str, object]
) -> GettyImagesError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error
