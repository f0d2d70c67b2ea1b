"""Marks what has another name by now."""

from __future__ import annotations

import functools
import typing
import warnings

if typing.TYPE_CHECKING:
    from typing_extensions import deprecated as deprecated
else:

    def deprecated(message):
        """Have a method warn whoever calls it, as `warnings.deprecated` of Python 3.13 does."""

        def marked(method):
            def warning(*args, **kwargs):
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return method(*args, **kwargs)

            async def warning_when_awaited(*args, **kwargs):
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return await method(*args, **kwargs)

            is_async = method.__code__.co_flags & 0x80  # what `inspect`, slow to import, looks at
            made = functools.wraps(method)(warning_when_awaited if is_async else warning)
            made.__deprecated__ = message
            return made

        return marked
