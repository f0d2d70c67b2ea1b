"""What goes wrong when calling the API.

GettyImagesError
├── APIError             the API answered, but not with a success
└── APIConnectionError   no answer came
"""

from __future__ import annotations


class GettyImagesError(Exception):
    """The root of all errors of this package."""


class APIError(GettyImagesError):
    """The API answered, but not with a success.

    Attributes:
        operation: The operation that was called, e.g. `downloads.get_downloads`.
        status: The status code of the answer.
        code: The API's own code for the error, e.g. `ImageNotFound`; None if it gave none.
    """

    def __init__(self, operation: str, status: int, code: str | None, message: str) -> None:
        parts = [f"{operation}: the API answered with status {status}", code, message]
        super().__init__(": ".join(filter(None, parts)))
        self.operation = operation
        self.status = status
        self.code = code


class APIConnectionError(GettyImagesError):
    """No answer came: the connection failed, or it took too long."""
