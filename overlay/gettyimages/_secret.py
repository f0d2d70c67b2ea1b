"""Keeps secrets out of what debuggers and error trackers show."""

from __future__ import annotations

import typing

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
