"""Long tests of the generator, run by `nox -s torture`: files named `torture_*.py`."""
