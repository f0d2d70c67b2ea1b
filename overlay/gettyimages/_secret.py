"""Keeps secrets out of what debuggers and error trackers show: reprs, and local variables."""

from __future__ import annotations

import contextlib
import sys
import traceback
import typing
from collections.abc import Iterator

T_co = typing.TypeVar("T_co", covariant=True)


class Secret(typing.Generic[T_co]):
    """A value that is hidden wherever variables are shown.

    It is no subclass of `str`, as error trackers show strings without asking for their repr.
    """

    __slots__ = ("value",)

    def __init__(self, value: T_co) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return "<Secret>"


SecretURL: typing.TypeAlias = Secret[str | None]


@contextlib.contextmanager
def locals_hidden() -> Iterator[None]:
    """Clear the local variables below the block if it raises: requests hold secrets in the open.

    This includes the frames of other libraries, and those of all errors that led to the error,
    but for an error that the caller was handling already.
    """
    handled = sys.exception()
    try:
        yield
    except BaseException as error:
        todo: list[BaseException | None] = [error]
        seen = {id(None), id(handled)}
        while todo:
            if id(one := todo.pop()) not in seen and one is not None:
                seen.add(id(one))
                traceback.clear_frames(one.__traceback__)
                todo += [one.__cause__, one.__context__]
                todo += one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        raise
