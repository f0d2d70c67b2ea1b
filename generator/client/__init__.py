"""The client model: the Python client that a merged spec yields, described once."""

from . import docstrings
from .model import Argument, Body, Client, Field, Model, Operation, Outcome
from .operations import is_success, read_client
from .types import Type

__all__ = [
    "Argument",
    "Body",
    "Client",
    "Field",
    "Model",
    "Operation",
    "Outcome",
    "Type",
    "docstrings",
    "is_success",
    "read_client",
]
