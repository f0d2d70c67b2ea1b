"""Servers: https only, absolute, and without a path, which is folded into the paths instead."""

from __future__ import annotations

import re

from generator.document import METHODS, Map, Node, Seq, copied, operations_of

from .shared import Log, carry, common, put_items, without

_URL = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)", re.DOTALL)
_LOOPBACK = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d*)?", re.IGNORECASE)
"""Hosts, with or without port, that are this machine."""
_PORTS = {"https": ":443", "http": ":80"}


def split(url: str) -> tuple[str, str | None, str]:
    """Return scheme (lower case, may be empty), host (or None) and path of a URL."""
    scheme, host, path = _URL.match(url.strip()).groups()  # type: ignore[union-attr]  # matches all
    return (scheme or "").lower(), host, path or ""


def origin(url: str) -> str:
    """Return scheme and host of a URL, without the usual port; empty if it has no host."""
    scheme, host, _ = split(url)
    return f"{scheme}://{host.lower().removesuffix(_PORTS.get(scheme, ''))}" if host else ""


def secured(url: str) -> str:
    """Return the URL over https, unless its host is this machine."""
    scheme, host, _ = split(url)
    if scheme != "http" or host is None or _LOOPBACK.fullmatch(host):
        return url
    rest = url.strip()[len("http://" + host) :]
    return f"https://{host.removesuffix(':80')}{rest}"


def fold(root: Map, log: Log) -> dict[str, str]:
    """Canonicalise the servers of a document, and move their paths into its path templates.

    Returns:
        What each path template became.
    """
    prefix = _prefix(root, log) or ""
    if "servers" not in root:
        log.warn(root.position, "host-missing")
    moved = _prefix_paths(root, prefix, log)
    servers = root.get("servers")
    for _, item in root.map("paths").maps() if servers else ():
        # If the path has servers of its own, an operation that names the document's means them.
        if item.get("servers", servers) == servers:
            for owner in (item, *operations_of(item).values()):
                if owner.get("servers") == servers:
                    owner.pop("servers", None)
    return moved


def _prefix(owner: Map, log: Log) -> str | None:
    """Clean the servers of a document, path item or operation, and take their path away."""
    servers = owner.seq("servers")
    if not servers:
        owner.pop("servers", None)
        return None
    usable = _usable([_substituted(node) for node in servers.maps()], servers, log)
    paths = [split(node.text("url"))[2] for node in usable]
    parts = [[segment for segment in path.split("/") if segment] for path in paths]
    shared = common(parts)
    kept: dict[str, Node] = {}
    for node, segments in zip(usable, parts, strict=True):
        if start := origin(node.text("url")):
            node["url"] = url = "/".join([start, *segments[len(shared) :]])
            kept.setdefault(url, node)
    put_items(owner, "servers", list(kept.values()))
    return "".join("/" + segment for segment in shared)


def _usable(nodes: list[Map], servers: Seq, log: Log) -> list[Map]:
    """Return the servers over https, or http on this machine; without any, a relative one."""
    written = {node.text("url") for node in nodes}
    usable: list[Map] = []
    relative: list[Map] = []
    refused: list[Map] = []
    for node in nodes:
        url = node.text("url").strip()
        node["url"] = secured("https:" + url if url.startswith("//") else url)
        if node["url"] != url and split(url)[0] == "http" and node["url"] not in written:
            log.warn_once(node.position_of("url"), "http-secured", url=url)
        scheme, host, _ = split(node.text("url"))
        if host and (scheme == "https" or (scheme == "http" and _LOOPBACK.fullmatch(host))):
            usable.append(node)
        elif not scheme and not host:
            relative.append(node)
        else:
            refused.append(node)
    for node in refused:
        where = node.key_positions.get("url", servers.position)
        if len(nodes) > 1:
            log.warn(where, "server-left-out", url=node.text("url"))
        if len(refused) == len(nodes) and node is nodes[0]:
            log.error(where, "server-not-https", url=node.text("url"))
    return usable or relative[:1]


def _prefix_paths(root: Map, prefix: str, log: Log) -> dict[str, str]:
    """Put prefixes before path templates. Operations with another one move to another item."""
    paths = root.map("paths")
    new = Map(position=paths.position)
    moved: dict[str, str] = {}
    for path, item in paths.items():
        if path.startswith("x-") or not isinstance(item, Map):
            carry(paths, new, path)
            continue
        where = paths.position_of(path)
        for start, part in _parts(item, prefix, log).items():
            name = start + "/" + path.removeprefix("/")
            moved.setdefault(path, name)
            if name in new:
                other = new.position_of(name)
                log.error(where, "paths-equal-by-server", path=name, other=other)
            else:
                new.put(name, part, where)
    if "paths" in root:
        root["paths"] = new
    return moved


def _parts(item: Map, prefix: str, log: Log) -> dict[str, Map]:
    """Return the path item, in as many parts as its operations have prefixes."""
    own = _prefix(item, log)
    default = prefix if own is None else own
    prefixes: dict[str, str] = {}
    for method, operation in operations_of(item).items():
        start = _prefix(operation, log)
        prefixes[method] = default if start is None else start
        if start is not None and "servers" not in operation:
            _hand_down(item, operation)
    starts = list(dict.fromkeys(prefixes.values())) or [default]
    if len(starts) == 1:
        return {starts[0]: item}
    parts = {}
    for start in starts:
        part = without(item, [method for method, other in prefixes.items() if other != start])
        for key in part:
            if key not in METHODS:
                part[key] = copied(part[key])
        parts[start] = part
    return parts


def _hand_down(item: Map, but: Map) -> None:
    """Give the servers of a path item to its operations but for one, which has the document's."""
    servers = item.pop("servers", None)
    for operation in operations_of(item).values() if servers else ():
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
