"""The journal of a folder: what was requested, paid for and saved."""


def is_database(journal: object) -> bool:
    """Whether a journal is named by the address of a database."""
    return isinstance(journal, str) and journal.startswith(("postgresql://", "postgres://"))
