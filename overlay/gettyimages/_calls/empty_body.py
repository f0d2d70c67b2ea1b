"""What an empty body of a success means, operation by operation.

The documents describe most successes with a body, and the API sends some of them without one.

| the operation | a success with an empty body | a success with a body |
| --- | --- | --- |
| declares no body | None | None: the body is ignored |
| may be empty (`x-may-be-empty`) | None: a change set of an empty channel | the decoded body |
| any other | `ResponseDecodeError` | the decoded body |

White space counts as empty, and the content type does not matter. The generated
`parse_response` returns the values of this table; the error is raised here.
"""

from __future__ import annotations

from gettyimages_rest import types

from .._errors import ResponseDecodeError
from .._response import RawResponse


def check_body(operation: types.Operation[object], response: RawResponse) -> None:
    """Refuse a success without the body that the operation cannot do without."""
    needs_body = operation.returns_body and not operation.may_be_empty
    is_success = 200 <= response.status_code <= 299
    if needs_body and is_success and not response.content.strip():
        text = f"{operation.name}: the call itself succeeded, but its response has an empty body"
        raise ResponseDecodeError(text, operation=operation.name, response=response)
