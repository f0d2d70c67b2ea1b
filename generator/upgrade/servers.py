"""Servers: https only, absolute, and without a path, which is folded into the paths instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.document import METHODS, Map, Node, Seq, copied

from .shared import Log, carry, put_items, without

_URL = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)", re.DOTALL)
_LOOPBACK = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d*)?", re.IGNORECASE)


def split(url: str) -> tuple[str, str | None, str]:
    """Return scheme (lower case, may be empty), host (or None) and path of a URL."""
    scheme, host, path = _URL.match(url.strip()).groups()  # type: ignore[union-attr]  # matches all
    return (scheme or "").lower(), host, path or ""


def is_loopback(host: str) -> bool:
    """Return whether a host, with or without port, is this machine."""
    return _LOOPBACK.fullmatch(host) is not None


def secured(url: str) -> str:
    """Return the URL over https, unless its host is this machine."""
    scheme, host, _ = split(url)
    if scheme != "http" or host is None or is_loopback(host):
        return url
    rest = url.strip()[len("http://") :]
    bare = host.removesuffix(":80")
    return "https://" + bare + rest[len(host) :]


def fold(root: Map, log: Log) -> dict[str, str]:
    """Canonicalise the servers of a document, and move their paths into its path templates.

    Returns:
        What each path template became.
    """
    folder = _Folder(log)
    prefix = folder.prefix(root) or ""
    if "servers" not in root:
        log.warn(root.position, "host-missing")
    moved = folder.paths(root, prefix)
    servers = root.get("servers")
    for _, item in root.map("paths").maps() if servers else ():
        # If the path has servers of its own, an operation that names the document's means them.
        if item.get("servers", servers) == servers:
            for owner in (item, *_operations(item)):
                if owner.get("servers") == servers:
                    owner.pop("servers", None)
    folder.report()
    return moved


def _operations(item: Map) -> list[Map]:
    return [node for method in METHODS if isinstance(node := item.get(method), Map)]


class _Folder:
    def __init__(self, log: Log) -> None:
        self.log = log
        self.plain_http: list[Map] = []

    def report(self) -> None:
        """Say once what was on plain http."""
        if self.plain_http:
            first = self.plain_http[0]
            self.log.warn(first.position_of("url"), "http-secured", url=first.text("url"))

    def prefix(self, owner: Map) -> str | None:
        """Clean the servers of a document, path item or operation, and take their path away."""
        servers = owner.get("servers")
        if not isinstance(servers, Seq) or not servers:
            owner.pop("servers", None)
            return None
        nodes = [_substituted(node) for node in servers.maps()]
        usable = self._usable(nodes, servers)
        parts = [_segments(split(node.text("url"))[2]) for node in usable]
        shared = _common(parts)
        kept: dict[str, Node] = {}
        for node, segments in zip(usable, parts, strict=True):
            scheme, host, _ = split(node.text("url"))
            if host:
                rest = "".join("/" + segment for segment in segments[len(shared) :])
                node["url"] = f"{scheme}://{_bare(host, scheme)}{rest}"
                kept.setdefault(node.text("url"), node)
        put_items(owner, "servers", list(kept.values()))
        return "".join("/" + segment for segment in shared)

    def _usable(self, nodes: list[Map], servers: Seq) -> list[Map]:
        """Return the servers over https, or http on this machine; without any, a relative one."""
        written = {node.text("url") for node in nodes}
        usable: list[Map] = []
        relative: list[Map] = []
        for node in nodes:
            url = node.text("url").strip()
            node["url"] = secured("https:" + url if url.startswith("//") else url)
            if node["url"] != url and split(url)[0] == "http" and node["url"] not in written:
                self.plain_http.append(_noted(node, url))
            scheme, host, _ = split(node.text("url"))
            if host and (scheme == "https" or (scheme == "http" and is_loopback(host))):
                usable.append(node)
            elif not scheme and not host:
                relative.append(node)
            else:
                self._refuse(node, servers, alone=len(nodes) == 1)
        if nodes and not usable and not relative and len(nodes) > 1:
            self._refuse(nodes[0], servers, alone=True)
        return usable or relative[:1]

    def _refuse(self, node: Map, servers: Seq, *, alone: bool) -> None:
        where = node.key_positions.get("url", servers.position)
        if alone:
            self.log.error(where, "server-not-https", url=node.text("url"))
        else:
            self.log.warn(where, "server-left-out", url=node.text("url"))

    def paths(self, root: Map, prefix: str) -> dict[str, str]:
        """Put prefixes before path templates. Operations with another one move to another item."""
        paths = root.get("paths")
        if not isinstance(paths, Map):
            return {}
        new = Map(position=paths.position)
        moved: dict[str, str] = {}
        for path, item in paths.items():
            if path.startswith("x-") or not isinstance(item, Map):
                carry(paths, new, path)
                continue
            for start, part in self._parts(item, prefix).items():
                name = start + "/" + path.removeprefix("/")
                moved.setdefault(path, name)
                if name in new:
                    self._clash(name, new, paths, path)
                else:
                    new.put(name, part, paths.position_of(path))
        root["paths"] = new
        return moved

    def _parts(self, item: Map, prefix: str) -> dict[str, Map]:
        """Return the path item, in as many parts as its operations have prefixes."""
        own = self.prefix(item)
        default = prefix if own is None else own
        prefixes: dict[str, str] = {}
        for method in METHODS:
            operation = item.get(method)
            if isinstance(operation, Map):
                start = self.prefix(operation)
                prefixes[method] = default if start is None else start
                if start is not None and "servers" not in operation:
                    _hand_down(item, operation)
        starts = list(dict.fromkeys(prefixes.values())) or [default]
        if len(starts) == 1:
            return {starts[0]: item}
        parts = {}
        for start in starts:
            elsewhere = [method for method, other in prefixes.items() if other != start]
            part = without(item, elsewhere)
            for key in part:
                if key not in METHODS:
                    part[key] = copied(part[key])
            parts[start] = part
        return parts

    def _clash(self, name: str, new: Map, paths: Map, path: str) -> None:
        where, other = paths.position_of(path), new.position_of(name)
        self.log.error(where, "paths-equal-by-server", path=name, other=other)


def _hand_down(item: Map, but: Map) -> None:
    """Give the servers of a path item to its operations but for one, which has the document's."""
    servers = item.pop("servers", None)
    for operation in _operations(item) if servers else ():
        if operation is not but and "servers" not in operation:
            operation["servers"] = copied(servers)


def _substituted(node: Map) -> Map:
    """Return a server whose URL has the defaults of its variables."""
    new = without(node, ("variables",))
    url = node.text("url")
    for name, variable in node.map("variables").maps():
        default = variable.get("default")
        if isinstance(default, str | int | float):
            url = url.replace("{" + name + "}", str(default))
    new["url"] = url
    return new


def _noted(node: Map, url: str) -> Map:
    return Map({"url": url}, position=node.position, key_positions=node.key_positions)


def _bare(host: str, scheme: str) -> str:
    return host.lower().removesuffix(":443" if scheme == "https" else ":80")


def _common(paths: Sequence[Sequence[str]]) -> list[str]:
    """Return the segments that all paths start with."""
    shared = []
    for same in zip(*paths, strict=False):
        if len(set(same)) > 1:
            break
        shared.append(same[0])
    return shared


def _segments(path: str) -> list[str]:
    return [segment for segment in path.split("/") if segment]
