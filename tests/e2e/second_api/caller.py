"""Calls the Observatory API. All that its generated package leaves to do stands in the class."""

import datetime
import os

import httpx
from observatory_rest import client

URL, LOGIN, KEY = (os.environ[f"OBSERVATORY_{name}"] for name in ("URL", "LOGIN", "KEY"))


class Observatory(client.Client):
    def call(self, operation, request, *, timeout=None, headers=None):
        sent, content = {**request.headers, **(headers or {})}, None
        if request.body:
            content, sent["Content-Type"] = request.body.content, request.body.content_type
        url, auth = URL + request.target, tuple(LOGIN.split(":"))
        if "apiKey" in operation.security[0].values():
            url, auth = f"{url}{'&' if request.query else '?'}key={KEY}", None
        response = httpx.request(request.method, url, headers=sent, content=content, auth=auth)
        if response.is_error:
            raise LookupError(response.json()["detail"])
        return operation.parse_response(response)

    def all_stations(self, cursor=None):
        page = self.stations.find(cursor=cursor, limit=2, kinds=["sea", "air"])
        return page.items + (self.all_stations(page.cursor) if page.cursor else [])


api = Observatory()
codes = [station.code for station in api.all_stations()]
note = api.stations.add_note(codes[0], body={"text": "ice & snow", "urgent": True})
table = api.stations.readings(codes[0], day=datetime.date(2026, 1, 31))
warning = api.warnings.get_warning(7)
api.warnings.acknowledge_warning(7, by="me")
try:
    api.warnings.get_warning(8)
except LookupError as error:
    print(codes, note.id, table.split(), warning.level, warning.until, error, sep=" | ")
