"""What the tests of the upgrade share: running it, and asking the official schema."""

from __future__ import annotations

from textwrap import dedent, indent

from openapi_spec_validator import OpenAPIV31SpecValidator
from support import nodes

from generator.document import Document, Map, plain
from generator.findings import GeneratorError
from generator.grammar import grammar_of, misshapen
from generator.upgrade import upgrade

_HEAD = {
    "2.0": """\
        swagger: "2.0"
        info: {title: T, version: "1"}
        host: api.example.com
        """,
    "3.0": """\
        openapi: 3.0.3
        info: {title: T, version: "1"}
        servers: [{url: https://api.example.com}]
        """,
    "3.1": """\
        openapi: 3.1.1
        info: {title: T, version: "1"}
        servers: [{url: https://api.example.com}]
        """,
}


class Tree:
    """Plain data that is read by a path of keys: `tree("paths", "/a", "get")`."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __call__(self, *keys: str | int) -> object:
        value = self.value
        for key in keys:
            assert isinstance(value, dict | list)
            value = value[key]  # type: ignore[index]
        return value

    def has(self, *keys: str) -> bool:
        value = self.value
        for key in keys:
            if not isinstance(value, dict) or key not in value:
                return False
            value = value[key]
        return True


def document(text: str, version: str = "") -> Document:
    """A document from YAML text; with a version, the text follows a usual head."""
    whole = dedent(_HEAD[version]) + dedent(text) if version else dedent(text)
    found = Document("x.yaml", nodes(whole))
    assert misshapen(grammar_of(found), found.root) == []
    return found


def upgraded(text: str, version: str = "", *, valid: bool = True) -> Tree:
    """What a document becomes, as plain data that the official schema accepts."""
    result, _ = upgrade(document(text, version))
    if valid:
        assert complaints(result.root) == []
    return Tree(plain(result.root))


def warnings(text: str, version: str = "") -> list[str]:
    """The warnings of an upgrade, as texts."""
    return [str(finding) for finding in upgrade(document(text, version))[1]]


def errors(text: str, version: str = "") -> list[str]:
    """The errors of an upgrade that must fail, as texts."""
    try:
        upgrade(document(text, version))
    except GeneratorError as error:
        return [str(finding) for finding in error.findings]
    raise AssertionError("the document was accepted")


def complaints(root: Map) -> list[str]:
    """What the official schema of OpenAPI 3.1 has against a document."""
    return [error.message for error in OpenAPIV31SpecValidator(plain(root)).iter_errors()]  # type: ignore[arg-type]


def operation(fields: str, path: str = "/a") -> str:
    """The paths of a document with one operation, which has a success and these fields."""
    head = f"paths:\n  {path}:\n    post:\n      responses: {{'200': {{description: ok}}}}\n"
    return head + indent(dedent(fields).strip("\n"), " " * 6) + "\n"


POST = ("paths", "/a", "post")
