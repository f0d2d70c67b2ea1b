"""Has openapi-python-client write the client model, with our templates.

The only module that imports it. Its classes are made from the client model, without its parser,
which refuses some 20 of 70 operations of present-day documents and gives names of its own.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.openapi import Endpoint, EndpointCollection
from openapi_python_client.parser.properties import (
    AnyProperty,
    Class,
    LiteralEnumProperty,
    ModelProperty,
)
from openapi_python_client.schema import Schema
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import ClassName, PythonCode, PythonIdentifier

from generator.client import Argument, Client, Field, Model, Operation, docstrings
from generator.client.safe_text import docstring, one_line
from generator.client.types import apart, imports
from generator.document import plain
from generator.findings import Finding, GeneratorError
from generator.names import FormerName, class_name

_IN_EVERY_SIGNATURE = "types.Query | float | collections.abc.Mapping[str, str]"
_PLAIN_FILES = ("_bodies.py", "_decoding.py", "_encoding.py", "types.py")


def write_package(
    client: Client,
    templates: Path,
    package: str,
    folder: Path,
    exceptions: Mapping[str, str] | None = None,
) -> None:
    """Write the package, unformatted, into a folder that does not exist yet.

    Raises:
        GeneratorError: openapi-python-client reports anything at all.
    """
    config = Config.from_sources(
        ConfigFile(post_hooks=[], package_name_override=package),
        MetaType.NONE,
        document_source=folder,
        file_encoding="utf-8",
        overwrite=False,
        output_path=folder,
    )
    project = _Package(client, config, templates)
    project.env.globals["exceptions"] = exceptions or {}
    with redirect_stdout(io.StringIO()):
        errors = project.build()
    if errors:
        reasons = [one_line(f"{error.header} {error.detail or ''}") for error in errors]
        program = "openapi-python-client"
        raise GeneratorError(Finding(program, "render-failed", reason=each) for each in reasons)


def _identifier(name: str) -> PythonIdentifier:
    """Return a name as it is: the constructor would spell some anew."""
    return str.__new__(PythonIdentifier, name)


def _of_class(model: Model) -> dict[str, Any]:
    """Return the arguments that models and enumerations have in common."""
    name, module = str.__new__(ClassName, model.name), _identifier(model.module)
    texts = {"name": UntrustedString(model.name), "description": UntrustedString(model.description)}
    usual = {"required": True, "default": None, "example": None, "python_name": module}
    return {**texts, **usual, "class_info": Class(name, module)}


class _Value(AnyProperty):
    """An argument or a field, of the type that the client model gives it."""

    def __init__(self, of: Argument | Field) -> None:
        super().__init__(
            name=UntrustedString(of.wire),
            required=of.required,
            default=None,
            python_name=_identifier(of.name),
            description=UntrustedString(of.description),
            example=None,
        )
        self.of = of

    def get_type_string(self, no_optional: bool = False, json: bool = False) -> PythonCode:
        return PythonCode(self.of.annotation)

    def to_string(self) -> PythonCode:
        return PythonCode(self.of.declaration)


class _Model(ModelProperty):
    def __init__(self, of: Model) -> None:
        self.of = of
        self.properties = [_Value(item) for item in of.fields]
        lines = imports(item.annotation for item in of.fields)
        super().__init__(
            **_of_class(of),
            data=Schema(),
            roots=set(),
            required_properties=[item for item in self.properties if item.required],
            optional_properties=[item for item in self.properties if not item.required],
            # Its module imports the others of the package in any case.
            relative_imports={line for line in lines if line.startswith("import")},
            lazy_imports=set(),
            additional_properties=None,
        )


class _Enumeration(LiteralEnumProperty):
    def __init__(self, of: Model) -> None:
        self.of = of
        super().__init__(**_of_class(of), values=set(of.values), value_type=type(of.values[0]))


class _Endpoint(Endpoint):
    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        self.parameters = [_Value(item) for item in operation.signature]
        super().__init__(
            path=UntrustedString(operation.path),
            method=operation.verb.lower(),
            description=UntrustedString(operation.description),
            name=_identifier(operation.module),
            requires_security=any(operation.security),
            tags=[_identifier(operation.resource)],
            summary=UntrustedString(operation.summary),
            relative_imports=imports(_annotations(operation)),
        )

    def response_type(self) -> PythonCode:
        return PythonCode(self.operation.annotation)


def _annotations(operation: Operation) -> list[str]:
    """Return the annotations of the signature of an operation, and of its iterator."""
    pages = operation.pagination
    returned = [operation.annotation, *([pages.item] if pages else [])]
    return [*returned, *(item.annotation for item in operation.arguments)]


@dataclass
class _Resource(EndpointCollection):
    """The operations of a resource.

    They are not among its `endpoints`, as their modules would get names of another spelling.
    """

    operations: list[_Endpoint] = field(default_factory=list)
    former: list[tuple[FormerName, _Endpoint]] = field(default_factory=list)

    @property
    def class_name(self) -> str:
        """The name of its class, which differs from all names that its module imports."""
        name = class_name(self.tag)
        return f"{name}_" if name in ("AsyncClient", "Client") else name

    @property
    def imports(self) -> list[str]:
        """What its module imports for annotations."""
        shown = [*self.operations, *(endpoint for _, endpoint in self.former)]
        texts = [text for endpoint in shown for text in _annotations(endpoint.operation)]
        return sorted(imports([*texts, _IN_EVERY_SIGNATURE], self.methods))

    @cached_property
    def methods(self) -> set[str]:
        """The names of its methods."""
        operations = [endpoint.operation for endpoint in self.operations]
        names = {operation.method for operation in operations}
        names |= {operation.pagination.name for operation in operations if operation.pagination}
        return names | {name.method for name, _ in self.former}

    def apart(self, annotation: str) -> str:
        """Return an annotation that means the same in its class."""
        return apart(annotation, self.methods)

    @property
    def successors(self) -> list[str]:
        """The resources that have the operations of its former names."""
        return list(dict.fromkeys(endpoint.operation.resource for _, endpoint in self.former))


def _resources(operations: Iterable[Operation]) -> dict[PythonIdentifier, EndpointCollection]:
    found: dict[str, _Resource] = {}
    for operation in operations:
        resource = found.setdefault(operation.resource, _Resource(operation.resource))
        resource.operations.append(_Endpoint(operation))
    for endpoint in [each for resource in found.values() for each in resource.operations]:
        for name in endpoint.operation.former_names:  # some resources have nothing else left
            resource = found.setdefault(name.resource, _Resource(name.resource))
            resource.former.append((name, endpoint))
    return {_identifier(name): found[name] for name in sorted(found)}


class _Compiled(BytecodeCache):
    """Keeps templates compiled while the process runs: that takes longer than a small package."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class _Package(Project):
    """A project that is a package alone, with a few files more, under the names of the model."""

    def __init__(self, client: Client, config: Config, templates: Path) -> None:
        self._client, self._templates = client, templates
        info = client.spec.map("info")
        models = sorted(client.models.values(), key=lambda model: model.name)
        data = GeneratorData(
            title=UntrustedString(info.text("title")),
            description=None,
            version=UntrustedString(info.text("version")),
            models=[_Model(model) for model in models if not model.values],
            errors=[],
            endpoint_collections_by_tag=_resources(client.operations),
            enums=[_Enumeration(model) for model in models if model.values],
        )
        super().__init__(openapi=data, config=config, custom_template_path=templates)
        self.env.bytecode_cache = _COMPILED
        self.env.filters.update(
            docstring=docstring, literal=repr, one_line=one_line, class_name=class_name
        )
        self.env.globals.update(
            docstrings=docstrings,
            title=info.text("title"),
            classes=models,
            resources=[*data.endpoint_collections_by_tag],
        )

    def _create_package(self) -> None:
        super()._create_package()
        names: list[str] = [*_PLAIN_FILES]  # `types.py` instead of that of openapi-python-client
        if any(operation.former_names for operation in self._client.operations):
            names.append("_deprecation.py")
        if any(operation.pagination for operation in self._client.operations):
            names.append("_pagination.py")
        for name in names:
            shutil.copyfile(self._templates / name, self.package_dir / name)
        (self.package_dir / "py.typed").touch()
        spec = json.dumps(plain(self._client.spec), indent=1, ensure_ascii=False)
        (self.package_dir / "openapi.json").write_text(spec + "\n", "utf-8")

    def _build_api(self) -> None:
        super()._build_api()
        operation = self.env.get_template("endpoint_module.py.jinja")
        former = self.env.get_template("former_module.py.jinja")
        for tag, resource in self.openapi.endpoint_collections_by_tag.items():
            assert isinstance(resource, _Resource)
            folder = self.package_dir / "api" / tag
            for endpoint in resource.operations:
                content = operation.render(endpoint=endpoint)
                (folder / f"{endpoint.name}.py").write_text(content, "utf-8")
            for name, endpoint in resource.former:
                content = former.render(former=name, operation=endpoint.operation)
                (folder / f"{name.module}.py").write_text(content, "utf-8")
