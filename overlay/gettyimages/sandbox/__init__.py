"""A server on loopback that behaves like the Getty Images API, to try the client on.

    from gettyimages.sandbox import Sandbox

    with Sandbox(allowance=10) as sandbox, sandbox.client() as client:
        ...

It keeps state, checks every request against the spec that the client is made from, and fails on
demand (`Sandbox.faults`). `python -m gettyimages.sandbox` starts one.
It needs the extra `sandbox`: `pip install 'gettyimages-client[sandbox]'`.
"""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from ._faults import Dropped as Dropped
    from ._faults import EmptyBody as EmptyBody
    from ._faults import ExpiredLink as ExpiredLink
    from ._faults import ExpiredToken as ExpiredToken
    from ._faults import Fault as Fault
    from ._faults import Faults as Faults
    from ._faults import HtmlBody as HtmlBody
    from ._faults import HugeBody as HugeBody
    from ._faults import IdleClosed as IdleClosed
    from ._faults import Latency as Latency
    from ._faults import MalformedJson as MalformedJson
    from ._faults import OneOf as OneOf
    from ._faults import ServerFailure as ServerFailure
    from ._faults import SlowBody as SlowBody
    from ._faults import Stall as Stall
    from ._faults import TooManyRequests as TooManyRequests
    from ._faults import Truncated as Truncated
    from ._faults import WrongContentType as WrongContentType
    from ._faults import WrongRange as WrongRange
    from ._http import RecordedRequest as RecordedRequest
    from ._http import RequestContext as RequestContext
    from ._http import SandboxError as SandboxError
    from ._sandbox import Sandbox as Sandbox

if not typing.TYPE_CHECKING:
    __all__ = """
        Dropped EmptyBody ExpiredLink ExpiredToken Fault Faults HtmlBody HugeBody IdleClosed Latency
        MalformedJson OneOf RecordedRequest RequestContext Sandbox SandboxError ServerFailure
        SlowBody Stall TooManyRequests Truncated WrongContentType WrongRange
    """.split()  # noqa: PLE0605 - a list all the same

    def __getattr__(name: str) -> object:
        """Import the sandbox when it is first used, or fail with the command that installs it."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        try:
            from . import _faults, _http, _sandbox
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError(
                f"gettyimages.sandbox needs {error.name}, which is not installed: "
                "pip install 'gettyimages-client[sandbox]'",
                name=error.name,
            ) from None
        return {**vars(_http), **vars(_faults), **vars(_sandbox)}[name]
