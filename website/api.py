"""The reference of the HTTP API: the merged spec as a page of Scalar's, which tries the sandbox."""

from __future__ import annotations

import importlib.util
import json
import shutil
import typing
from pathlib import Path

import yaml

PORT = 8765
_BUNDLE = ("flask_openapi_scalar", "templates/scalar/js/scalar.standalone.js")
_PASSWORD = {
    "x-scalar-client-id": "sandbox-key",
    "clientSecret": "sandbox-secret",
    "username": "sandbox-user",
    "password": "sandbox-password",
    "x-scalar-credentials-location": "body",
}
_CONFIGURATION = {
    "url": "openapi.json",
    "withDefaultFonts": False,  # they would be fetched from a host of Scalar's
    "telemetry": False,
    "agent": {"disabled": True},
    "mcp": {"disabled": True},
    "hideClientButton": True,
    "defaultOpenAllTags": True,
    "showDeveloperTools": "never",
    "defaultHttpClient": {"targetKey": "shell", "clientKey": "curl"},
    "authentication": {
        "preferredSecurityScheme": [["ApiKey", "OAuth2"]],
        "securitySchemes": {
            "ApiKey": {"value": "sandbox-key"},
            "OAuth2": {"flows": {"password": _PASSWORD}},
        },
    },
}


def write(folder: Path, spec: Path, port: int = PORT) -> None:
    """Write the page, the spec as it fits the sandbox at a port, and Scalar's script."""
    folder.mkdir()
    (folder / "openapi.json").write_text(json.dumps(_for_sandbox(spec, port), indent=1), "utf-8")
    page = Path(__file__).with_name("api.html").read_text("utf-8")
    page = page.replace("{port}", str(port))
    page = page.replace("{configuration}", json.dumps(_CONFIGURATION, indent=2))
    (folder / "index.html").write_text(page, "utf-8")
    package, name = _BUNDLE
    found = importlib.util.find_spec(package)  # it is not imported: it would need a web server
    assert found is not None
    assert found.origin is not None
    shutil.copy(Path(found.origin).parent / name, folder / "scalar.js")


def _for_sandbox(path: Path, port: int) -> dict[str, typing.Any]:
    """The merged spec, with the addresses of a sandbox in place of the API's."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    spec: dict[str, typing.Any] = yaml.load(path.read_text("utf-8"), loader)
    url, tokens = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}/oauth2/token"
    spec["servers"] = [{"url": url, "description": "A sandbox on this machine"}]
    for item in spec["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict):
                operation.pop("servers", None)
    scheme = spec["components"]["securitySchemes"]["OAuth2"]
    scheme["flows"] = {
        name: scheme["flows"][name] for name in sorted(scheme["flows"], reverse=True)
    }
    for flow in scheme["flows"].values():  # the first is the one that is open: the password
        flow.update({name: tokens for name in ("tokenUrl", "refreshUrl") if name in flow})
    return spec
