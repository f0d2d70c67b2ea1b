"""The names that the package exports, and the modules that importing it loads."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import gettyimages

PUBLIC_MODULES = {"__init__", "sandbox", "testing"}


def test_the_public_names_are_these() -> None:
    assert sorted(gettyimages.__all__) == gettyimages.__all__
    assert set(gettyimages.__all__) == {
        "APIConnectionError",
        "APIError",
        "APITimeoutError",
        "AsyncBatch",
        "AsyncChangeSets",
        "AsyncDeliveredChangeSet",
        "AsyncGettyImages",
        "AsyncOpenedImage",
        "AuthenticationError",
        "BadRequestError",
        "Batch",
        "BatchResult",
        "BatchSummary",
        "ChangeSetError",
        "ChangeSets",
        "ContentError",
        "CredentialsError",
        "DeliveredChangeSet",
        "DownloadError",
        "DownloadInProgressError",
        "DownloadLink",
        "DownloadOutcomeUnknown",
        "FileConflictError",
        "FileError",
        "GettyImages",
        "GettyImagesError",
        "JournalError",
        "NotFoundError",
        "OpenedImage",
        "PermissionDeniedError",
        "RateLimitError",
        "RawResponse",
        "RegistrationError",
        "ResponseDecodeError",
        "SavedFile",
        "ServerError",
        "StrandedError",
        "TokenStore",
        "TransferError",
        "UnsettledError",
        "__version__",
    }


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
    folder = Path(gettyimages.__file__ or "").parent
    names = {path.stem for path in folder.glob("*.py")} | {
        path.parent.name for path in folder.glob("*/__init__.py")
    }
    assert {name for name in names if not name.startswith("_")} <= PUBLIC_MODULES
    assert (folder / "py.typed").exists()


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


HEAVY = {"httpx", "httpcore", "asyncio", "ssl", "gettyimages_rest.models", "email.message"}


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


def test_the_blocking_client_loads_no_asynchronous_module() -> None:
    assert asynchronous(loaded_by("from gettyimages import AsyncGettyImages"))
    assert not asynchronous(loaded_by("from gettyimages import GettyImages"))


def asynchronous(modules: set[str]) -> set[str]:
    return {name for name in modules if re.match(r"gettyimages\..*async", name)}
