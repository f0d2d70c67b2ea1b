"""The version of this package; a test holds it equal to that of the distribution.

Asking the installed distribution would take a tenth of the time of a first call.
"""

from __future__ import annotations

import typing

VERSION: typing.Final[str] = "0.1.0"
