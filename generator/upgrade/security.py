"""Security: schemes, https for their URLs, requirements, and what header parameters say of it."""

from __future__ import annotations

import re

from generator.document import Map, Node, Seq, copied, copied_map, operations_of
from generator.grammar import OPENAPI, walk
from generator.references import followed

from .servers import secured
from .shared import Log, carry, ensured, put_items, without

FLOWS = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}
_FLOW_FIELDS = ("authorizationUrl", "tokenUrl", "scopes")
TOKEN_URLS = ("authorizationUrl", "tokenUrl", "refreshUrl", "openIdConnectUrl")
"""Where flows and schemes say how tokens are obtained."""
_IGNORED = ("accept", "content-type", "authorization")
_SECURED = ("http", "oauth2", "openIdConnect")


def upgraded_scheme(node: Map, log: Log) -> Map:
    """Return a security scheme of Swagger 2.0 as one of OpenAPI 3."""
    kind = node.text("type")
    if kind == "basic":
        node["type"] = "http"
        node.put("scheme", "basic", node.position_of("type"))
    return _oauth(node, log) if kind == "oauth2" else node


def _oauth(node: Map, log: Log) -> Map:
    where, name = node.position_of("flow"), FLOWS.get(node.text("flow"))
    if name is None:
        log.error(where, "flow-unknown", known=[*FLOWS], found=node.get("flow"))
        return node
    flow = Map(position=where)
    for key in _FLOW_FIELDS:
        carry(node, flow, key)
    flow.setdefault("scopes", Map(position=node.position))
    new = without(node, (*_FLOW_FIELDS, "flow"))
    new.put("flows", Map({name: flow}, position=where), where)
    return new


def secure_urls(root: Map, log: Log) -> None:
    """Ask for tokens over https only."""
    for what, _, node in walk(OPENAPI, root):
        if what not in ("flow", "security scheme"):
            continue
        for key in TOKEN_URLS:
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


def lift(root: Map, log: Log) -> None:
    """Remove Accept, Content-Type and Authorization parameters; the last becomes security."""
    for what, _, item in walk(OPENAPI, root):
        if what == "path item":
            _lift(root, item, log)
        elif what == "response":
            headers = item.map("headers")
            for name in [name for name in headers if name.lower() == "content-type"]:
                del headers[name]
            if not headers:
                item.pop("headers", None)
    components = root.map("components")
    table = components.map("parameters")
    gone = [name for name, node in table.maps() if ignored_name(followed(root, node))]
    for name in gone:
        del table[name]
    if gone and not table:
        del components["parameters"]


def ignored_name(parameter: Map | None) -> str:
    """Return the header that a parameter is, in lower case, if OpenAPI tells to ignore it."""
    if parameter is None or parameter.text("in") != "header":
        return ""
    name = parameter.text("name").lower()
    return name if name in _IGNORED else ""


def _lift(root: Map, item: Map, log: Log) -> None:
    inherited = _take(root, item)
    for operation in operations_of(item).values():
        parameter = _take(root, operation) or inherited
        if parameter is not None:
            _secure(root, operation, parameter, log)


def _take(root: Map, owner: Map) -> Map | None:
    """Take away the ignored parameters. Returns the one for Authorization, if any."""
    listed = [(node, followed(root, node)) for node in owner.seq("parameters").maps()]
    kept: list[Node] = [node for node, target in listed if not ignored_name(target)]
    if len(kept) < len(listed):
        put_items(owner, "parameters", kept)
    found = [target for _, target in listed if ignored_name(target) == "authorization"]
    return found[-1] if found else None


def _secure(root: Map, operation: Map, parameter: Map, log: Log) -> None:
    """Require the header's credential together with each alternative declared."""
    where = parameter.position
    declared = list(operation.seq("security").maps())
    if any(_is_credential(root, name) for item in declared for name in item):
        return
    position = operation.position_of("security") if declared else where
    declared = declared or [Map(position=where)]
    scheme = _scheme(root, parameter, log)
    result: list[Node] = []
    for item in map(copied_map, declared):
        item.put(scheme, Seq(position=where))
        if item not in result:
            result.append(item)
    if parameter.get("required") is not True:
        result += map(copied_map, declared)
    operation.put("security", Seq(result, position=position), position)


def _is_credential(root: Map, name: str) -> bool:
    schemes = root.map("components").map("securitySchemes")
    scheme = followed(root, schemes.map(name))
    if scheme is None:
        return False
    in_header = scheme.text("in") == "header" and scheme.text("name").lower() == _IGNORED[2]
    return scheme.text("type") in _SECURED or in_header


def _scheme(root: Map, parameter: Map, log: Log) -> str:
    """Return the name of the scheme for a credential, and add the scheme if it is missing."""
    words = parameter.text("description").lower()
    is_basic = re.search(r"\bbasic\b", words) and "bearer" not in words
    kind = "basic" if is_basic else "bearer"
    schemes = ensured(ensured(root, "components"), "securitySchemes")
    name, number = f"{kind}Auth", 2
    while name in schemes and not _is_http(schemes.map(name), kind):
        name, number = f"{kind}Auth_{number}", number + 1
    if name not in schemes:
        scheme = Map({"type": "http", "scheme": kind}, position=parameter.position)
        carry(parameter, scheme, "description")
        carry(parameter, scheme, "x-source")
        schemes.put(name, scheme, parameter.position)
    log.warn_once(parameter.position, "authorization-lifted", scheme=name)
    return name


def _is_http(scheme: Map, kind: str) -> bool:
    return scheme.text("type") == "http" and scheme.text("scheme").lower() == kind
