"""Mutations of operations, parameters, bodies, responses and the like."""

from __future__ import annotations

import copy
import random

from mutating import (
    Data,
    a_schema,
    an_operation,
    mutation,
    operations,
    parameters,
    pick,
    schemas_of,
)


@mutation
def remove_operation(chance: random.Random, spec: Data) -> bool:
    path, method, _ = chance.choice(operations(spec))
    if len(operations(spec)) < 3:
        return False
    del spec["paths"][path][method]
    return True


@mutation
def add_operation(chance: random.Random, spec: Data) -> bool:
    path, method, operation = chance.choice(operations(spec))
    added = copy.deepcopy(operation) | {"x-method": f"another_{chance.randrange(1000)}"}
    added.pop("operationId", None)
    added.pop("x-former-names", None)
    spec["paths"][f"{path}/another{chance.randrange(1000)}"] = {method: added}
    return True


@mutation
def move_operation(chance: random.Random, spec: Data) -> bool:
    path, method, _ = chance.choice(operations(spec))
    spec["paths"][f"{path}/moved"] = {method: spec["paths"][path].pop(method)}
    return True


@mutation
def rename_method(chance: random.Random, spec: Data) -> bool:
    operation = an_operation(chance, spec)
    old = {"resource": operation["x-resource"], "method": operation["x-method"], "since": "9.0.0"}
    operation["x-method"] = f"renamed_{chance.randrange(100)}"
    if chance.random() < 0.5:
        operation["x-former-names"] = [old]
    return True


@mutation
def rename_resource(chance: random.Random, spec: Data) -> bool:
    an_operation(chance, spec)["x-resource"] = "elsewhere"
    return True


@mutation
def drop_former_name(chance: random.Random, spec: Data) -> bool:
    named = [item for _, _, item in operations(spec) if "x-former-names" in item]
    return bool(named) and bool(chance.choice(named).pop("x-former-names"))


@mutation
def rename_path_template(chance: random.Random, spec: Data) -> bool:
    paths = [path for path in spec["paths"] if "{" in path]
    path = pick(chance, paths)
    if path is None:
        return False
    name = path.split("{")[1].split("}")[0]
    other = chance.choice([name.upper(), f"{name}_key"])
    item = spec["paths"].pop(path)
    if f"{{{other}}}" in path:
        return False
    spec["paths"][path.replace(f"{{{name}}}", f"{{{other}}}")] = item
    for holder in (item, *(value for value in item.values() if isinstance(value, dict))):
        for parameter in holder.get("parameters", ()):
            if (parameter.get("in"), parameter.get("name")) == ("path", name):
                parameter["name"] = other
    return True


@mutation
def swap_path_templates(chance: random.Random, spec: Data) -> bool:
    paths = [path for path in spec["paths"] if path.count("{") == 2]
    path = pick(chance, paths)
    if path is None:
        return False
    one, two = (piece.split("}")[0] for piece in path.split("{")[1:])
    swapped = path.replace(f"{{{one}}}", "{\0}").replace(f"{{{two}}}", f"{{{one}}}")
    spec["paths"][swapped.replace("\0", two)] = spec["paths"].pop(path)
    return True


@mutation
def remove_parameter(chance: random.Random, spec: Data) -> bool:
    found = pick(chance, parameters(spec))
    if found is None:
        return False
    operation, index = found
    del operation["parameters"][index]
    return True


@mutation
def add_parameter(chance: random.Random, spec: Data) -> bool:
    parameter = {
        "name": f"added_{chance.randrange(100)}",
        "in": chance.choice(["query", "header", "cookie"]),
        "schema": chance.choice(
            [{"type": "string"}, {"type": "array", "items": {"type": "integer"}}]
        ),
    }
    if chance.random() < 0.5:
        parameter["required"] = True
    an_operation(chance, spec).setdefault("parameters", []).append(parameter)
    return True


@mutation
def change_parameter(chance: random.Random, spec: Data) -> bool:
    found = pick(chance, parameters(spec))
    if found is None:
        return False
    operation, index = found
    item = operation["parameters"][index]
    change = chance.randrange(9)
    if change == 0:
        item["name"] += "_renamed"
    elif change == 1:
        item["name"] = item["name"].title()
    elif change == 2:
        item["in"] = "header" if item["in"] == "query" else "query"
    elif change in (3, 4):
        item["required"] = not item.get("required", False)
    elif change == 5:
        item["deprecated"] = not item.get("deprecated", False)
    elif change == 6:
        item["description"] = f"Words {chance.random()}"
    elif change == 7:
        item["explode"] = not item.get("explode", True)
    else:
        item["example"] = f"example {chance.random()}"
    return True


@mutation
def change_parameter_type(chance: random.Random, spec: Data) -> bool:
    found = pick(chance, parameters(spec))
    if found is None:
        return False
    operation, index = found
    item = operation["parameters"][index]
    if "schema" in item and chance.random() < 0.2:
        item["content"] = {"application/json": {"schema": item.pop("schema")}}
    elif "schema" in item:
        item["schema"] = a_schema(chance, spec)
    return True


@mutation
def reorder_parameters(chance: random.Random, spec: Data) -> bool:
    found = an_operation(chance, spec).get("parameters", [])
    chance.shuffle(found)
    return len(found) > 1


@mutation
def change_body(chance: random.Random, spec: Data) -> bool:
    operation = an_operation(chance, spec)
    body = operation.get("requestBody")
    if body is None or "$ref" in body:
        operation["requestBody"] = {
            "required": chance.random() < 0.5,
            "content": {"application/json": {"schema": a_schema(chance, spec)}},
        }
        return True
    change = chance.randrange(5)
    if change == 0:
        del operation["requestBody"]
    elif change == 1:
        body["required"] = not body.get("required", False)
    elif change == 2:
        kinds = [
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "text/json",
            "text/plain",
        ]
        media = body["content"].popitem()[1]
        body["content"] = {chance.choice(kinds): media}
    elif change == 3:
        binary = {"schema": {"type": "string", "format": "binary"}}
        body["content"] = {"image/png": binary, "image/jpeg": copy.deepcopy(binary)}
    else:
        body["description"] = f"Words {chance.random()}"
    return True


@mutation
def change_response(chance: random.Random, spec: Data) -> bool:
    operation = an_operation(chance, spec)
    responses = operation["responses"]
    status = chance.choice(sorted(responses))
    change = chance.randrange(9)
    if change == 8 and "content" not in responses[status] and "$ref" not in responses[status]:
        media = {"application/json": {"schema": a_schema(chance, spec)}}
        responses[status]["content"] = media
    elif change == 0 and "content" in responses[status]:
        del responses[status]["content"]
    elif change == 1:
        responses[chance.choice(["201", "202", "204", "2XX", "default"])] = {
            "description": "Added",
            "content": {"application/json": {"schema": a_schema(chance, spec)}},
        }
    elif (
        change == 2
        and len(responses) > 1
        and sum(name[0] == "2" for name in responses) > (status[0] == "2")
    ):
        del responses[status]
    elif change == 3:
        responses["303"] = {"description": "See other"}
    elif change == 4 and "content" in responses[status]:
        media = responses[status]["content"].popitem()[1]
        kinds = ["text/plain", "image/png", "application/vnd.x+json"]
        responses[status]["content"] = {chance.choice(kinds): media}
    elif change == 5 and "content" in responses[status]:
        for media in responses[status]["content"].values():
            media["schema"] = a_schema(chance, spec)
    elif change == 6:
        responses[status]["description"] = f"Words {chance.random()}"
    else:
        responses[chance.choice(["400", "404", "500"])] = {"description": "Added"}
    return True


@mutation
def change_security(chance: random.Random, spec: Data) -> bool:
    operation = an_operation(chance, spec)
    schemes = spec.setdefault("components", {}).setdefault("securitySchemes", {})
    schemes.setdefault("Extra", {"type": "apiKey", "in": "header", "name": "Extra"})
    operation["security"] = chance.choice([[], [{}], [{"Extra": []}], [{"Extra": []}, {}]])
    return True


@mutation
def change_tokens(chance: random.Random, spec: Data) -> bool:
    schemes = spec.get("components", {}).get("securitySchemes", {}).values()
    flows = pick(chance, [scheme["flows"] for scheme in schemes if scheme.get("flows")])
    if flows is None:
        return False
    name = chance.choice(sorted(flows))
    if chance.random() < 0.5:
        flows[name]["tokenUrl"] = f"https://tokens{chance.randrange(9)}.example.com/token"
    else:
        flows[chance.choice(["password", "clientCredentials"])] = flows.pop(name)
    return True


@mutation
def change_extension(chance: random.Random, spec: Data) -> bool:
    operation = an_operation(chance, spec)
    key, value = chance.choice(
        [
            ("x-effect", chance.choice(["safe", "idempotent", "spends"])),
            ("x-may-be-empty", not operation.get("x-may-be-empty", False)),
            ("deprecated", not operation.get("deprecated", False)),
            ("x-odd", chance.random()),
            ("operationId", f"Other_{chance.randrange(1000)}"),
            ("summary", f"Words {chance.random()}"),
            ("description", f"Words {chance.random()}"),
            ("tags", [f"Tag{chance.randrange(100)}"]),
            ("servers", [{"url": "https://other.example.com"}]),
        ]
    )
    operation[key] = value
    return True


@mutation
def change_client(chance: random.Random, spec: Data) -> bool:
    if chance.random() < 0.5:
        spec["info"]["version"] = f"{chance.randrange(100)}"
    else:
        spec["servers"] = [{"url": f"https://host{chance.randrange(9)}.example.com"}]
    return True


@mutation
def rename_security_scheme(chance: random.Random, spec: Data) -> bool:
    schemes = spec.get("components", {}).get("securitySchemes", {})
    name = pick(chance, sorted(schemes))
    if name is None:
        return False
    schemes[f"{name}Renamed"] = schemes.pop(name)
    for holder in (spec, *(operation for _, _, operation in operations(spec))):
        holder["security"] = (
            [
                {f"{key}Renamed" if key == name else key: scopes for key, scopes in option.items()}
                for option in holder.get("security", [])
            ]
            if "security" in holder
            else None
        )
        if holder["security"] is None:
            del holder["security"]
    return bool(schemas_of(spec))


@mutation
def add_parameter_of_the_same_name(chance: random.Random, spec: Data) -> bool:
    found = pick(chance, parameters(spec))
    if found is None:
        return False
    operation, index = found
    item = operation["parameters"][index]
    other = "header" if item["in"] == "query" else "query"
    operation["parameters"].append(
        {"name": item["name"], "in": other, "schema": {"type": "string"}}
    )
    return True


@mutation
def share_parameters_of_a_path(chance: random.Random, spec: Data) -> bool:
    path, _, operation = chance.choice(operations(spec))
    item = spec["paths"][path]
    if "parameters" not in operation or "parameters" in item:
        return False
    item["parameters"] = operation.pop("parameters")
    return True
