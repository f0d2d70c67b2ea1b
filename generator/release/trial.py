"""Tries what is on an index: installs it where there is nothing else, and calls the sandbox."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.findings import Finding, GeneratorError

from .credentials import Credentials
from .distributions import Distribution
from .processes import environment, name_netrc, run

_SCRIPT = """\
import sys
from importlib.metadata import version
from gettyimages import _version
from gettyimages.sandbox import Sandbox

with Sandbox() as sandbox, sandbox.client() as client:
    client.asset_registrations.register_all(["1", "2"])
    changes = 0
    for change_set in client.asset_changes.change_sets(channel_id=1):
        changes += len(change_set.changed_assets)
        change_set.confirm()
    saved = client.downloads.save_image("1", "photos")
    records = [record.id for record in client.downloads.history()]
    assert changes and saved.path.stat().st_size and records, (changes, saved, records)
    calls = len(sandbox.requests)
assert _version.VERSION == version(sys.argv[1]), _version.VERSION
print(version(sys.argv[1]), calls)
"""
_KEPT = ("CERT", "CLIENT_CERT", "DEFAULT_TIMEOUT", "PROXY", "RETRIES", "TRUSTED_HOST")
_PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")


def tried(
    project: str, version: str, simple: str, wheel: Distribution, who: Credentials | None
) -> str:
    """Install a version from an index into an empty environment and call the sandbox there.

    Returns:
        What happened, in a sentence.

    Raises:
        GeneratorError: Something of it fails, or pip gets another wheel.
    """
    with TemporaryDirectory(prefix="gettyimages-") as temporary:
        folder = Path(temporary)
        cure = "Mend the Python that runs this: it has no working venv and pip."
        run([sys.executable, "-m", "venv", folder / "env"], folder, cure)
        python = folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
        url = _installed(python, folder, f"{project}=={version}", simple, wheel, who)
        cure = "Install what it needs from your default index by hand, to see what is wrong."
        run([python, *_PIP, "install", f"{project}[sandbox]=={version}"], folder, cure)
        cure = "The version is on the index, but does not work: mend it and release another one."
        told = run([python, "-I", "-c", _SCRIPT, project], folder, cure).split()
        if told[:1] != [version]:
            problem = f"expected version {version} to be installed, found {told[:1]}"
            raise GeneratorError([Finding(simple, problem, cure)])
        installed = f"pip installed {project} {version} from {url} (sha256 {wheel.sha256})"
        return f"{installed}; its sandbox answered {told[1]} requests"


def _installed(
    python: Path,
    folder: Path,
    requirement: str,
    simple: str,
    wheel: Distribution,
    who: Credentials | None,
) -> str:
    """Install the very wheel that was published, without what it needs; where it came from."""
    (folder / "requirements.txt").write_text(f"{requirement} --hash=sha256:{wheel.sha256}\n")
    report = folder / "report.json"
    cure = "Look at the index: the version should be there. Running again uploads nothing twice."
    run(
        [
            *(python, *_PIP, "install", "--no-cache-dir", "--no-deps", "--only-binary", ":all:"),
            *("--index-url", simple, "--require-hashes", "--report", report),
            *("-r", folder / "requirements.txt"),
        ],
        folder,
        cure,
        _alone(folder, simple, who),
    )
    (item,) = json.loads(report.read_text("utf-8"))["install"]
    return str(item["download_info"]["url"])


def _alone(folder: Path, simple: str, who: Credentials | None) -> dict[str, str]:
    """Variables with which pip asks one index only, and whom it is for it."""
    kept = {f"PIP_{name}" for name in _KEPT}
    variables = {
        name: text
        for name, text in environment().items()
        if not name.startswith("PIP_") or name in kept
    }
    variables["PIP_CONFIG_FILE"] = os.devnull
    if who:
        # Not in the address: that would be seen in the list of processes.
        name_netrc(variables, folder, who.netrc(simple))
    return variables
