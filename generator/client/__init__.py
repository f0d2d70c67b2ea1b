"""The client model: the Python client that a merged spec yields, described once."""

from . import docstrings
from .methods import effect, is_success, read_client
from .model import Argument, Body, Client, Field, Model, Operation
from .pagination import PAGINATION, iterator_name
from .types import Type

__all__ = [
    "PAGINATION",
    "Argument",
    "Body",
    "Client",
    "Field",
    "Model",
    "Operation",
    "Type",
    "docstrings",
    "effect",
    "is_success",
    "iterator_name",
    "read_client",
]
