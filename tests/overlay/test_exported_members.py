"""The names that the package exports, and the modules that importing it loads."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import gettyimages
import gettyimages.models
import gettyimages_rest.models
from gettyimages.sandbox import Sandbox

PUBLIC_MODULES = {"__init__", "cli", "fleet", "models", "sandbox", "testing"}
PACKAGE = Path(gettyimages.__file__ or "").parent


def test_the_public_names_are_these() -> None:
    assert sorted(gettyimages.__all__) == gettyimages.__all__
    assert set(gettyimages.__all__) == {
        "APIConnectionError",
        "APIError",
        "APITimeoutError",
        "AsyncChangeSetDelivery",
        "AsyncChangeSets",
        "AsyncDownloadBatch",
        "AsyncGettyImages",
        "AsyncOpenedFile",
        "AuthenticationError",
        "BadRequestError",
        "ChangeSetDelivery",
        "ChangeSetError",
        "ChangeSets",
        "ContentError",
        "CredentialsError",
        "DownloadBatch",
        "DownloadError",
        "DownloadInProgressError",
        "DownloadLink",
        "DownloadOutcomeUnknownError",
        "DownloadResult",
        "DownloadSummary",
        "FileConflictError",
        "FileError",
        "GettyImages",
        "GettyImagesError",
        "InvalidArgumentError",
        "JournalError",
        "JournalRecord",
        "LinkLostError",
        "NULL",
        "NotFoundError",
        "OpenedFile",
        "OutcomeUnknownError",
        "PermissionDeniedError",
        "RateLimitError",
        "RawResponse",
        "RegistrationError",
        "RegistrationProgress",
        "ResponseDecodeError",
        "SavedFile",
        "ServerError",
        "TokenStore",
        "TransferError",
        "WrittenFile",
        "__version__",
    }


def test_type_checkers_and_the_interpreter_find_the_same_names_in_the_same_modules() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    (checking,) = (
        node
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "typing.TYPE_CHECKING"
    )
    typed = []
    for node in checking.body:
        assert isinstance(node, ast.ImportFrom)
        for alias in node.names:
            assert alias.asname == alias.name  # without it, checkers do not export the name
            typed.append((f"{'.' * node.level}{node.module}", alias.name))
    (table,) = (
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_EXPORTS"
    )
    loaded = [(module, name) for module, names in table.items() for name in names.split()]
    assert sorted(typed) == sorted(loaded)
    for module, name in loaded:
        value = getattr(importlib.import_module(module, "gettyimages"), name)
        assert getattr(gettyimages, name) is value


def test_the_models_are_those_of_the_rest_layer() -> None:
    names = gettyimages.models.__all__
    assert names == gettyimages_rest.models.__all__
    assert set(names) <= set(dir(gettyimages.models))
    for name in names:
        assert getattr(gettyimages.models, name) is getattr(gettyimages_rest.models, name)
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        gettyimages.models.Nothing  # noqa: B018


def test_only_public_names_are_attributes_of_the_package() -> None:
    exported = {name: getattr(gettyimages, name) for name in gettyimages.__all__}
    assert set(exported) <= set(dir(gettyimages))
    with pytest.raises(AttributeError, match="module 'gettyimages' has no attribute 'nothing'"):
        gettyimages.nothing  # noqa: B018
    modules = {"importlib", "typing", "annotations"}
    loaded = {name for name in vars(gettyimages) if not name.startswith("_")} - modules
    assert loaded - PUBLIC_MODULES <= set(gettyimages.__all__)


@pytest.mark.parametrize("name", gettyimages.__all__)
def test_every_public_name_has_a_docstring(name: str) -> None:
    value = getattr(gettyimages, name)
    assert inspect.getdoc(value)
    if not inspect.isclass(value):
        return
    for member, function in vars(value).items():
        if not member.startswith("_") and (
            inspect.isfunction(function) or hasattr(function, "func")
        ):
            assert inspect.getdoc(getattr(function, "func", function)), f"{name}.{member}"


def test_modules_that_are_not_public_start_with_an_underscore() -> None:
    names = {path.stem for path in PACKAGE.glob("*.py")} | {
        path.parent.name for path in PACKAGE.glob("*/__init__.py")
    }
    assert {name for name in names if not name.startswith("_")} == PUBLIC_MODULES - {"__init__"}
    assert (PACKAGE / "py.typed").exists()


def loaded_by(code: str) -> set[str]:
    """The modules that some code loads."""
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    path = [f"import sys; sys.path[:0] = {[entry for entry in sys.path if entry]!r}"]
    result = subprocess.run(
        [sys.executable, "-I", "-c", "\n".join([*path, script])],
        check=True,
        capture_output=True,
        text=True,
    )
    return set(result.stdout.split())


HEAVY = {
    "httpx",
    "httpcore",
    "asyncio",
    "ssl",
    "gettyimages_rest.models",
    "gettyimages.cli",
    "email.message",
    "sqlite3",
    "dataclasses",
    "hashlib",
    "queue",
}


@pytest.mark.parametrize(
    "code",
    [
        "import gettyimages",
        "from gettyimages import GettyImages",
        "from gettyimages import AsyncGettyImages",
        "from gettyimages import GettyImages; GettyImages(api_key='x')",
        "from gettyimages import GettyImages as G; G(api_key='x').with_options(timeout=1).close()",
    ],
)
def test_httpx_and_asyncio_are_loaded_only_when_they_are_needed(code: str) -> None:
    assert not loaded_by(code) & HEAVY


SAVING = """
from gettyimages.sandbox import Sandbox
with Sandbox() as sandbox, tempfile.TemporaryDirectory() as folder, sandbox.client() as client:
    client.downloads.get_downloads()
    client.downloads.save_image("1", folder)
    [*client.downloads.save_images(["2"], folder)]
    client.asset_registrations.register(asset_ids=["1"])
"""
AWAITING = """
import asyncio
from gettyimages.sandbox import Sandbox
async def main():
    async with sandbox.async_client() as client:
        await client.downloads.get_downloads()
with Sandbox() as sandbox:
    asyncio.run(main())
"""


CALLING = """
from gettyimages import GettyImages
with GettyImages(**{}) as client:
    client.asset_changes.get_channels()
    client.downloads.get_downloads()
    client.asset_registrations.register(asset_ids=["1"])
"""


def test_calls_of_the_blocking_client_do_not_load_asyncio() -> None:
    with Sandbox() as sandbox:
        assert "asyncio" not in loaded_by(CALLING.format(sandbox.client_options()))


@pytest.mark.slow
def test_the_blocking_client_loads_no_asynchronous_module() -> None:
    assert asynchronous(loaded_by(AWAITING))
    assert not asynchronous(loaded_by(f"import tempfile\n{SAVING}"))


def asynchronous(modules: set[str]) -> set[str]:
    return {name for name in modules if re.match(r"gettyimages\._.*async", name)}
