"""The client model: the Python client that a merged spec yields, described once."""
