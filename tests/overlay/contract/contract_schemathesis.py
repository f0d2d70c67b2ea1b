"""Schemathesis drives the sandbox from the merged spec: `nox -s contract`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from gettyimages.sandbox import Sandbox

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent


def test_the_sandbox_responds_as_the_spec_allows(tmp_path: Path) -> None:
    # An empty channel would respond with an empty body, which only `x-may-be-empty` allows.
    with Sandbox(channels={1: 200_000}, token_seconds=1e6) as sandbox:
        st = Path(sys.executable).with_name("st")
        command = [str(st), "--config-file", str(HERE / "schemathesis.toml"), "run", "--no-color"]
        command += [str(ROOT / "specs" / "openapi.yaml"), "--url", sandbox.base_url]
        command += ["--header", f"Api-Key: {sandbox.api_key}"]
        command += ["--header", f"Authorization: Bearer {sandbox.issue_token()}"]
        done = subprocess.run(command, cwd=tmp_path, text=True, capture_output=True, check=False)
        sys.stdout.write(done.stdout + done.stderr)
        assert not sandbox.problems
    assert done.returncode == 0, "see above"
