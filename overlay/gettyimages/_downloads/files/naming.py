"""Names of files, as the server announces them and as they are safe on any system.

The header is parsed by the standard library. Of the packages for it, those that are maintained are
months old, and `pathvalidate` leaves `..`, leading dots and invisible characters as they are.
"""

from __future__ import annotations

import re
import typing
import unicodedata

from ..._errors import FileConflictError

OWN_PREFIX = ".gettyimages-"
"""Names that begin so belong to this package: the journal, and parts of files."""

_LONGEST = 200
_LONGEST_SUFFIX = 20
_LONGEST_GIVEN = 255
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(
    r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?",
    re.IGNORECASE | re.DOTALL,
)


def announced(content_disposition: str | None) -> str | None:
    """The file name in a Content-Disposition header (RFC 6266), as it came.

    `filename*` goes before `filename`, unless it cannot be decoded.
    """
    import email.message  # only whoever downloads needs it

    message = email.message.Message()
    try:
        message["Content-Disposition"] = content_disposition or ""
        params = message.get_params(header="Content-Disposition") or []
    except (ValueError, TypeError, LookupError):
        return None
    found: list[str | tuple[typing.Any, ...]] = [
        value for name, value in params[1:] if name.lower() == "filename"
    ]
    extended = [_decoded(value) for value in found if not isinstance(value, str)]
    plain = [value for value in found if isinstance(value, str)]
    return next((name for name in (*extended, *plain) if name), None)


def _decoded(value: tuple[typing.Any, ...]) -> str | None:
    """A value of the form `charset'language'percent-encoded` (RFC 8187)."""
    charset, _, text = value
    if str(charset).lower() not in ("utf-8", "iso-8859-1"):
        return None
    try:
        return str(text).encode("latin-1").decode(str(charset))
    except UnicodeError:
        return None


def safe(name: str) -> str:
    """A name that is safe on any system; empty if nothing is left of it."""
    name = unicodedata.normalize("NFC", name)
    name = "".join(char for char in name if unicodedata.category(char) not in _INVISIBLE)
    name = _FORBIDDEN.sub("_", " ".join(name.split(" ")))
    segments = [part for part in (_stripped(part) for part in re.split(r"[/\\]", name)) if part]
    if not segments:
        return ""
    name = segments[-1]
    return _cut(f"_{name}" if _RESERVED.fullmatch(name) else name)


def _stripped(name: str) -> str:
    return re.sub(r"^[\s.]+|[\s.]+$", "", name)


def _cut(name: str, longest: int = _LONGEST) -> str:
    """A name of so many bytes at most, with its suffix if that is short."""
    if len(name.encode()) <= longest:
        return name
    stem, dot, suffix = name.rpartition(".")
    ending = dot + suffix
    if not stem or len(ending.encode()) > _LONGEST_SUFFIX:
        stem, ending = name, ""
    room = longest - len(ending.encode())
    return _stripped(stem.encode()[:room].decode(errors="ignore")) + ending


def file_name(content_disposition: str | None, content_type: str, asset_id: str) -> str:
    """What to call a file: as the server does, or else by the asset's id."""
    name = safe(announced(content_disposition) or "")
    if name:
        return name
    import mimetypes  # hardly ever needed

    ending = mimetypes.guess_extension(content_type.partition(";")[0].strip()) or ""
    return (safe(asset_id) or "download") + ending


def numbered(name: str, number: int) -> str:
    """Another name for a file whose own is taken."""
    if number == 1:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not stem:
        stem, dot, suffix = name, "", ""
    return f"{stem}_{number}{dot}{suffix}"


def checked(name: str) -> str:
    """A name that the caller gives, which is taken as it is.

    Raises:
        FileConflictError: It cannot be the name of a file in the folder.
    """
    reason = None
    if not name or name in (".", "..") or "/" in name or "\\" in name:
        reason = "must be the name of a file, without any folder"
    elif not name.isprintable() or len(name.encode(errors="replace")) > _LONGEST_GIVEN:
        reason = f"must be printable, and no longer than {_LONGEST_GIVEN} bytes"
    elif name.lower().startswith(OWN_PREFIX):
        reason = f"must not begin with {OWN_PREFIX}"
    if reason:
        raise FileConflictError(f"filename {reason}, found {name!r}")
    return name
