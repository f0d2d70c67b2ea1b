"""Runs openapi-python-client with our templates on the lowered spec.

The only module that touches the internals of openapi-python-client.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError as RendererError
from openapi_python_client.parser.openapi import Endpoint, EndpointCollection
from openapi_python_client.parser.properties import ModelProperty, Property
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.strings import PythonIdentifier

from generator.client.prose import alternatives, docstring, literal, one_line, wrapped
from generator.client.shapes import Lowered
from generator.document import Map, plain
from generator.findings import Finding, GeneratorError
from generator.names import FormerName, class_name

from .views import Argument, Model, Operation, Views

_EXTRA_FILES = ("_decoding.py", "_encoding.py", "py.typed")


def write_package(
    spec: Map, document: Lowered, views: Views, templates: Path, package: str, folder: Path
) -> None:
    """Write the package, unformatted, into a folder that does not exist yet.

    Raises:
        GeneratorError: openapi-python-client has refused or left out anything at all.
    """
    config = Config.from_sources(
        ConfigFile(post_hooks=[], literal_enums=True, package_name_override=package),
        MetaType.NONE,
        document_source=folder,
        file_encoding="utf-8",
        overwrite=False,
        output_path=folder,
    )
    data = GeneratorData.from_dict(document, config=config)
    if isinstance(data, RendererError):
        raise _refused([data])
    _regroup(data, views)
    project = _Package(data, config, templates, views, spec)
    with redirect_stdout(io.StringIO()):
        errors = project.build()
    if errors:
        raise _refused(errors)


def _regroup(data: GeneratorData, views: Views) -> None:
    """Group operations by our resources, under names that the renderer has no reason to change.

    It has other reserved words than we have, and its names may coincide where ours do not.
    """
    old = data.endpoint_collections_by_tag.values()
    data.errors += [error for group in old for error in group.parse_errors]
    groups: dict[PythonIdentifier, EndpointCollection] = {}
    for number, endpoint in enumerate(item for group in old for item in group.endpoints):
        view = views.operations[_key(endpoint)]
        tag = str.__new__(PythonIdentifier, view.resource)
        groups.setdefault(tag, EndpointCollection(tag=tag)).endpoints.append(endpoint)
        endpoint.name = PythonIdentifier(f"operation_{number}", prefix="")
    for resource, _ in views.former:  # some have nothing but former names left
        tag = str.__new__(PythonIdentifier, resource)
        groups.setdefault(tag, EndpointCollection(tag=tag))
    data.endpoint_collections_by_tag = groups


def _key(endpoint: Endpoint) -> tuple[str, str]:
    """The resource and the module of an operation: what its lowered path is made of."""
    _, resource, module = endpoint.path.get_untrusted_value().split("/")
    return resource, module


class _Package(Project):
    """Adds what the merged spec says to what templates are told, and a few files."""

    def __init__(
        self, data: GeneratorData, config: Config, templates: Path, views: Views, spec: Map
    ) -> None:
        models = {model.class_info.name: model for model in data.models}
        data.models = [model for name, model in models.items() if not views.models[name].mapping]
        super().__init__(openapi=data, config=config, custom_template_path=templates)
        self._models = models
        self._views = views
        self._spec = spec
        self.env.filters.update(
            docstring=docstring,
            wrapped=wrapped,
            literal=literal,
            one_line=one_line,
            alternatives=alternatives,
            class_name=class_name,
        )
        self.env.tests.update(holding_files=_has_files)
        self.env.globals.update(
            info=spec.map("info"),
            operation_of=self._operation,
            model_of=self._model,
            type_of=self._type_of,
            values_of=self._values_of,
            kind=_kind,
            class_of=_class_of,
            classes=sorted(
                (model for model in views.models.values() if not model.mapping),
                key=lambda model: model.name,
            ),
            operations=list(views.operations.values()),
            former_names=self._former_names(),
        )

    def _create_package(self) -> None:
        super()._create_package()
        for name in _EXTRA_FILES:
            content = self.env.get_template(f"{name}.jinja").render()
            (self.package_dir / name).write_text(content, "utf-8")
        spec = json.dumps(plain(self._spec), indent=1, ensure_ascii=False)
        (self.package_dir / "openapi.json").write_text(spec + "\n", "utf-8")

    def _build_api(self) -> None:
        super()._build_api()
        folder = self.package_dir / "api"
        for tag, group in self.openapi.endpoint_collections_by_tag.items():
            for endpoint in group.endpoints:
                name = f"{self._operation(endpoint).module}.renamed"
                (folder / tag / f"{endpoint.name}.py").rename(folder / tag / name)
        for path in sorted(folder.glob("*/*.renamed")):
            path.rename(path.with_suffix(".py"))
        self._build_former(folder)

    def _build_former(self, folder: Path) -> None:
        template = self.env.get_template("former_module.py.jinja")
        for (resource, module), (former, operation) in self._views.former.items():
            content = template.render(former=former, operation=operation)
            (folder / resource / f"{module}.py").write_text(content, "utf-8")

    def _build_models(self) -> None:
        super()._build_models()
        folder = self.package_dir / "models"
        for item in [*self.openapi.models, *self.openapi.enums]:
            name = f"{self._model(item).module}.renamed"
            (folder / f"{item.class_info.module_name}.py").rename(folder / name)
        for path in sorted(folder.glob("*.renamed")):
            path.rename(path.with_suffix(".py"))

    def _former_names(self) -> dict[str, list[tuple[FormerName, Endpoint]]]:
        """The former names in each resource, with what they stand for."""
        found: dict[str, list[tuple[FormerName, Endpoint]]] = {}
        for group in self.openapi.endpoint_collections_by_tag.values():
            for endpoint in group.endpoints:
                for name in self._operation(endpoint).former_names:
                    found.setdefault(name.resource, []).append((name, endpoint))
        return found

    def _operation(self, endpoint: Endpoint) -> Operation:
        return self._views.operations[_key(endpoint)]

    def _model(self, prop: Property) -> Model:
        return self._views.models[prop.class_info.name]  # type: ignore[union-attr]  # only called for models and enumerations

    def _values_of(self, prop: ModelProperty) -> Property | None:
        """The parsed type of a mapping's values. References are parsed before it is known."""
        return self._models[prop.class_info.name].additional_properties

    def _type_of(self, endpoint: Endpoint, argument: Argument) -> Property:
        """The parsed type of an argument."""
        key = f"a{self._operation(endpoint).arguments.index(argument)}"
        return next(
            parsed
            for parsed in endpoint.query_parameters
            if parsed.name.get_untrusted_value() == key
        )


def _class_of(resource: str) -> str:
    """The name of a resource's class, which is none that its module imports."""
    name = class_name(resource)
    return f"{name}_" if name in ("AsyncClient", "Client") else name


def _kind(prop: Property) -> str:
    """What macros call a kind of type: `string`, `list`, `model`, `mapping`, ..."""
    name = type(prop).__name__.removesuffix("Property").lower()
    is_mapping = isinstance(prop, ModelProperty) and not prop.data.properties
    return "mapping" if is_mapping else name


def _has_files(prop: Property) -> bool:
    """Whether a property holds a file, or a list of them."""
    inner = prop.inner_property if isinstance(prop, ListProperty) else prop
    return isinstance(inner, FileProperty)


def _refused(errors: Sequence[RendererError]) -> GeneratorError:
    return GeneratorError(
        Finding(
            "openapi-python-client",
            one_line(f"{error.header} {error.detail or ''}"),
            "Nothing may be left out: amend the part of the spec that it names by an overlay.",
        )
        for error in errors
    )
