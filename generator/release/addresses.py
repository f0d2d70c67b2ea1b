"""The addresses of a package index: where it lists files, and where it takes them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit, urlunsplit

from generator.findings import GeneratorError, refusal
from generator.origins import is_safe

_SIMPLE = "simple/"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where an index lists files, and where it takes them. Both end as they are to be used."""

    simple: str
    upload: str


def addresses(index: str, upload: str = "") -> Addresses:
    """Return the addresses of an index, checked.

    Args:
        index: The simple index of PEP 503, e.g. `https://packages.example/simple/`.
        upload: Where to upload; by default the same without its last `simple/`.

    Raises:
        GeneratorError: One is no URL, holds credentials, or would send them in the clear.
    """
    simple = _checked("--index", index).rstrip("/") + "/"
    if upload:
        return Addresses(simple, _checked("--upload-url", upload))
    if not simple.endswith(f"/{_SIMPLE}"):
        raise _refused("--index", index, "address-not-simple")
    return Addresses(simple, simple.removesuffix(_SIMPLE))


def _checked(option: str, text: str) -> str:
    parts = _parts(text)
    if parts is None:
        raise _refused(option, text, "address")
    if "@" in parts.netloc:
        raise _refused(option, text, "address-credentials")
    if parts.query or parts.fragment:
        raise _refused(option, text, "address-query")
    if not is_safe(text):
        raise _refused(option, text, "address-not-https")
    return urlunsplit(parts)


def _parts(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        fine = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if fine and text.isascii() and text.isprintable() and " " not in text else None


def _refused(option: str, text: str, code: str) -> GeneratorError:
    # The text before an @ may be a password.
    before, at, after = text.rpartition("@")
    shown = f"{before.partition('://')[0]}://...@{after}" if at else text
    return refusal(f"{option} {shown}", code)
