"""The journal of a folder: what was requested, paid for and saved."""
