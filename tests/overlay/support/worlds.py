"""Lets a test be written once for the blocking and the asynchronous client.

A test takes the fixture `world`, makes a client by `world.client(...)` and calls what it has by
`world.do(method, ...)`, `world.items(iterator)` and `world.inside(context)`.
"""

from __future__ import annotations

import asyncio
import inspect
import typing
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, contextmanager

from gettyimages import AsyncGettyImages, GettyImages

from . import secrecy
from .servers import until

Client: typing.TypeAlias = GettyImages | AsyncGettyImages


class World:
    """One of the two worlds. Everything looks blocking from here."""

    def __init__(self, kind: type[GettyImages] | type[AsyncGettyImages]) -> None:
        self.kind = kind
        self.runner = asyncio.Runner()
        self.clients: list[Client] = []

    @property
    def is_async(self) -> bool:
        return self.kind is AsyncGettyImages

    def client(self, **options: typing.Any) -> typing.Any:
        """A client, closed when the test ends."""
        client = self.kind(**options)
        self.clients.append(client)
        return client

    def do(
        self, function: Callable[..., typing.Any], *args: object, **kwargs: object
    ) -> typing.Any:
        """Call a method and wait for what it returns."""
        try:
            result = self._done(function, *args, **kwargs)
        except BaseException as error:
            secrecy.look_at_error(error)
            raise
        secrecy.look_at(result)
        return result

    def _done(
        self, function: Callable[..., typing.Any], *args: object, **kwargs: object
    ) -> typing.Any:
        if not self.is_async:
            return function(*args, **kwargs)

        async def call() -> object:
            result = function(*args, **kwargs)
            return await result if inspect.isawaitable(result) else result

        return self.runner.run(call())

    def together(self, *calls: Callable[[], typing.Any], limit: int = 1000) -> list[typing.Any]:
        """Run calls at the same time, in threads or tasks; errors are returned as results."""
        if self.is_async:

            async def gather() -> list[object]:
                return [*await asyncio.gather(*(call() for call in calls), return_exceptions=True)]

            return self.runner.run(gather())
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(min(limit, len(calls))) as pool:
            futures = [pool.submit(call) for call in calls]
            return _looked_at([future.exception() or future.result() for future in futures])

    def once(
        self, ready: Callable[[], object], call: Callable[[], typing.Any]
    ) -> Callable[[], typing.Any]:
        """A call for `together` that is not made before something is the case."""

        def blocking() -> typing.Any:
            until(ready)
            return call()

        async def asynchronous() -> typing.Any:
            await asyncio.to_thread(until, ready)
            return await call()

        return asynchronous if self.is_async else blocking

    def items(self, iterator: typing.Any) -> Iterator[typing.Any]:
        """The items of an iterator of this world."""
        if not self.is_async:
            yield from iterator
            return
        asynchronous: AsyncIterator[object] = iterator.__aiter__()
        while True:
            try:
                item = self.runner.run(_next(asynchronous))
            except StopAsyncIteration:
                return
            yield item

    @contextmanager
    def inside(self, context: typing.Any) -> Iterator[typing.Any]:
        """The `with` block of a context manager of this world."""
        if not self.is_async:
            blocking: AbstractContextManager[object] = context
            with blocking as value:
                yield value
            return
        asynchronous: AbstractAsyncContextManager[object] = context
        value = self.do(asynchronous.__aenter__)
        try:
            yield value
        except BaseException as error:
            if not self.do(asynchronous.__aexit__, type(error), error, error.__traceback__):
                raise
        else:
            self.do(asynchronous.__aexit__, None, None, None)

    def end(self) -> None:
        """Close every client, and the loop."""
        for client in self.clients:
            secrecy.look_at(client)
            for part in vars(client).values():
                secrecy.look_at(part)
            self.do(client.close)
        self.runner.close()


def _looked_at(results: list[typing.Any]) -> list[typing.Any]:
    for result in results:
        secrecy.look_at(result)
    return results


async def _next(iterator: AsyncIterator[object]) -> object:
    return await iterator.__anext__()
