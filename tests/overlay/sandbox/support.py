"""Plain HTTP to the sandbox, without the client that it is made for."""

from __future__ import annotations

import typing
from collections.abc import Mapping

import httpx

from gettyimages.sandbox import Sandbox

Json = typing.Any


class Caller:
    """Calls the API of a sandbox with a valid token."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.http = httpx.Client(timeout=10, trust_env=False)

    def headers(self) -> dict[str, str]:
        token = self.sandbox.issue_token()
        return {"Api-Key": self.sandbox.api_key, "Authorization": f"Bearer {token}"}

    def __call__(self, method: str, path: str, **options: Json) -> httpx.Response:
        headers: Mapping[str, str] = options.pop("headers", {})
        url = self.sandbox.base_url + path
        return self.http.request(method, url, headers={**self.headers(), **headers}, **options)

    def link(self, asset_id: str, **query: str) -> str:
        query["auto_download"] = "false"
        response = self("POST", f"/v3/downloads/images/{asset_id}", params=query)
        return str(response.json()["uri"])

    def get(self, url: str, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.get(url, headers=named)

    def token(self, **form: str) -> httpx.Response:
        client = {"client_id": self.sandbox.api_key, "client_secret": self.sandbox.api_secret}
        return self.http.post(self.sandbox.token_url, data={**client, **form})

    def password_token(self) -> httpx.Response:
        user = {"username": self.sandbox.username, "password": self.sandbox.password}
        return self.token(grant_type="password", **user)
