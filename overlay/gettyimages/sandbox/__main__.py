"""`python -m gettyimages.sandbox`: a sandbox that runs until it is stopped."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import typing
from collections.abc import Sequence

if typing.TYPE_CHECKING:
    from gettyimages.sandbox import Sandbox

_EXAMPLES = """\
API             {base_url}
token endpoint  {token_url}
delivery host   {delivery_url}

GETTYIMAGES_API_KEY={api_key}
GETTYIMAGES_API_SECRET={api_secret}
GETTYIMAGES_USERNAME={username}
GETTYIMAGES_PASSWORD={password}
GETTYIMAGES_BASE_URL={base_url}
GETTYIMAGES_TOKEN_URL={token_url}

Try it:
  TOKEN=$(curl -s {token_url} -d grant_type=password -d client_id={api_key} \\
    -d client_secret={api_secret} -d username={username} -d password={password} \\
    | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
  curl -H "Api-Key: {api_key}" -H "Authorization: Bearer $TOKEN" "{base_url}/v3/downloads"
  curl -i -X POST -H "Api-Key: {api_key}" -H "Authorization: Bearer $TOKEN" \\
    "{base_url}/v3/downloads/images/1167612765"

Stop it with Ctrl-C.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a sandbox until SIGINT or SIGTERM; returns the exit status."""
    given = vars(_parser().parse_args(arguments))
    try:
        from gettyimages.sandbox import Sandbox, SandboxError
    except ModuleNotFoundError as error:
        return _fail(str(error))
    try:
        with Sandbox(**{name: value for name, value in given.items() if value is not None}) as it:
            _wait(it)
    except SandboxError as error:
        return _fail(str(error))
    return 0


def _wait(sandbox: Sandbox) -> None:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    names = ("base_url", "token_url", "delivery_url", "api_key", "api_secret", "username")
    values = {name: getattr(sandbox, name) for name in (*names, "password")}
    sys.stdout.write(_EXAMPLES.format(**values))
    sys.stdout.flush()
    stopped.wait()


def _fail(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m gettyimages.sandbox",
        description="A server on loopback that behaves like the Getty Images API.",
    )
    add = parser.add_argument
    add("--port", type=int, help="of the API; the others take the next three. Default: any")
    add("--allowance", type=int, help="downloads that may be used up. Default: no limit")
    add("--file-size", type=int, help="of every file, in bytes. Default: 50 to 200 KB")
    add("--latency", type=float, help="seconds that every response takes longer")
    add("--token-seconds", type=float, help="for which a token is valid. Default: 1800")
    add("--history-lag", type=float, help="seconds until a download is in the history")
    add("--max-queries-per-second", type=float, help="above which the answer is 429")
    return parser


if __name__ == "__main__":
    sys.exit(main())
