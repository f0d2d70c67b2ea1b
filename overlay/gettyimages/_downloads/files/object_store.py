"""A prefix of an object store as the target of files: S3, Google Cloud Storage, Azure.

An object is not visible before it is whole: a small one is sent in one request, a larger one by a
multipart upload, which ends only once the file has been checked and recorded. Names are locked in
the journal, as most stores cannot refuse a multipart upload because its name is taken meanwhile.

obstore reads the credentials from the environment. Its errors, which quote requests, are replaced.
"""

from __future__ import annotations

import contextlib
import hashlib
import html
import queue
import re
import typing
import urllib.request
import weakref
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from datetime import timedelta
from http.client import HTTPException
from urllib.parse import quote

import obstore
from obstore import exceptions
from obstore.store import S3Store, from_url

from ..._errors import FileError, JournalError
from ..._process import generation
from ..._transport.network import started
from ..file_request import FileRequest, SaveOptions
from ..journal.journal import Claim, Entry, Journal
from .part import Writing
from .place import Announced, Target

if typing.TYPE_CHECKING:
    from obstore.store import ObjectStore, RetryConfig, S3Config

_CHUNK = 5 * 1024 * 1024
"""What S3 and Google accept as the least size of a part."""
_MOST_PARTS = 10_000
_LARGEST = 5 * 1024**4
"""The size of the largest object of S3."""
_AT_A_TIME = 2
_POLL = 0.5
_SECONDS = 30
_VALIDITY = timedelta(seconds=_SECONDS)
_MOST_BYTES = 4 * 1024 * 1024
_RETRIES: RetryConfig = {"max_retries": 5, "retry_timeout": timedelta(seconds=60)}
_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (exceptions.PermissionDeniedError, "access is denied"),
    (exceptions.UnauthenticatedError, "its credentials are missing or refused"),
    (FileNotFoundError, "there is no such bucket"),
    (NotImplementedError, "it lacks an operation that is needed"),
)
_UNREACHABLE = "the store does not respond, or the environment has no credentials for it"
_CODES = {"AccessDenied": "access is denied", "NoSuchBucket": "there is no such bucket"}
_stores = weakref.WeakKeyDictionary["Journal", dict[str, "ObjectStore"]]()
"""The stores of each journal that is open, whose connections are used again."""
_used_since: list[int] = []
"""The process, as `generation()` counts them, in which the threads of obstore run."""


class _AbandonedError(Exception):
    """Ends an upload that is not to be completed."""


def check_store(journal: Journal, url: str) -> None:
    """Raise a `FileError` if a store cannot be read, so that nothing is paid for in vain."""
    with _translated(f"nothing can be saved in {url}"):
        store, key = _opened(journal, f"{url}/")
        next(iter(obstore.list(store, prefix=key, chunk_size=1)), None)


class ObjectPlace(Target[str]):
    """A prefix of a store as the target of a file.

    Only the journal knows what is there: `namesake` finds nothing, as a store may hold millions of
    objects. What a dead upload has left is removed by the next one of that name.
    """

    _taken = "exists and is another object, or is being written"

    def __init__(
        self, journal: Journal, request: FileRequest, options: SaveOptions, home: str
    ) -> None:
        super().__init__(journal, request, options, home)
        self.max_size = min(options.max_file_size, _LARGEST)
        self._own: str | None = None

    def begin(self, claim: Claim, announced: Announced) -> ObjectPart:
        self._own = claim.known.path or self._own
        return ObjectPart(self, announced)

    def path_of(self, entry: Entry) -> str:
        return entry.path or ""

    def at(self, name: str) -> str:
        return f"{self.home}/{name}"

    def place(self, part: Writing, claim: Claim, name: str, content_type: str) -> str:
        assert isinstance(part, ObjectPart)
        part.reserve(name)
        url, replaces = part.url, part.replaces
        # Unlike a file, an object that is not recorded is not placed: if the journal is lost, so
        # is the lock of the name.
        claim.placing(url, part.size, part.sha256, content_type, "replace" if replaces else "new")
        # The lock of the name is lost if the connection of the journal was, and not noticed.
        if self.is_of_another(url):
            raise self.taken(url)
        part.complete(content_type)
        self.note_placed(claim, url)
        part.close()
        return url

    def finish(self, claim: Claim) -> bool:
        """Find out whether an object got its name before a process died. Never gives it one."""
        entry = claim.known
        url = self.path_of(entry)
        if self.is_same(url, entry.size or 0, entry.sha256 or ""):
            claim.placed()
        else:
            self._own = url if entry.placing == "replace" else None
            claim.forget_file()
        return False

    def reserved(self, held: contextlib.ExitStack, name: str) -> tuple[str, bool]:
        """Return the URL for a file and whether it replaces what is there, with a lock of it."""
        for url, replaces in self.candidates(name, self._own):
            with contextlib.ExitStack() as trial:
                is_free = trial.enter_context(self.journal.locked(f"name:{url}"))
                is_free = is_free and not self.is_of_another(url)
                if is_free and (replaces or self.size_of(url) is None):
                    held.push(trial.pop_all())
                    return url, replaces
        raise self.taken(self.at(self.filename or name))

    def size_of(self, path: str) -> int | None:
        with self.translated(path):
            store, key = _opened(self.journal, path)
            try:
                return obstore.head(store, key)["size"]
            except FileNotFoundError:
                return None

    def is_same(self, url: str, size: int, sha256: str) -> bool:
        """Whether an object has this size and, read back, this digest."""
        if self.size_of(url) != size:
            return False
        digest = hashlib.sha256()
        with self.translated(url):
            store, key = _opened(self.journal, url)
            for start in range(0, size, _CHUNK):
                end = min(start + _CHUNK, size)
                digest.update(obstore.get_range(store, key, start=start, end=end))
        return digest.hexdigest() == sha256

    def translated(self, url: str, more: str = "") -> contextlib.AbstractContextManager[None]:
        """Raise errors of the store as `FileError`."""
        folder = url.rpartition("/")[0]
        return _translated(f"{self.request.asset_id}: it cannot be saved in {folder}", more)


class ObjectPart(Writing):
    """A file that is being uploaded. Up to a chunk of it is kept in memory."""

    def __init__(self, place: ObjectPlace, announced: Announced) -> None:
        super().__init__()
        self.url = ""
        """Where it is to go, once that is certain."""
        self.replaces = False
        self._place = place
        self._announced = announced
        self._rest = bytearray()
        self._upload: _Upload | None = None
        self._held = contextlib.ExitStack()

    @property
    def _chunk(self) -> int:
        """The size of a part, so large that the file has no more parts than a store accepts."""
        size = self._announced()[2] or self._place.max_size
        return max(_CHUNK, -(-size // _MOST_PARTS))

    def write(self, pieces: Sequence[bytes]) -> None:
        """Write on. The upload begins once there is more than a chunk."""
        super().write(pieces)
        self._rest += b"".join(pieces)
        chunk = self._chunk
        while len(self._rest) > chunk:
            if self._upload is None:
                self._upload = self._begun()
            with self._translated():
                self._upload.put(bytes(self._rest[:chunk]))
            del self._rest[:chunk]

    def restart(self) -> None:
        self.close()
        super().restart()

    def reserve(self, name: str) -> None:
        """Choose the name of the object and lock it, unless that is done."""
        if not self.url:
            self.url, self.replaces = self._place.reserved(self._held, name)

    def complete(self, content_type: str) -> None:
        """Make the object visible, unless another one has got the name meanwhile."""
        place, data = self._place, bytes(self._rest)
        if self._upload is not None:
            if not self.replaces and place.size_of(self.url) is not None:
                raise place.taken(self.url)
            with self._translated():
                self._upload.complete(data)
        elif not self._put(data, content_type):
            raise place.taken(self.url)
        found = place.size_of(self.url)
        if found != self.size:
            raise FileError(f"{self.url} has {found} bytes after an upload of {self.size}")

    def close(self) -> None:
        """End the upload, which leaves nothing unless it is complete, and release the name."""
        if self._upload is not None:
            self._upload.abandon()
        self._upload, self.url = None, ""
        self._rest.clear()
        with contextlib.suppress(JournalError):  # the locks end with the journal's connection
            self._held.close()

    def _begun(self) -> _Upload:
        name, content_type, _ = self._announced()
        self.reserve(name)
        chunk = self._chunk
        with self._translated():
            store, key = _opened(self._place.journal, self.url)
            _abort_uploads(store, key)
        return _Upload(
            lambda pieces: obstore.put(
                store,
                key,
                pieces,
                attributes=_attributes(content_type),
                use_multipart=True,
                chunk_size=chunk,
                max_concurrency=_AT_A_TIME,
            )
        )

    def _put(self, data: bytes, content_type: str) -> bool:
        """Send the object in one request. Whether the name was free, or it is the very same."""
        attributes = _attributes(content_type)
        with self._translated():
            store, key = _opened(self._place.journal, self.url)
            if not self.replaces:
                try:
                    obstore.put(store, key, data, attributes=attributes, mode="create")
                except exceptions.AlreadyExistsError:  # perhaps by a response that was lost
                    return self._place.is_same(self.url, self.size, self.sha256)
                except NotImplementedError:  # then the lock of the name has to do
                    pass
                else:
                    return True
            obstore.put(store, key, data, attributes=attributes, use_multipart=False)
        return True

    def _translated(self) -> contextlib.AbstractContextManager[None]:
        return self._place.translated(self.url, f". {self.consequence}")


class _Upload:
    """A multipart upload in a thread, which sends what it is given, and ends as it is told.

    Not by `obstore.open_writer`: leaving that, even by an exception, completes the object.
    """

    def __init__(self, put: Callable[[Iterator[bytes]], object]) -> None:
        self._chunks = queue.Queue[bytes | None](1)  # None at the end, b"" if it is abandoned
        self._sent: Future[object] = started(lambda: put(self._taken()))

    def _taken(self) -> Iterator[bytes]:
        while (chunk := self._chunks.get()) is not None:
            if not chunk:
                raise _AbandonedError  # obstore aborts the upload
            yield chunk

    def put(self, chunk: bytes | None) -> None:
        """Send a chunk, or complete the upload. Waits while the one before is not taken."""
        while not self._sent.done():
            with contextlib.suppress(queue.Full):
                self._chunks.put(chunk, timeout=_POLL)
                return
        self._sent.result()

    def complete(self, last: bytes) -> None:
        """Send the last chunk, and complete the upload."""
        self.put(last)
        self.put(None)
        self._sent.result()

    def abandon(self) -> None:
        """End the upload, and abort it unless it is complete. Raises nothing."""
        with contextlib.suppress(queue.Empty):
            self._chunks.get_nowait()
        self._chunks.put_nowait(b"")
        wait([self._sent])


def _attributes(content_type: str) -> dict[str, str]:
    return {"Content-Type": content_type} if content_type else {}


def _opened(journal: Journal, url: str) -> tuple[ObjectStore, str]:
    """Return the store of an object, made once for a journal, and the key of the object."""
    if not _used_since:
        _used_since.append(generation())
    if _used_since != [generation()]:
        text = "an object store cannot be used in a process forked from one that has used it"
        raise FileError(f"{text}: start processes by `spawn` or `forkserver`")
    scheme, _, rest = url.partition("://")
    bucket, _, key = rest.partition("/")
    stores = _stores.setdefault(journal, {})
    root = f"{scheme}://{bucket}"
    if root not in stores:
        stores[root] = from_url(root, retry_config=_RETRIES)
    return stores[root], key


@contextlib.contextmanager
def _translated(what: str, more: str = "") -> Iterator[None]:
    """Raise errors of a store as `FileError`, in words of our own and the code of the store."""
    try:
        yield
    except (exceptions.BaseError, OSError, ValueError, NotImplementedError) as error:
        code = re.search(r"<Code>(\w{1,60})</Code>", str(error))
        reasons = (text for kind, text in _WORDS if isinstance(error, kind))
        reason = next(reasons, _UNREACHABLE)
        if code:
            reason = f"{_CODES.get(code[1], 'the store refuses it')} ({code[1]})"
        raise FileError(f"{what}: {reason}{more}") from None


def _abort_uploads(store: ObjectStore, key: str) -> None:
    """Abort the uploads of an object that are not complete. What fails is left to the bucket.

    Their parts stay in S3 and cost money. The name is locked, so none of them is under way.

    obstore cannot list or abort them, but signs requests with the credentials that it has found.
    What it signs is the endpoint of a store and a key after it, so the request stands in an
    endpoint whose query ends with a parameter for the key: S3 ignores those that begin with `x-`.
    """
    if not isinstance(store, S3Store):
        return
    with contextlib.suppress(exceptions.BaseError, OSError, ValueError, HTTPException):
        bucket = obstore.sign(store, "GET", "k", _VALIDITY).partition("?")[0].removesuffix("/k")
        address = obstore.sign(store, "GET", key, _VALIDITY).partition("?")[0]
        uploads = _sent(store, "GET", f"{bucket}?uploads=&prefix={quote(key, '')}")
        for upload in _listed(uploads, key):
            _sent(store, "DELETE", f"{address}?uploadId={quote(upload, '')}")


def _listed(text: str, key: str) -> list[str]:
    """Return the ids of the uploads of a key in a response, whose order differs between servers."""
    found = list[str]()
    for upload in text.split("<Upload>")[1:]:
        of_key = re.search("<Key>(.*?)</Key>", upload, re.DOTALL)
        identifier = re.search("<UploadId>(.*?)</UploadId>", upload)
        if of_key and identifier and html.unescape(of_key[1]) == key:
            found.append(html.unescape(identifier[1]))
    return found


def _sent(store: S3Store, method: typing.Literal["GET", "DELETE"], url: str) -> str:
    """Send a request without a body, and return the text of the response."""
    endpoint = f"{url}&x-signed="
    config: S3Config = {**store.config, "endpoint": endpoint}
    endless = S3Store(config=config, virtual_hosted_style_request=True)
    signed = obstore.sign(endless, method, "by", _VALIDITY)
    if not signed.startswith(endpoint):  # AWS_ENDPOINT_URL_S3 prevails: it is another request
        raise ValueError(f"a request to {url} cannot be signed")
    request = urllib.request.Request(signed, method=method)  # noqa: S310 - as the store's
    with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310 - likewise
        return str(response.read(_MOST_BYTES).decode())
