"""Sorts the parameters of a Swagger 2.0 operation into body, form fields and all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.document import Map, Seq, copied_map
from generator.references import followed, parts_of, reference

from .bodies import body, form
from .shared import Log


@dataclass(slots=True)
class Parameters:
    """The parameters of an operation or path item, by their new roles."""

    plain: list[Map] = field(default_factory=list)
    bodies: list[tuple[Map, Map]] = field(default_factory=list)
    """Each with the object that it refers to, or with itself."""
    fields: list[tuple[Map, Map]] = field(default_factory=list)

    def completed(self, inherited: Parameters) -> Parameters:
        """With the bodies and form fields of the path item that these do not override."""
        names = {target.text("name") for _, target in self.fields}
        more = [pair for pair in inherited.fields if pair[1].text("name") not in names]
        return Parameters(self.plain, self.bodies or inherited.bodies, self.fields + more)


def gather(root: Map, parameters: Seq) -> Parameters:
    """Sort a list of parameters. Those that dangle count as neither body nor form field."""
    found = Parameters()
    for node in parameters.maps():
        target = followed(root, node, "parameters")
        location = target.text("in") if target is not None else ""
        if target is not None and location == "body":
            found.bodies.append((node, target))
        elif target is not None and location == "formData":
            found.fields.append((node, target))
        else:
            found.plain.append(node)
    return found


def request_body(
    root: Map, parameters: Parameters, consumes: Sequence[str], log: Log, *, shared: bool
) -> Map | None:
    """Return the request body of an operation, or None.

    It refers to a shared body where there is one and the media types are the document's own.
    """
    sources = [node for node, _ in (*parameters.bodies, *parameters.fields)]
    if not sources:
        return None
    for other in sources[1:]:
        if parameters.bodies:
            log.error(other.position, "body-second", first=sources[0].position)
    if parameters.bodies:
        node, target = parameters.bodies[0]
        shared_body = _shared_body(root, node) if shared else ""
        if shared_body:
            return Map({"$ref": shared_body}, position=node.position)
        return body(target, consumes)
    return form([copied_map(target) for _, target in parameters.fields], consumes, log)


def _shared_body(root: Map, node: Map) -> str:
    """Return the reference to a shared body, as the components of OpenAPI 3 have it."""
    ref = node.text("$ref")
    section = root.map("parameters")
    if ref in section:
        return reference("components", "requestBodies", ref)
    parts = parts_of(ref)
    if len(parts) == 2 and parts[0] == "parameters" and parts[1] in section:
        return reference("components", "requestBodies", parts[1])
    return ""
