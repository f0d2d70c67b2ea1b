"""Iterates over the pages of an operation, which are fetched as they are needed."""

from __future__ import annotations

import copy
import typing
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterator, Mapping

from . import _encoding, errors, types

Page = typing.TypeVar("Page")
Item = typing.TypeVar("Item")

_MOST_PAGES = 100_000


class Pages(typing.Generic[Page, Item]):
    """The pages of an operation, from one of them on.

    They end when the server's total is reached, or with a page that is empty or that came before. A
    short page is not the end: some servers filter pages after cutting them.

    Attributes:
        operation: What fetches a page. It refuses one whose items cannot be read, and pages without
            end.
        number: The number of the page to fetch next.
        is_over: Whether there is no further page.
    """

    def __init__(
        self,
        operation: types.Operation[Page | None],
        number: int,
        size: int | None,
        *,
        first: int,
        wire_names: tuple[str, str],
        items: Callable[[Page], list[Item] | None],
        total: Callable[[Page], int | None] = lambda _: None,
        key: tuple[str, ...] = (),
    ) -> None:
        """Start at a page.

        Args:
            operation: What returns one page.
            number: The number of the page to begin with.
            size: How many items a page has; None if that is up to the server.
            first: The number of the first page of all.
            wire_names: What the API calls the number of the page, and the items of a page.
            items: Returns the items of a page.
            total: Returns the number of items on all pages.
            key: The fields that identify an item; without them, none is left out as a repetition.
        """
        self.operation = copy.copy(operation)
        self.operation.parse_response = self._parse
        self._parse_response = operation.parse_response
        self.number = int(number)  # arguments that are numbers may be text
        self._size = None if size is None else int(size)
        self._before = self.number - first
        self._parameter, self._property = wire_names
        self._items, self._total, self._key = items, total, key
        self._seen: int | None = 0 if self._before == 0 else None
        self._marks: set[int] = set()
        self._keys: set[tuple[Hashable, ...]] = set()
        self.is_over = False

    def iterate(
        self, request: types.Request, call: Callable[[types.Request], Page | None]
    ) -> Iterator[Item]:
        """Iterate over the items. The request is that of the first page."""
        while not self.is_over:
            yield from self.take(call(self._turned(request)))

    async def iterate_async(
        self, request: types.Request, call: Callable[[types.Request], Awaitable[Page | None]]
    ) -> AsyncIterator[Item]:
        """Iterate over the items. The request is that of the first page."""
        while not self.is_over:
            for item in self.take(await call(self._turned(request))):
                yield item

    def take(self, page: Page | None) -> list[Item]:
        """Return the items of a page that are new."""
        items = (None if page is None else self._items(page)) or []
        # An item may be null, or an object of an unknown kind, without any of the fields.
        keys: list[tuple[Hashable, ...]] = [
            tuple(getattr(item, name, None) for name in self._key) for item in items
        ]
        mark = self._mark(items, keys)
        if page is None or not items or mark in self._marks:
            self.is_over = True
            return []  # past the end, some servers repeat the last page
        self._marks.add(mark)
        self._count(len(items), self._total(page))
        self.number += 1
        return [item for item, key in zip(items, keys, strict=True) if self._is_new(key)]

    def _mark(self, items: list[Item], keys: list[tuple[Hashable, ...]]) -> int:
        # By keys if there are any: the same item may have another signed address on each page.
        if all(map(_is_known, keys)):
            return hash(frozenset(keys))
        return hash(repr([getattr(item, "raw", None) or item for item in items]))

    def _is_new(self, key: tuple[Hashable, ...]) -> bool:
        is_new = key not in self._keys
        if _is_known(key):
            self._keys.add(key)
        return is_new

    def _count(self, new: int, total: int | None) -> None:
        """Check whether all items are seen. A total that is too low is an error of the server."""
        size = self._size = self._size or new
        if self._seen is None:  # the size of the pages before the first one is not known
            self._seen = self._before * min(new, size)
        self._seen += new
        self.is_over = self._seen == total or (
            total is not None and self._seen > total and new < size
        )

    def _parse(self, response: types.Response) -> Page | None:
        page = self._parse_response(response)
        items = None if page is None else self._items(page)
        if items and len(self._marks) >= _MOST_PAGES:
            raise errors.DecodeError(f"its pages have no end after {_MOST_PAGES}")
        if page is not None and items is None:
            raw: Mapping[str, types.JSON] = getattr(page, "raw", None) or {}
            if raw.get(self._property) is not None:
                what = f"page {self.number} has {self._property} that cannot be read"
                raise errors.DecodeError(f"{what}; {self.operation.name} returns them in `raw`")
        return page

    def _turned(self, request: types.Request) -> types.Request:
        """Return the request of the next page."""
        turned = copy.copy(request)
        page = _encoding.query((self._parameter, self.number, "form"))
        name = page.partition("=")[0]
        parts = request.query.split("&")
        index = [part.partition("=")[0] for part in parts].index(name)
        turned.query = "&".join([*parts[:index], page, *parts[index + 1 :]])
        return turned


def _is_known(key: tuple[Hashable, ...]) -> bool:
    """Whether a key identifies an item: it has fields, and none of them is missing."""
    return bool(key) and None not in key
