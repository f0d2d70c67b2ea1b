"""What goes wrong between a server's response and its parsed form.

Exception
├── UnexpectedStatus
└── DecodeError (a ValueError)
"""

from __future__ import annotations


class UnexpectedStatus(Exception):
    """The response is not one of the successes that the documents describe."""

    def __init__(self, status_code: int) -> None:
        super().__init__(status_code)
        self.status_code = status_code

    def __str__(self) -> str:
        return f"the server responded with status {self.status_code}"


class DecodeError(ValueError):
    """The response is a success, but its body is not what the documents specify."""
