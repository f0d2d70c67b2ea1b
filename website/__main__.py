"""`python -m website [FOLDER]` writes the site, by default to `site/`."""

from __future__ import annotations

import sys
from pathlib import Path

from .building import PROJECT, build

build(Path(sys.argv[1]) if sys.argv[1:] else PROJECT / "site")
