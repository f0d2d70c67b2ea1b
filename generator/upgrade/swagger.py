"""Gives a Swagger 2.0 document the structure of OpenAPI 3, part by part."""

from __future__ import annotations

from generator.document import Map, Seq, copied_map, operations_of, placed
from generator.references import followed

from .bodies import Parameters, body, gather, request_body, upgraded_response
from .parameters import upgraded_parameter
from .security import upgraded_scheme
from .shared import SECTIONS, Log, carry, put_items, without

_FOLDED = ("host", "basePath", "schemes", "consumes", "produces")
_KEPT = ("info", "tags", "externalDocs", "security")


def converted(root: Map, log: Log) -> Map:
    """Return the document in the structure of OpenAPI 3, with its schemas and references unchanged.

    May move parts of the given document into the new one.
    """
    new = Map(position=root.position)
    new.put("openapi", "3.1.0", root.position_of("swagger"))
    for key in root:
        if key in _KEPT or key.startswith("x-"):
            carry(root, new, key)
        elif key not in (*_FOLDED, *SECTIONS, "swagger", "paths"):
            log.warn(root.position_of(key), "key-left-out", key=key)
    servers = _servers(root, root)
    if servers:
        new.put("servers", servers, servers.position)
    paths = without(root.map("paths"), ())
    for path, item in paths.maps():
        if not path.startswith("x-"):
            paths[path] = _path_item(root, item, log)
    new.put("paths", paths, root.position_of("paths"))
    components = _components(root, log)
    if components:
        new.put("components", components)
    return new


def _servers(root: Map, owner: Map) -> Seq:
    """Return one server per scheme; the base path is part of their URLs."""
    host = root.text("host").split("://")[-1].strip("/")
    base = "/" + root.text("basePath").strip("/")
    position = owner.position_of("schemes" if "schemes" in owner else "host")
    if not host:
        position = root.position_of("basePath")
        return Seq([placed({"url": base}, position)] if base != "/" else [], position=position)
    schemes = owner.seq("schemes").texts() or root.seq("schemes").texts() or ["https"]
    urls = [f"{scheme}://{host}{base}" for scheme in schemes]
    listed = (placed({"url": url}, position) for url in urls)
    return Seq(listed, position=root.position_of("host"))


def _path_item(root: Map, item: Map, log: Log) -> Map:
    new = without(item, ())
    inherited = gather(root, item.seq("parameters"))
    for method, operation in operations_of(item).items():
        new[method] = _operation(root, operation, inherited, log)
    _put_parameters(new, inherited, log)
    return new


def _operation(root: Map, operation: Map, inherited: Parameters, log: Log) -> Map:
    new = without(operation, ("consumes", "produces", "schemes"))
    own = gather(root, operation.seq("parameters"))
    _put_parameters(new, own, log)
    shared = "consumes" not in operation
    consumes = (root if shared else operation).seq("consumes").texts()
    new_body = request_body(root, own.completed(inherited), consumes, log, shared=shared)
    if new_body is not None:
        new.put("requestBody", new_body, new_body.position)
    if isinstance(operation.get("responses"), Map):
        new["responses"] = _responses(root, operation, log)
    if root.text("host") and "schemes" in operation:
        new.put("servers", _servers(root, operation), operation.position_of("schemes"))
    return new


def _put_parameters(owner: Map, found: Parameters, log: Log) -> None:
    if "parameters" in owner:
        put_items(owner, "parameters", [upgraded_parameter(node, log) for node in found.plain])


def _responses(root: Map, operation: Map, log: Log) -> Map:
    usual = root.seq("produces").texts()
    produces = operation.seq("produces").texts() if "produces" in operation else usual
    responses = without(operation.map("responses"), ())
    for status, response in responses.maps():
        if status.startswith("x-"):
            continue
        target = followed(root, response, "responses")
        # Without content, it does not depend on what is produced.
        if target is None or produces == usual or not {"schema", "examples"} & target.keys():
            target = response
        responses[status] = upgraded_response(copied_map(target), produces, log)
    return responses


def _components(root: Map, log: Log) -> Map:
    schemes = without(root.map("securityDefinitions"), ())
    for name, scheme in schemes.maps():
        schemes[name] = upgraded_scheme(scheme, log)
    parameters, bodies = _shared_parameters(root, log)
    responses = without(root.map("responses"), ())
    produces = root.seq("produces").texts()
    for name, node in responses.maps():
        responses[name] = upgraded_response(_target(root, node, "responses"), produces, log)
    components = Map(position=root.position)
    tables = {
        "schemas": root.map("definitions"),
        "parameters": parameters,
        "requestBodies": bodies,
        "responses": responses,
        "securitySchemes": schemes,
    }
    for kind, table in tables.items():
        if table:
            components.put(kind, table, table.position)
    return components


def _shared_parameters(root: Map, log: Log) -> tuple[Map, Map]:
    """Shared parameters and bodies. Form fields have no equivalent, and are written out."""
    section = root.map("parameters")
    consumes = root.seq("consumes").texts()
    parameters, bodies = Map(position=section.position), Map(position=section.position)
    for name, node in section.maps():
        where = section.position_of(name)
        target = _target(root, node, "parameters")
        if target.text("in") == "body":
            bodies.put(name, body(target, consumes), where)
        elif target.text("in") != "formData":
            parameters.put(name, upgraded_parameter(target, log), where)
    return parameters, bodies


def _target(root: Map, node: Map, section: str) -> Map:
    """Return a copy of a shared object, or of what it refers to."""
    return copied_map(followed(root, node, section) or node)
