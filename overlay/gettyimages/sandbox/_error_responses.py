"""The forms in which the API answers, errors above all."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import JSONResponse, Response

OVER_LIMIT = {"X-Error-Detail": "Account Over Queries Per Second Limit"}


class Refused(Exception):
    """The request is refused with this response."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def refusal(status: int, code: str, message: str) -> Refused:
    """An error as the API itself words it."""
    return Refused(JSONResponse({"ErrorCode": code, "ErrorMessage": message}, status))


def gateway(status: int, message: str, headers: Mapping[str, str] | None = None) -> Refused:
    """An error as the gateway in front of the API words it."""
    return Refused(JSONResponse({"message": message}, status, headers))


def token_error(status: int, error: str, description: str) -> Refused:
    """An error of the token endpoint (RFC 6749, 5.2)."""
    return Refused(JSONResponse({"error": error, "error_description": description}, status))


def page(status: int, title: str) -> Response:
    """An HTML page, as proxies and delivery networks send them."""
    html = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{title}</body></html>"
    return Response(html, status, media_type="text/html")
