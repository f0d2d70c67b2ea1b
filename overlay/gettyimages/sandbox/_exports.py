"""All public names, in one place that imports everything."""

from __future__ import annotations

from ._fault_bodies import EmptyBody, HtmlBody, HugeBody, MalformedJson, WrongContentType
from ._fault_kinds import (
    ExpiredLink,
    ExpiredToken,
    Latency,
    ServerFailure,
    TooManyRequests,
    WrongRange,
)
from ._fault_wire import Dropped, IdleClosed, SlowBody, Stall, Truncated
from ._faults import Fault, Faults, OneOf
from ._http import RecordedRequest
from ._options import Options
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
