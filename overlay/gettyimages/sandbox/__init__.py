"""A server on loopback that behaves like the Getty Images API, to try the client on.

    from gettyimages.sandbox import Sandbox

    with Sandbox(allowance=10) as sandbox, sandbox.client() as client:
        ...

It keeps state, checks every request against the spec that the client is made from, and goes wrong
in the ways that it is told to (`Sandbox.faults`). `python -m gettyimages.sandbox` starts one.
It needs the extra `sandbox`: `pip install 'gettyimages-client[sandbox]'`.
"""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from ._exports import (
        Dropped,
        EmptyBody,
        ExpiredLink,
        ExpiredToken,
        Fault,
        Faults,
        HtmlBody,
        HugeBody,
        IdleClosed,
        Latency,
        MalformedJson,
        OneOf,
        Options,
        RecordedRequest,
        Sandbox,
        SandboxError,
        ServerFailure,
        SlowBody,
        Stall,
        TooManyRequests,
        Truncated,
        WrongContentType,
        WrongRange,
    )

__all__ = [
    "Dropped",
    "EmptyBody",
    "ExpiredLink",
    "ExpiredToken",
    "Fault",
    "Faults",
    "HtmlBody",
    "HugeBody",
    "IdleClosed",
    "Latency",
    "MalformedJson",
    "OneOf",
    "Options",
    "RecordedRequest",
    "Sandbox",
    "SandboxError",
    "ServerFailure",
    "SlowBody",
    "Stall",
    "TooManyRequests",
    "Truncated",
    "WrongContentType",
    "WrongRange",
]

if not typing.TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import what the sandbox needs when it is first used.

        Raises:
            ModuleNotFoundError: The extra is not installed.
        """
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        try:
            from . import _exports
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError(
                f"gettyimages.sandbox needs {error.name}, which is not installed: "
                "pip install 'gettyimages-client[sandbox]'",
                name=error.name,
            ) from None
        return getattr(_exports, name)
