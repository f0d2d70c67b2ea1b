"""The client model: the Python client that a merged spec yields, described once."""

from .methods import PAGINATION, effect, is_success, iterator_name, read_client
from .model import Argument, Body, Client, Field, Model, Operation
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
    "effect",
    "is_success",
    "iterator_name",
    "read_client",
]
