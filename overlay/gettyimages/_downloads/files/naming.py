"""Names of files, as the server announces them and as they are safe on any system.

The header is parsed by the standard library. `pathvalidate`, the library for names, leaves `..`,
leading dots and invisible characters as they are.
"""

from __future__ import annotations

import re
import typing
import unicodedata
from pathlib import PurePath

from ..._calls.arguments import invalid

OWN_PREFIX = ".gettyimages-"
"""The names of this package's own files begin with it: the journal, and parts of files."""

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
    """Return the file name in a Content-Disposition header (RFC 6266), unchanged."""
    import email.message  # slow to import

    message = email.message.Message()
    try:
        message["Content-Disposition"] = content_disposition or ""
        params = message.get_params(header="Content-Disposition") or []
    except (ValueError, TypeError, LookupError):
        return None
    found = [value for name, value in params[1:] if name.lower() == "filename"]
    found.sort(key=lambda value: isinstance(value, str))  # `filename*` comes first, as a tuple
    names = (value if isinstance(value, str) else _decoded(value) for value in found)
    return next(filter(None, names), None)


def _decoded(value: tuple[typing.Any, ...]) -> str | None:
    """Decode a value of the form `charset'language'percent-encoded` (RFC 8187)."""
    charset, _, text = value
    if str(charset).lower() not in ("utf-8", "iso-8859-1"):
        return None
    try:
        return str(text).encode("latin-1").decode(str(charset))
    except UnicodeError:
        return None


def safe(name: str) -> str:
    """Make a name safe on any system. The result may be empty."""
    name = unicodedata.normalize("NFC", name)
    name = "".join(char for char in name if unicodedata.category(char) not in _INVISIBLE)
    name = _FORBIDDEN.sub("_", name)
    segments = [part for part in (_stripped(part) for part in re.split(r"[/\\]", name)) if part]
    if not segments:
        return ""
    name = segments[-1]
    return _cut(f"_{name}" if _RESERVED.fullmatch(name) else name)


def _stripped(name: str) -> str:
    return re.sub(r"^[\s.]+|[\s.]+$", "", name)


def _cut(name: str) -> str:
    """Cut a name that is too long. A short suffix is kept."""
    if len(name.encode()) <= _LONGEST:
        return name
    stem, ending = PurePath(name).stem, PurePath(name).suffix
    if len(ending.encode()) > _LONGEST_SUFFIX:
        stem, ending = name, ""
    room = _LONGEST - len(ending.encode())
    return _stripped(stem.encode()[:room].decode(errors="ignore")) + ending


def file_name(content_disposition: str | None, content_type: str, asset_id: str) -> str:
    """Return the name for a file: the server's, made safe, or one made of the asset's id."""
    name = safe(announced(content_disposition) or "")
    if name:
        return name
    import mimetypes  # hardly ever needed

    ending = mimetypes.guess_extension(content_type.partition(";")[0].strip()) or ""
    return (safe(asset_id) or "download") + ending


def numbered(name: str, number: int) -> str:
    """Return a name with a number in it; unchanged for number 1."""
    path = PurePath(name)
    return name if number == 1 else f"{path.stem}_{number}{path.suffix}"


def checked(name: str) -> str:
    """Return a name that the caller has chosen, if it can be that of a file in the directory."""
    if not isinstance(name, str) or not name or name in (".", "..") or "/" in name or "\\" in name:
        raise invalid("filename", "the name of a file, without a directory", name)
    if not name.isprintable() or len(name.encode(errors="replace")) > _LONGEST_GIVEN:
        raise invalid("filename", f"printable, and no longer than {_LONGEST_GIVEN} bytes", name)
    if name.lower().startswith(OWN_PREFIX):
        raise invalid("filename", f"a name that does not begin with {OWN_PREFIX}", name)
    return name
