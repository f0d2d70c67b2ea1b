"""A client of each world with a server that sends what a test gives it."""

from __future__ import annotations

import typing

from .servers import Action, Recorded, Reply, Server
from .worlds import World


class Served:
    """A world's client, and the server that it talks to."""

    def __init__(self, world: World, server: Server) -> None:
        self.world = world
        self.server = server
        self.client = self.make()

    def make(self, **options: typing.Any) -> typing.Any:
        """Another client of the same server."""
        given = {"api_key": "k", "access_token": "t", "base_url": self.server.url, **options}
        return self.world.client(**given)

    def respond(self, *responses: object) -> None:
        """Set the responses to come: actions, statuses or bodies; the last one is repeated."""
        self.server.script(*map(_action, responses))

    @property
    def requests(self) -> list[Recorded]:
        return self.server.requests

    @property
    def called(self) -> list[str]:
        """The requests so far, as methods and paths."""
        return [f"{request.method} {request.path}" for request in self.requests]

    def parameters(self, name: str) -> list[str]:
        """A query parameter of every request so far; empty where it was not sent."""
        return [request.query.get(name, [""])[0] for request in self.requests]


def _action(response: object) -> Action:
    if isinstance(response, Action):
        return response
    if isinstance(response, int):
        return Reply(response, headers={"Retry-After": "0"})  # so that retries follow at once
    return Reply(200, response)
