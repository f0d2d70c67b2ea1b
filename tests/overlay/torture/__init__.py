"""Long tests of downloads, run by `nox -s torture`: files named `torture_*.py`."""
