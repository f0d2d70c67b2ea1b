"""The client model: the Python client that a merged spec yields, described once."""

from . import docstrings
from .methods import is_success, read_client
from .model import Argument, Body, Client, Field, Model, Operation, Outcome
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
