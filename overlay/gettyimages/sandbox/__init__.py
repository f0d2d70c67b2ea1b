"""A server on loopback that behaves like the Getty Images API, to try the client on.

    from gettyimages.sandbox import Sandbox

    with Sandbox(allowance=10) as sandbox, sandbox.client() as client:
        ...

It keeps state, checks every request against the spec that the client is made from, and fails on
demand (`Sandbox.faults`). `python -m gettyimages.sandbox` starts one.
It needs the extra `sandbox`: `pip install 'gettyimages-client[sandbox]'`.
"""

from __future__ import annotations

import importlib
import typing

if typing.TYPE_CHECKING:
    from ._fault_kinds import (
        Dropped,
        EmptyBody,
        ExpiredLink,
        ExpiredToken,
        HtmlBody,
        HugeBody,
        IdleClosed,
        Latency,
        MalformedJson,
        ServerFailure,
        SlowBody,
        Stall,
        TooManyRequests,
        Truncated,
        WrongContentType,
        WrongRange,
    )
    from ._faults import Fault, Faults, OneOf
    from ._http import RecordedRequest, RequestContext
    from ._sandbox import Sandbox
    from ._server import SandboxError

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
    "RecordedRequest",
    "RequestContext",
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
            for module in ("_sandbox", "_server", "_http", "_faults", "_fault_kinds"):
                found = vars(importlib.import_module(f".{module}", __name__))
                if name in found:
                    return found[name]
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError(
                f"gettyimages.sandbox needs {error.name}, which is not installed: "
                "pip install 'gettyimages-client[sandbox]'",
                name=error.name,
            ) from None
        raise AssertionError(f"{name} is exported, but no module defines it")
