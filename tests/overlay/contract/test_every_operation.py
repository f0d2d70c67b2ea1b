"""Every operation takes every parameter, and every response of the sandbox fits the spec."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

import httpx
import pytest
from jsonschema import Draft202012Validator
from starlette.responses import Response

from gettyimages.sandbox import Fault, RequestContext, Sandbox

from ..support.worlds import World
from .calls import OPERATIONS, SPEC, arguments, method, resolve

pytestmark = pytest.mark.slow


@dataclass(frozen=True, kw_only=True, eq=False)
class Watch(Fault):
    """Does no harm: compares each response of the API with the spec."""

    violations: list[str] = field(default_factory=list)

    def matches(self, context: RequestContext) -> bool:
        return context.request.origin == "api"

    def change_response(self, context: RequestContext, response: Response) -> Response:
        nodes = [node for name, node in OPERATIONS.items() if name in context.operation_names]
        declared = nodes[0]["responses"].get(str(response.status_code))
        if declared is None:
            self.violations.append(f"{response.status_code} is not declared")
            return response
        content = resolve(declared).get("content", {})
        media = response.headers.get("content-type")
        if media not in (content or (None,)):
            self.violations.append(f"{media} is not declared")
        elif content:
            schema = {**content[media]["schema"], "components": SPEC["components"]}
            errors = Draft202012Validator(schema).iter_errors(json.loads(bytes(response.body)))
            self.violations.extend(error.message for error in errors)
        return response


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_takes_all_of_its_parameters_and_gets_what_the_spec_has(
    world: World, operation: str
) -> None:
    with Sandbox() as sandbox:
        client = world.client(**sandbox.client_options())
        world.do(client.boards.add_asset, "1", "1")
        world.do(client.asset_changes.get_change_set, channel_id=1)
        values = arguments(client, operation)
        if "comment_id" in values:
            values["comment_id"] = world.do(client.boards.add_comment, "1", text="Fine").id
        if "change_set_id" in values:
            change_set = world.do(client.asset_changes.get_change_set, channel_id=1)
            values["change_set_id"] = change_set.change_set_id
        watch = Watch()
        sandbox.faults.add(watch)
        world.do(method(client, operation), **values)
        assert not watch.violations
        assert sandbox.faults.times_applied(watch) == 1


def test_a_key_or_a_token_that_is_missing_or_wrong_is_refused_as_the_spec_has_it() -> None:
    watch = Watch()
    with Sandbox() as sandbox, httpx.Client(base_url=sandbox.base_url) as http:
        sandbox.faults.add(watch)
        token = {"Authorization": f"Bearer {sandbox.issue_token()}"}
        own, wrong = {"Api-Key": sandbox.api_key}, {"Api-Key": "wrong"}
        for name, node in OPERATIONS.items():
            verb, _, path = name.partition(" ")
            url = re.sub(r"\{[^}]+\}", "1", path)
            needs_token = all(len(each) > 1 for each in node["security"])
            refusals: list[tuple[dict[str, str], int]] = [(token, 401), (wrong, 403)]
            refusals += [({**own, "Authorization": "Bearer gone"}, 401)]
            refusals += [(own, 401)] if needs_token else []
            for headers, status in refusals:
                assert http.request(verb, url, headers=headers).status_code == status, name
            assert watch.violations == [], name
