"""The server of the client's tests under the names that `benchmarks/importing.py` knows."""

from __future__ import annotations

from collections.abc import Sequence

from ..overlay.support.servers import Action, Server
from ..overlay.support.servers import Reply as Answer

__all__ = ["Answer", "recorder"]


class recorder(Server):  # noqa: N801  # used like a function
    """A server whose responses are assigned; the last one is repeated."""

    @property
    def answers(self) -> Sequence[Action]:
        raise AttributeError

    @answers.setter
    def answers(self, actions: Sequence[Action]) -> None:
        self.script(*actions)
