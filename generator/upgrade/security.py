"""Security: the schemes of Swagger 2.0, https for their URLs, and requirements per operation."""

from __future__ import annotations

from generator.document import Map, Seq, copied
from generator.grammar import OPENAPI, walk

from .shared import Log, carry, without
from .urls import secured

FLOWS = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}
_FLOW_FIELDS = ("authorizationUrl", "tokenUrl", "scopes")


def upgraded_scheme(node: Map, log: Log) -> Map:
    """Return a security scheme of Swagger 2.0 as one of OpenAPI 3."""
    kind = node.text("type")
    if kind == "basic":
        new = without(node, ())
        new.put("type", "http", node.position_of("type"))
        new.put("scheme", "basic", node.position_of("type"))
        return new
    return _oauth(node, log) if kind == "oauth2" else node


def _oauth(node: Map, log: Log) -> Map:
    flow = Map(position=node.position_of("flow"))
    for key in _FLOW_FIELDS:
        carry(node, flow, key)
    if not isinstance(flow.get("scopes"), Map):
        flow["scopes"] = Map(position=node.position)
    name = FLOWS.get(node.text("flow"))
    if name is None:
        found = node.get("flow")
        log.error(node.position_of("flow"), "flow-unknown", known=[*FLOWS], found=found)
        return node
    new = without(node, (*_FLOW_FIELDS, "flow"))
    flows = Map({name: flow}, position=node.position_of("flow"))
    new.put("flows", flows, node.position_of("flow"))
    return new


def secure_urls(root: Map, log: Log) -> None:
    """Ask for tokens over https only."""
    for what, _, node in walk(OPENAPI, root):
        if what not in ("flow", "security scheme"):
            continue
        for key in ("authorizationUrl", "tokenUrl", "refreshUrl", "openIdConnectUrl"):
            url = node.text(key)
            if url != secured(url):
                node[key] = secured(url)
                log.warn(node.position_of(key), "url-secured", url=url, secured=node[key])


def push_down(root: Map) -> None:
    """Give the document's security to each operation that does not declare its own."""
    default = root.get("security")
    if isinstance(default, Seq):
        for what, _, operation in walk(OPENAPI, root):
            if what == "operation" and "security" not in operation:
                operation.put("security", copied(default), root.position_of("security"))
        del root["security"]
