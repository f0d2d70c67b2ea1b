"""What the tests of single resources share: a client of a server that answers as it is told."""

from __future__ import annotations

import json
import typing
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from ...e2e.recording import Answer, Recorded, Recorder, recorder
from .worlds import World


class Served:
    """A world's client, and the server that it talks to."""

    def __init__(self, world: World, server: Recorder) -> None:
        self.world = world
        self.server = server
        self.client = self.make()

    def make(self, **options: typing.Any) -> typing.Any:
        """Another client of the same server."""
        given = {"api_key": "k", "access_token": "t", "base_url": self.server.url, **options}
        return self.world.client(**given)

    def answers(self, *answers: object) -> None:
        """Set what the server answers: a status, a body, or both; the last is repeated."""
        self.server.answers = [_answer(answer) for answer in answers]

    @property
    def requests(self) -> list[Recorded]:
        return self.server.requests

    def said(self) -> list[str]:
        """The requests so far, as methods and paths."""
        return [f"{it.method} {urlsplit(it.target).path}" for it in self.requests]

    def asked(self, name: str) -> list[str]:
        """A parameter of every request so far."""
        return [parse_qs(urlsplit(it.target).query).get(name, [""])[0] for it in self.requests]


def _answer(answer: object) -> Answer:
    if isinstance(answer, Answer):
        return answer
    if isinstance(answer, int):
        # A retry is not worth waiting for.
        return Answer(answer, headers={"Retry-After": "0"})
    return Answer(body=answer if isinstance(answer, bytes) else json.dumps(answer).encode())


@pytest.fixture
def served(world: World) -> Iterator[Served]:
    """A client of each world, and its server."""
    with recorder() as server:
        yield Served(world, server)
