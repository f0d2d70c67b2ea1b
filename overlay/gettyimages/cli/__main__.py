"""`python -m gettyimages.cli`: the command `gettyimages`, where scripts are not on the path."""

from __future__ import annotations

from . import main

if __name__ == "__main__":
    main()
