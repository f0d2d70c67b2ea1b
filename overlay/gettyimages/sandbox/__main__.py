"""`python -m gettyimages.sandbox`: a sandbox that runs until it is stopped."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence

_EXAMPLES = """\
API             {0.base_url}
token endpoint  {0.token_url}
delivery host   {0.delivery_url}

{1}

Try it:
  TOKEN=$(curl -s {0.token_url} -d grant_type=password -d client_id={0.api_key} \\
    -d client_secret={0.api_secret} -d username={0.username} -d password={0.password} \\
    | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
  curl -H "Api-Key: {0.api_key}" -H "Authorization: Bearer $TOKEN" "{0.base_url}/v3/downloads"
  curl -i -X POST -H "Api-Key: {0.api_key}" -H "Authorization: Bearer $TOKEN" \\
    "{0.base_url}/v3/downloads/images/1167612765"

Stop it with Ctrl-C.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a sandbox until SIGINT or SIGTERM; returns the exit status."""
    options = vars(_parser().parse_args(arguments))
    try:
        from gettyimages.sandbox import Sandbox, SandboxError
    except ModuleNotFoundError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        with Sandbox(**options) as sandbox:
            variables = "\n".join(f"{name}={text}" for name, text in sandbox.env().items())
            sys.stdout.write(_EXAMPLES.format(sandbox, variables))
            sys.stdout.flush()
            stopped.wait()
    except SandboxError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m gettyimages.sandbox",
        description="A server on loopback that behaves like the Getty Images API.",
        argument_default=argparse.SUPPRESS,
    )
    add = parser.add_argument
    add("--port", type=int, help="of the API; the others take the next three. Default: any")
    add("--allowance", type=int, help="downloads that may be used up. Default: no limit")
    add("--search-results", type=int, help="items that each search finds. Default: 100")
    add("--file-size", type=int, help="of every file, in bytes. Default: 50 to 200 KB")
    add("--latency", type=float, help="seconds by which every response is delayed")
    add("--token-seconds", type=float, help="for which a token is valid. Default: 1800")
    add("--history-lag", type=float, help="seconds until a download is in the history")
    add("--max-queries-per-second", type=float, help="above which the status is 429")
    return parser


if __name__ == "__main__":
    sys.exit(main())
